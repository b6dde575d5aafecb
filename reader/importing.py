"""Importing: files through their importers into the library, as one undoable change."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reader.errors import ImportFileError
from reader.library.ingest import Verdict
from reader.library.reading import now
from reader.library.store import Store
from reader.model.change import ChangeGroup
from reader.model.paper import SAMPLES, PaperDraft, Rejected, Tag
from reader.model.query.views import View
from reader.resources import seeds
from reader.sources import formats
from reader.sources.context import Context
from reader.sources.document import Position, open_document

SAMPLES_AS_OF = dt.date(2026, 5, 7)
"""The day on which the bundled listings were captured."""

LONG = 75_000_000
"""Bytes of a file from which on it has more papers than one transaction should."""

SAMPLE_FILES = ("arxiv-listing.txt", "huggingface-daily-papers.txt")
"""The bundled listings, the one that names authors first."""


@dataclass(slots=True)
class FileReport:
    """What became of one file.

    Attributes:
        position: How much of it was read, and the line behind which an earlier import went on.
    """

    file: str
    format: str = ""
    new: int = 0
    merged: int = 0
    unchanged: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    error: str = ""
    position: Position = field(default_factory=lambda: Position(0))

    @property
    def done(self) -> int:
        """The papers of it that were taken."""
        return self.new + self.merged + self.unchanged

    def count(self, verdict: Verdict) -> None:
        """Count one draft."""
        setattr(self, verdict.value, getattr(self, verdict.value) + 1)


@dataclass(slots=True)
class ImportReport:
    """What became of an import: file by file, its change group, and what is unsure.

    Attributes:
        labels: The tags and views that the files told of besides.
    """

    files: list[FileReport] = field(default_factory=list)
    group: ChangeGroup | None = None
    unsure: list[tuple[str, str]] = field(default_factory=list)
    labels: list[Tag | View] = field(default_factory=list)

    def total(self, verdict: Verdict) -> int:
        """How many drafts of all files had one outcome."""
        return sum(getattr(report, verdict.value) for report in self.files)


@dataclass(frozen=True, slots=True)
class Options:
    """How to import.

    Attributes:
        format: The format to read the files as; None to recognise it.
        as_of: The day the files are from; None for today.
        origin: What provenance calls the files; None for their own names.
    """

    format: str | None = None
    as_of: dt.date | None = None
    origin: str | None = None


def import_files(
    store: Store,
    files: Sequence[tuple[Path, str]],
    options: Options,
    progress: Callable[[FileReport], None] = lambda _report: None,
) -> ImportReport:
    """Import files, given with the names that messages use; one bad file does not stop the others.

    Raises:
        LibraryError: The library could not be written; nothing was imported.
    """
    report = ImportReport()
    actor = "samples" if options.origin == SAMPLES else "import"

    def heard(verdict: Verdict) -> None:
        report.files[-1].count(verdict)
        progress(report.files[-1])

    name = _name(files, options)
    source = _long(files)
    long = store.unfinished(source) if source else None
    drafts = _all_drafts(files, options, report, long.line if long else 0)
    report.group, taken = store.import_drafts(
        drafts, name, actor=actor, told=report.labels, heard=heard, long=long
    )
    report.unsure = taken.unsure
    if report.files:
        report.files[-1].rejected += [Rejected(0, reason) for reason in taken.left_out]
    return report


def _long(files: Sequence[tuple[Path, str]]) -> str:
    """What is imported, when it is one file of many papers: where it is, its size and its date."""
    try:
        found = [path.stat() for path, _ in files]
    except OSError:
        return ""
    if len(files) != 1 or found[0].st_size < LONG:
        return ""
    return f"{files[0][0].resolve()} {found[0].st_size} {found[0].st_mtime_ns}"


def _all_drafts(
    files: Sequence[tuple[Path, str]], options: Options, report: ImportReport, after: int
) -> Iterator[PaperDraft]:
    for path, name in files:
        current = FileReport(name)
        report.files.append(current)
        try:
            yield from _drafts(path, options, current, report.labels, after)
        except ImportFileError as error:
            current.error = f"{error} {_so_far(current)}"


def _so_far(report: FileReport) -> str:
    if not report.done:
        return "Nothing was imported from it."
    return f"{report.done:,} papers before that were imported; `reader undo` takes them back."


def _drafts(
    path: Path, options: Options, report: FileReport, labels: list[Tag | View], after: int
) -> Iterator[PaperDraft]:
    document = open_document(path, report.file)
    report.position = document.position
    document.position.after = after
    report.format = options.format or formats.recognise(document)
    context = Context(
        origin=options.origin or report.file,
        as_of=options.as_of or dt.datetime.now(dt.UTC).date(),
        seen_at=now(),
    )
    for item in formats.read(document, context, report.format):
        if isinstance(item, Rejected):
            report.rejected.append(item)
        elif isinstance(item, PaperDraft):
            yield item
        else:
            labels.append(item)


def _name(files: Sequence[tuple[Path, str]], options: Options) -> str:
    if options.origin == SAMPLES:
        return "the sample shelf"
    return files[0][1] if len(files) == 1 else f"{len(files)} files"


def import_samples(store: Store) -> ImportReport:
    """Put the bundled listings into the library, as of the day they were captured."""
    files = [(seeds() / name, name) for name in SAMPLE_FILES]
    return import_files(store, files, Options("listing", SAMPLES_AS_OF, SAMPLES))
