"""A damaged XML document taken apart: each of its records as a document of its own."""

import re
from collections.abc import Iterator

from reader.frozen import frozen
from reader.model.text import clean
from reader.sources.context import RAW_LENGTH

_PROLOG = re.compile(rb"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*>\s*)*", re.DOTALL)
_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]*)(?:\s[^<>]*)?>")


@frozen
class Piece:
    """One record.

    Attributes:
        line, number: Where it begins in the whole document, and which it is, from 1.
        lead: The line of `document` on which it begins.
        document: A document with the root element and nothing but this record in it.
        raw: Its beginning as text.
    """

    line: int
    number: int
    lead: int
    document: bytes
    raw: str


def pieces(content: bytes, names: tuple[str, ...]) -> Iterator[Piece]:
    """The records with these names, each from its opening tag to the next record's.

    None of a document whose end is missing, or whose root is a record itself.
    """
    root = _ROOT.match(content, _PROLOG.match(content).end())  # type: ignore[union-attr] # it matches nothing, too
    if root is None or not content.rstrip().endswith(b"</" + root[1] + b">"):
        return
    head = content[: root.end()]
    starts = [place for place in _starts(content, names) if place >= root.end()]
    ends = [*starts[1:], content.rindex(b"</" + root[1])] if starts else []
    line = before = 0
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1):
        line, before = line + content.count(b"\n", before, start), start
        record = content[start:end]
        raw = clean(record[: 4 * RAW_LENGTH].decode("utf-8", "replace"))[:RAW_LENGTH]
        whole = head + _closed(record, names) + b"</" + root[1] + b">"
        yield Piece(line + 1, number, head.count(b"\n") + 1, whole, raw)


def _starts(content: bytes, names: tuple[str, ...]) -> Iterator[int]:
    """Where records begin: opening tags of these names that stand in no record of another name."""
    either = b"|".join(re.escape(name.encode()) for name in names)
    inside = b""
    for found in re.finditer(rb"<(/?)(?:[\w.-]+:)?(" + either + rb")(?=[\s>])", content):
        if found[1]:
            inside = b"" if found[2] == inside else inside
        elif inside in (b"", found[2]):
            inside = found[2]
            yield found.start()


def _closed(record: bytes, names: tuple[str, ...]) -> bytes:
    """A record up to its closing tag; what stands between it and the next is left out."""
    either = b"|".join(re.escape(name.encode()) for name in names)
    closing = list(re.finditer(rb"</(?:[\w.-]+:)?(?:" + either + rb")\s*>", record))
    return record[: closing[-1].end()] if closing else record.rstrip()
