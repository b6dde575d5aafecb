"""Hugging Face's Daily Papers, day by day, or of this week or month.

Protocol: https://huggingface.co/api/daily_papers
"""

import datetime as dt
import re

from reader.sources.document import Document
from reader.sources.fetch.asking import Ask, target
from reader.sources.online.pages import Page, Told, check_text, items_of

SLICE = 100
_FULL = 50
"""Papers that a page has at least while there is another one, whatever number is asked for."""

_MOST_PAGES = 20
_MOST_DAYS = 14
_PATH = "/api/daily_papers"
_ASKED = re.compile(r"[?&]p=(\d+)")
_DAY = re.compile(r"[?&]date=(\d{4}-\d\d-\d\d)")


def begin(told: Told) -> Ask:
    """Ask for the first day that may have more than when it was asked last; or for the period."""
    if told.argument == "weekly":
        return _ask({"week": f"{told.today:%G}-W{told.today:%V}"}, 0)
    if told.argument == "monthly":
        return _ask({"month": f"{told.today:%Y-%m}"}, 0)
    return _ask({"date": _first_day(told).isoformat()}, 0)


def _first_day(told: Told) -> dt.date:
    """The last day that was asked for, for votes still come in then; at most two weeks back."""
    try:
        day = dt.date.fromisoformat(told.cursor.get("day", ""))
    except ValueError:
        day = told.today - dt.timedelta(days=1)
    return min(max(day, told.today - dt.timedelta(days=_MOST_DAYS)), told.today)


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
    if count >= _FULL and page + 1 < _MOST_PAGES:
        following = re.sub(r"([?&]p=)\d+", rf"\g<1>{page + 1}", ask.target)
        return Page(drafts, rejected, Ask(ask.service, following, ask.expects))
    day = found[1] if (found := _DAY.search(ask.target)) else ""
    if day and day < told.today.isoformat():
        following_day = (dt.date.fromisoformat(day) + dt.timedelta(days=1)).isoformat()
        return Page(drafts, rejected, _ask({"date": following_day}, 0), {"day": following_day})
    return Page(drafts, rejected, None, {"day": told.today.isoformat()})
