import datetime as dt
import gzip
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.paper import Rejected
from reader.resources import seeds
from reader.sources import listing
from reader.sources.compact_listing import split_title
from reader.sources.context import Context
from reader.sources.document import open_document
from tests.strategies import hostile_text

CONTEXT = Context("f", dt.date(2026, 5, 7), "2026-05-07T00:00:00Z")

PAGE = """\
Papers

Trending

May 7

A first paper on something

An abstract of it.

  • 3 authors
·
Apr 22 1

A second paper

Another abstract.

  • 1 authors
·
Jan 4, 2016
"""


def read(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "listing.txt"
    path.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
    items = list(listing.read(open_document(path, "f"), CONTEXT))
    found = [one.records[0].fields for one in items if not isinstance(one, Rejected)]
    return found, [one for one in items if isinstance(one, Rejected)]


def told(fields):
    return (fields.title, fields.abstract, fields.author_count, fields.published.text,
            dict(fields.counters))  # fmt: skip


def test_a_page(tmp_path):
    found, rejected = read(tmp_path, PAGE)
    assert [told(one) for one in found] == [
        ("A first paper on something", "An abstract of it.", 3, "2026-04-22", {"comments": 1}),
        ("A second paper", "Another abstract.", 1, "2016-01-04", {}),
    ]
    assert rejected == []


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: text.rstrip("\n"),
        lambda text: text.replace(" paper", "\u00a0paper"),
        lambda text: text.replace("  •", "•").replace("Apr 22", "Apr. 22"),
        lambda text: text.replace("\n\n", "\n\n\n \n"),
    ],
)
def test_line_ends_marks_and_spacing_do_not_matter(tmp_path, change):
    assert [told(one) for one in read(tmp_path, change(PAGE))[0]] == [
        told(one) for one in read(tmp_path, PAGE)[0]
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_encodings(tmp_path, encoding):
    assert len(read(tmp_path, PAGE, encoding)[0]) == 2


def test_wrapped_lines_are_joined(tmp_path):
    text = PAGE.replace("A first paper", "A first\npaper").replace("An abstract", "An\nabstract")
    assert read(tmp_path, text)[0][0].title == "A first paper on something"
    assert read(tmp_path, text)[0][0].abstract == "An abstract of it."


def test_missing_abstracts(tmp_path):
    text = PAGE.replace("Another abstract.\n\n", "").replace("An abstract of it.\n\n", "")
    assert [(one.title, one.abstract) for one in read(tmp_path, text)[0]] == [
        ("A first paper on something", ""),
        ("A second paper", ""),
    ]


def test_footers_with_parts_missing(tmp_path):
    text = PAGE.replace("  • 3 authors\n", "").replace("1 authors\n·\n", "authors\n")
    found, rejected = read(tmp_path, text)
    assert [one.author_count for one in found] == [None, None]
    assert [one.published.text for one in found] == ["2026-04-22", "2016-01-04"]
    assert rejected == []


def test_counts_in_thousands(tmp_path):
    assert read(tmp_path, PAGE.replace("Apr 22 1", "Apr 22 1.2k"))[0][0].counters == {
        "comments": 1200
    }


def test_a_truncated_last_record_is_reported_with_its_line(tmp_path):
    found, rejected = read(tmp_path, PAGE + "\nA third paper\n\nIts abstract is cut o")
    assert len(found) == 2
    assert [(one.line, one.raw) for one in rejected] == [
        (23, "A third paper"),
        (25, "Its abstract is cut o"),
    ]


def test_an_impossible_day_costs_the_date_only(tmp_path):
    found, rejected = read(tmp_path, PAGE.replace("Apr 22", "Feb 31"))
    assert (len(found), found[0].published.text) == (2, "")
    assert [(one.line, one.field) for one in rejected] == [(13, "published")]


def test_text_between_records_is_reported(tmp_path):
    stray = (
        "A stray paragraph that belongs to nothing at all, and is long enough to be noticed.\n\n"
    )
    found, rejected = read(tmp_path, PAGE.replace("A second paper", stray + "A second paper"))
    assert len(found) == 2
    assert [(one.line, one.record) for one in rejected] == [(15, 2)]


COMPACT = """\
MLApr 23
A theory of some thingsJamie Simon, Daniel Kunin et al.
An abstract with $r^2$ and 30\\% in it.
LGDec 28, 2024
Glued titlesMason Kamb, Surya Ganguli
Second abstract.
"""


def test_a_compact_listing(tmp_path):
    found, rejected = read(tmp_path, COMPACT)
    assert rejected == []
    first, second = found
    assert (first.title, first.categories) == ("A theory of some things", ("stat.ML",))
    assert [one.name for one in first.authors] == ["Jamie Simon", "Daniel Kunin"]
    assert (first.author_count, first.authors_complete) == (None, False)
    assert first.abstract == "An abstract with $r^2$ and 30\\% in it."
    assert (second.author_count, second.authors_complete) == (2, True)
    assert second.published.text == "2024-12-28"


def test_compact_records_that_are_wrapped_cut_or_odd(tmp_path):
    text = (
        "CVMay 1\nA rather long title of\na paper that was wrappedAda Smith, Bob Lee\nAn abstract\n"
        "of two lines.\nXXMay 2\nOther titleAda Smith, Bob Lee\nText.\n"
        "LGMay 3\nno authors can be told here\nText.\nLGMay 4\n"
    )
    found, rejected = read(tmp_path, text)
    assert [one.title for one in found] == [
        "A rather long title of a paper that was wrapped",
        "Other title",
        "no authors can be told here",
    ]
    assert found[0].abstract == "An abstract of two lines."
    assert (found[0].categories, found[0].category_code) == (("cs.CV",), "CV")
    assert [(one.line, one.field) for one in rejected] == [
        (6, "categories"),
        (10, "authors"),
        (12, ""),
    ]


def test_both_kinds_in_one_text(tmp_path):
    found, rejected = read(tmp_path, COMPACT + "\n" + PAGE)
    assert len(found) == 4
    assert rejected == []


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Deep LearningJamie Simon, A. Kunin et al.", "Deep Learning"),
        ("What is BERTAda Lovelace", "What is BERT"),
        ("On the McDonald problemÉva McDonald, X. Li", "On the McDonald problem"),
        ("Who knows?Jean-Pierre Serre", "Who knows?"),
        ("Size, shape and colourAnna O'Hara, Li Wei", "Size, shape and colour"),
        ("SynthLLM: a studyR. de Freitas Lima, J. Galdino", "SynthLLM: a study"),
    ],
)
def test_titles_are_told_from_authors(line, title):
    assert split_title(line)[0] == title


