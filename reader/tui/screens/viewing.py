"""Views: going to one, keeping, changing and ordering one's own, and looking at one afresh."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.model.change import (
    Change,
    Outcome,
    TagRemoval,
    ViewMove,
    ViewRemoval,
    ViewRename,
    ViewSave,
)
from reader.model.paper import Tag
from reader.model.query import parse_query
from reader.model.query.shown import Shown
from reader.model.query.views import BUILT_IN, View, tag_view
from reader.tui.actions import Scope
from reader.tui.screens.action_set import ActionSet

if TYPE_CHECKING:
    from reader.tui.screens.library import LibraryScreen


class Viewing(ActionSet):
    """Actions `view.*`."""

    def __init__(self, screen: "LibraryScreen") -> None:
        super().__init__(screen)
        self._renamed: dict[str, str] = {}

    def go(self, view: View) -> None:
        """Show a view or a tag."""
        self.show(Shown(view))

    def show(self, shown: Shown) -> None:
        """Show something else; `H` comes back from there."""
        screen = self.screen
        if shown != screen.showing.shown:
            screen.travelling.leave()
        screen.finding.forget()
        screen.remove_class("-drawer")
        screen.showing.show(shown)
        screen.go_to(screen.papers)

    def find(self, name: str) -> View | None:
        """The view of a name, or the only one that begins so; a tag with `#`."""
        if name.startswith("#"):
            tags = (tag.name for tag in self.screen.showing.summary.tags)
            return tag_view(name[1:]) if name[1:] in tags else None
        views = {view.name: view for view in self.screen.showing.views()}
        near = [view for key, view in views.items() if key.startswith(name.lower())]
        return views.get(name.lower()) or (near[0] if len(near) == 1 else None)

    def own(self, count: int | None, text: str = "") -> None:
        """The view of a name; without one, one's own of a number, the first by default."""
        telling, own = self.screen.telling, self.screen.showing.summary.views
        view = self.find(text) if text else None
        if view is None and not text and 0 < (count or 1) <= len(own):
            view = own[(count or 1) - 1]
        if view is not None:
            self.go(view)
        elif text:
            telling.refuse(f"no view is called {text}")
        else:
            key = self.screen.keymap.key_of("find.anywhere")
            telling.refuse(f"no view {count or 1}: {key}, a query, ctrl+s saves one")

    # -- one's own -------------------------------------------------------------------------

    def save(self, _count: int | None, text: str = "") -> None:
        """Keep what is shown as a view."""
        if text:
            self.save_as(text, self.screen.showing.shown.text)
        else:
            self.screen.finding.ask_name()

    def save_as(self, name: str, query: str) -> None:
        """Keep a query under a name."""
        self.change(ViewSave(name.strip(), query))

    @property
    def _chosen(self) -> View | None:
        """The view under the cursor of the sidebar, while one is there."""
        here = self.screen.scope is Scope.SIDEBAR
        return self.screen.sidebar.chosen if here else None

    def _with_chosen(self, then: Callable[[View], None]) -> None:
        """Do something with the user's view under the cursor of the sidebar."""
        view = self._chosen
        if view is None or not view.position:
            told = "only your own views can be changed, in the sidebar"
            self.screen.telling.refuse(told)
        else:
            then(view)

    def edit(self, _count: int | None) -> None:
        """Change the name or the query of a view: `name = query`."""
        self._with_chosen(self.screen.finding.ask_view)

    def edited(self, view: View, text: str) -> None:
        """Take `name = query`, as one change."""
        name, equals, query = (part.strip() for part in text.partition("="))
        query = query if equals else view.text
        if problems := parse_query(query).errors:
            self.screen.telling.refuse(f"{problems[0].message}; nothing was changed")
            return
        other = query if query != view.text else None
        if name.lower() != view.name:
            self._renamed[view.name] = name.lower()
            self.change(ViewRename(view.name, name, other))
        elif other is not None:
            self.save_as(view.name, query)

    def remove(self, _count: int | None) -> None:
        """Delete a view; a tag of the sidebar too."""
        view = self._chosen
        if view is not None and view.name.startswith("#"):
            self.change(TagRemoval(view.name[1:]))
        else:
            self._with_chosen(lambda view: self.change(ViewRemoval(view.name)))

    def move(self, count: int | None, text: str) -> None:
        """Move a view up or down among one's own."""
        steps = int(text) * (count or 1)
        self._with_chosen(
            lambda view: self.change(ViewMove(view.name, max(1, view.position + steps)))
        )

    def fold(self, _count: int | None) -> None:
        """Fold or unfold what is under the cursor of the sidebar."""
        self.screen.sidebar.fold()
        self.screen.telling.everything()

    def change(self, change: Change) -> None:
        """Change views or tags, and say what was done."""
        self.screen.change(self._changed, self.screen.library.apply(change))

    async def _changed(self, outcome: Future[Outcome]) -> None:
        screen = self.screen
        done = await asyncio.wrap_future(outcome)
        if done.group is None:
            screen.telling.say("nothing to change")
        else:
            key = screen.keymap.key_of("history.undo")
            screen.telling.say(done.group.summary, f"{key} undoes")
        await screen.showing.refresh_summary()
        await screen.showing.refresh_rows(done.papers)
        self._follow()

    def _follow(self) -> None:
        """Show the view that is shown as it is now; the inbox when it is gone."""
        screen = self.screen
        shown = screen.showing.shown
        if shown.view.position:
            own = {view.name: view for view in screen.showing.summary.views}
            same = [view for view in own.values() if view.text == shown.view.text]
            now = self._renamed.get(shown.view.name, "")
            view = own.get(now) or own.get(shown.view.name) or next(iter(same), BUILT_IN["inbox"])
            if view.text != shown.view.text or view.name != shown.view.name:
                row = screen.papers.row
                screen.showing.show(replace(shown, view=view), row.id if row else 0)

    # -- tags ------------------------------------------------------------------------------

    def tags(self, _count: int | None) -> None:
        """The tags: rename, merge, colour, pin, delete."""
        self.screen.showing.when_told(self._show_tags)

    def _show_tags(self) -> None:
        from reader.tui.screens.tag_screen import TagScreen  # noqa: PLC0415 - not before

        screen = self.screen
        tags = TagScreen(screen.palette, screen.showing.summary.tags, self._change_tags)
        self.open_dialog(tags, lambda name: self.go(tag_view(name)))

    def _change_tags(
        self, change: Change | None, then: Callable[[str, Sequence[Tag]], None]
    ) -> None:
        """Change tags, or undo, and tell what it did, and the tags as they are then."""

        async def changed(told: str) -> None:
            then(told, self.screen.showing.summary.tags)

        self.make_change(change, changed)

    # -- this view -------------------------------------------------------------------------

    def unread(self, _count: int | None) -> None:
        """Only what is unread, or all again."""
        screen = self.screen
        shown = screen.showing.shown
        row = screen.papers.row
        screen.showing.show(replace(shown, unread=not shown.unread), row.id if row else 0)
        screen.telling.say("all papers of the view" if shown.unread else "unread only")

    def refresh(self, _count: int | None) -> None:
        """Run the query again; settled rows go."""
        screen = self.screen
        screen.showing.show(screen.showing.shown, self.next_kept())
        screen.telling.say("")

    def next_kept(self) -> int:
        """The paper nearest below the cursor, else above it, that stays in the view."""
        papers = self.screen.papers
        for step in (1, -1):
            place = papers.cursor
            while 0 <= place < len(papers.ids):
                if papers.ids[place] not in papers.settled:
                    return papers.ids[place]
                place += step
        return 0
