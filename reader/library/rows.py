"""Rows of the journaled tables as values: read, write and swap them by key."""

import sqlite3
from collections.abc import Mapping
from functools import cache
from typing import Any

from reader.frozen import frozen
from reader.library.packing import pack, unpack

Image = dict[str, Any]
"""A row, or some columns of it; of a whole paper, the rows of each table."""


@frozen
class Entity:
    """A journaled table and its key."""

    table: str
    key: tuple[str, ...]

    @property
    def _where(self) -> str:
        return " AND ".join(f"{name} = ?" for name in self.key)

    def read(
        self, connection: sqlite3.Connection, key: tuple[Any, ...], columns: tuple[str, ...] = ()
    ) -> Image | None:
        """The row with this key, all of it or the named columns; None when it is not there."""
        names = ", ".join(columns) or "*"
        cursor = connection.execute(
            f"SELECT {names} FROM {self.table} WHERE {self._where}",  # noqa: S608 - names of our schema
            key,
        )
        row = cursor.fetchone()
        return None if row is None else _image(cursor, row)

    def insert(self, connection: sqlite3.Connection, row: Mapping[str, Any]) -> int:
        """Insert a row; its row id."""
        cursor = connection.execute(_insertion(self.table, tuple(row)), tuple(row.values()))
        return cursor.lastrowid or 0

    def update(
        self, connection: sqlite3.Connection, key: tuple[Any, ...], values: Mapping[str, Any]
    ) -> None:
        """Give columns of the row with this key new values."""
        changes = ", ".join(f"{name} = ?" for name in values)
        connection.execute(
            f"UPDATE {self.table} SET {changes} WHERE {self._where}",  # noqa: S608 - likewise
            (*values.values(), *key),
        )

    def plain(self, row: Image) -> Image:
        """A row of the table as the journal keeps it."""
        return row

    def delete(self, connection: sqlite3.Connection, key: tuple[Any, ...]) -> None:
        """Delete the row with this key."""
        connection.execute(f"DELETE FROM {self.table} WHERE {self._where}", key)  # noqa: S608 - likewise


@cache
def _insertion(table: str, names: tuple[str, ...]) -> str:
    marks = ", ".join("?" * len(names))
    return f"INSERT INTO {table}({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - names of our schema


_PACKED = frozenset(["abstract", "abstract_source"])


class _Texts(Entity):
    """The texts of papers: their abstracts are packed on the disk, and nowhere else."""

    __slots__ = ()

    def read(
        self, connection: sqlite3.Connection, key: tuple[Any, ...], columns: tuple[str, ...] = ()
    ) -> Image | None:
        """As every entity's, the abstract as text."""
        needed = (*columns, "packed") if _PACKED & set(columns) else columns
        row = Entity.read(self, connection, key, needed)
        return None if row is None else self.plain(row)

    def insert(self, connection: sqlite3.Connection, row: Mapping[str, Any]) -> int:
        """As every entity's."""
        return Entity.insert(self, connection, _packed(row))

    def update(
        self, connection: sqlite3.Connection, key: tuple[Any, ...], values: Mapping[str, Any]
    ) -> None:
        """As every entity's; what is packed together is written together."""
        if touched := _PACKED & set(values):
            other = self.read(connection, key, tuple(_PACKED)) if touched != _PACKED else None
            values = _packed({**(other or {}), **values})
        Entity.update(self, connection, key, values)

    def plain(self, row: Image) -> Image:
        """As every entity's."""
        packed = row.pop("packed", None)
        if packed is not None:
            abstract, source = unpack(packed)
            told = {"abstract": abstract, "abstract_source": source or None}
            row |= {name: text for name, text in told.items() if name in row}
        return row


def _packed(row: Mapping[str, Any]) -> Image:
    """A row of `texts` as it is on the disk."""
    packed = pack(row["abstract"], row["abstract_source"] or "")
    here = {"abstract": "", "abstract_source": None} if packed else {}
    return {**row, **here, "packed": packed}


ENTITIES = {
    "papers": Entity("papers", ("id",)),
    "texts": _Texts("texts", ("paper",)),
    "identifiers": Entity("identifiers", ("scheme", "value")),
    "sources": Entity("sources", ("paper", "seq")),
    "possible_duplicates": Entity("possible_duplicates", ("paper", "other")),
    "tags": Entity("tags", ("id",)),
    "paper_tags": Entity("paper_tags", ("tag", "paper")),
    "views": Entity("views", ("id",)),
    "feeds": Entity("feeds", ("id",)),
    "versions": Entity("versions", ("paper", "version")),
    "past": Entity("past", ("at", "actor", "verb", "summary", "papers")),
}
"""The tables whose changes are kept in the journal."""

PAPER_IN_KEY = {
    "paper": 0, "papers": 0, "texts": 0, "sources": 0, "versions": 0, "paper_tags": 1,
}  # fmt: skip
"""Where the key of an entity names the paper that it belongs to."""

_PARTS = {
    "papers": "id = :paper",
    "texts": "paper = :paper",
    "identifiers": "paper = :paper",
    "sources": "paper = :paper",
    "possible_duplicates": "paper = :paper OR other = :paper",
    "paper_tags": "paper = :paper",
    "versions": "paper = :paper",
}


class WholePaper:
    """A paper with its rows in every table, as one thing that is there or not."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def read(self, paper: int) -> Image | None:
        """All rows of a paper by table; None when it is not there."""
        image: Image = {}
        for table, where in _PARTS.items():
            cursor = self._connection.execute(
                f"SELECT * FROM {table} WHERE {where}",  # noqa: S608 - names of our schema
                {"paper": paper},
            )
            plain = ENTITIES[table].plain
            image[table] = [plain(_image(cursor, row)) for row in cursor.fetchall()]
        return image if image["papers"] else None

    def insert(self, image: Image) -> None:
        """Put all rows of a paper back."""
        for table in _PARTS:
            for row in image.get(table, ()):  # one of an earlier schema has fewer tables
                ENTITIES[table].insert(self._connection, row)

    def delete(self, paper: int) -> None:
        """Delete all rows of a paper, the paper itself last."""
        for table, where in reversed(_PARTS.items()):
            self._connection.execute(
                f"DELETE FROM {table} WHERE {where}",  # noqa: S608 - names of our schema
                {"paper": paper},
            )

    def swap(self, paper: int, image: Image | None) -> Image | None:
        """Make the paper what the image says (nothing when None); what it was."""
        present = self.read(paper)
        if present is not None:
            self.delete(paper)
        if image is not None:
            self.insert(image)
        return present


def _image(cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> Image:
    return {column[0]: value for column, value in zip(cursor.description, row, strict=True)}
