"""What each field of the query language means in SQL."""

import datetime as dt
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from reader.frozen import frozen
from reader.library.papers import papers_with
from reader.library.places import SLOTS
from reader.model.identifiers import CITEKEY, Identifier, parse_identifier
from reader.model.paper import Priority, Status
from reader.model.query.periods import interval
from reader.model.query.tree import Span, Text, Value, Word

_HIGHEST = "\U0010ffff"
_IN_TEXTS = "EXISTS (SELECT 1 FROM texts t WHERE t.paper = p.id AND {})"
_VOTES = (
    "coalesce(json_extract(t.more, '$.counters.upvotes'), json_extract(t.more, '$.counters.votes'))"
)


@frozen
class Asked:
    """When a query is asked: an aware local time, and the UTC time of the visit before this one."""

    now: dt.datetime
    last_visit: str = ""


@frozen
class Sql:
    """A condition on `papers p` and its parameters; true or false, never NULL."""

    sql: str
    values: tuple[Any, ...] = ()


def like(text: str) -> str:
    r"""A text as a pattern of LIKE that means it literally, with ESCAPE '\\'."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def field_condition(
    connection: sqlite3.Connection, name: str, values: Sequence[Value], asked: Asked
) -> Sql:
    """Any of the values of a field; of a field whose facts are not kept, nothing."""
    parts = [_condition(connection, name, value, asked) for value in values]
    return Sql(" OR ".join(f"({one.sql})" for one in parts) or "0",
               tuple(value for one in parts for value in one.values))  # fmt: skip


def _condition(connection: sqlite3.Connection, name: str, value: Value, asked: Asked) -> Sql:
    if isinstance(value, Span):
        if name in _NUMBERS:
            return _number(name, value)
        return _DATES[name](value, asked) if name in _DATES else Sql("0")
    if name == "is":
        return Sql("p.added > ?", (asked.last_visit,)) if value.text == "new" else _is(value.text)
    if name == "id":
        return _identifier(connection, value.text)
    return _NAMED[name](value) if name in _NAMED else Sql("0")


# -- names ---------------------------------------------------------------------------------------


def tags_named(value: Word) -> Sql:
    """A condition on the names of tags: this one and those below it."""
    name = value.text
    if value.exact:
        return Sql("name = ?", (name,))
    if name.endswith("/"):
        return Sql("name >= ? AND name < ?", (name, f"{name[:-1]}0"))
    return Sql("name = ? OR (name >= ? AND name < ?)", (name, f"{name}/", f"{name}0"))


def _tag(value: Word) -> Sql:
    named = tags_named(value)
    query = f"SELECT id FROM tags WHERE {named.sql}"  # noqa: S608 - our own words
    return Sql(f"p.id IN (SELECT paper FROM paper_tags WHERE tag IN ({query}))", named.values)  # noqa: S608 - likewise


def category_words(value: Word) -> str:
    """The words of a category, as the index has them: it finds `astro-ph` for `ph` too."""
    words = value.text.replace('"', " ")
    return f'({{categories}} : "{words}")'


def category_exactly(value: Word) -> Sql:
    """A whole category, an archive (`cs`) or a class (`LG`)."""
    name = like(value.text)
    patterns = (f"% {name} %", f"% {name}.%", f"%.{name} %")
    padded = "(' ' || t.categories || ' ')"
    exactly = " OR ".join(f"{padded} LIKE ? ESCAPE '\\'" for _ in patterns)
    return Sql(_IN_TEXTS.format(f"({exactly})"), patterns)


def _category(value: Word) -> Sql:
    """A category: the index finds its words, the text beside tells whether they are all of it."""
    indexed = "p.place IN (SELECT rowid FROM search WHERE search MATCH ?)"
    exactly = category_exactly(value)
    return Sql(f"{indexed} AND {exactly.sql}", (category_words(value), *exactly.values))


def _source(value: Word) -> Sql:
    return Sql(
        "EXISTS (SELECT 1 FROM sources s WHERE s.paper = p.id AND (s.source LIKE ? ESCAPE '\\' "
        "OR s.origin LIKE ? ESCAPE '\\'))",
        (f"{like(value.text)}%",) * 2,
    )


def _venue(value: Word) -> Sql:
    condition = "has_words(coalesce(json_extract(t.more, '$.venue'), ''), ?, ?)"
    return Sql(_IN_TEXTS.format(condition), (value.text, int(not value.quoted)))


def _citekey(value: Word) -> Sql:
    """The beginning of a citekey, or the whole of a former one."""
    return Sql(
        "(p.citekey LIKE ? ESCAPE '\\' OR p.id IN "
        "(SELECT paper FROM identifiers WHERE scheme = ? AND value = ?))",
        (f"{like(value.text)}%", CITEKEY, value.text),
    )


def _priority(value: Word) -> Sql:
    return Sql("p.priority = ?", (Priority[value.text.upper()].value,))


def _identifier(connection: sqlite3.Connection, text: str) -> Sql:
    """A whole identifier in any spelling, else the beginning of one."""
    identifier = parse_identifier(text)
    papers = papers_with(connection, [identifier] if identifier else [])
    if papers:
        return Sql("p.id = ?", (papers[0],))
    begins = text.lower().removeprefix("arxiv:").removeprefix("doi:")
    return Sql(
        "p.id IN (SELECT paper FROM identifiers WHERE value >= ? AND value < ? "
        "AND scheme IN (SELECT DISTINCT scheme FROM identifiers))",
        (begins, begins + _HIGHEST),
    )


def _papers(value: Word) -> Sql:
    """Papers by their ids, as a view with a limit is replaced by."""
    return Sql("p.id IN (SELECT value FROM json_each(?))", (value.text,))


_NAMED: dict[str, Callable[[Word], Sql]] = {
    "papers": _papers,
    "tag": _tag, "cat": _category, "source": _source, "venue": _venue, "key": _citekey,
    "prio": _priority, "has": lambda value: _has(value.text),
    "no": lambda value: Sql(f"NOT ({_has(value.text).sql})"),
}  # fmt: skip

# -- states --------------------------------------------------------------------------------------

_HAS_TAG = "EXISTS (SELECT 1 FROM paper_tags WHERE paper = p.id)"
KEPT = f"p.starred = 1 OR p.priority > 0 OR p.status IN (1, 2, 3) OR {_HAS_TAG}"
"""What the user made something of."""

_STATES = {
    "starred": "p.starred = 1",
    "seen": "p.seen = 1",
    "inbox": "p.status = 0",
    "tagged": _HAS_TAG,
    "trash": "p.trashed IS NOT NULL",
    "updated": "p.revised = 1",
    "library": KEPT,
    "dup": "p.id IN (SELECT paper FROM possible_duplicates WHERE reason <> 'apart' "
           "UNION SELECT other FROM possible_duplicates WHERE reason <> 'apart')",
    **{status.word: f"p.status = {status.value}" for status in Status},
}  # fmt: skip
_HAS_IDENTIFIER = "EXISTS (SELECT 1 FROM identifiers i WHERE i.paper = p.id AND i.scheme = '{}')"
_PRESENCES = {
    "doi": _HAS_IDENTIFIER.format("doi"),
    "arxiv": _HAS_IDENTIFIER.format("arxiv"),
    "abstract": _IN_TEXTS.format("(t.abstract <> '' OR t.packed IS NOT NULL)"),
    "authors": _IN_TEXTS.format("t.authors <> ''"),
    "venue": _IN_TEXTS.format("json_extract(t.more, '$.venue') <> ''"),
    "tags": _HAS_TAG,
    "comments": "p.comments > 0",
    "date": "p.place > 0",
}


def _is(state: str) -> Sql:
    return Sql(_STATES.get(state, "0"))


def _has(what: str) -> Sql:
    return Sql(_PRESENCES.get(what, "0"))


# -- numbers and times ---------------------------------------------------------------------------

_NUMBERS = {
    "comments": "p.comments {}",
    "authors": "p.author_count IS NOT NULL AND p.author_count {}",
    "votes": _IN_TEXTS.format(f"{_VOTES} {{}}"),
    "year": "p.place {}",
}
_LARGEST = 10**9
_LAST_YEAR = 9998


def _number(name: str, span: Span) -> Sql:
    low, high = int(span.low or 0), int(span.high or _LARGEST)
    if name == "year":
        if low > _LAST_YEAR:
            return Sql("0")
        low, high = _first_place(low or 1), _first_place(min(high, _LAST_YEAR) + 1) - 1
    return Sql(_NUMBERS[name].format("BETWEEN ? AND ?"), (low, high))


def _first_place(year: int) -> int:
    return dt.date(year, 1, 1).toordinal() * SLOTS


def _published(span: Span, asked: Asked) -> Sql:
    """Days of publication: a day on which the span begins or ends within counts."""
    when = interval(span, asked.now)
    low = when.start.date().toordinal() if when.start else 1
    conditions, values = ["p.place >= ?"], [low * SLOTS]
    if when.end:
        past = when.end.date().toordinal() + (when.end.time() != dt.time())
        conditions.append("p.place < ?")
        values.append(past * SLOTS)
    return Sql(" AND ".join(conditions), tuple(values))


def _moment(column: str) -> Callable[[Span, Asked], Sql]:
    def condition(span: Span, asked: Asked) -> Sql:
        when = interval(span, asked.now)
        conditions, values = [f"{column} <> ''"], []
        if when.start:
            conditions.append(f"{column} >= ?")
            values.append(utc(when.start))
        if when.end:
            conditions.append(f"{column} < ?")
            values.append(utc(when.end))
        return Sql(" AND ".join(conditions), tuple(values))

    return condition


def utc(moment: dt.datetime) -> str:
    """A moment as the library writes times."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _updated(span: Span, asked: Asked) -> Sql:
    """A day that may be partly known counts from its first day."""
    when = interval(span, asked.now)
    day = "substr(json_extract(t.more, '$.updated[0]') || '-01-01', 1, 10)"
    conditions, values = [f"{day} IS NOT NULL"], []
    if when.start:
        conditions.append(f"{day} >= ?")
        values.append(when.start.date().isoformat())
    if when.end:
        past = when.end.date() + dt.timedelta(days=int(when.end.time() != dt.time()))
        conditions.append(f"{day} < ?")
        values.append(past.isoformat())
    return Sql(_IN_TEXTS.format(" AND ".join(conditions)), tuple(values))


