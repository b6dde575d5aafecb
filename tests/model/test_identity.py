import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import TagNameError
from reader.model.categories import candidates
from reader.model.citekey import FreeCitekeys, _suffix, citekey_stem
from reader.model.dates import PartialDate, Precision, parse_iso, parse_month_day
from reader.model.identifiers import (
    Identifier,
    find_identifiers,
    parse_arxiv,
    parse_doi,
    parse_identifier,
)
from reader.model.identity import Match, match
from reader.model.merge import shown
from reader.model.names import pack_authors, parse_name, parse_names, unpack_authors
from reader.model.paper import Author, Fields, SourceRecord, format_byline
from reader.model.record_json import fields_object, fields_value
from reader.model.tags import parse_tag
from tests.strategies import authors, fields

TODAY = dt.date(2026, 5, 7)
LONG = "A sufficiently long and telling title of a paper"


@pytest.mark.parametrize(
    ("text", "value", "version"),
    [
        ("2604.01234v2", "2604.01234", 2),
        ("arXiv:0704.0001", "0704.0001", 0),
        ("https://arxiv.org/pdf/2104.12255v1.pdf", "2104.12255", 1),
        ("math.CA/0611800v3", "math/0611800", 3),
        ("https://doi.org/10.48550/arXiv.2104.12255", "2104.12255", 0),
        ("https://huggingface.co/papers/2401.00001", "2401.00001", 0),
    ],
)
def test_arxiv_ids_in_any_spelling(text, value, version):
    assert parse_identifier(text) == Identifier("arxiv", value, version)


@pytest.mark.parametrize("text", ["0808.05394", "1501.1234", "2613.00001", "", "math/../x", "v1"])
def test_what_is_no_arxiv_id(text):
    assert parse_arxiv(text) is None


def test_dois():
    assert parse_doi("https://doi.org/10.1103/PhysRevD.76.013009.") == Identifier(
        "doi", "10.1103/physrevd.76.013009"
    )
    assert parse_doi("10.48550/arXiv.2104.12255") == Identifier("arxiv", "2104.12255")
    assert parse_doi("nothing") is None


def test_a_date_without_a_year_is_the_latest_one():
    assert parse_month_day("Apr 22", TODAY) == PartialDate("2026-04-22", Precision.YEAR_INFERRED)
    assert parse_month_day("May 9", TODAY) == PartialDate("2025-05-09", Precision.YEAR_INFERRED)
    assert parse_month_day("Feb 29", TODAY) == PartialDate("2024-02-29", Precision.YEAR_INFERRED)
    assert parse_month_day("Dec 28, 2024", TODAY) == PartialDate("2024-12-28", Precision.DAY)
    assert parse_month_day("Feb 30", TODAY) is None
    assert parse_month_day("Feb 30, 2024", TODAY) is None


def test_partial_dates():
    assert parse_iso("2016").ordinal == dt.date(2016, 1, 1).toordinal()
    assert parse_iso("2016-13").text == ""
    assert parse_iso("2016-02-03T10:00").text == "2016-02-03"


def test_citekeys():
    assert citekey_stem("Simon", 2026, "There Will Be a Theory") == "simon2026there"
    assert citekey_stem("Künin", None, "The “Law” of Tests") == "kuninndlaw"
    assert citekey_stem("", 2020, "An Analysis") == "anon2020analysis"
    assert citekey_stem("O'Brien-Łoś", 2020, "of") == "obrienlos2020of"


def test_a_free_citekey_is_the_next_one_of_its_stem():
    taken = {"a", *(f"a{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")}
    assert FreeCitekeys(taken.__contains__).of("a") == "aaa"
    assert FreeCitekeys(taken.__contains__).of("b") == "b"
    assert FreeCitekeys({"a"}.__contains__).of("a") == "aa"
    many = set()
    for _ in range(1000):
        many.add(FreeCitekeys(many.__contains__).of("s"))
    assert {"s", "sa", "sz", "saa", "szz", "saaa"} <= many
    assert len(many) == 1000


def test_many_citekeys_of_a_stem_are_asked_for_once_each(monkeypatch):
    given, asked = set(), []
    free = FreeCitekeys(lambda key: asked.append(key) or key in given)
    for _ in range(1000):
        given.add(free.of("s"))
    assert len(given) == 1000
    assert "salk" in given  # the last of a thousand
    assert len(asked) == 1000
    monkeypatch.setattr("reader.model.citekey._REMEMBERED", 2)
    for stem in ("t", "u", "v", "s", "t", "u", "v", "s"):
        assert free.of(stem) not in given
        given.add(free.of(stem))


