"""Letters typed one by one: the first rows of each, all of them, and their number."""

import re
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from benchmarks.figures import Row, Table
from reader.library.reading import ReadStore
from reader.model.query import Query, parse_query

ROWS = 240
"""Rows that the list fetches at first."""

_FEW = 12
_FILTERS = ("is:unread", "cat:cs.LG", "cat:cs.LG is:unread", "is:starred model", "year:2015 model",
            "author:family12", "#bench", "#bench is:unread")  # fmt: skip


def measure(library: Path) -> Table:
    """The times of a letter, in milliseconds, against the index asked by plain sqlite3."""
    with closing(ReadStore(library)) as store, closing(sqlite3.connect(library)) as plain:
        typed = _typed(plain)
        table = Table("search", base="plain prefix")
        table.rows["plain prefix"] = _row([_timed(_plain, plain, text) for text in typed])
        asked = [parse_query(text) for text in typed]
        table.rows["filter, a letter"] = _row([_timed(_first, store, one) for one in asked])
        ranked = [replace(one, ranked=True) for one in asked]
        table.rows["find, a letter"] = _row([_timed(_first, store, one) for one in ranked])
        filters = [parse_query(text) for text in _FILTERS]
        table.rows["filters"] = _row([_timed(_first, store, one) for one in filters])
        words = [one for one, text in zip(asked, typed, strict=True) if len(text) > 4]
        table.rows["all papers of a word"] = _row([_timed(store.matching, one) for one in words])
        table.rows["their number"] = _row([_timed(store.count, one) for one in words])
    return table


def _typed(plain: sqlite3.Connection) -> list[str]:
    """Words of titles here and there in the library, letter by letter."""
    rows = plain.execute("SELECT title FROM papers WHERE id % (SELECT max(id) / ? + 1 FROM papers) "
                         "= 0 LIMIT ?", (_FEW, _FEW))  # fmt: skip
    found = [re.findall(r"[a-z]{5,}", title.lower()) for (title,) in rows.fetchall()]
    words = [words[len(words) // 2] for words in found if words]
    return [word[:length] for word in words for length in range(1, 6)]


def _plain(plain: sqlite3.Connection, text: str) -> None:
    query = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?"
    plain.execute(query, (f'"{text}"*', ROWS)).fetchall()


def _first(store: ReadStore, query: Query) -> None:
    store.rows(store.first_matching(query, ROWS))


def _timed(work: Callable[..., object], *args: object) -> float:
    start = time.perf_counter()
    work(*args)
    return (time.perf_counter() - start) * 1000


def _row(taken: list[float]) -> Row:
    taken = sorted(taken)
    if not taken:
        return {}
    return {"p50 ms": taken[len(taken) // 2], "p95 ms": taken[int(len(taken) * 0.95)],
            "worst ms": taken[-1]}  # fmt: skip
