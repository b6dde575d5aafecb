"""Importing: files and folders through their importers into the library, as one undoable change."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from reader.errors import ImportFileError
from reader.import_report import FileReport, ImportReport, Options
from reader.library.ingest import Verdict
from reader.library.reading import now
from reader.library.store import Store
from reader.library.taking import ImportOrder
from reader.model.labels import Label
from reader.model.paper import SAMPLES, PaperDraft, Rejected, Status, UserState
from reader.resources import seeds
from reader.sources import formats
from reader.sources.context import Context
from reader.sources.document import Document, open_document
from reader.sources.folders import Found, files_in

SAMPLES_AS_OF = dt.date(2026, 5, 7)
"""The day on which the bundled listings were captured."""

LONG = 75_000_000
"""Bytes of a file from which on it has more papers than one transaction should."""

SAMPLE_FILES = ("arxiv-listing.txt", "huggingface-daily-papers.txt")
"""The bundled listings, the one that names authors first."""


def import_files(
    store: Store,
    files: Sequence[tuple[Path, str]],
    options: Options,
    progress: Callable[[FileReport], None] = lambda _report: None,
) -> ImportReport:
    """Import files and folders, given with the names that messages use.

    One bad file does not stop the others. With `options.dry_run` nothing is kept.

    Raises:
        LibraryError: The library could not be written; nothing was imported.
    """
    report = ImportReport()

    def heard(verdict: Verdict) -> None:
        report.files[-1].count(verdict)
        progress(report.files[-1])

    source = "" if options.dry_run else _long(files)
    long = store.unfinished(source) if source else None
    drafts = _all_drafts(files, options, report, long.line if long else 0)
    if options.dry_run:
        report.preview = store.preview_drafts(drafts, heard)
        report.unsure = report.preview.unsure
        return report
    actor = "samples" if options.origin == SAMPLES else "import"
    order = ImportOrder(_name(files, options), actor, report.labels, heard, long)
    report.group, taken = store.import_drafts(drafts, order)
    report.unsure, report.renamed = taken.unsure, taken.renamed
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
    for found in files_in(files):
        current = FileReport(found.name)
        try:
            document = open_document(found.path, found.name)
            if not _meant(found, document, options, current):
                report.left_out.append(found.name)
                continue
            report.files.append(current)
            yield from _drafts(document, options, current, report.labels, after)
        except ImportFileError as error:
            if current not in report.files:
                report.files.append(current)
            current.error = f"{error} {_so_far(current, options)}"


def _meant(found: Found, document: Document, options: Options, report: FileReport) -> bool:
    """Recognise a file; whether it is meant to be imported: a file of a folder may be anything.

    Raises:
        ImportFileError: It was named, and is in no known format.
    """
    try:
        report.format = options.format or formats.recognise(document)
    except ImportFileError:
        if found.named:
            raise
        return False
    return found.named or report.format not in formats.ONLY_NAMED


def _so_far(report: FileReport, options: Options) -> str:
    if not report.done:
        return "Nothing was imported from it."
    if options.dry_run:
        return f"{report.done:,} papers before that could be imported."
    return f"{report.done:,} papers before that were imported; `reader undo` takes them back."


def _drafts(
    document: Document,
    options: Options,
    report: FileReport,
    labels: list[Label],
    after: int,
) -> Iterator[PaperDraft]:
    report.position = document.position
    document.position.after = after if report.format in formats.BY_LINE else 0
    context = Context(
        origin=options.origin or report.file,
        as_of=options.as_of or dt.datetime.now(dt.UTC).date(),
        seen_at=now(),
    )
    for item in formats.read(document, context, report.format):
        if isinstance(item, Rejected):
            report.rejected.append(item)
        elif isinstance(item, PaperDraft):
            yield _decided(item, options)
        else:
            labels.append(item)
    report.encoding = _encoding(document)


def _encoding(document: Document) -> str:
    """How its text was read, for those to be told who may find it wrong; empty for UTF-8."""
    if document.position.mixed:
        return f"{document.encoding} with some cp1252"
    utf8 = document.encoding.startswith("utf-8") or not document.position.decoded
    return "" if utf8 else document.encoding


def _decided(draft: PaperDraft, options: Options) -> PaperDraft:
    """A draft with the tags and the status that everything of the import gets."""
    if not options.tags and options.status is None:
        return draft
    user = draft.user or UserState()
    status = user.status
    if options.status is not None and status is Status.UNREAD:
        status = options.status
    tags = tuple(dict.fromkeys([*user.tags, *options.tags]))
    return replace(draft, user=replace(user, tags=tags, status=status))


def _name(files: Sequence[tuple[Path, str]], options: Options) -> str:
    if options.origin == SAMPLES:
        return "the sample shelf"
    return files[0][1] if len(files) == 1 else f"{len(files)} files"


def import_samples(store: Store) -> ImportReport:
    """Put the bundled listings into the library, as of the day they were captured."""
    files = [(seeds() / name, name) for name in SAMPLE_FILES]
    return import_files(store, files, Options("listing", SAMPLES_AS_OF, SAMPLES))
