"""A paper's data as text that a person edits: field by field, and back again."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from reader.frozen import frozen
from reader.model.dates import UNDATED, PartialDate, parse_iso
from reader.model.identifiers import Identifier, parse_identifier
from reader.model.merge import trust
from reader.model.paper import Author, Fields, Paper
from reader.model.text import clean, clean_lines


class FieldProblem(Exception):  # noqa: N818 - becomes one of our errors where it is shown
    """A value that a field cannot have, in words."""


@frozen
class Field:
    """One field that can be edited: how its value is written and read.

    Attributes:
        label: What the value looks like.
    """

    name: str
    label: str
    written: Callable[[Fields], str]
    read: Callable[[str], object]


def _authors(text: str) -> tuple[Author, ...]:
    """`Family, Given; Family, Given`; a name without a comma is taken as it is."""
    names = [clean(name) for name in text.split(";")]
    return tuple(_author(name) for name in names if name)


def _author(name: str) -> Author:
    family, comma, given = (part.strip() for part in name.partition(","))
    if comma:
        return Author(family, given)
    given, _, family = name.rpartition(" ")
    return Author(family, given.strip())


def _write_authors(authors: tuple[Author, ...]) -> str:
    return "; ".join(f"{one.family}, {one.given}" if one.given else _alone(one) for one in authors)


def _alone(author: Author) -> str:
    return f"{author.family}," if " " in author.family else author.family


def _date(text: str) -> PartialDate:
    date = parse_iso(clean(text))
    if date == UNDATED or date.text != clean(text):
        raise FieldProblem(f"not a date: “{clean(text)}”; 2026, 2026-04 or 2026-04-23")
    return date


def _identifiers(text: str) -> tuple[Identifier, ...]:
    found = []
    words = [word.strip(",") for word in text.split()]
    apart = [part for word in words
             for part in ([word] if parse_identifier(word) else word.split(","))]  # fmt: skip
    for word in filter(None, apart):
        identifier = parse_identifier(word)
        if identifier is None:
            raise FieldProblem(f"not an identifier: “{clean(word)}”; 2604.01234, 10.1000/x, isbn:…")
        found.append(identifier)
    return tuple(dict.fromkeys(found))


def _words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clean(text).replace(",", " ").split()))


def _line(name: str) -> Callable[[Fields], str]:
    return lambda fields: str(getattr(fields, name))


EDITABLE = {
    field.name: field
    for field in (
        Field("title", "one line", _line("title"), clean),
        Field("authors", "Family, Given; Family, Given",
              lambda fields: _write_authors(fields.authors), _authors),
        Field("published", "2026, 2026-04 or 2026-04-23",
              lambda fields: fields.published.text, _date),
        Field("venue", "journal or conference", _line("venue"), clean),
        Field("categories", "cs.LG stat.ML, the primary one first",
              lambda fields: " ".join(fields.categories), _words),
        Field("identifiers", "2604.01234 10.1000/xyz isbn:…",
              lambda fields: " ".join(_written(one) for one in fields.identifiers), _identifiers),
        Field("urls", "links, the best first", lambda fields: " ".join(fields.urls), _words),
        Field("remark", "pages, acceptance", _line("remark"), clean),
        Field("license", "the licence or its link", _line("license"), clean),
        Field("abstract", "paragraphs", _line("abstract"), clean_lines),
    )
}  # fmt: skip
"""The fields that can be edited, in the order of a form."""


def _written(identifier: Identifier) -> str:
    known = parse_identifier(identifier.value)
    value = identifier.value
    return value if known and known.scheme == identifier.scheme else f"{identifier.scheme}:{value}"


def fields_of(paper: Paper) -> Fields:
    """What is shown of a paper, as the fields of one source."""
    return Fields(
        title=paper.row.title, abstract=paper.abstract, authors=paper.authors,
        published=paper.row.published, categories=paper.categories,
        identifiers=paper.identifiers, venue=paper.venue, remark=paper.remark,
        license=paper.license, urls=paper.links,
    )  # fmt: skip


def values_of(paper: Paper) -> dict[str, str]:
    """What is shown of a paper, as text by field."""
    shown = fields_of(paper)
    return {name: field.written(shown) for name, field in EDITABLE.items()}


def source_of(paper: Paper, name: str) -> str:
    """The source whose word is shown in a field, empty when nobody said anything."""
    ranked = sorted(paper.sources, key=lambda one: -trust(one.source))
    return next((one.source for one in ranked if getattr(one.fields, name) not in _NOTHING), "")


_NOTHING = ("", (), UNDATED)


def changed(mine: Fields, values: Mapping[str, str]) -> Fields:
    """The user's fields with others in their place; an empty value leaves one to the sources.

    Raises:
        FieldProblem: There is no such field, or it cannot have the value.
    """
    told: dict[str, object] = {}
    for name, text in values.items():
        if name not in EDITABLE:
            raise FieldProblem(f"no field is called {name}: {', '.join(EDITABLE)}")
        empty: object = getattr(Fields(), name)
        told[name] = EDITABLE[name].read(text) if text.strip() else empty
    if "authors" in told:
        told["authors_complete"] = bool(told["authors"])
        told["author_count"] = None
    return replace(mine, **told)  # type: ignore[arg-type]
