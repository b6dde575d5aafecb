"""Asking the terminal for the colour of its ground, before the screen takes it over.

Source: OSC 11 of xterm's control sequences; the question for the device attributes behind it is
answered by every terminal, so that one that does not know the first costs no waiting.
"""

import os
import re
import select
import sys
import termios
import time
import tty

_ASK = b"\x1b]11;?\x1b\\\x1b[c"
_ANSWER = re.compile(
    rb"\x1b\]11;rgb:([0-9a-fA-F]{2,4})/([0-9a-fA-F]{2,4})/([0-9a-fA-F]{2,4})(?:\x07|\x1b\\)"
)
_ATTRIBUTES = re.compile(rb"\x1b\[\?[\d;]*c")
_PATIENCE = 1.0
"""Seconds; an answer that came later would be taken for keys."""

_HALF = 0.5


def ground() -> tuple[bool, str]:
    """Whether the terminal's ground is light, and the keys that were typed while it was asked.

    No answer counts as dark.
    """
    told = _by_environment()
    if told is not None:
        return told, ""
    try:
        answer = _ask(sys.__stdin__.fileno() if sys.__stdin__ else 0)
    except (OSError, termios.error, ValueError):
        return False, ""
    typed = _ATTRIBUTES.sub(b"", _ANSWER.sub(b"", answer))
    return is_light(answer), typed.partition(b"\x1b")[0].decode("utf-8", "ignore")


def _by_environment() -> bool | None:
    """What COLORFGBG says, which some terminals set: `15;0` is light on dark."""
    ground = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return int(ground) in (7, *range(9, 16)) if ground.isdecimal() else None


def is_light(answer: bytes) -> bool:
    """Whether an answer tells of a light ground."""
    found = _ANSWER.search(answer)
    if found is None:
        return False
    red, green, blue = (int(part, 16) / (16.0 ** len(part) - 1) for part in found.groups())
    return bool(0.2126 * red + 0.7152 * green + 0.0722 * blue > _HALF)


def _ask(terminal: int) -> bytes:
    """Ask, and read until the second answer is there or patience ends."""
    before = termios.tcgetattr(terminal)
    answer = b""
    try:
        tty.setcbreak(terminal, termios.TCSANOW)
        os.write(sys.__stdout__.fileno() if sys.__stdout__ else 1, _ASK)
        end = time.monotonic() + _PATIENCE
        while not _ATTRIBUTES.search(answer) and (left := end - time.monotonic()) > 0:
            if select.select([terminal], [], [], left)[0]:
                answer += os.read(terminal, 1024)
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)
    return answer
