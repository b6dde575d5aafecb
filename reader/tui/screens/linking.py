"""Where a paper leads: its pages, its other links, its authors."""

from reader.model.identifiers import ARXIV
from reader.model.paper import Paper
from reader.model.query.shown import Shown
from reader.tui.opening import open_url, safe_url, title_search
from reader.tui.screens.action_set import ActionSet


class Linking(ActionSet):
    """Actions `link.*`: of the paper under the cursor."""

    def open(self, _count: int | None) -> None:
        """Open the paper's page in the browser."""
        self.screen.previewing.with_paper(self._open)

    def _open(self, paper: Paper) -> None:
        known = next(filter(safe_url, paper.urls), "")
        if known:
            self.open_link(known)
        elif self.open_link(title_search(paper.row.title)):
            self.screen.telling.say("no link known: looking for the title on arXiv")

    def open_link(self, url: str) -> bool:
        """Open a link, or copy it where nothing can open it; whether it was opened."""
        telling = self.screen.telling
        if open_url(url, self.screen.settings.open_browser):
            telling.say(f"opening {url}")
            return True
        self.screen.app.copy_to_clipboard(url)
        telling.refuse(f"no browser found; copied {url}")
        return False

    def choose(self, _count: int | None) -> None:
        """Choose one of the paper's links."""
        self.screen.previewing.with_paper(self._choose)

    def _choose(self, paper: Paper) -> None:
        from reader.tui.screens.choose import Choose, Option  # noqa: PLC0415 - not before

        links = [Option(what, url, url) for what, url in links_of(paper) if safe_url(url)]
        title = f"Links of “{paper.row.title}”"
        self.open_dialog(
            Choose(self.screen.palette, title, links, numbered=True),
            lambda url: void(self.open_link(url)),
        )

    def authors(self, _count: int | None) -> None:
        """Choose an author, whose papers are shown."""
        self.screen.previewing.with_paper(self._authors)

    def _authors(self, paper: Paper) -> None:
        from reader.tui.screens.choose import Choose, Option  # noqa: PLC0415 - not before

        names = [author.name for author in paper.authors]
        if not names:
            self.screen.telling.refuse("no author of this paper is known by name")
        elif len(names) == 1:
            self.papers_of(names[0])
        else:
            options = [Option(name, "", name) for name in names]
            title = f"Authors of “{paper.row.title}”"
            chosen = Choose(self.screen.palette, title, options, numbered=True)
            self.open_dialog(chosen, self.papers_of)

    def papers_of(self, name: str) -> None:
        """Show the papers of an author."""
        quoted = name.replace('"', "")
        here = self.screen.showing.shown
        self.screen.viewing.show(Shown(here.view, sought=f'author:"{quoted}"'))


def void(_result: object) -> None:
    """Forget a result."""


def links_of(paper: Paper) -> list[tuple[str, str]]:
    """The links of a paper with what they lead to."""
    found: list[tuple[str, str]] = []
    for one in paper.identifiers:
        if one.scheme == ARXIV:
            found += [
                ("abstract", f"https://arxiv.org/abs/{one.value}"),
                ("PDF", f"https://arxiv.org/pdf/{one.value}"),
                ("HTML", f"https://arxiv.org/html/{one.value}"),
                ("Hugging Face", f"https://huggingface.co/papers/{one.value}"),
                ("alphaXiv", f"https://www.alphaxiv.org/abs/{one.value}"),
            ]
        elif one.url:
            found.append((one.scheme.upper(), one.url))
    found += [("link", url) for url in paper.links]
    if not found:
        found.append(("title on arXiv", title_search(paper.row.title)))
    return list({url: (what, url) for what, url in reversed(found)}.values())[::-1]
