"""`reader digest`."""

import datetime as dt
import math
from argparse import Namespace
from pathlib import Path

from reader.cli.exporting import write_file
from reader.cli.library import asked_view, read
from reader.cli.output import MANNER, emit, emit_styled, say
from reader.errors import OutputFileError
from reader.export.digest import FORMATS, Digest
from reader.library.reading import ReadStore
from reader.model.paper import Paper
from reader.model.query import Query, parse_query
from reader.paths import user_path

_LATER = 3
_LONG_AGO_DAYS = 180


def run_digest(arguments: Namespace) -> int:
    """Print what came lately, or keep it as the file of the day."""
    with read(arguments) as store:
        digest = _digest(store, arguments)
        if digest.empty and arguments.quiet_if_empty:
            return 0
        name = arguments.format
        if arguments.write:
            name = "md" if name == "ansi" else name
            _keep(FORMATS[name](digest), user_path(arguments.write), digest.day, name, store.path)
            return 0
    if name == "ansi" and MANNER.colour:
        emit_styled(FORMATS["ansi"](digest))
    else:
        emit(FORMATS["txt" if name == "ansi" else name](digest))
    return 0


def _digest(store: ReadStore, arguments: Namespace) -> Digest:
    moment = store.asked().now
    since = moment - dt.timedelta(seconds=arguments.since)
    days = math.ceil(arguments.since / 86_400) + 1
    view = asked_view(store, arguments.view).query if arguments.view else None
    came = _came(store, f"is:unread added:{days}d sort:votes,-date", since, view)
    updated = _count(store, "is:updated", view)
    later = list(store.matching(parse_query("is:later sort:decided")))[::-1][:_LATER]
    return Digest(
        day=moment.date().isoformat(), new=len(came), updated=updated,
        unread=store.counts().get("status 0", 0), papers=tuple(came[: arguments.top]),
        later=tuple(store.papers(later)), again=_again(store, moment),
    )  # fmt: skip


def _came(store: ReadStore, text: str, since: dt.datetime, view: Query | None) -> list[Paper]:
    query = parse_query(text)
    ids = list(store.matching(query.within(view) if view else query))
    return [one for one in store.papers(ids) if dt.datetime.fromisoformat(one.added) >= since]


def _count(store: ReadStore, text: str, view: Query | None) -> int:
    query = parse_query(text)
    return store.count(query.within(view) if view else query)


def _again(store: ReadStore, moment: dt.datetime) -> Paper | None:
    """One starred paper of long ago, another one each day."""
    ids = sorted(store.matching(parse_query(f"is:starred added:..{_LONG_AGO_DAYS}d")))
    chosen = ids[moment.date().toordinal() % len(ids)] if ids else None
    return next(store.papers([chosen]), None) if chosen is not None else None


def _keep(text: str, folder: Path, day: str, suffix: str, library: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputFileError(folder, error.strerror or str(error)) from error
    target = folder / f"{day}.{suffix}"
    write_file(text.split("\n"), target, library)
    say(f"wrote {target}")
