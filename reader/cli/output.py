"""Writing to the terminal and into pipes: data on stdout, talk on stderr, never a control byte."""

import os
import sys
import unicodedata

from reader.model.text import printable


def open_streams() -> None:
    """Give the program streams where it was started without: they lead nowhere."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - for good


def emit(text: str) -> None:
    """A line of data, on stdout."""
    print(_safe(text))


def say(text: str) -> None:
    """A line of talk, on stderr."""
    print(_safe(text), file=sys.stderr)


def complain(text: str) -> None:
    """An error, on stderr."""
    say(f"reader: {text}")


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
