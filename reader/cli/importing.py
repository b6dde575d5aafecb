"""`reader import`."""

import json
import shutil
import sys
import tempfile
from argparse import Namespace
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from reader.cli.importing_progress import Progress
from reader.cli.library import opened
from reader.cli.output import emit, say
from reader.errors import UsageError
from reader.import_report import FileReport, ImportReport, Options
from reader.importing import import_files
from reader.library.ingest import Verdict
from reader.library.previewing import PreviewedPaper
from reader.library.store import Store
from reader.model.feed import Followed
from reader.model.paper import Rejected, Status
from reader.model.tags import parse_tag

DONE, UNREADABLE, PARTLY = 0, 2, 6
_SHOWN_REJECTIONS, _SHOWN_RAW = 20, 80


def run(arguments: Namespace) -> int:
    """Import files and standard input as one change; 2 when no file could be read, 6 when some
    records could not.
    """  # noqa: D205 - one sentence
    with ExitStack() as stack, opened(arguments, make=True) as store:
        files = [_file(name, stack) for name in arguments.files]
        options = _options(arguments)
        progress = Progress()
        shown = sys.stderr.isatty() and not arguments.json
        before = _stopped(store)
        try:
            report = import_files(store, files, options, progress if shown else _silent)
        except KeyboardInterrupt:
            progress.clear()
            say(_told_stop(_stopped(store) - before))
            raise
    progress.clear()
    if arguments.json:
        emit(json.dumps(report_object(report), ensure_ascii=False))
    else:
        _tell(report)
    return _exit_code(report)


def _stopped(store: Store) -> set[tuple[int, int]]:
    """The imports that stopped half-way, each by its change and how far it came."""
    lines = {one.group: one.line for one in store.stopped_imports()}
    return {(group.id, lines.get(group.id, 0)) for group in store.stopped_changes()}


def _told_stop(kept: set[tuple[int, int]]) -> str:
    if not kept:
        return "stopped: nothing of it was kept"
    (change, line), *_ = kept
    behind = f" behind line {line:,}" if line else ""
    return (f"stopped: what came until then is kept; the same command goes on{behind}, "
            f"`reader revert {change}` takes it back")  # fmt: skip


def _options(arguments: Namespace) -> Options:
    status = Status[arguments.status.upper()] if arguments.status else None
    tags = tuple(dict.fromkeys(map(parse_tag, arguments.tag)))
    return Options(arguments.format, arguments.as_of, None, tags, status, arguments.dry_run)


def _file(name: str, stack: ExitStack) -> tuple[Path, str]:
    """A file's path and name; standard input is read to its end first, holding no lock."""
    if not name.strip():
        raise UsageError("an empty name means no file. Nothing was imported.")
    if name != "-":
        return Path(name), name
    spool = tempfile.NamedTemporaryFile(prefix="reader-import-")  # noqa: SIM115 - the stack closes it
    stack.enter_context(spool)
    shutil.copyfileobj(sys.stdin.buffer, spool)
    spool.flush()
    return Path(spool.name), "standard input"


def report_object(report: ImportReport) -> dict[str, Any]:
    """The report as `docs/formats.md` describes it."""
    return {
        "schema": 1,
        **{verdict.value: report.total(verdict) for verdict in Verdict},
        "unsure": [list(pair) for pair in report.unsure],
        "renamed": [list(pair) for pair in report.renamed],
        "change": report.group.id if report.group else None,
        "rejected": [_rejection(file, one) for file in report.files for one in file.problems],
        "files": [_file_object(file) for file in report.files],
        "left_out": report.left_out,
        **({"preview": _preview_object(report)} if report.preview else {}),
    }


def _preview_object(report: ImportReport) -> dict[str, Any]:
    preview = report.preview
    papers = {"new": preview.new, "merged": preview.merged} if preview else {}
    return {verdict: [_paper_object(one) for one in told] for verdict, told in papers.items()}


