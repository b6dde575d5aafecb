"""arXiv's daily feeds: what was announced last in some categories, and on days before it.

Protocol: https://info.arxiv.org/help/rss.html and rss_specifications.html
"""

import datetime as dt
import re
from dataclasses import replace
from email.utils import parsedate_to_datetime

from reader.model.dates import parse_date
from reader.model.identifiers import ARXIV
from reader.model.paper import PaperDraft
from reader.sources.document import Document
from reader.sources.fetch.asking import Ask
from reader.sources.online import arxiv_missed
from reader.sources.online.pages import Page, Told, items_of

MOST = 2_000
"""Papers that arXiv puts into one feed at most."""

_DATE = re.compile(r"<pubDate>([^<]{1,60})</pubDate>")
_SKIPPED = re.compile(r"<day>\s*(\w+)\s*</day>")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKEND = 5


def begin(told: Told) -> Ask:
    """Ask for the feed of the categories."""
    return Ask("arxiv_rss", f"/rss/{told.argument}", "xml")


def read(document: Document, ask: Ask, told: Told) -> Page:
    """The papers that were announced last; then what was missed, as `arxiv_missed` reads it.

    Raises:
        FetchError: It is no feed, or as `arxiv_missed.read`.
    """
    if ask.service != "arxiv_rss":
        return arxiv_missed.read(document, ask, told)
    drafts, rejected = items_of(document, told.context, "rss", "atom")
    cursor = arxiv_missed.cursor_of(told, _day_of(document.head, told.today))
    warning = arxiv_missed.warning(told, cursor)
    if not drafts and _expected(document.head, told.today):
        warning = "answered, with no papers on a working day"
    elif len(drafts) >= MOST:
        warning = f"cut off by arXiv at {MOST:,} papers: follow fewer categories together"
    missed = arxiv_missed.ask(told, cursor)
    return Page(tuple(map(_dated, drafts)), rejected, missed, cursor, warning)


def _day_of(head: str, today: dt.date) -> dt.date:
    """The day of the announcements: before midnight in New York the feed is yesterday's."""
    told = _DATE.search(head)
    try:
        return min(parsedate_to_datetime(told[1]).date(), today) if told else today
    except ValueError:
        return today


def _dated(draft: PaperDraft) -> PaperDraft:
    """A draft whose day is its own: a cross-listing or a new version is announced on another.

    The id tells the month; of a paper that is announced as new, the announcement tells the day.
    """
    record = draft.records[0]
    fields = record.fields
    numbers = (one.value for one in fields.identifiers if one.scheme == ARXIV)
    number = next(numbers, "").rpartition("/")[2]
    if fields.details.get("announced", "new") == "new" or not number[:4].isdigit():
        return draft
    century = "19" if number[:2] > "90" else "20"
    month = f"{century}{number[:2]}-{number[2:4]}"
    if fields.published.text.startswith(month):
        return draft
    dated = replace(fields, published=parse_date(month))
    return replace(draft, records=(replace(record, fields=dated),))


def _expected(head: str, today: dt.date) -> bool:
    """Whether the feed should have papers on a day: it says itself on which it has none."""
    skipped = _SKIPPED.findall(head[: head.find("<item")]) or list(_DAYS[_WEEKEND:])
    return _DAYS[today.weekday()] not in skipped