def _finished(span: Span, asked: Asked) -> Sql:
    decided = _moment("p.decided")(span, asked)
    return Sql(f"p.status = {Status.READ.value} AND {decided.sql}", decided.values)


_DATES: dict[str, Callable[[Span, Asked], Sql]] = {
    "date": _published, "added": _moment("p.added"), "decided": _moment("p.decided"),
    "finished": _finished, "updated": _updated,
}  # fmt: skip

# -- bare words ----------------------------------------------------------------------------------


def other_names(connection: sqlite3.Connection, text: Text) -> Sql | None:
    """A query of the places of the papers that words mean by a tag, an identifier or a citekey.

    None when there are none.
    """
    tags, papers = _tags_like(connection, text), _named(connection, text.words)
    if not tags and not papers:
        return None
    tag_marks, paper_marks = ",".join("?" * len(tags)), ",".join("?" * len(papers))
    return Sql(
        f"SELECT place FROM papers WHERE id IN "  # noqa: S608 - our own words
        f"(SELECT paper FROM paper_tags WHERE tag IN ({tag_marks})) "
        f"UNION ALL SELECT place FROM papers WHERE id IN ({paper_marks})",
        (*tags, *papers),
    )


def _tags_like(connection: sqlite3.Connection, text: Text) -> list[int]:
    """The tags in whose name the words stand."""
    query = "SELECT id FROM tags WHERE has_words(name, ?, ?)"
    return [tag for (tag,) in connection.execute(query, (text.words, int(not text.phrase)))]


def _named(connection: sqlite3.Connection, text: str) -> list[int]:
    identifier = parse_identifier(text)
    found = papers_with(connection, [identifier] if identifier else [])
    row = connection.execute("SELECT id FROM papers WHERE citekey = ?", (text,)).fetchone()
    former = papers_with(connection, [Identifier(CITEKEY, text)])
    return found + ([row[0]] if row else former)
