"""Files and pipes as text, within limits and in whatever encoding they are."""

import codecs
import gzip
import io
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from reader.errors import ImportFileError

LARGEST_TEXT = 50_000_000
"""Bytes of a document that is read as a whole; streamed formats have no limit."""

LONGEST_LINE = 5_000_000
"""Characters of one line of a streamed document."""

_HEAD = 1_048_576
_BLANK_LINES = 100_000
_GZIP = b"\x1f\x8b"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Document:
    """A file to import.

    Attributes:
        path: Where its bytes are.
        name: What messages call it.
        encoding: Detected from its beginning: a byte order mark, UTF-8, else Windows-1252.
        head: Its beginning as text, to recognise its format by.
    """

    path: Path
    name: str
    encoding: str
    head: str

    def text(self) -> str:
        """The whole document, line ends as LF.

        Raises:
            ImportFileError: It is too large or cannot be read.
        """
        with _readable(self.path, self.name) as file:
            content = file.read(LARGEST_TEXT + 1)
        if len(content) > LARGEST_TEXT:
            limit = f"{LARGEST_TEXT // 1_000_000} MB"
            raise ImportFileError(f"{self.name}: larger than {limit}; split it.")
        text = content.decode(self.encoding, "replace")
        return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")

    def lines(self) -> Iterator[tuple[int, str]]:
        """The lines with their numbers, one at a time; bytes that do not decode become U+FFFD.

        Raises:
            ImportFileError: It cannot be read, or a line is longer than any record may be.
        """
        with _readable(self.path, self.name) as file:
            text = io.TextIOWrapper(file, self.encoding, "replace", newline="\n")
            blank = number = 0
            while line := text.readline(LONGEST_LINE + 1):
                number += 1
                blank = 0 if line.strip() else blank + 1
                if len(line) > LONGEST_LINE or blank > _BLANK_LINES:
                    what = "a line is longer than any record" if line.strip() else "nothing in it"
                    raise ImportFileError(f"{self.name}: line {number}: {what}.")
                yield number, line.lstrip("\ufeff") if number == 1 else line
            text.detach()


def open_document(path: Path, name: str) -> Document:
    """A file to import, its encoding detected.

    Raises:
        ImportFileError: It is not there, not a regular file, or cannot be read.
    """
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise ImportFileError(f"{name}: {error.strerror}.") from error
    if not stat.S_ISREG(mode):
        raise ImportFileError(f"{name}: not a regular file; `reader import -` reads a pipe.")
    with _readable(path, name) as file:
        head = file.read(_HEAD)
    encoding = _detect(head)
    return Document(path, name, encoding, head.decode(encoding, "replace").lstrip("\ufeff"))


def _detect(head: bytes) -> str:
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=len(head) < _HEAD)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


@contextmanager
def _readable(path: Path, name: str) -> Iterator[IO[bytes]]:
    """An open file, unpacked when it is gzip; its errors are said in words."""
    try:
        with open(path, "rb", opener=_open_at_once) as file:
            packed = file.read(2) == _GZIP
            file.seek(0)
            yield io.BufferedReader(gzip.GzipFile(fileobj=file, mode="rb")) if packed else file
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ImportFileError(f"{name}: the compressed file is cut off or damaged.") from error
    except OSError as error:
        raise ImportFileError(f"{name}: {error.strerror or error}.") from error


def _open_at_once(path: str, flags: int) -> int:
    """Open without waiting, should the file have become a pipe meanwhile."""
    return os.open(path, flags | os.O_NONBLOCK)
