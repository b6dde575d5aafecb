"""`reader export` and `reader cite`."""

import os
from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from reader.cli.library import asked_query, named_papers, read
from reader.cli.output import emit, say
from reader.errors import OutputFileError, UsageError
from reader.export import citations, jsonl, markdown
from reader.export.formats import DOCUMENTS, SUFFIXES
from reader.files import check_no_part, replace_file
from reader.library.reading import ReadStore
from reader.model.paper import Paper
from reader.model.query import Query

NO_MATCH = 1
_ALL = -1
"""A limit that is none."""


def run_export(arguments: Namespace) -> int:
    """Write papers to standard output or, all or nothing, to a file."""
    to = arguments.to or _format_of(arguments.output)
    with read(arguments) as store:
        query = asked_query(store, arguments)
        ids = list(store.matching(query))
        if query.everything and to == "jsonl":
            ids += store.trashed()
        if not ids:
            say("no paper matches; nothing was written")
            return NO_MATCH
        _write(store, query, ids, to, arguments.output)
    say(f"{len(ids):,} {'paper' if len(ids) == 1 else 'papers'} exported")
    return 0


def _format_of(output: str | None) -> str:
    """The format that a file's name means.

    Raises:
        UsageError: It means none.
    """
    suffix = (output or "").rpartition(".")[2].lower()
    if suffix not in SUFFIXES:
        known = ", ".join(f".{one}" for one in SUFFIXES)
        raise UsageError(f"say the format with --to, or name a file with one of {known}.")
    return SUFFIXES[suffix]


def _write(store: ReadStore, query: Query, ids: list[int], to: str, output: str | None) -> None:
    if output and to == "markdown" and (output.endswith("/") or Path(output).is_dir()):
        write_notes(store.papers(ids), Path(output))
        return
    lines = _lines(store, query, ids, to)
    if output:
        write_file(lines, Path(output), store.path)
        return
    for line in lines:
        emit(line)


def _lines(store: ReadStore, query: Query, ids: list[int], to: str) -> Iterator[str]:
    """The lines of an export; without a query, JSON lines hold the whole library."""
    if query.everything and to == "jsonl":
        yield from jsonl.format_labels(store.tags(), store.views())
        yield from jsonl.format_feeds(store.feeds())
    yield from DOCUMENTS[to](store.papers(ids))
    if query.everything and to == "jsonl":
        yield from jsonl.format_pairs(store.kept_apart())
        yield from jsonl.format_history(reversed(store.log(_ALL)))


def write_file(lines: Iterable[str], target: Path, library: Path) -> None:
    """Write a file through a temporary one beside it; devices and pipes are written directly.

    Raises:
        RefusedError: It belongs to the library.
        OutputFileError: It cannot be written.
    """
    check_no_part(target, library)
    target = target.resolve()
    try:
        if target.exists() and not target.is_file():
            with target.open("w", encoding="utf-8") as file:
                file.writelines(f"{line}\n" for line in lines)
        else:
            replace_file(target, (f"{line}\n" for line in lines), shared=True)
    except OSError as error:
        raise OutputFileError(target, error.strerror or str(error)) from error


def write_notes(papers: Iterable[Paper], folder: Path) -> None:
    """Write one note a paper into a folder, keeping what the user wrote in those that are there.

    Raises:
        OutputFileError: One cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for paper in papers:
            target = folder / markdown.note_name(paper)
            before = ""
            with suppress(FileNotFoundError):
                before = target.read_text("utf-8", errors="surrogateescape")
            text = markdown.note(paper, before)
            if text != before:
                replace_file(target, [text], shared=True)
    except OSError as error:
        raise OutputFileError(folder, error.strerror or os.strerror(error.errno or 0)) from error


# -- citations -----------------------------------------------------------------------------------


def run_cite(arguments: Namespace) -> int:
    """Write citations of papers: of a writing tool, as a text, as entries, or by a CSL style."""
    with read(arguments) as store:
        ids = named_papers(store, arguments.refs, "\0" if arguments.null else "\n")
        for line in cited(list(store.papers(ids)), arguments.style):
            emit(line)
    return 0


def cited(papers: list[Paper], style: str) -> list[str]:
    """Papers in a style: `key`, `latex`, `md`, `typst`, `org`, `text`, a format, or `csl:NAME`.

    Raises:
        UsageError: There is no such style.
    """
    if style in citations.WRITERS:
        return [citations.WRITERS[style]([paper.row.citekey for paper in papers])]
    if style.startswith("csl:"):
        return citations.styled(papers, style.removeprefix("csl:"))
    if style in DOCUMENTS:
        return list(DOCUMENTS[style](papers))
    known = ", ".join([*citations.WRITERS, *DOCUMENTS, "csl:NAME"])
    raise UsageError(f"no citation style is called {style}: {known}.")
