"""The settings: from flags, the environment, config.toml and defaults, in that order.

A wrong line never prevents starting: it is named, with its line and a suggestion, and its default
is used. `Settings` is a plain value; the file is validated in `config_file`, whose import is slow,
so what it found is kept until the file changes.
"""

import os
from dataclasses import asdict, field, replace
from pathlib import Path
from typing import Any

from reader.frozen import frozen
from reader.model.services import LABELS, SERVICES
from reader.paths import config_file
from reader.remembering import remembered


@frozen
class Settings:
    """Everything that can be set, by the keys of config.toml with `_` for the dot.

    Attributes:
        rules: The rules on arrival in their order: a query, and what is done.
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
    network_contact: str = ""
    network_timeout: int = 30
    feeds_resurface_updates: bool = False
    services_arxiv_api: str = SERVICES["arxiv_api"]
    services_arxiv_rss: str = SERVICES["arxiv_rss"]
    services_arxiv_oai: str = SERVICES["arxiv_oai"]
    services_huggingface: str = SERVICES["huggingface"]
    services_semantic_scholar: str = SERVICES["semantic_scholar"]
    services_openalex: str = SERVICES["openalex"]
    services_crossref: str = SERVICES["crossref"]
    services_datacite: str = SERVICES["datacite"]
    services_dblp: str = SERVICES["dblp"]
    services_europe_pmc: str = SERVICES["europe_pmc"]
    rules: tuple[tuple[str, str], ...] = ()
    problems: tuple[str, ...] = field(default=())


def service_urls(settings: Settings) -> dict[str, str]:
    """Where each service is, by its name."""
    return {name: getattr(settings, f"services_{name}") for name in SERVICES}


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
    "network.contact": "your e-mail address, told to the services that are asked; some are then "
                       "more patient. Empty for none",
    "network.timeout": "seconds until an answer must be whole, 5 to 300; long listings get more",
    "feeds.resurface_updates": "whether a new version puts a paper back into the inbox",
    **{f"services.{name}": f"where {LABELS[name]} is" for name in SERVICES},
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
    fitting["rules"] = tuple((when, do) for when, do in fitting.get("rules", ()))
    return Settings(**fitting)


def _with_environment(settings: Settings) -> Settings:
    path = os.environ.get("READER_LIBRARY") or settings.library_path
    theme = os.environ.get("READER_THEME") or settings.ui_theme
    return replace(settings, library_path=path, ui_theme=theme)
