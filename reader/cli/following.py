"""`reader sync`, `feed` and `rule`."""

import asyncio
import datetime as dt
import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from reader.cli.interrupting import until_interrupted, working
from reader.cli.library import checked, opened, read
from reader.cli.output import emit, fit, say
from reader.errors import LibraryError, UsageError
from reader.export.opml import opml
from reader.library.reading import ReadStore
from reader.library.store import Store
from reader.model.feed import Feed, FeedOutcome, Health, SyncReport, parse_subscription
from reader.model.feed_change import (
    FeedsChange,
    PauseFeed,
    RenameFeed,
    Subscribe,
    Unsubscribe,
)
from reader.model.query import parse_query
from reader.paths import user_path

DONE, NETWORK = 0, 3
_SPEC, _NAME, _WORDS_OF_TWO = 34, 26, 2


# -- sync ----------------------------------------------------------------------------------------


def run_sync(arguments: Namespace) -> int:
    """Ask the feeds for what is new; 3 when one of them could not be asked."""
    if arguments.install_timer or arguments.uninstall_timer:
        from reader.timers import install, uninstall  # noqa: PLC0415 - only then

        say(install() if arguments.install_timer else uninstall())
        return DONE
    _tell_wrong_rules(arguments)
    with opened(arguments, make=True) as store:
        feeds = _chosen(store, arguments)
    report = asyncio.run(_sync(arguments, feeds)) if feeds else SyncReport()
    if arguments.json:
        emit(json.dumps(report_object(report), ensure_ascii=False))
    else:
        _tell(report, asked=bool(feeds), older=arguments.if_older_than)
    return NETWORK if report.failed else DONE


def _tell_wrong_rules(arguments: Namespace) -> None:
    for problem in arguments.settings.problems:
        if problem.endswith("The rule is left out."):
            say(problem)


def _chosen(store: Store, arguments: Namespace) -> list[Feed]:
    """The feeds that are named, else those not paused; without those that answered lately."""
    health = store.feed_health()
    since = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=arguments.if_older_than)
    named = [store.feed(text) for text in arguments.feeds]
    feeds = named or [feed for feed in store.feeds() if not feed.paused]
    return [feed for feed in {one.id: one for one in feeds}.values()
            if not arguments.if_older_than or _older(health.get(feed.id), since)]  # fmt: skip


def _older(health: Health | None, since: dt.datetime) -> bool:
    if health is None or not health.succeeded:
        return True
    last = dt.datetime.fromisoformat(health.succeeded)
    return last < since or last > dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)


async def _sync(arguments: Namespace, feeds: Sequence[Feed]) -> SyncReport:
    from reader.sync.running import Progress, Sync  # noqa: PLC0415 - an HTTP client
    from reader.sync.setup import client_of, manner_of  # noqa: PLC0415 - likewise

    shown = sys.stderr.isatty() and not arguments.json and not arguments.quiet

    def heard(progress: Progress) -> None:
        if shown:
            place = f"↻ {progress.done}/{progress.total}  {progress.awaited}"
            print(f"\r\x1b[K{fit(place, 70).rstrip()}", end="", file=sys.stderr, flush=True)

    settings = arguments.settings
    client = client_of(settings, arguments.config or "")
    try:
        with working(arguments) as library:
            async with client:
                sync = Sync(library, client, feeds, manner_of(settings), heard)
                try:
                    return await until_interrupted(sync.run(), library)
                except LibraryError as error:
                    if arguments.json:
                        emit(json.dumps(report_object(sync.ended_by(error)), ensure_ascii=False))
                    raise
    finally:
        if shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def report_object(report: SyncReport) -> dict[str, Any]:
    """The report as `docs/formats.md` describes it."""
    counts = {what: report.total(what) for what in ("new", "updated", "merged")}
    return {"schema": 1, **counts, "change": report.change, "problems": report.problems,
            "feeds": [_feed_object(one) for one in report.feeds]}  # fmt: skip


def _feed_object(one: FeedOutcome) -> dict[str, Any]:
    return {
        "feed": one.feed, "name": one.name, "new": one.new, "updated": one.updated,
        "merged": one.merged, "rejected": one.rejected,
        "reasons": one.reasons, "error": one.error or None,
        "code": one.code or None, "warning": one.warning or None,
        "retry_at": one.retry_at or None,
    }  # fmt: skip


def _tell(report: SyncReport, *, asked: bool, older: int) -> None:
    for one in report.feeds:
        if one.error:
            say(one.error if one.error.startswith(one.name) else f"{one.name}: {one.error}")
        elif one.warning:
            say(f"{one.name}: {one.warning}")
        if one.rejected:
            say(f"{one.name}: {one.rejected:,} entries were not understood")
            for reason in one.reasons:
                say(f"  {reason}")
    for problem in report.problems:
        say(problem)
    if not asked:
        say("nothing to ask: all answered lately" if older else
            'no feeds yet: `reader feed add cs.LG`, `hf`, `author:"Name"` or a URL')  # fmt: skip
        return
    times = f" {report.undone_by}" if report.undone_by > 1 else ""
    undo = f"   `reader undo{times}` takes it back" if report.change else ""
    counts = [f"{report.total(what):,} {what}" for what in ("new", "updated", "merged")]
    feeds = "1 feed" if len(report.failed) == 1 else f"{len(report.failed)} feeds"
    failed = f", {feeds} could not be asked" if report.failed else ""
    say(f"{', '.join(counts)}{failed}{undo}")


