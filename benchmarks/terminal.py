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
"""Seconds without a byte that end one painting."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Milliseconds: the median, the 95th percentile, and processor time for one."""

    p50: float
    p95: float
    cpu: float


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
        while not re.search(wanted, seen):
            if not select.select([self._file], [], [], 30)[0]:
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

    def _settle(self, quiet: float = 0.3) -> float:
        """Read until it is quiet; when the last byte came."""
        last = time.perf_counter()
        while select.select([self._file], [], [], quiet)[0]:
            os.read(self._file, 65536)
            last = time.perf_counter()
        return last

    def key(self, key: str) -> float:
        """Milliseconds from a key to the last byte of what it painted."""
        sent = time.perf_counter()
        os.write(self._file, key.encode())
        if not select.select([self._file], [], [], 5)[0]:
            raise TimeoutError(f"{key!r} painted nothing")
        return (self._settle(QUIET) - sent) * 1000

    def keys(self, keys: Sequence[str]) -> Figures:
        """The figures of keys pressed one after the other, with a pause between."""
        self._settle()
        before = self.cpu()
        taken = sorted(self.key(key) for key in keys)
        self._settle()
        cpu = (self.cpu() - before) / len(keys)
        return Figures(median(taken), taken[int(len(taken) * 0.95)], cpu)

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
        taken.sort()
        cpu = (self.cpu() - before) / times
        return Figures(median(taken), taken[int(len(taken) * 0.95)], cpu)

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
