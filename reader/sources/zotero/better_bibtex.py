"""Better BibTeX JSON: the fullest file that Zotero exports, with collections and attachments.

Source: https://retorque.re/zotero-better-bibtex/exporting/
"""

from collections.abc import Iterator

from pydantic import Field

from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry
from reader.sources.json_documents import Loose, Text, load, members, read_objects
from reader.sources.zotero.items import SOURCE, ZoteroItem, collection_path, entry_of

NAME = "better-bibtex"
LABEL = "Better BibTeX JSON"


class Collection(Loose):
    """A collection: its name, the one above it, the numbers of its items."""

    name: Text = ""
    parent: Text | bool = ""
    items: list[Text] = Field(default=[], max_length=1_000_000)


class BetterItem(ZoteroItem):
    """An item with its number in the file."""

    number: Text = Field(default="", alias="itemID")
    item_key: Text = Field(default="", alias="itemKey")
    uri: Text = ""


def recognises(head: str) -> bool:
    """Whether a document is such an export."""
    found = members(head)
    return "itemType" in found and bool(found & {"config", "collections"}) and "data" not in found


def read(document: Document, context: Context) -> Iterator[Item]:
    """The items of an export; its own notes and attachments stand within them."""
    value = load(document)
    told = value if isinstance(value, dict) else {"items": value}
    paths = _collections(told.get("collections") or {})

    def entry(item: BetterItem) -> Entry | None:
        key = item.item_key or item.uri.rpartition("/")[2] or item.citekey
        return entry_of(item, key, paths.get(item.number, []))

    return read_objects(told.get("items", []), BetterItem, entry, context, SOURCE)


def _collections(told: dict[str, object]) -> dict[str, list[str]]:
    """The paths of each item's collections, by the item's number."""
    known = {key: Collection.model_validate(value) for key, value in told.items()}
    parents = {key: (one.name, str(one.parent or "")) for key, one in known.items()}
    paths: dict[str, list[str]] = {}
    for key, one in known.items():
        for item in one.items:
            paths.setdefault(item, []).append(collection_path(key, parents))
    return paths