def test_a_known_title_decides():
    line = "A study of JohnJohn Smith, Ann Lee"
    assert split_title(line, ["A study of John"])[0] == "A study of John"


@given(
    hostile_text | st.lists(st.sampled_from(PAGE.split("\n") + COMPACT.split("\n"))).map("\n".join)
)
def test_any_text_is_read(tmp_path_factory, text):
    read(tmp_path_factory.mktemp("any"), text.encode("utf-8", "surrogatepass"))


def test_time_grows_linearly(tmp_path):
    def cost(copies):
        start = time.process_time()
        read(tmp_path, (PAGE + COMPACT) * copies)
        return time.process_time() - start

    assert min(cost(800), cost(800)) / max(cost(200), 0.01) < 9


def test_the_seeds(tmp_path):
    for name, count in (("arxiv-listing.txt", 3), ("huggingface-daily-papers.txt", 18)):
        found, rejected = read(tmp_path, (seeds() / name).read_bytes())
        assert (len(found), rejected) == (count, [])
        assert all(one.abstract for one in found)


@pytest.mark.corpus
def test_the_corpus(data, tmp_path):
    for name, count in (("listing-a-12.txt", 12), ("listing-b-8.txt", 8)):
        found, rejected = read(tmp_path, (data / "corpus/listing" / name).read_bytes())
        assert (len(found), rejected) == (count, [])


@pytest.mark.corpus
def test_titles_are_told_from_authors_in_real_listings(data):
    right = tried = 0
    with gzip.open(data / "corpus/jsonl/papers-10k.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line, _ in zip(lines, range(3000), strict=False):
            record = json.loads(line)
            names = record["authors"].split(", ")[:3]
            if any(len(name.split()) < 2 or not name.isascii() for name in names):
                continue
            title = " ".join(record["title"].split())
            tried += 1
            split = split_title(title + ", ".join(names) + " et al.")
            right += split is not None and split[0] == title
    assert tried > 1000
    assert right / tried > 0.95
