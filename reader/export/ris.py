"""Papers as RIS records."""

from collections.abc import Iterator

from reader.model import details as names
from reader.model.dates import Precision
from reader.model.details import Details, details_of, full_title, kind_of, unpack_names
from reader.model.edition import as_published
from reader.model.identifiers import ARXIV, DOI
from reader.model.names import split_suffix
from reader.model.paper import Author, Paper

_TYPES = {
    names.ARTICLE: "JOUR", "periodical": "JFULL", "article-magazine": "MGZN",
    "article-newspaper": "NEWS", names.CONFERENCE: "CONF", names.BOOK: "BOOK",
    names.CHAPTER: "CHAP", names.THESIS: "THES", names.REPORT: "RPRT", "manuscript": "UNPB",
    names.WEBPAGE: "ELEC", "post-weblog": "BLOG", names.SOFTWARE: "COMP", names.DATASET: "DATA",
    "patent": "PAT", "standard": "STAND", "pamphlet": "PAMP", "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC", names.PREPRINT: "PREPRINT",
}  # fmt: skip
_TAGS = {
    names.VOLUME: "VL", names.ISSUE: "IS", names.NUMBER: "M1", names.PUBLISHER: "PB",
    names.PLACE: "CY", names.EDITION: "ET", names.SERIES: "T3", names.LANGUAGE: "LA",
    names.ACCESSED: "Y2", names.SHORT_VENUE: "J2", names.GENRE: "M3", names.ISBN: "SN",
    names.ISSN: "SN", "short_title": "ST",
}  # fmt: skip


def format_paper(paper: Paper) -> str:
    """One paper as a record, an empty line behind it, without a line end."""
    return "\n".join(f"{tag}  - {' '.join(value.split())}" for tag, value in _lines(paper)) + "\n"


def _lines(paper: Paper) -> Iterator[tuple[str, str]]:
    paper = as_published(paper)
    told = details_of(paper.sources)
    first = {one.scheme: one.value for one in reversed(paper.identifiers)}
    yield "TY", _TYPES.get(kind_of(paper, told), "GEN")
    yield "ID", paper.row.citekey
    yield "TI", full_title(paper, told)
    yield from _authors(paper)
    for role, tag in ((names.EDITOR, "ED"), (names.TRANSLATOR, "A4")):
        yield from ((tag, _name(one)) for one in unpack_names(told.values.get(role, "")))
    yield from _dates(paper, told)
    if paper.venue:
        yield "T2", paper.venue
    values = {names.PUBLISHER: told.values.get(names.INSTITUTION, ""), **told.values}
    yield from ((tag, values[name]) for name, tag in _TAGS.items() if values.get(name))
    yield from _pages(told.values.get(names.PAGES, ""))
    if doi := first.get(DOI):
        yield "DO", doi
    if arxiv := first.get(ARXIV):
        yield "AN", f"arXiv:{arxiv}"
    yield from (("UR", url) for url in paper.urls)
    yield from (("L1", file) for file in told.files)
    yield from (("KW", tag) for tag in paper.row.tags)
    yield from (("N1", note) for note in (paper.remark, *told.notes) if note)
    if paper.abstract:
        yield "AB", paper.abstract
    yield "ER", ""


def _authors(paper: Paper) -> Iterator[tuple[str, str]]:
    yield from (("AU", _name(one)) for one in paper.authors)
    if paper.authors and (paper.author_count is None or paper.author_count > len(paper.authors)):
        yield "AU", "et al."


def _dates(paper: Paper, told: Details) -> Iterator[tuple[str, str]]:
    date = paper.row.published
    if year := date.text[:4] or told.values.get("year", ""):
        yield "PY", year
    if date.precision in (Precision.MONTH, Precision.DAY, Precision.YEAR_INFERRED):
        yield "DA", (date.text.replace("-", "/") + "///")[: len("2026/04/23")].rstrip("/") + "/"


def _pages(text: str) -> Iterator[tuple[str, str]]:
    first, _, last = text.partition("-")
    if first:
        yield "SP", first
    if last:
        yield "EP", last


def _name(author: Author) -> str:
    """`Family, Given, Suffix`; a comma behind words without one says that they name a group."""
    family, suffix = split_suffix(author)
    parts = [part.replace(",", " ") for part in (family, author.given, suffix) if part]
    return ", ".join(parts) if len(parts) > 1 or " " not in parts[0] else f"{parts[0]},"
