"""One paper asked for, and papers completed: who is asked, in which order, and what is believed."""

import datetime as dt
import json

import pytest

from reader.errors import FetchError, UsageError
from reader.import_report import Options
from reader.importing import import_files, import_samples
from reader.model.identifiers import ARXIV
from reader.sources.context import Context
from reader.sources.fetch.client import Client
from reader.sync.completing import complete, lacks
from reader.sync.lookup import look_up, wanted
from tests.sync import services as shape
from tests.sync.services import send, work

ATTENTION = work("1706.03762", "Attention Is All You Need", 5, "2017-06-12", category="cs.CL")


def answers(body, kind="application/json"):
    return lambda handler, _path, _query: send(handler, body, kind=kind)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("1706.03762v2", {"arxiv": "1706.03762"}),
        ("https://arxiv.org/abs/1706.03762", {"arxiv": "1706.03762"}),
        ("https://huggingface.co/papers/1706.03762", {"arxiv": "1706.03762"}),
        ("10.48550/arXiv.1706.03762", {"arxiv": "1706.03762"}),
        ("https://doi.org/10.1038/Nature14539", {"doi": "10.1038/nature14539"}),
        ("PMID: 26017442", {"pmid": "26017442"}),
        ("26017442", {"pmid": "26017442"}),
        ("PMC1234567", {"pmcid": "PMC1234567"}),
        ("https://pubmed.ncbi.nlm.nih.gov/26017442/", {"pmid": "26017442"}),
        ("Attention Is All You Need", {}),
    ],
)
def test_what_a_text_means(text, ids):
    assert dict(wanted(text).ids) == ids


@pytest.mark.parametrize("text", ["https://example.com/x", "0808.05394", "a", "?"])
def test_what_means_nothing_is_not_asked_for(text):
    with pytest.raises(UsageError, match="nothing was asked"):
        wanted(text)


async def test_services_that_know_of_nothing_do_not_fail(world):
    none = {"result": {"hits": {"@total": "0", "@computed": "0", "@sent": "0", "@first": "0"}}}
    world.services.routes |= {
        "/arxiv_api": answers(shape.atom([], 0), "application/xml"),
        "/arxiv_oai": answers(shape.oai_error("idDoesNotExist"), "application/xml"),
        "/dblp": answers(json.dumps(none).encode()),
    }
    for text in ("A title nobody ever wrote anywhere", "2611.99999"):
        with pytest.raises(FetchError, match="no service knows it"):
            await ask(world, text)


async def ask(world, text):
    context = Context("added", dt.date(2026, 11, 22), "2026-11-22T10:00:00Z")
    async with Client(world.setup()) as client:
        draft = await look_up(client, wanted(text), context)
    return draft.records[0]


def oai_record(one):
    return shape.oai([one]).replace(b"ListRecords", b"GetRecord")


def datacite(one):
    return json.dumps({"data": {"id": f"10.48550/arxiv.{one['id']}", "type": "dois", "attributes": {
        "doi": f"10.48550/arxiv.{one['id']}", "titles": [{"title": one["title"]}],
        "creators": [{"name": "Byron, Ada", "givenName": "Ada", "familyName": "Byron"}],
        "publicationYear": 2017, "publisher": "arXiv", "types": {"resourceTypeGeneral": "Preprint"},
        "descriptions": [{"description": one["abstract"], "descriptionType": "Abstract"}],
    }}}).encode()  # fmt: skip


async def test_arxiv_then_the_others_when_it_refuses(world):
    services = world.services
    services.routes["/arxiv_api/api/query"] = answers(shape.atom([ATTENTION]), "text/xml")
    record = await ask(world, "1706.03762")
    assert (record.source, record.fields.title) == ("arxiv", "Attention Is All You Need")
    assert "max_results=1" in services.paths()[0]

    steps = [
        ("/arxiv_oai/oai", answers(oai_record(ATTENTION), "text/xml"), "arxiv"),
        ("/datacite/dois/10.48550/arxiv.1706.03762", answers(datacite(ATTENTION)), "datacite"),
        ("/huggingface/api/papers/1706.03762",
         answers(json.dumps(json.loads(shape.daily([ATTENTION]))[0]["paper"]).encode()),
         "huggingface"),
    ]  # fmt: skip
    del services.routes["/arxiv_api/api/query"]
    for path, answer, source in steps:
        services.routes[path] = answer
        assert (await ask(world, "1706.03762")).source == source
        del services.routes[path]


async def test_a_published_work_by_its_doi(world):
    world.services.routes["/crossref/works/10.1000/xyz123"] = answers(
        shape.crossref("10.1000/xyz123")
    )
    record = await ask(world, "https://doi.org/10.1000/XYZ123")
    assert (record.source, record.fields.venue) == ("crossref", "Annals of Examples")


