"""The text of a Hugging Face papers page, as copied from a browser.

Grammar: a record is a title block, an abstract block and a footer
(`• N authors`, `·`, `Mon DAY[, YEAR] [COMMENTS]`), with blank lines between blocks. The footer is
the only safe anchor, so records are read backwards from it; what stands before the first title is
the chrome of the page.
"""

import re
from collections.abc import Iterator, Sequence

from reader.frozen import frozen
from reader.model.dates import MONTHS, UNDATED, parse_month_day
from reader.model.paper import Fields, PaperDraft, Rejected
from reader.model.text import clean, clean_lines
from reader.sources.context import RAW_LENGTH, Context, content_key

SOURCE = "hf-listing"

_MONTH_DAY = rf"(?:{'|'.join(MONTHS)})[a-z]*\.?\s+\d{{1,2}}"
_AUTHORS = re.compile(
    r"\s{0,20}[•*]?\s{0,20}(?:(\d[\d,]{0,6})\s{1,20})?authors?\s*$", re.IGNORECASE
)
_DOT = re.compile(r"\s*·\s*$")
_DATE = re.compile(rf"\s*({_MONTH_DAY}(?:,\s*\d{{4}})?)(?:\s+(\d[\d.,]{{0,11}})(k?))?\s*$")
_CHROME = re.compile(
    r"new|papers|daily papers|trending|trending papers|week|month|day|today|subscribe|previous|next"
    r"|submitted by|upvotes?|by ?\S{0,30} and the research community"
    r"|get trending papers in your email inbox!?|·|•|\d[\d.,]*k?"
    rf"|{_MONTH_DAY}(?:,\s*\d{{4}})?|published on .{{0,40}}",
    re.IGNORECASE,
)
_LONGEST_CHROME = 60
_LONGEST_TITLE = 300


@frozen
class Footer:
    """The footer of a record: lines `start` to `end` (0-based, end exclusive), and what it says."""

    start: int
    end: int
    author_count: int | None
    date: str
    comments: int | None


@frozen
class Block:
    """Lines between blank lines, joined; `line` is the 1-based number of the first."""

    line: int
    text: str

    @property
    def chrome(self) -> bool:
        """Whether it is known furniture of the page rather than a paper's text."""
        return _CHROME.fullmatch(self.text) is not None


def find_footers(lines: Sequence[str]) -> list[Footer]:
    """All footers: an authors line, a dot, or both, then a date."""
    footers: list[Footer] = []
    for end, line in enumerate(lines, start=1):
        date = _DATE.match(line)
        if date is None:
            continue
        start = end - 1
        if dot := start > 0 and _DOT.match(lines[start - 1]) is not None:
            start -= 1
        authors = _AUTHORS.match(lines[start - 1]) if start > 0 else None
        if authors is not None:
            start -= 1
        if dot or authors is not None:
            count = int(authors[1].replace(",", "")) if authors and authors[1] else None
            footers.append(Footer(start, end, count, date[1], _number(date[2], date[3])))
    return footers


def _number(digits: str | None, thousands: str) -> int | None:
    if not digits:
        return None
    try:
        return int(float(digits.replace(",", "")) * (1000 if thousands else 1))
    except (ValueError, OverflowError):
        return None


def page_records(lines: Sequence[str], context: Context) -> Iterator[PaperDraft | Rejected]:
    """The records of a page in order, and what was not understood."""
    position = 0
    for number, footer in enumerate(find_footers(lines), start=1):
        blocks = _blocks(lines, position, footer.start)
        yield from _record(blocks, footer, context, number)
        position = footer.end
    for block in _blocks(lines, position, len(lines)):
        if not block.chrome:
            yield Rejected(
                block.line,
                "not understood: no footer (authors and date) follows; cut off?",
                block.text[:RAW_LENGTH],
            )


def _blocks(lines: Sequence[str], start: int, end: int) -> list[Block]:
    blocks: list[Block] = []
    pending: list[str] = []
    for index in range(start, end + 1):
        text = lines[index] if index < end else ""
        if text.strip():
            pending.append(text)
        elif pending:
            joined = clean(" ".join(pending))
            if joined:
                blocks.append(Block(index - len(pending) + 1, joined))
            pending = []
    return blocks


def _record(
    blocks: list[Block], footer: Footer, context: Context, number: int
) -> Iterator[PaperDraft | Rejected]:
    title, abstract, rest = _title_and_abstract(blocks, first=number == 1)
    for block in rest:
        if not block.chrome and not (number == 1 and len(block.text) <= _LONGEST_CHROME):
            reason = "not understood: text before a title"
            yield Rejected(block.line, reason, block.text[:RAW_LENGTH], number)
    if title is None:
        yield Rejected(footer.start + 1, "a footer without a title", footer.date, number)
        return
    date = parse_month_day(footer.date, context.as_of)
    if date is None:
        yield Rejected(footer.end, "no such day", footer.date, number, "published")
    fields = Fields(
        title=title.text,
        abstract=clean_lines(abstract.text) if abstract else "",
        author_count=footer.author_count,
        published=date or UNDATED,
        counters={} if footer.comments is None else {"comments": footer.comments},
    )
    yield context.draft(SOURCE, content_key(fields), fields, title.line)


def _title_and_abstract(
    blocks: list[Block], *, first: bool
) -> tuple[Block | None, Block | None, list[Block]]:
    """The title and abstract above a footer, and the blocks that are neither.

    The last two blocks are title and abstract. Where only furniture of the page stands above the
    last one, that one is the title of a record without an abstract.
    """
    above = [block for block in blocks[:-1] if not block.chrome]
    if not blocks:
        return None, None, []
    last = blocks[-1]
    if not above:
        alone = len(blocks) == 1 or not first or _is_title(last)
        if alone and _is_title(last):
            return last, None, blocks[:-1]
        return (None, None, blocks) if len(blocks) == 1 else (blocks[-2], last, blocks[:-2])
    title = above[-1] if blocks[-2].chrome else blocks[-2]
    return title, last, [block for block in blocks[:-1] if block is not title]


def _is_title(block: Block) -> bool:
    return len(block.text) <= _LONGEST_TITLE and not block.text.endswith(".")
