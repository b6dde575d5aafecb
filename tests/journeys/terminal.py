"""The program in a real pseudo-terminal: keys in, the screen and every byte out."""

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

import pyte

# What pyte would print as text: Textual's questions about the terminal and its key protocol.
_UNKNOWN = re.compile(
    rb"\x1b\[[<>=?][0-9;]*[uq]|\x1b\[\?[0-9;]*\$p|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
)


class Terminal:
    """A running program; `raw` is everything that it wrote."""

    def __init__(self, *arguments, size=(120, 36), environment=None):
        columns, lines = size
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self._shown = 0
        self.raw = bytearray()
        self.status = None
        self.pid, self._file = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
            usual = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
            for name in ("COLUMNS", "LINES"):
                os.unsetenv(name)  # readline sets them behind Python's back
            os.environ.update(usual | (environment or {}))
            for number in (signal.SIGINT, signal.SIGHUP):
                signal.signal(number, signal.SIG_DFL)  # ignored in the background, under nohup
            os.execv(sys.executable, [sys.executable, "-m", "reader", *map(str, arguments)])

    @property
    def screen(self):
        """The screen as it is now; drawing it takes longer than all else, so it waits for this."""
        if self._shown < len(self.raw):
            self._stream.feed(_UNKNOWN.sub(b"", bytes(self.raw[self._shown :])))
            self._shown = len(self.raw)
        return self._screen

    def text(self):
        return "\n".join(line.rstrip() for line in self.screen.display)

    def pump(self, seconds):
        """Read what comes within some seconds; false when the program has ended."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not self._comes(left):
                return True
            if not self._read():
                return False
        return True

    def rest(self, quiet):
        """Read until nothing has come for some seconds; false when the program has ended."""
        while self._comes(quiet):
            if not self._read():
                return False
        return True

    def _comes(self, seconds):
        return bool(select.select([self._file], [], [], seconds)[0])

    def _read(self):
        try:
            data = os.read(self._file, 65536)
        except OSError:
            return False
        self.raw += data
        return bool(data)

    def until(self, words, seconds=20):
        """Wait until words are on the screen."""
        end = time.monotonic() + seconds
        while words not in self.text():
            if not self.pump(0.05) or time.monotonic() > end:
                raise AssertionError(f"never saw {words!r}:\n{self.text()}")

    def until_not(self, words, seconds=20):
        """Wait until words are no longer on the screen."""
        end = time.monotonic() + seconds
        while words in self.text():
            if not self.pump(0.05) or time.monotonic() > end:
                raise AssertionError(f"{words!r} stays:\n{self.text()}")

    def send(self, text):
        os.write(self._file, text.encode())

    def press(self, *keys, quiet=0.1):
        """Press keys one by one, each followed by quiet."""
        for key in keys:
            self.send(key)
            if not self.rest(quiet):
                return

    def kill(self, number=signal.SIGKILL):
        os.kill(self.pid, number)

    def wait(self, seconds=20):
        """The exit status, once the program has ended."""
        end = time.monotonic() + seconds
        while self.status is None and time.monotonic() < end:
            self.pump(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
        while self.status is not None and self.pump(0.2) and time.monotonic() < end:
            pass  # what it wrote last
        return self.status

    def close(self):
        if self.status is None:
            self.kill()
            self.wait()
        os.close(self._file)

    def resize(self, columns, lines):
        """Another size, as when the window is dragged."""
        self.screen.resize(max(1, lines), max(1, columns))
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.kill(signal.SIGWINCH)
