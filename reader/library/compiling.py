"""Queries as SQL: the one compiler that filter, find, views and commands share.

Every value is a parameter and every full-text term is quoted. What the full-text index can answer
alone is put into one expression of it, which then drives the query, newest first without a sort.
Facts: https://sqlite.org/fts5.html#full_text_query_syntax
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reader.library.conditions import Asked, Sql, field_condition, other_names
from reader.model.query.holding import mentions_trash
from reader.model.query.matching import wanted
from reader.model.query.tree import And, Field, Node, Not, Or, Query, Text, Value, Word

COLUMNS = {"title": "title", "author": "authors", "abstract": "abstract", "text": "title abstract"}
"""The full-text columns of each text field."""

_LONGEST_PHRASE = 200


@dataclass(frozen=True, slots=True)
class Match:
    """What the full-text index answers alone, in its own language; `excluded` where it must not."""

    text: str
    excluded: bool = False


Part = Match | Sql


@dataclass(frozen=True, slots=True)
class Compiled:
    """A query as conditions on `papers p`.

    Attributes:
        text: What the full-text index must match, driving the query; empty for nothing.
        conditions: The rest, joined by AND.
        ranking: The expression whose relevance orders the matches, empty when there is none.
    """

    text: str
    conditions: tuple[Sql, ...]
    ranking: str

    def where(self) -> tuple[str, str, list[Any]]:
        """What to select from, the condition with its WHERE, and the parameters."""
        source = "papers p"
        conditions = [f"({one.sql})" for one in self.conditions]
        values = [value for one in self.conditions for value in one.values]
        if self.text:
            source = "search CROSS JOIN papers p ON p.place = search.rowid"
            conditions.insert(0, "search MATCH ?")
            values.insert(0, self.text)
        return source, f"WHERE {' AND '.join(conditions)}" if conditions else "", values


def compile_query(connection: sqlite3.Connection, query: Query, asked: Asked) -> Compiled:
    """The conditions of a query whose views are replaced by what they say."""
    compiler = _Compiler(connection, asked)
    top = query.tree.parts if isinstance(query.tree, And) else (query.tree,)
    text, conditions = _split([compiler.part(node) for node in top])
    if not mentions_trash(query.tree):
        conditions.append(Sql("p.trashed IS NULL"))
    return Compiled(text, tuple(conditions), text or _ranking(query.tree))


class _Compiler:
    """One compilation: what stands in the library decides which words have other meanings."""

    def __init__(self, connection: sqlite3.Connection, asked: Asked) -> None:
        self._connection = connection
        self._asked = asked

    def part(self, node: Node) -> Part:
        """One node, for the full-text index where that can answer it."""
        match node:
            case Text():
                return self._words(node)
            case Field(name=name, values=values):
                if name in COLUMNS:
                    return Match(_either([_in_column(name, value) for value in values]))
                return field_condition(self._connection, name, values, self._asked)
            case Not(part=part):
                return _opposite(self.part(part))
            case And(parts=parts):
                return _all([self.part(part) for part in parts])
            case Or(parts=parts):
                return _any([self.part(part) for part in parts])

    def _words(self, text: Text) -> Part:
        """Words in the texts, or in a tag, or the paper's own identifier or citekey."""
        match = _quoted(text.words, prefix=not text.phrase)
        others = other_names(self._connection, text)
        if others is None:
            return Match(match)
        return Sql(f"({_in_index()} OR {others.sql})", (match, *others.values))


def _in_index() -> str:
    return "p.place IN (SELECT rowid FROM search WHERE search MATCH ?)"


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


def _in_column(name: str, value: Value) -> str:
    words, quoted = (value.text, value.quoted) if isinstance(value, Word) else ("", True)
    return f"({{{COLUMNS[name]}}} : {_quoted(words, prefix=not quoted)})"


def _quoted(words: str, *, prefix: bool) -> str:
    text = " ".join(words.replace('"', " ").replace("\0", " ").split()[:_LONGEST_PHRASE])
    return f'"{text}"*' if prefix else f'"{text}"'


def _ranking(tree: Node) -> str:
    """All words that are sought, where the tree has no expression of its own to rank by."""
    sought = [one for one in wanted(tree) if not one.field]
    return " AND ".join(_quoted(" ".join(one.words), prefix=one.prefix) for one in sought)
