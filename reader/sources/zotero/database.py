"""Zotero's own database, read from a copy so that a running Zotero is never disturbed.

Tables: https://github.com/zotero/zotero/blob/main/resource/schema/userdata.sql. Columns are named
one by one, since newer versions add some.
"""

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from reader.errors import ImportFileError, TagNameError
from reader.model.paper import Rejected, Tag
from reader.model.tags import COLOURS, parse_tag
from reader.model.text import clean
from reader.sources.context import RAW_LENGTH, Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry
from reader.sources.json_documents import Text, read_objects
from reader.sources.markup import plain
from reader.sources.zotero.items import SOURCE, ZoteroItem, collection_path, entry_of

NAME = "zotero"
LABEL = "Zotero's zotero.sqlite"

_HEADER = "SQLite format 3\x00"
_ITEMS = """
SELECT i.itemID, i.key, t.typeName, i.dateAdded, i.libraryID
FROM items i JOIN itemTypes t ON t.itemTypeID = i.itemTypeID
WHERE i.itemID NOT IN (SELECT itemID FROM deletedItems)
  AND i.itemID NOT IN (SELECT itemID FROM feedItems)
  AND t.typeName NOT IN ('attachment', 'note', 'annotation')
ORDER BY i.itemID
"""
_ALONE = """
SELECT t.typeName, COALESCE(n.note, a.path, '') FROM items i
JOIN itemTypes t ON t.itemTypeID = i.itemTypeID
LEFT JOIN itemNotes n ON n.itemID = i.itemID LEFT JOIN itemAttachments a ON a.itemID = i.itemID
WHERE t.typeName IN ('note', 'attachment')
  AND COALESCE(n.parentItemID, a.parentItemID) IS NULL
  AND i.itemID NOT IN (SELECT itemID FROM deletedItems)
ORDER BY i.itemID
"""
_FIELDS = """
SELECT f.fieldName, v.value FROM itemData d JOIN itemDataValues v ON v.valueID = d.valueID
JOIN fields f ON f.fieldID = d.fieldID WHERE d.itemID = ?
"""
_CREATORS = """
SELECT t.creatorType, c.firstName, c.lastName, c.fieldMode FROM itemCreators i
JOIN creators c ON c.creatorID = i.creatorID
JOIN creatorTypes t ON t.creatorTypeID = i.creatorTypeID WHERE i.itemID = ? ORDER BY i.orderIndex
"""
_TAGS = "SELECT t.name, i.type FROM itemTags i JOIN tags t ON t.tagID = i.tagID WHERE i.itemID = ?"
_NOTES = """
SELECT note FROM itemNotes WHERE parentItemID = ?
  AND itemID NOT IN (SELECT itemID FROM deletedItems)
"""
_FILES = """
SELECT a.path, a.itemID, i.key FROM itemAttachments a JOIN items i ON i.itemID = a.itemID
WHERE a.parentItemID = ? AND a.itemID NOT IN (SELECT itemID FROM deletedItems)
"""
_ANNOTATIONS = (
    "SELECT text, comment, pageLabel FROM itemAnnotations WHERE parentItemID = ? ORDER BY sortIndex"
)
_RGB = {"red": (255, 102, 102), "orange": (255, 140, 25), "yellow": (255, 212, 0),
        "green": (89, 177, 54), "teal": (0, 128, 128), "blue": (46, 168, 229),
        "violet": (87, 108, 216), "grey": (153, 153, 153)}  # fmt: skip


_SAID = {"attachment": "file"}


def recognises(head: str) -> bool:
    """Whether a document is a SQLite database with Zotero's tables."""
    return head.startswith(_HEADER) and "itemDataValues" in head


def read(document: Document, context: Context) -> Iterator[Item]:
    """The items of a library with collections, tags, notes, annotations and files.

    Raises:
        ImportFileError: It is another database, or damaged.
    """
    with tempfile.TemporaryDirectory(prefix="reader-zotero-") as folder:
        copy = _copied(document.path, Path(folder))
        try:
            with closing(sqlite3.connect(copy)) as connection:
                connection.execute("PRAGMA trusted_schema=OFF")
                _check(connection, document.name)
                yield from _items(connection, context, document.path.parent)
        except sqlite3.DatabaseError as error:
            raise ImportFileError(
                f"{document.name}: {error}; no readable Zotero library."
            ) from error


def _copied(path: Path, folder: Path) -> Path:
    """A copy of the database and of what a running Zotero has not written into it yet."""
    copy = folder / "zotero.sqlite"
    shutil.copyfile(path, copy)
    for part in ("-wal", "-journal"):
        with suppress(OSError):
            shutil.copyfile(f"{path}{part}", f"{copy}{part}")
    return copy


def _check(connection: sqlite3.Connection, name: str) -> None:
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
    if not {"items", "itemData", "itemTypes", "itemCreators"} <= tables:
        raise ImportFileError(
            f"{name}: a database, but not Zotero's; a library of this program is restored by "
            "`reader restore`."
        )


