"""Telling: the bars, the sidebar, empty states and messages."""

import datetime as dt
from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.style import Style

from reader.errors import ReaderError
from reader.model.paper import Status
from reader.model.query.shown import Shown
from reader.model.text import printable
from reader.tui.action_table import PREFIXES, footer_actions
from reader.tui.layout import SMALLEST
from reader.tui.page import insight_lines
from reader.tui.render import BOLD, Part, cut, status_style
from reader.tui.themes import Palette
from reader.tui.widgets.bars import Bar, Hinted
from reader.tui.widgets.sidebar import entries

if TYPE_CHECKING:
    from reader.tui.screens.completing import Completing
    from reader.tui.screens.library import LibraryScreen

SHOWN_FOR = 4.0
"""Seconds that a message stays."""

_PLAIN = Style()
_LOGGED = 200


class Telling:
    """What the main screen says around the papers."""

    def __init__(self, screen: "LibraryScreen") -> None:
        self._screen = screen
        self._said: tuple[str, str] = ("", "")
        self._error = False
        self._number = 0
        self.log: deque[tuple[str, str]] = deque(maxlen=_LOGGED)
        self.troubled = False

    def everything(self) -> None:
        """Show all of it afresh."""
        self.top()
        self.position()
        self.footer()
        screen = self._screen
        showing = screen.showing
        inbox = "Sample shelf" if showing.summary.only_samples else ""
        summary = showing.summary
        folded = screen.sidebar.folded
        lines = entries(summary.views, summary.tags, showing.count_of, inbox, folded)
        screen.sidebar.show(lines, showing.shown.view)
        screen.papers.explain_empty(self._why_empty())
        if screen.size.width:
            columns, rows = SMALLEST
            text, room = f"needs {columns}×{rows}", screen.size.width
            has = f", has {room}×{screen.size.height}"
            text += has if len(text + has) <= room else ""
            screen.query_one("#too-small", Bar).show([(text, screen.palette.muted)])

    # -- bars ------------------------------------------------------------------------------

    def top(self) -> None:
        """Where one is, and how much there is to do."""
        screen, palette = self._screen, self._screen.palette
        counts = screen.showing.summary.counts
        name = screen.finding.view_name()
        inbox: list[Part] = [("Inbox › ", palette.muted)] if name == "Sample shelf" else []
        left: list[Part] = [
            (f" {palette.glyphs.home} ", palette.accent),
            *inbox,
            (name, palette.text + BOLD),
        ]
        if screen.library.read_only is not None:
            left.append(("  READ-ONLY", palette.error + BOLD))
        if screen.size.width >= 96:  # noqa: PLR2004 - from two columns on
            left.insert(1, ("reader   ", palette.text))
        if (bib := screen.citing.active) is not None and self._wide:
            left.append((f"   → {printable(bib.name)}", palette.muted))
        syncing = screen.following.progress
        right: list[Part] = (
            [(f"{cut(printable(syncing), max(screen.size.width // 3, 8))}   ", palette.accent)]
            if syncing
            else []
        )
        right.append((f"{counts.get('status 0', 0):,} unread  ", palette.muted))
        for status in (Status.LATER, Status.READING):
            count = counts.get(f"status {int(status)}", 0)
            right.append((palette.glyphs.of(status), status_style(status, palette)))
            right.append(
                (f" {count:,} {status.word}  " if self._wide else f" {count:,} ", palette.muted)
            )
        screen.query_one("#top", Bar).show(left, right)

    @property
    def _wide(self) -> bool:
        return self._screen.size.width >= 72  # noqa: PLR2004 - from two panes on

    def title(self) -> None:
        """The line above the list: the view, its order, the place in it."""
        screen, palette = self._screen, self._screen.palette
        shown = screen.showing.shown
        order = _order(shown)
        name = screen.finding.view_name()
        if not shown.view.position and not name.startswith("#"):
            name = name.upper()
        here = palette.accent if screen.papers.has_focus else palette.muted
        left: list[Part] = [(f" {name}", here + BOLD)]
        if arrived := self._arrived():
            left.append((f"   {arrived}", palette.accent))
        if shown.words:
            left.append((f"  / {shown.words}", palette.accent))
        place: Part = (f"{self._place()} ", palette.muted)
        used = sum(cell_len(text) for text, _ in (*left, place)) + len(order) + 4
        right = (
            [place] if used > screen.papers.size.width else [(f"{order}  ", palette.muted), place]
        )
        screen.query_one("#list-title", Bar).show(left, right)

    def _arrived(self) -> str:
        """What came and waits to be shown."""
        waiting, key = self._screen.showing.waiting, self._screen.keymap.key_of("view.refresh")
        return f"{waiting:,} new · {key}" if waiting else ""

    def _place(self) -> str:
        papers = self._screen.papers
        more = "+" if self._screen.turns.partial else ""
        return f"{papers.cursor + 1:,}/{len(papers.ids):,}{more}" if papers.ids else "0"

    def position(self) -> None:
        """The place in the list, in the status line too where the list has no title."""
        self.title()
        screen, palette = self._screen, self._screen.palette
        text, undo = self._said
        style = palette.error if self._error else palette.text
        titled = screen.looking.titled
        place = "" if titled else f"{self._place()} "
        words = "" if titled else screen.showing.shown.words
        selected = screen.selecting.told()
        right = [
            (f"{selected}  " if selected else "", palette.accent + BOLD),
            (f"/ {words}  " if words else "", palette.accent),
            (f"{self._arrived()}  " if self._arrived() and not titled else "", palette.accent),
            (place, palette.muted),
        ]
        hint = f"   {undo}" if undo else ""
        taken = sum(cell_len(part) for part, _ in right) + len(hint) + 4
        said = cut(text, max(screen.size.width - taken, 20))
        left = [(f" {said}", style), (hint, palette.muted)]
        screen.query_one("#status", Bar).show(left, right)

    def footer(self) -> None:
        """The keys of the focused pane, or those that complete what was typed."""
        screen = self._screen
        if screen.prompt.mode:
            screen.which_key.show("", ())
            screen.footer.show(self._prompt_hints())
            return
        keys, scope = screen.keys, screen.scope
        follow = [(key, action, 0) for key, action in keys.continuations(scope)]
        if not keys.prefix:
            screen.which_key.show("", ())
        elif screen.which_key.display:
            follow = []
        screen.footer.show_actions(keys.pending(), follow if keys.prefix else self._hints())

    def which_key(self, prefix: tuple[str, ...]) -> None:
        """Show what could follow a prefix, if it still waits."""
        screen = self._screen
        if prefix and screen.keys.prefix == prefix:
            title = f"{' '.join(prefix)}  {PREFIXES.get(prefix[0], '')}"
            screen.which_key.show(title, screen.keys.continuations(screen.scope))

    def _hints(self) -> list[Hinted]:
        screen = self._screen
        chosen = footer_actions(screen.scope, selected=screen.selection.any)
        bound = screen.keymap.keys
        return [(bound[action.id][0], action, place)
                for action, place in chosen if bound.get(action.id)]  # fmt: skip

    def _prompt_hints(self) -> list[Part]:
        """What is wrong with the text, else what could stand at its end, else the keys."""
        screen, palette = self._screen, self._screen.palette
        purpose = screen.purpose
        problems = sorted(purpose.problems, key=lambda one: not one.error)
        completing = purpose.completing
        candidates = completing.candidates if completing else ()
        if problems and not (candidates and purpose.unfinished):
            style = palette.error if problems[0].error else palette.text
            fix = "   Tab mends it" if any(one.fix is not None for one in problems) else ""
            told = "  ·  ".join(one.message for one in problems)
            return [(f" {cut(told, max(screen.size.width - len(fix) - 2, 20))}", style),
                    (fix, palette.muted)]  # fmt: skip
        if completing and candidates:
            return _candidate_parts(completing, palette, screen.size.width)
        return [(purpose.hints, palette.muted)]

    def troubles(self, around: Sequence[str]) -> None:
        """Say what is wrong with the surroundings, once, when the screen begins."""
        told = len(self.log)
        self._say_troubles(around)
        self.troubled = len(self.log) > told

    def _say_troubles(self, around: Sequence[str]) -> None:
        library, settings = self._screen.library, self._screen.settings
        if library.read_only is not None:
            self.refuse(f"READ-ONLY: {library.read_only}")
        elif settings.problems:
            more = f" (+{len(settings.problems) - 1})" if len(settings.problems) > 1 else ""
            self.refuse(f"{settings.problems[0]}{more}")
        elif self._screen.key_problems:
            others = len(self._screen.key_problems) - 1
            also = f" (+{others}: reader keys --conflicts)" if others else ""
            self.refuse(f"keys.toml: {self._screen.key_problems[0]}{also}")
        elif self._screen.finding.misunderstood:
            self.refuse(self._screen.finding.misunderstood)
        elif around:
            self.refuse(around[0])

    # -- messages --------------------------------------------------------------------------

    def say(self, text: str, undo: str = "") -> None:
        """Say what happened, and what undoes it, for a while."""
        self._say(text, undo, error=False)
        number = self._number
        self._screen.set_timer(SHOWN_FOR, lambda: self._expire(number))

    def refuse(self, text: str) -> None:
        """Say why a key did nothing; stays until the next key."""
        self._say(text, "", error=True)

    def failure(self, error: BaseException) -> None:
        """Say what went wrong; what is not the user's to mend is raised."""
        if not isinstance(error, ReaderError):
            raise error
        self._say(str(error), "", error=True)

    def be_silent(self) -> None:
        """Say nothing any more."""
        self._say("", "", error=False)

    def clear_error(self) -> None:
        """The next key was pressed."""
        if self._error:
            self._say("", "", error=False)

    def _say(self, text: str, undo: str, *, error: bool) -> None:
        self._number += 1
        if text:
            now = dt.datetime.now(dt.UTC).astimezone()
            self.log.append((f"{now:%H:%M:%S}", text))
        self._said, self._error = (text, undo), error
        self.position()

    def _expire(self, number: int) -> None:
        if number == self._number:
            self._say("", "", error=False)

    def message(self) -> str:
        """What is said at the moment."""
        return self._said[0]

    # -- empty states ----------------------------------------------------------------------

    def _why_empty(self) -> list[str]:
        """Why the list is empty, and what next."""
        screen = self._screen
        counts, shown = screen.showing.summary.counts, screen.showing.shown
        if shown.words:
            return self._nothing_found()
        if not counts.get("all"):
            told = (("add.papers", "adds papers: a file, an id, a link"),
                    ("feed.screen", "follows feeds"), ("feed.sync", "asks them for what is new"),
                    ("app.help", "shows the keys"))  # fmt: skip
            return ["Your library is empty.", "",
                    *(f"{screen.keymap.key_of(key)}   {does}" for key, does in told)]  # fmt: skip
        if shown.view.name == "inbox":
            later = counts.get(f"status {int(Status.LATER)}", 0)
            keys = screen.keymap
            return ["Nothing new. You are up to date.", "",
                    f"{keys.key_of('view.queue')}   {later:,} to read later",
                    f"{keys.key_of('view.all')}   all {counts['all']:,} papers"]  # fmt: skip
        lines = [f"No papers in {screen.finding.view_name()} yet."]
        if action := _PUTS_HERE.get(shown.view.name):
            lines += ["", f"{self._screen.keymap.key_of(action)}   on a paper puts it here",
                      f"{screen.keymap.key_of('view.inbox')}   goes to the inbox"]  # fmt: skip
        return lines

    def _nothing_found(self) -> list[str]:
        screen = self._screen
        shown = screen.showing.shown
        where = "anywhere" if shown.sought else f"in {screen.finding.view_name()}"
        find, leave = (
            self._screen.keymap.key_of("find.anywhere"),
            self._screen.keymap.key_of("app.peel"),
        )
        hint = [] if shown.sought else [f"Enter {find}   looks in the whole library"]
        insight = screen.abstract.insight
        told = insight_lines(insight) if insight else []
        return [f"Nothing matches “{shown.words}” {where}.", "", *told, *([""] if told else []),
                *hint, f"{leave}   leaves the search"]  # fmt: skip


_PUTS_HERE = {"later": "paper.later", "reading": "paper.reading", "read": "paper.read",
              "starred": "paper.star", "trash": "paper.trash"}  # fmt: skip


def _order(shown: Shown) -> str:
    """The order of the list in a word or two."""
    query = shown.query
    if not query.orders:
        return "best first" if query.ranked else "by date"
    first = query.orders[0]
    return f"by {'-' if first.reverse else ''}{first.key}"


def _candidate_parts(completing: "Completing", palette: Palette, width: int) -> list[Part]:
    """The candidates from the one that stands there on, as many as fit."""
    parts: list[Part] = [(" ", _PLAIN)]
    room = width - 2
    for place in range(max(completing.at, 0), len(completing.candidates)):
        one = completing.candidates[place]
        count = f" {one.papers:,}" if one.papers is not None else ""
        room -= cell_len(one.text) + len(count) + 3
        if room < 0:
            break
        style = palette.accent + BOLD if place == completing.at else palette.text
        parts += [(printable(one.text), style), (f"{count}   ", palette.muted)]
    return parts
