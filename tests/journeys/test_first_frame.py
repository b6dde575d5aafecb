"""The picture of the last time is on the screen at once, and never a wrong one."""

import random
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from reader import first_frame
from reader.paths import state_folder
from reader.tui.screens.previewing import SEEN_AFTER
from tests.journeys.terminal import Terminal

pytestmark = pytest.mark.heavy

PICTURE = first_frame._BEGIN


HOLD = """import os, sys, time
class Hold:
    def find_spec(self, name, path=None, target=None):
        while name == "sqlite3" and os.path.exists({!r}):
            time.sleep(0.05)
sys.meta_path.insert(0, Hold())
"""
"""What keeps the program from coming as long as a file is there."""


@pytest.fixture
def home(tmp_path, monkeypatch):
    (tmp_path / "path").mkdir()
    code = HOLD.format(str(tmp_path / "hold"))
    (tmp_path / "path" / "sitecustomize.py").write_text(code)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "path"))
    for name in ("DATA", "STATE", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    return tmp_path


@pytest.fixture
def start(home):
    running = []

    def begin(*arguments, quiet=0.06, **options):
        running.append(Terminal(*arguments, **options))
        while not running[-1].raw:
            running[-1].pump(0.01)
        if quiet:
            running[-1].rest(quiet)
        return running[-1]

    yield begin
    for terminal in running:
        terminal.close()


def cells(terminal):
    screen = terminal.screen
    return [[screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines)]


def states_unlike(terminal, first, look=cells):
    """How many states of what one looks at, until the program has painted, are not the first."""
    wrong, seen, begun = 0, len(terminal.raw), len(terminal.raw)
    end = time.monotonic() + 10
    while time.monotonic() < end:
        terminal.pump(0.004)
        if len(terminal.raw) != seen:
            if seen - begun < 4_000 <= len(terminal.raw) - begun:
                end = time.monotonic() + 0.4
            seen = len(terminal.raw)
            wrong += look(terminal) != first
    return wrong


def leave(terminal, *keys):
    terminal.until("unread")
    terminal.press(*keys, quiet=0.25)
    if keys:  # the paper under the cursor counts as seen, and does not become so the next time
        terminal.pump(SEEN_AFTER + 0.25)
    terminal.send("q")
    assert terminal.wait() == 0


def leave_a_picture(start, *keys, **options):
    """Leave, again where the machine was too busy for a picture: leaving does not wait for it."""
    leave(start(**options), *keys)
    for _again in range(5):
        if kept():
            return
        leave(start(**options))
    raise AssertionError("there is never a picture")


@pytest.fixture
def left(start):
    """A program that was left on the third paper, with its picture."""
    leave_a_picture(start, "s", "u", "j", "j")


def kept():
    return (state_folder() / "first-frame").exists()


@pytest.mark.parametrize(
    "keys",
    [("x", "x", "m", "l"), ("g", "a", "z", "g", "G", "h"), ("t", "a\r", "z", "d", "j")],
    ids=" ".join,
)
def test_the_picture_is_what_the_program_then_shows(left, start, keys):
    leave_a_picture(start, *keys)
    terminal = start()
    assert terminal.raw.startswith(PICTURE)
    assert not kept(), "it is used once"
    first = cells(terminal)
    size = len(terminal.raw)
    assert states_unlike(terminal, first) == 0
    assert len(terminal.raw) > size, "the program has painted too"
    leave(terminal)


def test_the_picture_of_one_pane_is_the_list(start):
    size = (56, 16)
    leave_a_picture(start, "s", "u", "j", "l", size=size)
    leave_a_picture(start, "l", "j", size=size)
    terminal = start(size=size)
    assert terminal.raw.startswith(PICTURE)
    assert states_unlike(terminal, cells(terminal)) == 0
    leave(terminal)


@pytest.mark.parametrize("key", ["q", "Q", "\x11"])
def test_every_way_out_keeps_the_picture(left, start, key):
    for _again in range(5):
        terminal = start()
        terminal.until("unread")
        terminal.rest(0.25)
        terminal.send(key)
        assert terminal.wait() == 0
        if kept():
            return
    raise AssertionError("there is never a picture")


def test_keys_behind_the_last_one_change_nothing(left, start):
    terminal = start()
    terminal.until("unread")
    terminal.rest(0.5)
    terminal.send("qxxx")
    assert terminal.wait() == 0
    run = [sys.executable, "-m", "reader", "list", "is:skipped"]
    assert subprocess.run(run, check=False, capture_output=True).stdout == b""


def test_a_dialog_asked_for_over_the_picture_comes_and_goes(left, start):
    terminal = start()
    assert terminal.raw.startswith(PICTURE)
    first = terminal.text()
    terminal.send("?")
    terminal.until("Keys of the list")
    terminal.send("\x1b")
    terminal.until_not("Keys of the list")
    terminal.until(first)
    leave(terminal)


def test_keys_typed_over_the_picture_count_and_do_not_show(left, start):
    terminal = start()
    assert terminal.raw.startswith(PICTURE)
    terminal.until("/20")
    first, size = cells(terminal), len(terminal.raw)
    for key in ("j", "\x1b[B", "j", "k", "\x13", "j"):
        terminal.send(key)
        terminal.pump(0.02)
        if len(terminal.raw) - size < 100:  # what the program itself writes is more
            assert cells(terminal) == first, "nothing echoes"
    terminal.until("6/20")
    leave(terminal)


def listed(terminal):
    """The cells of the list, its scroll bar aside, and of the line above that tells the place."""
    left, right = (18, 61) if terminal.screen.columns == 120 else (0, 35)
    return [row[left:right] for row in cells(terminal)]


def held_picture(start, home, **options):
    """A picture whose program does not come as long as the file is there."""
    (home / "hold").touch()
    terminal = start(quiet=0.2, **options)
    assert terminal.raw.startswith(PICTURE)
    return terminal


def let_come(terminal, home):
    """Let the program come; how many states of the list differ until it has painted."""
    (home / "hold").unlink()
    return states_unlike(terminal, listed(terminal), listed)


DOWN, UP = ("j", "\x1b[B", "\x1bOB"), ("k", "\x1b[A", "\x1bOA")


@pytest.mark.parametrize(
    ("keys", "options"),
    [((), {}), (("z", "d", "G", "k"), {"size": (120, 24)}), (("j",), {"size": (56, 16)})],
    ids=["at the top", "denser at the end", "one pane"],
)
def test_keys_move_the_cursor_of_the_picture_as_the_program_will(start, home, keys, options):
    leave_a_picture(start, *keys, **options)
    terminal = held_picture(start, home, **options)
    before = listed(terminal)
    ways = (UP, DOWN) if "G" in keys else (DOWN, UP)
    pressed = random.Random(f"{keys}").choices([*ways[0], *ways[0], *ways[1]], k=8)
    for key in (*ways[0], *pressed, *ways[0][:1] * 3):
        terminal.send(key)
        terminal.pump(0.03)
    moved = listed(terminal)
    assert moved != before, "the picture answers"
    assert let_come(terminal, home) == 0, "and the program shows just that"
    leave(terminal)


@pytest.mark.parametrize(
    ("key", "name", "options"),
    [
        ("/", "/ Sample shelf", {}),
        ("f", "f Everything", {}),
        ("/", "/ Sample shelf", {"size": (56, 16)}),
    ],
    ids=["filter", "find", "one pane"],
)
def test_what_is_typed_at_a_prompt_shows_in_the_picture_as_in_the_program(
    start, home, key, name, options
):
    leave_a_picture(start, "s", "u", "j", **options)
    terminal = held_picture(start, home, **options)
    for one in ("j", key, *"scalinx", "\x7f", "g"):
        terminal.send(one)
        terminal.pump(0.03)
    assert terminal.text().splitlines()[-2] == f" {name} › scaling"
    before, typed = below(terminal), len(f" {name} › scaling")

    def prompt(terminal):  # behind the text the cursor blinks, and a note comes
        return below(terminal)[0][:typed]

    (home / "hold").unlink()
    assert states_unlike(terminal, prompt(terminal), prompt) == 0
    terminal.until("of 20")
    terminal.rest(0.4)
    assert before[1] == below(terminal)[1]
    terminal.send("\x1b")
    terminal.until_not("Esc cancel")
    leave(terminal)


def test_a_command_is_typed_in_the_picture_and_run_by_the_program(left, start, home):
    terminal = held_picture(start, home)
    terminal.send(":")
    terminal.pump(0.03)
    assert "bib-toggle" in terminal.text(), "what there is"
    for one in "star":
        terminal.send(one)
        terminal.pump(0.03)
    assert "bib-toggle" not in terminal.text(), "what there is that begins so, is not known"
    assert terminal.text().splitlines()[-2] == " :star"

    def prompt(terminal):
        return below(terminal)[0][: len(" :star")]

    (home / "hold").unlink()
    assert states_unlike(terminal, prompt(terminal), prompt) == 0
    terminal.send("\r")
    terminal.until("starred “")
    leave(terminal)


def below(terminal):
    """What one sees in the two lines below the panes: the prompt and the footer."""
    return [[(cell.data, cell.bg, cell.fg if cell.data.strip() else "") for cell in line]
            for line in cells(terminal)[-2:]]  # fmt: skip


def test_keys_in_parts_others_and_what_is_pasted_come_in_their_order(left, start, home):
    terminal = held_picture(start, home)
    for part in ("\x1b", "[B", "\x1b[", "B"):
        terminal.send(part)
        terminal.pump(0.03)
    assert "5/20" in terminal.text()
    for part in ("s", "j", "/", "\x1b[200~deep ", "lear", "ning\x1b[201~", "é"):
        terminal.send(part)  # the star moves nothing, and ends what the picture knows
        terminal.pump(0.03)
    assert "5/20" in terminal.text()
    (home / "hold").unlink()
    terminal.until("deep learningé")
    terminal.send("\x1b")
    terminal.until("6/20")
    leave(terminal)
    run = [sys.executable, "-m", "reader", "list", "is:starred", "--format", "ids"]
    assert len(subprocess.run(run, check=False, capture_output=True).stdout.split()) == 1


def test_a_changed_library_means_an_ordinary_start(left, start):
    run = [sys.executable, "-m", "reader", "star", "pan2025cmt"]
    assert subprocess.run(run, check=False, capture_output=True).returncode == 0
    terminal = start(quiet=0)
    assert not terminal.raw.startswith(PICTURE)
    assert states_unlike(terminal, cells(terminal)) > 0
    leave(terminal)


def test_the_terminal_is_given_back_when_the_program_never_comes(left, start, home):
    (home / "hold").touch()
    picture = Path(first_frame._file()).read_bytes()
    for how, code in (("\x03", 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)):
        Path(first_frame._file()).write_bytes(picture)
        terminal = start(quiet=0.3)
        assert terminal.raw.startswith(PICTURE)
        assert not termios.tcgetattr(terminal._file)[3] & termios.ECHO
        if isinstance(how, str):
            terminal.send(how)
        else:
            terminal.kill(how)
        assert terminal.wait() in (code, 128 - code), "a shell says the same of both"
        assert terminal.raw.endswith(first_frame._END)
        assert b"Traceback" not in terminal.raw


def test_what_keeps_the_program_from_coming_is_told_where_it_stays(left, start, home):
    terminal = held_picture(start, home)
    for file in (home / "DATA").rglob("*.db"):
        file.write_bytes(b"no library any more" * 1_000)
    (home / "hold").unlink()
    assert terminal.wait() == 5
    assert terminal.raw.rfind(first_frame._END) < terminal.raw.rfind(b"is not a paper library")


def test_the_terminal_is_as_it_was_when_one_leaves(left, start):
    plain = start()
    leave(plain)
    terminal = start()
    assert terminal.raw.startswith(PICTURE)
    leave(terminal)
    after = [termios.tcgetattr(one._file) for one in (plain, terminal)]
    assert after[0] == after[1]
    assert after[1][3] & termios.ECHO
