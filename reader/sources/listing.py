"""Pasted listings: the text of a paper page of Hugging Face, and the compact arXiv listing.

One importer reads both, also when one text holds both: compact records are found by their glued
header lines, what remains is read as a page by its footers.
"""

from collections.abc import Iterator

from reader.model.paper import PaperDraft, Rejected
from reader.sources.compact_listing import compact_records, is_compact_header
from reader.sources.context import Context
from reader.sources.document import Document
from reader.sources.page_listing import find_footers, page_records

NAME = "listing"
LABEL = "a pasted listing"

_LONGEST_TITLE = 300


def recognises(head: str) -> bool:
    """Whether a text begins like a listing of either kind."""
    lines = head.split("\n")
    return any(map(is_compact_header, lines)) or bool(find_footers(lines))


def read(document: Document, context: Context) -> Iterator[PaperDraft | Rejected]:
    """The records of a listing in order, and what was not understood."""
    lines = document.text().split("\n")
    titles = sorted({line for line in lines if len(line) <= _LONGEST_TITLE and " " in line})
    compact, rest = compact_records(lines, context, titles)
    yield from compact
    yield from page_records(rest, context)
