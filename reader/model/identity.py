"""Whether two records are one paper.

The identity rules of CONTRIBUTING.md, for two records side by side; `library.identity` asks them
of the papers that a record may be.
"""

import re
from enum import Enum

from reader.model.dates import PartialDate
from reader.model.identifiers import ARXIV, DOI
from reader.model.latex import convert
from reader.model.paper import Author, Fields
from reader.model.text import fold

SHORTEST_TITLE = 20
"""Letters and digits a title needs before an equal one can mean the same paper."""

_NUMBER = re.compile(r"\d+")
_ABSTRACT_LETTERS = 200
_TEX = re.compile(r"\\(?:[A-Za-z]+|.)|[{}$]")
_LETTERS = re.compile(r"[^\W_]+")
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalnum())


class Match(Enum):
    """What is known of two records with the same title."""

    SAME = "same"
    UNSURE = "unsure"
    DIFFERENT = "different"


def letters_key(text: str) -> str:
    """A text reduced to its letters and digits, without TeX, accents and case."""
    if any(mark in text for mark in "\\{}$"):
        text = _TEX.sub("", text)
    if text.isascii():
        return text.lower().encode().translate(None, _NO_LETTERS).decode()
    return "".join(_LETTERS.findall(fold(text)))


def abstract_key(abstract: str) -> str:
    """The first 200 letters of an abstract, for comparing."""
    return letters_key(abstract[: 4 * _ABSTRACT_LETTERS])[:_ABSTRACT_LETTERS]


def match(ours: Fields, theirs: Fields) -> Match:
    """Compare two records whose titles have the same key and that share no identifier.

    They are one paper when the years agree, nothing that tells works of one title apart conflicts,
    and the first author or the abstract is the same. Rules 3 and 4 of the identity rules in
    CONTRIBUTING.md.
    """
    if (
        len(letters_key(ours.title)) < SHORTEST_TITLE
        or not years_agree(ours.published, theirs.published)
        or not can_be_one(ours, theirs)
    ):
        return Match.DIFFERENT
    same_author, same_abstract = _same_author(ours, theirs), _same_abstract(ours, theirs)
    if _conflict(ours, theirs) or not (same_author or same_abstract):
        return Match.UNSURE
    if same_author and not same_abstract and not _same_person(ours.authors[0], theirs.authors[0]):
        return Match.UNSURE
    return Match.SAME


def can_be_one(ours: Fields, theirs: Fields) -> bool:
    """Whether authors and abstracts allow that two records of one title are one paper."""
    unknown = not (ours.authors and theirs.authors)
    return unknown or _same_author(ours, theirs) or _same_abstract(ours, theirs)


def _same_author(ours: Fields, theirs: Fields) -> bool:
    known = ours.authors and theirs.authors
    return bool(known) and fold(ours.authors[0].family) == fold(theirs.authors[0].family)


def _same_abstract(ours: Fields, theirs: Fields) -> bool:
    key = abstract_key(ours.abstract)
    return bool(key) and key == abstract_key(theirs.abstract)


def years_agree(ours: PartialDate, theirs: PartialDate) -> bool:
    """Whether two dates can be of one work's versions: a year apart at most, as far as told."""
    left, right = ours.year, theirs.year
    return left is None or right is None or abs(left - right) <= 1


def _conflict(ours: Fields, theirs: Fields) -> bool:
    apart = any(_digits(ours, part) != _digits(theirs, part) for part in _PARTS
                if _digits(ours, part) and _digits(theirs, part))  # fmt: skip
    left, right = _isbns(ours), _isbns(theirs)
    apart = apart or bool(left and right and not left & right)
    apart = apart or {ours.kind, theirs.kind} == {"book", "chapter"}
    apart = apart or _other_signs(ours.title, theirs.title)
    return apart or any(_differ(ours, theirs, scheme) for scheme in (ARXIV, DOI))


_PARTS = ("volume", "chapter", "edition")
"""Details that tell works of one title apart, as the volumes of a book."""

_ISBN = re.compile(r"(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx]")


_SIGN = re.compile("[+\u207a#\u2212\u207b\u00b1]|(?<=\\w)-(?!\\w)")
_PROPER = re.compile(r"(?<=[A-Za-z])(?:\+\+|#)")
"""Signs that no source leaves out, as it may charges: they are part of a name, as in C++ and C#."""
_ALIKE = str.maketrans("\u207a\u2212\u207b", "+--")


def _signs(title: str) -> str:
    """What the letters of a title do not tell: the charges in B⁺ → D⁰π⁺, the end of C++."""
    return "".join(_SIGN.findall(convert(title).text)).translate(_ALIKE)


def _other_signs(ours: str, theirs: str) -> bool:
    """Whether the signs of two titles differ, and neither left them out."""
    left, right = _signs(ours), _signs(theirs)
    told = all((left, right)) or any(map(_PROPER.search, (ours, theirs)))
    return left != right and told


def _isbns(fields: Fields) -> set[str]:
    """The ISBNs of a book, without what one of ten and one of thirteen digits do not share."""
    told = _ISBN.findall(fields.details.get("isbn", ""))
    return {re.sub(r"[^\dXx]", "", one)[-10:-1] for one in told}


def _same_person(ours: Author, theirs: Author) -> bool:
    """Whether the given names can be of one person: they begin alike, or one is not told."""
    left, right = fold(ours.given)[:1], fold(theirs.given)[:1]
    return not left or not right or left == right


def _digits(fields: Fields, part: str) -> tuple[str, ...]:
    return tuple(_NUMBER.findall(fields.details.get(part, "")))


def _differ(ours: Fields, theirs: Fields, scheme: str) -> bool:
    """Whether both have identifiers of a scheme, and none in common."""
    left = {one.value for one in ours.identifiers if one.scheme == scheme}
    right = {one.value for one in theirs.identifiers if one.scheme == scheme}
    return bool(left and right and not left & right)


def contradict(ours: Fields, theirs: Fields) -> bool:
    """Whether two records that share a DOI cannot be one paper all the same.

    They have different arXiv ids, or neither title nor first author is the same: then the DOI is
    a book's whose chapters they are, or was mistyped. Rules 1 and 4 of CONTRIBUTING.md.
    """
    if _differ(ours, theirs, ARXIV):
        return True
    titles = [letters_key(one.title) for one in (ours, theirs)]
    if not all(titles) or not (ours.authors and theirs.authors):
        return False
    alike = titles[0] in titles[1] or titles[1] in titles[0]
    return not alike and fold(ours.authors[0].family) != fold(theirs.authors[0].family)
