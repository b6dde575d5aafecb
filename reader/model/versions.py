"""What changed from one version of a paper to the next, word by word."""

import difflib
import re
from collections.abc import Iterator, Sequence
from enum import Enum

from reader.frozen import frozen
from reader.model.identifiers import ARXIV
from reader.model.latex import convert
from reader.model.paper import Fields, Paper, Version
from reader.model.text import clean, clean_lines

_WORDS = re.compile(r"\s+|[^\s]+")
_LONGEST = 20_000


class Side(Enum):
    """Where words stand."""

    BOTH = " "
    BEFORE = "-"
    AFTER = "+"


@frozen
class Piece:
    """Words that stand in both versions, or in one of them."""

    side: Side
    text: str


def version_pair(
    earlier: Sequence[Version], paper: Paper, numbers: Sequence[int] = ()
) -> tuple[tuple[int, Fields], tuple[int, Fields]] | None:
    """Two versions of a paper with what was told of them: the numbered ones, else the last two.

    None when they were not both told of.
    """
    told = {one.number: one.fields for one in earlier}
    latest = max((one.version for one in paper.identifiers if one.scheme == ARXIV), default=0)
    latest = max(latest, *(number + 1 for number in told), 1)
    told[latest] = _now(paper)
    if not numbers:
        numbers = sorted(told)[-2:]
    first, second = numbers[0], numbers[1] if len(numbers) > 1 else latest
    if first == second or first not in told or second not in told:
        return None
    low, high = sorted((first, second))
    return (low, told[low]), (high, told[high])


def changes(before: Fields, after: Fields) -> Iterator[tuple[str, list[Piece]]]:
    """The fields in which two versions differ, each with its words."""
    texts = (
        ("title", _line(before.title), _line(after.title)),
        ("authors", _people(before), _people(after)),
        ("abstract", _text(before.abstract), _text(after.abstract)),
        ("comment", _line(before.remark), _line(after.remark)),
    )
    for name, old, new in texts:
        if old != new:
            yield name, differences(old, new)


def differences(before: str, after: str) -> list[Piece]:
    """The words of two texts: those that stayed, went and came, in order."""
    old, new = _WORDS.findall(before[:_LONGEST]), _WORDS.findall(after[:_LONGEST])
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    pieces: list[Piece] = []
    went, came = "", ""
    for _, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        before_words, after_words = "".join(old[old_start:old_end]), "".join(new[new_start:new_end])
        if before_words == after_words and (before_words.strip() or not (went or came)):
            pieces += [*_changed(went, came), Piece(Side.BOTH, before_words)]
            went = came = ""
        else:  # a blank between two words that changed belongs to both
            went, came = went + before_words, came + after_words
    return [*pieces, *_changed(went, came)]


def _changed(went: str, came: str) -> list[Piece]:
    pieces = (Piece(Side.BEFORE, went), Piece(Side.AFTER, came))
    return [one for one in pieces if one.text]


def _now(paper: Paper) -> Fields:
    return Fields(
        title=paper.row.title, abstract=paper.abstract, authors=paper.authors, remark=paper.remark
    )


def _line(text: str) -> str:
    return clean(convert(text).text)


def _text(text: str) -> str:
    return clean_lines(convert(text).text)


def _people(fields: Fields) -> str:
    return ", ".join(author.name for author in fields.authors)
