"""What a source said, as JSON objects: for the library's provenance and for our own export."""

import json
from collections.abc import Mapping
from typing import Any

from reader.model.dates import UNDATED, PartialDate, Precision
from reader.model.identifiers import Identifier
from reader.model.paper import Author, Fields

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_LISTS = ("categories", "urls", "notes", "files")
_MAPPINGS = ("counters", "details")
_TEXTS = ("title", "abstract", "category_code", "venue", "remark", "license", "kind")


def compact(value: object) -> str:
    """A value as JSON without a blank too many."""
    return _ENCODER.encode(value)


def author_object(author: Author) -> dict[str, str]:
    """`{family, given}`, or `{name}` for a group."""
    if author.whole:
        return {"name": author.family}
    return {"family": author.family, "given": author.given}


def author_value(value: Mapping[str, str]) -> Author:
    """What `author_object` wrote."""
    if name := value.get("name"):
        return Author(name, whole=True)
    return Author(value["family"], value.get("given", ""))


def fields_object(fields: Fields) -> dict[str, Any]:
    """The fields that say something, as JSON values."""
    told: dict[str, Any] = {name: value for name in _TEXTS if (value := getattr(fields, name))}
    told |= {name: list(value) for name in _LISTS if (value := getattr(fields, name))}
    told |= {name: dict(value) for name in _MAPPINGS if (value := getattr(fields, name))}
    if fields.authors:
        told["authors"] = [author_object(author) for author in fields.authors]
    if fields.author_count is not None:
        told["author_count"] = fields.author_count
    if fields.authors_complete:
        told["authors_complete"] = True
    for name in ("published", "updated"):
        date: PartialDate = getattr(fields, name)
        if date != UNDATED:
            told[name] = [date.text, date.precision.value]
    if fields.identifiers:
        told["identifiers"] = [[one.scheme, one.value, one.version] for one in fields.identifiers]
    return told


def fields_value(told: Mapping[str, Any]) -> Fields:
    """What `fields_object` wrote."""
    told_again: dict[str, Any] = {name: told.get(name, "") for name in _TEXTS}
    told_again |= {name: tuple(told.get(name, ())) for name in _LISTS}
    told_again |= {name: dict(told.get(name, {})) for name in _MAPPINGS}
    return Fields(
        **told_again,
        authors=tuple(author_value(author) for author in told.get("authors", ())),
        author_count=told.get("author_count"),
        authors_complete=told.get("authors_complete", False),
        published=_date(told.get("published")),
        updated=_date(told.get("updated")),
        identifiers=tuple(Identifier(*one) for one in told.get("identifiers", ())),
    )


def _date(value: list[str] | None) -> PartialDate:
    return PartialDate(value[0], Precision(value[1])) if value else UNDATED
