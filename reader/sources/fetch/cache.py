"""Answers kept, so that what has not changed is not sent again."""

import contextlib
import json
import os
import tempfile
import time
from hashlib import sha256
from pathlib import Path

from reader.frozen import frozen

_KEPT_DAYS = 30
_KEPT_BYTES = 200_000_000


@frozen
class Kept:
    """An answer of before: its body and what the service called that state of it."""

    body: Path
    etag: str
    modified: str

    def conditions(self) -> dict[str, str]:
        """The headers that ask for it only if it is another now (RFC 9110, 13)."""
        told = {"if-none-match": self.etag, "if-modified-since": self.modified}
        return {name: value for name, value in told.items() if value and _sendable(value)}


def _sendable(value: str) -> bool:
    """Whether a header can have this value: servers send more than may be sent back."""
    return value.isascii() and value.isprintable()


class Cache:
    """A folder of answers by their addresses; it can be deleted at any time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def _place(self, address: str) -> Path:
        return self.folder / sha256(address.encode()).hexdigest()[:40]

    def find(self, address: str) -> Kept | None:
        """What was answered before, where the service told how to ask whether it changed."""
        place = self._place(address)
        body = place.with_suffix(".body")
        try:
            told = json.loads(place.with_suffix(".json").read_text("utf-8"))
            kept = Kept(body, str(told["etag"]), str(told["modified"]))
            whole = told["address"] == address and body.stat().st_size == told["size"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return kept if whole and kept.conditions() else None

    def spool(self) -> tuple[int, Path]:
        """A new file for a body on its way."""
        handle, name = tempfile.mkstemp(prefix="incoming-", dir=self.folder)
        return handle, Path(name)

    def keep(self, address: str, spooled: Path, headers: dict[str, str]) -> Path:
        """Put a whole body in its place; where it is."""
        place = self._place(address)
        body = place.with_suffix(".body")
        with contextlib.suppress(OSError):
            place.with_suffix(".json").unlink(missing_ok=True)  # never of another body
        spooled.replace(body)
        told = {
            "address": address,
            "size": body.stat().st_size,
            "etag": headers.get("etag", "")[:500],
            "modified": headers.get("last-modified", "")[:100],
        }
        partial = place.with_suffix(f".{os.getpid()}")
        partial.write_text(json.dumps(told), "utf-8")
        partial.replace(place.with_suffix(".json"))
        return body

    def tidy(self) -> None:
        """Let go of what is old, and of the oldest where it is too much."""
        with contextlib.suppress(OSError):
            files = sorted((one.stat().st_mtime, one.stat().st_size, one)
                           for one in self.folder.iterdir() if one.is_file())  # fmt: skip
            total = sum(size for _, size, _ in files)
            oldest = time.time() - _KEPT_DAYS * 86_400
            for modified, size, file in files:
                if modified < oldest or total > _KEPT_BYTES:
                    file.unlink(missing_ok=True)
                    total -= size
