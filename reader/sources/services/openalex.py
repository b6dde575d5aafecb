"""Works as OpenAlex's API gives them; abstracts come as an index of words and places.

Shape: https://docs.openalex.org/api-entities/works/work-object
"""

from collections.abc import Iterator, Mapping

from pydantic import Field

from reader.model import details as names
from reader.model.dates import parse_date
from reader.model.identifiers import OPENALEX, PMID, Identifier, parse_doi, parse_link
from reader.model.names import parse_name
from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry
from reader.sources.json_documents import Loose, Text, load, members, read_objects
from reader.sources.markup import plain_line

NAME = "openalex"
LABEL = "OpenAlex"
SOURCE = "openalex"

_KINDS = {"article": names.ARTICLE, "preprint": names.PREPRINT, "book": names.BOOK,
          "book-chapter": names.CHAPTER, "dissertation": names.THESIS, "report": names.REPORT,
          "dataset": names.DATASET}  # fmt: skip
_MOST_WORDS = 50_000


class Named(Loose):
    """Something with a name."""

    display_name: Text = ""


class Authorship(Loose):
    """An author of it."""

    author: Named = Named()


class Location(Loose):
    """Where it can be found."""

    landing_page_url: Text = ""
    source: Named = Named()


class Biblio(Loose):
    """Where it stands in its venue."""

    volume: Text = ""
    issue: Text = ""
    first_page: Text = ""
    last_page: Text = ""


class Ids(Loose):
    """Its identifiers elsewhere."""

    pmid: Text = ""


class Work(Loose):
    """One work."""

    id: Text = ""
    doi: Text = ""
    display_name: Text = ""
    title: Text = ""
    date: Text = Field(default="", alias="publication_date")
    year: Text = Field(default="", alias="publication_year")
    type: Text = ""
    ids: Ids = Ids()
    authorships: list[Authorship] = Field(default=[], max_length=50_000)
    location: Location = Field(default=Location(), alias="primary_location")
    biblio: Biblio = Biblio()
    words: dict[str, list[int]] = Field(default={}, alias="abstract_inverted_index")
    cited: int | None = Field(default=None, alias="cited_by_count")


def recognises(head: str) -> bool:
    """Whether a document is an answer with works, or one work."""
    found = members(head)
    return "authorships" in found or {"abstract_inverted_index", "display_name"} <= found


def read(document: Document, context: Context) -> Iterator[Item]:
    """The works of an answer."""
    value = load(document)
    works = value.get("results", [value]) if isinstance(value, dict) else value
    return read_objects(works, Work, entry_of, context, SOURCE)


def entry_of(work: Work) -> Entry:
    """A paper of one work."""
    number = work.id.rpartition("/")[2]
    entry = Entry(key=number, title=plain_line(work.title or work.display_name))
    entry.kind = _KINDS.get(work.type, work.type)
    entry.abstract = abstract_of(work.words)
    entry.authors = [parse_name(one.author.display_name) for one in work.authorships
                     if one.author.display_name]  # fmt: skip
    entry.published = parse_date(work.date)
    if not entry.published.text:
        entry.published = parse_date(work.year)
    venue = work.location.source.display_name
    entry.venue = "" if venue.lower().startswith("arxiv") else venue
    entry.identify(parse_doi(work.doi) if work.doi else None)
    if number.startswith("W"):
        entry.identify(Identifier(OPENALEX, number))
    if pmid := work.ids.pmid.rpartition("/")[2]:
        entry.identify(Identifier(PMID, pmid))
    url = work.location.landing_page_url
    if url and not url.startswith("https://openalex.org") and (parse_link(url) or not work.doi):
        entry.link(url)
    pages = filter(None, (work.biblio.first_page, work.biblio.last_page))
    entry.detail(names.PAGES, "-".join(dict.fromkeys(pages)))
    entry.detail(names.VOLUME, work.biblio.volume)
    entry.detail(names.ISSUE, work.biblio.issue)
    if work.cited is not None:
        entry.counters["citations"] = work.cited
    return entry


def abstract_of(words: Mapping[str, list[int]]) -> str:
    """The text of an inverted index: every word put at its places."""
    places = sorted((place, word) for word, told in words.items() for place in told[:_MOST_WORDS])
    return " ".join(word for _, word in places[:_MOST_WORDS])
