"""Timing a program in a pseudo-terminal by the bytes that it writes."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

SIZE = (120, 40)
FLOOR = (sys.executable, "-m", "benchmarks.floor")
QUIET = 0.03
"""Seconds without a byte after which all is painted that follows from a key."""
LONGEST = 60.0
"""Seconds after which something is never painted."""
PAUSE = 0.001
"""Seconds without a byte that end what is painted at once: the row, before the abstract."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Milliseconds for one key: medians, 95th percentiles, and processor time.

    Attributes:
        first50, first95: To the last byte of what it painted at once.
        p50, p95: To the last byte that followed from it.
    """

    first50: float
    first95: float
    p50: float
    p95: float
    cpu: float

    @classmethod
    def of(cls, first: Sequence[float], whole: Sequence[float], cpu: float) -> "Figures":
        """The figures of some keys; `cpu` of all of them."""
        return cls(median(first), _p95(first), median(whole), _p95(whole), cpu / len(whole))


def _p95(figures: Sequence[float]) -> float:
    return sorted(figures)[int(len(figures) * 0.95)]


class Timed:
    """A running program: `ready` milliseconds until it had painted the wanted text."""

    def __init__(self, command: Sequence[str], wanted: bytes, size: tuple[int, int]) -> None:
        columns, lines = size
        started = time.perf_counter()
        self.pid, self._file = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", LC_ALL="C.UTF-8")
            os.execvp(command[0], list(command))
        self._started = started
        self.ready = self._wait_for(wanted)
        self.ready_cpu = self.cpu()

    def _wait_for(self, wanted: bytes) -> float:
        """Milliseconds from the start until something is painted."""
        self._seen = seen = b""
        end = time.perf_counter() + LONGEST
        while not re.search(wanted, seen):
            left = end - time.perf_counter()
            if left < 0 or not select.select([self._file], [], [], left)[0]:
                raise TimeoutError(f"never painted {wanted!r}: {seen[-400:]!r}")
            seen += os.read(self._file, 65536)
        self._seen = seen
        return (time.perf_counter() - self._started) * 1000

    def picture(self) -> bytes:
        """What was painted last, to its end."""
        while select.select([self._file], [], [], 0.01)[0]:
            self._seen += os.read(self._file, 65536)
        return self._seen

    def press(self, key: str, wanted: bytes) -> float:
        """Press a key; milliseconds from the start until its answer is painted."""
        os.write(self._file, key.encode())
        return self._wait_for(wanted)

    def _settle(self, quiet: float = 0.3, last: float | None = None) -> float:
        """Read until it is quiet; when the last byte came, `last` if none did."""
        last = time.perf_counter() if last is None else last
        while select.select([self._file], [], [], quiet)[0]:
            os.read(self._file, 65536)
            last = time.perf_counter()
        return last

    def key(self, key: str) -> tuple[float, float]:
        """Milliseconds from a key to the last byte of what it painted at once, and of all."""
        sent = time.perf_counter()
        os.write(self._file, key.encode())
        if not select.select([self._file], [], [], 5)[0]:
            raise TimeoutError(f"{key!r} painted nothing")
        first = self._settle(PAUSE)
        return (first - sent) * 1000, (self._settle(QUIET, first) - sent) * 1000

    def keys(self, keys: Sequence[str]) -> Figures:
        """The figures of keys pressed one after the other, with a pause between."""
        self._settle()
        before = self.cpu()
        taken = [self.key(key) for key in keys]
        self._settle()
        first, whole = zip(*taken, strict=True)
        return Figures.of(first, whole, self.cpu() - before)

    def held(self, key: str, times: int, every: float) -> Figures:
        """The figures of one key that is held: from each key to the first byte of its answer."""
        self._settle()
        before, taken = self.cpu(), []
        due = time.perf_counter()
        for _ in range(times):
            while (left := due - time.perf_counter()) > 0:
                if select.select([self._file], [], [], left)[0]:
                    os.read(self._file, 65536)
            sent = time.perf_counter()
            os.write(self._file, key.encode())
            due = sent + every
            if select.select([self._file], [], [], every)[0]:
                os.read(self._file, 65536)
                taken.append((time.perf_counter() - sent) * 1000)
            else:
                taken.append(every * 1000)  # not before the next one
        self._settle()
        return Figures.of(taken, taken, self.cpu() - before)

    def cpu(self) -> float:
        """Milliseconds of processor time so far, of all threads."""
        tasks = Path(f"/proc/{self.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e6

    def memory(self, quiet: float = 0.3) -> float:
        """Megabytes resident, when it has been quiet for some seconds."""
        self._settle(quiet)
        lines = Path(f"/proc/{self.pid}/status").read_text("utf-8").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024

    def close(self, key: bytes = b"") -> None:
        """Quit it by a key, or by a signal."""
        self._settle()
        if key:
            os.write(self._file, key)
        else:
            os.kill(self.pid, signal.SIGTERM)
        while select.select([self._file], [], [], 2)[0]:
            try:
                if not os.read(self._file, 65536):
                    break
            except OSError:
                break
        os.waitpid(self.pid, 0)
        os.close(self._file)
