"""The formats that can be imported, and which one a document is in."""

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from reader.errors import ImportFileError
from reader.sources.context import Context, Item
from reader.sources.document import Document

FORMATS: dict[str, str] = {
    "pdf": "lists.pdf",
    "zotero": "zotero.database",
    "jsonl": "reader_jsonl",
    "snapshot": "snapshot",
    "better-bibtex": "zotero.better_bibtex",
    "zotero-json": "zotero.web_api",
    "huggingface": "services.huggingface",
    "crossref": "services.crossref",
    "openalex": "services.openalex",
    "datacite": "services.datacite",
    "semantic-scholar": "services.semantic_scholar",
    "dblp": "services.dblp",
    "europe-pmc": "services.europe_pmc",
    "csl-json": "references.csl_json",
    "read-later": "lists.read_later",
    "json": "lists.plain_json",
    "atom": "arxiv.atom",
    "zotero-rdf": "zotero.rdf",
    "rss": "arxiv.rss",
    "oai": "arxiv.oai",
    "endnote-xml": "references.endnote_xml",
    "pubmed": "services.pubmed",
    "acl": "services.acl",
    "opml": "lists.opml",
    "cff": "references.cff",
    "csl-yaml": "references.csl_yaml",
    "papis": "lists.papis",
    "bibtex": "references.bibtex",
    "nbib": "references.nbib",
    "isi": "references.isi",
    "refworks": "references.refworks",
    "ris": "references.ris",
    "enw": "references.endnote_tagged",
    "arxiv-mail": "arxiv.mailing",
    "arxiv-list": "arxiv.list_page",
    "bookmarks": "lists.bookmarks",
    "page": "lists.web_page",
    "listing": "listing",
    "markdown": "lists.markdown",
    "identifiers": "lists.any_text",
}
"""Importers by name, in the order in which they are asked. Each module has `NAME`, `LABEL`,
`recognises(head)` and `read(document, context)`."""

BY_LINE = ("jsonl", "snapshot")
"""Formats with a paper on each line, whose reading can begin behind any line."""

ONLY_NAMED = ("pdf", "identifiers", "page")
"""Formats that a file in a folder may have without being meant as a list of papers."""

_DATABASE = "SQLite format 3\x00"


def importer(name: str) -> ModuleType:
    """The module that reads a format."""
    return import_module(f"reader.sources.{FORMATS[name]}")


def recognise(document: Document) -> str:
    """The name of the format a document is in, by its content.

    Raises:
        ImportFileError: It is in none that is known.
    """
    for name in FORMATS:
        if importer(name).recognises(document.head):
            return name
    raise ImportFileError(
        f"{document.name}: line 1: {_unknown(document)}; docs/formats.md lists what can be "
        "imported, and --from forces a format."
    )


def _unknown(document: Document) -> str:
    from reader.sources.xml_documents import root_of  # noqa: PLC0415 - for this message only

    if not document.head.strip():
        return "an empty file"
    if document.head.startswith(_DATABASE):
        return "a database that is not Zotero's (`reader restore` takes a library's copy)"
    if root_of(document.head)[0].lower() == "html":
        return "a web page (HTML) that says of no paper what it is"
    return "not recognised"


def read(document: Document, context: Context, format_name: str) -> Iterator[Item]:
    """The drafts of a document in a format, and what was not understood."""
    drafts: Iterator[Item] = importer(format_name).read(document, context)
    return drafts
