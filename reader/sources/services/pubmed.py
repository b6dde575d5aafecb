"""Articles as PubMed's E-utilities give them as XML.

Format: https://dtd.nlm.nih.gov/ncbi/pubmed/doc/out/250101/index.html
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from reader.model import details as names
from reader.model.dates import UNDATED, PartialDate, date_of, month_number, parse_date
from reader.model.identifiers import PMCID, PMID, Identifier, parse_doi
from reader.model.paper import Author
from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry
from reader.sources.xml_documents import (
    attribute,
    child,
    children,
    descendants,
    read_elements,
    root_of,
    text_at,
    text_of,
    texts_at,
)

NAME = "pubmed"
LABEL = "PubMed XML"
SOURCE = "pubmed"


def recognises(head: str) -> bool:
    """Whether a document is a set of articles."""
    return root_of(head)[0] in ("PubmedArticleSet", "PubmedArticle", "MedlineCitationSet")


def read(document: Document, context: Context) -> Iterator[Item]:
    """The articles of a set."""
    wanted = ("PubmedArticle", "PubmedBookArticle")
    return read_elements(document, context, SOURCE, wanted, entry_of)


def entry_of(element: Element) -> Entry:
    """A paper of one article."""
    citation = child(element, "MedlineCitation")
    article = child(citation, "Article")
    journal = child(article, "Journal")
    pmid = text_at(citation, "PMID")
    entry = Entry(key=pmid, kind=names.ARTICLE)
    entry.title = text_at(article, "ArticleTitle").removesuffix(".")
    if not entry.title or entry.title == "[Not Available]":
        entry.title = text_at(article, "VernacularTitle")
    entry.abstract = "\n\n".join(
        map(_section, children(child(article, "Abstract"), "AbstractText"))
    )
    entry.venue = text_at(journal, "Title")
    entry.published = _published(article, journal)
    people = child(article, "AuthorList")
    entry.authors = [_person(one) for one in children(people, "Author")]
    entry.complete = attribute(people, "CompleteYN") != "N"
    _identifiers(entry, element, pmid)
    issue = child(journal, "JournalIssue")
    for name, value in (
        (names.VOLUME, text_at(issue, "Volume")), (names.ISSUE, text_at(issue, "Issue")),
        (names.PAGES, text_at(article, "Pagination", "MedlinePgn")),
        (names.ISSN, text_at(journal, "ISSN")), (names.LANGUAGE, text_at(article, "Language")),
        (names.SHORT_VENUE, text_at(journal, "ISOAbbreviation")),
    ):  # fmt: skip
        entry.detail(name, value)
    for keywords in children(citation, "KeywordList"):
        for word in texts_at(keywords, "Keyword"):
            entry.detail(names.KEYWORDS, word)
    for heading in children(child(citation, "MeshHeadingList"), "MeshHeading"):
        entry.detail(names.KEYWORDS, text_at(heading, "DescriptorName"))
    return entry


def _section(element: Element) -> str:
    label = attribute(element, "Label")
    return f"{label.capitalize()}: {text_of(element)}" if label else text_of(element)


def _published(article: Element | None, journal: Element | None) -> PartialDate:
    dates = [child(article, "ArticleDate"), child(journal, "JournalIssue", "PubDate")]
    told = [_date(one) for one in dates if one is not None]
    return max(told, key=lambda date: date.precision.rank, default=UNDATED)


def _date(element: Element) -> PartialDate:
    year, day = text_at(element, "Year"), text_at(element, "Day")
    if not year.isdigit():
        return parse_date(text_at(element, "MedlineDate"))
    month = month_number(text_at(element, "Month"))
    return date_of(int(year[:4]), month, int(day) if day.isdigit() else 0)


def _person(element: Element) -> Author:
    if group := text_at(element, "CollectiveName"):
        return Author(group, whole=True)
    family = " ".join(filter(None, (text_at(element, "LastName"), text_at(element, "Suffix"))))
    given = text_at(element, "ForeName") or text_at(element, "Initials")
    return Author(family, given, whole=not given)


def _identifiers(entry: Entry, element: Element, pmid: str) -> None:
    if pmid:
        entry.identify(Identifier(PMID, pmid))
    own = child(element, "PubmedData", "ArticleIdList")
    for one in children(own, "ArticleId"):
        if attribute(one, "IdType") == "doi":
            entry.identify(parse_doi(text_of(one)))
        elif attribute(one, "IdType") == "pmc":
            entry.identify(Identifier(PMCID, text_of(one).upper()))
    if not any(one.scheme == "doi" for one in entry.identifiers):
        for one in descendants(element, "ELocationID"):
            if attribute(one, "EIdType") == "doi":
                entry.identify(parse_doi(text_of(one)))
