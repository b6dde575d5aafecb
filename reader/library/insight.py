"""What a search found, where, and what would find less or more."""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from reader.library.completing import terms
from reader.library.conditions import Asked
from reader.library.counting import count
from reader.library.papers import get_papers
from reader.model.paper import Status
from reader.model.query.insight import Insight, Suggestion
from reader.model.query.matching import places, wanted
from reader.model.query.tree import And, Field, Node, Not, Or, Query, Text, Word, joined
from reader.model.query.tree import texts as texts_of
from reader.model.query.writing import format_node

_LOOKED_AT = 1_000
_MOST_SPELLINGS = 2_000
_ALIKE = 0.72
_OFFERED = 3


def look_into(
    connection: sqlite3.Connection, query: Query, ids: Sequence[int], seen: int, asked: Asked
) -> Insight:
    """What is to be said of a query that found `ids`, of which the first `seen` are on screen."""
    sought = wanted(query.tree)
    found = {
        paper.row.id: places(paper, sought) for paper in get_papers(connection, list(ids[:seen]))
    }
    return Insight(
        found,
        dict(Counter(place for one in found.values() for place in one)),
        _narrower(connection, ids[:_LOOKED_AT]),
        _wider(connection, query, len(ids), asked),
        _spellings(connection, query, len(ids), asked) if not ids else (),
        len(found) if len(ids) > seen else 0,
    )


def _narrower(connection: sqlite3.Connection, ids: Sequence[int]) -> tuple[Suggestion, ...]:
    """The commonest tag, year, category and status of what was found, where they tell apart."""
    if len(ids) <= 1:
        return ()
    marks = ",".join("?" * len(ids))
    best: list[Suggestion] = []
    for prefix, columns in _FACETS:
        rows = connection.execute(
            f"SELECT {columns} AND p.id IN ({marks}) GROUP BY 1 "
            "HAVING count(*) < ? ORDER BY 2 DESC, 1 LIMIT 1",
            (*ids, len(ids)),
        )
        best += [Suggestion(_facet(prefix, value), papers) for value, papers in rows]
    return tuple(best[:_OFFERED])


_FACETS = (
    (
        "tag",
        (
            "name, count(*) FROM tags t JOIN paper_tags ON tag = t.id "
            "JOIN papers p ON p.id = paper "
            "WHERE 1"
        ),
    ),
    ("year", "substr(p.published, 1, 4), count(*) FROM papers p WHERE p.published <> ''"),
    ("is", "p.status, count(*) FROM papers p WHERE 1"),
    ("cat", "p.category, count(*) FROM papers p WHERE p.category <> ''"),
)


def _facet(prefix: str, value: object) -> str:
    if prefix == "is":
        return f"is:{Status(int(str(value))).word}"
    return format_node(Field(prefix, (Word(str(value), quoted=" " in str(value)),)))


def _wider(
    connection: sqlite3.Connection, query: Query, found: int, asked: Asked
) -> tuple[Suggestion, ...]:
    """The parts whose absence would find most more."""
    parts = list(query.tree.parts) if isinstance(query.tree, And) else []
    more: list[Suggestion] = []
    for place, part in enumerate(parts):
        rest = replace(query, tree=joined(parts[:place] + parts[place + 1 :]), limit=0)
        gained = count(connection, rest, asked) - found
        if gained > 0:
            more.append(Suggestion(format_node(part), gained))
    return tuple(sorted(more, key=lambda one: -one.papers)[:_OFFERED])


def _spellings(
    connection: sqlite3.Connection, query: Query, found: int, asked: Asked
) -> tuple[Suggestion, ...]:
    """The library's own words that look like one that it does not know."""
    offered: list[Suggestion] = []
    for text in texts_of(query.tree):
        word = text.words.lower()
        if text.phrase or " " in word or terms(connection, word, limit=1):
            continue
        for near in _alike(connection, word):
            fixed = replace(query, tree=_with(query.tree, text, Text(near)))
            gained = count(connection, fixed, asked) - found
            if gained > 0:
                offered.append(Suggestion(near, gained))
    return tuple(offered[:_OFFERED])


def _alike(connection: sqlite3.Connection, word: str) -> list[str]:
    """Words that begin with the same letter, or lack it, and look alike, the likest first."""
    known = terms(connection, word[:1], limit=_MOST_SPELLINGS)
    known += terms(connection, word[1:2], limit=_MOST_SPELLINGS) if word[1:2] else []
    scored: dict[str, float] = {}
    matcher = SequenceMatcher(b=word)
    for one in known:
        matcher.set_seq1(one.text)
        if matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE:
            ratio = matcher.ratio()
            if ratio >= _ALIKE:
                scored[one.text] = ratio
    return sorted(scored, key=lambda text: -scored[text])[:_OFFERED]


def _with(node: Node, old: Text, new: Text) -> Node:
    match node:
        case And(parts=parts):
            return And(tuple(_with(part, old, new) for part in parts))
        case Or(parts=parts):
            return Or(tuple(_with(part, old, new) for part in parts))
        case Not(part=part):
            return Not(_with(part, old, new))
        case _:
            return new if node == old else node