# -- feeds ---------------------------------------------------------------------------------------


def run_feed(arguments: Namespace) -> int:
    """Follow, list and unfollow feeds."""
    act: str = arguments.act
    if act in ("ls", "health", "opml"):
        with read(arguments) as store:
            {"ls": _list, "health": _health, "opml": _opml}[act](store, arguments)
        return DONE
    with opened(arguments, make=act == "add") as store:
        return _change(store, act, arguments)


def _change(store: Store, act: str, arguments: Namespace) -> int:
    words: list[str] = arguments.words
    if not words:
        raise UsageError(f"feed {act}: say which: cs.LG, hf, a URL. Nothing was changed.")
    if act == "rename":
        if len(words) != _WORDS_OF_TWO:
            raise UsageError("feed rename SPEC NAME. Nothing was changed.")
        _apply(store, RenameFeed(store.feed(words[0]).spec, words[1]))
        return DONE
    if act == "add":
        told = [parse_subscription(_absolute(word)) for word in words]
        names = [arguments.name if len(told) == 1 else "" for _ in told]
        pairs = zip(told, names, strict=True)
        _apply(store, Subscribe(tuple((one.spec, name or one.name) for one, name in pairs)))
        return DONE
    for feed in {one.id: one for one in map(store.feed, words)}.values():
        _apply(store, Unsubscribe(feed.spec) if act == "rm"
               else PauseFeed(feed.spec, paused=act == "pause"))  # fmt: skip
    return DONE


def _absolute(word: str) -> str:
    """A folder to watch, wherever it is looked at from later."""
    head, _, path = word.partition(":")
    return f"dir:{user_path(path)}" if head.lower() == "dir" and path else word


def _apply(store: Store, change: FeedsChange) -> None:
    group = store.apply(change).group
    say(f"{group.summary}   `reader undo` takes it back" if group else "nothing to change")


def _list(store: ReadStore, arguments: Namespace) -> None:
    health = store.feed_health()
    for feed in store.feeds():
        how = health.get(feed.id, Health())
        if arguments.json:
            emit(json.dumps(_object(feed, how), ensure_ascii=False))
        else:
            emit(f"{fit(feed.spec, _SPEC)}  {fit(feed.name, _NAME)}  {state_of(feed, how)}")
    if not store.feeds():
        say('no feeds yet: `reader feed add cs.LG`, `hf`, `author:"Name"` or a URL')


def _object(feed: Feed, health: Health) -> dict[str, Any]:
    return {
        "feed": feed.spec, "name": feed.name, "paused": feed.paused, "added": feed.added,
        "tried": health.tried or None, "succeeded": health.succeeded or None,
        "error": health.error or None, "retry_at": health.retry_at or None,
        "warning": health.warning or None, "items": dict(health.items),
    }  # fmt: skip


def state_of(feed: Feed, health: Health) -> str:
    """How a feed stands, in a few words."""
    if feed.paused:
        return "paused"
    if health.error:
        return f"failed: {health.error}"
    if not health.tried:
        return "not asked yet"
    return health.warning or "well"


def _health(store: ReadStore, arguments: Namespace) -> None:
    health = store.feed_health()
    today = dt.datetime.now(dt.UTC).date()
    for feed in store.feeds():
        how = health.get(feed.id, Health())
        if arguments.json:
            emit(json.dumps(_object(feed, how), ensure_ascii=False))
            continue
        emit(f"{feed.name} ({feed.spec}): {state_of(feed, how)}")
        last = how.succeeded or "never"
        week = " ".join(f"{mean:.0f}" for mean in how.per_weekday(today))
        retry = f"   not before {how.retry_at}" if how.retry_at else ""
        emit(f"  last answer {last}   papers Mon to Sun {week}{retry}")


def _opml(store: ReadStore, arguments: Namespace) -> None:
    text = opml(store.feeds())
    if arguments.words:
        from reader.cli.exporting import write_file  # noqa: PLC0415 - only then

        write_file(text.splitlines(), user_path(arguments.words[0]), store.path)
    else:
        emit(text.rstrip("\n"))


# -- rules ---------------------------------------------------------------------------------------


def run_rule(arguments: Namespace) -> int:
    """List the rules, or say what they would do with papers that are here."""
    from reader.sync.rules import rules_of  # noqa: PLC0415 - the model's rules

    _tell_wrong_rules(arguments)
    rules = rules_of(arguments.settings.rules)
    if not rules:
        say("no rules: [[rule]] in config.toml, with when = 'QUERY' and do = 'tag +a; prio B'")
    if arguments.act == "ls":
        for rule in rules:
            emit(f"{rule.when}  →  {rule.do}")
        return DONE
    with read(arguments) as store:
        query = checked(" ".join(arguments.query)) if arguments.query else parse_query("is:unread")
        papers = list(store.matching(query))
        for rule in rules:
            found = store.among(rule.query, papers)
            emit(f"{rule.when}  →  {rule.do}: {len(found):,} of {len(papers):,} papers")
            for row in store.rows(sorted(found)):
                emit(f"  {row.citekey}  {row.title}")
    return DONE
