"""Folders that are watched: files that are new or changed since the last time."""

import json
from pathlib import Path

from reader.errors import FetchError, ImportFileError
from reader.model.paper import Rejected
from reader.paths import existing
from reader.sources import formats
from reader.sources.context import Context
from reader.sources.document import open_document
from reader.sources.folders import files_in
from reader.sources.online.pages import Page, Told, of_items

_MOST_FILES = 50_000


def read_folder(told: Told) -> Page:
    """The papers of the files that were not there the last time, or were others; none is moved.

    Raises:
        FetchError: There is no such folder.
    """
    folder = existing(told.argument)
    if folder is None or not folder.is_dir():
        raise FetchError(f"{told.argument} is no folder (not mounted?); it is looked at again "
                         "next time.", "folder")  # fmt: skip
    known: dict[str, str] = json.loads(told.cursor.get("files", "{}"))
    present: dict[str, str] = {}
    items: list[object] = []
    files = _files(folder)
    for path in files[:_MOST_FILES]:
        try:
            status = path.stat()
        except OSError:
            continue
        name = str(path.relative_to(folder))
        present[name] = f"{status.st_size} {status.st_mtime_ns}"
        if known.get(name) != present[name]:
            items += _items(path, told.context)
    drafts, rejected = of_items(items)
    left = len(files) - _MOST_FILES
    warning = f"{left:,} files were not looked at: more than {_MOST_FILES:,}" if left > 0 else ""
    return Page(drafts, rejected, None, {"files": json.dumps(present)}, warning)


def _files(folder: Path) -> list[Path]:
    return [found.path for found in files_in([(folder, str(folder))])]


def _items(path: Path, context: Context) -> list[object]:
    """What a file tells; a file that is no list of papers tells nothing."""
    try:
        document = open_document(path, path.name)
        name = formats.recognise(document)
        if name in formats.ONLY_NAMED and name != "pdf":
            return []
    except ImportFileError:
        return []
    try:
        return list(formats.read(document, context, name))
    except ImportFileError as error:
        return [Rejected(0, str(error))]
