"""The values of fields: what each kind of field takes, and what is said of other values."""

import re
from collections.abc import Callable

from reader.model.query.fields import (
    PERIODS,
    PRESENCES,
    STATES,
    FieldInfo,
    Kind,
    canonical_presence,
    closest,
)
from reader.model.query.lexer import Piece
from reader.model.query.periods import is_duration, is_moment
from reader.model.query.tree import Span, Value, Word
from reader.model.text import clean

_COMPARED = re.compile(r"(>=|<=|>|<)(.*)", re.DOTALL)
_NUMBER = re.compile(r"\d{1,9}")
_YEAR = re.compile(r"[1-9]\d{3}")
_PRIORITIES = ("a", "b", "c", "none")


class ValueProblem(Exception):  # noqa: N818 - becomes a Problem, is never shown as an error
    """A value that its field does not take; `fix` is what was perhaps meant."""

    def __init__(self, message: str, fix: str | None = None) -> None:
        super().__init__(message)
        self.message, self.fix = message, fix


def parse_value(field: FieldInfo, piece: Piece) -> Value:
    """One value of a field.

    Raises:
        ValueProblem: The field does not take it.
    """
    text = clean(piece.text)
    if not text:
        raise ValueProblem(f"{field.name}: needs a value, such as {field.example}")
    parse = _PARSERS.get(field.kind, _word)
    return parse(field, text, piece)


def _word(field: FieldInfo, text: str, piece: Piece) -> Value:
    if not any(char.isalnum() for char in text):
        raise ValueProblem(f"{field.name}: there is nothing to look for in “{text}”")
    return Word(text, quoted=piece.quoted)


def _tag(field: FieldInfo, text: str, piece: Piece) -> Value:
    exact = text.startswith("=") and not piece.quoted
    name = text.removeprefix("=").lower() if exact else text.lower()
    if not name.strip("/ "):
        raise ValueProblem(f"{field.name}: needs the name of a tag")
    return Word(name, quoted=piece.quoted, exact=exact)


def _state(field: FieldInfo, text: str, _piece: Piece) -> Value:
    return _listed(field, text.lower(), STATES)


def _presence(field: FieldInfo, text: str, _piece: Piece) -> Value:
    return _listed(field, canonical_presence(text.lower()), PRESENCES)


def _priority(field: FieldInfo, text: str, _piece: Piece) -> Value:
    return _listed(field, text.lower(), _PRIORITIES)


def _listed(field: FieldInfo, text: str, known: object) -> Value:
    choices = [*known]  # type: ignore[misc]
    if text in choices:
        return Word(text)
    near = closest(text, choices)
    hint = f"{near}?" if near else f"it is one of {', '.join(choices)}"
    raise ValueProblem(f"no such {field.name}: {hint}", near or None)


def _number(field: FieldInfo, text: str, _piece: Piece) -> Value:
    span = _ended(field, text)
    pattern = _YEAR if field.name == "year" else _NUMBER
    for end in (span.low, span.high):
        if end and not pattern.fullmatch(end):
            raise _not_a_number(field, text)
    low, high = _shifted(span)
    if low and not pattern.fullmatch(low):
        raise ValueProblem(f"{field.name}: nothing is beyond {span.low}")
    if low and high and int(low) > int(high):
        raise ValueProblem(f"nothing is between {low} and {high}: {high}..{low}?", f"{high}..{low}")
    return Span(low, high)


def _shifted(span: Span) -> tuple[str, str]:
    """The ends of a span of whole numbers, both included."""
    if not span.strict:
        return span.low, span.high
    if span.low:
        return str(int(span.low) + 1), ""
    return "", str(int(span.high) - 1) if int(span.high) else "0"


def _not_a_number(field: FieldInfo, text: str) -> ValueProblem:
    ways = ("2024", "2023..2025", ">=3") if field.name == "year" else ("3", "2..5", ">=3")
    examples = ", ".join(f"{field.name}:{way}" for way in ways)
    digits = text.lower().translate(str.maketrans("oil", "011"))
    fits = _YEAR.fullmatch(digits) if field.name == "year" else _NUMBER.fullmatch(digits)
    return ValueProblem(f"not a number: {examples}", digits if fits else None)


def _date(field: FieldInfo, text: str, _piece: Piece) -> Value:
    text = text.lower()
    span = _ended(field, text)
    for end in (span.low, span.high):
        if end and not is_moment(end):
            near = closest(end, PERIODS)
            hint = f"{near}?" if near else "2025, 2025-03, 2025-03-14, today, 7d"
            raise ValueProblem(f"not a date: {hint}", text.replace(end, near) if near else None)
    duration = span.low or span.high
    if is_duration(duration) and _COMPARED.fullmatch(text):
        ways = f"{field.name}:{duration}.. (newer) or {field.name}:..{duration} (older)"
        raise ValueProblem(f"ambiguous: {ways}")
    if is_duration(text):
        return Span(text, "")
    return span


def _ended(field: FieldInfo, text: str) -> Span:
    """A span with at least one end.

    Raises:
        ValueProblem: It has none.
    """
    span = _span(text)
    if not span.low and not span.high:
        raise ValueProblem(f"{field.name}: needs a value, such as {field.example}")
    return span


def _span(text: str) -> Span:
    """The ends that a text names; a single value is both."""
    if found := _COMPARED.fullmatch(text):
        sign, end = found[1], found[2]
        strict = "=" not in sign
        return Span(end, "", strict) if ">" in sign else Span("", end, strict)
    low, dots, high = text.partition("..")
    return Span(low, high) if dots else Span(text, text)


_PARSERS: dict[Kind, Callable[[FieldInfo, str, Piece], Value]] = {
    Kind.TAG: _tag, Kind.STATE: _state, Kind.PRESENCE: _presence, Kind.PRIORITY: _priority,
    Kind.NUMBER: _number, Kind.DATE: _date,
}  # fmt: skip