def _paper_object(paper: PreviewedPaper) -> dict[str, Any]:
    changes = {one.name: [one.before, one.after] for one in paper.changes}
    told = {"citekey": paper.citekey, "title": paper.title}
    return told | ({"changes": changes} if changes else {})


def _file_object(file: FileReport) -> dict[str, Any]:
    counts = {verdict.value: getattr(file, verdict.value) for verdict in Verdict}
    return {"file": file.file, "format": file.format or None, "encoding": file.encoding or "utf-8",
            **counts, "rejected": len(file.problems)}  # fmt: skip


def _rejection(file: FileReport, one: Rejected) -> dict[str, Any]:
    return {"file": file.file, "line": one.line, "record": one.record, "field": one.field,
            "reason": one.reason, "raw": one.raw}  # fmt: skip


def _exit_code(report: ImportReport) -> int:
    if report.files and all(file.error for file in report.files):
        return UNREADABLE
    return PARTLY if report.problems else DONE


def _silent(_file: FileReport) -> None:
    """Say nothing."""


def _tell(report: ImportReport) -> None:
    if report.preview:
        _tell_preview(report)
    for file in report.files:
        if after := file.position.after:
            say(f"{file.file}: went on behind line {after:,}, where it had stopped")
        if file.encoding:
            say(f"{file.file}: not UTF-8, read as {file.encoding}")
        for one in file.problems[:_SHOWN_REJECTIONS]:
            say(_told_problem(file, one))
        if (more := len(file.problems) - _SHOWN_REJECTIONS) > 0:
            say(f"{file.file}: {more:,} more like these; --json lists all")
    _tell_citekeys(report)
    if report.left_out:
        say(f"{len(report.left_out):,} files of folders left out: no list of papers; name them "
            "to import them")  # fmt: skip
    _tell_feeds(report)
    say(_told_counts(report))


def _tell_citekeys(report: ImportReport) -> None:
    for ours, theirs in report.unsure[:_SHOWN_REJECTIONS]:
        say(f"unsure, kept apart: {ours} may be {theirs}")
    if report.unsure and not report.preview:
        say(f"{len(report.unsure):,} possible duplicates: `reader list is:dup`, `reader merge`")
    for wanted, given in report.renamed[:_SHOWN_REJECTIONS]:
        say(f"{wanted} is another paper's citekey: {given} instead")


def _tell_feeds(report: ImportReport) -> None:
    if followed := sum(isinstance(one, Followed) for one in report.labels):
        verb = "would be followed" if report.preview else "are followed now"
        say(f"{followed:,} feeds {verb}; `reader sync` asks them")


def _told_problem(file: FileReport, one: Rejected) -> str:
    if one.reason == file.error:
        return one.reason
    place = f":{one.line}" if one.line else f": record {one.record}" if one.record else ""
    field = f" ({one.field})" if one.field else ""
    raw = f": {one.raw[:_SHOWN_RAW]}" if one.raw else ""
    return f"{file.file}{place}: {one.reason}{field}{raw}"


def _told_counts(report: ImportReport) -> str:
    counts = [f"{report.total(verdict):,} {verdict.value}" for verdict in Verdict]
    rejected = f", {report.problems:,} not understood" if report.problems else ""
    if report.preview:
        return f"would be: {', '.join(counts)}{rejected}; nothing was kept"
    undo = "   `reader undo` takes it back" if report.group else ""
    return ", ".join(counts) + rejected + undo


def _tell_preview(report: ImportReport) -> None:
    """The papers of a preview, on standard output: `+` new, `~` changed, field by field."""
    if report.preview is None:
        return
    for one in report.preview.new:
        byline = f"  ({one.byline})" if one.byline else ""
        emit(f"+ {one.citekey}  {one.title}{byline}")
    for one in report.preview.merged:
        emit(f"~ {one.citekey}  {one.title}")
        for change in one.changes:
            before, after = (text or "(nothing)" for text in (change.before, change.after))
            emit(f"    {change.name}: {before} → {after}")
