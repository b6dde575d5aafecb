"""Files and pipes as text, within limits and in whatever encoding they are."""

import gzip
import io
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from reader.errors import ImportFileError
from reader.files import is_library
from reader.frozen import frozen
from reader.sources.encodings import detect, mended

LARGEST_TEXT = 50_000_000
"""Bytes of a document that is read as a whole; streamed formats have no limit."""

LONGEST_LINE = 5_000_000
"""Characters of one line of a streamed document."""

_HEAD = 1_048_576
_BLANK_LINES = 100_000
_PIECE = 65_536
_LARGEST_STREAM = 50_000_000
_MOST_UNPACKED = 100
"""How many times larger than its file a long document may be; text packs 3 to 10 times."""
_TOLD = 200
"""Lines after which it is told how far they are."""

_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_CONTINUATION = bytes(range(0x80, 0xC0))


@dataclass(slots=True)
class Position:
    """How much of a file was read.

    Attributes:
        at, size: Bytes on the disk, packed ones where it is packed.
        after: The line up to which all are passed over.
        decoded: Whether its bytes were read as text in the detected encoding.
        mixed: Whether some of them were not in that encoding, but in Windows-1252.
    """

    size: int
    at: int = 0
    after: int = 0
    decoded: bool = False
    mixed: bool = False

    @property
    def share(self) -> float:
        """The part that was read, from 0 to 1."""
        return min(1.0, self.at / self.size) if self.size else 0.0


@frozen
class Document:
    """A file to import.

    Attributes:
        path: Where its bytes are.
        name: What messages call it.
        encoding: Detected from its beginning: a byte order mark, UTF-8, else Windows-1252.
        head: Its beginning as text, to recognise its format by.
        position: How much of it was read line by line, and where that begins.
    """

    path: Path
    name: str
    encoding: str
    head: str
    position: Position

    def text(self) -> str:
        """The whole document, line ends as LF.

        Raises:
            ImportFileError: It is too large or cannot be read.
        """
        self.position.decoded = True
        with _readable(self.path, self.name) as (file, _descriptor):
            content = file.read(LARGEST_TEXT + 1)
        if len(content) > LARGEST_TEXT:
            limit = f"{LARGEST_TEXT // 1_000_000} MB"
            raise ImportFileError(f"{self.name}: larger than {limit}; split it.")
        return _with_line_feeds(self.mended(content.decode(self.encoding, self.errors)))

    @property
    def errors(self) -> str:
        """What becomes of bytes that do not decode, as codecs call it; `mended` does the rest."""
        return "surrogateescape" if self.encoding.startswith("utf-8") else "replace"

    def mended(self, text: str) -> str:
        """A part of its text, the characters in it that were in another encoding made whole."""
        if text.isascii() or (whole := mended(text)) == text:
            return text
        self.position.mixed = True
        return whole

    def chunks(self) -> Iterator[bytes]:
        """Its bytes, unpacked and as they are, piece by piece.

        Raises:
            ImportFileError: It unpacks to more than any document should have, or cannot be read.
        """
        with _readable(self.path, self.name) as (file, descriptor):
            read = 0
            while part := file.read(_PIECE):
                read += len(part)
                self.position.at = os.lseek(descriptor, 0, os.SEEK_CUR)
                if read > _LARGEST_STREAM and read > _MOST_UNPACKED * self.position.at:
                    limit = f"{_LARGEST_STREAM // 1_000_000} MB"
                    raise ImportFileError(
                        f"{self.name}: unpacks to more than the limit of {limit}."
                    )
                yield part

    def lines(self, *, cut: bool = False) -> Iterator[tuple[int, str]]:
        """The lines with their numbers, one at a time; bytes that are no text become U+FFFD.

        With `cut`, only the beginning comes of one that is longer than any record may be.

        Raises:
            ImportFileError: It cannot be read, or a line is longer than any record may be.
        """
        position = self.position
        position.decoded = True
        with _readable(self.path, self.name) as (file, descriptor):
            text = io.TextIOWrapper(file, self.encoding, self.errors, newline=None)
            blank = number = 0
            while line := text.readline(LONGEST_LINE + 1):
                number += 1
                if cut and len(line) > LONGEST_LINE:
                    _pass_rest(text, line)
                if not number % _TOLD:
                    position.at = os.lseek(descriptor, 0, os.SEEK_CUR)
                if number <= position.after:
                    continue
                blank = 0 if line.strip() else blank + 1
                if (long := len(line) > LONGEST_LINE and not cut) or blank > _BLANK_LINES:
                    what = "a line is longer than any record" if long else "nothing in it"
                    raise ImportFileError(f"{self.name}: line {number}: {what}.")
                line = self.mended(line)
                yield number, line.lstrip("\ufeff") if number == 1 else line
            text.detach()


