"""Generated papers, texts and hostile strings."""

from hypothesis import strategies as st

from reader.model.dates import UNDATED, PartialDate, Precision
from reader.model.identifiers import Identifier
from reader.model.paper import Author, Fields, PaperDraft, Priority, SourceRecord, Status, UserState
from reader.model.text import clean, clean_lines

HOSTILE_TITLE = "On [0, 1) and [/b] [@click=app.quit]x[/]"

HOSTILE = (
    HOSTILE_TITLE,
    "Before\x1b]52;c;cHduZWQ=\x07After",
    "\x1b[2J\x1b]0;pwned\x07Cleared",
    "\x9b31mRed \x9d0;title\x9cend",
    "\x1bPq#0\x1b\\ device control",
    "right\u202eleft\u202c and \u2066isolate\u2069",
    "a\x00nul, a\ttab, a\nline, a\rreturn",
    "z" + "\u0301" * 40 + "algo",
    "e\u200bmp\ufeffty \U000e0041\U000e007f",
    "日本語のタイトル 👩‍👩‍👧‍👦 and العربية",
    "[link=https://example.org]text[/link] [bold]b[/] \\[x]",
    "\ud800 lone",
    "$\\frac{" * 50,
    "x" * 4000,
)

words = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=9)
titles = st.lists(words, min_size=1, max_size=9).map(" ".join).map(clean).filter(bool)
abstracts = st.lists(titles, max_size=4).map("\n\n".join).map(clean_lines)
names = st.one_of(words, st.sampled_from(["O'Brien", "van der Berg", "Künin", "李"]))
authors = st.builds(Author, names.map(clean).filter(bool), names.map(clean).filter(bool))

_days = st.dates().map(lambda day: PartialDate(day.isoformat(), Precision.DAY))
_years = st.integers(1600, 2100).map(lambda year: PartialDate(str(year), Precision.YEAR))
dates = st.one_of(st.just(UNDATED), _days, _years)

arxiv_ids = st.integers(1, 99999).map(lambda number: Identifier("arxiv", f"2301.{number:05}"))
dois = st.integers(1, 9999).map(lambda number: Identifier("doi", f"10.1234/x{number}"))
identifiers = st.lists(st.one_of(arxiv_ids, dois), max_size=2, unique_by=lambda one: one.scheme)


@st.composite
def fields(draw):
    people = tuple(draw(st.lists(authors, max_size=5)))
    complete = bool(people) and draw(st.booleans())
    return Fields(
        title=draw(titles),
        abstract=draw(abstracts),
        authors=people,
        author_count=len(people) if complete else draw(st.none() | st.integers(6, 99)),
        authors_complete=complete,
        published=draw(dates),
        categories=tuple(
            draw(st.lists(st.sampled_from(["cs.LG", "stat.ML", "hep-th"]), max_size=2))
        ),
        identifiers=tuple(draw(identifiers)),
        venue=draw(st.just("") | titles),
        counters=draw(
            st.dictionaries(st.sampled_from(["comments", "upvotes"]), st.integers(0, 99))
        ),
    )


users = st.builds(
    UserState,
    status=st.sampled_from(Status),
    starred=st.booleans(),
    seen=st.booleans(),
    priority=st.sampled_from(Priority),
    tags=st.lists(st.sampled_from(["theory", "rl/llm", "grokking"]), unique=True).map(tuple),
)


@st.composite
def drafts(draw):
    said = draw(fields())
    key = draw(st.integers(0, 10**9).map(str))
    source = draw(st.sampled_from(["arxiv", "hf-listing", "arxiv-listing"]))
    record = SourceRecord(source, key, "2026-05-07T00:00:00Z", "a file", said)
    return PaperDraft((record,), draw(st.none() | users))


hostile_text = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=200))
