"""Relevance: which of the newest matches are the best, by where the words stand.

BM25 with weighted fields (Robertson and Zaragoza 2009, The Probabilistic Relevance Framework: BM25
and Beyond, section 3.3), in which a word counts once in a field and a paper is as long as its
title. FTS5's own `bm25()` reads through all papers of a word to learn how many there are, and the
length of each that it ranks; this reads of the index what it has of the newest matches only, which
takes as long in a library of any size.
"""

import json
import math
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from reader.library.compiling import COLUMNS, index_words
from reader.library.conditions import KEPT
from reader.model.paper import ID_TYPE
from reader.model.query.matching import Wanted, wanted
from reader.model.query.tree import Node

_WEIGHTS = {"title": 10.0, "authors": 5.0, "abstract": 1.0}
_SATURATION, _BY_LENGTH = 1.2, 0.75
"""The usual k1 and b."""

_KEPT = 1.2
"""So much more a paper counts that the user kept."""

_COUNTED = 20_000
"""Papers of a word that are counted; one that more have tells as little."""

_MOST = 20
"""Words that count."""


@dataclass(frozen=True, slots=True)
class Sought:
    """One thing that is looked for, as the index is asked for it, and the columns it may be in."""

    text: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    paper: int
    place: int
    length: float
    factor: float


def sought(connection: sqlite3.Connection, tree: Node) -> list[Sought]:
    """What a query looks for in texts."""
    return [_sought(connection, one) for one in wanted(tree)[:_MOST]]


def _sought(connection: sqlite3.Connection, one: Wanted) -> Sought:
    words = index_words(connection, " ".join(one.words), prefix=one.prefix, soon=True)
    columns = COLUMNS[one.field].split() if one.field else _WEIGHTS
    return Sought(words, tuple(columns))


def best_first(
    connection: sqlite3.Connection, ids: "array[int]", told: list[Sought], within: str
) -> "array[int]":
    """Newest matches, the best ones first; of equally good ones, the order stays.

    Args:
        connection: Where to look.
        ids: The papers, all of which stay.
        told: What was looked for.
        within: What the index finds of the whole query, to leave out all else; may be empty.
    """
    papers = _candidates(connection, ids)
    lowest = min((one.place for one in papers), default=0)
    scores: defaultdict[int, float] = defaultdict(float)
    for one in told:
        weights = _weights(connection, one, within, lowest)
        rarity = _rarity(connection, one) if len(told) > 1 else 1.0
        for paper in papers:
            if weight := weights[paper.place]:
                scores[paper.paper] += rarity * weight / (weight + paper.length) * paper.factor
    return array(ID_TYPE, sorted(ids, key=scores.__getitem__, reverse=True))


def _candidates(connection: sqlite3.Connection, ids: Iterable[int]) -> list[_Candidate]:
    rows = connection.execute(
        f"SELECT p.id, place, length(title), {KEPT} FROM json_each(?) "  # noqa: S608 - constants
        "JOIN papers p ON p.id = json_each.value",
        (json.dumps(list(ids)),),
    ).fetchall()
    usual = sum(length for _, _, length, _ in rows) / max(1, len(rows)) or 1.0
    return [
        _Candidate(
            paper,
            place,
            _SATURATION * (1 - _BY_LENGTH + _BY_LENGTH * length / usual),
            _KEPT if kept else 1.0,
        )
        for paper, place, length, kept in rows
    ]


def _weights(
    connection: sqlite3.Connection, one: Sought, within: str, lowest: int
) -> defaultdict[int, float]:
    """By place, the weights of the columns that a thing stands in."""
    found: defaultdict[int, float] = defaultdict(float)
    besides = f" AND {within}" if within not in ("", one.text) else ""
    for column in one.columns:
        rows = connection.execute(
            "SELECT rowid FROM search WHERE search MATCH ? AND rowid >= ?",
            (f"({{{column}}} : {one.text}){besides}", lowest),
        )
        for (place,) in rows:
            found[place] += _WEIGHTS[column]
    return found


def _rarity(connection: sqlite3.Connection, one: Sought) -> float:
    """How much a thing tells: the fewer papers have it, the more."""
    query = "SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT ?)"
    having = connection.execute(query, (one.text, _COUNTED)).fetchone()[0]
    papers = connection.execute("SELECT n FROM counts WHERE what = 'all'").fetchone()[0]
    return math.log(1 + (max(papers, having) - having + 0.5) / (having + 0.5))
