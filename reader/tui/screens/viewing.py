"""Views: going to one, keeping one, and looking at one afresh."""

import asyncio
from concurrent.futures import Future

from reader.model.change import Change, Outcome, ViewSave
from reader.model.query.shown import Shown
from reader.model.query.views import BUILT_IN, View
from reader.tui.actions import key_of
from reader.tui.screens.action_set import ActionSet
from reader.tui.screens.moving import Panes


class Viewing(ActionSet):
    """Actions `view.*`."""

    def go(self, view: View) -> None:
        """Show a view or a tag."""
        screen = self.screen
        screen.finding.forget()
        screen.remove_class("-drawer")
        screen.showing.show(Shown(view))
        screen.go_to(screen.papers)

    def named(self, name: str) -> bool:
        """Go to the view of a name, or to the only one that begins so; whether there is one."""
        views = {view.name: view for view in self.screen.showing.views()}
        near = [view for key, view in views.items() if key.startswith(name.lower())]
        view = views.get(name.lower()) or (near[0] if len(near) == 1 else None)
        if view is not None:
            self.go(view)
        return view is not None

    def inbox(self, _count: int | None) -> None:
        """Everything unread."""
        self.go(BUILT_IN["inbox"])

    def today(self, _count: int | None) -> None:
        """What came today."""
        self.go(BUILT_IN["today"])

    def later(self, _count: int | None) -> None:
        """To be read later."""
        self.go(BUILT_IN["later"])

    def current(self, _count: int | None) -> None:
        """Being read."""
        self.go(BUILT_IN["reading"])

    def starred(self, _count: int | None) -> None:
        """Starred."""
        self.go(BUILT_IN["starred"])

    def read(self, _count: int | None) -> None:
        """Read."""
        self.go(BUILT_IN["read"])

    def all(self, _count: int | None) -> None:
        """All papers."""
        self.go(BUILT_IN["all"])

    def trash(self, _count: int | None) -> None:
        """What was thrown away."""
        self.go(BUILT_IN["trash"])

    def own(self, count: int | None) -> None:
        """The view of one's own with a number, the first by default."""
        own = self.screen.showing.summary.views
        if 0 < (count or 1) <= len(own):
            self.go(own[(count or 1) - 1])
        else:
            key = key_of("find.anywhere")
            self.screen.telling.refuse(f"no view {count or 1}: {key}, a query, ctrl+s saves one")

    def save(self, _count: int | None) -> None:
        """Keep what is shown as a view."""
        self.screen.finding.ask_name()

    def save_as(self, name: str, query: str) -> None:
        """Keep a query under a name."""
        self.change(ViewSave(name.strip(), query))

    def change(self, change: Change) -> None:
        """Change views or tags, and say what was done."""
        self.screen.change(self._changed, self.screen.library.apply(change))

    async def _changed(self, outcome: Future[Outcome]) -> None:
        group = (await asyncio.wrap_future(outcome)).group
        telling = self.screen.telling
        telling.say(
            group.summary if group else "nothing to change", f"{key_of('history.undo')} undoes"
        )
        await self.screen.showing.refresh_summary()

    def refresh(self, _count: int | None) -> None:
        """Run the query again; settled rows go."""
        screen = self.screen
        screen.showing.show(screen.showing.shown, self._next_kept())
        screen.telling.say("")

    def _next_kept(self) -> int:
        """The paper nearest below the cursor, else above it, that stays in the view."""
        papers = self.screen.papers
        for step in (1, -1):
            place = papers.cursor
            while 0 <= place < len(papers.ids):
                if papers.ids[place] not in papers.settled:
                    return papers.ids[place]
                place += step
        return 0

    def sidebar(self, _count: int | None) -> None:
        """Show or hide the sidebar."""
        screen = self.screen
        if screen.sidebar.size.width:
            screen.add_class("-no-sidebar")
            screen.remove_class("-drawer")
            screen.go_to(screen.papers)
        else:
            Panes(screen).open_sidebar()
