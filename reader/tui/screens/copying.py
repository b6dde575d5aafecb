"""Copying to the clipboard, by the terminal (OSC 52), so that it works over ssh too."""

from collections.abc import Sequence

from reader.model.paper import Paper
from reader.tui.actions import Scope
from reader.tui.screens.action_set import ActionSet
from reader.tui.selection import Targets

_MOST = 1_000
_NAMES = {"doi": "DOI", "arxiv": "arXiv id", "url": "link", "abstract": "abstract"}


class Copying(ActionSet):
    """Actions `copy.*`: of the papers that are meant."""

    def copy(self, count: int | None, text: str) -> None:
        """Copy something of the papers: `cite`, `bibtex`, `url`, `title`, …."""
        screen = self.screen
        if screen.scope is Scope.TEXT and text == "cite" and screen.abstract.quotation:
            screen.previewing.with_paper(self._quote)
            return
        targets = screen.targets(count)
        shown = screen.abstract.paper
        if not targets.papers:
            screen.telling.refuse("there is no paper here")
        elif targets.count > _MOST:
            screen.telling.refuse(f"{targets.count:,} papers are too many for the clipboard")
        elif shown is not None and targets.papers == (shown.row.id,):
            self._copied([shown], text)
        elif text == "cite" and (keys := self._citekeys(targets)):
            self._put(self._citation(keys))
        else:
            screen.start("copy", self._fetch, targets.papers, text)

    def _citekeys(self, targets: Targets) -> list[str]:
        """The citekeys, where all the rows are here."""
        rows = [self.screen.papers.known(paper) for paper in targets.papers]
        return [row.citekey for row in rows if row] if None not in rows else []

    async def _fetch(self, papers: Sequence[int], what: str) -> None:
        self._copied(await self.screen.library.whole(papers), what)

    def _copied(self, papers: Sequence[Paper], what: str) -> None:
        """Put it on the clipboard and say so; a paper that has nothing of the kind is left out."""
        if what == "cite":
            self._put(self._citation([paper.row.citekey for paper in papers]))
            return
        from reader.export.forms import FORMS  # noqa: PLC0415 - not before it is wanted

        told = list(filter(None, map(FORMS[what], papers)))
        if not told:
            key = self.screen.keymap.key_of("copy.title")
            name = _NAMES.get(what, what)
            self.screen.telling.refuse(f"no {name} known for this paper; {key} copies its title")
            return
        first = papers[0].row
        brief = {"bibtex": f"the BibTeX of {first.citekey}", "json": f"the JSON of {first.citekey}",
                 "abstract": "the abstract", "title": f"“{told[0]}”"}  # fmt: skip
        said = brief.get(what, told[0]) if len(told) == 1 else f"{len(told)} papers as {what}"
        end = "\n" if what in ("bibtex", "json") else ""
        self._put("\n".join(told) + end, said)

    def _citation(self, keys: Sequence[str]) -> str:
        return self.screen.settings.cite_wrap.format(keys=",".join(keys))

    def _quote(self, paper: Paper) -> None:
        """The chosen sentences, with their citation."""
        said = self.screen.abstract.quotation
        self._put(
            f"“{said}” {self._citation([paper.row.citekey])}", "the sentence with its citekey"
        )

    def _put(self, text: str, told: str = "") -> None:
        self.screen.app.copy_to_clipboard(text)
        self.screen.telling.say(f"copied {told or text}")
