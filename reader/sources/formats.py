"""The formats that can be imported, and which one a document is in."""

from collections.abc import Iterator
from types import ModuleType

from reader.errors import ImportFileError
from reader.sources import listing, reader_jsonl, snapshot
from reader.sources.context import Context, Item
from reader.sources.document import Document

FORMATS: dict[str, ModuleType] = {one.NAME: one for one in (reader_jsonl, snapshot, listing)}
"""Importers by name, in the order in which they are asked. Each has `recognises` and `read`."""


def recognise(document: Document) -> str:
    """The name of the format a document is in, by its content.

    Raises:
        ImportFileError: It is in none that is known.
    """
    for name, importer in FORMATS.items():
        if importer.recognises(document.head):
            return name
    known = ", ".join(importer.LABEL for importer in FORMATS.values())
    raise ImportFileError(f"{document.name}: line 1: not recognised; {known} can be imported.")


def read(document: Document, context: Context, format_name: str) -> Iterator[Item]:
    """The drafts of a document in a format, and what was not understood."""
    drafts: Iterator[Item] = FORMATS[format_name].read(document, context)
    return drafts
