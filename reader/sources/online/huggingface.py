"""Hugging Face's Daily Papers, day by day, or of this week or month.

Protocol: https://huggingface.co/api/daily_papers
"""

import datetime as dt
import re
import zlib

from reader.sources.document import Document
from reader.sources.fetch.asking import Ask, target
from reader.sources.online.pages import Page, Told, check_text, items_of

SLICE = 100
_FULL = 50
"""Papers that a page has at least while there is another one, whatever number is asked for."""

_MOST_PAGES = 20
_MOST_DAYS = {"daily": 14, "weekly": 56, "monthly": 365}
_PATH = "/api/daily_papers"
_ASKED = re.compile(r"[?&]p=(\d+)")


def begin(told: Told) -> Ask:
    """Ask for the first day, week or month that may have more than when it was asked last."""
    return _ask(_words(told.argument, _first_day(told)), 0)


def _words(period: str, day: dt.date) -> dict[str, str]:
    """How the list of a day, or of its week or month, is asked for."""
    if period == "weekly":
        return {"week": f"{day:%G}-W{day:%V}"}
    return {"month": f"{day:%Y-%m}"} if period == "monthly" else {"date": day.isoformat()}


def _next_day(period: str, day: dt.date) -> dt.date:
    """The first day of the next list."""
    if period == "weekly":
        return day + dt.timedelta(days=7 - day.weekday())
    if period == "monthly":
        return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return day + dt.timedelta(days=1)


def _first_day(told: Told) -> dt.date:
    """The last day that was asked for, for votes still come in then; not too far back."""
    back = _MOST_DAYS[told.argument]
    try:
        day = dt.date.fromisoformat(told.cursor.get("day", ""))
    except ValueError:
        day = told.today - dt.timedelta(days=told.argument == "daily")
    return min(max(day, told.today - dt.timedelta(days=back)), told.today)


def _ask(words: dict[str, str], page: int) -> Ask:
    return Ask("huggingface", target(_PATH, {**words, "limit": SLICE, "p": page}), "json")


def by_id(arxiv: str) -> Ask:
    """Ask for one paper."""
    return Ask("huggingface", f"/api/papers/{arxiv}", "json")


def read(document: Document, ask: Ask, told: Told) -> Page:
    """The papers of a page, then the next page or the next day.

    Raises:
        FetchError: It is no list of papers.
    """
    check_text(document)
    drafts, rejected = items_of(document, told.context, "huggingface")
    page = int(found[1]) if (found := _ASKED.search(ask.target)) else 0
    count = len(drafts) + len(rejected)
    day, told_last = _first_day(told), told.cursor.get("page")
    print_of_page = _print_of(document)
    if count >= _FULL and page + 1 < _MOST_PAGES and print_of_page != told_last:
        following = re.sub(r"([?&]p=)\d+", rf"\g<1>{page + 1}", ask.target)
        cursor = {"day": day.isoformat(), "page": print_of_page}
        return Page(drafts, rejected, Ask(ask.service, following, ask.expects), cursor)
    following_day = _next_day(told.argument, day)
    if following_day <= told.today:
        words = _words(told.argument, following_day)
        return Page(drafts, rejected, _ask(words, 0), {"day": following_day.isoformat()})
    return Page(drafts, rejected, None, {"day": told.today.isoformat()})


def _print_of(document: Document) -> str:
    """By what a page is known again: a server that ignores the number answers with the first."""
    return f"{zlib.crc32(document.path.read_bytes()):08x}"
