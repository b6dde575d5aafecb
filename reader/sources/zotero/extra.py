"""Zotero's Extra field: lines `Key: value` that say what has no field of its own."""

import re

from reader.model.identifiers import PMCID, PMID, Identifier, parse_arxiv, parse_doi
from reader.model.paper import Status
from reader.sources.entry import Entry

_LINE = re.compile(r"([A-Za-z][\w .-]{1,40}):\s*(\S.*)")
_STATUS = {
    "new": Status.UNREAD, "unread": Status.UNREAD, "to read": Status.LATER, "later": Status.LATER,
    "in progress": Status.READING, "reading": Status.READING, "read": Status.READ,
    "done": Status.READ, "not reading": Status.SKIPPED, "skipped": Status.SKIPPED,
}  # fmt: skip
"""What the reading-list plugins write as `Read_Status`."""


def take_extra(entry: Entry, text: str) -> None:
    """Take the identifiers, citekey and read status of an Extra field; the rest is the remark."""
    left = [line for line in text.splitlines() if line.strip() and not _take(entry, line.strip())]
    entry.remark = "\n".join(filter(None, [entry.remark, *left]))


def _take(entry: Entry, line: str) -> bool:
    found = _LINE.fullmatch(line)
    if found is None:
        return False
    name, value = found[1].strip().lower().replace("_", " "), found[2].strip()
    if name == "doi":
        return entry.identify(parse_doi(value))
    if name in ("arxiv", "arxiv id", "number") and (arxiv := parse_arxiv(value.split()[0])):
        return entry.identify(arxiv)
    if name in (PMID, PMCID):
        return entry.identify(Identifier(name, value.upper()))
    if name in ("citation key", "bibtex", "citekey"):
        entry.citekey = value.removeprefix("bibtex*:").strip("* ")
        return True
    return _take_status(entry, name, value)


def _take_status(entry: Entry, name: str, value: str) -> bool:
    if name == "read status" and value.lower() in _STATUS:
        entry.status = _STATUS[value.lower()]
        return True
    return name == "read status date"
