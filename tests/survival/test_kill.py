"""Killed at every commit, and at every statement of an upgrade: whole, and repeatable."""

import json
import subprocess
import sys

import pytest

from reader.importing import import_samples
from reader.library.store import Store
from tests.library.states import contents, problems
from tests.survival.work import old_library

pytestmark = pytest.mark.heavy

# Forks a child for each number n, which is killed at its n-th chosen statement, until one ends by
# itself; after each, the library that it leaves is checked and the work repeated on a copy of it.
DRIVER = r"""
import json, os, shutil, signal, sys
from pathlib import Path

sys.path.insert(0, sys.argv[3])
import reader.library.store as store_module
from reader.library.connection import connect
from reader.importing import import_samples
from reader.library.store import Store
from tests.library.states import contents, problems
from tests.survival import work

job, folder = getattr(work, sys.argv[1]), Path(sys.argv[2])
start, after = folder / "start.db", sys.argv[4] == "after"
report = []


def fresh(name):
    path = folder / name / "library.db"
    shutil.rmtree(path.parent, ignore_errors=True)
    path.parent.mkdir()
    shutil.copy(start, path)
    return path


def run(path, kill_at):
    seen = 0

    def traced(statement):
        nonlocal seen
        if not job.counts(statement):
            due = after and seen == kill_at
        else:
            seen += 1
            due = not after and seen == kill_at
        if due:
            os.kill(os.getpid(), signal.SIGKILL)

    def watched(place, **options):
        connection = connect(place, **options)
        connection.set_trace_callback(traced)
        return connection

    store_module.connect = watched
    job.do(path)


whole = fresh("whole")
job.do(whole)
expected = job.picture(whole)
for number in range(1, 500):
    path = fresh("killed")
    child = os.fork()
    if child == 0:
        run(path, number)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    found = problems(path) if job.checked else []
    halfway = job.picture(path) not in (expected, job.picture(start))
    job.do(path)
    report.append({"killed": os.WIFSIGNALED(status), "problems": repr(found) if found else "",
                   "halfway": halfway, "repeated": job.picture(path) == expected,
                   "problems_after": repr(problems(path) or "")})
    if not os.WIFSIGNALED(status):
        break
print(json.dumps(report))
"""


def killed_everywhere(job, folder, root, when):
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, job, folder, root, when],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


@pytest.fixture
def folder(tmp_path):
    store = Store(tmp_path / "start.db", automatic_backups=False)
    import_samples(store)
    store.close()
    return tmp_path


@pytest.mark.parametrize(("job", "when", "kills"), [
    ("Importing", "before", 5), ("Importing", "after", 5), ("Tagging", "before", 1),
    ("Undoing", "before", 3), ("Undoing", "after", 2),
])  # fmt: skip
def test_killed_at_every_commit(folder, pytestconfig, job, when, kills):
    report = killed_everywhere(job, folder, str(pytestconfig.rootpath), when)
    assert len(report) == kills + 1
    assert [one["killed"] for one in report] == [True] * (len(report) - 1) + [False]
    for one in report:
        assert one["problems"] == ""
        assert one["problems_after"] == "''"
        assert one["repeated"]
        assert not one["halfway"] or job != "Tagging"


def test_an_upgrade_killed_at_any_statement_goes_on(tmp_path, pytestconfig, monkeypatch):
    old_library(tmp_path / "start.db", monkeypatch)
    report = killed_everywhere("Upgrading", tmp_path, str(pytestconfig.rootpath), "before")
    assert len(report) > 15
    for one in report:
        assert one["problems_after"] == "''"
        assert one["repeated"]
        assert not one["halfway"]


def test_the_driver_would_notice(folder):
    """A picture differs when anything does."""
    before = contents(folder / "start.db")
    store = Store(folder / "start.db", automatic_backups=False)
    store.mark_seen(store.find("kamb2024analytic"))
    store.close()
    assert contents(folder / "start.db") != before
    assert problems(folder / "start.db") == []
