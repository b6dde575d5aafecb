"""Zotero RDF, its own format for exporting with collections, notes and files.

Source: the export of Zotero, "Zotero RDF"; the vocabularies are Dublin Core, PRISM, FOAF and
Zotero's own (http://www.zotero.org/namespaces/export#).
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.json_documents import read_objects
from reader.sources.xml_documents import (
    attribute,
    child,
    children,
    descendants,
    elements,
    local,
    root_of,
    text_at,
    text_of,
    texts_at,
)
from reader.sources.zotero.database import StoredItem, entry_of_stored
from reader.sources.zotero.items import NOT_PAPERS, SOURCE, collection_path

NAME = "zotero-rdf"
LABEL = "Zotero RDF"

_FIELDS = {
    "title": "title", "abstract": "abstractNote", "date": "date", "pages": "pages",
    "description": "extra", "rights": "rights", "volume": "volume", "number": "issue",
    "edition": "edition", "language": "language", "dateSubmitted": "accessDate",
    "alternative": "journalAbbreviation", "shortTitle": "shortTitle", "type": "type",
    "archive": "archive", "archiveID": "archiveID", "citationKey": "citationKey",
}  # fmt: skip
"""The fields of an item by the names of its elements."""

_KINDS = {
    "Article": "journalArticle", "Book": "book", "BookSection": "bookSection", "Thesis": "thesis",
    "Report": "report", "Document": "document", "Manuscript": "manuscript", "Patent": "patent",
}  # fmt: skip
"""Types of items by the element's name, where none is told."""

_HOLDERS = {"Journal": "publicationTitle", "Periodical": "publicationTitle",
            "Website": "websiteTitle", "Blog": "blogTitle", "Book": "bookTitle",
            "CourtReporter": "reporter", "Series": "series"}  # fmt: skip
_ROLES = {"authors": "author", "editors": "editor", "translators": "translator",
          "contributors": "contributor", "inventors": "inventor",
          "programmers": "programmer", "presenters": "presenter"}  # fmt: skip
_NUMBER = re.compile(r"(DOI|ISSN|ISBN)\s+(.+)", re.IGNORECASE | re.DOTALL)


def recognises(head: str) -> bool:
    """Whether a document is RDF with Zotero's vocabulary."""
    root, attributes = root_of(head)
    return root == "RDF" and "zotero.org/namespaces/export" in attributes


def read(document: Document, context: Context) -> Iterator[Item]:
    """The items of an export with their collections, tags, notes and files."""
    for root in elements(document, "RDF"):
        graph = _Graph(root, document.path.parent)
        yield from read_objects(graph.items(), StoredItem, entry_of_stored, context, SOURCE)


