"""What is typed behind `:`: a range of papers, the name of a command, and what follows it."""

import re
from enum import Enum

from reader.frozen import frozen

_ROWS = re.compile(r"(\d{1,9}|\$|\.)(?:\s*,\s*(\d{1,9}|\$|\.))?")
_SELECTION = "'<,'>"


class Range(Enum):
    """Which papers a command is done to."""

    NONE = ""
    VIEW = "%"
    HERE = "."
    SELECTION = _SELECTION
    ROWS = "rows"
    QUERY = "{}"


@frozen
class CommandLine:
    """One command.

    Attributes:
        first, last: Rows from 1 on, for `Range.ROWS`: 0 is the cursor's, -1 the last one.
        query: What stands in the braces.
        name: The command as typed, possibly shortened.
        rest: What follows its name.
        wrong: Why it cannot be understood; empty when it can.
    """

    range: Range = Range.NONE
    first: int = 0
    last: int = 0
    query: str = ""
    name: str = ""
    rest: str = ""
    wrong: str = ""


def parse_command(text: str) -> CommandLine:
    """Read a line; never raises."""
    text = text.strip()
    if text.startswith("{"):
        end = closing_brace(text)
        if end < 0:
            return CommandLine(wrong="the query has no closing brace }")
        name, rest = _named(text[end + 1 :])
        return CommandLine(Range.QUERY, query=text[1:end].strip(), name=name, rest=rest)
    for kind in (Range.VIEW, Range.SELECTION):
        if text.startswith(kind.value):
            name, rest = _named(text[len(kind.value) :])
            return CommandLine(kind, name=name, rest=rest)
    rows = _ROWS.match(text)
    if rows is None:
        name, rest = _named(text)
        return CommandLine(name=name, rest=rest)
    name, rest = _named(text[rows.end() :])
    if rows.group() == Range.HERE.value:
        return CommandLine(Range.HERE, name=name, rest=rest)
    first = _row(rows[1])
    return CommandLine(Range.ROWS, first, _row(rows[2]) if rows[2] else first, "", name, rest)


def closing_brace(text: str) -> int:
    """Where the brace that opens a text is closed; braces in quotes do not count. -1 if nowhere."""
    quoted = False
    for place, char in enumerate(text):
        if char == '"':
            quoted = not quoted
        elif char == "}" and not quoted:
            return place
    return -1


def _named(text: str) -> tuple[str, str]:
    """A name and what follows it; a sign such as `!` needs no blank behind it."""
    text = text.strip()
    if text[:1] in ("!", "|"):
        return text[0], text[1:].strip()
    name, _, rest = text.partition(" ")
    return name, rest.strip()


def _row(text: str) -> int:
    return {".": 0, "$": -1}[text] if text in (".", "$") else max(int(text), 1)


_SHELL = re.compile(r"(?:[%.]|'<,'>|[\d,$.]+)?\s*(?:[!|]|(?:shell|pipe)\s)")


def split_commands(text: str) -> list[str]:
    """The commands of a macro: `tag +a; later`; a shell command takes all that follows."""
    found: list[str] = []
    quoted = False
    start = 0
    for place, char in enumerate(text):
        if char == '"':
            quoted = not quoted
        elif char == ";" and not quoted:
            found.append(text[start:place])
            start = place + 1
        if _SHELL.fullmatch(text[start : place + 1].lstrip()):
            break
    return [part.strip() for part in [*found, text[start:]] if part.strip()]
