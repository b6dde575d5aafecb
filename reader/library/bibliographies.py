"""The .bib files that a library keeps up to date: where they are, what belongs in them.

A paper belongs in one by its tag, `bib/NAME`, which is a change like any other; a query may add
more. What was written into a file is kept here, so that nothing else in it is ever touched.
"""

import json
import re
import sqlite3
from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path

from reader.frozen import frozen
from reader.model.query import Query, parse_query
from reader.model.tags import parse_tag
from reader.model.text import clean

_FACT = "bibliographies"
_WORD = re.compile(r"[^\w.+-]+")


@frozen
class Bibliography:
    """One file.

    Attributes:
        path: Where it is, absolute.
        query: What belongs in it besides the papers with its tag; empty for nothing.
        written: The digests of the entries that were written into it, by citekey.
        active: Whether it is the one that the screen's keys mean.
    """

    path: str
    query: str = ""
    active: bool = False
    written: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What people call it: the file's name."""
        return Path(self.path).name

    @property
    def tag(self) -> str:
        """The tag of the papers that belong in it."""
        stem = _WORD.sub("-", clean(Path(self.path).stem)).strip("-") or "bibliography"
        return parse_tag(f"bib/{stem}")

    @property
    def text(self) -> str:
        """What belongs in it, as a query."""
        own = f"tag:={self.tag}"
        return f"({own}) OR ({self.query})" if self.query.strip() else own

    @property
    def meaning(self) -> Query:
        """The same, parsed."""
        return parse_query(self.text)


def all_of(connection: sqlite3.Connection) -> list[Bibliography]:
    """The bibliographies of a library, in the order in which they were made."""
    row = connection.execute("SELECT value FROM facts WHERE name = ?", (_FACT,)).fetchone()
    return [Bibliography(**one) for one in json.loads(row[0])] if row else []


def keep(connection: sqlite3.Connection, known: list[Bibliography]) -> None:
    """Keep these, inside a transaction."""
    told = [{"path": one.path, "query": one.query, "active": one.active,
             "written": dict(one.written)} for one in known]  # fmt: skip
    connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (_FACT, json.dumps(told)))


def put(connection: sqlite3.Connection, changed: Bibliography) -> None:
    """Keep one, in the place of the one of that path; an active one is the only active one."""
    known = [replace(one, active=one.active and not changed.active) for one in all_of(connection)]
    paths = [one.path for one in known]
    if changed.path in paths:
        known[paths.index(changed.path)] = changed
    else:
        known.append(changed)
    keep(connection, known)


def forget(connection: sqlite3.Connection, path: str) -> bool:
    """Keep one up to date no longer; whether there was one. Its file and its tag stay."""
    known = all_of(connection)
    left = [one for one in known if one.path != path]
    keep(connection, left)
    return len(left) < len(known)
