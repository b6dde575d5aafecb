"""Opening the library for a command, and finding the papers that its arguments mean."""

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeVar

from reader.cli.arguments import unprotected
from reader.cli.output import say
from reader.errors import (
    NoIndexError,
    NoLibraryError,
    NothingFoundError,
    QueryError,
    ReadOnlyError,
    RefusedError,
    UsageError,
)
from reader.library.faults import explained
from reader.library.reading import ReadStore
from reader.library.store import Store
from reader.model.query import BUILT_IN, Query, parse_query
from reader.model.query.views import View, tag_view
from reader.model.tags import parse_tag
from reader.paths import library_path

Kind = TypeVar("Kind", bound=ReadStore)


@contextmanager
def opened(arguments: Namespace, *, make: bool = False) -> Iterator[Store]:
    """The library that the arguments name; it is made when it is not there yet and `make`.

    Raises:
        NoLibraryError: There is none, and none is to be made.
    """
    path = library_path(arguments.library, arguments.settings.library_path)
    if not make and not path.exists():
        raise NoLibraryError(path)
    with _used(Store(path, automatic_backups=arguments.settings.backups_automatic)) as store:
        yield store


@contextmanager
def read(arguments: Namespace) -> Iterator[ReadStore]:
    """The library that the arguments name, to read only; an old one is upgraded first.

    Raises:
        NoLibraryError: There is none.
    """
    path = library_path(arguments.library, arguments.settings.library_path)
    if not path.exists():
        raise NoLibraryError(path)
    try:
        store = ReadStore(path)
    except (ReadOnlyError, NoIndexError):
        store = Store(path, automatic_backups=arguments.settings.backups_automatic)
    with _used(store) as reading:
        yield reading


@contextmanager
def _used(store: Kind) -> Iterator[Kind]:
    """A store, closed afterwards, whose errors are ours."""
    try:
        with explained(store.path):
            yield store
    finally:
        store.close()


def named_papers(store: ReadStore, refs: Iterable[str], separator: str = "\n") -> list[int]:
    """The papers that references mean, each once; `-` reads more from standard input.

    Raises:
        NothingFoundError: One of them means no paper, or none is named.
    """
    found: dict[int, None] = {}
    for ref in refs:
        lines = sys.stdin.read().split(separator) if ref == "-" else [ref]
        found.update((store.find(line.strip()), None) for line in lines if line.strip())
    if not found:
        raise NothingFoundError("")
    return list(found)


def checked(text: str) -> Query:
    """The query of a text; what is worth knowing of it is said.

    Raises:
        QueryError: It has errors.
    """
    query = parse_query(text)
    if query.errors:
        raise QueryError(query.errors)
    for warning in query.warnings:
        say(f"reader: {text[warning.start : warning.end]}: {warning.message}")
    return query


def asked_query(store: ReadStore, arguments: Namespace) -> Query:
    """The query of `list`, `find` and `export`: its words, within a view and a tag.

    Raises:
        UsageError: It has errors, or there is no such view.
    """
    query = checked(" ".join(unprotected(arguments.query)))
    if arguments.view:
        view = asked_view(store, arguments.view)
        query = query.within(view.query if query.everything else view.reference)
    if arguments.tag:
        query = query.within(tag_view(parse_tag(arguments.tag)).query)
    if getattr(arguments, "limit", 0):
        query = replace(query, limit=min(arguments.limit, query.limit or arguments.limit))
    return query


def asked_view(store: ReadStore, name: str) -> View:
    """The view of a name.

    Raises:
        UsageError: There is none.
    """
    views = BUILT_IN | {view.name: view for view in store.views()}
    if name.lower() not in views:
        raise UsageError(f"no view is called {name}: {', '.join(views)}.")
    return views[name.lower()]


def chosen_papers(store: ReadStore, arguments: Namespace) -> list[int]:
    """The papers that a command changes: those of its references, or those of `--query`.

    Raises:
        UsageError: Neither or both are given, or the query has errors.
        RefusedError: The query leaves no paper out, and `--all` is not given.
    """
    if arguments.query is None and not arguments.all:
        if not arguments.refs:
            raise UsageError("say which papers: references, or --query Q, or --all.")
        return named_papers(store, arguments.refs, "\0" if arguments.null else "\n")
    if arguments.refs:
        raise UsageError("give references or --query, not both. Nothing was changed.")
    query = checked(arguments.query or "")
    if not arguments.all:
        _check_doubts(store, query)
    return list(store.matching(query))


def _check_doubts(store: ReadStore, query: Query) -> None:
    """Refuse to change papers by a query that may mean more than its author wrote.

    Raises:
        RefusedError: It means every paper, or something in it is worth knowing first.
    """
    if doubts := store.doubts(query):
        raise RefusedError(
            f"papers are not changed by this query: {'; '.join(doubts)}. Nothing was changed; "
            "mend it, or --all says that it is meant."
        )
