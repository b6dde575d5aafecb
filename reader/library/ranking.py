"""Relevance: which of the newest matches are the best, by where the words stand.

BM25 with weighted fields (Robertson and Zaragoza 2009, The Probabilistic Relevance Framework: BM25
and Beyond, section 3.3), in which a word counts once, in the best field that it stands in, and a
paper is as long as its title. FTS5's own `bm25()` reads through all papers of a word to learn how
many there are, and the length of each that it ranks; this reads the matches that it ranks, and
where a word is in neither title nor authors, takes it to be in the rest, which it matched.
"""

import json
import math
import sqlite3
from array import array
from collections.abc import Callable

from reader.frozen import frozen
from reader.library import terms
from reader.library.conditions import KEPT
from reader.model.paper import ID_TYPE
from reader.model.query.matching import Wanted, finder, wanted
from reader.model.query.tree import Node
from reader.model.text import fold

_TITLE, _AUTHORS, _REST = 10.0, 5.0, 1.0
_IN_TITLE, _IN_AUTHORS, _IN_REST = ("", "title", "text"), ("", "author"), ("", "text", "abstract")
"""The fields of a query that a part of a paper answers."""

_SATURATION, _BY_LENGTH = 1.2, 0.75
"""The usual k1 and b."""

_USUAL = 75
"""Characters of a title."""

_KEPT = 1.2
"""So much more a paper counts that the user kept."""

_MOST = 20
"""Words that count."""


@frozen
class _Sought:
    """One thing that is looked for: how much it tells, and whether it stands in a folded text."""

    field: str
    rarity: float
    stands_in: Callable[[str], bool]

    def weight(self, title: str, authors: str) -> float:
        """How much it weighs where it stands, given the folded title and authors."""
        if self.field in _IN_TITLE and self.stands_in(title):
            return _TITLE
        if self.field in _IN_AUTHORS and self.stands_in(authors):
            return _AUTHORS
        return _REST if self.field in _IN_REST else 0.0


def best_first(connection: sqlite3.Connection, ids: "array[int]", tree: Node) -> "array[int]":
    """Matches of a query, the best ones first; equally good ones keep their order."""
    told = wanted(tree, excluded=False)[:_MOST]
    if not told or len(ids) < 2:  # noqa: PLR2004 - one alone is the best
        return ids
    sought = [_Sought(one.field, _rarity(connection, one), finder(one)) for one in told]
    scores = {
        paper: _score(sought, fold(title), fold(authors)) * (_KEPT if kept else 1.0)
        for paper, title, authors, kept in connection.execute(
            f"SELECT p.id, title, authors, {KEPT} FROM json_each(?) "  # noqa: S608 - a constant
            "JOIN papers p ON p.id = json_each.value JOIN texts ON texts.paper = p.id",
            (json.dumps(list(ids)),),
        )
    }
    # Another process may have taken one away meanwhile.
    return array(ID_TYPE, sorted(ids, key=lambda paper: scores.get(paper, 0.0), reverse=True))


def _score(sought: list[_Sought], title: str, authors: str) -> float:
    length = _SATURATION * (1 - _BY_LENGTH + _BY_LENGTH * len(title) / _USUAL)
    weights = [(one.rarity, one.weight(title, authors)) for one in sought]
    return sum(rarity * weight / (weight + length) for rarity, weight in weights)


def _rarity(connection: sqlite3.Connection, one: Wanted) -> float:
    """How much words tell: the fewer papers have the rarest of them, the more.

    While no words are counted, as in a small library, all tell as much.
    """
    last = len(one.words) - 1
    having = min(
        terms.having(connection, word, prefix=one.prefix and place == last)
        for place, word in enumerate(one.words)
    )
    papers = connection.execute("SELECT n FROM counts WHERE what = 'all'").fetchone()[0]
    return math.log(1 + (max(papers, having) + 1) / (having + 1))
