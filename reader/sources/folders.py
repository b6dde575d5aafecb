"""The files in folders, in an order that does not change."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from reader.frozen import frozen

MOST_FILES = 200_000
"""Files that are looked at in one folder."""


@frozen
class Found:
    """A file to import.

    Attributes:
        name: What messages call it.
        named: Whether it was given itself, and not found in a folder.
    """

    path: Path
    name: str
    named: bool


def files_in(given: Sequence[tuple[Path, str]]) -> Iterator[Found]:
    """Each given file, and the files of each given folder and those below it.

    Hidden ones are passed over, and links to folders are not followed. A folder that cannot be read
    comes as if it were a file that was given, so that its import says so.
    """
    for path, name in given:
        if not path.is_dir():
            yield Found(path, name, named=True)
            continue
        left = MOST_FILES
        shut: list[OSError] = []
        for folder, folders, names in os.walk(path, onerror=shut.append):
            folders[:] = sorted(one for one in folders if not one.startswith("."))
            for file in sorted(names)[:left]:
                whole = Path(folder, file)
                if not file.startswith(".") and whole.is_file():
                    told = _told(str(Path(name, whole.relative_to(path))))
                    yield Found(whole, told, named=False)
            left = max(0, left - len(names))
        for error in shut:
            yield Found(Path(error.filename), _told(error.filename), named=True)


def _told(name: str) -> str:
    return name.encode("utf-8", "replace").decode()
