"""What is being typed at the end of a query, and which words could stand there."""

import re

from reader.frozen import frozen
from reader.model.query.fields import (
    BY_NAME,
    DIRECTIVES,
    FIELDS,
    GROUPS,
    ORDERS,
    PERIODS,
    PRESENCES,
    STATES,
)

_TYPED = re.compile(
    r"(?:^|[\s(])-?(?:(?P<mark>[#@])|(?P<name>[A-Za-z]+):)?"
    r'(?P<done>(?:(?:"[^"]*"|[^\s,()"]*),)*)(?P<open>"?)(?P<begun>[^\s,()"]*)$'
)
_PHRASE = re.compile(r'(?:^|[\s(,])-?(?:(?P<mark>[#@])|(?P<name>[A-Za-z]+):)"(?P<begun>[^"]*)$')


@frozen
class Typed:
    """The value that is being typed.

    Attributes:
        field: The field it belongs to, empty for a bare word.
        begun: What there is of it.
        start: Where in the text it begins.
    """

    field: str
    begun: str
    start: int


@frozen
class Candidate:
    """One word that could stand there, and how many papers it means (None when not counted)."""

    text: str
    papers: int | None = None


def typed(text: str) -> Typed:
    """What is being typed at the end of a text."""
    found = _PHRASE.search(text) or _TYPED.search(text)
    if found is None:
        return Typed("", "", len(text))
    name = {"#": "tag", "@": "author"}.get(found["mark"] or "", (found["name"] or "").lower())
    field = BY_NAME.get(name)
    start = found.start("begun")
    if start and text[start - 1] == '"':
        start -= 1
    if name and field is None and name not in DIRECTIVES:
        return Typed("", found["begun"], start)
    return Typed(field.name if field else name, found["begun"].lower(), start)


def fixed_words(what: Typed) -> list[Candidate] | None:
    """The candidates that do not depend on the library; None where it must be asked."""
    known = {
        "is": [one for one, meaning in STATES.items() if meaning],
        "has": [one for one, meaning in PRESENCES.items() if meaning],
        "no": [one for one, meaning in PRESENCES.items() if meaning],
        "sort": [one for one, meaning in ORDERS.items() if meaning],
        "group": list(GROUPS),
        "prio": ["a", "b", "c", "none"],
        **{
            key: [*PERIODS[:4], "1d", "7d", "30d", "1y"]
            for key in ("date", "added", "updated", "decided", "finished")
        },
    }.get(what.field)
    if known is None:
        return None
    begun = what.begun.removeprefix("-") if what.field == "sort" else what.begun
    sign = "-" if begun != what.begun else ""
    return [Candidate(sign + one) for one in known if one.startswith(begun)]


def field_names(begun: str) -> list[Candidate]:
    """The fields and directives that begin so, with their colon."""
    names = [field.name for field in FIELDS if not field.missing] + list(DIRECTIVES)
    return [Candidate(f"{name}:") for name in names if name.startswith(begun.lower())]


def completed(text: str, what: Typed, candidate: Candidate) -> str:
    """The text with a candidate in the place of what was begun."""
    word = candidate.text
    if any(char in word for char in ' ,()"'):
        word = '"' + word.replace('"', "") + '"'
    return text[: what.start] + word
