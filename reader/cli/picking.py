"""`reader pick`."""

import os
import re
import sys
from argparse import Namespace

from reader.cli.arguments import unprotected
from reader.cli.output import emit
from reader.errors import NoLibraryError, UsageError
from reader.paths import library_path

NOTHING = 1
_KEY = re.compile(r"\bkey\b")


def run_pick(arguments: Namespace) -> int:
    """Choose papers under the prompt and write them; 1 when none was taken."""
    _use_the_terminal()
    from reader.library.library import Library  # noqa: PLC0415 - behind the check of the terminal
    from reader.tui.picker import pick  # noqa: PLC0415 - Textual, only for this

    path = library_path(arguments.library, arguments.settings.library_path)
    if not path.exists():
        raise NoLibraryError(path)
    query = " ".join(unprotected(arguments.query))
    keys = pick(Library(path), query, multi=arguments.multi)
    if keys:
        emit(formatted(keys, arguments.format))
    return 0 if keys else NOTHING


def formatted(keys: list[str], form: str) -> str:
    r"""Citekeys in a form: `key` in it stands for them, joined by commas within braces."""
    if "{key}" in form or form == "key":
        return _put(",".join(keys), form)
    return " ".join(_put(key, form) for key in keys)


def _put(key: str, form: str) -> str:
    return _KEY.sub(lambda _found: key, form)


def _use_the_terminal() -> None:
    """Show the picker on the terminal itself where an editor has taken the streams.

    Raises:
        UsageError: There is no terminal.
    """
    if sys.stdin.isatty() and sys.stderr.isatty():
        return
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError as error:
        told = "picking needs a terminal; `reader list --format keys` needs none."
        raise UsageError(told) from error
    for stream in (sys.__stdin__, sys.__stderr__):
        if stream is not None:
            os.dup2(terminal, stream.fileno())
    os.close(terminal)
