"""Queries as SQL: the one compiler that filter, find, views and commands share.

Every value is a parameter and every full-text term is quoted. What the full-text index can answer
alone is put into one expression of it, which then drives the query, newest first without a sort.
Facts: https://sqlite.org/fts5.html#full_text_query_syntax
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from reader.frozen import frozen
from reader.library import terms
from reader.library.conditions import (
    Asked,
    Sql,
    category_exactly,
    category_words,
    field_condition,
    other_names,
)
from reader.library.driving import FEW_TEXTS, Driver, driver_of
from reader.model.query.holding import mentions_trash
from reader.model.query.tree import And, Field, Node, Not, Or, Query, Text, Value, Word

COLUMNS = {"title": "title", "author": "authors", "abstract": "abstract", "text": "title abstract"}
"""The full-text columns of each text field."""

_LONGEST_PHRASE = 200


@frozen
class Match:
    """What the full-text index answers alone, in its own language; `excluded` where it must not."""

    text: str
    excluded: bool = False


Part = Match | Sql


@frozen
class Compiled:
    """A query as conditions on `papers p`.

    Attributes:
        text: What the full-text index must match, driving the query; empty for nothing.
        conditions: The rest, joined by AND.
        driver: What few papers have, so that only these are looked at.
    """

    text: str
    conditions: tuple[Sql, ...]
    driver: Driver | None = None

    @property
    def newest_first(self) -> str:
        """What to order by so that the order costs nothing."""
        return "search.rowid DESC" if self.text and self.driver is None else "p.place DESC"

    def where(self) -> tuple[str, str, list[Any]]:
        """What to select from, the condition with its WHERE, and the parameters."""
        source = "papers p"
        conditions = [f"({one.sql})" for one in self.conditions]
        values = [value for one in self.conditions for value in one.values]
        if self.driver is not None:
            source = self.driver.source
            if self.driver.ids is not None:
                conditions.insert(0, self.driver.ids.sql)
                values[:0] = self.driver.ids.values
            if self.text:
                conditions.append(_THIS_TEXT)
                values.append(self.text)
        elif self.text:
            source = "search CROSS JOIN papers p ON p.place = search.rowid"
            conditions = [_of_index(condition) for condition in conditions]
            conditions.insert(0, "search MATCH ?")
            values.insert(0, self.text)
        return source, f"WHERE {' AND '.join(conditions)}" if conditions else "", values


def _of_index(condition: str) -> str:
    """A range of places as one of the index's rows, so that it reads no others."""
    return condition if " IN " in condition else condition.replace("p.place", "search.rowid")


def compile_query(
    connection: sqlite3.Connection, query: Query, asked: Asked, *, soon: bool = False
) -> Compiled:
    """The conditions of a query whose views are replaced by what they say.

    Asked `soon`, it finds the first papers quickly: not all of them, where a word stands for many
    or means a tag too.
    """
    compiler = _Compiler(connection, asked, soon=soon)
    top = query.tree.parts if isinstance(query.tree, And) else (query.tree,)
    text, conditions = _split([part for node in top for part in compiler.parts(node)])
    driver = None
    if not mentions_trash(query.tree):
        conditions.append(Sql("p.trashed IS NULL"))
        driver = _worthwhile(driver_of(connection, top), text)
    return Compiled(text, tuple(conditions), driver)


def within(compiled: Compiled, papers: Sequence[int]) -> Compiled:
    """A query of some papers alone."""
    given = Sql(f"p.id IN ({', '.join('?' * len(papers))})", tuple(papers))
    if driver := _worthwhile(Driver(len(papers), given), compiled.text):
        return replace(compiled, driver=driver)
    return replace(compiled, driver=None, conditions=(*compiled.conditions, given))


def _worthwhile(driver: Driver | None, text: str) -> Driver | None:
    return driver if driver and (not text or driver.papers <= FEW_TEXTS) else None


