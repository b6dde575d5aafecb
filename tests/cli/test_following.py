"""Following from the command line: what is printed, kept and answered with which code."""

import fcntl
import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.sync import services as shape
from tests.sync.services import send, serving, work

FEED = "/arxiv_rss/rss/cs.LG"


@pytest.fixture
def services(tmp_path, monkeypatch):
    with serving() as told:
        config = tmp_path / "config" / "paper-reader" / "config.toml"
        config.parent.mkdir(parents=True)
        rule = "[[rule]]\nwhen = 'lattice'\ndo = 'tag +follow'\n"
        config.write_text(f"{told.config()}\n{rule}")
        monkeypatch.setattr("reader.sources.fetch.patience.SPACING", {})
        monkeypatch.setattr("reader.sources.fetch.patience._USUAL_SPACING", 0.0)
        yield told


def answers(body, kind="application/xml", status=200):
    return lambda handler, _path, _query: send(handler, body, status, kind)


def test_feeds_are_followed_asked_and_left(cli, services):
    assert cli("sync")[0] == 0, "nothing to ask is no failure"
    assert cli("feed", "add", "cs.LG", "math.CO", "hf:weekly")[0] == 0
    assert cli("feed", "add", "cs.XX")[0] == 2
    services.routes[FEED] = answers(shape.rss([work("2611.00001", "On the lattice of things"),
                                               work("2611.00002")]))  # fmt: skip
    services.routes["/huggingface"] = answers(b"[]", "application/json")
    code, out, _ = cli("sync", "--json")
    told = json.loads(out)
    assert (code, told["schema"], told["new"], told["updated"], told["merged"]) == (3, 1, 2, 0, 0)
    feeds = {one["feed"]: one for one in told["feeds"]}
    assert {"feed", "new", "updated", "merged", "error", "retry_at"} <= feeds["cs.LG"].keys()
    assert (feeds["cs.LG"]["error"], feeds["math.CO"]["code"]) == (None, "http 404")
    assert "tag" in cli("log")[1]
    assert "lattice" in cli("list", "tag:follow")[1]
    assert "1 of 2" in cli("rule", "test")[1]
    assert "lattice  →  tag +follow" in cli("rule", "ls")[1]

    lines = cli("feed", "ls")[1].splitlines()
    assert len(lines) == 3
    assert "failed" in next(line for line in lines if "math.CO" in line)
    assert "answered 404" in cli("feed", "health")[1]
    assert "answered 404" in cli("doctor")[1]
    assert cli("sync", "--if-older-than", "6h", "cs.LG")[0] == 0
    assert len(services.paths(FEED)) == 1, "it answered lately"
    assert cli("feed", "pause", "math.CO")[0] == 0
    assert cli("sync")[0] == 0
    assert cli("feed", "rm", "math.CO", "math.CO")[0] == 0
    assert cli("sync", "nosuch")[0] == 2


def test_feeds_go_out_and_come_in_as_opml(cli, services, tmp_path):
    cli("feed", "add", "cs.LG", "hf", "https://example.org/a.xml?b=1&c=2")
    path = tmp_path / "feeds.opml"
    assert cli("feed", "opml", path)[0] == 0
    cli("feed", "rm", "cs.LG", "hf", "https://example.org/a.xml?b=1&c=2")
    assert cli("feed", "ls")[1] == ""
    assert "3 feeds" in cli("import", path)[2]
    assert [line.split()[0] for line in cli("feed", "ls")[1].splitlines()] == [
        "cs.LG", "hf", "https://example.org/a.xml?b=1&c=2"
    ]  # fmt: skip
    everything = tmp_path / "all.jsonl"
    services.routes[FEED] = answers(shape.rss([work("2611.00001")]))
    cli("sync", "cs.LG")
    assert cli("export", "--to", "jsonl", "-o", everything)[0] == 0
    cli("feed", "rm", "hf")
    cli("import", everything)
    assert "hf" in cli("feed", "ls")[1]


