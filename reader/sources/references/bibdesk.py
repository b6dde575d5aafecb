"""What BibDesk keeps in a BibTeX file as property lists: groups in a comment, files in fields.

Format: the source of BibDesk, https://bibdesk.sourceforge.io, and of its BDSKLinkedFile.
"""

import base64
import plistlib
from collections.abc import Iterator
from typing import Any

_GROUPS = "BibDesk Static Groups"
_DAMAGED = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError,
            RecursionError)  # fmt: skip


def static_groups(comment: str) -> Iterator[tuple[str, str]]:
    """The groups that a comment lists: each group's name with the key of each of its entries."""
    if not comment.lstrip().startswith(_GROUPS):
        return
    text = comment[comment.find("<?xml") : comment.rfind("</plist>") + len("</plist>")]
    for group in _loaded(text.encode(), []):
        if isinstance(group, dict):
            for key in str(group.get("keys", "")).split(","):
                if key.strip():
                    yield str(group.get("group name", "")), key.strip()


def linked_file(value: str) -> list[str]:
    """The path that a `bdsk-file` field holds, relative to the file's folder; none if damaged."""
    try:
        content = base64.b64decode("".join(value.split()))
    except ValueError:
        return []
    told = _loaded(content, {})
    try:
        path = told.get("relativePath") or _archived(told["$objects"])["relativePath"]
    except _DAMAGED:
        return []
    return [path] if isinstance(path, str) and path else []


def _loaded(content: bytes, nothing: object) -> Any:
    try:
        return plistlib.loads(content)
    except Exception:  # noqa: BLE001 - expat's errors, and whatever damage makes of an offset
        return nothing


def _archived(objects: list[Any]) -> dict[str, Any]:
    """The first dictionary of an archive of Cocoa's, whose keys and values are numbered."""
    made = next(one for one in objects if isinstance(one, dict) and "NS.keys" in one)
    keys, values = ([objects[place.data] for place in made[name]]
                    for name in ("NS.keys", "NS.objects"))  # fmt: skip
    return dict(zip(keys, values, strict=True))
