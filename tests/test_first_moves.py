"""Keys over the picture of the last time: what they send, and what the program is handed."""

import os
import threading
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import first_moves
from reader.first_moves import Moves, Typed, pack
from reader.first_prompt import fields_of

SIZE, ROWS, HEIGHT = 2, 9, 7
STEPS = {"j": 1, "\x1b[B": 1, "k": -1}


PROMPTS = (
    *fields_of("/", 4, "<filter>", "<at 9>", "[x]", "_"), *fields_of("f", 4, "<find>", "", "x", "_")
)  # fmt: skip


def packed(cursor=3, scroll=2, steps=None):
    lines = [f"plain {line}" for line in range(SIZE * ROWS)]
    rows = [[f"lit {row}.{line}" for line in range(SIZE)] + [f"<{row}>"] for row in range(ROWS)]
    numbers = (10, 5, HEIGHT, scroll, cursor, SIZE)
    return pack(numbers, STEPS if steps is None else steps, PROMPTS, lines, rows).encode()


@pytest.fixture
def terminal(monkeypatch):
    """A keyboard and a screen that are pipes: what was written to the screen, and the keyboard."""
    keyboard, keys = os.pipe()
    screen, painted = os.pipe()
    os.set_blocking(screen, False)
    monkeypatch.setattr(first_moves, "_KEYBOARD", keyboard)
    monkeypatch.setattr(first_moves, "_SCREEN", painted)
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((80, 24)))

    def seen():
        with suppress(BlockingIOError):
            return os.read(screen, 65536).decode()
        return ""

    yield keys, seen
    for file in (keyboard, keys, screen, painted):
        os.close(file)


def test_the_rows_that_change_are_painted_where_they_are(terminal):
    _, seen = terminal
    moves = Moves(packed())
    assert moves.press(b"j") == b""
    assert seen() == seen_of(4, 3)
    moves.press(b"k")
    assert seen() == seen_of(3, 3, old=4)


def seen_of(row, scroll, old=None):
    """What a row sends, with another one painted plain or, where it scrolls, all of them."""
    begin, many = (scroll, HEIGHT) if old is None else (old * SIZE, SIZE)
    shown = {line: f"plain {line}" for line in range(begin, begin + many)}
    shown |= {row * SIZE + line: f"lit {row}.{line}" for line in range(SIZE)}
    return f"<{row}>" + "".join(
        f"\x1b[{5 + line - scroll + 1};11H{text}" for line, text in shown.items()
    )


def test_it_scrolls_as_little_as_shows_the_row(terminal):
    _, seen = terminal
    moves = Moves(packed(cursor=3, scroll=2))
    moves.press(b"jj\x1b[B")
    assert seen() == seen_of(4, 3) + seen_of(5, 5) + seen_of(6, 7)
    moves.press(b"kkk")
    assert seen() == seen_of(5, 7, old=6) + seen_of(4, 7, old=5) + seen_of(3, 6)


def test_a_key_that_is_no_move_or_leads_out_ends_it(terminal):
    _, seen = terminal
    for keys in (b"xj", b"5j", b"\x1bj", b"\xc3\xa9j"):
        moves = Moves(packed())
        moves.press(keys)
        moves.press(b"j")
        assert seen() == "", keys
    moves = Moves(packed(cursor=ROWS - 1, scroll=11))
    moves.press(b"jk")
    assert seen() == ""
    assert Moves(packed(steps={})).press(b"j") == b""


def test_a_prompt_opens_and_shows_what_is_typed(terminal):
    _, seen = terminal
    moves = Moves(packed())
    moves.press(b"j/")
    assert seen() == seen_of(4, 3) + "<filter>"
    moves.press(b"a j")
    assert seen() == "<at 9>[a]_[ ]<at 9>[a ]_[ ]<at 9>[a j]_[ ]"
    moves.press(b"\x7f")
    assert seen() == "<at 9>[a ]_[ ]"
    moves.press(b"\x7f\x7f\x7ff")
    assert seen() == "<at 9>[a]_[ ]<at 9>[]_[ ]<at 9>[]_[ ]<at 9>[f]_[ ]"


@pytest.mark.parametrize("ending", ["\r", "\x1b", "\x1b[B", "é", "\t", "bcde"])
def test_what_is_no_letter_or_does_not_fit_ends_the_prompt(terminal, ending):
    _, seen = terminal
    moves = Moves(packed())
    moves.press(b"fa")
    begun = seen()
    assert begun == "<find>a_ "
    moves.press(ending.encode())
    assert seen() == ("" if len(ending) < 4 else "ab_ abc_ abcd_ ")
    moves.press(b"j/")
    assert seen() == ""


def test_a_key_may_come_in_parts(terminal):
    _, seen = terminal
    moves = Moves(packed())
    assert moves.press(b"\x1b[") == b"\x1b["
    assert moves.press(b"\x1b[B") == b""
    assert seen() == seen_of(4, 3)


def test_another_size_of_the_terminal_ends_it(terminal, monkeypatch):
    _, seen = terminal
    moves = Moves(packed())
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((100, 24)))
    moves.press(b"j")
    assert seen() == ""


@given(st.binary(max_size=200) | st.integers(0, 400).map(lambda end: packed()[:end]))
def test_damaged_moves_are_refused(data):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((80, 24)))
        with suppress(ValueError):
            Moves(data)


def test_all_that_was_typed_is_handed_over(terminal):
    keys, seen = terminal
    typed = Typed(Moves(packed()))
    os.write(keys, b"jxk\xc3")
    threading.Timer(0.02, os.write, (keys, b"\xa9")).start()
    while not typed._typed:
        pass
    assert typed.end() == "jxké".encode()
    assert seen() == seen_of(4, 3)


@pytest.mark.parametrize(("begun", "rest", "whole"), [
    (b"\x1b[200~some", b" text\x1b[201~x", b"\x1b[200~some text\x1b[201~x"),
    (b"\x1b[200~some", b"", b"\x1b[200~some\x1b[201~"),
    (b"j\x1b[1", b";5A", b"j\x1b[1;5A"),
    (b"j\x1b[1", b"", b"j"),
    (b"j\x1b", b"", b"j\x1b"),
])  # fmt: skip
def test_what_had_begun_comes_to_its_end_or_is_cut(terminal, monkeypatch, begun, rest, whole):
    monkeypatch.setattr(first_moves, "_PASTING", 0.2)
    keys, _ = terminal
    typed = Typed(Moves(packed()))
    os.write(keys, begun)
    while not typed._typed:
        pass
    if rest:
        threading.Timer(0.05, os.write, (keys, rest)).start()
    assert typed.end() == whole
