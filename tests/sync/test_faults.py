"""What goes wrong on the way: each fault has its outcome, and nothing is lost or half-stored."""

import asyncio
import contextlib
import email.utils
import fcntl
import gzip
import os
import socket
import threading
import time
from urllib.parse import urlsplit

import pytest

from reader.errors import FetchError, LockedError
from reader.library.following import Manner
from reader.model.feed import SyncReport
from reader.model.paper import Fields, PaperDraft, SourceRecord
from reader.model.rules import Rule
from reader.sources.fetch.addresses import public_addresses
from reader.sources.fetch.retrying import retry_seconds
from tests.sync import services as shape
from tests.sync.services import send, serving, work

FEED = "/arxiv_rss/rss/cs.LG"
GOOD = shape.rss([work("2611.00001"), work("2611.00002")])


def raw(handler, *parts, pause=0.0):
    for part in parts:
        handler.wfile.write(part)
        handler.wfile.flush()
        time.sleep(pause)
    handler.close_connection = True


def status(code, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler, _path, _query: send(handler, b"no", code, "text/plain", named)


def drip(handler, _path, _query):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n")
    for _ in range(400):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def drip_head(handler, _path, _query):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(400):
        handler.wfile.write(b"a")
        handler.wfile.flush()
        time.sleep(0.05)


def endless(handler, _path, _query):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n")
    while True:
        handler.wfile.write(b"<a/>" * 65_536)


def bomb(handler, _path, _query):
    body = gzip.compress(b"<feed>" + b" " * 80_000_000 + b"</feed>")
    send(handler, body, headers={"Content-Encoding": "gzip"})


def cut_gzip(handler, _path, _query):
    send(handler, gzip.compress(GOOD)[:-200], headers={"Content-Encoding": "gzip"})


def cut_body(handler, _path, _query):
    handler.wfile.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 99999\r\n\r\n"
    )
    raw(handler, GOOD)


def cut_without_length(handler, _path, _query):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n")
    raw(handler, GOOD[:-100])


def login(handler, _path, _query):
    send(handler, b"<!DOCTYPE html><html><body>Log in</body></html>", kind="text/html")


def not_xml(handler, _path, _query):
    send(handler, b"Rate exceeded.", kind="text/plain")


def unknown_charset(handler, _path, _query):
    send(handler, GOOD, kind="application/rss+xml; charset=rot13")


def invalid_utf8(handler, _path, _query):
    send(handler, GOOD.replace(b"numbered", b"num\xe9bered"))


def bomb_of_entities(handler, _path, _query):
    head = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaa">]><rss><channel></channel></rss>'
    send(handler, head)


def redirect_loop(handler, path, _query):
    send(handler, b"", 302, headers={"Location": path})


def to(place):
    return lambda handler, _path, _query: send(handler, b"", 302, headers={"Location": place})


