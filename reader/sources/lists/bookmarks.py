"""Bookmarks of a browser, and Pocket's last export: pages of links with folders and tags.

Format: https://learn.microsoft.com/previous-versions/windows/internet-explorer/ie-developer/platform-apis/aa753582(v=vs.85)
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from reader.model.identifiers import parse_link
from reader.model.paper import Rejected
from reader.model.text import clean
from reader.sources.context import RAW_LENGTH, Context, Item
from reader.sources.document import Document
from reader.sources.lists.read_later import Link, entry_of

NAME = "bookmarks"
LABEL = "bookmarks of a browser or of Pocket, those of papers"
SOURCE = "read-later"

_HEADS = ("<!doctype netscape-bookmark-file", "<title>pocket export</title>")
_IN_FRONT = re.compile(r"^\[[^\[\]]{4,20}\]\s+")
_ALL = ("bookmarks", "bookmarks bar", "bookmarks toolbar", "other bookmarks", "favorites")


def recognises(head: str) -> bool:
    """Whether a text is a page of bookmarks."""
    return any(one in head[:2_000].lower() for one in _HEADS)


def read(document: Document, context: Context) -> Iterator[Item]:
    """The bookmarks of papers, and the others as what they are."""
    page = _Page()
    page.feed(document.text())
    page.close()
    for number, link in enumerate(page.links, start=1):
        if parse_link(link.url) is None:
            raw = clean(f"{link.title} {link.url}")[:RAW_LENGTH]
            yield Rejected(0, "a bookmark that leads to no paper", raw, number)
        else:
            yield from entry_of(link).items(context, SOURCE)


class _Page(HTMLParser):
    """The links of a page, each under the headings that it stands under."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[Link] = []
        self._heading = self._text = ""
        self._link: dict[str, str | None] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a heading or a link."""
        if tag in ("h1", "h3", "a"):
            self._text = ""
            self._link = dict(attrs) if tag == "a" else None

    def handle_data(self, data: str) -> None:
        """Gather the text of what was begun."""
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        """End a heading or a link."""
        if tag in ("h1", "h3"):
            self._heading = self._text.strip()
        elif tag == "a" and self._link is not None:
            told = {name: value or "" for name, value in self._link.items()}
            heading = "" if self._heading.lower() in _ALL else self._heading
            state = {"unread": "unread", "read archive": "archive"}.get(heading.lower(), "")
            self.links.append(Link(
                url=told.get("href", ""), title=_IN_FRONT.sub("", self._text.strip()),
                tags=told.get("tags", ""), state=state, folder="" if state else heading,
                added=told.get("time_added", told.get("add_date", "")),
            ))  # fmt: skip
            self._link = None
