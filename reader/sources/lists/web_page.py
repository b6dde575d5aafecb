"""A saved page of a paper: what its meta tags tell search engines (Highwire, Dublin Core).

Source: https://scholar.google.com/intl/en/scholar/inclusion.html#indexing. Only these tags are
read: no link in a page is followed.
"""

import html
import re
from collections.abc import Iterator

from reader.model import details as names
from reader.model.dates import parse_date
from reader.model.identifiers import PMID, Identifier, parse_arxiv, parse_doi
from reader.model.names import parse_name, parse_people
from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry
from reader.sources.markup import plain

NAME = "page"
LABEL = "a paper's web page"
SOURCE = "web"

_META = re.compile(r"<meta\s([^<>]{1,20000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_HTTP = re.compile(r"https?://[^\s/]+\.[^\s]+")
_DETAILS = {
    "citation_volume": names.VOLUME, "citation_issue": names.ISSUE, "citation_issn": names.ISSN,
    "citation_isbn": names.ISBN, "citation_publisher": names.PUBLISHER,
    "citation_language": names.LANGUAGE, "citation_journal_abbrev": names.SHORT_VENUE,
    "citation_dissertation_institution": names.INSTITUTION,
}  # fmt: skip


_DUBLIN_CORE = {
    "dc.title": "citation_title", "dc.creator": "citation_author", "dc.date": "citation_date",
    "dc.identifier": "citation_doi", "dc.description": "citation_abstract",
    "dc.publisher": "citation_publisher", "dc.language": "citation_language",
    "dc.source": "citation_journal_title",
}  # fmt: skip


def recognises(head: str) -> bool:
    """Whether a text is a page with a citation in it."""
    return (
        re.search(r"<meta\s[^<>]{0,200}(?:citation_title|dc\.title)\b", head, re.IGNORECASE)
        is not None
    )


def read(document: Document, context: Context) -> Iterator[Item]:
    """The paper that a page is about."""
    yield from entry_of(document.text()).items(context, SOURCE)


def entry_of(text: str) -> Entry:
    """A paper of one page."""
    told: dict[str, list[str]] = {}
    for found in _META.finditer(text):
        values = {one[1].lower(): html.unescape(one[2] or one[3] or one[4] or "")
                  for one in _ATTRIBUTE.finditer(found[1])}  # fmt: skip
        name = values.get("name", values.get("property", "")).lower()
        told.setdefault(name, []).append(values.get("content", ""))
    for name, ours in _DUBLIN_CORE.items():
        told.setdefault(ours, told.get(name) or told.get(name.replace(".", "terms."), []))
    first = {name: values[0] for name, values in told.items() if values}
    entry = Entry(record=1, title=first.get("citation_title", ""))
    entry.authors = [parse_name(name) for name in told.get("citation_author", []) if name.strip()]
    if not entry.authors:
        entry.authors = list(parse_people(first.get("citation_authors", "")))
    entry.abstract = plain(first.get("citation_abstract", ""))
    entry.published = parse_date(
        first.get(
            "citation_publication_date",
            first.get("citation_date", first.get("citation_online_date", "")),
        )
    )
    entry.venue = first.get("citation_journal_title", first.get("citation_conference_title", ""))
    entry.identify(parse_arxiv(first.get("citation_arxiv_id", "")))
    entry.identify(parse_doi(first.get("citation_doi", "").removeprefix("doi:")))
    if pmid := first.get("citation_pmid", ""):
        entry.identify(Identifier(PMID, pmid))
    pages = filter(None, (first.get("citation_firstpage", ""), first.get("citation_lastpage", "")))
    entry.detail(names.PAGES, "-".join(pages))
    for name, detail in _DETAILS.items():
        entry.detail(detail, first.get(name, ""))
    for url in told.get("citation_abstract_html_url", []) + told.get("citation_pdf_url", []):
        if _HTTP.fullmatch(url) and not re.match(r"https?://(?:\d+\.|\[|localhost)", url):
            entry.link(url)
    return entry