@pytest.mark.parametrize(
    ("fault", "code", "asked"),
    [
        (drip, "timeout", 3),
        (drip_head, "timeout", 3),
        (endless, "too large", 1),
        (bomb, "too large", 1),
        (cut_gzip, "truncated", 1),
        (cut_body, "truncated", 3),
        (cut_without_length, "parse", 1),
        (login, "login page", 1),
        (not_xml, "type", 1),
        (invalid_utf8, "parse", 1),
        (bomb_of_entities, "parse", 1),
        (redirect_loop, "redirect", 6),
        (to("file:///etc/passwd"), "redirect", 1),
        (to("http://127.0.0.1:9/x"), "redirect", 1),
        (to("http://localhost:9/x"), "redirect", 1),
        (to("http://[::1]:9/x"), "redirect", 1),
        (to("http://0x7f000001/x"), "redirect", 1),
        (to("http://169.254.169.254/latest"), "redirect", 1),
        (to("http://user:word@example.org/"), "redirect", 1),
        (status(404), "http 404", 1),
        (status(500), "http 500", 3),
        (status(503), "http 503", 3),
        (status(429), "rate limit", 2),
        (status(429, Retry_After="2"), "rate limit", 3),
        (status(429, Retry_After="7200"), "rate limit", 1),
        (status(429, Retry_After="Fri, 31 Dec 2099 23:59:59 GMT"), "rate limit", 1),
        (status(429, Retry_After="soon"), "rate limit", 2),
        (status(503, Retry_After="7200"), "http 503", 1),
        (status(200, Content_Encoding="br"), "type", 1),
    ],
    ids=lambda value: getattr(value, "__name__", None) and value.__name__.strip("<>"),
)  # fmt: skip
async def test_a_fault_is_told_and_stops_no_other(world, fault, code, asked):
    world.timeout = 0.5 if code == "timeout" else 10.0
    world.services.routes[FEED] = fault
    world.services.routes["/huggingface"] = lambda handler, _path, query: send(
        handler, shape.daily([work("2611.00009")] if query["p"] == "0" else []),
        kind="application/json",
    )  # fmt: skip
    world.follow("cs.LG", "hf")
    began = time.monotonic()
    report = await world.sync()
    told = {one.feed: one for one in report.feeds}
    bad = told["cs.LG"]
    assert (bad.code, len(world.services.paths(FEED))) == (code, asked)
    assert (bad.new, told["hf"].new, told["hf"].error) == (0, 1, "")
    assert len(world.papers()) == 1
    assert "://" in bad.error
    assert bad.error.endswith(".")
    assert time.monotonic() - began < 30
    health = world.health("cs.LG")
    assert (health.error, health.succeeded) == (bad.error, "")
    assert world.feeds()[0].cursor == {}, "the place up to which it was read did not move"

    world.services.routes[FEED] = lambda handler, _path, _query: send(handler, GOOD)
    world.quick.moment += 2 * 86_400
    report = await world.sync()
    assert (report.total("new"), report.failed) == (2, [])
    assert not world.health("cs.LG").error


async def test_an_answer_that_is_fine_but_says_odd_things_of_itself(world):
    world.services.routes[FEED] = unknown_charset
    world.follow("cs.LG")
    assert (await world.sync()).total("new") == 2


async def test_a_host_that_asked_for_patience_is_left_alone(world):
    world.services.routes["/"] = status(429, Retry_After="3600")
    world.services.routes["/arxiv_api"] = lambda handler, _path, _query: send(
        handler, shape.atom([work("2611.00001")])
    )
    world.follow("cs.LG", "stat.ML", "arxiv:ti:x")
    report = await world.sync()
    told = [one.code for one in report.feeds]
    assert told == ["rate limit", "rate limit", ""], "its other services may be asked"
    assert all(one.retry_at for one in report.failed)
    assert len(world.services.paths("/arxiv_rss")) == 1
    await world.sync()
    assert len(world.services.paths("/arxiv_rss")) == 1, "the next start knows of it"
    world.quick.moment += 3_601
    await world.sync()
    assert len(world.services.paths("/arxiv_rss")) == 2


async def test_a_locked_library_ends_a_sync_with_nothing_half_stored(world):
    feed = shape.rss([work("2611.00001")])
    locks = []

    def locking(handler, _path, _query):
        lock = os.open(f"{world.library.path}.lock", os.O_RDWR)
        fcntl.flock(lock, fcntl.LOCK_EX)
        locks.append(lock)
        send(handler, feed)

    world.services.routes["/arxiv_rss"] = locking
    world.follow("cs.LG")
    world.library.give_up_waiting()
    with pytest.raises(LockedError, match="Try again when it is done"):
        await world.sync()
    os.close(locks.pop())
    assert not world.papers()
    assert world.feeds()[0].cursor == {}

    world.services.routes["/arxiv_rss"] = lambda handler, _path, _query: send(handler, feed)
    report = await world.sync()
    assert (report.total("new"), len(world.papers())) == (1, 1)
    world.do(lambda store: store.undo())
    assert not world.papers(), "what the first sync left open is in nobody's way"


