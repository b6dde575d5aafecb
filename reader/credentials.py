"""Keys for services that take one: from the environment, the system's keyring, or a private file.

No service needs one. A key is sent to the host of its service and nowhere else, and is never
written into a message.
"""

import os
import stat
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import ConfigError
from reader.files import replace_file
from reader.model.services import KEYED
from reader.paths import config_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

_KEYRING = "paper-reader"
_LONGEST = 500


def keys_path(given: str = "") -> Path:
    """The private file, beside the configuration's; only its owner may read it."""
    return config_file(given).with_name("secrets.toml")


def load_keys(given: str = "") -> dict[str, str]:
    """The keys that there are, by service.

    Raises:
        ConfigError: The file can be read by others, or is not TOML.
    """
    told = _from_file(keys_path(given))
    for service in KEYED:
        key = os.environ.get(f"READER_KEY_{service.upper()}") or _from_keyring(service)
        if key:
            told[service] = key
    return {service: key for service, key in told.items() if service in KEYED and _plain(key)}


def _plain(key: str) -> bool:
    return (key.isascii() and key.isprintable() and 0 < len(key) <= _LONGEST
            and not set(key) & set('"\\'))  # fmt: skip


def _from_file(path: Path) -> dict[str, str]:
    try:
        mode = path.stat().st_mode
        if mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise ConfigError(
                f"{path} holds keys and can be read by others: chmod 600 {path}. Nothing was asked."
            )
        told = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise ConfigError(
            f"{path} cannot be read: {type(error).__name__}; no key is used."
        ) from None
    return {name: key.strip() for name, key in told.items() if isinstance(key, str)}


def _from_keyring(service: str) -> str:
    """What the system's keyring has, where the extra `keyring` is installed."""
    return _in_keyring(lambda keyring: keyring.get_password(_KEYRING, service)) or ""


def _in_keyring(use: "Callable[[ModuleType], str | None]") -> str | None:
    """What a use of the system's keyring gives; nothing where there is none."""
    try:
        import keyring  # noqa: PLC0415 - an extra
        import keyring.errors  # noqa: PLC0415 - likewise
    except ImportError:
        return None
    try:
        return use(keyring)
    except keyring.errors.KeyringError:
        return None


def _into_keyring(service: str, key: str) -> bool:
    """Keep a key in the keyring, or take it away; whether it is there now."""

    def put(keyring: "ModuleType") -> str | None:
        if key:
            keyring.set_password(_KEYRING, service, key)
        elif keyring.get_password(_KEYRING, service):
            keyring.delete_password(_KEYRING, service)
        told: str | None = keyring.get_password(_KEYRING, service)
        return told

    held = _in_keyring(put)
    return bool(key) and held == key


def store_key(service: str, key: str, given: str = "") -> str:
    """Keep a key, or take it away with an empty one; where it is kept, in words.

    It goes to the system's keyring where the extra `keyring` finds one that works, else to the
    private file.

    Raises:
        ConfigError: There is no such service, or it is no key.
    """
    if service not in KEYED:
        raise ConfigError(f"no key is taken by {service}: {', '.join(KEYED)}.")
    key = key.strip()
    if key and not _plain(key):
        raise ConfigError("that is no key: plain letters, digits and signs. Nothing was changed.")
    path = keys_path(given)
    told = _from_file(path)
    kept = _into_keyring(service, key)
    wanted = {**told, service: "" if kept else key}
    if {name: value for name, value in wanted.items() if value} != told:
        _write(path, wanted)
    if not key:
        return f"the keyring and {path}"
    return "the system's keyring" if kept else str(path)


def _write(path: Path, keys: dict[str, str]) -> None:
    lines = [f'{name} = "{value}"\n' for name, value in keys.items() if _plain(value)]
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    replace_file(path, lines)
