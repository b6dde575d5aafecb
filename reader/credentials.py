"""Keys for services that take one: from the environment, the system's keyring, or a private file.

No service needs one. A key is sent to the host of its service and nowhere else, and is never
written into a message.
"""

import os
import stat
import tomllib
from pathlib import Path

from reader.errors import ConfigError
from reader.files import replace_file
from reader.model.services import KEYED
from reader.paths import config_file

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
    return key.isascii() and key.isprintable() and 0 < len(key) <= _LONGEST


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
    try:
        import keyring  # noqa: PLC0415 - an extra
        import keyring.errors  # noqa: PLC0415 - likewise
    except ImportError:
        return ""
    try:
        return keyring.get_password(_KEYRING, service) or ""
    except keyring.errors.KeyringError:
        return ""


def store_key(service: str, key: str, given: str = "") -> str:
    """Keep a key, or take it away with an empty one; where it is kept.

    Raises:
        ConfigError: There is no such service, or it is no key.
    """
    if service not in KEYED:
        raise ConfigError(f"no key is taken by {service}: {', '.join(KEYED)}.")
    key = key.strip()
    if key and not _plain(key):
        raise ConfigError("that is no key: plain letters, digits and signs. Nothing was changed.")
    path = keys_path(given)
    told = {**_from_file(path), service: key}
    lines = [f'{name} = "{value}"\n' for name, value in told.items()
             if value and '"' not in value and "\\" not in value]  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    replace_file(path, lines)
    return str(path)