async def test_a_clock_that_was_set_back_does_not_make_the_wait_longer(world):
    world.services.routes["/"] = status(429, Retry_After="3600")
    world.follow("cs.LG")
    await world.sync()
    world.quick.moment -= 365 * 86_400
    await world.sync()
    assert len(world.services.asked) == 2


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("5", 5.0), ("0", 0.0), ("-3", 0.0), ("1e9", 3_600.0), ("1.5", 1.5), ("soon", None),
     ("", None), ("99999999999", 3_600.0), (email.utils.formatdate(1_000_060, usegmt=True), 60.0),
     (email.utils.formatdate(900_000, usegmt=True), 0.0),
     ("Fri, 31 Dec 2099 23:59:59 GMT", 3_600.0), ("Fri, 99 Foo 2099", None)],
)  # fmt: skip
def test_how_long_a_service_wants_to_be_left_alone(text, seconds):
    assert retry_seconds(text, 1_000_000.0) == seconds


async def test_nobody_there(world):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        world.follow(f"http://127.0.0.1:{taken.getsockname()[1]}/feed", "http://nobody.invalid/f")
        report = await world.sync()
    told = [one.code for one in report.feeds]
    assert sorted(told) == ["dns", "refused"]


async def test_a_key_goes_to_its_own_host_only(world):
    world.keys = {"semantic_scholar": "CANARY-7f3a"}
    with serving() as elsewhere:
        place = f"{elsewhere.url}/there"
        world.services.routes["/semantic_scholar"] = to(place)
        world.services.routes[FEED] = lambda handler, _path, _query: send(handler, GOOD)
        world.follow("cs.LG")
        await world.sync()
        key = world.papers()[0].row.citekey
        world.follow(f"cites:{key}")
        report = await world.sync()
        assert not elsewhere.asked
    told = [headers for _, path, headers in world.services.asked if "semantic" in path]
    assert told
    assert all({name.lower(): value for name, value in one.items()}["x-api-key"] == "CANARY-7f3a"
               for one in told)  # fmt: skip
    others = [headers for _, path, headers in world.services.asked if "semantic" not in path]
    assert "CANARY" not in str(others)
    assert "CANARY" not in str(report)
    kept = [one for one in world.folder.rglob("*") if one.is_file()]
    assert not [one for one in kept if b"CANARY" in one.read_bytes()]


async def test_who_is_asking_is_told(world):
    world.services.routes[FEED] = lambda handler, _path, _query: send(handler, GOOD)
    world.follow("cs.LG")
    await world.sync()
    agent = world.services.asked[0][2]["user-agent"]
    assert agent.startswith("paper-reader-tui/")


async def test_what_has_not_changed_is_not_sent_again(world):
    def conditional(handler, _path, _query):
        if handler.headers.get("if-none-match") == '"one"':
            send(handler, b"", 304)
        else:
            send(handler, GOOD, headers={"ETag": '"one"'})

    world.services.routes[FEED] = conditional
    world.follow("cs.LG")
    assert (await world.sync()).total("new") == 2
    assert (await world.sync()).total("new") == 0
    assert world.services.asked[1][2]["if-none-match"] == '"one"'
    world.do(lambda store: store.undo())
    assert (await world.sync()).total("new") == 2, "what was undone comes again"
    for one in (world.folder / "answers").glob("*.body"):
        one.unlink()
    assert (await world.sync()).failed == []
    assert "if-none-match" not in {name.lower() for name in world.services.asked[3][2]}


async def test_packed_answers(world):
    def answer(handler, _path, _query):
        send(handler, gzip.compress(GOOD), headers={"Content-Encoding": "gzip"})

    world.services.routes[FEED] = answer
    world.follow("cs.LG")
    assert (await world.sync()).total("new") == 2