def test_papers_are_asked_for_by_name(cli, services):
    services.routes["/arxiv_api"] = answers(
        shape.atom([work("1706.03762", "Attention Is All You Need", 5, "2017-06-12")])
    )
    code, key, _ = cli("add", "1706.03762", "--tag", "transformers", "--star")
    assert code == 0
    assert "#transformers" in cli("show", key.strip())[1]
    assert cli("add", "https://arxiv.org/abs/1706.03762")[2].startswith("it is there already")
    del services.routes["/arxiv_api"]
    code, _, err = cli("add", "2611.00009")
    assert (code, "no service knows it" in err) == (3, True)
    asked = len(services.asked)
    assert cli("add", "--offline", "2611.00009")[0] == 0
    assert len(services.asked) == asked
    services.routes["/arxiv_api"] = answers(shape.atom([work("2611.00009", "Now it is known")]))
    assert cli("complete", "2611.00009")[0] == 0
    assert "Now it is known" in cli("show", "2611.00009")[1]


def test_what_is_found_is_kept_and_what_is_not_is_told(cli, services, monkeypatch):
    for nothing in ("", "  ", "https://example.org/x"):
        assert cli("add", nothing)[0] == 2
    assert not services.asked
    assert cli("add", "長" * 100)[0] == 3, "longer than a file's name, and no service knows it"

    def some(handler, _path, query):
        known = query.get("id_list") == "2611.00001"
        send(handler, shape.atom([work("2611.00001")] if known else [], 0))

    services.routes["/arxiv_api"] = some
    monkeypatch.setattr("sys.stdin", io.StringIO("2611.00002\n\n2611.00001\n"))
    code, out, err = cli("add", "-")
    assert (code, len(out.split())) == (6, 1)
    assert "not added: 2611.00002: no service knows it" in err
    assert len(cli("list", "--format", "ids")[1].split()) == 1


def test_so_many_undos_are_told_as_a_sync_and_its_rules_need(cli, services):
    services.routes[FEED] = answers(shape.rss([work("2611.00001", "On the lattice of things")]))
    cli("feed", "add", "cs.LG")
    assert "`reader undo 2` takes it back" in cli("sync")[2]
    cli("undo", "2")
    assert cli("list")[0] == 1


def test_nothing_is_asked_offline(cli, services, monkeypatch):
    cli("feed", "add", "cs.LG")
    monkeypatch.setenv("READER_OFFLINE", "1")
    assert cli("sync")[0] == 4
    assert cli("add", "1706.03762")[0] == 4
    assert not services.asked


def test_versions_are_compared_and_the_digest_tells_of_them(cli, services, tmp_path):
    cli("feed", "add", "cs.LG")
    services.routes[FEED] = answers(shape.rss([work("2611.00001", "An old title of it")]))
    cli("sync")
    assert cli("diff", "2611.00001")[0] == 1
    later = work("2611.00001", "A new title of it", version=2, announce="replace")
    services.routes[FEED] = answers(shape.rss([later]))
    assert "1 updated" in cli("sync")[2]
    code, out, _ = cli("diff", "2611.00001")
    assert (code, "[-An old-]{+A new+} title of it" in out) == (0, True)
    same = work("2611.00001", "A new title of it", version=3, announce="replace")
    services.routes[FEED] = answers(shape.rss([same]))
    cli("sync")
    assert "are the same" in cli("diff", "2611.00001")[1]
    cli("undo")
    for form in ("ansi", "txt", "md", "html", "json"):
        code, out, _ = cli("digest", "--format", form)
        assert (code, "A new title of it" in out) == (0, True)
        assert "It works." in out, "what an abstract claims is in each"
    assert json.loads(cli("digest", "--format", "json")[1])["updated"] == 1
    assert cli("digest", "--write", tmp_path / "days", "--format", "md")[0] == 0
    (file,) = (tmp_path / "days").iterdir()
    assert file.name.endswith(".md")
    cli("undo"), cli("undo")
    assert cli("digest", "--quiet-if-empty") == (0, "", "")


