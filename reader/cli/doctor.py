"""`reader doctor`: is everything well, and what to do where it is not."""

import datetime as dt
import json
import locale
import os
import platform
import shutil
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from reader import __version__
from reader.cli.output import emit, say
from reader.editor import editor
from reader.errors import ReaderError, UsageError
from reader.frozen import frozen
from reader.library import swapping
from reader.library.backup import LARGEST_AUTOMATIC, backups
from reader.library.connection import sqlite_version
from reader.library.reading import ReadStore
from reader.library.store import Store
from reader.library.surroundings import conflict_copies, network_file_system, synced_by
from reader.paths import config_file, library_path

PROBLEM = 6
_OLD_BACKUP = dt.timedelta(days=7)
_GOOD, _WARNING, _BAD = "ok", "warning", "problem"
_MARKS = {_GOOD: "✓", _WARNING: "!", _BAD: "✗"}


@frozen
class Finding:
    """One thing that was looked at.

    Attributes:
        state: `ok`, `warning` or `problem`.
        advice: What to do, empty where all is well.
    """

    what: str
    state: str
    told: str
    advice: str = ""


def run(arguments: Namespace) -> int:
    """Look at everything, mend what is safe with --fix; 6 if a problem remains."""
    path = library_path(arguments.library, arguments.settings.library_path)
    if arguments.fix:
        _mend(path)
    findings = [one for look in _LOOKS for one in look(arguments, path)]
    if arguments.json:
        emit(
            json.dumps(
                {"schema": 1, "reader": __version__, "findings": [asdict(one) for one in findings]},
                ensure_ascii=False,
            )
        )
    else:
        _tell(findings)
    return PROBLEM if any(one.state == _BAD for one in findings) else 0


def _tell(findings: list[Finding]) -> None:
    emit(
        f"reader {__version__} · Python {platform.python_version()} · "
        f"Textual {version('textual')} · SQLite {sqlite_version()}"
    )
    for one in findings:
        emit(f"{_MARKS[one.state]} {one.what:<10} {one.told}")
        if one.advice:
            emit(f"  {'':<10} {one.advice}")
    counts = {state: sum(one.state == state for one in findings) for state in _MARKS}
    emit(f"{counts[_WARNING]} warnings, {counts[_BAD]} problems.")


def _mend(path: Path) -> None:
    """The safe repairs, on a copy that then takes the library's place; nothing is deleted."""
    if swapping.finish(path):
        say("went on with a restore that was interrupted")
    if not path.exists():
        return
    if left := swapping.set_unfinished_aside(path, dt.datetime.now(dt.UTC)):
        say(f"a restore was begun and not made; its file is {left} now")
    try:
        done, aside = swapping.mend(path, dt.datetime.now(dt.UTC))
    except ReaderError as error:
        say(str(error))
        return
    for line in done:
        say(f"mended: {line}")
    say(f"the library before is {aside}" if aside else "there was nothing to mend")


# -- what is looked at ---------------------------------------------------------------------------


def _config(arguments: Namespace, _path: Path) -> Iterator[Finding]:
    path = config_file(arguments.config or "")
    if not path.exists():
        yield Finding("config", _GOOD, "none; the defaults are used")
    elif problems := arguments.settings.problems:
        for problem in problems:
            yield Finding("config", _WARNING, problem, "`reader config edit` opens it")
    else:
        yield Finding("config", _GOOD, f"{path}, valid")


def _library(_arguments: Namespace, path: Path) -> Iterator[Finding]:
    if not path.exists():
        yield Finding("library", _GOOD, f"none yet at {path}")
        return
    try:
        try:
            store: ReadStore = Store(path)
        except ReaderError:
            store = ReadStore(path)
            yield Finding("library", _WARNING, f"{path} is read-only", "nothing can be changed")
        try:
            yield from _contents(store, path)
        finally:
            store.close()
    except ReaderError as error:
        yield Finding("library", _BAD, str(error), _newest_copy(path))


def _contents(store: ReadStore, path: Path) -> Iterator[Finding]:
    problems = store.check()
    if problems:
        for problem in problems[:5]:
            damaged = problem.startswith("damaged")
            advice = _newest_copy(path) if damaged else "`reader doctor --fix` mends it on a copy"
            yield Finding("library", _BAD, problem, advice)
        return
    size = path.stat().st_size / 1_000_000
    papers = store.counts()["all"]
    index = "in sync" if isinstance(store, Store) else "not checked"
    yield Finding("library", _GOOD, f"{path}  {papers:,} papers, {size:,.1f} MB, integrity ok, "
                                    f"search index {index}")  # fmt: skip
    if isinstance(store, Store):
        yield from _stopped(store)
    yield from _feeds(store)
    for view in store.views():
        if view.name not in store.view_counts([view]):
            yield Finding("views", _WARNING, f"{view.name}: its query is wrong: {view.text}",
                          f"`reader views add {view.name} QUERY` replaces it")  # fmt: skip


