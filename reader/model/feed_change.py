"""What the user did to the feeds, as values; their kin are in `reader.model.change`."""

from reader.frozen import frozen
from reader.model.text import clean


@frozen
class Subscribe:
    """Follow feeds: each by its spec and what it is called."""

    feeds: tuple[tuple[str, str], ...]
    verb = "subscribe"

    @property
    def told(self) -> str:
        """What it did."""
        named = self.feeds[0][1] if len(self.feeds) == 1 else f"{len(self.feeds)} feeds"
        return f"subscribed to {named}"


@frozen
class Unsubscribe:
    """Follow a feed no longer; its papers stay."""

    spec: str
    verb = "unsubscribe"

    @property
    def told(self) -> str:
        """What it did."""
        return f"unsubscribed from {self.spec}"


@frozen
class PauseFeed:
    """Leave a feed out of syncs, or take it in again."""

    spec: str
    paused: bool
    verb = "pause"

    @property
    def told(self) -> str:
        """What it did."""
        return f"{'paused' if self.paused else 'resumed'} {self.spec}"


@frozen
class RenameFeed:
    """Call a feed something else."""

    spec: str
    name: str
    verb = "feed"

    @property
    def told(self) -> str:
        """What it did."""
        return f"renamed feed {self.spec} to {clean(self.name)[:80]}"


FeedsChange = Subscribe | Unsubscribe | PauseFeed | RenameFeed
"""Changes of what is followed."""