def test_a_key_is_kept_where_only_its_owner_reads_it(cli, services, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("A-KEY\nA-KEY\n"))
    assert cli("config", "key", "dblp")[0] == 2
    assert cli("config", "key", "semantic_scholar")[0] == 0
    path = tmp_path / "config" / "paper-reader" / "secrets.toml"
    assert path.stat().st_mode & 0o077 == 0
    path.write_text('semantic_scholar = "CANARY"\n')
    path.chmod(0o644)
    cli("feed", "add", "cs.LG")
    code, out, err = cli("sync")
    assert (code, "can be read by others" in err, "CANARY" in out + err) == (2, True, False)


@contextmanager
def locked(library_path):
    """The library as if another program were in the middle of a change."""
    lock = os.open(library_path.with_name(f"{library_path.name}.lock"), os.O_RDWR | os.O_CREAT)
    fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(lock)


def wait_for_lock(running, library_path):
    """Until a process has stood before the lock for a moment."""
    files, seen = Path(f"/proc/{running.pid}/fd"), 0
    while seen < 5:
        assert running.poll() is None, "it waits"
        time.sleep(0.05)
        with suppress(OSError):
            opened = [one.readlink().name for one in files.iterdir()]
            seen = seen + 1 if f"{library_path.name}.lock" in opened else 0


def test_a_locked_library_is_told_in_words_and_in_the_report(
    cli, services, library_path, monkeypatch
):
    services.routes["/arxiv_rss"] = answers(shape.rss([work("2611.00001")]))
    cli("feed", "add", "cs.LG", "hf:weekly")
    monkeypatch.setattr("reader.library.writing.PATIENCE", 0.2)
    with locked(library_path):
        code, out, err = cli("sync", "--json")
    report = json.loads(out)
    assert (code, report["new"], report["change"]) == (5, 0, None)
    assert [(one["code"], "is being changed" in one["error"]) for one in report["feeds"]] == [
        ("library", True), ("library", True)]  # fmt: skip
    assert "Try again when it is done" in err
    assert json.loads(cli("sync", "cs.LG", "--json")[1])["new"] == 1


@pytest.mark.heavy
@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc to see it wait")
def test_ctrl_c_waits_for_no_other_program(cli, services, library_path):
    services.routes["/arxiv_rss"] = answers(shape.rss([work("2611.00001")]))
    cli("feed", "add", "cs.LG")
    with locked(library_path):
        running = subprocess.Popen(
            [sys.executable, "-m", "reader", "sync"], env={**os.environ},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        wait_for_lock(running, library_path)
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=20)
        assert (running.returncode, b"Traceback" in err) == (130, False), err.decode()
        assert b"another program was changing the library" in err
    code, out, _ = cli("sync", "--json")
    assert (code, json.loads(out)["new"]) == (0, 1), "nothing was lost"


@pytest.mark.heavy
def test_ctrl_c_ends_a_sync_and_keeps_what_came(cli, services, library_path):
    reached, release = threading.Event(), threading.Event()

    def hang(handler, _path, _query):
        reached.set()
        release.wait(20)
        send(handler, shape.rss([]))

    services.routes["/slow"] = hang
    services.routes["/huggingface"] = answers(shape.daily([work("2611.00001")]), "application/json")
    cli("feed", "add", "hf:weekly", f"{services.url}/slow")
    running = subprocess.Popen(
        [sys.executable, "-m", "reader", "sync"], env={**os.environ},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert reached.wait(20)
    for _ in range(100):
        if "2611" in cli("list", "--format", "ids")[1]:
            break
        time.sleep(0.1)
    running.send_signal(signal.SIGINT)
    time.sleep(0.001)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=20)
    release.set()
    assert (running.returncode, b"Traceback" in err) == (130, False)
    assert "2611.00001" in cli("list", "--format", "ids")[1]
    assert cli("undo")[0] == 0
    assert cli("list")[0] == 1
