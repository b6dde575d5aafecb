"""What the words of a command line can mean: numbers, days, times."""

import argparse
import datetime as dt

_LARGEST = 10**9
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_UNITS = {"m": 60, "h": 3_600, "d": 86_400, "w": 604_800}


def positive(text: str) -> int:
    """A number from 1 on.

    Raises:
        argparse.ArgumentTypeError: It is none.
    """
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 10 else 0  # noqa: PLR2004
    if not 1 <= number <= _LARGEST:
        shown = text.replace("\0", "")
        raise argparse.ArgumentTypeError(f"{shown} is not a number from 1 to {_LARGEST}")
    return number


def day(text: str) -> dt.date:
    """A day as ISO 8601 writes it.

    Raises:
        argparse.ArgumentTypeError: It is none, or none of our time.
    """
    try:
        found = dt.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is no day: YYYY-MM-DD") from error
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise argparse.ArgumentTypeError(f"{text} is no day of our time")
    return found


def duration(text: str) -> int:
    """Seconds of a time such as 6h, 30m or 2d.

    Raises:
        argparse.ArgumentTypeError: It is none.
    """
    number, unit = text[:-1], text[-1:]
    if not (number.isdecimal() and number.isascii() and len(number) < 6 and unit in _UNITS):  # noqa: PLR2004
        raise argparse.ArgumentTypeError(f"{text} is no time: 30m, 6h, 2d, 1w")
    return int(number) * _UNITS[unit]
