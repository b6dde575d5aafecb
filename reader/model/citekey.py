"""Citekeys: `simon2026there`, a name that a paper keeps for life."""

import re
from collections.abc import Callable

from reader.errors import UsageError
from reader.model.text import fold

STOP_WORDS = frozenset(
    "a an the on of in for to and or with from by at as into via over under towards toward".split()
)
"""Words that do not stand for a title."""

_KEY = re.compile(r"[\w:.+/-]{1,80}", re.ASCII)
_BARRED = r"\s{},%#\\\"'~\x00-\x20\x7f-\x9f"
_IMPORTABLE = re.compile(rf"[^{_BARRED}-][^{_BARRED}]{{0,199}}")
_WORD = re.compile(r"[a-z0-9]+")
_APOSTROPHE = "'’`´"
_APOSTROPHES = str.maketrans("", "", _APOSTROPHE)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_REMEMBERED = 50_000
"""Stems of which the last suffix is remembered: some ten megabytes."""


def citekey_stem(family: str, year: int | None, title: str) -> str:
    """First family name (or `anon`), year (or `nd`), first telling word of the title, folded."""
    name = "".join(_WORD.findall(fold(_joined(family)))) or "anon"
    words, first = _WORD.finditer(fold(_joined(title))), ""
    for found in words:
        first = first or found.group()
        if found.group() not in STOP_WORDS:
            first = found.group()
            break
    return f"{name}{year if year is not None else 'nd'}{first or 'untitled'}"


def _joined(text: str) -> str:
    """A text without apostrophes: `Don't` is one word."""
    return text.translate(_APOSTROPHES) if any(map(text.__contains__, _APOSTROPHE)) else text


class FreeCitekeys:
    """Citekeys that no paper has: a stem, or one with the first free of a, b, …, aa, ab, ….

    Many papers may share a stem, so the place is found by doubling and halving from the last one
    that was given out: of suffixes that were taken in order, the first free one; where some between
    were given up, a free one.
    """

    def __init__(self, taken: Callable[[str], bool]) -> None:
        self._taken = taken
        self._last: dict[str, int] = {}

    def of(self, stem: str) -> str:
        """A free citekey of a stem, which is to be taken before the next one is asked for."""
        last = low = self._last.get(stem, -1)
        high = last + 1
        while self._taken(stem + _suffix(high)):
            low, high = high, high + high - last
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._taken(stem + _suffix(middle)) else (low, middle)
        if len(self._last) >= _REMEMBERED:
            self._last.clear()
        self._last[stem] = high
        return stem + _suffix(high)


def _suffix(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, len(_LETTERS))
        letters = _LETTERS[rest] + letters
    return letters


def importable_citekey(text: str) -> str:
    """A key that a file gives, where BibTeX, a terminal and a command line can bear it."""
    return text if _IMPORTABLE.fullmatch(text) else ""


def check_citekey(text: str) -> None:
    """Refuse what BibTeX and LaTeX could not read as a key.

    Raises:
        UsageError: It is empty, too long, or has a character that means something to them.
    """
    if not _KEY.fullmatch(text):
        raise UsageError(
            f"not a citekey: “{text[:40]}”: up to 80 letters, digits and -_:./+ . Nothing was "
            "changed."
        )
