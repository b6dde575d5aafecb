"""DOIs as DataCite's REST API gives them; arXiv's are the arXiv papers.

Shape: https://support.datacite.org/docs/api-get-doi
"""

from collections.abc import Iterator

from pydantic import Field

from reader.model import details as names
from reader.model.dates import UNDATED, Precision, parse_date
from reader.model.identifiers import parse_arxiv, parse_doi
from reader.model.names import parse_name
from reader.model.paper import Author
from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry
from reader.sources.json_documents import Loose, Text, load, members, read_objects
from reader.sources.markup import plain, plain_line

NAME = "datacite"
LABEL = "DataCite"
SOURCE = "datacite"

_KINDS = {"Preprint": names.PREPRINT, "JournalArticle": names.ARTICLE, "Dataset": names.DATASET,
          "Software": names.SOFTWARE, "ConferencePaper": names.CONFERENCE, "Book": names.BOOK,
          "BookChapter": names.CHAPTER, "Dissertation": names.THESIS,
          "Report": names.REPORT}  # fmt: skip
_DATES = ("Submitted", "Issued", "Created", "Available")


class Person(Loose):
    """A creator."""

    family: Text = Field(default="", alias="familyName")
    given: Text = Field(default="", alias="givenName")
    name: Text = ""
    kind: Text = Field(default="", alias="nameType")

    def value(self) -> Author:
        """The author."""
        if self.family:
            return Author(self.family, self.given, whole=not self.given)
        if self.kind == "Organizational":
            return Author(self.name, whole=True)
        return parse_name(self.name)


class Titled(Loose):
    """A title: the main one, or one of a type such as `Subtitle`."""

    title: Text = ""
    type: Text = Field(default="", alias="titleType")


class Described(Loose):
    """A description of some type."""

    text: Text = Field(default="", alias="description")
    type: Text = Field(default="", alias="descriptionType")


class Dated(Loose):
    """A date of some type."""

    date: Text = ""
    type: Text = Field(default="", alias="dateType")


class Identified(Loose):
    """An identifier of some type."""

    value: Text = Field(default="", alias="identifier")
    type: Text = Field(default="", alias="identifierType")


class Types(Loose):
    """What kind of thing it is."""

    general: Text = Field(default="", alias="resourceTypeGeneral")
    citeproc: Text = ""


class Subject(Loose):
    """A subject; arXiv's are categories."""

    subject: Text = ""


class Attributes(Loose):
    """What is told of one DOI."""

    doi: Text
    titles: list[Titled] = []
    creators: list[Person] = Field(default=[], max_length=50_000)
    descriptions: list[Described] = []
    dates: list[Dated] = []
    year: Text = Field(default="", alias="publicationYear")
    publisher: Text | dict[str, object] = ""
    types: Types = Types()
    subjects: list[Subject] = []
    identifiers: list[Identified] = []
    url: Text = ""
    language: Text = ""


class Work(Loose):
    """One DOI."""

    attributes: Attributes


def recognises(head: str) -> bool:
    """Whether a document is an answer with DOIs, or what one has."""
    found = members(head)
    return {"creators", "titles", "doi"} <= found and bool(found & {"attributes", "schemaVersion"})


def read(document: Document, context: Context) -> Iterator[Item]:
    """The DOIs of an answer."""
    value = load(document)
    told = value.get("data", value) if isinstance(value, dict) else value
    works = told if isinstance(told, list) else [told]
    wrapped = [one if not isinstance(one, dict) or "attributes" in one else {"attributes": one}
               for one in works]  # fmt: skip
    return read_objects(wrapped, Work, entry_of, context, SOURCE)


def entry_of(work: Work) -> Entry:
    """A paper of one DOI."""
    told = work.attributes
    entry = Entry(key=told.doi.lower())
    entry.kind = _KINDS.get(told.types.general, told.types.citeproc)
    main = sorted(told.titles, key=lambda one: bool(one.type))
    entry.title = plain_line(main[0].title) if main else ""
    for other in main[1:]:
        entry.detail("subtitle" if other.type == "Subtitle" else "title", plain_line(other.title))
    entry.authors = [one.value() for one in told.creators]
    abstracts = [one for one in told.descriptions if one.type == "Abstract"]
    entry.abstract = plain(abstracts[0].text) if abstracts else ""
    by_type = {one.type: parse_date(one.date) for one in reversed(told.dates)}
    dates = [by_type[name] for name in _DATES if name in by_type] + [parse_date(told.year)]
    known = [date for date in dates if date.precision is not Precision.NONE]
    entry.published = known[0] if known else UNDATED
    entry.identify(parse_doi(told.doi))
    for one in told.identifiers:
        entry.identify(parse_arxiv(one.value) if one.type.lower() == "arxiv" else None)
    publisher = (
        told.publisher if isinstance(told.publisher, str) else told.publisher.get("name", "")
    )
    entry.detail(names.PUBLISHER, "" if publisher == "arXiv" else str(publisher))
    entry.detail(names.LANGUAGE, told.language)
    for subject in told.subjects:
        entry.detail(names.KEYWORDS, subject.subject)
    if "10.48550" not in told.doi:
        entry.link(told.url)
    return entry
