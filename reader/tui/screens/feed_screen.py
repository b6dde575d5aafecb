"""The feeds: how each fares, followed, paused and unfollowed, each as one step to be undone."""

import datetime as dt
from collections.abc import Mapping, Sequence

from rich.style import Style
from textual.widgets import Static

from reader.errors import UsageError
from reader.model.change import (
    Change,
)
from reader.model.feed import Feed, Health, parse_subscription
from reader.model.feed_change import (
    PauseFeed,
    RenameFeed,
    Subscribe,
    Unsubscribe,
)
from reader.model.text import printable
from reader.tui.render import cut
from reader.tui.screens.choose import best
from reader.tui.screens.roster import Apply, Roster
from reader.tui.themes import Palette
from reader.tui.widgets.choices import Line

Told = tuple[Sequence[Feed], Mapping[int, Health]]
"""The feeds, and how each fared."""

_ADD, _RENAME = "add", "rename"
_NAME, _STATE, _WIDE, _BOX = 26, 14, 60, 92
_EXAMPLES = (
    ("a", "follows one of these:"),
    ("cs.LG, cs.LG+stat.ML", "what arXiv announces every day"),
    ("hf, hf:weekly", "Hugging Face's daily papers, with votes"),
    ("author:NAME", "an author's papers on arXiv"),
    ("cites:KEY", "papers that cite one of yours"),
    ("arxiv:ti:grokking", "a query of arXiv"),
    ("https://…", "any RSS or Atom feed: journals, bioRxiv, blogs"),
    ("dir:~/Downloads", "a folder: new PDFs and lists of papers"),
)
_BARS = " ▁▂▃▄▅▆▇█"
_DIGITS = " 123456789"
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


class FeedScreen(Roster[tuple[str, str], Told]):
    """Lists the feeds; each key acts on the one under the cursor.

    Gives what is to be done, `papers` or `sync`, and the feed's spec.
    """

    hints = "Enter papers  a follow  R sync it  p pause  r rename  D unfollow  u undo  / search"

    def __init__(
        self,
        palette: Palette,
        feeds: Sequence[Feed],
        health: Mapping[int, Health],
        today: dt.date,
        apply: Apply[Told],
    ) -> None:
        super().__init__("Feeds", palette, apply)
        self._feeds, self._health, self._today = list(feeds), health, today
        self._offered = self._feeds

    # -- what is shown ---------------------------------------------------------------------

    def show(self, at: str = "") -> None:
        """Show the feeds that fit the search, with the cursor on one of them."""
        self._offered = best(self.sought, self._feeds, lambda feed: f"{feed.name} {feed.spec}")
        specs = [feed.spec for feed in self._offered]
        place = specs.index(at) if at in specs else min(self.choices.cursor, len(specs) - 1)
        lines = [self._line(feed) for feed in self._offered]
        self.choices.show(lines or self._nothing(), max(place, 0))
        self.moved()

    def _nothing(self) -> list[Line]:
        """What is said while nothing is followed."""
        palette = self._palette
        told = _EXAMPLES if not self._feeds else (("", "no feed is called so"),)
        return [([(f" {what:<22}", palette.text), (about, palette.muted)], [])
                for what, about in told]  # fmt: skip

    def _line(self, feed: Feed) -> Line:
        palette, health = self._palette, self._health.get(feed.id, Health())
        sign, style = self._sign(feed, health)
        width = self.room(_BOX)
        never = "never answered" if health.tried else "not asked yet"
        state = "paused" if feed.paused else since(health.succeeded) or never
        bars = f" {self._bars(health)} " if width > _WIDE else " "
        spec = cut(printable(feed.spec), max(width - _NAME - len(bars) - _STATE - 6, 0))
        name = f"{cut(printable(feed.name), _NAME):<{_NAME}} "
        left = [(f"{sign} ", style), (name, palette.text), (spec, palette.muted)]
        return (left, [(bars, palette.accent), (f"{state:>{_STATE}} ", palette.muted)])

    def _sign(self, feed: Feed, health: Health) -> tuple[str, Style]:
        palette = self._palette
        if feed.paused or not health.tried:
            return palette.glyphs.dot, palette.muted
        if health.error:
            return palette.glyphs.problem, palette.error
        return (palette.glyphs.problem, palette.star) if health.warning else (
            palette.glyphs.check, palette.accent)  # fmt: skip

    def _bars(self, health: Health) -> str:
        """The papers of each weekday, Monday first, as bars."""
        means = health.per_weekday(self._today)
        most = max(means) or 1.0
        signs = _BARS if self._palette.glyphs.check == "✓" else _DIGITS
        return "".join(signs[-(-int(mean / most * 800) // 100)] for mean in means)

    def moved(self) -> None:
        """Say what the feed under the cursor says of itself."""
        feed = self._chosen
        health = self._health.get(feed.id, Health()) if feed else Health()
        told = health.error or health.warning
        if not told and feed is not None and health.items:
            total, days = sum(health.items.values()), len(health.items)
            told = f"{total:,} papers in {days:,} {'day' if days == 1 else 'days'}"
        self.query_one(".dialog-detail", Static).update(printable(told))

    @property
    def _chosen(self) -> Feed | None:
        place = self.choices.cursor
        return self._offered[place] if place < len(self._offered) else None

    # -- keys ------------------------------------------------------------------------------

    def act(self, key: str) -> None:
        """Do what a key does, to the feed under the cursor or to the list."""
        feed = self._chosen
        if key == "a":
            self.ask(_ADD, "follow: cs.LG, hf, author:NAME, cites:KEY, dir:PATH, a URL", "")
        elif feed is not None:
            self._act(key, feed)

    def _act(self, key: str, feed: Feed) -> None:
        if key in ("enter", "l"):
            self.answer(("papers", feed.spec))
        elif key == "R":
            self.answer(("sync", feed.spec))
        elif key == "p":
            self._make(PauseFeed(feed.spec, paused=not feed.paused))
        elif key == "r":
            self.ask(_RENAME, f"call {feed.spec}", feed.name)
        elif key == "D":
            self._make(Unsubscribe(feed.spec))
        else:
            self.note(f"{key} does nothing here: {self.hints}")

    def accept(self, text: str) -> None:
        """Take what was asked for; by the mouse, only the line."""
        asking, feed = self.asking, self._chosen
        self.leave_input()
        if asking == _RENAME and feed is not None and text.strip():
            self._make(RenameFeed(feed.spec, text.strip()))
        elif asking == _ADD and text.strip():
            self._follow(text)

    def _follow(self, text: str) -> None:
        try:
            told = parse_subscription(text)
        except UsageError as problem:
            self.note(str(problem))
            return
        self._make(Subscribe(((told.spec, told.name),)), at=told.spec)

    def _make(self, change: Change, at: str = "") -> None:
        self.change(change, at or (self._chosen.spec if self._chosen else ""))

    def renew(self, things: Told) -> None:
        """Take the feeds as they are now."""
        feeds, self._health = things
        self._feeds = list(feeds)


def since(moment: str) -> str:
    """How long ago a moment in UTC was, in a word; empty for none."""
    if not moment:
        return ""
    past = (dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(moment)).total_seconds()
    if past < _MINUTE:
        return "just now"
    for size, word in ((_DAY, "d"), (_HOUR, "h"), (_MINUTE, "min")):
        if past >= size:
            return f"{past // size:.0f} {word} ago"
    return ""
