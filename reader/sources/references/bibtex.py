"""BibTeX and biblatex files, with what JabRef, Zotero, Mendeley and BibDesk write into them."""

import re
from collections.abc import Iterator

from reader.model.citekey import importable_citekey
from reader.model.paper import Rejected
from reader.sources.context import Context, Item, digest
from reader.sources.document import Document
from reader.sources.references.bibdesk import static_groups
from reader.sources.references.bibtex_blocks import Block, Parsed, parse_blocks
from reader.sources.references.bibtex_fields import entry_of

NAME = "bibtex"
LABEL = "BibTeX"
SOURCE = "bibtex"

_ENTRY = re.compile(r"^[ \t]*@[ \t]*(\w+)[ \t]*[{(]", re.MULTILINE)
_ELSE = re.compile(r"^```|^---[ \t]*\n\S|^\\(?:documentclass|begin\{document\})", re.MULTILINE)
_GROUP = re.compile(r"^\s*\d+\s+ExplicitGroup:((?:[^;\\]|\\.)*)\\;", re.MULTILINE)
_NOT_WORKS = frozenset(["xdata", "control", "bibnote"])


def recognises(head: str) -> bool:
    """Whether a text has a BibTeX entry at the beginning of a line, and is nothing else.

    Entries shown in a Markdown or LaTeX text are part of that.
    """
    found = _ENTRY.search(head)
    return found is not None and not _ELSE.search(head[: found.start()])


def read(document: Document, context: Context) -> Iterator[Item]:
    """The entries of a file in order, and what was not understood."""
    parsed = parse_blocks(document.text())
    for line, reason, raw in parsed.lost:
        yield Rejected(line, reason, raw)
    groups = _groups(parsed)
    keys: set[str] = set()
    for number, block in enumerate(parsed.blocks, start=1):
        if block.kind == "set":
            reason = "a set of entries, no work of its own: its members are imported"
            yield Rejected(block.line, reason, block.key, number)
        elif block.kind not in _NOT_WORKS:
            yield from _items(block, number, keys, groups, context)


def _items(
    block: Block, number: int, keys: set[str], groups: dict[str, list[str]], context: Context
) -> Iterator[Item]:
    entry = entry_of(block, number)
    entry.tags += groups.get(block.key, [])
    if block.key and not importable_citekey(block.key):
        entry.complain("key", "no key that LaTeX can cite: another is made", block.key)
    if block.key in keys or not block.key:
        # A second entry of one key is another record, whatever it holds.
        telling = "\n".join(f"{name}={value}" for name, value in sorted(block.fields.items()))
        entry.key = f"{block.key}#{digest(telling)}"
    keys.add(block.key)
    yield from entry.items(context, SOURCE)


def _groups(parsed: Parsed) -> dict[str, list[str]]:
    """The groups of each entry that JabRef up to 3.7 and BibDesk keep in comments."""
    found: dict[str, list[str]] = {}
    for comment in parsed.comments:
        for name, key in static_groups(comment):
            found.setdefault(key, []).append(name)
        text = comment.replace("\n", "") if "jabref-meta" in comment[:60] else ""
        for part in re.split(r"(?<!\\);", text.partition("groupstree:")[2]):
            words = [word.strip().rstrip("\\") for word in part.split("\\;")]
            kind, _, name = words[0].partition(":")
            if kind.endswith("ExplicitGroup") and name:
                for key in filter(None, words[2:]):
                    found.setdefault(key, []).append(name)
    return found
