"""The place where one was reading and what one looked for, kept between runs; no harm if lost."""

import contextlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from reader.files import replace_file
from reader.frozen import frozen
from reader.model.text import clean
from reader.paths import state_folder

_MOST_LIBRARIES = 50
_MOST_QUERIES = 300


@frozen
class Place:
    """Where one was: view or tag, paper under the cursor, and the lines above it on screen."""

    view: str = "inbox"
    tag: str = ""
    filter: str = ""
    paper: int = 0
    above: int = 0
    theme: str = ""
    sort: str = ""
    group: str = ""
    unread: bool = False


@frozen
class Look:
    """How the screen was set up by keys: the same for every library.

    Attributes:
        measure: The widest line of an abstract, 0 for what the settings say.
        skim: Which bars stand beside an abstract: off, results, all.
        sidebar: Its width in cells.
        columns, rows: The part of the list in per cent, beside and above the abstract.
        taught: Whether the first lesson is over.
    """

    density: str = ""
    layout: str = "auto"
    measure: int = 0
    skim: str = "results"
    sidebar: int = 18
    columns: int = 44
    rows: int = 40
    taught: bool = False


def session_files() -> tuple[Path, ...]:
    """The files that say how the next start begins."""
    return _file(), _look()


def left_view_file() -> Path:
    """The file that keeps which papers a large view had when it was left."""
    return state_folder() / "left-view"


def load_look() -> Look:
    """How the screen was set up, or the usual."""
    usual = asdict(Look())
    kept = _read(_look())
    fitting = {name: value for name, value in kept.items()
               if name in usual and type(value) is type(usual[name])}  # fmt: skip
    return Look(**fitting)


def save_look(look: Look) -> None:
    """Keep it; a disk that refuses is no reason to fail."""
    with contextlib.suppress(OSError):
        _write(json.dumps(asdict(look)), _look())


def load_place(library: Path) -> Place:
    """The place in a library, or the beginning when none is known."""
    kept = _read(_file()).get(str(library), {})
    kept = kept if isinstance(kept, dict) else {}
    usual = asdict(Place())
    fitting = {name: value for name, value in kept.items()
               if name in usual and isinstance(value, type(usual[name]))}  # fmt: skip
    return Place(**fitting)


def save_place(library: Path, place: Place) -> None:
    """Keep the place; a disk that refuses is no reason to fail."""
    kept = _read(_file())
    kept.pop(str(library), None)
    kept[str(library)] = asdict(place)
    recent = dict(list(kept.items())[-_MOST_LIBRARIES:])
    with contextlib.suppress(OSError):
        _write(json.dumps(recent), _file())


def load_history() -> list[str]:
    """The queries that were accepted, the latest first."""
    try:
        lines = _history().read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
    return list(dict.fromkeys(clean(line) for line in reversed(lines)))


def add_history(text: str) -> None:
    """Remember a query; a disk that refuses is no reason to fail."""
    kept = [one for one in reversed(load_history()) if one != clean(text)][-_MOST_QUERIES:]
    with contextlib.suppress(OSError):
        _write("\n".join([*kept, clean(text)]) + "\n", _history())


def _read(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def _write(text: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    replace_file(target, [text])


def _file() -> Path:
    return state_folder() / "session.json"


def _look() -> Path:
    return state_folder() / "look.json"


def _history() -> Path:
    return state_folder() / "queries.txt"
