"""Bibliographic details beyond what lists and searches need, and the kinds of works.

Kinds have the names of CSL 1.0.2 (https://docs.citationstyles.org/en/stable/specification.html),
in which a preprint is an `article`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import field

from reader.frozen import frozen
from reader.model.merge import trust
from reader.model.names import parse_name
from reader.model.paper import Author, Paper, SourceRecord

PREPRINT, ARTICLE, CONFERENCE, BOOK, CHAPTER = (
    "article", "article-journal", "paper-conference", "book", "chapter",
)  # fmt: skip
THESIS, REPORT, WEBPAGE, SOFTWARE, DATASET, OTHER = (
    "thesis", "report", "webpage", "software", "dataset", "document",
)  # fmt: skip
"""The kinds of works that most formats tell apart."""

VOLUME, ISSUE, PAGES, NUMBER, EDITION, SERIES = (
    "volume", "issue", "pages", "number", "edition", "series",
)  # fmt: skip
PUBLISHER, PLACE, INSTITUTION, LANGUAGE = "publisher", "place", "institution", "language"
EDITOR, TRANSLATOR, ISBN, ISSN, KEYWORDS = "editor", "translator", "isbn", "issn", "keywords"
SHORT_VENUE, CHAPTER_NUMBER, GENRE, ACCESSED = "short_venue", "chapter", "genre", "accessed"
"""Names of details; persons are written as `pack_names` does."""


@frozen
class Details:
    """What the sources of a paper say of it beyond its row and its text."""

    kind: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


def details_of(records: Iterable[SourceRecord]) -> Details:
    """The details of a paper: each from the most trusted source that has it, notes from all."""
    fields = [one.fields for one in sorted(records, key=lambda one: -trust(one.source))]
    values: dict[str, str] = {}
    for one in fields:
        values = {**one.details, **values}
    return Details(
        kind=next((one.kind for one in fields if one.kind), ""),
        values=values,
        notes=tuple(dict.fromkeys(note for one in fields for note in one.notes)),
        files=tuple(dict.fromkeys(file for one in fields for file in one.files)),
    )


def told_details(records: Iterable[SourceRecord]) -> list[tuple[str, str, str]]:
    """Every detail that is shown, with its value and the source that told it."""
    ranked = sorted(records, key=lambda one: -trust(one.source))
    found: dict[str, tuple[str, str]] = {}
    for one in ranked:
        told = {"kind": one.fields.kind, **one.fields.details}
        for name, value in told.items():
            if value:
                found.setdefault(name, (value, one.source))
    lines = [(name, value, source) for name, (value, source) in found.items()]
    lines += [("note", note, one.source) for one in ranked for note in one.fields.notes]
    return lines + [("file", file, one.source) for one in ranked for file in one.fields.files]


def kind_of(paper: Paper, told: Details) -> str:
    """What kind of work a paper is: as told, else by whether it appeared anywhere.

    A preprint that has a venue by now is an article there.
    """
    if told.kind and not (told.kind == PREPRINT and paper.venue):
        return told.kind
    return ARTICLE if paper.venue else PREPRINT


def full_title(paper: Paper, told: Details) -> str:
    """The title with the subtitle that some formats keep apart."""
    subtitle = told.values.get("subtitle", "")
    apart = subtitle and not paper.row.title.endswith(subtitle)
    return f"{paper.row.title}: {subtitle}" if apart else paper.row.title


def pack_names(people: Iterable[Author]) -> str:
    """Persons as one text: `Family, Given; Family, Given; A Group`."""
    return "; ".join(
        f"{one.family}, {one.given}" if one.given else one.family.replace(",", " ")
        for one in people
    )


def unpack_names(text: str) -> tuple[Author, ...]:
    """What `pack_names` wrote."""
    names = [name.strip() for name in text.split(";")]
    return tuple(_person(name) for name in names if name)


def _person(name: str) -> Author:
    return parse_name(name) if "," in name else Author(name, whole=True)
