"""SQL finds what a plain evaluation finds, over a generated library and generated queries."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import QueryError
from reader.library import terms
from reader.library.store import Store
from reader.model.change import (
    PriorityChange,
    StarChange,
    StatusChange,
    TagChange,
    TrashChange,
    ViewSave,
)
from reader.model.dates import parse_iso
from reader.model.identifiers import Identifier
from reader.model.paper import Author, Fields, PaperDraft, Priority, SourceRecord, Status
from reader.model.query import Query, format_query, parse_query
from reader.model.query.holding import holds
from reader.model.query.views import without_views
from tests.library.evaluation import Evaluation

WORDS = "alpha alphabet beta gamma_ray delta-wave épsilon zeta theory rl cs r² x".split()
TAGS = ("theory", "theory/learning", "theory2", "rl", "to cite", "alpha", "video/rl")
CATEGORIES = ("cs.LG", "stat.ML", "astro-ph", "astro-ph.CO", "hep-ph", "cs.CV", "math.CO")
VENUES = ("", "", "ICML 2024", "Advances in Neural Physics", "Phys. Rev. D")
DATES = (
    "",
    "2024",
    "2025-03",
    "2025-03-14",
    "2026-11-20",
    "2026-11-21",
    "2026-10-22",
    "2023-12-31",
)
TIMES = (
    "2026-11-21T08:00:00Z", "2026-11-20T23:30:00Z", "2026-11-14T12:00:00Z", "2026-10-22T01:00:00Z",
    "2025-01-01T00:00:00Z",
)  # fmt: skip


def draft(chance, number):
    def text(most):
        return " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, most)))

    people = tuple(
        Author(chance.choice(["Tian", "Ångström", "van Alpha"]), chance.choice(["", "Jo"]))
        for _ in range(chance.randint(0, 3))
    )
    identifiers = (Identifier("arxiv", f"2301.{number:05}"),) if number % 3 else ()
    identifiers += (Identifier("doi", f"10.1234/x{number}"),) if number % 4 == 0 else ()
    fields = Fields(
        title=f"{text(6)} {number}", abstract=text(20) if number % 5 else "", authors=people,
        author_count=chance.choice([len(people) or None, 14]), authors_complete=number % 2 == 0,
        published=parse_iso(chance.choice(DATES)),
        categories=tuple(chance.sample(CATEGORIES, chance.randint(0, 3))),
        identifiers=identifiers, venue=chance.choice(VENUES),
        counters=chance.choice([{}, {"comments": 3}, {"upvotes": 25, "comments": 1}]),
    )  # fmt: skip
    source = chance.choice(["arxiv", "hf-listing", "arxiv-listing"])
    record = SourceRecord(source, str(number), chance.choice(TIMES), "made", fields)
    return PaperDraft((record,), place=number)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    chance = random.Random(7)
    time = "2026-11-21T15:30:00Z"
    store = Store(tmp_path_factory.mktemp("made") / "library.db", clock=lambda: time)
    store.import_drafts([draft(chance, number) for number in range(150)], "made")
    papers = list(store.matching(Query()))
    for status in Status:
        for paper in chance.sample(papers, 20):
            time = chance.choice(TIMES)
            store.apply(StatusChange((paper,), status))
    store.apply(StarChange(tuple(chance.sample(papers, 30)), starred=True))
    store.apply(PriorityChange(tuple(chance.sample(papers, 20)), Priority.A))
    for tag in TAGS:
        store.apply(TagChange(tuple(chance.sample(papers, 15)), add=(tag,)))
    store.apply(TrashChange(tuple(chance.sample(papers, 12)), trashed=True))
    store.apply(ViewSave("mine", "is:later OR is:starred theory"))
    for paper in chance.sample(papers, 25):
        store.mark_seen(paper)
    time = "2026-11-14T12:00:00Z"
    store.visit()
    time = "2026-11-21T15:30:00Z"
    store.visit()
    yield store
    store.close()


@pytest.fixture(scope="module")
def learned(world, tmp_path_factory):
    """The same library, in which the commonest words alone stand for a prefix."""
    path = tmp_path_factory.mktemp("learned") / "library.db"
    world.copy_to(path)
    store = Store(path, clock=world._clock)
    with store.write():
        terms.learn(store._connection)
        store._connection.execute("DELETE FROM terms WHERE df < 20")
    yield store
    store.close()


ATOMS = [
    *WORDS,
    "alph",
    "theo",
    "rl",
    "cs",
    "-alpha",
    "-theory",
    '"alpha beta"',
    '"theory"',
    '"to cite"',
    "title:alph",
    'title:"alpha beta"',
    "author:tian",
    "author:angstrom,jo",
    "abstract:theory,zeta",
    "text:gamma",
    "tag:theory",
    "tag:theory/",
    "tag:=theory",
    "tag:rl,video",
    '-tag:"to cite"',
    "tag:none",
    "#alpha",
    "cat:LG",
    "cat:cs",
    "cat:ph",
    "cat:astro-ph",
    "cat:hep-ph",
    "cat:CO,ML",
    "is:unread",
    "is:later,read",
    "-is:skipped",
    "is:starred",
    "is:seen",
    "is:tagged",
    "is:library",
    "is:trash",
    "-is:trash",
    "is:new",
    "is:dup",
    "has:doi",
    "no:abstract,tags",
    "has:venue",
    "has:comments",
    "no:pdf",
    "no:date",
    "has:authors",
    "year:2025",
    "year:2024..2025",
    "year:..2024",
    "-year:2025..",
    "date:2025-03",
    "date:>2025-03",
    "date:<2025-03",
    "date:..30d",
    "date:today",
    "date:7d",
    "added:7d",
    "added:..7d",
    "added:today",
    "added:yesterday",
    "added:2025",
    "decided:7d",
    "finished:30d",
    "-finished:thisweek",
    "source:hf",
    "source:arxiv",
    "venue:icml",
    'venue:"neural physics"',
    "venue:phys",
    "id:2301.0001",
    "doi:10.1234",
    "key:tian",
    "prio:a",
    "prio:none,B",
    "votes:>=20",
    "-votes:..30",
    "comments:>0",
    "comments:0",
    "authors:14",
    "authors:..2",
    "in:later",
    "in:mine",
    "-in:mine",
    "2301.00010",
    "10.1234/x16",
]
atoms = st.sampled_from(ATOMS)


def combined(parts):
    return (
        st.tuples(parts, parts).map(" ".join)
        | st.tuples(parts, parts).map(lambda two: f"({two[0]} OR {two[1]})")
        | parts.map(lambda one: f"-({one})")
        | st.tuples(parts, parts, parts).map(" ".join)
    )


trees = st.recursive(atoms, combined, max_leaves=8)


@settings(max_examples=150)
@given(trees)
def test_sql_finds_what_a_plain_evaluation_finds(world, learned, text):
    query = parse_query(text)
    assert not query.errors
    asked = world.asked()
    plain = Evaluation(world, asked.now, asked.last_visit)
    tree = without_views(query.tree, {view.name: view.text for view in world.views()})
    everyone = [*world.matching(parse_query("is:trash")), *world.matching(Query())]
    papers = list(world.papers(everyone))
    expected = {paper.row.citekey for paper in papers if plain.finds(tree, paper)}
    found = world.matching(query)
    assert {row.citekey for row in world.rows(found)} == expected
    assert world.count(query) == len(found)
    assert world.among(query, everyone) == set(found)
    ranked = world.matching(replace(query, ranked=True))
    assert sorted(ranked) == sorted(found)
    assert list(world.first_matching(query, 7)) == list(found[:7])
    first = learned.first_matching(query, 999)
    assert list(first) == [paper for paper in found if paper in set(first)]
    for paper in papers:
        row_says = holds(tree, paper.row)
        assert row_says is None or row_says == plain.holds(tree, paper)


def test_the_generated_library_tells_the_conditions_apart(world):
    nothing = {"tag:none", "is:dup", "cat:ph"}
    counts = {text: world.count(parse_query(text)) for text in ATOMS}
    assert {text for text, found in counts.items() if not found} == nothing
    whole = {text for text, found in counts.items() if found == 138}
    assert whole == {"no:pdf", "-is:trash"}


ORDERS = {
    "sort:date": lambda paper: -paper.row.published.ordinal,
    "sort:-date": lambda paper: paper.row.published.ordinal,
    "sort:title": lambda paper: paper.row.title.lower(),
    "sort:prio": lambda paper: -paper.row.priority,
    "sort:added": lambda paper: [-ord(char) for char in paper.added],
    "sort:-comments": lambda paper: paper.row.comments,
    "sort:votes": lambda paper: -(paper.counters.get("upvotes") or -1),
    "group:status": lambda paper: paper.row.status,
    "group:year": lambda paper: -(paper.row.published.year or 0),
}


@pytest.mark.parametrize("text", ORDERS)
def test_orders(world, text):
    papers = list(world.papers(world.matching(parse_query(text))))
    keys = [ORDERS[text](paper) for paper in papers]
    assert keys == sorted(keys)
    assert len(keys) == 138


def test_limits_and_two_keys(world):
    query = parse_query("sort:prio,title limit:5")
    rows = world.rows(world.matching(query))
    assert len(rows) == 5
    assert [row.title.lower() for row in rows] == sorted(row.title.lower() for row in rows)
    assert world.count(query) == 5


@pytest.mark.parametrize("text", ["is:stared", "in:nowhere", "a OR", "year:20x"])
def test_a_query_with_errors_never_runs(world, text):
    query = parse_query(text)
    for ask in (
        world.matching,
        world.count,
        world.explain,
        lambda one: world.first_matching(one, 3),
    ):
        with pytest.raises(QueryError, match="Nothing was changed"):
            ask(query)


def test_explaining_names_no_value_in_the_sql(world):
    explained = world.explain(parse_query('alpha tag:rl "x\'; DROP" year:2024 -cat:LG'))
    assert "alpha" not in explained.sql
    assert "DROP" not in explained.sql
    assert len(explained.values) == explained.sql.count("?")
    assert format_query(parse_query("a  b")) == "a b"
