"""What arXiv announced on days on which its daily feed was not asked, from its archive.

The daily feed holds the last day only. The archive lists what changed since a day, category by
category: its new papers are taken like announced ones, its other records tell of new versions.

Protocol: as `arxiv_oai`; its sets are named group:archive:CATEGORY.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from reader.model.paper import PaperDraft
from reader.sources.document import Document
from reader.sources.fetch.asking import Ask
from reader.sources.online import arxiv_oai
from reader.sources.online.pages import Page, Told

MOST_DAYS = 31
"""Days before today that are asked for; what is older is told of only."""

_WEEKEND = 5
_HELD_BACK = 14
"""Days that moderators may hold a paper back between its sending and its announcement."""

_GROUPS = frozenset({"cs", "econ", "eess", "math", "q-bio", "q-fin", "stat"})


def set_of(category: str) -> str:
    """The archive's set of a category (cs.LG: cs:cs:LG, hep-th: physics:hep-th) or an archive."""
    archive, _, code = category.partition(".")
    if archive in _GROUPS:
        return f"{archive}:{archive}:{code}" if code else archive
    return ":".join(filter(None, ("physics", archive, code)))


def cursor_of(told: Told, day: dt.date) -> dict[str, str]:
    """How far a daily feed is read once that of a day was taken, with the days that are missing.

    Its words: `day`, the day of the last feed; `missed`, the last day before the missing ones;
    `left`, the categories still to be asked for; `token`, the place within the first of them.
    """
    try:
        last = dt.date.fromisoformat(told.cursor.get("day", ""))
    except ValueError:
        return {"day": day.isoformat()}
    missed = {name: text for name, text in told.cursor.items() if name in _WORDS}
    if _working_days(last, day):
        since = min(missed.get("missed", last.isoformat()), last.isoformat())
        missed = {"missed": since, "left": told.argument}
    return {"day": max(last, day).isoformat(), **missed}


_WORDS = ("missed", "left", "from", "begun", "token")


def _working_days(after: dt.date, before: dt.date) -> int:
    """The days between two days on which arXiv announces papers, as far as the calendar tells."""
    between = (after + dt.timedelta(days=n) for n in range(1, min((before - after).days, 60)))
    return sum(day.weekday() < _WEEKEND for day in between)


def warning(told: Told, cursor: Mapping[str, str]) -> str:
    """What is said of days that are too long ago; nothing, mostly."""
    earliest = _earliest(told)
    if cursor.get("missed", earliest) >= earliest:
        return ""
    return (
        f"not asked since {cursor['missed']}: what was announced before {earliest} is not fetched; "
        f"follow oai:{set_of(told.argument.partition('+')[0])}@{cursor['missed']} for it"
    )


def _earliest(told: Told) -> str:
    return (told.today - dt.timedelta(days=MOST_DAYS)).isoformat()


def ask(told: Told, cursor: Mapping[str, str]) -> Ask | None:
    """What is to be asked next for the missing days; None when none are missing."""
    if not cursor.get("left"):
        return None
    return arxiv_oai.begin(_archive(told, cursor))


def _archive(told: Told, cursor: Mapping[str, str]) -> Told:
    """The first category that is left, as a feed of the archive."""
    since = max(cursor["missed"], _earliest(told))
    place = {name: cursor[name] for name in ("from", "begun", "token") if name in cursor}
    argument = f"{set_of(cursor['left'].partition('+')[0])}@{since}"
    return replace(told, argument=argument, cursor=place)


def read(document: Document, asked: Ask, told: Told) -> Page:
    """The records of a page of the archive; behind the last page, the next category.

    Raises:
        FetchError: As `arxiv_oai.read`.
    """
    page = arxiv_oai.read(document, asked, _archive(told, told.cursor))
    drafts = tuple(_announced(one, told.cursor["missed"]) for one in page.drafts)
    if page.next is not None:
        cursor = {**_day(told), "missed": told.cursor["missed"], "left": told.cursor["left"],
                  **(page.cursor or {})}  # fmt: skip
        return replace(page, drafts=drafts, cursor=cursor)
    left = told.cursor["left"].partition("+")[2]
    cursor = {**_day(told), "missed": told.cursor["missed"], "left": left} if left else _day(told)
    return replace(page, drafts=drafts, cursor=cursor, next=ask(told, cursor))


def _day(told: Told) -> dict[str, str]:
    return {"day": told.cursor["day"]}


def _announced(draft: PaperDraft, missed: str) -> PaperDraft:
    """What was sent long before the missing days is no new paper: a later version, or a detail."""
    record = draft.records[0]
    since = (dt.date.fromisoformat(missed) - dt.timedelta(days=_HELD_BACK)).isoformat()
    if record.fields.published.text >= since:
        return draft
    fields = replace(record.fields, details={**record.fields.details, "announced": "replace"})
    return replace(draft, records=(replace(record, fields=fields),))
