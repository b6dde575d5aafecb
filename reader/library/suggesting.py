"""Suggesting tags: those of papers whose titles share rare words with some, or whose authors do."""

import math
import re
import sqlite3
from collections import Counter
from collections.abc import Sequence

from reader.model.names import unpack_authors

_LOOKED_AT = 2_000
_NEIGHBOURS = 12
_SUGGESTED = 5
_SHARED_AUTHOR = 3.0
_WORD = re.compile(r"[^\W\d_]{4,}")

Traits = frozenset[str]


def suggested_tags(connection: sqlite3.Connection, papers: Sequence[int]) -> list[str]:
    """Tags that the papers do not have and their neighbours do, the likeliest first.

    Only the newest papers with tags are looked at, so that it takes a moment in any library.
    """
    tagged = _tagged(connection)
    chosen = set(papers)
    wanted: set[str] = set()
    for paper in papers[:_NEIGHBOURS]:
        wanted |= _traits(connection, paper)
    common = Counter(trait for traits, _ in tagged.values() for trait in traits)
    scores: Counter[str] = Counter()
    near = sorted(
        ((_likeness(wanted, traits, common, len(tagged)), names)
         for paper, (traits, names) in tagged.items() if paper not in chosen),
        reverse=True,
    )  # fmt: skip
    for likeness, names in near[:_NEIGHBOURS]:
        scores.update(dict.fromkeys(names, likeness))
    have = [set(tagged[paper][1]) for paper in papers if paper in tagged]
    everywhere = set.intersection(*have) if len(have) == len(papers) else set()
    likely = [name for name, score in scores.most_common() if score > 0]
    return [name for name in likely if name not in everywhere][:_SUGGESTED]


def _tagged(connection: sqlite3.Connection) -> dict[int, tuple[Traits, tuple[str, ...]]]:
    """The traits and tags of the newest papers that have tags."""
    rows = connection.execute(
        "SELECT paper, group_concat(name, char(31)) FROM (SELECT paper, tag FROM paper_tags "
        "ORDER BY paper DESC LIMIT ?) JOIN tags ON tags.id = tag GROUP BY paper",
        (_LOOKED_AT,),
    ).fetchall()
    return {
        paper: (_traits(connection, paper), tuple(names.split("\x1f"))) for paper, names in rows
    }


def _traits(connection: sqlite3.Connection, paper: int) -> Traits:
    """The long words of a paper's title, and its authors."""
    row = connection.execute(
        "SELECT title, authors FROM texts JOIN papers ON id = paper WHERE paper = ?", (paper,)
    ).fetchone()
    if row is None:
        return frozenset()
    words = set(_WORD.findall(row[0].lower()))
    return frozenset(words | {f"@{one.name}" for one in unpack_authors(row[1])})


def _likeness(wanted: set[str], traits: Traits, common: Counter[str], papers: int) -> float:
    """How near: rare words count more than those of many titles, an author more than a word."""
    shared = wanted & traits
    return sum(
        _SHARED_AUTHOR if one.startswith("@") else math.log((papers + 1) / common[one])
        for one in shared
    )
