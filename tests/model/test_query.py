"""The query language: every example and error of its description, and what holds of any text."""

import datetime as dt
import gc
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.query import ALL, And, Field, Not, Or, Order, Text, format_query, parse_query
from reader.model.query.parser import _Parser
from reader.model.query.periods import interval
from reader.model.query.tree import Span, Word
from reader.model.query.views import UnknownViewError, without_views
from tests.strategies import hostile_text


def f(name, *values):
    return Field(name, tuple(Word(one) if isinstance(one, str) else one for one in values))


def year(low, high):
    return f("year", Span(low, high))


EXAMPLES = {
    "scaling law": And((Text("scaling"), Text("law"))),
    '"scaling laws"': Text("scaling laws", phrase=True),
    "title:grokking author:tian": And((f("title", "grokking"), f("author", "tian"))),
    "@ganguli #theory": And((f("author", "ganguli"), f("tag", "theory"))),
    "tag:theory/": f("tag", "theory/"),
    'tag:rl,video -tag:"to cite"': And(
        (f("tag", "rl", "video"), Not(f("tag", Word("to cite", quoted=True))))
    ),
    "is:later prio:A,B sort:prio": And((f("is", "later"), f("prio", "a", "b"))),
    "year:2023..2025 cat:LG,ML": And((year("2023", "2025"), f("cat", "LG", "ML"))),
    "date:>2025-01-01 -survey": And(
        (f("date", Span("2025-01-01", "", strict=True)), Not(Text("survey")))
    ),
    "added:7d votes:>=20": And((f("added", Span("7d")), f("votes", Span("20")))),
    "added:..30d is:unread": And((f("added", Span("", "30d")), f("is", "unread"))),
    '(diffusion OR "flow matching") theory -is:skipped': And(
        (
            Or((Text("diffusion"), Text("flow matching", phrase=True))),
            Text("theory"),
            Not(f("is", "skipped")),
        )
    ),
    "creat latex year:2020..": And((Text("creat"), Text("latex"), year("2020", ""))),
    "source:hf comments:>0": And((f("source", "hf"), f("comments", Span("1")))),
    "venue:icml,neurips year:2024..": And((f("venue", "icml", "neurips"), year("2024", ""))),
    "authors:1 cat:LG": And((f("authors", Span("1", "1")), f("cat", "LG"))),
    "in:inbox NOT video": And((f("in", "inbox"), Not(Text("video")))),
    "2604.01234": Text("2604.01234"),
    "https://doi.org/10.1016/S0140-6736(20)30183-5": Text(
        "https://doi.org/10.1016/S0140-6736(20)30183-5"
    ),
    "state-of-the-art pre-training": And((Text("state-of-the-art"), Text("pre-training"))),
    "GPT-4: a survey": And((Text("GPT-4:"), Text("a"), Text("survey"))),
    "a - b": And((Text("a"), Text("b"))),
    "a b OR c": Or((And((Text("a"), Text("b"))), Text("c"))),
    "a | NOT b AND c": Or((Text("a"), And((Not(Text("b")), Text("c"))))),
    "--a NOT -b": And((Text("a"), Text("b"))),
    "or and not": And((Text("or"), Text("and"), Text("not"))),
    "tag:=theory": f("tag", Word("theory", exact=True)),
    "ti:x by:y feed:hf doi:10.1/x": And(
        (f("title", "x"), f("author", "y"), f("source", "hf"), f("id", "10.1/x"))
    ),
}

OF_FACTS_NOT_KEPT = (
    "is:unread added:1d sort:score", "is:reading sort:-opened", "is:starred no:notes",
    "has:pdf no:fulltext", "has:highlights finished:lastweek", 'note:"compare with"',
    "score:>=80 is:unread limit:30 group:source", "like:simon2026there -is:read sort:relevance",
    "cites:simon2026there",
)  # fmt: skip


@pytest.mark.parametrize("text", EXAMPLES)
def test_examples_parse_without_a_word(text):
    query = parse_query(text)
    assert query.tree == EXAMPLES[text]
    assert query.problems == ()