class _Compiler:
    """One compilation: what stands in the library decides which words have other meanings."""

    def __init__(self, connection: sqlite3.Connection, asked: Asked, *, soon: bool) -> None:
        self._connection = connection
        self._asked = asked
        self._soon = soon

    def parts(self, node: Node) -> list[Part]:
        """One node that every paper must meet: a category may drive the query by its words."""
        if isinstance(node, Field) and node.name == "cat":
            values = [value for value in node.values if isinstance(value, Word)]
            exactly = [category_exactly(value) for value in values]
            if values:
                return [Match(_either([category_words(value) for value in values])),
                        _joined(exactly, " OR ")]  # fmt: skip
        return [self.part(node)]

    def part(self, node: Node) -> Part:
        """One node, for the full-text index where that can answer it."""
        match node:
            case Text():
                return self._words(node)
            case Field(name=name, values=values):
                if name in COLUMNS:
                    return Match(_either([self._in_column(name, value) for value in values]))
                return field_condition(self._connection, name, values, self._asked)
            case Not(part=part):
                # What is excluded must be excluded whole, else papers would come that go again.
                return _opposite(_Compiler(self._connection, self._asked, soon=False).part(part))
            case And(parts=parts):
                return _all([self.part(part) for part in parts])
            case Or(parts=parts):
                return _any([self.part(part) for part in parts])

    def _words(self, text: Text) -> Part:
        """Words in the texts, or in a tag, or the paper's own identifier or citekey."""
        match = _quoted(text.words, prefix=not text.phrase)
        likely = self._quoted(text.words, prefix=not text.phrase)
        others = other_names(self._connection, text) if likely == match else None
        if others is None:
            return Match(likely)
        places = f"{_PLACES} UNION ALL {others.sql}"
        return Sql(f"p.place IN ({places})", (match, *others.values))

    def _in_column(self, name: str, value: Value) -> str:
        words, quoted = (value.text, value.quoted) if isinstance(value, Word) else ("", True)
        return f"({{{COLUMNS[name]}}} : {self._quoted(words, prefix=not quoted)})"

    def _quoted(self, words: str, *, prefix: bool) -> str:
        """Words for the index; a prefix that is asked soon as the words that begin so."""
        likely = terms.beginning(self._connection, words) if prefix and self._soon else []
        if likely:
            return _either([_quoted(term, prefix=False) for term in likely])
        return _quoted(words, prefix=prefix)


_PLACES = "SELECT rowid FROM search WHERE search MATCH ?"
_THIS_TEXT = "EXISTS (SELECT 1 FROM search WHERE search MATCH ? AND search.rowid = p.place)"


def _in_index() -> str:
    return f"p.place IN ({_PLACES})"


def _as_sql(part: Part) -> Sql:
    if isinstance(part, Sql):
        return part
    return Sql(f"{'NOT ' if part.excluded else ''}{_in_index()}", (part.text,))


def _opposite(part: Part) -> Part:
    if isinstance(part, Match):
        return Match(part.text, excluded=not part.excluded)
    return Sql(f"NOT ({part.sql})", part.values)


def _all(parts: Sequence[Part]) -> Part:
    text, conditions = _split(parts)
    if not conditions:
        return Match(text) if text else Sql("1")
    if text:
        conditions.insert(0, _as_sql(Match(text)))
    return _joined(conditions, " AND ")


def _any(parts: Sequence[Part]) -> Part:
    matches = [part.text for part in parts if isinstance(part, Match) and not part.excluded]
    others = [_as_sql(part) for part in parts if isinstance(part, Sql) or part.excluded]
    if not others:
        return Match(_either(matches)) if matches else Sql("0")
    if matches:
        others.insert(0, _as_sql(Match(_either(matches))))
    return _joined(others, " OR ")


def _split(parts: Sequence[Part]) -> tuple[str, list[Sql]]:
    """Parts joined by AND: one expression for the full-text index, and the conditions beside it.

    An exclusion goes into the expression only beside something that must be there.
    """
    wanted_texts = [one.text for one in parts if isinstance(one, Match) and not one.excluded]
    excluded = [one for one in parts if isinstance(one, Match) and one.excluded]
    conditions = [one for one in parts if isinstance(one, Sql)]
    if not wanted_texts:
        return "", conditions + [_as_sql(one) for one in excluded]
    text = " AND ".join(wanted_texts)
    if excluded:
        text = f"({text}) NOT {_either([one.text for one in excluded])}"
        text = f"({text})"
    return (text if len(wanted_texts) == 1 or excluded else f"({text})"), conditions


def _joined(conditions: Sequence[Sql], operator: str) -> Sql:
    values = tuple(value for one in conditions for value in one.values)
    return Sql(operator.join(f"({one.sql})" for one in conditions), values)


def _either(texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else f"({' OR '.join(texts)})"


def _quoted(words: str, *, prefix: bool) -> str:
    text = " ".join(words.replace('"', " ").replace("\0", " ").split()[:_LONGEST_PHRASE])
    return f'"{text}"*' if prefix else f'"{text}"'