async def test_one_host_is_asked_with_pauses_and_others_meanwhile(world):
    world.services.routes["/"] = lambda handler, _path, _query: send(handler, GOOD)
    world.services.routes["/huggingface"] = lambda handler, _path, _query: send(
        handler, b"[]", kind="application/json"
    )
    world.follow("cs.LG", "stat.ML", "math.CO", "hf")
    await world.sync()
    assert sum(pause >= 1.9 for pause in world.quick.pauses) == 2
    assert urlsplit(world.services.asked[0][1]).path


async def test_it_stops_at_once_and_goes_on_later(world):
    reached, release = threading.Event(), threading.Event()

    def pages(handler, _path, query):
        place = query.get("resumptionToken", "")
        if place == "b":
            reached.set()
            release.wait(20)
        first = {"": 1, "a": 2, "b": 3}[place]
        works = [work(f"26{first:02d}.{n:05d}") for n in range(1, 4)]
        send(handler, shape.oai(works, {"": "a", "a": "b", "b": ""}[place]))

    world.services.routes["/arxiv_oai/oai"] = pages
    world.follow("oai:cs")
    task = asyncio.ensure_future(world.sync())
    await asyncio.to_thread(reached.wait, 20)
    began = time.monotonic()
    task.cancel()
    report = await task
    assert isinstance(report, SyncReport)
    assert report.cancelled
    assert time.monotonic() - began < 2
    release.set()
    assert len(world.papers()) == 6
    assert world.do(lambda store: store.log(1)[0]).summary.endswith("stopped")
    report = await world.sync()
    assert (report.total("new"), report.cancelled) == (3, False)


async def test_a_sync_whose_program_died_can_be_undone(world):
    def die(store):
        run = store.begin_sync(Manner())
        fields = Fields(title="A paper that came before the end")
        draft = PaperDraft((SourceRecord("feed", "k", "2026-11-20T00:00:00Z", "x", fields),))
        run.take(store.feed("cs.LG"), [draft], {"day": "2026-11-20"})
        run.holding.close()

    world.follow("cs.LG")
    world.do(die)
    assert world.do(lambda store: len(store.stopped_changes())) == 1
    world.services.routes[FEED] = lambda handler, _path, _query: send(handler, GOOD)
    await world.sync()
    groups = world.do(lambda store: store.log(2))
    assert [one.summary for one in groups][1].endswith("stopped half-way")
    world.do(lambda store: store.undo())
    world.do(lambda store: store.undo())
    assert not world.papers()


async def test_what_a_rule_did_to_a_page_that_failed_is_not_counted(world):
    @contextlib.contextmanager
    def full(store):
        with store.write():
            yield
            raise OSError("no space left")

    def twice(store):
        run = store.begin_sync(Manner((Rule("is:unread", "tag +x"),)))
        fields = Fields(title="A paper that came twice")
        draft = PaperDraft((SourceRecord("feed", "k", "2026-11-20T00:00:00Z", "x", fields),))
        run._write = lambda: full(store)
        with pytest.raises(OSError, match="no space"):
            run.take(store.feed("cs.LG"), [draft], None)
        run._write = store.write
        run.take(store.feed("cs.LG"), [draft], None)
        run.finish("synced")
        run.holding.close()

    world.follow("cs.LG")
    world.do(twice)
    groups = world.do(lambda store: store.log(3))
    assert [one.papers for one in groups if one.actor == "rule"] == [1]


async def test_a_proxy_looks_hosts_up_and_private_addresses_stay_refused(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert await public_addresses(("http", "journal.example", 80)) == ["journal.example"]
    for host in ("10.0.0.1", "169.254.169.254", "::1", "localhost", "2130706433"):
        with pytest.raises(FetchError, match="into this machine"):
            await public_addresses(("http", host, 80))


async def test_a_sync_that_is_stopped_while_it_begins_leaves_nothing_open(world):
    world.follow("cs.LG")
    task = asyncio.ensure_future(world.sync())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    assert world.do(lambda store: store.stopped_changes()) == []
    assert world.do(lambda store: store._importing.free())
