"""What was read from a file that is slow to validate, kept until the file changes."""

import contextlib
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reader import __version__
from reader.files import replace_file
from reader.paths import state_folder


def remembered(path: Path, read: Callable[[Path], Any]) -> Any:
    """What `read` says of a file, as JSON has it; asked again only when the file is another.

    Raises:
        OSError: There is no such file, or it cannot be looked at.
    """
    status = path.stat()
    signature = [__version__, str(path), status.st_mtime_ns, status.st_size, status.st_ino]
    kept = _kept(path)
    if kept.get("signature") != signature:
        kept = {"signature": signature, "value": json.loads(json.dumps(read(path)))}
        _keep(path, kept)
    return kept.get("value")


def _kept(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(_file(path).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def _keep(path: Path, value: dict[str, Any]) -> None:
    with contextlib.suppress(OSError):
        _file(path).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        replace_file(_file(path), [json.dumps(value)])


def _file(path: Path) -> Path:
    digest = hashlib.sha256(str(path).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return state_folder() / f"read-{digest}.json"
