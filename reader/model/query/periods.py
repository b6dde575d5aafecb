"""Dates, durations and words for days: what they can be, and what they mean on a given day."""

import datetime as dt
import re

from reader.frozen import frozen
from reader.model.query.fields import PERIODS
from reader.model.query.tree import Span

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_DURATION = re.compile(r"(\d{1,4})([hdwmy])")
_MONTHS = 12
_FIRST_YEAR, _LAST_YEAR = 1000, 9998


@frozen
class Interval:
    """From a moment to before another, both local and aware; None for an open end."""

    start: dt.datetime | None
    end: dt.datetime | None


def is_duration(text: str) -> bool:
    """Whether a text is a duration such as `7d`."""
    return _DURATION.fullmatch(text) is not None


def is_moment(text: str) -> bool:
    """Whether a text can be the end of a span of time."""
    return is_duration(text) or text in PERIODS or _date_period(text) is not None


def interval(span: Span, now: dt.datetime) -> Interval:
    """What a span of time means at a moment, which must be aware.

    A period counts whole: `2025-03` is all of March, `>2025-03` begins in April.
    """
    low = high = None
    if span.low:
        start, end = _period(span.low, now)
        low = end if span.strict and not is_duration(span.low) else start
    if span.high:
        start, end = _period(span.high, now)
        high = start if span.strict or is_duration(span.high) else end
    return Interval(low, high)


def _period(text: str, now: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """The first moment of a period and the first after it; of a duration, that moment twice."""
    if found := _DURATION.fullmatch(text):
        moment = _before(now, int(found[1]), found[2])
        return moment, moment
    first, last = _date_period(text) or _named_period(text, now.date())
    return _midnight(first, now), _midnight(last + dt.timedelta(days=1), now)


def _midnight(day: dt.date, now: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=now.tzinfo)


def _before(now: dt.datetime, number: int, unit: str) -> dt.datetime:
    if unit in "my":
        return _months_before(now, number * (_MONTHS if unit == "y" else 1))
    hours = {"h": 1, "d": 24, "w": 168}[unit]
    return max(now - dt.timedelta(hours=hours * number), _midnight(dt.date(2, 1, 1), now))


def _months_before(now: dt.datetime, number: int) -> dt.datetime:
    months = max(now.year * _MONTHS + now.month - 1 - number, 2 * _MONTHS)
    year, month = divmod(months, _MONTHS)
    return now.replace(year=year, month=month + 1, day=min(now.day, _last_of(year, month + 1).day))


def _last_of(year: int, month: int) -> dt.date:
    """The last day of a month."""
    first = dt.date(year + month // _MONTHS, month % _MONTHS + 1, 1)
    return first - dt.timedelta(days=1)


def _date_period(text: str) -> tuple[dt.date, dt.date] | None:
    """The first and last day of a year, a month or a day in ISO 8601; None when it is none."""
    found = _DATE.fullmatch(text)
    if found is None or not _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        first = dt.date(year, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return first, first
    return first, _last_of(year, month or _MONTHS)


def _named_period(text: str, today: dt.date) -> tuple[dt.date, dt.date]:
    monday = today - dt.timedelta(days=today.weekday())
    match text:
        case "yesterday":
            day = today - dt.timedelta(days=1)
            return day, day
        case "thisweek":
            return monday, monday + dt.timedelta(days=6)
        case "lastweek":
            return monday - dt.timedelta(days=7), monday - dt.timedelta(days=1)
        case weekday if weekday in PERIODS[4:]:
            back = (today.weekday() - PERIODS[4:].index(weekday)) % 7
            return today - dt.timedelta(days=back), today - dt.timedelta(days=back)
        case _:
            return today, today
