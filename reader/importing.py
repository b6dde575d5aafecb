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
from reader.sources.document import open_document

SAMPLES_AS_OF = dt.date(2026, 5, 7)
"""The day on which the bundled listings were captured."""

SAMPLE_FILES = ("arxiv-listing.txt", "huggingface-daily-papers.txt")
"""The bundled listings, the one that names authors first."""


@dataclass(slots=True)
class FileReport:
    """What became of one file."""

    file: str
    format: str = ""
    new: int = 0
    merged: int = 0
    unchanged: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    error: str = ""

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
    drafts = _all_drafts(files, options, report)
    report.group, taken = store.import_drafts(
        drafts, name, actor=actor, told=report.labels, heard=heard
    )
    report.unsure = taken.unsure
    if report.files:
        report.files[-1].rejected += [Rejected(0, reason) for reason in taken.left_out]
    return report


def _all_drafts(
    files: Sequence[tuple[Path, str]], options: Options, report: ImportReport
) -> Iterator[PaperDraft]:
    for path, name in files:
        current = FileReport(name)
        report.files.append(current)
        try:
            yield from _drafts(path, options, current, report.labels)
        except ImportFileError as error:
            current.error = f"{error} {_so_far(current)}"


def _so_far(report: FileReport) -> str:
    taken = report.new + report.merged + report.unchanged
    if not taken:
        return "Nothing was imported from it."
    return f"{taken:,} papers before that were imported; `reader undo` takes them back."


def _drafts(
    path: Path, options: Options, report: FileReport, labels: list[Tag | View]
) -> Iterator[PaperDraft]:
    document = open_document(path, report.file)
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