@pytest.mark.parametrize("text", OF_FACTS_NOT_KEPT)
def test_examples_of_facts_that_are_not_kept_yet_run_and_say_so(text):
    query = parse_query(text)
    assert not query.errors
    assert all("kept yet" in one.message for one in query.warnings)
    assert query.warnings


def test_directives_may_stand_anywhere():
    query = parse_query("sort:-added is:unread limit:30 group:source limit:20 sort:prio")
    assert query.tree == f("is", "unread")
    assert query.orders == (Order("added", reverse=True), Order("prio"))
    assert (query.limit, query.group) == (20, "source")


ERRORS = {
    "year:2o24": ("2o24", "not a number: year:2024, year:2023..2025, year:>=3", "2024"),
    "is:stared": ("stared", "no such is: starred?", "starred"),
    "added:>7d": (">7d", "ambiguous: added:7d.. (newer) or added:..7d (older)", None),
    "year:2025..2023": ("2025..2023", "nothing is between", "2023..2025"),
    "date:tommorow": ("tommorow", "not a date", None),
    "tag:": ("tag:", "needs a value", None),
    "title:,a": ("t", "needs a value", None),
    "sort:tittle": ("tittle", "cannot sort by tittle: title?", "title"),
    "limit:none": ("none", "not a number of papers", None),
    "-sort:title": ("sort:title", "cannot be negated", None),
    "a OR": ("OR", "has nothing beside it", None),
    "OR a": ("OR", "has nothing beside it", None),
    "a NOT": ("NOT", "has nothing beside it", None),
    "AND a": ("AND", "has nothing beside it", None),
    "(" * 50 + "a": ("(", "nested too deeply", None),
    "-like:simon2026there": ("like:simon2026there", "it cannot leave papers out", None),
}


@pytest.mark.parametrize("text", ERRORS)
def test_errors_name_the_place_and_a_way_out(text):
    where, message, fix = ERRORS[text]
    error = parse_query(text).errors[0]
    assert message in error.message
    assert where in text[error.start : error.end] or text[error.start : error.end] in where
    assert error.fix == fix


WARNINGS = {
    "auther:simon": ("auther", "unknown field, searched as text; author:?"),
    '(grokking OR "phase tr': ("(", "never closed"),
    "grokking )": (")", "ignored"),
    "() a": ("(", "ignored"),
    "!!! a": ("!!!", "ignored"),
}


@pytest.mark.parametrize("text", WARNINGS)
def test_warnings_run(text):
    where, message = WARNINGS[text]
    query = parse_query(text)
    assert not query.errors
    assert query.tree != ALL
    assert message in query.warnings[0].message
    assert text[query.warnings[0].start : query.warnings[0].end] == where


def test_a_pasted_title_is_text():
    query = parse_query("Attention: Is It All You Need? (A Study)")
    assert not query.problems
    assert parse_query("re: [PATCH] x").problems == ()


fragments = st.sampled_from(
    [
        "a",
        "grok",
        '"a b"',
        '"',
        "(",
        ")",
        "OR",
        "AND",
        "NOT",
        "-",
        "|",
        "#x",
        "@y",
        "tag:",
        "tag:x,y",
        "year:",
        "2020..",
        "is:unread",
        "is:",
        "sort:-title",
        "limit:3",
        "added:7d",
        "date:>2020-01",
        ",",
        ":",
        "foo:bar",
        "in:inbox",
        "é",
        "prio:A",
        "no:tags",
        "group:day",
        "has:doi",
        "id:10.1/x",
    ]
)
queries = st.lists(fragments, max_size=12).flatmap(
    lambda parts: st.lists(st.sampled_from(["", " "]), min_size=len(parts), max_size=len(parts))
    .map(lambda gaps: "".join(part + gap for part, gap in zip(parts, gaps, strict=True)))
)  # fmt: skip


