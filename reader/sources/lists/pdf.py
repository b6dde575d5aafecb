"""PDF files: title and authors from their information, identifiers from their first page.

Scripts in a file are never run, and nothing in it is opened.
"""

import logging
import re
from collections.abc import Iterator
from typing import Any

from reader.errors import ImportFileError
from reader.model.identifiers import ARXIV, DOI, find_identifiers
from reader.model.names import parse_names
from reader.model.text import clean
from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry

NAME = "pdf"
LABEL = "PDF"
SOURCE = "pdf"

_LARGEST = 100_000_000
_FIRST_PAGE = 20_000
_NO_TITLE = re.compile(
    r"(?:untitled|microsoft word|title|arxiv|.*\.(?:dvi|tex|docx?|pdf|indd))\b.*", re.IGNORECASE
)


def recognises(head: str) -> bool:
    """Whether a document is a PDF."""
    return head.lstrip()[:5] == "%PDF-"


def read(document: Document, context: Context) -> Iterator[Item]:
    """The paper that a file holds.

    Raises:
        ImportFileError: It is no whole PDF, too large, encrypted, or tells nothing of its paper.
    """
    if document.position.size > _LARGEST:
        raise ImportFileError(
            f"{document.name}: larger than the limit of {_LARGEST // 1_000_000} MB."
        )
    if not recognises(document.head):
        raise ImportFileError(f"{document.name}: not a PDF: it begins with other text.")
    information, page = _opened(document)
    entry = Entry(record=1, files=[str(document.path.resolve())])
    title = clean(str(information.get("/Title") or ""))
    entry.title = "" if _NO_TITLE.fullmatch(title) else title
    entry.authors = list(parse_names(clean(str(information.get("/Author") or ""))))
    entry.complete = False
    for place, one in find_identifiers(page[:_FIRST_PAGE]):
        stamped = one.scheme == ARXIV and "arxiv" in page[max(0, place - 10) : place + 10].lower()
        if stamped or (one.scheme == DOI and not entry.identifiers):
            entry.identify(one)
    if not entry.title and not entry.identifiers:
        entry.title = _first_line(page)
        entry.complain("title", "the PDF has no title: its first line is taken", entry.title)
    yield from entry.items(context, SOURCE)


def _opened(document: Document) -> tuple[dict[str, Any], str]:
    """A PDF's information and the text of its first page."""
    from pypdf import PdfReader  # noqa: PLC0415 - a third of a second
    from pypdf.errors import PyPdfError  # noqa: PLC0415 - likewise

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with document.path.open("rb") as file:
            reader = PdfReader(file, strict=False)
            information = dict(reader.metadata or {})
            page = reader.pages[0].extract_text() if reader.pages else ""
    except (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError,
            RecursionError, OSError, NotImplementedError) as error:  # fmt: skip
        reason = clean(str(error)) or type(error).__name__
        raise ImportFileError(
            f"{document.name}: a damaged, truncated or locked PDF: {reason}."
        ) from error
    return information, page


def _first_line(page: str) -> str:
    lines = (" ".join(line.split()) for line in page.split("\n"))
    return next((line for line in lines if len(line) >= len("A short title")), "")
