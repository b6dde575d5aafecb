"""The settings: from flags, the environment, config.toml and defaults, in that order.

A wrong line never prevents starting: it is named, with its line and a suggestion, and its default
is used. `Settings` is a plain value; the file is validated in `config_file`, whose import is slow,
so what it found is kept until the file changes.
"""

import os
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from reader.paths import config_file
from reader.remembering import remembered


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set, by the keys of config.toml with `_` for the dot.

    Attributes:
        problems: What is wrong with the file, a line each.
    """

    library_path: str = ""
    ui_theme: str = ""
    ui_measure: int = 76
    ui_density: str = ""
    ui_glyphs: str = "auto"
    keys_preset: str = "vim"
    keys_whichkey_delay: int = 350
    open_browser: str = ""
    cite_wrap: str = "\\cite{{{keys}}}"
    backups_automatic: bool = True
    problems: tuple[str, ...] = field(default=())


KEYS = {
    "library.path": "the library's file; empty for the usual place",
    "ui.theme": "ink, paper, contrast, mono or another theme; auto asks the terminal; empty for "
                "the one used last",
    "ui.measure": "the widest line of an abstract, 40 to 120 cells",
    "ui.density": "the lines of a paper: compact, cozy or relaxed; empty for the one used last",
    "ui.glyphs": "unicode, ascii, or auto for what the terminal takes",
    "keys.preset": "vim, or arrows for keys without letters; keys.toml changes single keys",
    "keys.whichkey_delay": "milliseconds until a prefix shows what may follow; 0 for at once",
    "open.browser": "the command that opens links, {url} in it; empty for the system's",
    "cite.wrap": "what `y y` copies: {keys} is the citekey, {{ and }} are braces",
    "backups.automatic": "whether the library is copied on a day's first change",
}  # fmt: skip
"""The keys of config.toml and what they mean."""


def load_settings(given: str = "") -> Settings:
    """The settings; `given` is the file that `--config` names."""
    path = config_file(given)
    try:
        value = remembered(path, _read)
    except FileNotFoundError:
        value = None
    except OSError as error:
        problem = f"{path}: cannot be read ({error}); the defaults are used"
        return _with_environment(Settings(problems=(problem,)))
    return _with_environment(_settings(value))


def _read(path: Path) -> dict[str, Any]:
    from reader.config_file import read_config  # noqa: PLC0415 - pydantic, when it changed only

    return asdict(read_config(path))


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
