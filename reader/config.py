"""The settings: from flags, the environment, config.toml and defaults, in that order.

A wrong line never prevents starting: it is named, with its line and a suggestion, and its default
is used. `Settings` is a plain value; the file is validated in `config_file`, whose import is slow,
so what it found is kept until the file changes.
"""

import contextlib
import json
import os
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from reader.paths import config_file, state_folder


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set, by the keys of config.toml with `_` for the dot.

    Attributes:
        problems: What is wrong with the file, a line each.
    """

    library_path: str = ""
    ui_theme: str = ""
    ui_measure: int = 76
    open_browser: str = ""
    cite_wrap: str = "\\cite{{{keys}}}"
    backups_automatic: bool = True
    problems: tuple[str, ...] = field(default=())


KEYS = {
    "library.path": "the library's file; empty for the usual place",
    "ui.theme": "ink (dark), paper (light) or another theme; empty for the one used last",
    "ui.measure": "the widest line of an abstract, 40 to 120 cells",
    "open.browser": "the command that opens links, {url} in it; empty for the system's",
    "cite.wrap": "what `y y` copies: {keys} is the citekey, {{ and }} are braces",
    "backups.automatic": "whether the library is copied on a day's first change",
}
"""The keys of config.toml and what they mean."""


def load_settings(given: str = "") -> Settings:
    """The settings; `given` is the file that `--config` names."""
    path = config_file(given)
    try:
        status = path.stat()
    except FileNotFoundError:
        return _with_environment(Settings())
    except OSError as error:
        problem = f"{path}: cannot be read ({error}); the defaults are used"
        return _with_environment(Settings(problems=(problem,)))
    signature = [str(path), status.st_mtime_ns, status.st_size]
    kept = _kept()
    if kept.get("signature") != signature:
        from reader.config_file import read_config  # noqa: PLC0415 - pydantic, when it changed only

        kept = {"signature": signature, "settings": asdict(read_config(path))}
        _keep(kept)
    return _with_environment(_settings(kept.get("settings")))


def _settings(value: Any) -> Settings:
    usual = asdict(Settings())
    known = value if isinstance(value, dict) else {}
    fitting = {name: known[name] for name in usual if name in known}
    fitting["problems"] = tuple(map(str, fitting.get("problems", ())))
    return Settings(**fitting)


def _with_environment(settings: Settings) -> Settings:
    path = os.environ.get("READER_LIBRARY") or settings.library_path
    theme = os.environ.get("READER_THEME") or settings.ui_theme
    return replace(settings, library_path=path, ui_theme=theme)


def _kept() -> dict[str, Any]:
    try:
        value = json.loads(_file().read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def _keep(value: dict[str, Any]) -> None:
    with contextlib.suppress(OSError):
        _file().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _file().write_text(json.dumps(value), "utf-8")


def _file() -> Path:
    return state_folder() / "settings.json"
