"""Dates of publication that may be partly known."""

import datetime as dt
import re
from enum import StrEnum
from functools import lru_cache

from reader.frozen import frozen

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""English month names as listings abbreviate them."""

_MONTH_DAY = re.compile(rf"({'|'.join(MONTHS)})[a-z]*\.?\s+(\d{{1,2}})(?:,\s*(\d{{4}}))?")
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Precision(StrEnum):
    """How much of a date is known; `year_inferred` is a month and day whose year was guessed."""

    NONE = "none"
    YEAR = "year"
    MONTH = "month"
    YEAR_INFERRED = "year_inferred"
    DAY = "day"

    @property
    def rank(self) -> int:
        """Its place in the order of trust, the least trusted first."""
        return list(Precision).index(self)


@frozen
class PartialDate:
    """A date in ISO 8601, cut to what is known: `2026-04-23`, `2026-04`, `2026`, or nothing."""

    text: str = ""
    precision: Precision = Precision.NONE

    @property
    def year(self) -> int | None:
        """The year, when known."""
        return int(self.text[:4]) if self.text else None

    @property
    def ordinal(self) -> int:
        """The first day it can mean, in days since 1 January of year 1; 0 when unknown."""
        if not self.text:
            return 0
        year, month, day = (*map(int, self.text.split("-")), 1, 1)[:3]
        return dt.date(year, month, day).toordinal()

    @property
    def month_day(self) -> str:
        """Its month and day (`04-23`), or nothing when they are not known."""
        return self.text[5:] if self.precision in (Precision.DAY, Precision.YEAR_INFERRED) else ""


UNDATED = PartialDate()
"""The date of a paper whose date nobody said."""


@lru_cache(maxsize=256)
def parse_iso(text: str) -> PartialDate:
    """`2026`, `2026-04` or `2026-04-23` (anything may follow) as a date; else `UNDATED`."""
    found = _ISO.match(text)
    if found is None:
        return UNDATED
    year, month, day = found[1], found[2], found[3]
    precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
    date = PartialDate("-".join(part for part in (year, month, day) if part), precision)
    return date if _exists(date) else UNDATED


_YEAR_FIRST = re.compile(r"(\d{4})[/. -]+(\d{1,2}|[A-Za-z]{3,9})\.?(?:[/. -]+(\d{1,2})(?!\d))?")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ .-]+([A-Za-z]{3,9})\.?,?[ .-]+(\d{4})")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.?(?:\s+(\d{1,2})(?:st|nd|rd|th)?)?,?\s+(\d{4})")
_NUMBERS = re.compile(r"(?:(\d{1,2})[/.])?(\d{1,2})[/.](\d{4})(?!\d)")
_ANY_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")


def month_number(text: str) -> int:
    """The month that a number or an English name or its beginning means; 0 for none."""
    word = text.strip(" .{}").lower()
    if word.isascii() and word.isdigit():
        return int(word) if 1 <= int(word[:4]) <= len(MONTHS) else 0
    names = [name.lower() for name in MONTHS]
    return names.index(word[:3]) + 1 if word[:3] in names else 0


def date_of(year: int, month: int = 0, day: int = 0) -> PartialDate:
    """A date of numbers, as far as they exist; `UNDATED` without a year."""
    for count in (3, 2, 1):
        parts = (f"{year:04}", f"{month:02}", f"{day:02}")[:count]
        date = parse_iso("-".join(parts))
        if date != UNDATED and date.text == "-".join(parts):
            return date
    return UNDATED


def parse_date(text: str) -> PartialDate:
    """A date as people and programs write it, as far as it can be understood.

    Of a range, the first day. `12/31/2020` and `31.12.2020` are the same day; of two numbers that
    could each be the month, only the year is sure.
    """
    text = text.strip().removeprefix("[").removeprefix("c").strip(" .~?")
    if (iso := parse_iso(text)).precision not in (Precision.NONE, Precision.YEAR):
        return iso
    if found := _YEAR_FIRST.match(text):
        return date_of(int(found[1]), month_number(found[2]), int(found[3] or 0))
    if found := _DAY_FIRST.search(text):
        return date_of(int(found[3]), month_number(found[2]), int(found[1]))
    if found := _MONTH_FIRST.search(text):
        return date_of(int(found[3]), month_number(found[1]), int(found[2] or 0))
    if found := _NUMBERS.search(text):
        return _of_numbers(int(found[1] or 0), int(found[2]), int(found[3]))
    found = _ANY_YEAR.search(text)
    return date_of(int(found[1])) if found else iso


def _of_numbers(first: int, second: int, year: int) -> PartialDate:
    """Month and year, or a day whose order of day and month shows itself."""
    months = len(MONTHS)
    if not first:
        return date_of(year, second if second <= months else 0)
    if first > months >= second:
        return date_of(year, second, first)
    if second > months >= first or first == second:
        return date_of(year, first, second)
    return date_of(year)


def parse_month_day(text: str, as_of: dt.date) -> PartialDate | None:
    """`Apr 22` or `Dec 28, 2024` as a date; None when it is neither or no such day exists.

    Without a year it is the latest such day that is not later than one day after `as_of`.
    """
    found = _MONTH_DAY.fullmatch(text.strip())
    if found is None:
        return None
    month, day = MONTHS.index(found[1]) + 1, int(found[2])
    if found[3]:
        date = PartialDate(f"{int(found[3]):04}-{month:02}-{day:02}", Precision.DAY)
        return date if _exists(date) else None
    return _latest(month, day, as_of)


def _latest(month: int, day: int, as_of: dt.date) -> PartialDate | None:
    limit = as_of + dt.timedelta(days=1)
    for year in range(limit.year, limit.year - 9, -1):
        date = PartialDate(f"{year:04}-{month:02}-{day:02}", Precision.YEAR_INFERRED)
        if _exists(date) and date.text <= limit.isoformat():
            return date
    return None


def _exists(date: PartialDate) -> bool:
    try:
        return date.ordinal > 0
    except ValueError:
        return False