@given(queries | hostile_text | st.text(max_size=60))
def test_any_text_is_a_query_that_reads_back_as_it_is_written(text):
    query = parse_query(text)
    assert all(0 <= one.start <= one.end <= len(text) for one in query.problems)
    again = parse_query(format_query(query))
    if not query.errors:
        assert again == query
    assert parse_query(format_query(again)) == again


@pytest.mark.parametrize(
    "part", ["a ", '"', "(", "-", "tag:x,", "x:", "NOT ", "a OR ", '"a" ', "#", "10.1234/"]
)
def test_reading_takes_time_linear_in_the_length(part):
    def seconds(length):
        text = (part * length)[:length]
        times = []
        gc.disable()  # collecting what the whole test run holds is not the parser's time
        for _ in range(7):
            start = time.process_time()
            _Parser(text).query()
            times.append(time.process_time() - start)
        gc.enable()
        return min(times)

    # Other work on the machine can only lengthen a measurement.
    assert any(seconds(40_000) / seconds(20_000) < 3 for _ in range(5))
    assert parse_query(part * 400_000).errors


def test_a_query_within_another_keeps_its_order_unless_it_says():
    base = parse_query("is:later sort:prio limit:9")
    assert parse_query("theory").within(base) == parse_query("is:later theory sort:prio limit:9")
    assert parse_query("sort:title limit:3").within(base).orders == (Order("title"),)


NOW = dt.datetime(2026, 11, 21, 15, 30, tzinfo=dt.timezone(dt.timedelta(hours=2)))


@pytest.mark.parametrize(("text", "start", "end"), [
    ("2025", "2025-01-01T00:00", "2026-01-01T00:00"),
    ("2024-02", "2024-02-01T00:00", "2024-03-01T00:00"),
    ("2025-03-14", "2025-03-14T00:00", "2025-03-15T00:00"),
    ("today", "2026-11-21T00:00", "2026-11-22T00:00"),
    ("yesterday", "2026-11-20T00:00", "2026-11-21T00:00"),
    ("thisweek", "2026-11-16T00:00", "2026-11-23T00:00"),
    ("lastweek", "2026-11-09T00:00", "2026-11-16T00:00"),
    ("saturday", "2026-11-21T00:00", "2026-11-22T00:00"),
    ("sunday", "2026-11-15T00:00", "2026-11-16T00:00"),
    ("7d", "2026-11-14T15:30", None),
    ("12h", "2026-11-21T03:30", None),
    ("2w", "2026-11-07T15:30", None),
    ("1m", "2026-10-21T15:30", None),
    ("1y", "2025-11-21T15:30", None),
    ("..30d", None, "2026-10-22T15:30"),
    ("30d..7d", "2026-10-22T15:30", "2026-11-14T15:30"),
    (">2025-03", "2025-04-01T00:00", None),
    (">=2025-03", "2025-03-01T00:00", None),
    ("<2025", None, "2025-01-01T00:00"),
    ("<=2025", None, "2026-01-01T00:00"),
    ("2024..2025-06", "2024-01-01T00:00", "2025-07-01T00:00"),
])  # fmt: skip
def test_spans_of_time_mean_whole_periods(text, start, end):
    query = parse_query(f"added:{text}")
    assert not query.problems
    when = interval(query.tree.values[0], NOW)
    told = [one and one.strftime("%Y-%m-%dT%H:%M") for one in (when.start, when.end)]
    assert told == [start, end]


def test_views_are_replaced_by_what_they_say():
    own = {"mine": "in:later theory", "twice": "in:mine OR in:starred"}
    tree = without_views(parse_query("in:twice x").tree, own)
    assert tree == parse_query("(is:later theory OR is:starred) x").tree


@pytest.mark.parametrize(("text", "reason"), [
    ("in:nowhere", "no view"), ("in:a", "contains itself"), ("in:wrong", "is wrong"),
])  # fmt: skip
def test_views_that_cannot_be_replaced_are_named(text, reason):
    own = {"a": "in:b", "b": "-in:a", "wrong": "is:nothing"}
    with pytest.raises(UnknownViewError, match=reason):
        without_views(parse_query(text).tree, own)
