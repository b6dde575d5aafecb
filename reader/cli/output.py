"""Writing to the terminal and into pipes: data on stdout, talk on stderr, never a control byte."""

import os
import shlex
import shutil
import subprocess
import sys
import unicodedata
from argparse import Namespace
from dataclasses import dataclass

from reader.model.text import printable

_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


@dataclass(slots=True)
class Manner:
    """How to write, as the global options and the environment say.

    Attributes:
        colour: Whether stdout may carry colours.
        plain: One record a line, without glyphs.
        quiet: No talk but errors.
        end: What ends a record.
    """

    colour: bool = False
    plain: bool = False
    quiet: bool = False
    end: str = "\n"


MANNER = Manner()
"""How this run writes; set once, from its arguments."""


def open_streams() -> None:
    """Give the program streams where it was started without: they lead nowhere."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - for good


def set_manner(arguments: Namespace) -> None:
    """Take the global options; https://no-color.org and CLICOLOR_FORCE count under `auto`."""
    MANNER.plain, MANNER.quiet = arguments.plain, arguments.quiet
    MANNER.end = "\0" if arguments.command in ("list", "find") and arguments.null else "\n"
    wanted = arguments.color or "auto"
    forced = bool(os.environ.get("CLICOLOR_FORCE", "")) and not os.environ.get("NO_COLOR")
    usual = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and not _dumb()
    MANNER.colour = not MANNER.plain and (
        wanted == "always" or (wanted == "auto" and (usual or forced))
    )


def _dumb() -> bool:
    return os.environ.get("TERM") == "dumb"


def emit(text: str) -> None:
    """A record of data, on stdout."""
    print(_safe(text), end=MANNER.end)


def emit_marked(text: str, marks: list[tuple[int, int]]) -> None:
    """A line of data with some stretches of it marked, where colours are wanted."""
    if not MANNER.colour:
        emit(text)
        return
    parts, position = [], 0
    for start, end in marks:
        parts += [_safe(text[position:start]), _BOLD, _safe(text[start:end]), _PLAIN]
        position = end
    print("".join([*parts, _safe(text[position:])]), end=MANNER.end)


def emit_styled(text: str) -> None:
    """Text of ours whose escapes are ours too: what is foreign in it was made printable before."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), end=MANNER.end)


def say(text: str) -> None:
    """A line of talk, on stderr; nothing with --quiet."""
    if not MANNER.quiet:
        complain_plainly(text)


def complain_plainly(text: str) -> None:
    """A line on stderr, with --quiet too."""
    print(_safe(text), file=sys.stderr)


def complain(text: str) -> None:
    """An error, on stderr."""
    complain_plainly(f"reader: {text}")


def confirmed(question: str, *, yes: bool) -> bool:
    """Whether the user agrees: by --yes, or by an answer where there is a terminal to ask on."""
    if yes:
        return True
    if not sys.stdin.isatty() or not sys.stderr.isatty():
        return False
    print(_safe(f"{question} [y/N] "), end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def page(text: str) -> None:
    """Text of some length: through the user's pager where it does not fit on the terminal."""
    command = _pager()
    rows = shutil.get_terminal_size().lines
    if command is None or text.count("\n") + 1 < rows:
        emit(text)
        return
    environment = {**os.environ, "LESS": os.environ.get("LESS", "FRX")}
    pager = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)  # noqa: S603 - argv, no shell
    try:
        pager.communicate(f"{_safe(text)}\n".encode())
    except BrokenPipeError:
        return
    finally:
        pager.wait()


def _pager() -> list[str] | None:
    if not sys.stdout.isatty() or _dumb():
        return None
    words = shlex.split(os.environ.get("PAGER", "less"))
    found = shutil.which(words[0]) if words else None
    return [found, *words[1:]] if found else None


def _safe(text: str) -> str:
    text = printable(text.encode("utf-8", "replace").decode())
    encoding = sys.stdout.encoding or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)


def width() -> int:
    """The cells of a line of the terminal; 0 when stdout is no terminal."""
    return os.get_terminal_size(sys.stdout.fileno()).columns if sys.stdout.isatty() else 0


def cells(text: str) -> int:
    """The cells that a text takes on a terminal."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def fit(text: str, limit: int) -> str:
    """The text in exactly `limit` cells: padded, or cut with an ellipsis."""
    taken = cells(text)
    if taken <= limit:
        return text + " " * (limit - taken)
    kept = ""
    room = limit - 1
    for char in text:
        room -= _cells(char)
        if room < 0:
            break
        kept += char
    return kept + "…" + " " * (limit - 1 - cells(kept))
