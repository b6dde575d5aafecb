"""`reader list`, `show` and `export`."""

import os
import tempfile
import textwrap
from argparse import Namespace
from collections.abc import Callable, Iterable
from pathlib import Path

from reader.cli.library import asked_query, named_papers, opened
from reader.cli.output import emit, fit, say, width
from reader.errors import OutputFileError, RefusedError
from reader.export import bibtex, jsonl
from reader.model.paper import Paper, PaperRow, Status

NO_MATCH = 1
_GLYPHS = {Status.UNREAD: "●", Status.LATER: "○", Status.READING: "◐", Status.READ: "✓",
           Status.SKIPPED: "·"}  # fmt: skip
_NARROWEST = 60
_MEASURE = 88


def run_list(arguments: Namespace) -> int:
    """List papers that match a query; 1 when none does."""
    with opened(arguments) as store:
        ids = store.matching(asked_query(store, arguments))
        if arguments.limit > 0:
            ids = ids[: arguments.limit]
        if arguments.format in ("table", "tsv", "keys"):
            form = {"table": _table_row, "tsv": _tsv_row, "keys": _key}[arguments.format]
            for start in range(0, len(ids), 500):
                for row in store.rows(ids[start : start + 500]):
                    emit(form(row))
        else:
            _write(store.papers(ids), _FORMS[arguments.format])
        if not ids:
            _say_nothing(store.counts()["all"], arguments)
    return 0 if ids else NO_MATCH


def _say_nothing(papers: int, arguments: Namespace) -> None:
    words = " ".join(arguments.query)
    if not papers:
        say("the library is empty: `reader import FILE` brings papers in")
    else:
        say(f"no paper matches “{words}”" if words else "no papers there")


def _table_row(row: PaperRow) -> str:
    star = "★" if row.starred else " "
    tags = "".join(f"  #{tag}" for tag in row.tags)
    line = (
        f"{_GLYPHS[row.status]}{star} {row.citekey:<24} {row.published.text:<10}  {row.title}{tags}"
    )
    room = width()
    return fit(line, max(room, _NARROWEST)).rstrip() if room else line


def _tsv_row(row: PaperRow) -> str:
    star = "starred" if row.starred else ""
    cells = [row.citekey, row.status.word, star, row.published.text, row.byline, row.title]
    return "\t".join([*cells, ",".join(row.tags)])


def _key(row: PaperRow) -> str:
    return row.citekey


def _identifier(paper: Paper) -> str:
    first = next(iter(paper.identifiers), None)
    return first.value if first else paper.row.citekey


def _object(paper: Paper) -> str:
    return jsonl.format_paper(paper)


def _complete(paper: Paper) -> str:
    return jsonl.format_paper(paper, complete=True)


_FORMS: dict[str, Callable[[Paper], str]] = {
    "jsonl": _object, "ids": _identifier, "bibtex": bibtex.format_paper,
}  # fmt: skip


def _write(papers: Iterable[Paper], form: Callable[[Paper], str]) -> None:
    for paper in papers:
        emit(form(paper))


def run_show(arguments: Namespace) -> int:
    """Show papers in full."""
    with opened(arguments) as store:
        for number, paper in enumerate(store.papers(named_papers(store, arguments.refs))):
            if number:
                emit("")
            emit(_page(paper, min(width() or _MEASURE, _MEASURE)))
    return 0


def _page(paper: Paper, measure: int) -> str:
    row = paper.row
    names = ", ".join(author.name for author in paper.authors)
    unnamed = (paper.author_count or 0) - len(paper.authors)
    if unnamed > 0:
        names = f"{names} and {unnamed} more" if names else row.byline
    facts = [row.published.text, " ".join(paper.categories), paper.venue, row.status.word]
    facts += ["starred"] if row.starred else []
    lines = [*textwrap.wrap(row.title, measure), *textwrap.wrap(names, measure)]
    lines += textwrap.wrap(" · ".join(filter(None, facts)), measure)
    lines += [" ".join(f"#{tag}" for tag in row.tags)] if row.tags else []
    lines += [f"{row.citekey}   {'  '.join(paper.urls)}".rstrip(), ""]
    for paragraph in (paper.abstract or "No abstract.").split("\n"):
        lines += textwrap.wrap(paragraph, measure) or [""]
    return "\n".join(lines)


def run_export(arguments: Namespace) -> int:
    """Write papers to standard output or, all or nothing, to a file."""
    form = _complete if arguments.to == "jsonl" else bibtex.format_paper
    with opened(arguments) as store:
        ids = store.matching(asked_query(store, arguments))
        if arguments.output:
            _write_file(store.papers(ids), form, Path(arguments.output), store.path)
        else:
            _write(store.papers(ids), form)
    say(f"{len(ids):,} {'paper' if len(ids) == 1 else 'papers'} exported")
    return 0 if ids else NO_MATCH


def _write_file(
    papers: Iterable[Paper], form: Callable[[Paper], str], target: Path, library: Path
) -> None:
    """Write a file through a temporary one beside it; devices and pipes are written directly."""
    target, library = target.resolve(), library.resolve()
    if target.parent == library.parent and target.name.startswith(library.name):
        raise RefusedError(f"{target} belongs to the library; give another file.")
    try:
        if target.exists() and not target.is_file():
            with target.open("w", encoding="utf-8") as file:
                file.writelines(f"{form(paper)}\n" for paper in papers)
        else:
            _replace_file(papers, form, target)
    except OSError as error:
        raise OutputFileError(target, error.strerror or str(error)) from error


def _replace_file(papers: Iterable[Paper], form: Callable[[Paper], str], target: Path) -> None:
    handle, partial = tempfile.mkstemp(prefix=".reader-export-", dir=target.absolute().parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.writelines(f"{form(paper)}\n" for paper in papers)
            file.flush()
            os.fsync(file.fileno())
        Path(partial).replace(target)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise
