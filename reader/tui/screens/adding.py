"""Adding papers: what is given is shown as it would come in, and taken when that is wanted."""

import asyncio
import tempfile
import threading
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import UsageError
from reader.model.feed import parse_subscription
from reader.model.identifiers import find_identifiers
from reader.model.paper import Status, UserState, source_label
from reader.paths import existing
from reader.tui.asking import here
from reader.tui.screens.action_set import ActionSet

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from reader.import_report import FileReport, ImportReport
    from reader.library.store import Store
    from reader.model.feed import Subscription
    from reader.model.paper import PaperDraft
    from reader.tui.screens.library import LibraryScreen

_EVERY = 0.2
"""Seconds between two words about how far it has come."""

_LONGEST_PATH = 4_096
_LONGEST_TITLE = 300


class _Cancelled(Exception):  # noqa: N818 - no error: the user changed their mind
    """Ends an import from within its transaction, which takes it back."""


class Adding(ActionSet):
    """Actions `add.*`: files, folders, pasted text and identifiers."""

    def __init__(self, screen: "LibraryScreen") -> None:
        super().__init__(screen)
        self._stop: threading.Event | None = None

    def papers(self, _count: int | None, text: str = "") -> None:
        """Show what a file, a folder or a text would bring, and import it when that is wanted."""
        from reader.tui.screens.add_papers import AddPapers  # noqa: PLC0415 - not before

        if text:
            self._begin_look(text)
        else:
            self.open_dialog(AddPapers(self.screen.palette), self._begin_look)

    def _begin_look(self, text: str) -> None:
        """A path and what is pasted are looked at here; a name or a title is asked for."""
        following = self.screen.following
        if feed := names_a_feed(text):
            spec = feed.spec
            self.confirm(f"Follow {feed.name}?", lambda: following.subscribe(None, spec))
        elif names_one_paper(text):
            following.look_up(text, lambda draft, why: self._known(text, draft, why))
        else:
            self._look(text)

    def _known(self, text: str, draft: "PaperDraft | None", why: str) -> None:
        """Show what a service said; an identifier that none could be asked for is kept as it is."""
        if draft is None and find_identifiers(text):
            self.screen.telling.refuse(f"{why} It would be kept under its name:")
            self._look(text)
        elif draft is None:
            self.screen.telling.refuse(why)
        else:
            work = self._begin_draft(draft, dry_run=True)
            again = partial(self._begin_draft, draft, dry_run=False)
            self.screen.change(self._looked, work, again)

    def _begin_draft(self, draft: "PaperDraft", *, dry_run: bool) -> "Future[ImportReport]":
        self._stop = threading.Event()
        return self.screen.library.write(lambda store: import_draft(store, draft, dry_run))

    def cancel(self) -> bool:
        """Stop the import that is going on; whether there was one."""
        if self._stop is None or self._stop.is_set():
            return False
        self._stop.set()
        return True

    def _look(self, text: str) -> None:
        self.screen.telling.say("looking at what it holds …   Esc cancels")
        again = partial(self._begin, text, dry_run=False)
        self.screen.change(self._looked, self._begin(text, dry_run=True), again)

    async def _looked(
        self, done: "Future[ImportReport]", again: "Callable[[], Future[ImportReport]]"
    ) -> None:
        from reader.tui.screens.import_preview import ImportPreview  # noqa: PLC0415 - not before

        report = await self._finished(done)
        if report is None:
            return
        self.screen.telling.say("")
        preview = ImportPreview(self.screen.palette, report)
        self.open_dialog(preview, lambda _yes: self._take(again))

    def _take(self, again: "Callable[[], Future[ImportReport]]") -> None:
        self.screen.telling.say("importing …   Esc cancels")
        self.screen.change(self._taken, again())

    async def _taken(self, done: "Future[ImportReport]") -> None:
        report = await self._finished(done)
        screen = self.screen
        if report is None:
            return
        if report.group is None:
            screen.telling.say("nothing new: all of it is in the library")
            return
        undo = screen.keymap.key_of("history.undo")
        screen.telling.say(report.group.summary, f"{undo} undoes")
        await screen.showing.refresh_summary()
        screen.finding.forget()
        current = screen.papers.row
        screen.showing.show(screen.showing.shown, current.id if current else 0)

    async def _finished(self, done: "Future[ImportReport]") -> "ImportReport | None":
        try:
            return await asyncio.wrap_future(done)
        except _Cancelled:
            self.screen.telling.say("cancelled: nothing was imported")
            return None
        finally:
            self._stop = None

    def _begin(self, text: str, *, dry_run: bool) -> "Future[ImportReport]":
        """Import on the thread that writes; its progress is said here."""
        self._stop = threading.Event()
        say = here(self.screen.telling.say)
        word = "would come" if dry_run else "imported"

        def said(report: "FileReport") -> None:
            told = f"{report.done:,} papers {word} from {report.file}   Esc cancels"
            say(told)

        heard = _progress(self._stop, said)
        return self.screen.library.write(lambda store: import_given(store, text, dry_run, heard))


