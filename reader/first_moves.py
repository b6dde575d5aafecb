"""The cursor of the picture, moved by keys before the program is there, and the prompt behind them.

Beside the picture stand the lines of its list, some beyond the screen too, and its rows as they are
with the cursor on them. While only keys came that move by a row, and lead to one of these, the
terminal is sent what changes; a key that opens a prompt, and what is typed at that, ends the moves.
Every byte that was typed is handed to the program, which comes to the same row and text by itself;
what these leave as it was, the abstract, the scroll bar and what is found, follows.
"""

import _thread
import os
import select

from reader.first_prompt import Prompt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_KEYBOARD, _SCREEN = 0, 2
_ESCAPE = b"\x1b"
_PASTE, _PASTED = b"\x1b[200~", b"\x1b[201~"
_PATIENCE, _PASTING = 0.1, 5.0
"""Seconds that the rest of a sequence and of a pasted text may take to come, piece by piece."""


class Moves:
    """Where the cursor is in the picture, and what the keys that move it send to the terminal."""

    def __init__(self, packed: bytes) -> None:
        """Take what `pack` made.

        Raises:
            ValueError: It is damaged.
        """
        numbers, keys, *rest = packed.split(b"\0")
        (self._left, self._top, self._height, self._scroll, self._at, self._size, prompts,
         lines) = map(int, numbers.split(b" "))  # fmt: skip
        words = keys.split()
        self._steps = dict(zip(words[::2], map(int, words[1::2]), strict=True))
        self._prompt, rest = Prompt(rest[:prompts]), rest[prompts:]
        self._lines, painted, step = rest[:lines], rest[lines:], self._size + 1
        self._rows = [painted[at : at + step] for at in range(0, len(painted), step)]
        if not 0 <= self._at < len(self._rows) or len(self._lines) < self._size * len(self._rows):
            raise ValueError("rows without lines")
        self._terminal = os.get_terminal_size(_SCREEN)
        self._lock = _thread.allocate_lock()

    def press(self, typed: bytes) -> bytes:
        """Show where keys lead, the first other one ends that; the beginning of one not whole."""
        while typed:
            if self._show(self._prompt.press(typed[:1])):
                typed = typed[1:]
                continue
            key = next(filter(typed.startswith, self._steps), b"")
            if self._prompt.is_open:
                self.end()
                break
            if not key and any(one.startswith(typed) for one in self._steps):
                return typed
            if not self._step(self._steps.get(key, 0)):
                self.end()
                break
            typed = typed[len(key) :]
        return b""

    def _step(self, step: int) -> bool:
        target = self._at + step
        if not step or not 0 <= target < len(self._rows):
            return False
        scroll = self._scrolled_to(target)
        seen = 0 <= scroll <= len(self._lines) - self._height
        if not seen or not self._show(self._painted(target, scroll)):
            return False
        self._at, self._scroll = target, scroll
        return True

    def _show(self, painted: bytes) -> bool:
        """Send the terminal something, unless that is over; whether it was sent."""
        with self._lock:
            if not (painted and self._steps) or os.get_terminal_size(_SCREEN) != self._terminal:
                return False
            os.write(_SCREEN, painted)
            return True

    def _scrolled_to(self, row: int) -> int:
        """The first line on screen, scrolled as little as shows a row."""
        first = row * self._size
        return min(first, max(self._scroll, first + self._size - self._height))

    def _painted(self, target: int, scroll: int) -> bytes:
        """What the terminal is sent for another row and another place of the list."""
        old, new = self._at * self._size, target * self._size
        *row, around = self._rows[target]
        whole = range(scroll, scroll + self._height)
        changed = range(old, old + self._size) if scroll == self._scroll else whole
        shown = {line: self._lines[line] for line in changed} | dict(enumerate(row, new))
        return around + b"".join(
            b"\x1b[%d;%dH%b" % (self._top + line - scroll + 1, self._left + 1, text)
            for line, text in shown.items()
            if line in whole
        )

    def end(self) -> None:
        """Show nothing any more."""
        with self._lock:
            self._steps = {}


def pack(
    numbers: "Sequence[int]",
    steps: "Mapping[str, int]",
    prompts: "Sequence[str]",
    lines: "Sequence[str]",
    rows: "Sequence[Sequence[str]]",
) -> str:
    """The moves as they are kept.

    Args:
        numbers: The list's left and top cell and its height on screen, its first line there, the
            row of its cursor, and the lines of a row.
        steps: How far each key leads, by what the terminal sends for it.
        prompts: The fields of the prompts, as `first_prompt.fields_of` has them.
        lines: Those of the rows without the cursor, the first row's first.
        rows: The lines of each row with the cursor, and what else is painted then, placed.
    """
    keys = " ".join(f"{key} {step}" for key, step in steps.items())
    told = " ".join(map(str, (*numbers, len(prompts), len(lines))))
    return "\0".join([told, keys, *prompts, *lines, *(text for row in rows for text in row)])


class Typed:
    """What is typed while the picture is shown, read on a thread until the program reads."""

    def __init__(self, moves: Moves) -> None:
        self.moves = moves
        self._typed = b""
        self._wake, self._waker = os.pipe()
        self._reading = _thread.allocate_lock()
        self._reading.acquire()
        _thread.start_new_thread(self._read, ())

    def _read(self) -> None:
        waiting = b""
        try:
            while self._wake not in select.select([_KEYBOARD, self._wake], [], [])[0]:
                read = os.read(_KEYBOARD, 4096)
                if not read:
                    break
                self._typed += read
                waiting = self.moves.press(waiting + read)
        except OSError:
            self.moves.end()  # the terminal is gone
        finally:
            self._reading.release()

    def stop(self) -> bytes:
        """Read no more; what was typed."""
        os.write(self._waker, b".")
        with self._reading:
            os.close(self._wake)
            os.close(self._waker)
        return self._typed

    def end(self) -> bytes:
        """Read no more; all that was typed, to the end of what had begun.

        What never ends is cut: a pasted text is pasted as far as it came, a sequence is dropped.
        """
        typed = self.stop()
        if _patience(typed):
            self.moves.end()
        while (patience := _patience(typed)) and (more := _soon(patience)):
            typed += more
        if patience == _PASTING:
            return typed + _PASTED
        head, escape, sequence = typed.rpartition(_ESCAPE)
        return head if patience and escape and sequence else typed


def _soon(patience: float) -> bytes:
    come = select.select([_KEYBOARD], [], [], patience)[0]
    return os.read(_KEYBOARD, 4096) if come else b""


def _patience(typed: bytes) -> float:
    """How long to wait for more: typed bytes may end within a paste, a sequence, a character."""
    if typed.rfind(_PASTE) > typed.rfind(_PASTED):
        return _PASTING
    _, escape, sequence = typed[-32:].rpartition(_ESCAPE)
    if escape and not sequence.strip(b"[O<0123456789;:?"):
        return _PATIENCE
    try:
        typed.decode()
    except UnicodeDecodeError as error:
        return _PATIENCE if error.reason == "unexpected end of data" else 0
    return 0
