r"""A .bib file that is kept up to date within a text that is somebody's own.

Entries that were written here and not touched since are rewritten and removed; everything else,
comments and entries of others and those that the user changed, stays byte for byte.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from reader.frozen import frozen

_OPENS = re.compile(r"^[ \t]*@[ \t]*(\w+)[ \t]*\{[ \t]*([^\s,{}]+)[ \t]*,", re.MULTILINE)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_NO_ENTRIES = ("comment", "string", "preamble")


@frozen
class Entry:
    """An entry of a file: its citekey, and where its text begins and ends."""

    key: str
    start: int
    end: int


@dataclass(slots=True)
class Merged:
    """A file brought up to date.

    Attributes:
        written: What of it is ours: the digest of each entry by its citekey.
        added, removed, changed: The citekeys of entries that this came to.
        foreign: Citekeys of ours that the file has entries of its own for, which stand.
    """

    text: str
    written: dict[str, str] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


def digest(entry: str) -> str:
    """What tells whether an entry is as it was written."""
    return hashlib.blake2b(entry.strip().encode(), digest_size=8).hexdigest()


def entries(text: str) -> list[Entry]:
    """The entries of a file that are closed, in order."""
    found: list[Entry] = []
    place = 0
    while opened := _OPENS.search(text, place):
        end = _end(text, opened.start())
        place = end or opened.end()
        if end and opened[1].lower() not in _NO_ENTRIES:
            start = opened.start() + opened.group().index("@")
            found.append(Entry(opened[2], start, end))
    return found


def _end(text: str, start: int) -> int:
    """Where the entry that begins at `start` ends; 0 when its braces are not closed."""
    depth = 0
    for mark in _BRACE.finditer(text, start):
        depth += (mark.group() == "{") - (mark.group() == "}")
        if mark.group() == "}" and depth == 0:
            return mark.end()
    return 0


def merge(text: str, ours: Mapping[str, str], written: Mapping[str, str]) -> Merged:
    """Bring a file up to date.

    Args:
        text: The file as it is.
        ours: The entries that it should have of ours, by citekey, in their order.
        written: Of those that were written before, the digest of each.
    """
    merged = Merged("")
    place, parts = 0, []
    present: set[str] = set()
    for entry in entries(text):
        body = text[entry.start : entry.end]
        mine = written.get(entry.key) == digest(body) and entry.key not in present
        present.add(entry.key)
        if not mine and entry.key in ours:
            merged.foreign.append(entry.key)
        if not mine:
            continue
        parts.append(text[place : entry.start])
        place = entry.end
        if entry.key in ours:
            parts.append(ours[entry.key])
            merged.written[entry.key] = digest(ours[entry.key])
            merged.changed += [entry.key] if ours[entry.key].strip() != body.strip() else []
        else:
            merged.removed.append(entry.key)
            parts[-1] = parts[-1].rstrip("\n") + "\n" if parts[-1].strip() else ""
    rest = text[place:]
    merged.added = [key for key in ours if key not in present]
    merged.written |= {key: digest(ours[key]) for key in merged.added}
    new = "".join(f"{ours[key]}\n" for key in merged.added)
    whole = "".join([*parts, rest])
    merged.text = whole + ("\n" if whole and not whole.endswith("\n") and new else "") + new
    return merged


# -- use in texts --------------------------------------------------------------------------------

SUFFIXES = (".tex", ".ltx", ".md", ".markdown", ".qmd", ".rmd", ".typ", ".org", ".rst", ".txt")
"""The files that may cite."""

_LATEX = re.compile(r"\\(?:[A-Za-z]*cite[A-Za-z]*|nocite)\*?(?:\[[^\]]*\]){0,2}\{([^{}]+)\}")
_PANDOC = re.compile(r"(?<![\w@.])@\{?([\w][\w:.#$%&+?<>~/-]*[\w])\}?")
_TYPST = re.compile(r"#cite\(\s*<([^>]+)>")
_COMMENT = re.compile(r"(?<!\\)%.*")


def cited(name: str, text: str) -> list[tuple[str, int]]:
    """The citekeys that a text uses, each with its line, by what kind of file it is."""
    found: list[tuple[str, int]] = []
    latex = name.endswith((".tex", ".ltx"))
    for number, line in enumerate(text.split("\n"), start=1):
        keys: Iterable[str] = []
        if latex:
            groups = _LATEX.findall(_COMMENT.sub("", line))
            keys = [key.strip() for group in groups for key in group.split(",")]
        else:
            keys = _PANDOC.findall(line) + _TYPST.findall(line)
            keys += [key for group in _LATEX.findall(line) for key in group.split(",")]
        found += [(key.strip(), number) for key in keys if key.strip() not in ("", "*")]
    return found
