"""Names of tags."""

import re
from collections.abc import Mapping

from reader.errors import TagNameError
from reader.model.text import clean

LONGEST = 80
"""Characters in the name of a tag."""

_EDGES = re.compile(r"\s*/\s*")


def parse_tag(text: str) -> str:
    """The name of a tag as it is stored: composed, lower case, `a/b` without blanks at the slash.

    Double quotes are left out: queries put them around names.

    Raises:
        TagNameError: It is empty, too long, or would read as several tags or as a removal.
    """
    name = _EDGES.sub("/", clean(text.replace('"', ""))).strip("/").lstrip("#").strip(" /").lower()
    if not name or "//" in name:
        raise TagNameError(text, "a tag needs a name, and each part of `a/b` too")
    if len(name) > LONGEST:
        raise TagNameError(name[:20] + "…", f"it is longer than {LONGEST} characters")
    if "," in name or name.startswith(("-", "+")):
        raise TagNameError(name, "a comma separates tags, and - or + in front removes or adds one")
    return name


def tag_matches(tag: str, wanted: str, *, exact: bool = False) -> bool:
    """Whether a tag is meant by a query's `tag:` value: it or one below it; `a/` only below."""
    if exact:
        return tag == wanted
    if wanted.endswith("/"):
        return tag.startswith(wanted)
    return tag == wanted or tag.startswith(f"{wanted}/")


COLOURS = ("red", "orange", "yellow", "green", "teal", "blue", "violet", "grey")
"""The colours that tags can have; every theme has its own shade of each."""


def colour_of(tag: str, colours: Mapping[str, str]) -> str:
    """The colour of a tag: its own, else that of the nearest tag above it; empty for none."""
    while tag:
        if colour := colours.get(tag, ""):
            return colour
        tag = tag.rpartition("/")[0]
    return ""
