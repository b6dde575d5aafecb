"""Where the words of a query stand in a text: for marking them, and for saying what matched."""

import re
from collections.abc import Callable, Iterable, Sequence

from reader.frozen import frozen
from reader.model.paper import Paper
from reader.model.query.tree import Field, Node, Text, Word, atoms
from reader.model.text import fold

_WORD = re.compile(r"[^\W_]+")
_BEFORE = 5

Span = tuple[int, int]


@frozen
class Wanted:
    """Words that stand in a row.

    Attributes:
        field: Where they may stand, empty for anywhere.
        prefix: Whether the last of them may be the beginning of a longer word.
    """

    words: tuple[str, ...]
    prefix: bool
    field: str = ""


def wanted(tree: Node, *, excluded: bool = True) -> list[Wanted]:
    """All words that a query looks for in texts, also those that must not be there."""
    found: list[Wanted] = []
    for atom in atoms(tree, excluded=excluded):
        match atom:
            case Text(words=words, phrase=phrase):
                found.append(_wanted(words, prefix=not phrase))
            case Field(name="title" | "author" | "abstract" | "text" as name, values=values):
                found += [_wanted(value.text, prefix=not value.quoted, field=name)
                          for value in values if isinstance(value, Word)]  # fmt: skip
            case _:
                pass
    return [one for one in found if one.words]


def _wanted(words: str, *, prefix: bool, field: str = "") -> Wanted:
    return Wanted(tuple(fold(word) for word in _WORD.findall(words)), prefix, field)


def spans(text: str, sought: Iterable[Wanted]) -> list[Span]:
    """The stretches of a text that are sought, in order and apart from each other."""
    if not (sought := list(sought)):
        return []
    words = [(found.start(), found.end(), fold(found.group())) for found in _WORD.finditer(text)]
    marked = sorted(span for one in sought for span in _spans(words, one))
    merged: list[Span] = []
    for start, end in marked:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _spans(words: Sequence[tuple[int, int, str]], sought: Wanted) -> Iterable[Span]:
    size = len(sought.words)
    for index in range(len(words) - size + 1):
        run = words[index : index + size]
        if _same([word for _, _, word in run], sought):
            start, (last, end, _) = run[0][0], run[-1]
            yield start, min(end, last + len(sought.words[-1])) if sought.prefix else end


def _same(run: Sequence[str], sought: Wanted) -> bool:
    *begin, last = sought.words
    if list(run[:-1]) != begin:
        return False
    return run[-1].startswith(last) if sought.prefix else run[-1] == last


def finder(sought: Wanted) -> Callable[[str], bool]:
    """What tells quickly whether words stand in a text that was folded."""
    first, end = sought.words[0], "" if sought.prefix else r"(?![^\W_])"
    words = re.compile(r"(?<![^\W_])" + r"[\W_]+".join(sought.words) + end)
    return lambda folded: first in folded and words.search(folded) is not None


def has_words(text: str, words: str, prefix: int) -> bool:
    """Whether words stand in a text in a row; the last of them as a beginning when `prefix`."""
    sought = _wanted(words, prefix=bool(prefix))
    return bool(sought.words) and bool(spans(text, [sought]))


def places(paper: Paper, sought: Sequence[Wanted]) -> tuple[str, ...]:
    """The parts of a paper in which something sought stands: title, authors, abstract, tag."""
    texts = {
        "title": paper.row.title,
        "author": "\n".join(author.name for author in paper.authors),
        "abstract": paper.abstract,
        "tag": "\n".join(paper.row.tags),
    }
    return tuple(name for name, text in texts.items() if spans(text, meant_for(name, sought)))


def meant_for(place: str, sought: Sequence[Wanted]) -> list[Wanted]:
    """What may stand in one part of a paper."""
    fields = {"", place, "text"} if place in ("title", "abstract") else {"", place}
    return [one for one in sought if one.field in fields]


def snippet(text: str, sought: Sequence[Wanted], length: int) -> tuple[str, list[Span]]:
    """About `length` characters of a text around what is sought, and where that stands in them."""
    marked = spans(text, sought)
    if not marked:
        return "", []
    start = _word_start(text, marked[0][0], length)
    end = min(len(text), start + length)
    if end < len(text):
        end = max(text.rfind(" ", start, end), marked[0][1])
    before, after = "…" if start else "", "…" if end < len(text) else ""
    part = text[start:end].replace("\n", " ")
    shift = len(before) - start
    kept = [(low + shift, high + shift) for low, high in marked if start <= low and high <= end]
    return f"{before}{part}{after}", kept


def _word_start(text: str, place: int, length: int) -> int:
    """Where a snippet begins: some words before the place, fewer where they are long."""
    start = place
    for _ in range(_BEFORE):
        previous = max(
            text.rfind(" ", 0, max(start - 1, 0)), text.rfind("\n", 0, max(start - 1, 0))
        )
        if previous < 0:
            return 0 if place < length // 2 else start
        if place - previous > length // 2:
            return start
        start = previous + 1
    return start
