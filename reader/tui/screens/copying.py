"""Copying to the clipboard, by the terminal (OSC 52), so that it works over ssh too."""

from reader.export import bibtex
from reader.model.paper import Paper
from reader.tui.screens.helper import Helper


class Copying(Helper):
    """Actions `copy.*`: of the paper under the cursor."""

    def _paper(self) -> Paper | None:
        paper = self.screen.abstract.paper
        if paper is None:
            self.screen.telling.refuse("there is no paper here")
        return paper

    def _copy(self, text: str, what: str = "") -> None:
        self.screen.app.copy_to_clipboard(text)
        self.screen.telling.say(f"copied {what or text}")

    def citation(self, _count: int | None) -> None:
        r"""The citekey, as `\cite{…}`."""
        if paper := self._paper():
            self._copy(f"\\cite{{{paper.row.citekey}}}")

    def title(self, _count: int | None) -> None:
        """The title."""
        if paper := self._paper():
            self._copy(paper.row.title, f"“{paper.row.title}”")

    def url(self, _count: int | None) -> None:
        """The link."""
        if paper := self._paper():
            if paper.urls:
                self._copy(paper.urls[0])
            else:
                self.screen.telling.refuse("no link known for this paper; y t copies its title")

    def bibtex(self, _count: int | None) -> None:
        """The BibTeX entry."""
        if paper := self._paper():
            self._copy(bibtex.format_paper(paper) + "\n", f"the BibTeX of {paper.row.citekey}")
