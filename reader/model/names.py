"""Authors' names: splitting what sources write, and writing lists of them."""

import re

from reader.model.paper import Author

PARTICLES = frozenset(
    "von van de der den del della di da do dos das du la le ten ter zu af bin ibn al el e y".split()
)
"""Words in lower case that belong to a family name."""

OTHERS = "others"
ET_AL = ("et al", "et al.", OTHERS, "and others")
"""What stands for the names that are left out."""

_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)
_GROUP_WORDS = frozenset(
    "collaboration collaborations consortium team group project committee network initiative "
    "society organization organisation institute institution university ministry department "
    "agency association foundation council center centre laboratory corporation commission bureau "
    "academy federation inc inc. ltd ltd. gmbh".split()
)
_MARKS = str.maketrans(",;:()[]", " " * 7)
_NESTED_BRACKETS = 4
_AND = re.compile(r"\s+(?:and|&)\s+")
_INITIALS = re.compile(r"(?:[A-Z\u00c0-\u00de]\.?[ -]?){1,4}")
_SURNAME_FIRST = re.compile(r"[^\W\d_]{2}[^.]* (?:[A-Z\u00c0-\u00de]\.-?){1,4}")
_ONE = re.compile(r"[^\s,]+,\s*[^\s,]+(?:\s+[^\s,]+){0,2}")
_AFFILIATION = re.compile(r"\s*\([^()]*\)")
_SEPARATOR = re.compile(r",\s*(?:and\s+)?|\s+and\s+|;\s*")


def is_suffix(word: str) -> bool:
    """Whether a word behind a family name is no part of it: `Jr.`, `III`."""
    return _SUFFIX.fullmatch(word) is not None


def split_suffix(author: Author) -> tuple[str, str]:
    """A person's family name and what stands behind it, for formats that tell them apart."""
    family, _, last = author.family.rpartition(" ")
    apart = family and author.given and not author.whole and is_suffix(last)
    return (family, last) if apart else (author.family, "")


def parse_name(text: str) -> Author:
    """One name as people write it: `Jamie Simon`, `Simon, Jamie`, `R. van der Berg`, a group."""
    text = text.strip()
    return Author(text, whole=True) if _tells_of_group(text) else _person(text)


def _tells_of_group(text: str) -> bool:
    return not _GROUP_WORDS.isdisjoint(text.lower().translate(_MARKS).split())


def _person(text: str) -> Author:
    family, comma, given = text.partition(",")
    if comma:
        return Author(family.strip(), given.strip(" ,"))
    words = text.split()
    if len(words) < 2:  # noqa: PLR2004 - a single word is a whole name
        return Author(text, whole=True)
    start = len(words) - 1
    if start > 1 and is_suffix(words[start]):
        start -= 1
    while start > 1 and words[start - 1].lower() in PARTICLES:
        start -= 1
    return Author(" ".join(words[start:]), " ".join(words[:start]))


def parse_names(text: str) -> tuple[Author, ...]:
    """A list of names in reading order, as arXiv writes it; affiliations in brackets go."""
    plain = text
    for _ in range(_NESTED_BRACKETS if "(" in text else 0):
        plain = _AFFILIATION.sub("", plain)
    names: list[str] = []
    for name in filter(None, (part.strip() for part in _SEPARATOR.split(plain))):
        if names and is_suffix(name):
            names[-1] += f" {name}"
        else:
            names.append(name)
    one = parse_name if _tells_of_group(plain) else _person
    return tuple(map(one, names))


def parse_people(text: str) -> tuple[Author, ...]:
    """A list of names as people and tables write it, in any of the usual orders.

    `Smith, John; Doe, Jane`, `Smith, John and Doe, Jane`, `Smith, J., Doe, K.`, `Smith, John`,
    `Smith J., Doe K.`, else names in reading order between commas.
    """
    text = " ".join(text.split())
    if ";" in text:
        told = [part.strip() for part in text.split(";") if part.strip()]
        inverted = any("," in part for part in told)
        return tuple(_surname_first(part, alone=inverted) for part in told)
    parts = [part.strip(" ,&") for part in _AND.split(text)]
    if all(part.count(",") == 1 for part in parts) and (len(parts) > 1 or _ONE.fullmatch(text)):
        return tuple(parse_name(part) for part in parts)
    words = [word.strip() for part in parts for word in part.split(",") if word.strip()]
    if all(map(_SURNAME_FIRST.fullmatch, words)):
        return tuple(map(_surname_first, words))
    givens, families = words[1::2], words[::2]
    if givens and len(givens) == len(families) and all(map(_INITIALS.fullmatch, givens)):
        return tuple(Author(*pair) for pair in zip(families, givens, strict=True))
    return parse_names(text)


def _surname_first(text: str, *, alone: bool = False) -> Author:
    """A name of a table, also `Smith J.Q.`; without a comma, words that stand `alone` are one."""
    family, _, initials = text.strip().rpartition(" ")
    if family and "," not in text and _INITIALS.fullmatch(initials):
        return Author(family, initials)
    return Author(text, whole=True) if alone and "," not in text else parse_name(text)


def pack_authors(authors: tuple[Author, ...]) -> str:
    """The authors as one line for storing and indexing: `Jamie|Simon; LHCb Collaboration`."""
    return "; ".join(_packed(author) for author in authors)


def unpack_authors(text: str) -> tuple[Author, ...]:
    """What `pack_authors` wrote."""
    return tuple(_unpacked(name) for name in text.split("; ")) if text else ()


def _packed(author: Author) -> str:
    family, given = (
        part.replace("|", "/").replace(";", ",") for part in (author.family, author.given)
    )
    return family if author.whole else f"{given}|{family}"


def _unpacked(name: str) -> Author:
    given, bar, family = name.partition("|")
    return Author(family, given) if bar else Author(given, whole=True)
