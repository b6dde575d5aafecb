"""keys.toml: the user's own keys and commands, read and added to; every problem with its line.

[keys]
"paper.later" = ["w"]
"paper.skip" = "d"
"user" = { "f" = "tag +followup; later", "p" = "!echo $READER_ID" }
"""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import tomlkit
from pydantic import Field, TypeAdapter, ValidationError
from tomlkit.exceptions import TOMLKitError

from reader.config_file import line_of
from reader.errors import ConfigError
from reader.files import replace_file
from reader.model.text import printable

MACROS = "user"
"""The name of the table of commands behind the user's own prefix."""

_MOST = 200_000
Key = Annotated[str, Field(min_length=1, max_length=60)]
Command = Annotated[str, Field(min_length=1, max_length=2_000)]
_KEYS: TypeAdapter[str | list[str]] = TypeAdapter(Key | list[Key])
_TABLE: TypeAdapter[dict[str, Any]] = TypeAdapter(dict[str, Any])
_COMMANDS: TypeAdapter[dict[str, str]] = TypeAdapter(dict[Key, Command])


def read_keys(path: Path) -> dict[str, Any]:
    """`keys`, `macros` and `problems` of a file; never raises for what stands there."""
    try:
        if not path.is_file():
            return _nothing(f"{path}: not a file; the usual keys are used")
        if path.stat().st_size > _MOST:
            return _nothing(f"{path}: it is longer than {_MOST:,} bytes; not read")
        text = path.read_bytes().decode("utf-8-sig")
        told = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        return _nothing(f"{path}: cannot be read ({error}); the usual keys are used")
    except (ValueError, RecursionError) as error:
        return _nothing(f"{path}: not TOML: {error}; the usual keys are used")
    return _validated(told, path, text)


def _nothing(problem: str) -> dict[str, Any]:
    return {"keys": {}, "macros": {}, "problems": [printable(problem)]}


def _validated(told: dict[str, Any], path: Path, text: str) -> dict[str, Any]:
    found = _nothing("")
    found["problems"] = [
        printable(f"{path}:{line_of(text, (name,))}: no table is called {name}: the keys are in "
                  "[keys]. It is left out.")
        for name in told if name != "keys"
    ]  # fmt: skip
    table = told.get("keys", {})
    for name, value in table.items() if isinstance(table, dict) else ():
        try:
            if name == MACROS:
                found["macros"] = _macros(value, found["problems"], f"{path}")
            else:
                keys = _KEYS.validate_python(value, strict=True)
                found["keys"][name] = [keys] if isinstance(keys, str) else keys
        except ValidationError as error:
            reason = error.errors()[0]["msg"].lower()
            line = line_of(text, ("keys", *name.split(".")))
            found["problems"].append(printable(f"{path}:{line}: {name}: {reason}. It is left out."))
    return found


def _macros(value: object, problems: list[str], place: str) -> dict[str, str]:
    """The own commands that can be; the others are named."""
    commands = _TABLE.validate_python(value, strict=True)
    kept: dict[str, str] = {}
    for key, command in commands.items():
        try:
            kept |= _COMMANDS.validate_python({key: command}, strict=True)
        except ValidationError as error:
            reason = error.errors()[0]["msg"].lower()
            problems.append(printable(f"{place}: {MACROS}.{key}: {reason}. It is left out."))
    return kept


def set_keys(path: Path, action: str, keys: Sequence[str]) -> None:
    """Give an action these keys, keeping everything else of the file.

    Raises:
        ConfigError: The file is not TOML or cannot be written.
    """
    try:
        document = tomlkit.parse(path.read_text("utf-8-sig") if path.exists() else "")
        table = document.setdefault("keys", tomlkit.table())
        table[action] = list(keys)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        replace_file(path, [tomlkit.dumps(document)])
    except (OSError, UnicodeDecodeError, TOMLKitError, TypeError, AttributeError) as error:
        raise ConfigError(f"{path} was not changed: {error}; open it in an editor.") from error