def _progress(
    stop: threading.Event, said: "Callable[[FileReport], None]"
) -> "Callable[[FileReport], None]":
    """What an import tells of every paper: now and then it is said, and it may have to stop."""
    last = [time.monotonic()]

    def heard(report: "FileReport") -> None:
        if stop.is_set():
            raise _Cancelled
        if time.monotonic() - last[0] > _EVERY:
            last[0] = time.monotonic()
            said(report)

    return heard


def names_a_feed(text: str) -> "Subscription | None":
    """What a line means to follow; None for what is there or names a paper."""
    line = text.strip()
    if "\n" in line or len(line) > _LONGEST_TITLE or find_identifiers(line) or existing(line):
        return None
    try:
        return parse_subscription(line)
    except UsageError:
        return None


def names_one_paper(text: str) -> bool:
    """Whether a text is one line that names a paper: an identifier, a link, or a title."""
    line = text.strip()
    if "\n" in line or len(line) > _LONGEST_TITLE or line.startswith(_NO_TITLE):
        return False
    if existing(line):
        return False
    found = find_identifiers(line)
    return len(found) == 1 if found else (" " in line or line.isdigit())


_NO_TITLE = ("@", "{", "<", "%", "/", "./", "../", "~")
"""How entries of files and paths begin."""


def import_draft(
    store: "Store",
    draft: "PaperDraft",
    dry_run: bool,  # noqa: FBT001 - handed on
) -> "ImportReport":
    """Take one draft in that a service told of, to be read later; or what that would do."""
    from reader.import_report import FileReport, ImportReport  # noqa: PLC0415 - only for this
    from reader.library.taking import ImportOrder  # noqa: PLC0415 - likewise

    told = replace(draft, user=UserState(Status.LATER))
    record = draft.records[0]
    report = ImportReport([FileReport(record.origin, source_label(record.source))])
    if dry_run:
        report.preview = store.preview_drafts([told], report.files[0].count)
        report.unsure = report.preview.unsure
        return report
    order = ImportOrder(f"“{record.fields.title[:60]}”", "user")
    report.group, taken = store.import_drafts([told], order)
    report.unsure = taken.unsure
    return report


def import_given(
    store: "Store",
    text: str,
    dry_run: bool,  # noqa: FBT001 - handed on
    heard: "Callable[[FileReport], None]",
) -> "ImportReport":
    """Import what a text is: the path of a file or folder, else papers themselves."""
    from reader.import_report import Options  # noqa: PLC0415 - importers, only for this
    from reader.importing import import_files  # noqa: PLC0415 - likewise

    options = Options(dry_run=dry_run)
    path = existing(text.strip()) if _may_be_path(text) else None
    if path is not None:
        return import_files(store, [(path, text.strip())], options, heard)
    with tempfile.NamedTemporaryFile(prefix="reader-paste-") as spool:
        spool.write(text.encode("utf-8", "replace"))
        spool.flush()
        return import_files(store, [(Path(spool.name), "pasted text")], options, heard)


def _may_be_path(text: str) -> bool:
    return "\n" not in text.strip() and "\0" not in text and len(text) < _LONGEST_PATH
