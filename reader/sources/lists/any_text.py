"""Any text with arXiv ids, DOIs or links to papers: each is kept, to be completed later."""

import html
from collections.abc import Iterator

from reader.model.identifiers import Identifier, find_identifiers
from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry

NAME = "identifiers"
LABEL = "any text with arXiv ids, DOIs or links to papers"
SOURCE = "text"


def recognises(head: str) -> bool:
    """Whether a text names a paper."""
    return "\x00" not in head[:1_000] and bool(find_identifiers(head))


def read(document: Document, context: Context) -> Iterator[Item]:
    """The papers that a text names, each once, in order."""
    text = document.text()
    if text.lstrip()[:1] == "<":
        text = html.unescape(text)
    text = text.replace("\\/", "/").replace("\\n", "\n") if text[:1] in "[{" else text
    known: set[tuple[str, str]] = set()
    line, before = 1, 0
    for place, identifier in sorted(find_identifiers(text), key=lambda one: one[0]):
        name = (identifier.scheme, identifier.value)
        line, before = line + text.count("\n", before, place), place
        if name not in known:
            known.add(name)
            yield from _entry(identifier, line, len(known)).items(context, SOURCE)


def _entry(identifier: Identifier, line: int, number: int) -> Entry:
    entry = Entry(line=line, record=number, key=f"{identifier.scheme}:{identifier.value}")
    entry.identify(identifier)
    entry.complete = False
    return entry
