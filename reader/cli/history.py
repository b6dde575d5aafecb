"""`reader undo`, `redo`, `revert`, `log` and `version`."""

import json
import platform
from argparse import Namespace
from collections.abc import Callable
from importlib.metadata import version

from reader import __version__
from reader.cli.library import opened, read
from reader.cli.output import emit, fit, say, width
from reader.library.connection import sqlite_version
from reader.model.change import ChangeGroup, GroupState, Outcome


def run_undo(arguments: Namespace) -> int:
    """Undo the latest changes."""
    with opened(arguments) as store:
        return _walk(store.undo, arguments.steps, "undid", "nothing to undo")


def run_redo(arguments: Namespace) -> int:
    """Redo what was undone."""
    with opened(arguments) as store:
        return _walk(store.redo, arguments.steps, "redid", "nothing to redo")


def _walk(step: Callable[[], Outcome], count: int, verb: str, nothing: str) -> int:
    for _ in range(max(count, 0)):
        group = step().group
        if group is None:
            say(nothing)
            break
        say(f"{verb}: {group.summary}")
    return 0


def run_revert(arguments: Namespace) -> int:
    """Take one change back by itself."""
    with opened(arguments) as store:
        group = store.revert(arguments.change).group
        say(group.summary if group else "nothing to change")
    return 0


def run_log(arguments: Namespace) -> int:
    """List the latest changes."""
    with read(arguments) as store:
        for group in store.log(max(arguments.limit, 0)):
            emit(_json(group) if arguments.json else _fitted(_line(group)))
    return 0


def _line(group: ChangeGroup) -> str:
    mark = _MARKS.get(group.state, "   (undone)")
    number, at = str(group.id or ""), group.at.replace("T", " ")[:16]
    return f"{number:>5}  {at}  {group.actor:<7} {group.summary}{mark}"


_MARKS = {GroupState.DONE: "", GroupState.PAST: "   (elsewhere)"}


def _fitted(line: str) -> str:
    room = width()
    return fit(line, room).rstrip() if room else line


def _json(group: ChangeGroup) -> str:
    value = {"schema": 1, "id": group.id or None, "at": group.at, "actor": group.actor,
             "verb": group.verb, "summary": group.summary, "papers": group.papers,
             "state": group.state.name.lower(), "reverts": group.reverts or None}  # fmt: skip
    return json.dumps(value, ensure_ascii=False)


def run_version(_arguments: Namespace) -> int:
    """Say what is running."""
    emit(
        f"reader {__version__} · Python {platform.python_version()} · "
        f"Textual {version('textual')} · SQLite {sqlite_version()}"
    )
    return 0
