"""Which protocol a feed is asked by, and at which host."""

from types import ModuleType
from urllib.parse import urlsplit

from reader.model.feed import FeedKind, Subscription
from reader.sources.online import (
    arxiv_daily,
    arxiv_oai,
    arxiv_query,
    citations,
    huggingface,
    web_feed,
)

PROTOCOLS: dict[FeedKind, ModuleType] = {
    FeedKind.DAILY: arxiv_daily,
    FeedKind.QUERY: arxiv_query,
    FeedKind.ARCHIVE: arxiv_oai,
    FeedKind.AUTHOR: arxiv_query,
    FeedKind.HUGGINGFACE: huggingface,
    FeedKind.CITATIONS: citations,
    FeedKind.WEB: web_feed,
}
"""The module of each kind: `begin(told)` gives what is asked first, `read(document, ask, told)` a
page."""

_HOSTS = {FeedKind.HUGGINGFACE: "huggingface", FeedKind.CITATIONS: "semantic_scholar",
          FeedKind.FOLDER: "folders"}  # fmt: skip


def argument_of(told: Subscription) -> str:
    """What the protocol is told to follow."""
    if told.kind is FeedKind.AUTHOR:
        return arxiv_query.author_query(told.argument)
    return told.argument


def host_of(told: Subscription) -> str:
    """Feeds of one host are asked one after the other."""
    if told.kind is FeedKind.WEB:
        return urlsplit(told.spec).netloc.lower()
    return _HOSTS.get(told.kind, "arxiv")
