"""Hugging Face's Daily Papers as its API gives them.

Shape: https://huggingface.co/api/daily_papers. The day of the page is the paper's own day; the
outer time is four hours earlier and not used.
"""

from collections.abc import Iterator

from pydantic import Field

from reader.model import details as names
from reader.model.dates import parse_date
from reader.model.identifiers import parse_arxiv
from reader.model.names import parse_name
from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry
from reader.sources.json_documents import Loose, Text, load, members, read_objects

NAME = "huggingface"
LABEL = "Hugging Face daily papers"
SOURCE = "huggingface"


class Person(Loose):
    """An author; those that are hidden are left out by the site too."""

    name: Text = ""
    hidden: bool = False


class PaperOfDay(Loose):
    """The paper of a record."""

    id: Text
    title: Text = ""
    summary: Text = ""
    authors: list[Person] = Field(default=[], max_length=50_000)
    published: Text = Field(default="", alias="publishedAt")
    upvotes: int | None = None
    code: Text = Field(default="", alias="githubRepo")
    project: Text = Field(default="", alias="projectPage")
    stars: int | None = Field(default=None, alias="githubStars")


class Record(Loose):
    """One record of a day."""

    paper: PaperOfDay
    comments: int | None = Field(default=None, alias="numComments")


def recognises(head: str) -> bool:
    """Whether a document is such a list, or one paper of it."""
    found = members(head)
    return {"paper", "publishedAt"} <= found or {"summary", "upvotes", "publishedAt"} <= found


def read(document: Document, context: Context) -> Iterator[Item]:
    """The papers of a day."""
    value = load(document)
    records = value if isinstance(value, list) else [value]
    wrapped = [one if not isinstance(one, dict) or "paper" in one else {"paper": one}
               for one in records]  # fmt: skip
    return read_objects(wrapped, Record, entry_of, context, SOURCE)


def entry_of(record: Record) -> Entry:
    """A paper of one record."""
    told = record.paper
    entry = Entry(key=told.id, title=told.title, abstract=told.summary, kind=names.PREPRINT)
    entry.identify(parse_arxiv(told.id))
    entry.authors = [parse_name(one.name) for one in told.authors if one.name and not one.hidden]
    entry.author_count = len(told.authors) or None
    entry.published = parse_date(told.published)
    counts = {"upvotes": told.upvotes, "comments": record.comments, "stars": told.stars}
    entry.counters = {name: count for name, count in counts.items() if count is not None}
    entry.urls = [url for url in (told.code, told.project) if url]
    return entry
