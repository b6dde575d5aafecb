"""arXiv's query API: the papers of a search, and papers by their ids.

Protocol: https://info.arxiv.org/help/api/user-manual.html
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from reader.errors import FetchError
from reader.model.identifiers import ARXIV
from reader.model.paper import PaperDraft
from reader.sources.document import Document
from reader.sources.fetch.asking import Ask, target
from reader.sources.online.pages import Page, Told, items_of

SLICE = 100
_MOST_PAGES = 10
_HELD_BACK = 7
_TOTAL = re.compile(r"<(?:\w+:)?totalResults[^>]*>\s*(\d{1,9})\s*<")
_PATH = "/api/query"


def begin(told: Told) -> Ask:
    """Ask for the papers of the query whose last version is the newest, or go on behind a page."""
    return _page(told.argument, int(told.cursor.get("start", 0)))


def author_query(name: str) -> str:
    """The query of an author's papers."""
    return 'au:"{}"'.format(name.replace('"', " "))


def _page(query: str, start: int) -> Ask:
    words: dict[str, str | int] = {"search_query": query, "start": start, "max_results": SLICE,
             "sortBy": "lastUpdatedDate", "sortOrder": "descending"}  # fmt: skip
    return Ask("arxiv_api", target(_PATH, words), "xml")


def by_ids(ids: Iterable[str]) -> Ask:
    """Ask for papers by their ids, all of them: without a number the API gives ten."""
    told = list(ids)
    return Ask("arxiv_api", target(_PATH, {"id_list": ",".join(told), "max_results": len(told)}),
               "xml")  # fmt: skip


def by_title(title: str) -> Ask:
    """Ask for papers whose title has these words."""
    words = " ".join("".join(char if char.isalnum() else " " for char in title).split())
    return Ask("arxiv_api", target(_PATH, {"search_query": f'ti:"{words[:250]}"',
                                           "max_results": 5}), "xml")  # fmt: skip


def read(document: Document, _ask: Ask, told: Told) -> Page:
    """The papers of a slice; those behind what was known before are left out.

    Raises:
        FetchError: It is no feed, or arXiv's error.
    """
    drafts, rejected = items_of(document, told.context, "atom")
    known, start = told.cursor.get("latest", ""), int(told.cursor.get("start", 0))
    since = _overlapping(known)
    newest = told.cursor.get("newest") or max(map(_updated, drafts), default="")
    if not drafts and not rejected and start < _total(document):
        raise FetchError(
            f"{document.name} left out papers that it counts, as it does at times. Nothing was "
            "taken from this page; a sync later goes on from here.", "truncated")  # fmt: skip
    fresh = tuple(_announced(one, known) for one in drafts if _updated(one) >= since)
    whole = len(drafts) + len(rejected) >= SLICE and len(fresh) == len(drafts)
    if not whole or not known:
        return Page(fresh, rejected, None, {"latest": max(newest, known)})
    cursor = {"latest": known, "newest": newest, "start": str(start + SLICE)}
    if told.page + 1 >= _MOST_PAGES:
        warning = f"more than {_MOST_PAGES * SLICE:,} papers: the next sync goes on from there"
        return Page(fresh, rejected, None, cursor, warning)
    return Page(fresh, rejected, _page(told.argument, start + SLICE), cursor)


def _overlapping(known: str) -> str:
    """A week before the newest that is known: what moderators held back comes under its old day."""
    try:
        day = dt.date.fromisoformat(known)
    except ValueError:
        return known
    return (day - dt.timedelta(days=_HELD_BACK)).isoformat()


def _total(document: Document) -> int:
    found = _TOTAL.search(document.head)
    return int(found[1]) if found else 0


def _updated(draft: PaperDraft) -> str:
    fields = draft.records[0].fields
    return fields.updated.text or fields.published.text


def _announced(draft: PaperDraft, known: str) -> PaperDraft:
    """A later version of what was published before the last time is no new paper."""
    record = draft.records[0]
    version = max((one.version for one in record.fields.identifiers if one.scheme == ARXIV),
                  default=0)  # fmt: skip
    if version < 2 or not known or record.fields.published.text > known:  # noqa: PLR2004 - the first is new
        return draft
    details: Mapping[str, str] = {**record.fields.details, "announced": "replace"}
    fields = replace(record.fields, details=details)
    return replace(draft, records=(replace(record, fields=fields),))
