"""Real answers of the services, served from this machine: what they tell arrives."""

import json

import pytest

from reader.import_report import Options
from reader.importing import import_files
from reader.sources.fetch.client import Client
from reader.sync.completing import complete
from reader.sync.lookup import wanted
from tests.conftest import DATA
from tests.sync.services import send
from tests.sync.test_lookup import ask

SAMPLES = DATA / "samples"
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not SAMPLES.exists(), reason=f"no real files at {SAMPLES}"),
]


def sample(name, kind="application/xml", status=200):
    body = (SAMPLES / name).read_bytes()
    return lambda handler, _path, _query: send(handler, body, status, kind)


async def test_a_query_of_arxiv(world):
    world.services.routes["/arxiv_api"] = sample("arxiv/api_query_100_2026.xml")
    world.follow("arxiv:all:x")
    report = await world.sync()
    entries = (SAMPLES / "arxiv/api_query_100_2026.xml").read_text().count("<entry>")
    assert (report.total("new"), report.failed) == (entries, [])
    papers = world.papers()
    assert all(paper.authors and paper.abstract and paper.row.published.text for paper in papers)
    assert all({one.scheme for one in paper.identifiers} >= {"arxiv"} for paper in papers)


async def test_a_day_of_hugging_face(world):
    name = "hf/daily_papers_2026-06.json"
    body = (SAMPLES / name).read_bytes()
    world.services.routes["/huggingface"] = lambda handler, _path, query: send(
        handler, body if query["p"] == "0" else b"[]", kind="application/json"
    )
    world.follow("hf:weekly")
    report = await world.sync()
    told = json.loads(body)
    assert (report.total("new"), report.failed) == (len(told), [])
    votes = {paper.row.title: paper.counters["upvotes"] for paper in world.papers()}
    assert sorted(votes.values()) == sorted(one["paper"]["upvotes"] for one in told)


async def test_the_daily_feed_of_the_specification(world):
    world.services.routes["/arxiv_rss"] = sample("arxiv/rss_from_spec.xml")
    world.follow("cs.LG")
    report = await world.sync()
    assert report.failed == []
    assert report.total("new") == len(world.papers())


async def test_the_error_of_arxiv_is_told(world):
    world.services.routes["/arxiv_api"] = sample("arxiv/api_error_400_2026.xml", status=400)
    world.follow("arxiv:all:x")
    report = await world.sync()
    assert report.feeds[0].code == "http 400"


@pytest.mark.parametrize(
    ("text", "route", "name", "kind", "title"),
    [
        ("2104.12255", "/arxiv_api", "arxiv/api_query_100_2026.xml", "xml", None),
        ("10.1038/nature14539", "/crossref", "crossref/works_single_full.json", "json", None),
    ],
)
async def test_papers_that_a_service_does_not_name_are_not_taken_for_those_asked_for(
    world, text, route, name, kind, title
):
    world.services.routes[route] = sample(name, f"application/{kind}")
    del title
    with pytest.raises(Exception, match="no service knows it"):
        await ask(world, text)
    assert wanted(text).ids


async def test_arxiv_leaves_out_what_it_does_not_know(world):
    body = (SAMPLES / "arxiv/api_two_ids_one_missing_2026.xml").read_bytes()
    known = body.split(b"arxiv.org/abs/")[1].split(b"<")[0].decode()
    listing = world.folder / "ids.txt"
    listing.write_text(f"arXiv:{known}\narXiv:2001.99999\n")
    world.do(lambda store: import_files(store, [(listing, "ids.txt")], Options()))
    world.services.routes["/arxiv_api"] = sample("arxiv/api_two_ids_one_missing_2026.xml")
    async with Client(world.setup()) as client:
        report = await complete(world.library, client, world.papers())
    assert (report.total("updated"), len(report.failed)) == (1, 1)
