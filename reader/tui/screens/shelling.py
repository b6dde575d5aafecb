"""The shell: commands with the paper's facts in their environment, pipes, and files."""

import asyncio
import os
import subprocess
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from textual.app import SuspendNotSupported

from reader.errors import OutputFileError, ReaderError
from reader.files import check_no_part, replace_file
from reader.model.identifiers import ARXIV, DOI
from reader.model.paper import Paper
from reader.model.text import clean
from reader.paths import user_path
from reader.tui.away import terminal_for_others
from reader.tui.screens.action_set import ActionSet

_FORMATS = ("json", "bibtex", "text")
_LONGEST = 100_000
"""Bytes of a fact; Linux starts no program with one over 128 KB: execve(2)."""
_HINTS = " Enter run   Esc cancel   $READER_ID $READER_TITLE $READER_URL $READER_CITEKEY …"


class Shelling(ActionSet):
    """Actions `shell.*`."""

    def run(self, _count: int | None, text: str = "") -> None:
        """Run a command of the user's in their shell."""
        if text:
            self._with_paper(text)
        else:
            self.screen.question.ask("!", self._with_paper, hints=_HINTS)

    def _with_paper(self, command: str) -> None:
        if self.screen.papers.row is None:
            self._shell(command, {})
        else:
            self.screen.previewing.with_paper(
                lambda paper: self._shell(command, environment(paper))
            )

    def pipe(self, count: int | None, text: str = "") -> None:
        """Give the papers that are meant to a command: `json`, `bibtex` or `text`, then it."""
        papers = self.screen.targets(count).papers
        if not papers:
            self.screen.telling.refuse("there is no paper here")
        elif text:
            self._pipe(papers, text)
        else:
            hints = " Enter run   Esc cancel   json, bibtex or text in front; json if none is"
            label = f"| {len(papers):,} papers" if len(papers) > 1 else "|"
            self.screen.question.ask(label, lambda line: self._pipe(papers, line), hints=hints)

    def _pipe(self, papers: Sequence[int], text: str) -> None:
        form, _, command = text.partition(" ")
        if form not in _FORMATS:
            form, command = "json", text
        if not command.strip():
            self.screen.telling.refuse("a command is missing: | bibtex wc -l")
            return
        self.screen.start("pipe", self._fetch, papers, form, command)

    async def _fetch(self, papers: Sequence[int], form: str, command: str) -> None:
        from reader.export.forms import FORMS  # noqa: PLC0415 - not before it is wanted

        whole = await self.screen.library.whole(papers)
        text = "".join(f"{FORMS[form](paper)}\n" for paper in whole)
        self._shell(command, environment(whole[0]) if whole else {}, text)

    def _shell(self, command: str, facts: dict[str, str], given: str | None = None) -> None:
        """Let the user's shell have the terminal; the facts go by the environment only."""
        shell = os.environ.get("SHELL") or "/bin/sh"
        telling = self.screen.telling
        try:
            with terminal_for_others(self.screen.app):
                status = _run([shell, "-c", command], facts, given)
        except SuspendNotSupported:
            telling.refuse("no terminal to run a command in")
        except OSError as error:
            telling.refuse(f"{shell} cannot be started: {error.strerror}; SHELL names another")
        else:
            telling.say(f"{command}: " + ("done" if status == 0 else f"exit {status}"))

    # -- files -----------------------------------------------------------------------------

    def export(self, count: int | None, text: str = "") -> None:
        """Write the selection, else the whole view, to a file: `bibtex papers.bib`."""
        self.screen.turns.when_whole(lambda: self._ask_or_write(count, text))

    def _ask_or_write(self, count: int | None, text: str) -> None:
        screen = self.screen
        chosen = screen.selection.any or screen.selection.given is not None or count
        papers = screen.targets(count).papers if chosen else tuple(screen.papers.ids)
        if not papers:
            screen.telling.refuse("there is no paper here")
        elif text:
            screen.change(self._export, papers, text)
        else:
            screen.question.ask(
                f"export {len(papers):,} papers to",
                lambda line: screen.change(self._export, papers, line),
                hints=" Enter write   Esc cancel   x.bib .ris .json .md .csv .html, or FORMAT FILE",
            )

    async def _export(self, papers: Sequence[int], text: str) -> None:
        from reader.export.formats import DOCUMENTS, SUFFIXES  # noqa: PLC0415 - only for this

        form, _, name = text.strip().partition(" ")
        if form not in DOCUMENTS and name.strip().startswith(("/", "~", ".")):
            known = ", ".join(DOCUMENTS)
            self.screen.telling.refuse(f"no format is called {form}: {known}")
            return
        if form not in DOCUMENTS or not name:
            form, name = SUFFIXES.get(text.rpartition(".")[2].lower(), "jsonl"), text.strip()
        whole = await self.screen.library.whole(papers)
        try:
            library = self.screen.library.path
            path = await asyncio.to_thread(_write, name.strip(), DOCUMENTS[form](whole), library)
        except FileExistsError:
            self.screen.telling.refuse(f"{name} is there already; give another name")
        except ReaderError as error:
            self.screen.telling.refuse(str(error))
        except OSError as error:
            reason = error.strerror or str(error)
            self.screen.telling.refuse(str(OutputFileError(Path(name), reason)))
        else:
            self.screen.telling.say(f"wrote {len(whole):,} papers to {clean(str(path))}")


def _write(name: str, lines: Iterable[str], library: Path) -> Path:
    path = user_path(name)
    check_no_part(path, library)
    if path.exists():
        raise FileExistsError(path)
    replace_file(path, (f"{line}\n" for line in lines), shared=True)
    return path


def environment(paper: Paper) -> dict[str, str]:
    """What a command of the user's can ask of a paper."""
    known = {one.scheme: one.value for one in reversed(paper.identifiers)}
    row = paper.row
    facts = {
        "ID": row.citekey, "CITEKEY": row.citekey, "TITLE": row.title, "STATUS": row.status.word,
        "AUTHORS": "; ".join(author.name for author in paper.authors), "TAGS": ",".join(row.tags),
        "ARXIV": known.get(ARXIV, ""), "DOI": known.get(DOI, ""),
        "URL": next(iter(paper.urls), ""), "DATE": row.published.text, "ABSTRACT": paper.abstract,
    }  # fmt: skip
    return {f"READER_{name}": _bounded(value.replace("\0", "")) for name, value in facts.items()}


def _bounded(value: str) -> str:
    """No longer than a program can be handed."""
    return value.encode("utf-8", "replace")[:_LONGEST].decode("utf-8", "ignore")


def _run(command: list[str], facts: dict[str, str], given: str | None) -> int:
    """Run it with the terminal, and wait for a key so that its output can be read."""
    done = subprocess.run(  # noqa: S603 - the user's own command in the user's own shell
        command, env={**os.environ, **facts}, input=given, text=True, check=False,
        encoding="utf-8", errors="replace",
    )  # fmt: skip
    print("\n[Enter goes back to reader]", end="", flush=True)  # noqa: T201 - the screen is away
    with suppress(EOFError, KeyboardInterrupt):
        input()
    return done.returncode