async def test_a_work_of_medicine_by_its_pubmed_id(world):
    told = {"hitCount": 1, "resultList": {"result": [{
        "id": "26017442", "source": "MED", "pmid": "26017442", "doi": "10.1038/nature14539",
        "title": "Deep learning.", "authorList": {"author": [
            {"fullName": "LeCun Y", "firstName": "Yann", "lastName": "LeCun"}]},
        "abstractText": "<h4>Aim</h4>To learn.", "pubYear": "2015",
        "journalInfo": {"volume": "521", "journal": {"title": "Nature"}},
        "firstPublicationDate": "2015-05-01"}]}}  # fmt: skip
    world.services.routes["/europe_pmc/europepmc/webservices/rest/search"] = answers(
        json.dumps(told).encode()
    )
    record = await ask(world, "pmid:26017442")
    assert (record.source, record.fields.title) == ("europe-pmc", "Deep learning")
    assert record.fields.authors[0].name == "Yann LeCun"
    assert record.fields.published.text == "2015-05-01"


async def test_a_title_must_be_the_title(world):
    other = work("1706.99999", "Attention Is Not All You Need")
    world.services.routes["/arxiv_api/api/query"] = answers(shape.atom([other]), "text/xml")
    with pytest.raises(FetchError, match="no service knows it") as failure:
        await ask(world, "Attention is all you need")
    assert failure.value.code == "unknown"
    world.services.routes["/arxiv_api/api/query"] = answers(
        shape.atom([other, ATTENTION]), "text/xml"
    )
    assert (await ask(world, "Attention is all you need")).key == "1706.03762"


async def test_an_error_of_a_service_is_told_when_no_other_knows(world):
    world.services.routes["/arxiv_api"] = lambda handler, _path, _query: send(
        handler, b"Rate exceeded.", 429, "text/plain"
    )
    with pytest.raises(FetchError) as failure:
        await ask(world, "1706.03762")
    assert (failure.value.code, bool(failure.value.retry_at)) == ("rate limit", True)


async def test_the_sample_shelf_is_completed_with_what_arxiv_says(world):
    world.do(import_samples)
    before = {paper.row.citekey: paper for paper in world.papers()}
    lacking = [paper for paper in before.values() if lacks(paper)]
    assert len(lacking) >= 18, "the papers of the shelf have no ids, and most no names"

    def arxiv(handler, _path, query):
        found = []
        for number, paper in enumerate(lacking, start=1):
            words = "".join(char if char.isalnum() else " " for char in paper.row.title).split()
            if " ".join(words)[:60] in query.get("search_query", ""):
                count = paper.author_count or 1
                names = [author.name for author in paper.authors]
                found.append(work(
                    f"2604.{number:05d}", paper.row.title, day="2026-04-23",
                    abstract=paper.abstract_source or paper.abstract,
                    authors=[*names, *(f"Ada B{n}yron" for n in range(count))][:count],
                ))  # fmt: skip
        send(handler, shape.atom(found))

    world.services.routes["/arxiv_api/api/query"] = arxiv
    heard = []
    async with Client(world.setup()) as client:
        report = await complete(world.library, client, lacking,
                                lambda done, total: heard.append((done, total)))  # fmt: skip
    assert not report.failed
    assert report.total("updated") == len(lacking)
    assert heard[-1] == (len(lacking) - 1, len(lacking))
    after = world.papers()
    assert len(after) == len(before), "no paper came, none went"
    assert all(any(one.scheme == ARXIV for one in paper.identifiers) for paper in after)
    assert not [paper for paper in after if lacks(paper)]
    simon = next(paper for paper in after if paper.row.citekey.startswith("simon"))
    assert {one.source for one in simon.sources} == {"arxiv-listing", "hf-listing", "arxiv"}
    world.do(lambda store: store.undo())
    assert {paper.row.citekey: paper for paper in world.papers()} == before


async def test_papers_with_ids_are_asked_for_together(world):
    works = [work(f"2611.{n:05d}") for n in range(1, 131)]
    lines = "\n".join(f"arXiv:{one['id']}" for one in works)
    listing = world.folder / "ids.txt"
    listing.write_text(lines)
    world.do(lambda store: import_files(store, [(listing, "ids.txt")], Options()))
    known = {one["id"]: one for one in works[:-1]}

    def arxiv(handler, _path, query):
        ids = query["id_list"].split(",")
        assert len(ids) == int(query["max_results"])
        send(handler, shape.atom([known[one] for one in ids if one in known]))

    world.services.routes["/arxiv_api/api/query"] = arxiv
    async with Client(world.setup()) as client:
        report = await complete(world.library, client, world.papers())
    assert report.total("updated") == 129
    assert [one.code for one in report.failed] == ["unknown"]
    assert len(world.services.paths("/arxiv_api")) == 2
    assert sum(bool(paper.authors) for paper in world.papers()) == 129
