"""The text of a query as tokens, each with its place."""

import re
from collections.abc import Iterator
from enum import Enum, auto

from reader.frozen import frozen


class Mark(Enum):
    """What a token is."""

    OPEN = auto()
    CLOSE = auto()
    OR = auto()
    AND = auto()
    NOT = auto()
    WORD = auto()
    PHRASE = auto()
    FIELD = auto()


@frozen
class Piece:
    """One value of a field, at characters `start` to `end`."""

    text: str
    start: int
    end: int
    quoted: bool = False
    closed: bool = True


@frozen
class Token:
    """One token, at characters `start` to `end`.

    Attributes:
        text: The word or phrase without its quotes; the name of a field as it was written.
        pieces: The values of a field.
        closed: Whether the quote that began it also ended.
    """

    mark: Mark
    text: str
    start: int
    end: int
    pieces: tuple[Piece, ...] = ()
    closed: bool = True


_SPACE = re.compile(r"\s+")
# What is pasted whole: links and DOIs keep their parentheses, commas and colons.
_PASTED = re.compile(r"(?:https?://|10\.\d{4,9}/)[^\s\"]+", re.IGNORECASE)
_DOI_FIELD = re.compile(r"(doi|id):(10\.\d{4,9}/[^\s\"]+)", re.IGNORECASE)
_SIGNS = "-\u2212\u2013"
_NAME = re.compile(r"([A-Za-z]+):(?!\s|$|//)")
_EMPTY_NAME = re.compile(r"([a-z]+):(?=\s|$)")
_SHORTHANDS = {"#": "tag", "@": "author"}
_VALUE_ENDS = re.compile(r'[\s(),"|]')
_WORD_ENDS = re.compile(r'[\s()"|]')


def tokens(text: str, names: frozenset[str]) -> Iterator[Token]:
    """The tokens of a text, in time linear in its length.

    `names` are the words that stay a field where nothing follows their colon, as while typing.
    """
    place = 0
    while place < len(text):
        if space := _SPACE.match(text, place):
            place = space.end()
            continue
        token = _token(text, place, names)
        yield token
        place = token.end


def _token(text: str, place: int, names: frozenset[str]) -> Token:
    char = text[place]
    if mark := {"(": Mark.OPEN, ")": Mark.CLOSE, "|": Mark.OR}.get(char):
        return Token(mark, char, place, place + 1)
    if char == '"':
        piece = _quoted(text, place)
        return Token(Mark.PHRASE, piece.text, place, piece.end, closed=piece.closed)
    if char in _SIGNS and place + 1 < len(text) and not text[place + 1].isspace():
        return Token(Mark.NOT, char, place, place + 1)
    if pasted := _PASTED.match(text, place):
        end = _balanced(text, place, pasted.end())
        return Token(Mark.WORD, text[place:end], place, end)
    if doi := _DOI_FIELD.match(text, place):
        end = _balanced(text, doi.start(2), doi.end())
        piece = Piece(text[doi.start(2) : end], doi.start(2), end)
        return Token(Mark.FIELD, doi[1], place, end, (piece,))
    if char in _SHORTHANDS and place + 1 < len(text) and not _WORD_ENDS.match(text, place + 1):
        return _field(text, place, _SHORTHANDS[char], place + 1)
    if char in _SHORTHANDS and text.startswith('"', place + 1):
        return _field(text, place, _SHORTHANDS[char], place + 1)
    if name := _NAME.match(text, place):
        return _field(text, place, name[1], name.end())
    empty = _EMPTY_NAME.match(text, place)
    if empty and empty[1] in names and empty.end() == len(text):
        return Token(Mark.FIELD, empty[1], place, empty.end())
    return _word(text, place)


def _balanced(text: str, place: int, end: int) -> int:
    """Where something pasted ends: before a parenthesis that it did not open itself."""
    depth = 0
    for at in range(place, end):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth < 0:
            return at
    return end


def _word(text: str, place: int) -> Token:
    end = _end(_WORD_ENDS, text, place + 1)
    word = text[place:end]
    mark = {"OR": Mark.OR, "AND": Mark.AND, "NOT": Mark.NOT}.get(word, Mark.WORD)
    return Token(mark, word, place, end)


def _field(text: str, start: int, name: str, place: int) -> Token:
    pieces = [_piece(text, place)]
    while pieces[-1].end < len(text) and text[pieces[-1].end] == ",":
        pieces.append(_piece(text, pieces[-1].end + 1))
    closed = all(piece.closed for piece in pieces)
    return Token(Mark.FIELD, name, start, pieces[-1].end, tuple(pieces), closed)


def _piece(text: str, place: int) -> Piece:
    if text.startswith('"', place):
        return _quoted(text, place)
    end = _end(_VALUE_ENDS, text, place)
    return Piece(text[place:end], place, end)


def _quoted(text: str, place: int) -> Piece:
    close = text.find('"', place + 1)
    if close < 0:
        return Piece(text[place + 1 :], place, len(text), quoted=True, closed=False)
    return Piece(text[place + 1 : close], place, close + 1, quoted=True)


def _end(stops: re.Pattern[str], text: str, place: int) -> int:
    found = stops.search(text, place)
    return found.start() if found else len(text)
