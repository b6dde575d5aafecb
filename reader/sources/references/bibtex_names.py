"""Names of persons as BibTeX and biblatex write them.

Grammar: `First von Last`, `von Last, First`, `von Last, Jr, First`, joined by ` and `; braces hold
a name together; biblatex also has `family=Last, given=First, prefix=von` (manual, section 2.3.3).
"""

import re

from reader.model.latex import convert
from reader.model.names import is_suffix, parse_people
from reader.model.paper import Author
from reader.model.text import clean

_OTHERS = ("others", "{others}", "et al", "et al.")
_TRAILING = re.compile(r"\s+and\s*$", re.IGNORECASE)
_INITIALED = re.compile(r"(?:[A-Z]\.[ -]?)+ ?[^\W\d_]{2,}")
_ET_AL = re.compile(r",?\s+et\s+al\.?$", re.IGNORECASE)
_HOMONYM = re.compile(r"\s+\d{4}$")  # DBLP tells people of one name apart by a number
_AND = re.compile(r"\\.|[{}]|\s+and(?=\s)", re.DOTALL | re.IGNORECASE)
_PIECE = re.compile(r"\\.|[{}]|,|[\s~]+", re.DOTALL)
_KEYED = re.compile(r"\s*(family|given|prefix|suffix)\s*=", re.IGNORECASE)
_WHOLE = re.compile(r"\{.*\}", re.DOTALL)


def parse_bibtex_names(text: str) -> tuple[list[Author], bool]:
    """The persons of a name field, and whether they are all (no `and others` at the end)."""
    names = [name.strip() for name in split_outside(_TRAILING.sub("", text), _AND)]
    told = [name for name in names if name]
    if _without_and(told) and len(listed := parse_people(" and ".join(told))) > 1:
        return list(listed), True
    cut = [_HOMONYM.sub("", _ET_AL.sub("", name)) for name in told]
    people = [name for name in cut if name and name.lower() not in _OTHERS]
    return [_person(name) for name in people], people == [_HOMONYM.sub("", one) for one in told]


def _without_and(names: list[str]) -> bool:
    """Whether commas stand between names where BibTeX wants `and`."""
    listed = [name for name in names if "," in name or ";" in name]
    if len(listed) != 1 or any(mark in listed[0] for mark in "{}\\="):
        return False
    parts = [part.strip() for part in listed[0].split(",")]
    if len(names) == 1 and (";" in listed[0] or len(parts) > 3):  # noqa: PLR2004 - von Last, Jr, First
        return True
    if all(map(_INITIALED.fullmatch, parts)):
        return True
    return len(parts) > 2 and all(" " in part for part in parts)  # noqa: PLR2004 - no suffix has one


def readable(text: str) -> str:
    """A piece of TeX as readable Unicode, on one line."""
    return clean(convert(text).text) if any(mark in text for mark in "\\{}$~") else clean(text)


def split_outside(text: str, marks: re.Pattern[str], start: int = 0) -> list[str]:
    """The parts of a text between marks that stand outside all braces."""
    parts, depth, begin = [], 0, start
    for match in marks.finditer(text, start):
        mark = match.group()
        if mark in "{}":
            depth = max(0, depth + (1 if mark == "{" else -1))
        elif depth == 0 and not mark.startswith("\\"):
            parts.append(text[begin : match.start()])
            begin = match.end()
    return [*parts, text[begin:]]


_COMMA = re.compile(r"\\.|[{}]|,", re.DOTALL)
_SPACE = re.compile(r"\\.|[{}]|[\s~]+", re.DOTALL)


def _person(name: str) -> Author:
    if _KEYED.match(name):
        return _keyed(name)
    if _is_one_group(name):
        return Author(readable(name), whole=True)
    parts = [part.strip() for part in split_outside(name, _COMMA)]
    if len(parts) == 1:
        return _in_reading_order(parts[0])
    suffix = readable(parts[1]) if len(parts) > 2 else ""  # noqa: PLR2004 - von Last, Jr, First
    given = " ".join(filter(None, map(readable, parts[2 if suffix else 1 :])))
    return Author(f"{readable(parts[0])} {suffix}".strip(), given, whole=not given)


def _is_one_group(name: str) -> bool:
    """Whether braces hold the whole name together."""
    if not _WHOLE.fullmatch(name):
        return False
    depth = 0
    for match in re.finditer(r"\\.|[{}]", name, re.DOTALL):
        depth += (match.group() == "{") - (match.group() == "}")
        if depth == 0 and match.end() < len(name):
            return False
    return True


def _keyed(name: str) -> Author:
    parts = dict.fromkeys(("family", "given", "prefix", "suffix"), "")
    for part in split_outside(name, _COMMA):
        label, _, value = part.partition("=")
        if (label := label.strip().lower()) in parts:
            parts[label] = readable(value.strip().strip('"'))
    family = f"{parts['prefix']} {parts['family']} {parts['suffix']}".strip()
    return Author(" ".join(family.split()), parts["given"], whole=not parts["given"])


def _in_reading_order(name: str) -> Author:
    """`First von Last Jr`: the von part is in lower case, the last word is the family's."""
    words = [word for word in split_outside(name, _SPACE) if word]
    if len(words) < 2:  # noqa: PLR2004 - one word is a whole name
        return Author(readable(name), whole=True)
    last = len(words) - (2 if len(words) > 2 and is_suffix(words[-1]) else 1)  # noqa: PLR2004
    start = next((i for i in range(last) if _is_lower(words[i])), last)
    given, family = " ".join(words[:start]), " ".join(words[start:])
    return Author(readable(family), readable(given), whole=start == 0)


def _is_lower(word: str) -> bool:
    """Whether a word belongs to the von part; of accents and braces, the first letter decides."""
    if word.startswith("{") and not word.startswith("{\\"):
        return False
    letters = [char for char in readable(word) if char.isalpha()]
    return bool(letters) and letters[0].islower()
