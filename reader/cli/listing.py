"""`reader list` and `find`."""

import json
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from reader.cli.library import asked_query, read
from reader.cli.output import MANNER, emit, emit_marked, fit, say, width
from reader.errors import UsageError
from reader.export import bibtex, jsonl
from reader.library.reading import ReadStore
from reader.model.paper import Paper, PaperRow, Status
from reader.model.query import Query
from reader.model.query.matching import Wanted, meant_for, places, snippet, spans, wanted

NO_MATCH = 1
_GLYPHS = {Status.UNREAD: "●", Status.LATER: "○", Status.READING: "◐", Status.READ: "✓",
           Status.SKIPPED: "·"}  # fmt: skip
_NARROWEST = 60
_PAGE = 500
_SNIPPET = 110


def run_list(arguments: Namespace) -> int:
    """List papers that match a query; 1 when none does."""
    with read(arguments) as store:
        query = asked_query(store, arguments)
        ids = store.matching(query)
        _write_listing(store, query, list(ids), arguments)
        if not ids:
            _say_nothing(store.counts()["all"], arguments)
    return 0 if ids else NO_MATCH


def run_find(arguments: Namespace) -> int:
    """List papers, the best match first, with where and in which words they match."""
    with read(arguments) as store:
        query = replace(asked_query(store, arguments), ranked=True)
        if query.everything:
            raise UsageError("say what to find: reader find creat latex.")
        ids = store.matching(query)
        if arguments.format == "table":
            sought = wanted(query.tree)
            for paper in store.papers(ids):
                _emit_found(paper, sought)
        else:
            _write_listing(store, query, list(ids), arguments)
        if not ids:
            _suggest(store, query)
    return 0 if ids else NO_MATCH


def _emit_found(paper: Paper, sought: list[Wanted]) -> None:
    line = _table_row(paper.row)
    where = "  [" + ", ".join(places(paper, sought)) + "]" if sought else ""
    room = width()
    shown = fit(line, max(room - len(where), _NARROWEST)).rstrip() if room else line
    start = shown.find(paper.row.title[:10])
    marks = spans(shown[max(start, 0) :], meant_for("title", sought))
    emit_marked(shown + where, [(low + max(start, 0), high + max(start, 0)) for low, high in marks])
    text, found = snippet(paper.abstract, meant_for("abstract", sought), _SNIPPET)
    if text and not MANNER.plain:
        emit_marked(f"     {text}", [(low + 5, high + 5) for low, high in found])


def _suggest(store: ReadStore, query: Query) -> None:
    insight = store.insight(query, [], 0)
    say("no paper matches")
    for one in insight.spelling:
        say(f"did you mean “{one.text}”?  {one.papers:,} found")
    for one in insight.widen:
        say(f"without {one.text}: {one.papers:,} found")


def _write_listing(store: ReadStore, query: Query, ids: list[int], arguments: Namespace) -> None:
    if arguments.format == "json":
        emit(json.dumps([_picked(paper, arguments) for paper in store.papers(ids)],
                        ensure_ascii=False))  # fmt: skip
    elif arguments.format in _FORMS:
        _write(store.papers(ids), _FORMS[arguments.format], arguments)
    elif arguments.fields:
        _write(store.papers(ids), lambda paper: _columns(paper, arguments), arguments)
    else:
        form = _tsv_row if arguments.format == "tsv" or MANNER.plain else _table_line
        form = _key if arguments.format == "keys" else form
        headed = query.group and arguments.format == "table" and not MANNER.plain
        headings = dict(store.headings(query.group, ids)) if headed else {}
        for place, row in enumerate(_rows(store, ids)):
            if place in headings:
                emit(f"── {headings[place]}")
            emit(form(row))


def _rows(store: ReadStore, ids: list[int]) -> Iterator[PaperRow]:
    for start in range(0, len(ids), _PAGE):
        yield from store.rows(ids[start : start + _PAGE])


def _say_nothing(papers: int, arguments: Namespace) -> None:
    words = " ".join(arguments.query).replace("\0", "")
    if not papers:
        say("the library is empty: `reader import FILE` brings papers in")
    else:
        say(f"no paper matches “{words}”" if words else "no papers there")


def _table_row(row: PaperRow) -> str:
    star = "★" if row.starred else " "
    tags = "".join(f"  #{tag}" for tag in row.tags)
    glyph = _GLYPHS[row.status]
    return f"{glyph}{star} {row.citekey:<24} {row.published.text:<10}  {row.title}{tags}"


def _table_line(row: PaperRow) -> str:
    room = width()
    return fit(_table_row(row), max(room, _NARROWEST)).rstrip() if room else _table_row(row)


def _tsv_row(row: PaperRow) -> str:
    star = "starred" if row.starred else ""
    cells = [row.citekey, row.status.word, star, row.published.text, row.byline, row.title]
    return "\t".join([*cells, ",".join(row.tags)])


def _key(row: PaperRow) -> str:
    return row.citekey


def _picked(paper: Paper, arguments: Namespace) -> dict[str, object]:
    """The paper as an object, of the wanted fields only.

    Raises:
        UsageError: There is no such field.
    """
    whole = jsonl.paper_object(paper)
    names = [name.strip() for name in arguments.fields.split(",") if name.strip()]
    more = {"year": paper.row.published.year, "byline": paper.row.byline}
    values = jsonl.SOMETIMES | whole | more
    if unknown := [name for name in names if name not in values]:
        raise UsageError(f"no field is called {unknown[0]}: {', '.join(values)}.")
    return {name: values[name] for name in names} if names else whole


def _columns(paper: Paper, arguments: Namespace) -> str:
    return "\t".join(_cell(value) for value in _picked(paper, arguments).values())


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ",".join(one.get("family") or one.get("name", "") if isinstance(one, dict)
                        else str(one) for one in value)  # fmt: skip
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value
    return "" if text is None else " ".join(str(text).split())


def _identifier(paper: Paper) -> str:
    first = next(iter(paper.identifiers), None)
    return first.value if first else paper.row.citekey


_FORMS: dict[str, Callable[[Paper], str]] = {
    "jsonl": jsonl.format_paper, "ids": _identifier, "bib": bibtex.format_paper,
    "bibtex": bibtex.format_paper,
}  # fmt: skip


def _write(papers: Iterable[Paper], form: Callable[[Paper], str], arguments: Namespace) -> None:
    for paper in papers:
        if arguments.fields and arguments.format == "jsonl":
            emit(json.dumps(_picked(paper, arguments), ensure_ascii=False))
        else:
            emit(form(paper))
