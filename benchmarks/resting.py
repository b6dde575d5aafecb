"""What the program costs while nothing is done with it."""

import time

from benchmarks.figures import Table
from benchmarks.terminal import FLOOR, SIZE, Timed
from reader.first_frame import forget as forget_picture

_QUIET = 3.0
"""Seconds without a byte after which all is there that a start fetches."""


def measure(command: tuple[str, ...], seconds: float) -> Table:
    """Megabytes, and the share of a processor, of the program and of one Static, side by side."""
    table = Table("at rest", base="one Static")
    forget_picture()
    programs = {"one Static": Timed(FLOOR, b"ready", SIZE),
                "reader": Timed(command, b"unread", SIZE)}  # fmt: skip
    memory = {name: program.memory(_QUIET) for name, program in programs.items()}
    before = {name: program.cpu() for name, program in programs.items()}
    time.sleep(seconds)
    for name, program in programs.items():
        share = (program.cpu() - before[name]) / (seconds * 10)
        table.rows[name] = {"MB": memory[name], "CPU %": share}
        program.close(b"" if name == "one Static" else b"q")
    return table
