"""How far an import has come, on one line of the terminal."""

import sys
import time
from dataclasses import dataclass, field

from reader.import_report import FileReport
from reader.model.text import printable

_EVERY = 0.2
_SURE = 3.0
"""Seconds after which a rate says how long the rest will take."""


@dataclass(slots=True)
class Progress:
    """The line; told of every paper, it is written a few times a second."""

    _file: str = ""
    _began: float = 0.0
    _at: float = 0.0
    _share: float = 0.0
    _written: float = field(default=0.0)

    def __call__(self, file: FileReport) -> None:
        """Write the line anew, when it is time."""
        now = time.monotonic()
        if now - self._written < _EVERY:
            return
        if file.file != self._file:
            self._file, self._began, self._share = file.file, now, file.position.share
        self._written = now
        print(f"\r{self._line(file, now)}\x1b[K", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Take the line away."""
        if self._written:
            print("\r\x1b[K", end="", file=sys.stderr)

    def _line(self, file: FileReport, now: float) -> str:
        done, took, share = file.done, now - self._began, file.position.share
        told = [f"{printable(file.file)}: {done:,} papers"]
        if took > _SURE:
            told.append(f"{done / took:,.0f} a second")
        if share:
            told.append(f"{share:.0%}")
        if took > _SURE and self._share < share < 1:
            left = took * (1 - share) / (share - self._share)
            told.append(f"{duration(left)} left")
        return "   ".join(told)


def duration(seconds: float) -> str:
    """A time in words that a glance takes in: `40 s`, `12 min`, `1 h 5 min`."""
    minutes = round(seconds / 60)
    if seconds < 90:  # noqa: PLR2004 - until then seconds say more
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"  # noqa: PLR2004 - an hour
