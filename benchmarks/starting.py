"""From the command to the first papers, and to the first key that is answered."""

import re
import subprocess
import sys
import time
from statistics import median

from benchmarks.figures import Table
from benchmarks.terminal import FLOOR, SIZE, Timed
from reader.first_frame import forget as forget_picture

_VISIT = 1.5
"""Seconds of quiet before one leaves: all that a start fetches is there."""


def measure(command: tuple[str, ...], rounds: int) -> Table:
    """Starts without and with the picture of the last time, in turn with the floors."""
    taken: dict[str, list[tuple[float, ...]]] = {}
    for _ in range(rounds):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        taken.setdefault("python -c pass", []).append(((time.perf_counter() - start) * 1000,))
        taken.setdefault("one Static", []).append(_start(FLOOR, b"ready", b""))
        forget_picture()
        taken.setdefault("reader", []).append(_start(command, b"unread", b"q"))
        taken.setdefault("reader again", []).append(_start(command, b"unread", b"q"))
        taken.setdefault("first j", []).append((_row_moved(command),))
        for key, shown in (("/", b"accept"), ("?", b"Keys of the list")):
            taken.setdefault(f"first {key}", []).append((_opened(command, key, shown),))
    table = Table("start", base="one Static")
    for name, figures in taken.items():
        middle = (median(column) for column in zip(*figures, strict=True))
        table.rows[name] = dict(zip(("wall ms", "CPU ms", "MB"), middle, strict=False))
    return table


def _start(command: tuple[str, ...], wanted: bytes, leave: bytes) -> tuple[float, float, float]:
    program = Timed(command, wanted, SIZE)
    found = program.ready, program.ready_cpu, program.memory(_VISIT)
    program.close(leave)
    return found


def _opened(command: tuple[str, ...], key: str, shown: bytes) -> float:
    """Milliseconds from a later start until a key has opened its prompt or dialog."""
    program = Timed(command, b"unread", SIZE)
    opened = program.press(key, shown)
    program.press("\x1b", rb"help|unread")
    program.close(b"q")
    return opened


def _row_moved(command: tuple[str, ...]) -> float:
    """Milliseconds from a later start to the answer to a key that moves the cursor."""
    program = Timed(command, b"unread", SIZE)
    row = int(re.findall(rb"(\d+)/\d", program.picture())[0])  # above the list
    moved = program.press("j", rb"(?<!\d)%d/" % (row + 1))
    program.close(b"q")
    return moved
