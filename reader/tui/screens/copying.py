"""Copying to the clipboard, by the terminal (OSC 52), so that it works over ssh too."""

from reader.export import bibtex
from reader.model.paper import Paper, PaperRow
from reader.tui.actions import key_of
from reader.tui.screens.action_set import ActionSet


class Copying(ActionSet):
    """Actions `copy.*`: of the paper under the cursor."""

    def _copy(self, text: str, what: str = "") -> None:
        self.screen.app.copy_to_clipboard(text)
        self.screen.telling.say(f"copied {what or text}")

    def _row(self) -> PaperRow | None:
        row = self.screen.papers.row
        if row is None:
            self.screen.telling.refuse("there is no paper here")
        return row

    def citation(self, _count: int | None) -> None:
        r"""The citekey, as `\cite{…}` or as the settings say."""
        if row := self._row():
            self._copy(self.screen.settings.cite_wrap.format(keys=row.citekey))

    def title(self, _count: int | None) -> None:
        """The title."""
        if row := self._row():
            self._copy(row.title, f"“{row.title}”")

    def url(self, _count: int | None) -> None:
        """The link."""
        self.screen.with_paper(self._url)

    def _url(self, paper: Paper) -> None:
        if paper.urls:
            self._copy(paper.urls[0])
        else:
            key = key_of("copy.title")
            self.screen.telling.refuse(f"no link known for this paper; {key} copies its title")

    def bibtex(self, _count: int | None) -> None:
        """The BibTeX entry."""
        self.screen.with_paper(self._bibtex)

    def _bibtex(self, paper: Paper) -> None:
        self._copy(bibtex.format_paper(paper) + "\n", f"the BibTeX of {paper.row.citekey}")
