"""CSL-JSON: what Zotero, Pandoc and citation processors exchange.

Schema: https://docs.citationstyles.org/en/stable/specification.html, and csl-data.json of
https://github.com/citation-style-language/schema
"""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from reader.model import details as names
from reader.model.dates import UNDATED, PartialDate, date_of, month_number, parse_date
from reader.model.details import pack_names
from reader.model.identifiers import PMCID, PMID, Identifier, parse_arxiv
from reader.model.names import ET_AL
from reader.model.paper import Author
from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry
from reader.sources.json_documents import Loose, Text, load, members, read_objects
from reader.sources.markup import plain, plain_line
from reader.sources.zotero.extra import take_extra

NAME = "csl-json"
LABEL = "CSL-JSON"
SOURCE = "csl"


class Name(Loose):
    """A person or a group."""

    family: Text = ""
    given: Text = ""
    suffix: Text = ""
    literal: Text = ""
    dropping: Text = Field(default="", alias="dropping-particle")
    non_dropping: Text = Field(default="", alias="non-dropping-particle")

    def value(self) -> Author:
        """The author."""
        if self.literal and not self.family:
            return Author(plain_line(self.literal), whole=True)
        particles = f"{self.dropping} {self.non_dropping}".strip()
        parts = (particles, plain_line(self.family), self.suffix)
        given = plain_line(self.given)
        return Author(" ".join(filter(None, parts)), given, whole=not given)


def _named(value: object) -> object:
    if isinstance(value, str):
        return {"literal": value}
    return value


Names = Annotated[
    list[Annotated[Name, BeforeValidator(_named)]],
    BeforeValidator(lambda value: value if isinstance(value, list) else [value]),
    Field(max_length=200_000),
]


def _nested(value: object) -> object:
    """The parts of one date as those of a range of one; some programs leave the list out."""
    flat = isinstance(value, list) and value and not isinstance(value[0], list)
    return [value] if flat else value


def _of_parts(part: list[Any]) -> PartialDate | None:
    """A day, as far as it is known; None where there is no year of ours."""
    digits = [str(one) for one in part[:3] if one not in (None, "")]
    if not digits or not digits[0].isdigit() or len(digits[0]) > len("2026"):
        return None
    month = month_number(digits[1]) if len(digits) > 1 else 0
    day = int(digits[2]) if len(digits) > 2 and digits[2].isdigit() else 0  # noqa: PLR2004 - the third
    return date_of(int(digits[0]), month, day)


class Date(Loose):
    """A date variable."""

    parts: Annotated[list[list[Any]], BeforeValidator(_nested)] = Field(
        default=[], alias="date-parts", max_length=10
    )
    year: Text = ""
    month: Text = ""
    day: Text = ""
    raw: Text = ""
    literal: Text = ""
    season: Text = ""
    circa: Text | bool = ""

    def value(self) -> PartialDate:
        """The first day, as far as it is known."""
        told = [[self.year, self.month, self.day]] if self.year else self.parts
        first = next(filter(None, map(_of_parts, told)), None)
        return first or parse_date(self.raw or self.literal)

    def further(self) -> str:
        """What it says beyond one day, as EDTF writes it: `2020-01-01/2020-01-03`, `1990~`.

        Of a year that no day can have, such as one before our era, the year.
        """
        days = [day.text for part in self.parts if (day := _of_parts(part))]
        if self.parts and not days:
            return "-".join(str(one) for one in self.parts[0])
        doubt = "~" if str(self.circa).lower() not in ("", "false", "0") else ""
        span = "/".join(days)
        return f"{span}{doubt}" if len(days) > 1 or (days and doubt) else ""


def _dated(value: object) -> object:
    return {"raw": str(value)} if isinstance(value, str | int) else value


class CslItem(Loose):
    """One item; variables that are not spelled out here are kept as details by their name."""

    model_config = {"extra": "allow", "populate_by_name": True}

    id: Text = ""
    citation_key: Text = Field(default="", alias="citation-key")
    type: Text = ""
    title: Text | list[Text] = ""
    author: Names = []
    editor: Names = []
    translator: Names = []
    issued: Annotated[Date | None, BeforeValidator(_dated)] = None
    accessed: Annotated[Date | None, BeforeValidator(_dated)] = None
    container: Text | list[Text] = Field(default="", alias="container-title")
    short_container: Text | list[Text] = Field(default="", alias="container-title-short")
    abstract: Text = ""
    doi: Text = Field(default="", alias="DOI")
    url: Text = Field(default="", alias="URL")
    number: Text = ""
    archive: Text = ""
    archive_location: Text = ""
    pmid: Text = Field(default="", alias="PMID")
    pmcid: Text = Field(default="", alias="PMCID")
    keyword: Text = ""
    note: Text = ""
    annote: Text = ""


