"""What the importers of JSON documents share: the document within limits, record by record."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from reader.errors import ImportFileError
from reader.model.paper import Rejected
from reader.model.text import clean
from reader.sources.context import RAW_LENGTH, Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry

DEEPEST = 100
"""Arrays and objects within each other."""

_LONGEST_NUMBER = 40
_HEAD = 100_000
_MEMBER = re.compile(r'"((?:[^"\\]|\\.){1,60})"\s*:')
_MARKS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]')
_NOT_A_NUMBER = "not a number"


def _text(value: object) -> object:
    """A number as text, nothing as no text, half a character as U+FFFD; else as it is."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return str(value)
    return "" if value is None else value


Text = Annotated[str, BeforeValidator(_text), Field(max_length=1_000_000)]
"""A text; formats also write numbers and null where they mean one."""


def _listed(value: object) -> object:
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]


def _only_texts(value: object) -> object:
    listed = _listed(value)
    return [one for one in listed if one is not None] if isinstance(listed, list) else listed


Texts = Annotated[list[Text], BeforeValidator(_only_texts), Field(max_length=100_000)]
"""Texts; formats also write one alone, or null."""


class Loose(BaseModel):
    """An object of which only some members matter; null stands for an absent one."""

    model_config = ConfigDict(populate_by_name=True, extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        return {name: one for name, one in value.items() if one is not None}


Record = TypeVar("Record", bound=BaseModel)


def members(head: str) -> frozenset[str]:
    """The names of all members in the beginning of a JSON document; empty for other text."""
    text = head.lstrip("\ufeff \t\r\n")
    return frozenset(_MEMBER.findall(text[:_HEAD])) if text[:1] in ("[", "{") else frozenset()


def load(document: Document) -> Any:
    """The value of a document.

    Raises:
        ImportFileError: It is no JSON, too large or too deep.
    """
    text = document.text()
    _check_depth(document, text)
    try:
        return json.loads(text, parse_int=_integer, parse_constant=lambda _name: _NOT_A_NUMBER)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise ImportFileError(f"{document.name}: {place}: {error.msg}; no valid JSON.") from error


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else f"a number of {len(digits):,} digits"


def _check_depth(document: Document, text: str) -> None:
    depth = 0
    for found in _MARKS.finditer(text):
        mark = found.group()
        if mark in "[{":
            depth += 1
        elif mark in "]}":
            depth -= 1
        if depth > DEEPEST:
            line = text.count("\n", 0, found.start()) + 1
            raise ImportFileError(
                f"{document.name}: line {line}: nests deeper than the limit of {DEEPEST}."
            )


def read_objects(
    records: Iterable[object],
    model: type[Record],
    entry_of: Callable[[Record], Entry | None],
    context: Context,
    source: str,
) -> Iterator[Item]:
    """Each object as a draft; one that is not as its format says is rejected by itself."""
    for number, value in enumerate(records, start=1):
        try:
            told = model.model_validate(value)
        except ValidationError as error:
            yield _rejected(error, number, value)
            continue
        entry = entry_of(told)
        if entry is not None:
            entry.record = number
            yield from entry.items(context, source)


def _rejected(error: ValidationError, number: int, value: object) -> Rejected:
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    raw = json.dumps(value, ensure_ascii=False, default=str)[: 2 * RAW_LENGTH]
    return Rejected(0, clean(first["msg"]), clean(raw)[:RAW_LENGTH], number, place)
