"""The terminal stops, shrinks, goes away: the program follows, and gives back what it took."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from tests.journeys.terminal import Terminal
from tests.library.states import problems

pytestmark = pytest.mark.heavy


@pytest.fixture
def opened(library_path):
    running = []

    def start(*arguments, **options):
        running.append(Terminal("--library", library_path, *arguments, **options))
        running[-1].until("Sample shelf")
        return running[-1]

    yield start
    for terminal in running:
        terminal.close()


def test_a_storm_of_resizes_ends_in_the_right_picture(opened):
    terminal = opened()
    chance = random.Random(3)
    for _ in range(150):
        terminal.resize(chance.choice([0, 1, 20, 56, 80, 120, 200]), chance.choice([0, 1, 8, 50]))
        terminal.pump(0.01)
    terminal.resize(100, 30)
    terminal.until("There Will Be a Scientific")
    terminal.press("j", "q", quiet=0.3)
    assert terminal.wait() == 0
    assert b"Traceback" not in terminal.raw


def test_stopped_and_continued(opened, library_path):
    terminal = opened()
    terminal.press("s")
    terminal.until("starred")
    terminal.send("\x1a")
    deadline = time.monotonic() + 10
    stopped = False
    while not stopped and time.monotonic() < deadline:
        terminal.pump(0.05)
        pid, status = os.waitpid(terminal.pid, os.WNOHANG | os.WUNTRACED)
        stopped = bool(pid) and os.WIFSTOPPED(status)
    assert stopped
    assert b"\x1b[?1049l" in terminal.raw, "the terminal is given back meanwhile"
    other = [sys.executable, "-m", "reader", "--library", library_path, "later", "pan2025cmt"]
    assert subprocess.run(other, check=False, capture_output=True).returncode == 0
    terminal.kill(signal.SIGCONT)
    terminal.until("1 later")
    terminal.press("j", "q", quiet=0.3)
    assert terminal.wait() == 0


@pytest.mark.parametrize("ignoring", [False, True], ids=["plain", "under nohup"])
def test_a_closed_terminal_ends_the_program(library_path, ignoring):
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN if ignoring else signal.SIG_DFL)
    try:
        terminal = Terminal("--library", library_path)
    finally:
        signal.signal(signal.SIGHUP, before)
    terminal.until("Sample shelf")
    terminal.press("s")
    terminal.until("starred")
    os.close(terminal._file)
    began = time.monotonic()
    ended = 0
    while not ended and time.monotonic() - began < 8:
        ended, _status = os.waitpid(terminal.pid, os.WNOHANG)
        time.sleep(0.05)
    if not ended:
        os.kill(terminal.pid, signal.SIGKILL)
        os.waitpid(terminal.pid, 0)
    assert ended, "it went on without a terminal"
    assert problems(library_path) == []


ENVIRONMENTS = {
    "no home": {"HOME": None, "XDG_DATA_HOME": None, "XDG_STATE_HOME": None,
                "XDG_CONFIG_HOME": None},
    "home is not there": {"HOME": "/nonexistent", "XDG_STATE_HOME": None,
                          "XDG_CONFIG_HOME": None},
    "no locale": {"LC_ALL": "C", "LANG": None, "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
    "dumb": {"TERM": "dumb"},
    "no terminal named": {"TERM": None},
    "no width": {"COLUMNS": "0", "LINES": "0"},
}  # fmt: skip


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_commands_work_in_poor_surroundings(library_path, name, shelf):
    shelf.close()
    changes = ENVIRONMENTS[name]
    environment = {key: value for key, value in os.environ.items() if key not in changes}
    environment |= {key: value for key, value in changes.items() if value is not None}
    for command in (["list", "théory OR scaling"], ["star", "pan2025cmt"], ["doctor"], ["log"]):
        done = subprocess.run(
            [sys.executable, "-m", "reader", "--library", library_path, *command],
            env=environment, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, (command, done.stderr)
        assert b"Traceback" not in done.stderr