_DETAILS = {
    "volume": names.VOLUME, "issue": names.ISSUE, "page": names.PAGES, "edition": names.EDITION,
    "publisher": names.PUBLISHER, "publisher-place": names.PLACE, "genre": names.GENRE,
    "collection-title": names.SERIES, "ISBN": names.ISBN, "ISSN": names.ISSN,
    "title-short": "short_title",
    "language": names.LANGUAGE, "chapter-number": names.CHAPTER_NUMBER,
}  # fmt: skip


def recognises(head: str) -> bool:
    """Whether a document's members are those of CSL items."""
    found = members(head)
    telling = {"issued", "container-title", "citation-key", "publisher-place", "date-parts"}
    return "title" in found and "type" in found and bool(found & telling | found & {"id"}) and (
        "itemType" not in found and bool(found & telling or {"id", "author"} <= found)
    )  # fmt: skip


def read(document: Document, context: Context) -> Iterator[Item]:
    """The items of a document."""
    value = load(document)
    if isinstance(value, dict):
        value = value.get("items", value.get("references", [value]))
    return read_objects(value, CslItem, entry_of, context, SOURCE)


def entry_of(item: CslItem) -> Entry:
    """A paper of one item."""
    entry = Entry(kind=item.type, key=item.id, citekey=item.citation_key or item.id)
    entry.title = plain_line(_one(item.title))
    entry.abstract = plain(item.abstract)
    entry.authors = [name.value() for name in item.author]
    if entry.authors and entry.authors[-1].whole and entry.authors[-1].family.lower() in ET_AL:
        entry.authors, entry.complete = entry.authors[:-1], False
    entry.published = item.issued.value() if item.issued else UNDATED
    if item.issued and not entry.published.text:
        said = item.issued.literal or item.issued.raw or item.issued.further()
        entry.detail("year", said)  # such as: in press
    elif item.issued:
        entry.detail("date", item.issued.further())
        entry.detail("season", item.issued.season)
    entry.venue = plain_line(_one(item.container))
    entry.stand_in = entry.venue
    _identifiers(entry, item)
    if item.accessed:
        entry.detail(names.ACCESSED, item.accessed.value().text)
    for role in (names.EDITOR, names.TRANSLATOR):
        entry.detail(role, pack_names(name.value() for name in getattr(item, role)))
    entry.detail(names.SHORT_VENUE, _one(item.short_container))
    entry.tags = [
        word.strip() for word in item.keyword.replace(";", ",").split(",") if word.strip()
    ]
    entry.notes += [plain(item.annote)] if item.annote else []
    take_extra(entry, item.note)
    told = dict(item.model_extra or {})
    own = told.pop("custom", None)
    for name, value in (told | (own if isinstance(own, dict) else {})).items():
        _detail(entry, name, value)
    return entry


def _one(value: str | list[str]) -> str:
    return next(iter(value), "") if isinstance(value, list) else value


def _identifiers(entry: Entry, item: CslItem) -> None:
    entry.take_doi(item.doi)
    arxiv = parse_arxiv(item.number) or (
        parse_arxiv(item.archive_location) if "arxiv" in item.archive.lower() else None
    )
    if not entry.identify(arxiv):
        entry.detail(names.NUMBER, item.number)
        entry.detail("archive", item.archive)
        entry.detail("archive_location", item.archive_location)
    for scheme, value in ((PMID, item.pmid), (PMCID, item.pmcid.upper())):
        entry.identify(Identifier(scheme, value) if value else None)
    entry.link(item.url)


def _detail(entry: Entry, name: str, value: object) -> None:
    """A variable that was not spelled out: text and numbers as they are, names packed."""
    known = _DETAILS.get(name, name)
    if isinstance(value, str | int | float):
        text = str(value)
        entry.detail(known, text.replace("\N{EN DASH}", "-") if known == names.PAGES else text)
    elif isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        entry.detail(known, "; ".join(value))
    elif isinstance(value, list) and all(isinstance(one, dict) for one in value):
        people = [
            Name.model_validate(one).value() for one in value if {"family", "literal"} & set(one)
        ]
        entry.detail(known, pack_names(people))
    elif isinstance(value, dict) and {"date-parts", "raw", "literal"} & set(value):
        entry.detail(known, Date.model_validate(value).value().text)
