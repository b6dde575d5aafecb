"""The place where one was reading, kept between runs; losing it harms nothing."""

import contextlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from reader.paths import state_folder

_MOST_LIBRARIES = 50


@dataclass(frozen=True, slots=True)
class Place:
    """Where one was: view or tag, paper under the cursor, and the lines above it on screen."""

    view: str = "inbox"
    tag: str = ""
    filter: str = ""
    paper: int = 0
    above: int = 0
    theme: str = ""


def load_place(library: Path) -> Place:
    """The place in a library, or the beginning when none is known."""
    kept = _read().get(str(library), {})
    usual = asdict(Place())
    fitting = {name: value for name, value in kept.items()
               if name in usual and isinstance(value, type(usual[name]))}  # fmt: skip
    return Place(**fitting)


def save_place(library: Path, place: Place) -> None:
    """Keep the place; a disk that refuses is no reason to fail."""
    kept = _read()
    kept.pop(str(library), None)
    kept[str(library)] = asdict(place)
    recent = dict(list(kept.items())[-_MOST_LIBRARIES:])
    with contextlib.suppress(OSError):
        _write(json.dumps(recent))


def _read() -> dict[str, dict[str, Any]]:
    try:
        value = json.loads(_file().read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return (
        {key: one for key, one in value.items() if isinstance(one, dict)}
        if isinstance(value, dict)
        else {}
    )


def _write(text: str) -> None:
    _file().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, partial = tempfile.mkstemp(prefix=".session-", dir=_file().parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(partial).replace(_file())
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise


def _file() -> Path:
    return state_folder() / "session.json"
