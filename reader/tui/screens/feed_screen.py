"""The feeds: how each fares, followed, paused and unfollowed, each as one step to be undone."""

import datetime as dt
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from functools import partial
from typing import Any

from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

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
from reader.tui.screens.dialog import Dialog
from reader.tui.themes import Palette
from reader.tui.widgets.choices import Choices, Line
from reader.tui.widgets.pane import KeyPressed
from reader.tui.widgets.prompt import PromptInput

Told = tuple[Sequence[Feed], Mapping[int, Health]]
"""The feeds, and how each fared."""

Apply = Callable[[Change | None], Awaitable[tuple[str, Told]]]
"""Makes a change, or undoes the last one; what it did, and the feeds as they are then."""

_ADD, _RENAME, _SEARCH = "add", "rename", "search"
_NAME, _STATE, _WIDE = 26, 14, 60
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


class FeedScreen(Dialog[tuple[str, str]]):
    """Lists the feeds; each key acts on the one under the cursor.

    Gives what is to be done, `papers` or `sync`, and the feed's spec.
    """

    AUTO_FOCUS = "Choices"
    placeholder = ""
    hints = "Enter papers  a follow  R sync it  p pause  r rename  D unfollow  u undo  / search"

    def __init__(
        self,
        palette: Palette,
        feeds: Sequence[Feed],
        health: Mapping[int, Health],
        today: dt.date,
        apply: Apply,
    ) -> None:
        super().__init__("Feeds", palette)
        self._feeds, self._health, self._today, self._apply = list(feeds), health, today, apply
        self._offered = self._feeds
        self._asking, self._sought = "", ""

    def compose(self) -> ComposeResult:
        """Title, the line that asks, the feeds, what the one under the cursor says, the keys."""
        with Vertical(id="dialog"):
            yield Static(self._title, markup=False, classes="dialog-title")
            yield PromptInput()
            yield Choices(self._palette, takes_keys=True)
            yield Static("", markup=False, classes="dialog-detail")
            yield Static(self.hints, markup=False, classes="dialog-note")

    def on_mount(self) -> None:
        """Show everything; keys are commands until something is asked for."""
        self._leave_input()
        self.call_after_refresh(self._show)

    def offer(self, text: str) -> None:
        """Show the feeds that fit a search."""
        if self._asking == _SEARCH:
            self._sought = text
            self._show()

    # -- what is shown ---------------------------------------------------------------------

    def _show(self, at: str = "") -> None:
        self._offered = best(self._sought, self._feeds, lambda feed: f"{feed.name} {feed.spec}")
        specs = [feed.spec for feed in self._offered]
        place = specs.index(at) if at in specs else min(self.choices.cursor, len(specs) - 1)
        lines = [self._line(feed) for feed in self._offered]
        self.choices.show(lines or self._nothing(), max(place, 0))
        self._tell()

    def _nothing(self) -> list[Line]:
        """What is said while nothing is followed."""
        palette = self._palette
        told = _EXAMPLES if not self._feeds else (("", "no feed is called so"),)
        return [([(f" {what:<20}", palette.text), (about, palette.muted)], [])
                for what, about in told]  # fmt: skip

    def _line(self, feed: Feed) -> Line:
        palette, health = self._palette, self._health.get(feed.id, Health())
        sign, style = self._sign(feed, health)
        width = self.choices.size.width
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

    def _tell(self) -> None:
        """What the feed under the cursor says of itself."""
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

    @on(KeyPressed)
    def _key(self, event: KeyPressed) -> None:
        event.stop()
        self.take_key(event.key)

    def take_key(self, key: str) -> bool:
        """One key: a command, or a letter of what is asked for."""
        if self._asking:
            return super().take_key(key)
        feed = self._chosen
        if key in ("j", "down", "k", "up"):
            self.choices.move(1 if key in ("j", "down") else -1)
            self._tell()
            self.note("")
        elif key in ("g", "home", "G", "end"):
            self.choices.move(len(self._offered) * (1 if key in ("G", "end") else -1))
            self._tell()
        elif key in ("escape", "q", "h"):
            self._close()
        elif key == "a":
            self._ask(_ADD, "follow: cs.LG, hf, author:NAME, cites:KEY, dir:PATH, a URL", "")
        elif key == "/":
            self._ask(_SEARCH, "search", self._sought)
        elif key == "u":
            self._do(None)
        elif feed is not None:
            self._act(key, feed)
        return False

    def _act(self, key: str, feed: Feed) -> None:
        if key in ("enter", "l"):
            self.answer(("papers", feed.spec))
        elif key == "R":
            self.answer(("sync", feed.spec))
        elif key == "p":
            self._do(PauseFeed(feed.spec, paused=not feed.paused))
        elif key == "r":
            self._ask(_RENAME, f"call {feed.spec}", feed.name)
        elif key == "D":
            self._do(Unsubscribe(feed.spec))
        else:
            self.note(f"{key} does nothing here: {self.hints}")

    def _close(self) -> None:
        if self._sought:
            self._sought = ""
            self._show()
        else:
            self.answer(None)

    # -- what is asked for -----------------------------------------------------------------

    def _ask(self, what: str, label: str, text: str) -> None:
        self._asking = what
        entry = self.entry
        entry.display = True
        entry.placeholder = label
        with entry.prevent(Input.Changed):
            entry.value = text
        entry.cursor_position = len(text)
        entry.focus()
        self.note(f"{label}   Enter keep   Esc back")

    def _leave_input(self) -> None:
        self._asking = ""
        self.entry.display = False
        self.choices.focus()
        self.note("")

    def command(self, command: str, text: str) -> None:
        """The keys of the line that asks."""
        if command == "cancel":
            self._leave_input()
        elif command == "accept":
            self.accept(text)

    def accept(self, text: str) -> None:
        """Take what was asked for; by the mouse, only the line."""
        asking, feed = self._asking, self._chosen
        self._leave_input()
        if asking == _RENAME and feed is not None and text.strip():
            self._do(RenameFeed(feed.spec, text.strip()))
        elif asking == _ADD and text.strip():
            self._follow(text)

    def _follow(self, text: str) -> None:
        try:
            told = parse_subscription(text)
        except UsageError as problem:
            self.note(str(problem))
            return
        self._do(Subscribe(((told.spec, told.name),)), at=told.spec)

    def _do(self, change: Change | None, at: str = "") -> None:
        at = at or (self._chosen.spec if self._chosen else "")
        work: Callable[..., Coroutine[Any, Any, Any]] = self._done
        self.run_worker(partial(work, change, at), exit_on_error=False)

    async def _done(self, change: Change | None, at: str) -> None:
        told, (feeds, health) = await self._apply(change)
        if self.is_mounted:
            self._feeds, self._health = list(feeds), health
            self._show(at)
            self.note(told)


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