@given(st.sets(st.integers(0, 40)), st.lists(st.sampled_from(["new", "gone"]), max_size=30))
def test_a_citekey_is_free_whatever_was_taken_and_given_up(numbers, events):
    taken = {f"s{_suffix(number)}" for number in numbers}
    free = FreeCitekeys(taken.__contains__)
    for event in events:
        if event == "gone" and taken:
            taken.remove(min(taken))
        else:
            key = free.of("s")
            assert key not in taken
            taken.add(key)


def test_names():
    assert parse_name("R. van der Berg") == Author("van der Berg", "R.")
    assert parse_name("Simon, Jamie") == Author("Simon", "Jamie")
    assert parse_name("The LHCb Collaboration").whole
    text = "A. Bee (MIT (USA)), C. Dee, Jr., and E. Eff"
    assert [one.family for one in parse_names(text)] == ["Bee", "Dee Jr.", "Eff"]


@given(authors)
def test_authors_survive_packing(author):
    clean = Author(author.family.replace("|", ""), author.given.replace("|", ""))
    assert unpack_authors(pack_authors((clean, Author("A Team", whole=True)))) == (
        clean,
        Author("A Team", whole=True),
    )


def test_bylines():
    people = tuple(Author(name) for name in ("Pan", "Erez", "Li"))
    assert format_byline(people, 14, complete=False) == "Pan +13"
    assert format_byline(people[:2], 2, complete=True) == "Pan, Erez"
    assert format_byline((), 14, complete=False) == "14 authors"
    assert format_byline((), 1, complete=False) == "1 author"
    assert format_byline(people, None, complete=False) == "Pan, Erez, Li …"
    assert format_byline((), None, complete=False) == ""


def test_ambiguous_categories():
    assert candidates("ML") == ("stat.ML",)
    assert candidates("CV")[0] == "cs.CV"
    assert candidates("NA") == ("math.NA",)
    assert candidates("XX") == ()


def test_same_paper():
    ours = Fields(title=LONG, abstract="We show.", authors=(Author("Kim"),))
    assert match(ours, Fields(title=LONG, abstract="We show.")) is Match.SAME
    assert match(ours, Fields(title=LONG, authors=(Author("Kim"),))) is Match.SAME
    assert match(ours, Fields(title=LONG, abstract="Other.")) is Match.UNSURE
    assert match(ours, Fields(title=LONG, authors=(Author("Lee"),))) is Match.DIFFERENT
    far = Fields(title=LONG, abstract="We show.", published=parse_iso("2001"))
    near = Fields(title=LONG, abstract="We show.", published=parse_iso("2004"))
    assert match(far, near) is Match.DIFFERENT
    one, two = (
        Fields(title=LONG, abstract="We show.", identifiers=(Identifier("arxiv", f"2301.0000{n}"),))
        for n in (1, 2)
    )
    assert match(one, two) is Match.UNSURE
    short = Fields(title="Introduction", abstract="We show.")
    assert match(short, short) is Match.DIFFERENT


def test_the_better_of_each_field_is_shown():
    page = Fields(title=LONG, abstract="Short", author_count=14, counters={"comments": 1},
                  published=PartialDate("2026-04-22", Precision.YEAR_INFERRED))  # fmt: skip
    compact = Fields(title=LONG, abstract="Short $r^2$", authors=(Author("Kim", "A."),),
                     categories=("stat.ML",),
                     published=PartialDate("2026-04-23", Precision.YEAR_INFERRED))  # fmt: skip
    records = [SourceRecord("hf-listing", "1", "t", "o", page),
               SourceRecord("arxiv-listing", "2", "t", "o", compact)]  # fmt: skip
    for order in (records, records[::-1]):
        best = shown(order)
        assert best.published.text == "2026-04-23"
        assert (best.authors, best.author_count) == ((Author("Kim", "A."),), 14)
        assert (best.abstract, best.abstract_source) == ("Short r²", "Short $r^2$")
        assert best.counters == {"comments": 1}
        assert best.categories == ("stat.ML",)


