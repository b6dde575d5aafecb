"""Changes of one paper and of ten thousand, on the disk, with their counts."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from benchmarks.figures import Table
from reader.library.store import Store
from reader.model.change import StarChange, TagChange
from reader.model.query import Query, parse_query

MANY = 10_000


def measure(library: Path, rounds: int) -> Table:
    """Milliseconds until a change is on the disk; a plain UPDATE of as many rows is the floor."""
    table = Table("change", base="plain update, one")
    with closing(Store(library, automatic_backups=False)) as store:
        if left := store.matching(parse_query("#bench")):  # by an earlier run on this library
            store.apply(TagChange(tuple(left), remove=("bench",)))
        newest = store.first_matching(Query(), MANY)
        one, many = (newest[0],), tuple(newest)
        table.rows["plain update, one"] = _plain(library, one, rounds)
        table.rows["plain update, many"] = _plain(library, many, 1)
        table.rows["star"] = _each(rounds, lambda on: store.apply(StarChange(one, starred=on)))
        table.rows["star, undone"] = _each(rounds, lambda _on: store.undo())
        tagged = _each(1, lambda _on: store.apply(TagChange(many, add=("bench",))))
        table.rows[f"tag {len(many):,}"] = tagged
        table.rows["counts"] = _each(rounds, lambda _on: (store.counts(), store.tags()))
        _check(store, len(many))
        table.rows[f"undo {len(many):,}"] = _each(1, lambda _on: store.undo())
        _check(store, 0)
        store.redo()  # the searches look for the tag
    return table


def _each(rounds: int, work: Callable[[bool], object]) -> dict[str, float]:
    taken = []
    for number in range(rounds):
        start = time.perf_counter()
        work(not number % 2)
        taken.append((time.perf_counter() - start) * 1000)
    return {"p50 ms": sorted(taken)[len(taken) // 2], "worst ms": max(taken)}


def _plain(library: Path, papers: tuple[int, ...], rounds: int) -> dict[str, float]:
    """The same rows, changed and changed back by nothing but sqlite3."""
    with closing(sqlite3.connect(library)) as plain:
        plain.execute("PRAGMA synchronous = FULL")
        marks = [(paper,) for paper in papers]

        def change(seen: bool) -> None:  # noqa: FBT001 - one of two
            plain.executemany(f"UPDATE papers SET seen = {int(seen)} WHERE id = ?", marks)  # noqa: S608 - 0 or 1
            plain.commit()

        return _each(max(rounds, 2), change)


def _check(store: Store, tagged: int) -> None:
    """Counts that are quick and wrong are worth nothing."""
    told = sum(tag.papers for tag in store.tags() if tag.name == "bench")
    found = store.count(parse_query("#bench"))
    if not told == found == tagged:
        raise RuntimeError(f"{told} and {found} papers are told to have the tag of {tagged}")
