"""`reader backup` and `restore`."""

import datetime as dt
from argparse import Namespace
from pathlib import Path

from reader.cli.library import opened, read
from reader.cli.output import confirmed, emit, say
from reader.errors import NoBackupError, RefusedError, UsageError
from reader.library import swapping
from reader.library.backup import backups, folder_of
from reader.paths import library_path, user_path


def run_backup(arguments: Namespace) -> int:
    """Write a verified copy, or list those that there are."""
    if arguments.list:
        path = library_path(arguments.library, arguments.settings.library_path)
        for one in backups(path):
            emit(f"{one.at:%Y-%m-%d %H:%M}  {one.path.stat().st_size:>12,}  {one.path}")
        return 0
    made = _copied(arguments, user_path(arguments.file)) if arguments.file else _kept(arguments)
    emit(str(made))
    say("checked: the copy is whole")
    return 0


def _kept(arguments: Namespace) -> Path:
    with opened(arguments) as store:
        return store.back_up()


def _copied(arguments: Namespace, target: Path) -> Path:
    if target.exists():
        raise RefusedError(f"{target} is there already; give another name.")
    with read(arguments) as store:
        return store.copy_to(target)


def run_restore(arguments: Namespace) -> int:
    """Put a backup in the library's place; what was there gets another name."""
    library = library_path(arguments.library, arguments.settings.library_path)
    backup = _chosen(arguments.file, library)
    if not confirmed(f"put {backup} in the place of {library}?", yes=arguments.yes):
        raise RefusedError("nothing was restored: --yes says that it is meant.")
    aside = swapping.restore(library, backup, dt.datetime.now(dt.UTC))
    say(f"restored {backup}")
    if aside is not None:
        say(f"what was there is {aside} now; nothing was deleted")
    return 0


def _chosen(name: str, library: Path) -> Path:
    """The backup that is meant.

    Raises:
        NoBackupError: There is none.
        UsageError: It is the library itself.
    """
    if name == "latest":
        made = backups(library)
        if not made:
            raise NoBackupError(folder_of(library))
        return made[0].path
    chosen = user_path(name)
    if not chosen.is_file():
        raise UsageError(f"{chosen} is no file. Nothing was changed; `reader backup --list`.")
    if library.exists() and chosen.samefile(library):
        raise UsageError("that is the library itself. Nothing was changed.")
    return chosen
