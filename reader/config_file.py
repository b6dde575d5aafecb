"""config.toml: read, validated and changed; every problem with its line and a suggestion."""

import re
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

import tomlkit
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)
from tomlkit.exceptions import TOMLKitError

from reader.config import KEYS, Settings
from reader.errors import ConfigError, UsageError
from reader.files import replace_file
from reader.model.rules import Rule
from reader.model.services import SERVICES
from reader.model.text import printable

_MOST = 1_000_000
_CONTACT = re.compile(r"[\x21-\x7e]{3,200}")
_WRAP = re.compile(r"(?:[^{}]|\{\{|\}\}|\{keys\})*")
Text = Annotated[str, Field(max_length=4_000)]


class _Section(BaseModel):
    """One table of the file."""

    model_config = ConfigDict(extra="forbid", strict=True)


class _Library(_Section):
    path: Text = ""


class _Ui(_Section):
    theme: Text = ""
    measure: Annotated[int, Field(ge=40, le=120)] = 76
    density: Literal["", "compact", "cozy", "relaxed"] = ""
    glyphs: Literal["auto", "unicode", "ascii"] = "auto"


class _Keys(_Section):
    preset: Literal["vim", "arrows"] = "vim"
    whichkey_delay: Annotated[int, Field(ge=0, le=10_000)] = 350


class _Open(_Section):
    browser: Text = ""

    @field_validator("browser")
    @classmethod
    def _has_place(cls, value: str) -> str:
        if value and "{url}" not in value:
            raise ValueError("it needs {url} where the link goes")
        return value


class _Cite(_Section):
    wrap: Text = "\\cite{{{keys}}}"

    @field_validator("wrap")
    @classmethod
    def _fills(cls, value: str) -> str:
        if not _WRAP.fullmatch(value):
            raise ValueError("only {keys} can be filled in; braces are {{ and }}")
        if "{keys}" not in value.replace("{{", ""):
            raise ValueError("it needs {keys} where the citekeys go")
        return value


class _Backups(_Section):
    automatic: bool = True


class _Network(_Section):
    contact: Text = ""
    timeout: Annotated[int, Field(ge=5, le=300)] = 30

    @field_validator("contact")
    @classmethod
    def _printable(cls, value: str) -> str:
        if value and not _CONTACT.fullmatch(value):
            raise ValueError("an e-mail address or a link, in plain letters")
        return value


class _Feeds(_Section):
    resurface_updates: bool = False


def _base(value: str) -> str:
    """The base address of a service.

    Raises:
        ValueError: It is no scheme, host and path.
    """
    parts = urlsplit(value)
    _ = parts.port  # which raises for one that is none
    extra = parts.query or parts.fragment or parts.username or re.search(r"\s", value)
    if parts.scheme not in ("http", "https") or not parts.hostname or extra:
        raise ValueError("a scheme, a host and perhaps a path: https://host/path")
    return value.rstrip("/")


Base = Annotated[Text, AfterValidator(_base)]


class _Services(_Section):
    arxiv_api: Base = SERVICES["arxiv_api"]
    arxiv_rss: Base = SERVICES["arxiv_rss"]
    arxiv_oai: Base = SERVICES["arxiv_oai"]
    huggingface: Base = SERVICES["huggingface"]
    semantic_scholar: Base = SERVICES["semantic_scholar"]
    openalex: Base = SERVICES["openalex"]
    crossref: Base = SERVICES["crossref"]
    datacite: Base = SERVICES["datacite"]
    dblp: Base = SERVICES["dblp"]
    europe_pmc: Base = SERVICES["europe_pmc"]


class _Rule(_Section):
    when: Text
    do: Text

    @model_validator(mode="after")
    def _works(self) -> Self:
        try:
            Rule(self.when, self.do).check()
        except UsageError as error:
            raise ValueError(str(error)) from error
        return self


class _File(_Section):
    library: _Library = _Library()
    ui: _Ui = _Ui()
    keys: _Keys = _Keys()
    open: _Open = _Open()
    cite: _Cite = _Cite()
    backups: _Backups = _Backups()
    network: _Network = _Network()
    feeds: _Feeds = _Feeds()
    services: _Services = _Services()
    rule: Annotated[list[_Rule], Field(max_length=1_000)] = []

    def settings(self) -> Settings:
        """The plain value."""
        values = {
            f"{section}_{name}": value
            for section, table in self.model_dump(exclude={"rule"}).items()
            for name, value in table.items()
        }
        return Settings(**values, rules=tuple((one.when, one.do) for one in self.rule))


