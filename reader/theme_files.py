"""Themes of one's own: a TOML file of roles and colours each, in the folder `themes`.

dark = true
background = "#101418"
text = "#e0e0e0"
accent = "#7fb4ff"
...
"""

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from reader.model.text import printable

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,40}")
"""What a theme can be called: the name of its file without the ending."""

_MOST = 20_000
_SHORT = 4
Colour = Annotated[str, Field(pattern=r"^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$")]


class ThemeFile(BaseModel):
    """The roles of a theme; those that are not there are as in ink or, in a light one, paper."""

    model_config = ConfigDict(extra="forbid", strict=True)

    dark: bool = True
    background: Colour | None = None
    text: Colour | None = None
    muted: Colour | None = None
    faint: Colour | None = None
    accent: Colour | None = None
    star: Colour | None = None
    reading: Colour | None = None
    later: Colour | None = None
    read: Colour | None = None
    skipped: Colour | None = None
    error: Colour | None = None
    selection: Colour | None = None


def read_theme(path: Path) -> dict[str, Any]:
    """`dark`, `roles` and `problem` of a file; never raises for what stands there."""
    try:
        if not path.is_file():
            return _wrong(path, "not a file")
        if path.stat().st_size > _MOST:
            return _wrong(path, f"it is longer than {_MOST:,} bytes")
        told = ThemeFile.model_validate(tomllib.loads(path.read_text("utf-8-sig")))
    except ValidationError as error:
        first = error.errors()[0]
        return _wrong(path, f"{'.'.join(map(str, first['loc']))}: {first['msg'].lower()}")
    except (OSError, ValueError, RecursionError) as error:
        return _wrong(path, str(error))
    roles = told.model_dump(exclude={"dark"}, exclude_none=True)
    return {"dark": told.dark, "problem": "",
            "roles": {name: _long(colour) for name, colour in roles.items()}}  # fmt: skip


def _long(colour: str) -> str:
    """`#abc` as `#aabbcc`."""
    digits = colour[1:]
    return f"#{''.join(2 * digit for digit in digits)}" if len(colour) == _SHORT else colour


def _wrong(path: Path, reason: str) -> dict[str, Any]:
    return {"dark": True, "roles": {}, "problem": printable(f"{path}: {reason}; it is left out")}
