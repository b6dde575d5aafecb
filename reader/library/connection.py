"""Opening the library's file: what is checked before the first query, and how connections are set.

The settings are those that lost nothing in power-cut simulations: WAL with synchronous=FULL, no
memory map; on a network disk, whose shared memory cannot be trusted, a rollback journal instead.
`trusted_schema` stays on, since triggers that keep an FTS5 index are "unsafe" without
it; instead a file whose triggers or views are not ours is refused.
Facts: https://sqlite.org/pragma.html, https://sqlite.org/wal.html, https://sqlite.org/lang_createtrigger.html
"""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from reader.errors import (
    DamagedError,
    DiskError,
    NewerLibraryError,
    NoIndexError,
    NotALibraryError,
    OldSqliteError,
)
from reader.library.faults import error_code, explained
from reader.library.packing import pack, unpacked
from reader.library.schema import DERIVED, missing_tables
from reader.library.surroundings import network_file_system
from reader.model.query.matching import has_words

APPLICATION_ID = 0x52445231
"""In the file's header, to know our files from others (`RDR1`)."""

OLDEST_SQLITE = (3, 37, 0)
"""STRICT tables need 3.37."""

PAGE_SIZE = 8192
_UNFINISHED = (sqlite3.SQLITE_READONLY_ROLLBACK, sqlite3.SQLITE_READONLY_RECOVERY)
_HEADER = b"SQLite format 3\0"
WRITER_CACHE = 8_192
"""Kilobytes of the file that a connection keeps which writes."""

_SETTINGS = """
    PRAGMA busy_timeout=5000;
    PRAGMA foreign_keys=ON;
    PRAGMA cell_size_check=ON;
    PRAGMA temp_store=MEMORY;
    PRAGMA cache_size=-2048;
"""
_WRITER_SETTINGS = """
    PRAGMA busy_timeout=500;
    PRAGMA journal_mode={mode};
    PRAGMA synchronous=FULL;
    PRAGMA journal_size_limit=67108864;
    PRAGMA cache_size=-{cache};
"""


def check_sqlite(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> None:
    """Refuse an SQLite that lacks what the schema needs.

    Raises:
        OldSqliteError: It is older than 3.37 or has no FTS5.
    """
    needed = ".".join(map(str, OLDEST_SQLITE[:2]))
    if version < OLDEST_SQLITE:
        raise OldSqliteError(".".join(map(str, version)), needed)
    with closing(sqlite3.connect(":memory:")) as probe:
        options = {name for (name,) in probe.execute("PRAGMA compile_options")}
    if "ENABLE_FTS5" not in options:
        raise OldSqliteError(f"{sqlite3.sqlite_version} without FTS5", needed)


def check_file(path: Path, known_schema: int, known_code: frozenset[str]) -> int:
    """The schema number of the library at `path`, 0 when there is no file yet; read-only.

    `known_code` holds the triggers and views that a library may have, as SQL.

    Raises:
        NotALibraryError: The file is something else.
        NewerLibraryError: A later version of the program made it.
        NoIndexError: It lacks its search index, which can be made anew.
        DamagedError: Its header or schema cannot be read.
        LockedError: Another program holds it.
    """
    if not path.exists():
        return 0
    if not path.is_file():
        raise NotALibraryError(path, "it is not a regular file")
    try:
        return _check_schema(path, known_schema, known_code)
    except DamagedError as error:
        cause = error.__cause__
        unknown = isinstance(cause, sqlite3.Error) and error_code(cause) == sqlite3.SQLITE_NOTADB
        if unknown and not _was_sqlite(path):
            raise NotALibraryError(path, "it is no SQLite file") from error
        raise


def _was_sqlite(path: Path) -> bool:
    """Whether a file that SQLite does not take for its own was once: nobody has locks on it."""
    try:
        with path.open("rb") as file:
            return file.read(len(_HEADER)) == _HEADER
    except OSError as error:
        raise DiskError(path, str(error)) from error


def _check_schema(path: Path, known_schema: int, known_code: frozenset[str]) -> int:
    with explained(path), closing(connect(path, read_only=True)) as connection:
        application: int = connection.execute("PRAGMA application_id").fetchone()[0]
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
        code = connection.execute(
            "SELECT sql FROM sqlite_schema WHERE type IN ('trigger', 'view')"
        ).fetchall()
    if application == 0 and version == 0 and not names:
        return 0
    if application != APPLICATION_ID:
        raise NotALibraryError(path, "another program's database")
    if version > known_schema:
        raise NewerLibraryError(path, version, known_schema)
    lacking = missing_tables(version, names) if version >= 0 else {"a schema of ours"}
    if lacking - DERIVED:
        raise NotALibraryError(path, f"it lacks {min(lacking - DERIVED)}")
    if lacking:
        raise NoIndexError(path)
    if not {sql for (sql,) in code} <= known_code:
        raise NotALibraryError(path, "it has triggers or views that are not ours")
    return version


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection for the thread that calls, in autocommit mode, with our settings.

    Where a folder cannot be written, SQLite cannot share a WAL library; one whose log is empty is
    then read as a file that nobody changes: https://sqlite.org/wal.html#readonly
    """
    uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    try:
        mode = "" if read_only else "TRUNCATE" if network_file_system(path) else "WAL"
        return _connect(uri, mode)
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) in _UNFINISHED and os.access(path, os.W_OK):
            _finish_rollback(path)
            return _connect(uri, "")
        log = path.with_name(path.name + "-wal")
        if (
            not read_only
            or os.access(path.parent, os.W_OK)
            or (log.exists() and log.stat().st_size)
        ):
            raise
        return _connect(f"{uri}&immutable=1", "")


def _finish_rollback(path: Path) -> None:
    """Let SQLite take back what a change left that was cut off: reading alone does not."""
    with closing(sqlite3.connect(path, timeout=5)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()


def _connect(uri: str, mode: str) -> sqlite3.Connection:
    """A connection; one that writes where `mode`, the kind of journal, is given."""
    connection = sqlite3.connect(uri, uri=True, timeout=0, isolation_level=None)
    try:
        connection.executescript(_SETTINGS)
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        add_functions(connection)
        if mode:
            _set_writer(connection, mode)
    except BaseException:
        connection.close()
        raise
    return connection


def add_functions(connection: sqlite3.Connection) -> None:
    """Give a connection the functions that our views, triggers and queries call."""
    connection.create_function("has_words", 3, has_words, deterministic=True)
    connection.create_function("pack", 2, pack, deterministic=True)
    connection.create_function("unpacked", 2, unpacked, deterministic=True)


def _set_writer(connection: sqlite3.Connection, mode: str) -> None:
    if connection.execute("PRAGMA page_count").fetchone()[0] == 0:
        connection.execute(f"PRAGMA page_size={PAGE_SIZE}")
    connection.executescript(_WRITER_SETTINGS.format(mode=mode, cache=WRITER_CACHE))


def create_private(path: Path) -> None:
    """Make an empty file that only its owner can read, with its folders, unless it exists.

    Raises:
        DiskError: The folder or the file cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise DiskError(path, error.strerror or str(error)) from error


def sqlite_version() -> str:
    """The version of the SQLite that this Python brings."""
    return sqlite3.sqlite_version