def read_config(path: Path) -> Settings:
    """The settings of a file, with what is wrong in it; never raises for what stands there."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return Settings(problems=(f"{path}: not a file; the defaults are used",))
        if status.st_size > _MOST:
            return Settings(problems=(f"{path}: it is longer than {_MOST:,} bytes; not read",))
        text = path.read_bytes().decode("utf-8-sig")
        told = tomllib.loads(text)
    except (OSError, RuntimeError, UnicodeDecodeError) as error:
        return Settings(problems=(f"{path}: cannot be read ({error}); the defaults are used",))
    except (ValueError, RecursionError) as error:
        return Settings(problems=(f"{path}: not TOML: {error}; the defaults are used",))
    return _validated(told, path, text)


def _validated(told: dict[str, Any], path: Path, text: str) -> Settings:
    """The settings without what is wrong, which is named."""
    problems: list[str] = []
    while True:
        try:
            settings = _File.model_validate(told).settings()
        except ValidationError as error:
            for one in error.errors():
                place = tuple(map(str, one["loc"]))
                problems.append(_problem(place, one, path, text))
                _drop(told, place)
            if isinstance(rules := told.get("rule"), list):
                told["rule"] = [one for one in rules if one is not None]
        else:
            return replace(settings, problems=tuple(map(printable, problems)))


def _drop(told: dict[str, Any], place: tuple[str, ...]) -> None:
    section = told.get(place[0])
    if len(place) > 1 and isinstance(section, dict):
        section.pop(place[1], None)
    elif len(place) > 1 and isinstance(section, list) and place[1].isdecimal():
        section[int(place[1])] = None  # so that the numbers of the others stay
    else:
        told.pop(place[0], None)


def _problem(place: tuple[str, ...], error: Mapping[str, Any], path: Path, text: str) -> str:
    if place[0] == "rule" and len(place) > 1:
        return _rule_problem(place, error, path, text)
    key = ".".join(place)
    line = line_of(text, place)
    if error["type"] == "extra_forbidden":
        near = get_close_matches(key, [*KEYS, *{one.partition(".")[0] for one in KEYS}], n=1)
        hint = f": {near[0]}?" if near else f": the keys are {', '.join(KEYS)}"
        return f"{path}:{line}: no setting is called {key}{hint} It is left out."
    reason = str(error["msg"]).removeprefix("Value error, ")
    return f"{path}:{line}: {key}: {reason[0].lower()}{reason[1:]}. The default is used."


def _rule_problem(place: tuple[str, ...], error: Mapping[str, Any], path: Path, text: str) -> str:
    heads = [number for number, line in enumerate(text.splitlines(), start=1)
             if line.partition("#")[0].replace(" ", "").startswith("[[rule]]")]  # fmt: skip
    place_of = int(place[1]) if place[1].isdecimal() else 0
    line = heads[place_of] if place_of < len(heads) else 1
    reason = str(error["msg"]).removeprefix("Value error, ")
    about = f"rule.{place[2]}: " if len(place) > 2 else ""  # noqa: PLR2004 - a key of the rule
    return f"{path}:{line}: {about}{reason[0].lower()}{reason[1:]} The rule is left out."


def line_of(text: str, place: tuple[str, ...]) -> int:
    """The line of a key in a TOML text, 1 when it cannot be told."""
    section: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        bare = line.partition("#")[0].strip()
        if bare.startswith("["):
            section = [part.strip(" \"'") for part in bare.strip("[]").split(".")]
            if section == list(place):
                return number
        elif "=" in bare:
            name = [part.strip(" \"'") for part in bare.partition("=")[0].split(".")]
            if [*section, *name][: len(place)] == list(place):
                return number
    return 1


def value_of(settings: Settings, key: str) -> Any:
    """The value of a key.

    Raises:
        ConfigError: There is no such key.
    """
    if key not in KEYS:
        near = get_close_matches(key, KEYS, n=1)
        hint = f": {near[0]}?" if near else f": the keys are {', '.join(KEYS)}."
        raise ConfigError(f"no setting is called {key}{hint}")
    return getattr(settings, key.replace(".", "_"))


def set_value(path: Path, key: str, text: str) -> None:
    """Change one key of the file, keeping its comments and everything else; checked before.

    Raises:
        ConfigError: There is no such key, the value is wrong, or the file is not TOML.
    """
    usual = value_of(Settings(), key)
    value = _typed(usual, text, key)
    section, _, name = key.partition(".")
    try:
        document = tomlkit.parse(path.read_text("utf-8-sig") if path.exists() else "")
        table = document.setdefault(section, tomlkit.table())
        table[name] = value
        written = tomlkit.dumps(document)
    except (OSError, RuntimeError, UnicodeDecodeError, TOMLKitError, TypeError, KeyError) as error:
        raise ConfigError(
            f"{path} was not changed: {error}; `reader config edit` opens it."
        ) from error
    problems = _validated({section: {name: value}}, path, written).problems
    if problems:
        reason = problems[0].removesuffix(" The default is used.")
        raise ConfigError(f"{reason} Nothing was changed.")
    try:
        target = path.resolve()
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        replace_file(target, [written])
    except (OSError, RuntimeError) as error:
        raise ConfigError(f"{path} cannot be written: {error}.") from error


def _typed(usual: object, text: str, key: str) -> object:
    if isinstance(usual, bool):
        if text not in ("true", "false"):
            raise ConfigError(f"{key} is true or false. Nothing was changed.")
        return text == "true"
    if isinstance(usual, int):
        if not text.isdecimal() or len(text) > 6:  # noqa: PLR2004 - any number that is sensible
            raise ConfigError(f"{key} is a number. Nothing was changed.")
        return int(text)
    return text


def commented_copy() -> str:
    """A file with every key at its default, each explained and commented out."""
    lines = ["# Settings of reader. Take the # away in front of what you change.", ""]
    section = ""
    for key, meaning in KEYS.items():
        here, _, name = key.partition(".")
        if here != section:
            section = here
            lines += [f"[{section}]"]
        lines += [
            f"# {meaning}",
            f"# {name} = {tomlkit.item(value_of(Settings(), key)).as_string()}",
        ]
    return "\n".join(lines) + "\n"