def _pass_rest(text: io.TextIOWrapper, part: str) -> None:
    """Read on to the end of a line of which a part was read."""
    while part and not part.endswith("\n"):
        part = text.readline(LONGEST_LINE)


def _with_line_feeds(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def open_document(path: Path, name: str) -> Document:
    """A file to import, its encoding detected.

    Raises:
        ImportFileError: It is not there, not a regular file, or cannot be read.
    """
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise ImportFileError(f"{name}: {error.strerror}.") from error
    if stat.S_ISDIR(mode):
        raise ImportFileError(f"{name}: the folder cannot be read.")
    if not stat.S_ISREG(mode):
        raise ImportFileError(f"{name}: not a regular file; `reader import -` reads a pipe.")
    if is_library(path):
        raise ImportFileError(f"{name}: it is this library itself; there is nothing to import.")
    with _readable(path, name) as (file, _descriptor):
        head = file.read(_HEAD)
        encoding = detect(head, final=len(head) < _HEAD)
        if encoding == "utf-8" and len(head) == _HEAD and head.isascii():
            encoding = _beyond(file)
    text = _with_line_feeds(head.decode(encoding, "replace"))
    return Document(path.absolute(), name, encoding, text, Position(path.stat().st_size))


def _beyond(file: IO[bytes]) -> str:
    """The encoding of a long document whose beginning tells nothing: by the first that does."""
    read = 0
    while (part := file.read(_HEAD)) and read < LARGEST_TEXT:
        if not part.isascii():
            return detect(part.lstrip(_CONTINUATION), final=False)
        read += len(part)
    return "utf-8"


@contextmanager
def _readable(path: Path, name: str) -> Iterator[tuple[IO[bytes], int]]:
    """An open file, unpacked when it is packed, and its descriptor; errors are said in words."""
    try:
        with open(path, "rb", opener=_open_at_once) as file, ExitStack() as stack:
            begin = file.read(4)
            file.seek(0)
            if begin.startswith(_GZIP):
                packed = gzip.GzipFile(fileobj=file, mode="rb")
                yield io.BufferedReader(packed), file.fileno()
            elif begin.startswith(_ZIP):
                yield stack.enter_context(_only_member(file, name)), file.fileno()
            else:
                yield file, file.fileno()
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
        raise ImportFileError(f"{name}: the compressed file is cut off or damaged.") from error
    except (NotImplementedError, RuntimeError) as error:  # a packing or a password that zip has
        raise ImportFileError(f"{name}: {error}; unpack it first.") from error
    except OSError as error:
        raise ImportFileError(f"{name}: {error.strerror or error}.") from error


def _only_member(file: IO[bytes], name: str) -> IO[bytes]:
    """The one file in a zip archive.

    Raises:
        ImportFileError: There are none or several.
    """
    archive = zipfile.ZipFile(file)
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) != 1:
        raise ImportFileError(f"{name}: an archive of {len(members):,} files; unpack it first.")
    return archive.open(members[0])


def _open_at_once(path: str, flags: int) -> int:
    """Open without waiting, should the file have become a pipe meanwhile."""
    return os.open(path, flags | os.O_NONBLOCK)
