"""The bibliography that is being written: papers go in and out of it, its file follows."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from reader.model.query.shown import Shown
from reader.tui.screens.action_set import ActionSet

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.export.bibliography import Merged
    from reader.library.bibliographies import Bibliography
    from reader.library.store import Store

_PAUSE = 0.5
"""Seconds after a change in which more may come before the file is written."""

_MOST_TOLD = 200


class Citing(ActionSet):
    """Actions `bib.*`."""

    @property
    def active(self) -> "Bibliography | None":
        """The bibliography that keys mean."""
        return next((one for one in self.screen.showing.summary.bibliographies if one.active), None)

    # -- which one -------------------------------------------------------------------------

    def choose(self, _count: int | None, text: str = "") -> None:
        """Choose the active bibliography; or, of the active one: `query Q`, `check`, `used DIR`."""
        act, _, rest = text.strip().partition(" ")
        if act == "query":
            self._with_active(lambda bib: self._keep(bib.path, rest))
        elif act in ("check", "sync"):
            self._with_active(self._check if act == "check" else self._sync_now)
        elif act == "used":
            self._with_active(lambda bib: self._used(bib, rest))
        elif text.strip():
            self._keep(text.strip(), None)
        else:
            self._ask()

    def _with_active(self, then: "Callable[[Bibliography], None]") -> None:
        if (bib := self.active) is None:
            key = self.screen.keymap.key_of("bib.choose")
            self.screen.telling.refuse(f"there is no bibliography yet: {key} chooses one")
        else:
            then(bib)

    def _ask(self) -> None:
        from reader.tui.screens.choose import Choose, Option  # noqa: PLC0415 - not before

        known = self.screen.showing.summary.bibliographies
        if not known:
            self._ask_path()
            return
        options = [Option(one.name, one.path, one.path) for one in known]
        options.append(Option("another file …", "", ""))
        chosen = Choose(self.screen.palette, "Bibliography", options, at=known[0].path)
        self.open_dialog(chosen, self._chosen)

    def _chosen(self, path: str) -> None:
        if path:
            self._keep(path, None)
        else:
            self._ask_path()

    def _ask_path(self) -> None:
        hints = " Enter keep it up to date   Esc cancel   refs.bib; what is in it stays"
        self.screen.question.ask("bibliography", lambda text: self._keep(text, None), hints=hints)

    def _keep(self, name: str, query: str | None) -> None:
        """Make a file the active bibliography, with another query where one is given."""
        if name.strip():
            path = name.strip() if name.strip().endswith(".bib") else f"{name.strip()}.bib"
            self.screen.change(self._kept, path, query)

    async def _kept(self, path: str, query: str | None) -> None:
        screen = self.screen
        done = screen.library.write(lambda store: _begin(store, path, query))
        merged, bib = await asyncio.wrap_future(done)
        await screen.showing.refresh_summary()
        key = screen.keymap.key_of("bib.toggle")
        screen.telling.say(_told(bib, merged), f"{key} puts papers in")

    # -- what is in it ---------------------------------------------------------------------

    def toggle(self, count: int | None) -> None:
        """Put the papers into the bibliography, or take them out when the first is in it."""
        screen, bib = self.screen, self.active
        row = screen.papers.row
        if bib is None:
            self._ask()
        elif row is None:
            screen.telling.refuse("there is no paper here")
        else:
            sign = "-" if bib.tag in row.tags else "+"
            screen.deciding.tag(count, f"{sign}{bib.tag}")

    def view(self, _count: int | None) -> None:
        """Show what is in the bibliography."""
        here = self.screen.showing.shown
        self._with_active(lambda bib: self.screen.viewing.show(Shown(here.view, sought=bib.text)))

    def changed(self) -> None:
        """Write the file soon, for what belongs in it may have changed; a start changes nothing."""
        screen = self.screen
        if screen.seen.is_set() and self.active is not None and screen.library.read_only is None:
            screen.start("bib", self._write)

    async def _write(self) -> None:
        await asyncio.sleep(_PAUSE)
        if (bib := self.active) is not None:
            await asyncio.wrap_future(self.screen.library.write(lambda store: _sync(store, bib)))

    def _sync_now(self, bib: "Bibliography") -> None:
        self._keep(bib.path, None)

    # -- what is wrong, and what is used ---------------------------------------------------

    def _check(self, bib: "Bibliography") -> None:
        self.screen.change(self._checked, bib)

    async def _checked(self, bib: "Bibliography") -> None:
        from reader.bibliographies import check  # noqa: PLC0415 - only for this

        found = await self.screen.library.asked(lambda store: check(store, bib))
        if not found:
            self.screen.telling.say(f"{bib.name}: nothing is wrong")
            return
        self._list(f"{bib.name}: {len(found):,} to look at",
                   [(one.key, one.told) for one in found[:_MOST_TOLD]])  # fmt: skip

    def _used(self, bib: "Bibliography", folder: str) -> None:
        self.screen.change(self._looked, bib, folder.strip() or str(Path(bib.path).parent))

    async def _looked(self, bib: "Bibliography", folder: str) -> None:
        from reader.bibliographies import use  # noqa: PLC0415 - only for this

        found = await asyncio.to_thread(use, bib, Path(folder))
        lines = [(key, f"missing: {', '.join(found.places[key])}") for key in found.missing]
        lines += [(key, "unused") for key in found.unused]
        lines += [(key, ", ".join(places)) for key, places in sorted(found.places.items())
                  if key not in found.missing]  # fmt: skip
        if lines:
            self._list(f"{bib.name} in {folder}", lines[:_MOST_TOLD])
        else:
            self.screen.telling.say(f"nothing in {folder} cites anything")

    def _list(self, title: str, lines: list[tuple[str, str]]) -> None:
        """Show citekeys with what is said of them; the chosen one is gone to."""
        from reader.tui.screens.choose import Choose, Option  # noqa: PLC0415 - not before

        options = [Option(key, told, key) for key, told in lines]
        hints = "Enter goes to the paper   Esc close"
        chosen = Choose(self.screen.palette, title, options, hints=hints)
        self.open_dialog(chosen, lambda key: self.screen.travelling.paper(None, key))


def _begin(store: "Store", name: str, query: str | None) -> "tuple[Merged, Bibliography]":
    """Make a file the active bibliography and write it."""
    from reader.bibliographies import begin  # noqa: PLC0415 - only for this

    return begin(store, name, query)


def _sync(store: "Store", bib: "Bibliography") -> None:
    from reader.bibliographies import sync  # noqa: PLC0415 - only for this

    current = next((one for one in store.bibliographies() if one.path == bib.path), None)
    if current is not None:
        sync(store, current)


def _told(bib: "Bibliography", merged: "Merged") -> str:
    counts = {"added": len(merged.added), "changed": len(merged.changed),
              "removed": len(merged.removed)}  # fmt: skip
    told = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count)
    return f"{bib.name}: {told or 'up to date'}"
