"""What formats of tagged lines share: records of tags with values, read one line at a time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from reader.frozen import frozen
from reader.model.paper import Rejected
from reader.model.text import clean
from reader.sources.context import RAW_LENGTH, Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry

MOST_VALUES = 200_000
"""Lines of one record; a file without the ends of its records is not held in memory."""


@dataclass(slots=True)
class Record:
    """One record: its values by tag, in order, and what is wrong with it.

    Attributes:
        line, number: Where it begins and which it is, from 1.
        problems: What of it was not understood: field, reason and the text.
    """

    line: int
    number: int
    values: dict[str, list[str]] = field(default_factory=dict)
    problems: list[tuple[str, str, str]] = field(default_factory=list)
    last: str = ""
    lines: int = 0

    def add(self, tag: str, value: str) -> None:
        """Take a tagged line."""
        self.values.setdefault(tag, []).append(value.strip())
        self.last = tag
        self.lines += 1

    def go_on(self, text: str) -> None:
        """Take a line that continues the one before."""
        if self.last:
            self.values[self.last][-1] += "\n" + text.strip()
        self.lines += 1

    def take(self, *tags: str) -> list[str]:
        """The values of tags, tag by tag, which then are taken; empty ones are left out."""
        found = [value for tag in tags for value in self.values.pop(tag, ())]
        return [value for value in found if value.strip()]

    def first(self, *tags: str) -> str:
        """The first value of the tags in their order, on one line; all others stay."""
        for tag in tags:
            for place, value in enumerate(self.values.get(tag, ())):
                if value.strip():
                    del self.values[tag][place]
                    return clean(value)
        return ""

    def rest(self, entry: Entry) -> None:
        """Keep what nobody took, as details by tag."""
        for tag, values in self.values.items():
            for value in values:
                entry.detail(tag, value)


@frozen
class Outside:
    """A stretch of lines that belongs to no record."""

    line: int
    text: str


@frozen
class Grammar:
    """How the lines of a format are read.

    Attributes:
        parse: The tag and value of a line; None for one that has none.
        begins: Whether a record begins with this tag, given the one that is open.
        ends: Whether it ends with this tag.
        whole: Whether a record that has these values goes on behind an empty line, up to the line
            that begins the next one; None where empty lines mean nothing.
        chrome: Whether a line between records is known to mean nothing.
        end: The tag that should have ended it, for a message; empty when none is needed.
    """

    parse: Callable[[str], tuple[str, str] | None]
    begins: Callable[[str, Record | None], bool]
    ends: Callable[[str], bool] = lambda _tag: False
    whole: Callable[[Record], bool] | None = None
    chrome: Callable[[str], bool] = lambda _line: False
    end: str = ""


def records(document: Document, grammar: Grammar) -> Iterator[Record | Outside]:
    """The records of a document in order, and what stands between them."""
    record: Record | None = None
    number, blank = 0, False
    outside: list[tuple[int, str]] = []
    for line, raw in document.lines():
        text = raw.rstrip("\r\n")
        parsed = grammar.parse(text)
        if record and blank and grammar.whole and text.strip() and not grammar.whole(record):
            yield record
            record = None
        blank = not text.strip()
        if parsed and grammar.begins(parsed[0], record):
            yield from _closed(record, grammar, line)
            yield from _outside(outside)
            number += 1
            record = Record(line, number)
        if record is None:
            if clean(text) and not grammar.chrome(text):
                outside.append((line, text))
        elif parsed and grammar.ends(parsed[0]):
            yield record
            record = None
        elif parsed:
            record.add(*parsed)
        elif text.strip():
            record.go_on(text)
        if record and record.lines > MOST_VALUES:
            record.problems.append(("", f"more lines than the limit of {MOST_VALUES:,}", ""))
            yield record
            record = None
    yield from _closed(record, grammar, 0)
    yield from _outside(outside)


def _closed(record: Record | None, grammar: Grammar, line: int) -> Iterator[Record]:
    if record is None:
        return
    if grammar.end:
        place = f"before line {line}" if line else "at the end of the file"
        reason = f"no {grammar.end} line ends the record {place}: it is taken as it stands"
        record.problems.append((grammar.end, reason, ""))
    yield record


def _outside(lines: list[tuple[int, str]]) -> Iterator[Outside]:
    if lines:
        yield Outside(lines[0][0], " ".join(text for _, text in lines))
        lines.clear()


def read_records(
    document: Document,
    context: Context,
    source: str,
    grammar: Grammar,
    entry_of: Callable[[Record], Entry],
) -> Iterator[Item]:
    """Each record as a draft, and what was not understood."""
    for one in records(document, grammar):
        if isinstance(one, Outside):
            reason = "text outside of a record was left out"
            yield Rejected(one.line, reason, clean(one.text[:RAW_LENGTH]))
        elif any(value.strip() for values in one.values.values() for value in values):
            yield from entry_of(one).items(context, source)