class _Graph:
    """The nodes of an export by their names, and what belongs to what."""

    def __init__(self, root: Element, folder: Path) -> None:
        self._folder = folder
        self._nodes = {name: one for one in root if (name := attribute(one, "about"))}
        self._root = root
        parents, self._members = self._collections()
        self._paths = {key: collection_path(key, parents) for key in parents}

    def items(self) -> Iterator[dict[str, Any]]:
        """The works, and the notes and files that belong to none."""
        works = [one for one in self._root if self._kind(one) not in ("", *NOT_PAPERS)]
        taken = {name for work in works for name in self._belonging(work)}
        yield from map(self._work, works)
        for node in self._root:
            if self._kind(node) in NOT_PAPERS and attribute(node, "about") not in taken:
                yield self._alone(node)

    def _kind(self, node: Element) -> str:
        told = text_at(node, "itemType")
        name = local(node)
        if told or name in ("Memo", "Attachment"):
            return told or ("note" if name == "Memo" else "attachment")
        return _KINDS.get(name, "") if child(node, "title") is not None else ""

    def _alone(self, node: Element) -> dict[str, Any]:
        told = {"itemType": self._kind(node), "note": text_at(node, "value")}
        return told | {"title": text_at(node, "title"), "path": self._file(node)}

    def _work(self, node: Element) -> dict[str, Any]:
        about = attribute(node, "about")
        key = "" if about.startswith("#") else about  # numbers are of this one file
        told: dict[str, Any] = {"itemType": self._kind(node), "own_key": key}
        for name, ours in _FIELDS.items():
            if text := text_at(node, name):
                told[ours] = text
        self._take_numbers(told, node)
        told["creators"] = [one for name, role in _ROLES.items()
                            for one in _people(child(node, name), role)]  # fmt: skip
        told |= _publisher(child(node, "publisher"))
        for holder in self._holders(node):
            self._take_holder(told, holder)
        told["tags"] = [
            {"tag": text_of(one), "type": int(child(one, "AutomaticTag") is not None)}
            for one in children(node, "subject")
        ]
        belonging = [self._nodes[name] for name in self._belonging(node) if name in self._nodes]
        told["notes"] = [text_at(one, "value") for one in belonging if local(one) == "Memo"]
        files = (self._file(one) for one in belonging if local(one) != "Memo")
        told["kept_files"] = [file for file in files if file]
        told["paths"] = [self._paths[key] for key in self._members.get(about, ())]
        return told

    def _belonging(self, node: Element) -> list[str]:
        """The names of a work's notes and files."""
        links = [*children(node, "isReferencedBy"), *children(node, "link")]
        return [name for one in links if (name := attribute(one, "resource"))]

    def _file(self, node: Element) -> str:
        inside = next((told for name in ("path", "resource")
                       if (told := attribute(child(node, name), "resource"))), "")  # fmt: skip
        if inside:
            return str(self._folder / inside) if "://" not in inside else inside
        return text_at(node, "identifier", "URI", "value")

    def _holders(self, work: Element) -> list[Element]:
        """What a work is part of: journal, book, series; nested, or told once for several.

        Each is there once: in a damaged file a journal may be part of itself.
        """
        found: dict[int, Element] = {}
        waiting = [work]
        while waiting:
            for part in children(waiting.pop(0), "isPartOf"):
                named = self._nodes.get(attribute(part, "resource"))
                inside = [*part] if named is None else [*part, named]
                fresh = {id(one): one for one in inside if id(one) not in found}
                found |= fresh
                waiting += fresh.values()
        return list(found.values())

    def _take_holder(self, told: dict[str, Any], holder: Element) -> None:
        if (name := _HOLDERS.get(local(holder), "publicationTitle")) not in told:
            told[name] = text_at(holder, "title")
        for name in ("volume", "number", "alternative"):
            if text := text_at(holder, name):
                told.setdefault(_FIELDS[name], text)
        self._take_numbers(told, holder)

    def _take_numbers(self, told: dict[str, Any], node: Element) -> None:
        for one in children(node, "identifier"):
            if url := text_at(one, "URI", "value"):
                told.setdefault("url", url)
            elif found := _NUMBER.fullmatch(text_of(one)):
                told.setdefault(found[1].upper(), found[2].strip())

    def _collections(self) -> tuple[dict[str, tuple[str, str]], dict[str, list[str]]]:
        """The collections with their names and what they are in, and those of each item."""
        names: dict[str, str] = {}
        members: dict[str, list[str]] = {}
        for node in children(self._root, "Collection"):
            key = attribute(node, "about")
            names[key] = text_at(node, "title")
            for part in children(node, "hasPart"):
                members.setdefault(attribute(part, "resource"), []).append(key)
        parents = {key: (name, members.get(key, [""])[0]) for key, name in names.items()}
        return parents, members


def _people(node: Element | None, role: str) -> Iterator[dict[str, str]]:
    for person in descendants(node, "Person") if node is not None else ():
        family, given = text_at(person, "surname"), text_at(person, "givenName")
        if family and given:
            yield {"creatorType": role, "lastName": family, "firstName": given}
        elif family or given:
            yield {"creatorType": role, "name": family or given}


def _publisher(node: Element | None) -> dict[str, str]:
    if node is None:
        return {}
    place = next((text_of(one) for one in descendants(node, "locality")), "")
    name = next(iter(texts_at(child(node, "Organization"), "name")), "") or text_of(node)
    return {"publisher": name, "place": place} if name != place else {"place": place}