class StoredItem(ZoteroItem):
    """An item with what other tables hold of it."""

    own_key: Text = ""
    paths: list[Text] = []
    kept_files: list[Text] = []
    marks: list[Text] = []


def _items(connection: sqlite3.Connection, context: Context, storage: Path) -> Iterator[Item]:
    yield from _tag_colours(connection)
    yield from read_objects(
        _stored(connection, storage), StoredItem, entry_of_stored, context, SOURCE
    )
    for kind, text in connection.execute(_ALONE):
        told = clean(plain(text)).removeprefix("storage:")[:RAW_LENGTH]
        yield Rejected(0, f"a {_SAID.get(kind, kind)} that belongs to no work", told)


def _stored(connection: sqlite3.Connection, storage: Path) -> Iterator[dict[str, object]]:
    paths = _collections(connection)
    for item, key, kind, added, library in connection.execute(_ITEMS):
        files, marks = _files(connection, item, storage)
        tags = connection.execute(_TAGS, (item,))
        yield {
            "itemType": kind,
            "dateAdded": f"{added.replace(' ', 'T')}Z",
            "creators": _creators(connection, item),
            "tags": [{"tag": name, "type": kind or 0} for name, kind in tags],
            "notes": [row[0] or "" for row in connection.execute(_NOTES, (item,))],
            "own_key": f"{library}/{key}",
            "paths": paths.get(item, []),
            "kept_files": files,
            "marks": marks,
            **_data(connection, item),
        }


def entry_of_stored(item: StoredItem) -> Entry | None:
    """A paper of one item."""
    made = entry_of(item, item.own_key, item.paths)
    if made is not None:
        made.files, made.notes = item.kept_files, made.notes + item.marks
    return made


def _data(connection: sqlite3.Connection, item: int) -> dict[str, str]:
    told = {name: str(value) for name, value in connection.execute(_FIELDS, (item,))}
    # A date is stored as `2014-12-09 December 9, 2014`: sortable first, as typed behind.
    told["date"] = told.get("date", "").split(" ")[0].replace("-00", "")
    return told


def _creators(connection: sqlite3.Connection, item: int) -> list[dict[str, str]]:
    return [
        {"creatorType": role, "name": last} if mode == 1
        else {"creatorType": role, "firstName": first, "lastName": last}
        for role, first, last, mode in connection.execute(_CREATORS, (item,))
    ]  # fmt: skip


def _files(connection: sqlite3.Connection, item: int, storage: Path) -> tuple[list[str], list[str]]:
    """The paths of an item's files, and what was marked in them."""
    files, marks = [], []
    for path, attachment, key in connection.execute(_FILES, (item,)):
        if path:
            own = path.startswith("storage:")
            files.append(str(storage / "storage" / key / path[8:]) if own else path)
        with suppress(sqlite3.OperationalError):  # a library from before there were annotations
            for text, comment, page in connection.execute(_ANNOTATIONS, (attachment,)):
                words = [f"“{text}”" if text else "", comment or "", f"(p. {page})" if page else ""]
                marks.append(plain(" ".join(filter(None, words))))
    return files, marks


_GONE = "SELECT collectionID FROM deletedCollections"


def _collections(connection: sqlite3.Connection) -> dict[int, list[str]]:
    rows = connection.execute(
        "SELECT collectionID, collectionName, parentCollectionID FROM collections"
    )
    parents = {str(number): (name, str(above or "")) for number, name, above in rows}
    paths: dict[int, list[str]] = {}
    members = connection.execute("SELECT collectionID, itemID FROM collectionItems ORDER BY 1")
    gone: set[int] = set()
    with suppress(sqlite3.OperationalError):  # a library from before collections had a trash
        gone |= {
            one for (one,) in connection.execute("SELECT collectionID FROM deletedCollections")
        }
    for collection, item in members:
        if collection in gone:
            continue
        paths.setdefault(item, []).append(collection_path(str(collection), parents))
    return paths


def _tag_colours(connection: sqlite3.Connection) -> Iterator[Tag]:
    """The tags that have a colour, under the nearest of ours."""
    query = "SELECT value FROM syncedSettings WHERE setting = 'tagColors'"
    for (value,) in connection.execute(query):
        with suppress(ValueError, TypeError, KeyError):
            for place, one in enumerate(json.loads(value), start=1):
                with suppress(TagNameError):
                    pin = place if place <= len("123456789") else 0
                    yield Tag(parse_tag(one["name"].replace(",", " ")), _colour(one["color"]), pin)


def _colour(text: str) -> str:
    wanted = tuple(int(text[i : i + 2], 16) for i in (1, 3, 5))
    return min(
        COLOURS, key=lambda name: sum((a - b) ** 2 for a, b in zip(wanted, _RGB[name], strict=True))
    )
