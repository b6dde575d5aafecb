"""Feeds as OPML, for other programs and for a library elsewhere.

Format: http://opml.org/spec2.opml. What only this program can follow has no `xmlUrl`; its `reader`
attribute is read back by `reader import`.
"""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from reader.model.feed import Feed, FeedKind

_RSS = "https://rss.arxiv.org/rss/"


def opml(feeds: Iterable[Feed]) -> str:
    """The feeds as a document."""
    lines = [_outline(feed) for feed in feeds]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n<head>'
        f"<title>{escape('Feeds of papers')}</title></head>\n<body>\n"
        + "".join(lines)
        + "</body>\n</opml>\n"
    )


def _outline(feed: Feed) -> str:
    told = {"text": feed.name, "title": feed.name}
    kind = feed.subscription.kind
    if kind is FeedKind.WEB:
        told |= {"type": "rss", "xmlUrl": feed.spec}
    elif kind is FeedKind.DAILY:
        told |= {"type": "rss", "xmlUrl": _RSS + feed.spec}
    told["reader"] = feed.spec
    words = " ".join(f"{name}={quoteattr(value)}" for name, value in told.items())
    return f"<outline {words}/>\n"
