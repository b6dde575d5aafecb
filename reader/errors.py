"""Errors that a user can mend, in one tree.

    ReaderError
    ├── UsageError             the command line or a query was wrong            exit 2
    │   ├── QueryError         a query that must not run
    │   ├── TagNameError       not a name for a tag
    │   ├── ViewNameError      not a name for a view
    │   ├── ConfigError        the configuration, or a change of it, is wrong
    │   └── NothingFoundError  no paper is meant by a reference                 exit 1
    ├── ImportFileError        a file is not of a kind that is read             exit 2
    ├── OutputFileError        a file cannot be written                         exit 2
    ├── FetchError             a service could not be asked, or its answer used  exit 3
    ├── RefusedError           right, but not without being sure                exit 4
    ├── NoLibraryError         there is no library to read                      exit 5
    ├── NoBackupError          there is no backup to restore                    exit 5
    └── LibraryError           the library cannot be used                       exit 5
        ├── NotALibraryError   the file is something else
        ├── NewerLibraryError  a later version of the program made it
        ├── DamagedError       the file is damaged
        │   └── NoIndexError   only its search index is gone
        ├── LockedError        another program holds it
        ├── ReadOnlyError      it can be read and not changed
        ├── DiskError          the disk is full, read-only or failing
        ├── ReplacedError      another file took its place while it was open
        └── OldSqliteError     this Python's SQLite is too old

Every message says what failed, what still works, and what to do next. Anything else that is raised
is a bug.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


class Problem(Protocol):
    """What is wrong with a part of a query, as the model says it."""

    @property
    def message(self) -> str:
        """In words."""


class ReaderError(Exception):
    """Something failed that the user can mend."""

    exit_code = 1


class UsageError(ReaderError):
    """What was asked for cannot be understood; nothing was changed."""

    exit_code = 2


class QueryError(UsageError):
    """A query that must not run: dropping what is wrong in it would let other papers in."""

    def __init__(self, problems: "Sequence[Problem]") -> None:
        self.problems = tuple(problems)
        reasons = "; ".join(one.message for one in self.problems)
        super().__init__(f"the query cannot be run: {reasons}. Nothing was changed.")


class TagNameError(UsageError):
    """A text that cannot be the name of a tag."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"not a tag: “{name}”: {reason}. Nothing was changed.")
        self.reason = reason


class ConfigError(UsageError):
    """A setting that does not exist or cannot have a value."""


class ViewNameError(UsageError):
    """A text that cannot be the name of a view."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"not a view's name: “{name}”: {reason}. Nothing was changed.")


class NothingFoundError(UsageError):
    """A reference that means no paper of the library."""

    exit_code = 1

    def __init__(self, ref: str) -> None:
        told = f"no paper is “{ref}”" if ref else "no paper is named"
        super().__init__(
            f"{told}: give a citekey, arXiv id, DOI or link; `reader list` shows "
            "them. Nothing was changed."
        )


class ImportFileError(ReaderError):
    """A file that cannot be imported at all."""

    exit_code = 2


class OutputFileError(ReaderError):
    """A file that cannot be written."""

    exit_code = 2

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"could not write {path}: {reason}. Nothing was written; give another file."
        )


class FetchError(ReaderError):
    """A service that could not be asked, or whose answer cannot be used.

    Attributes:
        code: What went wrong, for programs: `dns`, `refused`, `timeout`, `http 500` and the like.
        retry_at: Before this moment it asked not to be asked again, UTC in ISO 8601.
    """

    exit_code = 3

    def __init__(self, message: str, code: str, retry_at: str = "") -> None:
        super().__init__(message)
        self.code, self.retry_at = code, retry_at


class RefusedError(ReaderError):
    """Something that is not done without being asked for in so many words."""

    exit_code = 4


class NoLibraryError(ReaderError):
    """There is no library where one was to be read."""

    exit_code = 5

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"no library at {path}: `reader import FILE` or opening the screen makes one there; "
            "--library PATH or READER_LIBRARY names another."
        )


class NoBackupError(ReaderError):
    """There is no backup to put in the library's place."""

    exit_code = 5

    def __init__(self, folder: Path) -> None:
        super().__init__(f"no backup in {folder}: `reader backup` makes one. Nothing was changed.")


class LibraryError(ReaderError):
    """The library cannot be opened or changed."""

    exit_code = 5


class NotALibraryError(LibraryError):
    """The file at the library's place is something else."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(
            f"{path} is not a paper library ({what}); it was not touched. "
            "Give another file with --library PATH."
        )


class NewerLibraryError(LibraryError):
    """The library was made by a later version of the program."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        super().__init__(
            f"{path} has schema {found}, this program knows up to {known}; it was not touched. "
            "Update the program (pip install -U paper-reader-tui), or use --library PATH."
        )


class DamagedError(LibraryError):
    """The library's file is damaged."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            f"{path} is damaged ({detail}); it was not touched. `reader doctor` says more; "
            f"`reader restore latest` puts the newest checked copy from {path.parent / 'backups'} "
            "in its place and keeps this file."
        )


class NoIndexError(DamagedError):
    """A library whose search index is gone; it can be made anew."""

    def __init__(self, path: Path) -> None:
        LibraryError.__init__(
            self,
            f"{path} has lost its search index, which can be made anew from the papers: opening "
            "it to change something does so. Nothing else is missing.",
        )


class LockedError(LibraryError):
    """Another program kept the library locked for too long."""

    def __init__(self, path: Path, holder: str) -> None:
        who = f" by {holder}" if holder else ""
        super().__init__(
            f"{path} is being changed{who}; nothing was changed here, reading still works. "
            "Try again when it is done."
        )


class ReadOnlyError(LibraryError):
    """A library that can be read and not changed."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} is read-only ({reason}); nothing was changed, what can be read still can. "
            "Give write permission to the file and its folder, or copy it elsewhere and use "
            "--library PATH."
        )


class DiskError(LibraryError):
    """The disk refused a change."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            f"could not read or write {path} ({detail}); what was saved before is intact. "
            "Make room or give write permission, then repeat."
        )


class ReplacedError(LibraryError):
    """Another file stands where the library was opened."""

    def __init__(self, path: Path, kept: Path) -> None:
        super().__init__(
            f"{path} was replaced while it was open (by a synchronisation?); the new file was not "
            f"touched, what was here is {kept.name} now, and nothing is changed any more. Quit and "
            "start again."
        )


class OldSqliteError(LibraryError):
    """The SQLite that this Python brings is too old."""

    def __init__(self, found: str, needed: str) -> None:
        super().__init__(
            f"SQLite {found} is too old: version {needed} or later with FTS5 is needed. "
            "No library was touched. Use a Python that brings a newer SQLite."
        )
