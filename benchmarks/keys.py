"""From a key to what it painted at once, and to the last byte that followed, tapped and held."""

import sys
from pathlib import Path
from statistics import median

from benchmarks import newsboat
from benchmarks.figures import Table
from benchmarks.terminal import FLOOR, SIZE, Figures, Timed
from reader.first_frame import forget as forget_picture

ECHO = (sys.executable, "-m", "benchmarks.echo")
STEPS = {
    "j": ["j"],
    "k": ["k"],
    "ctrl+d": ["\x04"],
    "50G": ["50G"],
    "G, g g": ["G", "gg"],
    "s (star on, off)": ["s"],
}
HELD = 0.03
"""Seconds between the keys of one that is held."""


def measure(command: tuple[str, ...], folder: Path, rounds: int, keys: int) -> Table:
    """The program's keys in turn with those of the floors: an echo, one Static, newsboat."""
    taken: dict[str, list[Figures]] = {}
    feed = newsboat.prepare(folder)
    for _ in range(rounds):
        _one(taken, "raw echo", ECHO, ["j"] * keys)
        _one(taken, "one Static", FLOOR, ["j"] * keys)
        if feed:
            _one(taken, "newsboat j", feed.command, ["j"] * keys, wanted=feed.wanted,
                 before=feed.before)  # fmt: skip
        forget_picture()  # behind which the program is not there yet
        program = Timed(command, b"unread", SIZE)
        for name, steps in STEPS.items():
            found = program.keys(steps * max(1, keys // len(steps)))
            taken.setdefault(name, []).append(found)
        taken.setdefault("j held", []).append(program.held("j", keys, HELD))
        program.close(b"q")
    table = Table("key to paint", base="one Static", note=_note(taken))
    for name, figures in taken.items():
        columns = {"row p50 ms": "first50", "row p95 ms": "first95",
                   "all p50 ms": "p50", "all p95 ms": "p95", "CPU ms": "cpu"}  # fmt: skip
        table.rows[name] = {
            column: median(getattr(one, attribute) for one in figures)
            for column, attribute in columns.items()
        }
    return table


def _one(
    taken: dict[str, list[Figures]],
    name: str,
    command: tuple[str, ...],
    keys: list[str],
    *,
    wanted: bytes = b"ready",
    before: str = "",
) -> None:
    program = Timed(command, wanted, SIZE)
    if before:
        program.key(before)
    taken.setdefault(name, []).append(program.keys(keys))
    program.close()


def _note(taken: dict[str, list[Figures]]) -> str:
    noise = median(one.p95 for one in taken["raw echo"])
    if noise < 5:
        return f"raw echo p95 {noise:.1f} ms: wall times count"
    return f"raw echo p95 {noise:.1f} ms: this machine is too busy, only CPU times count"
