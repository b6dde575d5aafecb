"""How to import, and what became of it: file by file, for messages and for JSON."""

import datetime as dt
from dataclasses import dataclass, field

from reader.frozen import frozen
from reader.library.ingest import Verdict
from reader.library.previewing import Preview
from reader.model.change import ChangeGroup
from reader.model.labels import Label
from reader.model.paper import Rejected, Status
from reader.sources.document import Position


@frozen
class Options:
    """How to import.

    Attributes:
        format: The format to read the files as; None to recognise it.
        as_of: The day the files are from; None for today.
        origin: What provenance calls the files; None for their own names.
        tags, status: What all papers of it get besides what the files say of them.
        dry_run: Whether nothing is to be kept: the report says what would be done.
    """

    format: str | None = None
    as_of: dt.date | None = None
    origin: str | None = None
    tags: tuple[str, ...] = ()
    status: Status | None = None
    dry_run: bool = False


@dataclass(slots=True)
class FileReport:
    """What became of one file.

    Attributes:
        encoding: How its text was read, where that was not UTF-8.
        position: How much of it was read, and the line behind which an earlier import went on.
        error: Why nothing more of it could be read.
    """

    file: str
    format: str = ""
    new: int = 0
    merged: int = 0
    unchanged: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    error: str = ""
    encoding: str = ""
    position: Position = field(default_factory=lambda: Position(0))

    @property
    def done(self) -> int:
        """The papers of it that were taken."""
        return self.new + self.merged + self.unchanged

    @property
    def problems(self) -> list[Rejected]:
        """What was not understood, an error that ended the reading last."""
        return [*self.rejected, *([Rejected(0, self.error)] if self.error else [])]

    def count(self, verdict: Verdict) -> None:
        """Count one draft."""
        setattr(self, verdict.value, getattr(self, verdict.value) + 1)


@dataclass(slots=True)
class ImportReport:
    """What became of an import: file by file, its change group, and what is unsure.

    Attributes:
        renamed: Citekeys that other papers had, each with the one that was given instead.
        labels: The tags and views that the files told of besides.
        left_out: Files found in folders that hold no papers in a format meant for that.
        preview: What it would do, when nothing was to be kept.
    """

    files: list[FileReport] = field(default_factory=list)
    group: ChangeGroup | None = None
    unsure: list[tuple[str, str]] = field(default_factory=list)
    renamed: list[tuple[str, str]] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    preview: Preview | None = None

    def total(self, verdict: Verdict) -> int:
        """How many drafts of all files had one outcome."""
        return sum(getattr(report, verdict.value) for report in self.files)

    @property
    def problems(self) -> int:
        """How many things were not understood."""
        return sum(len(report.problems) for report in self.files)
