"""What is painted bit by bit is what is painted at once."""

import random

import pytest

from tests.journeys.terminal import Terminal

_KEYS = ("j", "j", "k", "\x04", "\x15", "G", "g", "g", "m", "s", "w", "u", "h", "l", "l", "h", "J",
         "\x1b[6~", "\x1b[5~", "v", "z", "d", "c", "\t")  # fmt: skip


def _cells(terminal):
    screen = terminal.screen
    return [[screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines)]


@pytest.mark.heavy
def test_what_is_painted_bit_by_bit_is_what_is_painted_at_once(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    size = (120, 36)
    terminal = Terminal(size=size)
    try:
        terminal.until("Inbox")
        chance = random.Random(7)
        for _ in range(2):
            terminal.press(*chance.choices(_KEYS, k=15), quiet=0.04)
            terminal.press("\x1b", quiet=1.8)  # and what is on screen counts as seen
            before = _cells(terminal)
            terminal.resize(size[0] - 1, size[1])
            terminal.rest(0.5)
            terminal.resize(*size)
            terminal.rest(0.5)
            assert before == _cells(terminal)
    finally:
        terminal.close()
