"""The compact arXiv listing: category and date glued, title and authors glued, then the abstract.

Grammar: `CAT` + `Mon DAY[, YEAR]`, a line `TITLE` + `AUTHORS` (at most three names, then `et al.`),
and the abstract; no blank lines inside a record. Long lines may be wrapped.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from reader.model.categories import candidates
from reader.model.dates import MONTHS, UNDATED, parse_month_day
from reader.model.names import PARTICLES, parse_name
from reader.model.paper import Author, Fields, PaperDraft, Rejected
from reader.model.text import clean
from reader.sources.context import RAW_LENGTH, Context, content_key

SOURCE = "arxiv-listing"

_HEADER = re.compile(
    rf"\s*([A-Za-z-]{{2,14}}?|[a-z-]{{2,9}}\.[A-Za-z-]{{2,9}})((?:{'|'.join(MONTHS)})\s\d{{1,2}}(?:,\s\d{{4}})?)\s*"
)
_UNKNOWN_CLASS = re.compile(r"[A-Z]{2}")
_ET_AL = re.compile(r"\s+et\s+al\.?\s*$")
_NAME_WORD = re.compile(r"(?:[^\W\d_]\.[-]?)+|[^\W\d_][^\W\d_'’.\-]*(?:['’.\-][^\W\d_'’.\-]*)*")
_PREFIXES = (
    "Mc",
    "Mac",
    "De",
    "La",
    "Le",
    "Di",
    "Du",
    "Da",
    "Van",
    "Von",
    "Fitz",
    "Al",
    "El",
    "O'",
    "O’",
    "D'",
)
_MOST_NAMES, _MOST_WORDS, _MOST_TITLE_LINES = 3, 6, 6
_LONGEST_LINE = 1_500
_TELLING = 12


def is_compact_header(line: str) -> bool:
    """Whether a line is the glued category and date that opens a record."""
    return _header(line) is not None


def _header(line: str) -> tuple[str, str] | None:
    found = _HEADER.fullmatch(line)
    if found is None:
        return None
    code = found[1]
    known = candidates(code) or _UNKNOWN_CLASS.fullmatch(code)
    return (code, found[2]) if known else None


def compact_records(
    lines: Sequence[str], context: Context, titles: Sequence[str]
) -> tuple[list[PaperDraft | Rejected], list[str]]:
    """The compact records of a text, and the text with their lines emptied.

    Args:
        lines: The text.
        context: The circumstances of the import.
        titles: Titles known from the same text, sorted, to split title from authors by.
    """
    starts = [index for index, line in enumerate(lines) if is_compact_header(line)]
    results: list[PaperDraft | Rejected] = []
    rest = list(lines)
    for number, start in enumerate(starts, start=1):
        limit = starts[number] if number < len(starts) else len(lines)
        end = next((i for i in range(start + 1, limit) if not lines[i].strip()), limit)
        results += _record(lines[start:end], start + 1, number, context, titles)
        rest[start:end] = [""] * (end - start)
    return results, rest


def _record(
    lines: Sequence[str], line: int, number: int, context: Context, titles: Sequence[str]
) -> Iterator[PaperDraft | Rejected]:
    code, day = _header(lines[0]) or ("", "")
    body = [clean(text) for text in lines[1:] if clean(text)]
    if not body:
        yield Rejected(line, "a header without a title; cut off?", clean(lines[0]), number)
        return
    title, authors, complete, used = _split_wrapped(body, titles)
    if not authors:
        reason = "title and authors could not be told apart: kept as the title"
        yield Rejected(line + 1, reason, title[:RAW_LENGTH], number, "authors")
    classes = candidates(code)
    if not classes:
        yield Rejected(line, "unknown category", code, number, "categories")
    date = parse_month_day(day, context.as_of)
    if date is None:
        yield Rejected(line, "no such day", day, number, "published")
    fields = Fields(
        title=title,
        abstract=" ".join(body[used:]),
        authors=authors,
        author_count=len(authors) if complete and authors else None,
        authors_complete=complete and bool(authors),
        categories=classes[:1],
        category_code=code if len(classes) > 1 else "",
        published=date or UNDATED,
    )
    yield context.draft(SOURCE, content_key(fields), fields, line)


def _split_wrapped(
    body: list[str], titles: Sequence[str]
) -> tuple[str, tuple[Author, ...], bool, int]:
    """Title, authors, whether they are all, and how many lines these took.

    The first line holds them unless it was wrapped; then the fewest lines that can be split do.
    """
    for used in range(1, min(len(body), _MOST_TITLE_LINES) + 1):
        split = split_title(" ".join(body[:used]), titles)
        if split is not None:
            return *split, used
    return body[0], (), False, 1


def split_title(
    text: str, titles: Sequence[str] = ()
) -> tuple[str, tuple[Author, ...], bool] | None:
    """A title glued to its authors, taken apart; None when it cannot be told where.

    A known title that the text begins with decides; else the last place before the first comma
    where a capital follows without a space and the rest reads as one to three names.
    """
    if len(text) > _LONGEST_LINE:
        return None
    if (title := _known_title(text, titles)) and (names := _names(text[len(title) :])):
        return title, *names
    comma = text.find(", ")
    end = comma if comma > 0 else len(text)
    while end > 0:
        seam = next((i for i in range(end - 1, 0, -1) if _is_seam(text, i)), 0)
        if seam and (names := _names(text[seam:])):
            return text[:seam], *names
        end = seam
    return _split_after_comma(text, comma)


def _known_title(text: str, titles: Sequence[str]) -> str:
    """The longest of the sorted titles that the text begins with; empty when none is."""
    place = bisect_right(titles, text)
    while place > 0 and titles[place - 1][:1] == text[:1]:
        title = titles[place - 1]
        if text.startswith(title):
            return title
        if title[:_TELLING] < text[:_TELLING]:
            break
        place -= 1
    return ""


def _split_after_comma(text: str, comma: int) -> tuple[str, tuple[Author, ...], bool] | None:
    """For titles that contain a comma: the first place behind it that splits."""
    if comma <= 0:
        return None
    for start in range(comma + 1, len(text)):
        if _is_seam(text, start) and (names := _names(text[start:])):
            return text[:start], *names
    return None


def _is_seam(text: str, index: int) -> bool:
    """Whether a name may begin here right behind the title's last character."""
    char, before = text[index], text[index - 1]
    if not char.isupper() or before.isspace() or before in "-–'’./(":
        return before == "." and char.isupper() and text[index - 2 : index - 1].islower()
    if before.isupper():
        return text[index + 1 : index + 2].islower() and index > 1 and text[index - 2].isupper()
    return _last_word(text, index) not in _PREFIXES


def _last_word(text: str, index: int) -> str:
    start = index
    while start > 0 and index - start < len("Fitz") + 1 and text[start - 1] not in " -":
        start -= 1
    return text[start:index]


def _names(text: str) -> tuple[tuple[Author, ...], bool] | None:
    """One to three names, and whether they are all; None when the text is something else."""
    bare = _ET_AL.sub("", text)
    parts = [part.strip() for part in bare.split(",")]
    if len(parts) > _MOST_NAMES or not all(map(_is_name, parts)):
        return None
    return tuple(map(parse_name, parts)), bare == text


def _is_name(text: str) -> bool:
    words = text.split()
    if not 2 <= len(words) <= _MOST_WORDS or not words[0][:1].isupper():  # noqa: PLR2004 - given and family
        return False
    return all(
        _NAME_WORD.fullmatch(word) and (word[0].isupper() or word.lower() in PARTICLES)
        for word in words
    )
