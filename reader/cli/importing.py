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
from reader.importing import FileReport, ImportReport, Options, import_files
from reader.library.ingest import Verdict
from reader.model.paper import Rejected

DONE, UNREADABLE, PARTLY = 0, 2, 6
_SHOWN_REJECTIONS = 20


def run(arguments: Namespace) -> int:
    """Import files and standard input as one change; 2 when no file could be read, 6 when some
    records could not.
    """  # noqa: D205 - one sentence
    with ExitStack() as stack, opened(arguments, make=True) as store:
        files = [_file(name, stack) for name in arguments.files]
        options = Options(arguments.format, arguments.as_of)
        progress = Progress()
        shown = sys.stderr.isatty() and not arguments.json
        report = import_files(store, files, options, progress if shown else _silent)
    progress.clear()
    if arguments.json:
        emit(json.dumps(report_object(report), ensure_ascii=False))
    else:
        _tell(report)
    return _exit_code(report)


def _file(name: str, stack: ExitStack) -> tuple[Path, str]:
    """A file's path and name; standard input is read to its end first, holding no lock."""
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
        "change": report.group.id if report.group else None,
        "rejected": [_rejection(file, one) for file in report.files for one in _rejections(file)],
        "files": [_file_object(file) for file in report.files],
    }


def _file_object(file: FileReport) -> dict[str, Any]:
    counts = {verdict.value: getattr(file, verdict.value) for verdict in Verdict}
    return {"file": file.file, "format": file.format or None, **counts,
            "rejected": len(_rejections(file))}  # fmt: skip


def _rejections(file: FileReport) -> list[Rejected]:
    return [*file.rejected, *([Rejected(0, file.error)] if file.error else [])]


def _rejection(file: FileReport, one: Rejected) -> dict[str, Any]:
    return {"file": file.file, "line": one.line, "record": one.record, "field": one.field,
            "reason": one.reason, "raw": one.raw}  # fmt: skip


def _exit_code(report: ImportReport) -> int:
    if report.files and all(file.error for file in report.files):
        return UNREADABLE
    return PARTLY if any(_rejections(file) for file in report.files) else DONE


def _silent(_file: FileReport) -> None:
    """Say nothing."""


def _tell(report: ImportReport) -> None:
    for file in report.files:
        if after := file.position.after:
            say(f"{file.file}: went on behind line {after:,}, where it had stopped")
        for one in _rejections(file)[:_SHOWN_REJECTIONS]:
            place = f":{one.line}" if one.line else ""
            field = f" ({one.field})" if one.field else ""
            say(
                one.reason
                if file.error == one.reason
                else f"{file.file}{place}: {one.reason}{field}"
            )
        if (more := len(_rejections(file)) - _SHOWN_REJECTIONS) > 0:
            say(f"{file.file}: {more} more like these; --json lists all")
    for ours, theirs in report.unsure:
        say(f"unsure, kept apart: {ours} may be {theirs}")
    counts = [f"{report.total(verdict):,} {verdict.value}" for verdict in Verdict]
    rejected = sum(len(_rejections(file)) for file in report.files)
    undo = "   `reader undo` takes it back" if report.group else ""
    say(", ".join(counts) + (f", {rejected:,} not understood" if rejected else "") + undo)