@given(fields())
def test_fields_survive_json(said):
    assert fields_value(fields_object(said)) == said


@pytest.mark.parametrize(
    ("text", "name"),
    [(" Theory ", "theory"), ("A / b", "a/b"), ("to cite", "to cite"), ("#x", "x")],
)
def test_tag_names(text, name):
    assert parse_tag(text) == name


@pytest.mark.parametrize("text", ["", "  ", "a//b", "-a", "a,b", "x" * 81, "/"])
def test_what_is_no_tag(text):
    with pytest.raises(TagNameError, match="not a tag"):
        parse_tag(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<b>doi:10.1000/abc123</b><i>x</i>", ["10.1000/abc123"]),
        ("10.1000/abc5<br>next", ["10.1000/abc5"]),
        ("10.1000/def456</a></p><td>10.1000/ghi789</td>", ["10.1000/def456", "10.1000/ghi789"]),
        ("10.1002/(SICI)1097-0258(1998)17:15<1661::AID-SIM968>3.0.CO;2-2",
         ["10.1002/(sici)1097-0258(1998)17:15<1661::aid-sim968>3.0.co;2-2"]),
        ("https://arxiv.org/pdf/1810.04801.pdf?ref=x", ["1810.04801"]),
        ("https://arxiv.org/pdf/1810.04804v2.pdf#page=3", ["1810.04804"]),
        ("http://xxx.lanl.gov/abs/hep-th/9711200", ["hep-th/9711200"]),
        ("hep-th/9711200, math.GT/0309136", ["hep-th/9711200", "math/0309136"]),
        (r"https://doi.org/10.1002\%2Fabc.123", ["10.1002/abc.123"]),
        ("see and/0309136 and 12.3456/7", []),
    ],
)  # fmt: skip
def test_identifiers_in_running_text(text, found):
    assert [one.value for _, one in find_identifiers(text)] == found


@pytest.mark.parametrize(
    ("given", "details", "verdict"),
    [
        (("Yue", "Y."), ({}, {}), Match.SAME),
        (("Yue", ""), ({}, {}), Match.SAME),
        (("Yue", "Jianwei"), ({}, {}), Match.UNSURE),
        (("Yue", "Yue"), ({"edition": "1"}, {"edition": "2nd"}), Match.UNSURE),
        (("Yue", "Yue"), ({"isbn": "0-306-40615-2"}, {"isbn": "978-0-306-40615-7"}), Match.SAME),
        (("Yue", "Yue"), ({"isbn": "0-306-40615-2"}, {"isbn": "978-3-16-148410-0"}), Match.UNSURE),
    ],
)  # fmt: skip
def test_what_tells_works_of_one_title_apart(given, details, verdict):
    ours, theirs = (
        Fields(title="A survey on large language models", authors=(Author("Zhang", name),),
               published=parse_iso("2023"),
               details=told)
        for name, told in zip(given, details, strict=True)
    )  # fmt: skip
    assert match(ours, theirs) is verdict


@pytest.mark.parametrize(
    ("ours", "theirs", "verdict"),
    [
        (r"$B^+ \to D^0 \pi^+$", r"$B^- \to D^0 \pi^-$", Match.UNSURE),
        (r"$B^+ \to D^0 \pi^+$", "B\u207a \u2192 D\u2070 \u03c0\u207a", Match.SAME),
        (r"$e^+e^-$ to hadrons", "e+e- to hadrons", Match.SAME),
        ("B+ to D0 pi+", "B- to D0 pi-", Match.UNSURE),
        ("C++", "C#", Match.UNSURE),
        ("C++", "C", Match.UNSURE),
        (r"C\textsuperscript{++}", "C++", Match.SAME),
        (r"state-of-the-art: a $W^{\pm}$", "state of the art \u2013 a W\u00b1", Match.SAME),
        (r"the inverse $B^{-1}$", "the inverse B -1", Match.SAME),
        (r"the decay $B^+$", "the decay B", Match.SAME),
    ],
)
def test_titles_of_the_same_letters_and_other_signs_are_not_surely_one(ours, theirs, verdict):
    left, right = (
        Fields(title=f"What is undefined and observed in {one}", authors=(Author("LHCb"),))
        for one in (ours, theirs)
    )
    assert match(left, right) is verdict
    assert match(right, left) is verdict