def _stopped(store: Store) -> Iterator[Finding]:
    """The imports that stopped half-way."""
    known = store.stopped_imports()
    for one in known:
        yield Finding("import", _WARNING, f"one of {one.file} stopped behind line {one.line:,}: "
                      f"{sum(one.counts.values()):,} papers are here", "importing it again goes "
                      f"on; `reader revert {one.group}` takes it back")  # fmt: skip
    for group in store.stopped_changes():
        if group.id not in {one.group for one in known}:
            yield Finding("import", _WARNING, f"change {group.id} of {group.at} stopped half-way",
                          f"importing it again completes it; `reader revert {group.id}` takes "
                          "back what is there")  # fmt: skip


def _feeds(store: ReadStore) -> Iterator[Finding]:
    """How the feeds fare."""
    feeds, health = store.feeds(), store.feed_health()
    failing = [one for one in feeds if not one.paused and one.id in health and health[one.id].error]
    odd = [one for one in feeds if not one.paused and one.id in health and health[one.id].warning]
    for feed in failing:
        yield Finding("feeds", _WARNING, f"{feed.name}: {health[feed.id].error}",
                      "`reader sync` asks again")  # fmt: skip
    for feed in odd:
        yield Finding("feeds", _WARNING, f"{feed.name}: {health[feed.id].warning}")
    if feeds and not failing and not odd:
        yield Finding("feeds", _GOOD, f"{len(feeds):,} followed, all well")


def _newest_copy(path: Path) -> str:
    made = backups(path)
    newest = made[0].path if made else "none"
    return f"newest backup: {newest}; `reader restore latest` puts it in place" if made else (
        "there is no backup; keep a copy of the file before anything else"
    )  # fmt: skip


def _around(_arguments: Namespace, path: Path) -> Iterator[Finding]:
    for copy in conflict_copies(path):
        yield Finding(
            "conflict",
            _WARNING,
            f"{copy}: a copy that a synchronisation made",
            f"`reader --library {copy.name} export --to jsonl | reader import -` joins it",
        )
    if folder := synced_by(path):
        yield Finding("place", _WARNING, f"{folder} is synchronised by another program",
                      "it can replace the library while it is open: keep the library elsewhere, "
                      "synchronise its backups or exports")  # fmt: skip
    if kind := network_file_system(path):
        yield Finding("place", _WARNING, f"the library lies on a network disk ({kind})",
                      "its locks may not hold: keep the library on a local disk")  # fmt: skip
    if swapping.waiting(path).exists():
        told = "a restore was begun and not made; the library is the one from before"
        advice = "`reader doctor --fix` takes its file aside; then repeat the restore"
        yield Finding("restore", _BAD, told, advice)


def _backups(_arguments: Namespace, path: Path) -> Iterator[Finding]:
    if not path.exists():
        return
    made = backups(path)
    advice = "`reader backup` makes one"
    if path.stat().st_size > LARGEST_AUTOMATIC and (
        not made or dt.datetime.now(dt.UTC) - made[0].at > _OLD_BACKUP
    ):
        yield Finding("backups", _WARNING, "too large to be copied on its own", advice)
    elif not made:
        yield Finding("backups", _GOOD, "none yet; the first change of a day makes one")
    else:
        yield Finding("backups", _GOOD, f"{len(made)}, newest {made[0].at:%Y-%m-%d %H:%M} UTC")


def _terminal(_arguments: Namespace, _path: Path) -> Iterator[Finding]:
    term, size = os.environ.get("TERM", ""), shutil.get_terminal_size()
    colour = (
        "truecolor" if os.environ.get("COLORTERM") in ("truecolor", "24bit") else "256 or fewer"
    )
    encoding = (sys.stdout.encoding or locale.getpreferredencoding()).upper()
    told = f"{term or 'TERM is not set'} {size.columns}×{size.lines}, {colour}, {encoding}"
    if term in ("", "dumb"):
        yield Finding("terminal", _WARNING, told, "the screen needs a terminal; the commands work")
    elif "UTF" not in encoding:
        yield Finding("terminal", _WARNING, told, "set LANG to a UTF-8 locale, such as C.UTF-8")
    else:
        yield Finding("terminal", _GOOD, told)
    if os.environ.get("TMUX"):
        yield Finding("clipboard", _WARNING, "tmux passes it on only with `set-clipboard on`",
                      "tmux set -g set-clipboard on")  # fmt: skip


def _programs(_arguments: Namespace, _path: Path) -> Iterator[Finding]:
    try:
        yield Finding("editor", _GOOD, editor()[0])
    except UsageError as error:
        yield Finding("editor", _WARNING, str(error), "`reader edit --set` works without one")
    opener = next(filter(None, map(shutil.which, ("xdg-open", "open", "gio", "wslview"))), "")
    chosen = os.environ.get("BROWSER", "") or opener
    if chosen:
        yield Finding("browser", _GOOD, chosen)
    else:
        yield Finding(
            "browser", _WARNING, "no program opens links", "set BROWSER; links are copied"
        )


_LOOKS: tuple[Callable[[Namespace, Path], Iterator[Finding]], ...] = (
    _config, _library, _around, _backups, _terminal, _programs,
)  # fmt: skip
