"""Record a short tour in a real terminal: make tour. Writes docs/tour.cast.

The format is asciicast 2 (https://docs.asciinema.org/manual/asciicast/v2/); `asciinema play
docs/tour.cast` shows it, also from the web player.
"""

import fcntl
import json
import os
import pty
import select
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path

TARGET = Path(__file__).parent / "tour.cast"
SIZE = (80, 24)
STEPS = (
    "", "j", "j", "l", " ", "h", "s", "w", "x", "u", "u", "t", *"theory", "\r",
    "m", "m", "r", ".", "u", "u", "z", "g", "}", "}", "z", "g", "z", "g", "z", "g",
    "f", *"scal year:2025", "\r", "j", "\x1b", "g", "", "", "s", "H", "?", *"prio", "\x1b",
    "\x1b", "q",
)  # fmt: skip
"""What is typed, a key at a time; an empty one is a pause."""
_BETWEEN, _LETTER = 0.9, 0.12


def main() -> None:
    """Press the keys and keep what the terminal is sent, with the times."""
    with tempfile.TemporaryDirectory() as folder:
        events = _record(folder)
    head = {"version": 2, "width": SIZE[0], "height": SIZE[1], "title": "reader",
            "env": {"TERM": "xterm-256color"}}  # fmt: skip
    lines = [json.dumps(head), *(json.dumps(event, ensure_ascii=False) for event in events)]
    TARGET.write_text("\n".join(lines) + "\n", "utf-8")


def _record(folder: str) -> list[tuple[float, str, str]]:
    pid, terminal = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
        homes = {f"XDG_{name}_HOME": folder for name in ("STATE", "DATA", "CONFIG")}
        os.environ.update(homes, TERM="xterm-256color", COLORTERM="truecolor", LC_ALL="C.UTF-8",
                          TEXTUAL_ANIMATIONS="none")  # fmt: skip
        os.execv(sys.executable, [sys.executable, "-m", "reader", "--theme", "ink"])  # noqa: S606
    began = time.monotonic()
    events = _until(terminal, began, 2.5)
    before = ""
    for key in STEPS:
        os.write(terminal, key.encode())
        typing = len(key) == 1 and key.isalnum() and before.isalnum() and before not in "hjlsmwxuz"
        events += _until(terminal, began, _LETTER if typing else _BETWEEN)
        before = key
    os.waitpid(pid, 0)
    return events


def _until(terminal: int, began: float, seconds: float) -> list[tuple[float, str, str]]:
    """What the terminal is sent within some seconds."""
    end = time.monotonic() + seconds
    events: list[tuple[float, str, str]] = []
    while (left := end - time.monotonic()) > 0 and select.select([terminal], [], [], left)[0]:
        try:
            data = os.read(terminal, 65536)
        except OSError:
            break
        text = data.decode("utf-8", "replace")
        events.append((round(time.monotonic() - began, 3), "o", text))
    return events


if __name__ == "__main__":
    main()
