import json
import random
import signal
import subprocess
import sys
import time

import pytest

from reader.import_report import Options
from reader.importing import import_files, import_samples
from reader.library.store import Store
from reader.model.query import Query
from tests.library.states import contents, problems

pytestmark = pytest.mark.heavy

TAG_IN_A_LOOP = """
import sys
from pathlib import Path
from reader.library.store import Store
from reader.model.change import TagChange
from reader.model.query import Query

store = Store(Path(sys.argv[1]))
papers = tuple(store.matching(Query()))
print("ready", flush=True)
for number in range(10_000):
    store.apply(TagChange(papers, add=(f"tag{number}",)))
    print(number, flush=True)
"""

CHANGE_AND_UNDO = """
import sys
from pathlib import Path
from reader.library.store import Store
from reader.model.change import TagChange
from reader.model.query import Query

store = Store(Path(sys.argv[1]))
papers = tuple(store.matching(Query()))
for number in range(40):
    store.apply(TagChange(papers, add=(f"{sys.argv[2]}{number}",)))
store.close()
"""


def snapshot(path, count):
    """A snapshot of made-up papers, as large as an import of some seconds."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            record = {"id": f"2301.{number:05}", "title": f"A made-up paper with number {number}",
                      "abstract": f"We look at thing {number} with $x^{{{number}}}$. " * 8,
                      "authors": "Ann Lee, Bo Kim", "categories": "cs.LG"}  # fmt: skip
            file.write(json.dumps(record) + "\n")
    return path


def test_an_import_killed_at_any_moment_is_all_or_nothing(library_path, tmp_path):
    papers = snapshot(tmp_path / "papers.jsonl", 3_000)
    store = Store(library_path)
    import_samples(store)
    store.close()
    before = contents(library_path)
    rng = random.Random(1)
    killed = 0
    for _ in range(8):
        child = subprocess.Popen(
            [sys.executable, "-m", "reader", "--library", library_path, "import", papers],
            stderr=subprocess.DEVNULL,
        )
        time.sleep(rng.uniform(0.3, 2.2))
        child.send_signal(signal.SIGKILL)
        killed += child.wait() == -signal.SIGKILL
        assert problems(library_path) == []
        if contents(library_path) != before:
            with_all = Store(library_path)
            assert with_all.counts()["all"] == 3_020
            with_all.undo()
            with_all.close()
            assert contents(library_path) == before
    assert killed
    store = Store(library_path)
    import_files(store, [(papers, "p")], Options())
    assert store.counts()["all"] == 3_020
    store.close()
    assert problems(library_path) == []


def test_tagging_killed_at_any_moment_loses_nothing_that_was_confirmed(library_path):
    store = Store(library_path)
    import_samples(store)
    store.close()
    rng = random.Random(2)
    for _ in range(6):
        child = subprocess.Popen(
            [sys.executable, "-c", TAG_IN_A_LOOP, library_path], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout.readline() == "ready\n"
        time.sleep(rng.uniform(0.05, 0.6))
        child.send_signal(signal.SIGKILL)
        confirmed = child.stdout.read().split()
        child.stdout.close()
        child.wait()
        assert problems(library_path) == []
        store = Store(library_path)
        tags = {tag.name: tag.papers for tag in store.tags()}
        assert all(tags[f"tag{number}"] == 20 for number in confirmed)
        assert set(tags.values()) <= {20}
        while store.undo().group:
            pass
        assert store.tags() == []
        store.close()


def test_two_processes_change_one_library_without_loss(library_path):
    store = Store(library_path)
    import_samples(store)
    running = [
        subprocess.Popen([sys.executable, "-c", CHANGE_AND_UNDO, library_path, name])
        for name in ("ours", "theirs")
    ]
    reads = 0
    while any(one.poll() is None for one in running):
        assert len(store.rows(store.matching(Query()))) == 20  # readers are never blocked
        reads += 1
    assert [one.wait() for one in running] == [0, 0]
    assert reads
    assert {tag.papers for tag in store.tags()} == {20}
    assert len(store.tags()) == 80
    assert len(store.log(999)) == 81
    assert store.check() == []
    store.close()
