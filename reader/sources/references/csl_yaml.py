"""CSL-YAML: the references of a Pandoc document, in a file of their own or its metadata.

Format: https://pandoc.org/MANUAL.html#specifying-bibliographic-data
"""

import re
from collections.abc import Iterator

from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.json_documents import read_objects
from reader.sources.lists.yaml_documents import load_yaml
from reader.sources.references.csl_json import CslItem, entry_of

NAME = "csl-yaml"
LABEL = "CSL-YAML (Pandoc)"
SOURCE = "csl"

_REFERENCES = re.compile(r"^references:[ \t]*$\s*^[ ]*-[ ]+\w[\w-]*:", re.MULTILINE)
_METADATA = re.compile(
    r"\s*---[ \t]*\n(.*?)(?:^(?:---|\.\.\.)[ \t]*$|\Z)", re.DOTALL | re.MULTILINE
)


def recognises(head: str) -> bool:
    """Whether a text has a list of references."""
    return _REFERENCES.search(head) is not None


def read(document: Document, context: Context) -> Iterator[Item]:
    """The items of a document's metadata, or of all of it."""
    text = document.text()
    metadata = _METADATA.match(text)
    told = load_yaml(document, metadata[1] if metadata else text)
    items = told.get("references") if isinstance(told, dict) else None
    listed = items if isinstance(items, list) else []
    yield from read_objects(listed, CslItem, entry_of, context, SOURCE)
