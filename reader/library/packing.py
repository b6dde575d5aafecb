"""Abstracts on the disk, packed with the phrases that they share: half of what they would take.

Packed text is a byte that tells the format, then, for format 1, a raw deflate stream (RFC 1951)
with `PHRASES_1` as its dictionary and a window of 16 KB: the readable abstract, and where another
was received, a NUL and that, in UTF-8. Short texts stay as they are.
"""

import sqlite3
import zlib
from functools import cache

from reader.library.phrases import PHRASES_1

SHORTEST = 200
"""Characters from which on packing gains something."""

_FORMAT = b"\x01"
_LEVEL, _WINDOW, _MEMORY = 2, -14, 7
_KEPT = 2_048
_lately: dict[bytes, str] = {}
_before: dict[bytes, str] = {}
"""What was packed last: the search index asks for it at the end of each batch of an import."""


def pack(abstract: str, source: str) -> bytes | None:
    """An abstract and what was received in its place, where that differs; None if too short."""
    if len(abstract) + len(source) < SHORTEST:
        return None
    packer = _packer().copy()
    text = f"{abstract}\0{source}" if source else abstract
    packed = _FORMAT + packer.compress(text.encode()) + packer.flush()
    _keep(packed, abstract)
    return packed


@cache
def _packer() -> "zlib._Compress":
    """It knows the phrases; a copy of it is made in less time than another that reads them."""
    return zlib.compressobj(_LEVEL, zlib.DEFLATED, _WINDOW, _MEMORY, zdict=PHRASES_1)


def _keep(packed: bytes, abstract: str) -> None:
    global _lately, _before
    if len(_lately) >= _KEPT:
        _lately, _before = {}, _lately
    _lately[packed] = abstract


def unpack(packed: bytes) -> tuple[str, str]:
    """What `pack` was given.

    Raises:
        sqlite3.DatabaseError: It is damaged, or of a later format.
    """
    if packed[:1] != _FORMAT:
        raise _damaged(f"in an unknown way: {packed[:1]!r}")
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS, zdict=PHRASES_1)
    try:
        text = (unpacker.decompress(packed[1:]) + unpacker.flush()).decode()
    except (zlib.error, UnicodeDecodeError) as error:
        raise _damaged(str(error)) from error
    if not unpacker.eof or unpacker.unused_data:
        raise _damaged("it ends elsewhere")
    abstract, _, source = text.partition("\0")
    return abstract, source


def _damaged(reason: str) -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError(f"a packed text is damaged: {reason}")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def unpacked(abstract: str, packed: bytes | None) -> str:
    """A readable abstract of the library, packed or not; what SQL calls `unpacked`.

    Raises:
        sqlite3.DatabaseError: As `unpack`.
    """
    if packed is None:
        return abstract
    known = _lately.get(packed) or _before.get(packed)
    return unpack(packed)[0] if known is None else known
