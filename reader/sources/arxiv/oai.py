"""OAI-PMH answers of arXiv: `arXiv`, `arXivRaw` and Dublin Core records.

Format: https://info.arxiv.org/help/oa/index.html
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from reader.errors import ImportFileError
from reader.model import details as names
from reader.model.dates import parse_date
from reader.model.identifiers import (
    ARXIV,
    Identifier,
    parse_arxiv,
    parse_doi,
    parse_link,
    split_dois,
)
from reader.model.latex import convert
from reader.model.names import parse_name, parse_names
from reader.model.paper import Author, Rejected
from reader.model.text import clean
from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry
from reader.sources.xml_documents import (
    attribute,
    child,
    children,
    local,
    records,
    root_of,
    text_at,
    text_of,
    texts_at,
)  # fmt: skip

NAME = "oai"
LABEL = "OAI-PMH"
SOURCE = "arxiv"


def recognises(head: str) -> bool:
    """Whether a document is an OAI-PMH answer, or a record of arXiv's out of one."""
    return root_of(head)[0] in ("OAI-PMH", "arXiv", "arXivRaw", "ListRecords")


def read(document: Document, context: Context) -> Iterator[Item]:
    """The records of an answer; deleted ones are passed over.

    Raises:
        ImportFileError: It is an error that the service sent.
    """
    number = 0
    for element in records(document, "record", "error", "arXiv", "arXivRaw"):
        if isinstance(element, Rejected):
            yield element
            continue
        if local(element) == "error":
            code = f"{attribute(element, 'code')} {text_of(element)}".strip()
            raise ImportFileError(f"{document.name}: the service's error: {clean(code)}.")
        header = child(element, "header")
        if attribute(header, "status") == "deleted":
            continue
        number += 1
        entry = entry_of(element)
        entry.record = number
        arxiv = any(one.scheme == ARXIV for one in entry.identifiers)
        yield from entry.items(context, SOURCE if arxiv else "oai")


def entry_of(element: Element) -> Entry:
    """A paper of one record."""
    metadata = child(element, "metadata")
    told = element if metadata is None else next(iter(metadata), element)
    if local(told) in ("arXiv", "arXivRaw"):
        return _of_arxiv(told)
    return _of_dublin_core(told, text_at(child(element, "header"), "identifier"))


def _of_arxiv(told: Element) -> Entry:
    number = text_at(told, "id")
    entry = Entry(key=number, kind=names.PREPRINT)
    arxiv = parse_arxiv(number)
    versions = [attribute(one, "version") for one in children(told, "version")]
    latest = max((int(name[1:]) for name in versions if name[1:].isdigit()), default=0)
    if arxiv:
        entry.identify(Identifier(ARXIV, arxiv.value, max(arxiv.version, latest)))
        entry.key = arxiv.value
    entry.title, entry.abstract = (
        text_at(told, "title"),
        " ".join(text_at(told, "abstract").split()),
    )
    authors = child(told, "authors")
    people = [_person(one) for one in children(authors, "author")]
    entry.authors = people or list(parse_names(clean(convert(text_of(authors)).text)))
    first = text_at(child(told, "version"), "date")
    entry.published = parse_date(text_at(told, "created") or first)
    entry.updated = parse_date(text_at(told, "updated"))
    entry.categories = text_at(told, "categories").split()
    entry.remark, entry.license = text_at(told, "comments"), text_at(told, "license")
    entry.venue = text_at(told, "journal-ref")
    for word in split_dois(text_at(told, "doi")):
        entry.identify(parse_doi(word))
    entry.detail("report_number", text_at(told, "report-no"))
    return entry


def _person(element: Element) -> Author:
    parts = (text_at(element, "keyname"), text_at(element, "suffix"))
    given = text_at(element, "forenames")
    return Author(" ".join(filter(None, parts)), given, whole=not given)


def _of_dublin_core(told: Element, number: str) -> Entry:
    entry = Entry(key=number, title=text_at(told, "title"))
    entry.identify(parse_arxiv(number))
    entry.authors = [parse_name(name) for name in texts_at(told, "creator")]
    texts = texts_at(told, "description")
    comments = [text.removeprefix("Comment:").strip() for text in texts if text[:8] == "Comment:"]
    entry.abstract = next((text for text in texts if text[:8] != "Comment:"), "")
    entry.abstract = " ".join(entry.abstract.split())
    entry.remark = " ".join(comments)
    dates = [parse_date(text) for text in texts_at(told, "date")]
    entry.published = min(dates, key=lambda date: date.text or "9", default=entry.published)
    for text in texts_at(told, "identifier"):
        if (found := parse_link(text)) or text.startswith(("http:", "https:")):
            entry.link(text) if found is None else entry.identify(found)
        else:
            entry.venue = entry.venue or text
    for subject in texts_at(told, "subject"):
        entry.detail(names.KEYWORDS, subject)
    return entry
