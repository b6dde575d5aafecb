"""Any RSS or Atom feed: journals, preprint servers, blogs.

Formats: https://www.rssboard.org/rss-specification and RFC 4287
"""

import re
from urllib.parse import urljoin

from reader.errors import FetchError
from reader.sources.document import Document
from reader.sources.fetch.asking import WEB, Ask
from reader.sources.online.pages import Page, Told, items_of

_LINK = re.compile(r"<link\b[^>]{0,500}>", re.IGNORECASE)
_FEED = re.compile(r"application/(?:rss|atom)\+xml", re.IGNORECASE)
_HREF = re.compile(r"href\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)


def begin(told: Told) -> Ask:
    """Ask for the feed."""
    return Ask(WEB, told.argument)


def read(document: Document, _ask: Ask, told: Told) -> Page:
    """The entries of the feed.

    Raises:
        FetchError: It is none; where a page names one, that is said.
    """
    if _is_page(document.head):
        raise FetchError(_told_page(document.head, told.argument), "login page")
    drafts, rejected = items_of(document, told.context, "rss", "atom", "oai")
    return Page(drafts, rejected)


def _is_page(head: str) -> bool:
    return head.lstrip()[:15].lower().startswith(("<!doctype html", "<html"))


def _told_page(head: str, address: str) -> str:
    links = (one for one in _LINK.findall(head) if _FEED.search(one))
    named = [found[1] for one in links if (found := _HREF.search(one))]
    hint = f" The page names this feed: {urljoin(address, named[0])}" if named else ""
    return f"a web page was answered, no feed (a login?). Nothing was taken from it.{hint}"
