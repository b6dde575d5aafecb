"""Items as Zotero's web API version 3, its local API and its export of them give them.

Source: https://www.zotero.org/support/dev/web_api/v3/basics
"""

from collections.abc import Iterator

from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry
from reader.sources.json_documents import Loose, Text, load, members, read_objects
from reader.sources.markup import plain
from reader.sources.zotero.items import SOURCE, ZoteroItem, entry_of

NAME = "zotero-json"
LABEL = "Zotero's API"


class Library(Loose):
    """Whose item it is."""

    type: Text = ""
    id: Text = ""


class ApiItem(Loose):
    """One item with its data."""

    key: Text = ""
    library: Library = Library()
    data: ZoteroItem


def recognises(head: str) -> bool:
    """Whether a document is an answer with items."""
    return {"itemType", "data", "key"} <= members(head)


def read(document: Document, context: Context) -> Iterator[Item]:
    """The items of an answer; notes and attachments are given to the items they belong to."""
    value = load(document)
    items = value if isinstance(value, list) else [value]
    kept, notes, files = _sorted_out(items)

    def entry(item: ApiItem) -> Entry | None:
        made = entry_of(item.data, f"{item.library.id}/{item.key}", [])
        if made is not None:
            made.notes += notes.get(item.key, [])
            made.files += files.get(item.key, [])
        return made

    return read_objects(kept, ApiItem, entry, context, SOURCE)


def _sorted_out(
    items: list[object],
) -> tuple[list[object], dict[str, list[str]], dict[str, list[str]]]:
    """The items that are works, and the notes and files of others by the key of these."""
    kept: list[object] = []
    notes: dict[str, list[str]] = {}
    files: dict[str, list[str]] = {}
    for one in items:
        data = one.get("data", {}) if isinstance(one, dict) else {}
        parent = str(data.get("parentItem", "")) if isinstance(data, dict) else ""
        if not parent:
            kept.append(one)
        elif data.get("note"):
            notes.setdefault(parent, []).append(plain(str(data["note"])))
        elif path := data.get("path") or data.get("url") or data.get("filename"):
            files.setdefault(parent, []).append(str(path))
    return kept, notes, files
