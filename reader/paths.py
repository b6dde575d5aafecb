"""Where the program keeps its files: the XDG base directories.

Source: https://specifications.freedesktop.org/basedir-spec/
"""

import os
from pathlib import Path

from reader.errors import DiskError, ReaderError, UsageError

APPLICATION = "paper-reader"
"""The name of our folders; `reader` belongs to other programs too."""


def data_folder() -> Path:
    """The folder of the library."""
    return _folder("XDG_DATA_HOME", ".local/share")


def state_folder() -> Path:
    """The folder of what can be lost without harm, such as the place where one was reading."""
    return _folder("XDG_STATE_HOME", ".local/state")


def config_file(given: str = "") -> Path:
    """The configuration's file: as given, else `READER_CONFIG`, else in its usual folder."""
    chosen = given or os.environ.get("READER_CONFIG")
    return user_path(chosen) if chosen else _config_folder() / "config.toml"


def keys_file(given: str = "") -> Path:
    """The file of the user's own keys, beside the configuration's."""
    return config_file(given).with_name("keys.toml")


def themes_folder(given: str = "") -> Path:
    """The folder of the user's own themes, beside the configuration's file."""
    return config_file(given).with_name("themes")


def user_path(text: str) -> Path:
    """A path as a person writes it, `~` and all.

    Raises:
        UsageError: It cannot be one.
        DiskError: It stands in a folder that may not be looked into.
    """
    try:
        path = Path(text).expanduser().absolute()
        path.exists()
    except PermissionError as error:
        raise DiskError(path, error.strerror or str(error)) from error
    except (RuntimeError, OSError, ValueError) as error:
        raise UsageError(f"{text[:80]}: {error}: give the path of a file.") from error
    return path


def existing(text: str) -> Path | None:
    """What stands at a path as a person writes it; None where that is nothing, or cannot be."""
    try:
        path = user_path(text)
        return path if path.exists() else None
    except (ReaderError, OSError):
        return None


def _config_folder() -> Path:
    return _folder("XDG_CONFIG_HOME", ".config")


def cache_folder() -> Path:
    """The folder of what can be made again."""
    return _folder("XDG_CACHE_HOME", ".cache")


def library_path(given: str | None, settled: str = "") -> Path:
    """The library's file: as given, else as the settings say, else in the data folder.

    A symbolic link is followed, as SQLite does: what stands beside the file, its lock and its log,
    is then the same by whichever name it is opened.
    """
    chosen = given or settled or f"{data_folder() / 'library.db'}"
    if chosen.startswith("file:") or chosen == ":memory:":
        raise UsageError(f"--library {chosen}: give the path of a file.")
    return Path(os.path.realpath(user_path(chosen)))


def _folder(variable: str, fallback: str) -> Path:
    base = os.environ.get(variable, "")
    if base.startswith("/"):
        return Path(base) / APPLICATION
    try:
        return Path.home() / fallback / APPLICATION
    except RuntimeError:
        raise UsageError(
            f"no home folder is known, so there is no place for the library: set {variable}, HOME, "
            "or give --library PATH."
        ) from None
