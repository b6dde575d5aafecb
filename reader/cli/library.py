"""Opening the library for a command, and finding the papers that its arguments mean."""

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from reader.errors import NoLibraryError, UsageError
from reader.library.faults import explained
from reader.library.store import Store
from reader.model.query import Query, View, parse_words
from reader.model.tags import parse_tag
from reader.paths import library_path


@contextmanager
def opened(arguments: Namespace, *, make: bool = False) -> Iterator[Store]:
    """The library that the arguments name; it is made when it is not there yet and `make`.

    Raises:
        NoLibraryError: There is none, and none is to be made.
    """
    path = library_path(arguments.library)
    if not make and not path.exists():
        raise NoLibraryError(path)
    store = Store(path)
    try:
        with explained(store.path):
            yield store
    finally:
        store.close()


def named_papers(store: Store, refs: Iterable[str]) -> list[int]:
    """The papers that references mean, each once; `-` reads more from standard input.

    Raises:
        NothingFoundError: One of them means no paper; nothing is changed then.
    """
    found: dict[int, None] = {}
    for ref in refs:
        lines = [line.strip() for line in sys.stdin] if ref == "-" else [ref]
        found.update((store.find(line), None) for line in lines if line)
    return list(found)


def asked_query(arguments: Namespace) -> Query:
    """The query of `list` and `export`.

    Raises:
        UsageError: There is no such view.
    """
    if arguments.view not in set(View):
        raise UsageError(f"no view is called {arguments.view}: {', '.join(View)}.")
    tag = parse_tag(arguments.tag) if arguments.tag else ""
    return Query(View(arguments.view), parse_words(" ".join(arguments.query)), tag)
