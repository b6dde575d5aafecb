"""Taking in the body of an answer: within limits, unpacked, whole."""

import os
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

from reader.errors import FetchError
from reader.sources.fetch.addresses import shown

MOST_SENT = 20_000_000
MOST_UNPACKED = 50_000_000
"""Bytes of an answer on the wire, and unpacked."""

_PIECE = 1_000_000
_PACKINGS = {"gzip": 31, "x-gzip": 31, "deflate": 15}
_HEAD = 2_000


class Receiving:
    """One body on its way into a file."""

    def __init__(self, address: str, packing: str, descriptor: int) -> None:
        """Receive a body that is packed as the header `content-encoding` says.

        Raises:
            FetchError: It is packed in a way that was not asked for.
        """
        self._address, self._file = address, descriptor
        self._sent = self._written = 0
        packing = packing.strip().lower()
        if packing not in ("", "identity", *_PACKINGS):
            raise self._failed(f"it is packed as {packing[:40]}, which was not asked for", "type")
        self._unpacker = zlib.decompressobj(_PACKINGS[packing]) if packing in _PACKINGS else None

    async def take(self, parts: AsyncIterator[bytes]) -> None:
        """Write all parts, unpacked.

        Raises:
            FetchError: It is larger than any answer should be, damaged, or cut off.
        """
        async for part in parts:
            self._sent += len(part)
            if self._sent > MOST_SENT:
                raise self._too_large()
            self._unpack(part)
        if self._unpacker is not None and self._sent and not self._unpacker.eof:
            raise self._failed("the packed answer is cut off", "truncated")

    def _unpack(self, part: bytes) -> None:
        if self._unpacker is None:
            self._write(part)
            return
        try:
            while part:
                if self._unpacker.eof:  # another member: gzip's may stand one behind the other
                    self._unpacker = zlib.decompressobj(_PACKINGS["gzip"])
                self._write(self._unpacker.decompress(part, _PIECE))
                part = self._unpacker.unconsumed_tail or self._next_member()
        except zlib.error as error:
            raise self._failed("the packed answer is damaged", "truncated") from error

    def _next_member(self) -> bytes:
        behind = self._unpacker.unused_data if self._unpacker is not None else b""
        return behind if behind.startswith(b"\x1f\x8b") else b""

    def _write(self, part: bytes) -> None:
        self._written += len(part)
        if self._written > MOST_UNPACKED:
            raise self._too_large()
        while part:
            part = part[os.write(self._file, part) :]

    def _too_large(self) -> FetchError:
        limit = f"{MOST_SENT // 10**6} MB, {MOST_UNPACKED // 10**6} MB unpacked"
        return self._failed(f"the answer is larger than the limit of {limit}", "too large")

    def _failed(self, why: str, code: str) -> FetchError:
        return FetchError(f"{shown(self._address)}: {why}. Nothing was taken from it.", code)


def check_kind(address: str, body: Path, media_type: str, expects: str) -> None:
    """See whether a body is of the kind that was asked for, by what it begins with.

    Raises:
        FetchError: It is not: a login page, a message, nothing at all.
    """
    with body.open("rb") as file:
        head = file.read(_HEAD).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    page = head.startswith((b"<!doctype html", b"<html")) or (
        "html" in media_type and not head.startswith((b"<?xml", b"<rss", b"<feed"))
    )
    wrong = {
        "json": not head.startswith((b"{", b"[")),
        "xml": page or not (head.startswith((b"<", b"\xff\xfe<", b"\xfe\xff")) or b"<\x00" in head),
    }.get(expects, False)
    if not wrong:
        return
    code = "login page" if page else "empty" if not head else "type"
    told = "a web page (a login, or a check for robots?)" if page else (
        "nothing" if not head else f"something that is no {expects.upper()}")  # fmt: skip
    raise FetchError(
        f"{shown(address)} answered with {told}. Nothing was taken from it; later may be better.",
        code,
    )
