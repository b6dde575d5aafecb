"""Queries as SQL: every value is a parameter, every full-text term is quoted."""

import sqlite3
from array import array
from dataclasses import dataclass
from typing import Any

from reader.library.papers import papers_with
from reader.library.tags import branch
from reader.model.identifiers import parse_identifier
from reader.model.query import STATUS_OF_VIEW, Query, Term, View

RANKED = 1_000
"""How many of the newest matches are put in order of relevance."""

_WEIGHTS = "10.0, 5.0, 1.0, 1.0"
_LONGEST_PHRASE = 200


@dataclass(slots=True)
class Where:
    """Conditions on `papers p`, joined by AND, and their parameters.

    Attributes:
        text: What the full-text index must match; it then drives the query, so that the newest
            matches come first without collecting all of them.
    """

    conditions: list[str]
    values: list[Any]
    text: str = ""

    def add(self, condition: str, *values: object) -> None:
        """One more condition."""
        self.conditions.append(condition)
        self.values.extend(values)

    def newest_first(self) -> tuple[str, list[Any]]:
        """The ids that meet the conditions, newest first, as SQL with its parameters."""
        source, order, conditions = "papers p", "p.place", list(self.conditions)
        values = list(self.values)
        if self.text:
            source, order = "search CROSS JOIN papers p ON p.place = search.rowid", "search.rowid"
            conditions.insert(0, "search MATCH ?")
            values.insert(0, self.text)
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        return f"SELECT p.id FROM {source} {where} ORDER BY {order} DESC", values  # noqa: S608 - ours


def matching(connection: sqlite3.Connection, query: Query) -> "array[int]":
    """The ids of all papers that a query finds, in its order, eight bytes each."""
    sql, values = _compile(connection, query).newest_first()
    ids = array("q", (paper for (paper,) in connection.execute(sql, values)))
    text = _match_text(query.terms)
    if query.ranked and text:
        best = _best_first(connection, ids[:RANKED], text)
        return best + ids[RANKED:]
    return ids


def first_matching(connection: sqlite3.Connection, query: Query, limit: int) -> "array[int]":
    """The ids of the first papers of a query in newest-first order, without counting the rest."""
    sql, values = _compile(connection, query).newest_first()
    rows = connection.execute(f"{sql} LIMIT ?", (*values, limit))
    return array("q", (paper for (paper,) in rows))


def _compile(connection: sqlite3.Connection, query: Query) -> Where:
    where = Where([], [])
    status = STATUS_OF_VIEW.get(query.view)
    if status is not None:
        where.add("p.status = ?", status)
    elif query.view is View.STARRED:
        where.add("p.starred = 1")
    if query.tag:
        _add_tags(where, branch(connection, query.tag))
    _add_terms(connection, where, query.terms)
    return where


def _add_tags(where: Where, tags: list[int]) -> None:
    marks = ",".join("?" * len(tags))
    where.add(f"p.id IN (SELECT paper FROM paper_tags WHERE tag IN ({marks}))", *tags)  # noqa: S608 - our own words


def _add_terms(connection: sqlite3.Connection, where: Where, terms: tuple[Term, ...]) -> None:
    """Every term in the text, except those that a tag, identifier or citekey answers as well."""
    plain: list[Term] = []
    for term in terms:
        tags, papers = _tags_like(connection, term), _named(connection, term)
        if not tags and not papers:
            plain.append(term)
            continue
        marks, tag_marks = ",".join("?" * len(papers)), ",".join("?" * len(tags))
        where.add(
            "p.place IN (SELECT rowid FROM search WHERE search MATCH ? "  # noqa: S608 - our own words
            "UNION SELECT place FROM papers JOIN paper_tags ON paper = id "
            f"WHERE tag IN ({tag_marks}) "
            f"UNION SELECT place FROM papers WHERE id IN ({marks}))",
            _match_text((term,)), *tags, *papers,
        )  # fmt: skip
    where.text = _match_text(tuple(plain))


def _tags_like(connection: sqlite3.Connection, term: Term) -> list[int]:
    """The tags whose name, or a part of it after a slash, begins with the term."""
    pattern = term.text.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rows = connection.execute(
        "SELECT id FROM tags WHERE name LIKE ? ESCAPE '\\' OR name LIKE ? ESCAPE '\\'",
        (f"{pattern}%", f"%/{pattern}%"),
    )
    return [tag for (tag,) in rows]


def _named(connection: sqlite3.Connection, term: Term) -> list[int]:
    """The papers that the term names by identifier or citekey."""
    identifier = parse_identifier(term.text)
    found = papers_with(connection, [identifier] if identifier else [])
    row = connection.execute("SELECT id FROM papers WHERE citekey = ?", (term.text,)).fetchone()
    return found + ([row[0]] if row else [])


def _match_text(terms: tuple[Term, ...]) -> str:
    return " AND ".join(_quoted(term) for term in terms)


def _quoted(term: Term) -> str:
    words = " ".join(term.text.replace('"', " ").split()[:_LONGEST_PHRASE])
    return f'"{words}"' if term.phrase else f'"{words}"*'


def _best_first(connection: sqlite3.Connection, ids: "array[int]", text: str) -> "array[int]":
    """Matches ordered by relevance (bm25 over title, authors, abstract, categories)."""
    if not ids:
        return ids
    lowest = connection.execute("SELECT place FROM papers WHERE id = ?", (ids[-1],)).fetchone()[0]
    ranked = connection.execute(
        "SELECT p.id FROM search JOIN papers p ON p.place = search.rowid "  # noqa: S608 - constants
        f"WHERE search MATCH ? AND search.rowid >= ? "
        f"ORDER BY bm25(search, {_WEIGHTS}), p.place DESC",
        (text, lowest),
    )
    wanted = set(ids)
    best = array("q", (paper for (paper,) in ranked if paper in wanted))
    found = set(best)
    return best + array("q", (paper for paper in ids if paper not in found))
