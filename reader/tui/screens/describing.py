"""The paper's data: shown with its sources, changed by field, whole in the editor, or renamed."""

import asyncio
from concurrent.futures import Future

from textual.app import SuspendNotSupported

from reader.errors import ReaderError
from reader.model.change import CitekeyChange, MetadataChange, Outcome
from reader.model.citekey import check_citekey
from reader.model.paper import Paper
from reader.tui.away import terminal_for_others
from reader.tui.screens.action_set import ActionSet


class Describing(ActionSet):
    """Actions `data.*`: of the paper under the cursor."""

    def edit(self, _count: int | None) -> None:
        """Show and change the paper's data."""
        self.screen.previewing.with_paper(self._edit)

    def _edit(self, paper: Paper) -> None:
        from reader.tui.screens.metadata import InEditor, Metadata  # noqa: PLC0415 - not before

        def answered(answer: MetadataChange | InEditor) -> None:
            if isinstance(answer, InEditor):
                self._edit_outside(answer.paper)
            else:
                self._change(answer)

        self.open_dialog(Metadata(self.screen.palette, paper), answered)

    def _edit_outside(self, paper: Paper) -> None:
        """The whole form in the user's editor, which has the terminal meanwhile."""
        from reader.forms import ask_changes  # noqa: PLC0415 - tomlkit, only for this

        telling = self.screen.telling
        try:
            with terminal_for_others(self.screen.app):
                wanted = ask_changes(paper)
            if wanted:
                self._change(MetadataChange(paper.row.id, tuple(wanted.items())))
        except SuspendNotSupported:
            telling.refuse(f"no terminal for an editor: `reader edit {paper.row.citekey}`")
        except ReaderError as problem:
            telling.refuse(str(problem))

    def citekey(self, _count: int | None, text: str) -> None:
        """Give the paper another citekey."""
        row = self.screen.papers.row
        if row is None:
            self.screen.telling.refuse("there is no paper here")
            return
        try:
            check_citekey(text)
        except ReaderError as problem:
            self.screen.telling.refuse(str(problem))
            return
        self._change(CitekeyChange(row.id, text))

    def _change(self, change: MetadataChange | CitekeyChange) -> None:
        self.screen.change(self._changed, self.screen.library.apply(change), change.paper)

    async def _changed(self, change: Future[Outcome], paper: int) -> None:
        await self.screen.deciding.written(change, (paper,))
        self.screen.showing.incomplete = True  # another date is another place in the list
        await asyncio.sleep(0)
        self.screen.previewing.now()
