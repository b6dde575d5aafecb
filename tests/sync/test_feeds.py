"""What each kind of feed brings, asked of services that speak as theirs do."""

import datetime as dt
import threading

import pytest

from reader.errors import UsageError
from reader.library.following import Manner
from reader.model.change import StatusChange
from reader.model.feed import FeedKind, parse_subscription
from reader.model.feed_change import PauseFeed, RenameFeed
from reader.model.paper import Status
from reader.model.rules import Rule
from reader.sources.online import huggingface
from tests.sync import services as shape
from tests.sync.services import send, work


def answers(body, kind="application/xml"):
    return lambda handler, _path, _query: send(handler, body, kind=kind)


@pytest.mark.parametrize(
    ("text", "kind", "spec"),
    [
        ("cs.LG", FeedKind.DAILY, "cs.LG"),
        ("stat.ML+cs.LG", FeedKind.DAILY, "cs.LG+stat.ML"),
        ("hep-th", FeedKind.DAILY, "hep-th"),
        ("hf", FeedKind.HUGGINGFACE, "hf"),
        ("HF:weekly", FeedKind.HUGGINGFACE, "hf:weekly"),
        ('author:"Surya Ganguli"', FeedKind.AUTHOR, "author:Surya Ganguli"),
        ("cites:simon2026there", FeedKind.CITATIONS, "cites:simon2026there"),
        ('arxiv:"ti:grokking"', FeedKind.QUERY, "arxiv:ti:grokking"),
        ("arxiv:cs.LG", FeedKind.DAILY, "cs.LG"),
        ("oai:cs:cs:LG@2026-01-01", FeedKind.ARCHIVE, "oai:cs:cs:LG@2026-01-01"),
        ("https://example.org/feed.xml", FeedKind.WEB, "https://example.org/feed.xml"),
        ("HTTPS://Example.org/Feed.xml#x", FeedKind.WEB, "https://example.org/Feed.xml"),
        ("dir:/tmp/papers", FeedKind.FOLDER, "dir:/tmp/papers"),
    ],
)
def test_what_can_be_followed(text, kind, spec):
    told = parse_subscription(text)
    assert (told.kind, told.spec) == (kind, spec)
    assert parse_subscription(told.spec) == told
    assert told.name


@pytest.mark.parametrize(
    "text",
    ["", "cs.XX", "ftp://example.org/x", "http:///x", "https://me@example.org/", "author:",
     "cites:a b", "oai:../x", "oai:cs@2026-13-45", "nonsense", "https://exa mple.org/"],
)  # fmt: skip
def test_what_cannot_be_followed(text):
    with pytest.raises(UsageError, match="Nothing changed"):
        parse_subscription(text)


async def test_the_daily_feed_tells_new_cross_and_replaced_papers_apart(world):
    first = [work("2611.00001"), work("2611.00002"), work("2605.00003", announce="cross"),
             work("2511.00004", version=3, announce="replace")]  # fmt: skip
    world.services.routes["/arxiv_rss/rss/cs.LG"] = answers(shape.rss(first))
    world.follow("cs.LG")
    report = await world.sync()
    assert [(one.new, one.updated, one.merged, one.error) for one in report.feeds] == [
        (3, 0, 0, "")
    ]
    assert len(world.papers()) == 3, "a new version of a paper that is not here is no new paper"
    paper = world.papers("2611.00001")[0]
    assert paper.abstract == "We study 2611.00001 with n<k and m>2. It works."
    assert [author.name for author in paper.authors] == ["Ada Byron", "Grace H261100001"]
    crossed = world.papers("2605.00003")[0]
    assert crossed.row.published.text == "2026-05", "the day of a cross-listing is not its own"

    again = await world.sync()
    assert (again.total("new"), again.total("updated"), again.change) == (0, 0, None)


async def test_a_new_version_updates_a_paper_and_leaves_it_where_it_is(world):
    route = "/arxiv_rss/rss/cs.LG"
    world.services.routes[route] = answers(shape.rss([work("2611.00001", "An old title of it")]))
    world.follow("cs.LG")
    await world.sync()
    paper = world.papers()[0].row.id
    world.do(lambda store: store.apply(StatusChange((paper,), Status.SKIPPED)))
    later = work("2611.00001", "A better title of it", version=2, announce="replace")
    world.services.routes[route] = answers(shape.rss([later]))
    report = await world.sync()
    assert (report.total("new"), report.total("updated")) == (0, 1)
    row = world.papers()[0].row
    assert (row.title, row.status, row.revised) == ("A better title of it", Status.SKIPPED, True)
    assert [one.row.id for one in world.papers("is:updated")] == [paper]
    versions = world.do(lambda store: store.versions(paper))
    assert [(one.number, one.fields.title) for one in versions] == [(1, "An old title of it")]
    world.do(lambda store: store.mark_seen(paper))
    assert not world.papers("is:updated")

    world.do(lambda store: store.undo())
    row = world.papers()[0].row
    assert (row.title, row.revised) == ("An old title of it", False)
    assert not world.do(lambda store: store.versions(paper))


async def test_one_feed_with_two_versions_of_a_paper_ends_with_the_later_one(world):
    old = work("2611.00001", "An old title of it")
    new = work("2611.00001", "A better title of it", version=2, announce="replace")
    world.services.routes["/arxiv_rss/rss/cs.LG"] = answers(shape.rss([new, old]))
    world.follow("cs.LG")
    await world.sync()
    world.services.routes["/arxiv_rss/rss/cs.LG"] = answers(shape.rss([old, new]))
    report = await world.sync()
    assert (report.total("new"), report.total("updated")) == (0, 1)
    assert world.titles() == ["A better title of it"]
    world.services.routes["/arxiv_rss/rss/cs.LG"] = answers(shape.rss([new, old]))
    report = await world.sync()
    assert (report.total("updated"), report.change) == (0, None)
    assert world.titles() == ["A better title of it"]


async def test_two_ways_to_one_paper_add_up_and_do_not_take_turns(world):
    told = work("2611.00001", category="cs.LG")
    listed = shape.rss([told]).replace(
        b"<dc:creator>", b"<dc:rights>http://example.org/licence</dc:rights><dc:creator>"
    )
    asked = shape.atom([told]).replace(
        b"<summary>", b"<arxiv:comment>12 pages</arxiv:comment><category term='math.OC'/><summary>"
    )
    world.services.routes["/arxiv_rss"] = answers(listed)
    world.services.routes["/arxiv_api"] = answers(asked)
    world.follow("cs.LG", "author:Ada Byron")
    report = await world.sync()
    assert (report.total("new"), report.total("merged")) == (1, 1)
    for _ in range(2):
        report = await world.sync()
        assert (report.total("merged"), report.change) == (0, None)
    (paper,) = world.papers()
    assert (paper.remark, bool(paper.license)) == ("12 pages", True)
    later = work("2611.00001", "A title of the second version", version=2)
    world.services.routes["/arxiv_api"] = answers(shape.atom([later]))
    report = await world.sync()
    assert (report.total("updated"), world.titles()) == (1, ["A title of the second version"])


async def test_a_new_version_comes_back_into_the_inbox_when_that_is_asked_for(world):
    route = "/arxiv_rss/rss/cs.LG"
    world.services.routes[route] = answers(shape.rss([work("2611.00001")]))
    world.follow("cs.LG")
    await world.sync()
    paper = world.papers()[0].row.id
    world.do(lambda store: store.apply(StatusChange((paper,), Status.READ)))
    later = work("2611.00001", "Another title", version=2, announce="replace")
    world.services.routes[route] = answers(shape.rss([later]))
    await world.sync(Manner(resurface=True))
    assert world.papers()[0].row.status is Status.UNREAD


async def test_several_feeds_tell_of_one_paper(world):
    both = work("2611.00001")
    world.services.routes["/arxiv_rss/rss/"] = answers(shape.rss([both]))
    world.services.routes["/huggingface/api/daily_papers"] = answers(
        shape.daily([both]), "application/json"
    )
    world.follow("cs.LG", "stat.ML", "hf")
    report = await world.sync()
    assert report.total("new") == 1
    (paper,) = world.papers()
    assert {one.source for one in paper.sources} == {"arxiv", "huggingface"}
    assert paper.counters["upvotes"] == 7
    assert "https://github.com/example/code" in paper.links


async def test_undoing_a_sync_lets_it_be_made_again(world):
    world.services.routes["/arxiv_rss/rss/cs.LG"] = answers(shape.rss([work("2611.00001")]))
    world.follow("cs.LG")
    await world.sync()
    assert world.do(lambda store: store.undo()).group.verb == "sync"
    assert not world.papers()
    report = await world.sync()
    assert report.total("new") == 1


async def test_a_query_goes_back_to_what_was_known(world):
    def pages(handler, _path, query):
        start = int(query["start"])
        send(handler, shape.atom(world.works[start : start + int(query["max_results"])]))

    world.services.routes["/arxiv_api/api/query"] = pages
    world.works = [work(f"2611.{n:05d}", day=f"2026-10-{n // 20 + 1:02d}")
                   for n in range(400, 0, -1)]  # fmt: skip
    world.follow("arxiv:ti:subject")
    report = await world.sync()
    assert report.total("new") == 100, "the first time, one slice"
    fresh = [work(f"2611.{n:05d}", day="2026-11-21") for n in range(650, 400, -1)]
    old = work("2001.00001", version=2, day="2020-01-01", updated="2026-11-22")
    world.works = [old, *fresh, *world.works]
    report = await world.sync()
    assert 250 <= report.total("new") < 300, "what is new, and a week of what was before"
    assert len(world.services.paths("/arxiv_api")) == 1 + 4
    report = await world.sync()
    assert report.total("new") == 0


async def test_an_author_is_asked_for_by_name(world):
    world.services.routes["/arxiv_api/api/query"] = answers(shape.atom([work("2611.00001")]))
    world.follow('author:"Ada Byron"')
    report = await world.sync()
    assert report.total("new") == 1
    assert "search_query=au%3A%22Ada%20Byron%22" in world.services.paths()[0]


async def test_an_archive_is_read_page_by_page_and_gone_on_with(world):
    def pages(handler, _path, query):
        place = query.get("resumptionToken", "")
        if place == "b" and not world.whole:
            send(handler, b"no", status=404)
            return
        first = {"": 0, "a": 1, "b": 2}[place]
        works = [work(f"26{first + 1:02d}.{n:05d}") for n in range(1, 31)]
        send(handler, shape.oai(works, {"": "a", "a": "b", "b": ""}[place]))

    world.whole = False
    world.services.routes["/arxiv_oai/oai"] = pages
    world.follow("oai:cs:cs:LG@2026-01-01")
    report = await world.sync()
    assert (report.total("new"), report.feeds[0].code) == (60, "http 404")
    assert len(world.papers()) == 60, "what came before stays"
    world.whole = True
    asked = len(world.services.asked)
    report = await world.sync()
    assert report.total("new") == 30
    assert [path for _, path, _ in world.services.asked[asked:]] == [
        "/arxiv_oai/oai?verb=ListRecords&resumptionToken=b"
    ], "it goes on where it stopped"
    report = await world.sync()
    today = dt.datetime.now(dt.UTC).date().isoformat()
    assert f"from={today}" in world.services.paths()[-3]


async def test_an_archive_that_gives_one_token_twice_is_left(world):
    page = shape.oai([work("2611.00001")], "same")
    world.services.routes["/arxiv_oai/oai"] = answers(page)
    world.follow("oai:cs")
    report = await world.sync()
    assert (report.feeds[0].code, len(world.services.asked)) == ("repeat", 2)
    assert len(world.papers()) == 1


async def test_an_expired_token_begins_again_and_no_match_is_no_error(world):
    def pages(handler, _path, query):
        if "resumptionToken" in query:
            send(handler, shape.oai_error("badResumptionToken"))
        else:
            send(handler, shape.oai_error("noRecordsMatch"))

    world.services.routes["/arxiv_oai/oai"] = pages
    world.follow("oai:cs")
    before = {"from": "2026-11-01", "token": "old"}
    world.do(lambda store: store.begin_sync(Manner()).take(store.feed("oai:cs"), [], before))
    report = await world.sync()
    assert (report.feeds[0].error, len(world.services.asked)) == ("", 2)
    assert "from=2026-11-01" in world.services.paths()[1]


async def test_hugging_face_is_asked_day_by_day(world):
    today = dt.datetime.now(dt.UTC).date()
    days = {}

    def day(handler, _path, query):
        works = days.get(query["date"], [])
        send(handler, shape.daily(works if query["p"] == "0" else []), kind="application/json")

    world.services.routes["/huggingface/api/daily_papers"] = day
    yesterday = (today - dt.timedelta(days=1)).isoformat()
    days[yesterday] = [work("2611.00001", votes=3)]
    days[today.isoformat()] = [work(f"2611.{n:05d}") for n in range(2, 62)]
    world.follow("hf")
    report = await world.sync()
    assert report.total("new") == 61
    assert len(world.services.asked) == 3, "a full page is followed by the next"
    days[today.isoformat()][0]["votes"] = 99
    report = await world.sync()
    assert (report.total("new"), report.total("merged")) == (0, 1)
    assert world.papers("2611.00002")[0].counters["upvotes"] == 99


async def test_a_hugging_face_that_ignores_the_page_is_asked_no_more_than_twice_a_day(world):
    works = [work(f"2611.{n:05d}") for n in range(1, 61)]
    world.services.routes["/huggingface/api/daily_papers"] = answers(
        shape.daily(works), "application/json"
    )
    world.follow("hf")
    report = await world.sync()
    assert (report.total("new"), report.feeds[0].error) == (60, "")
    assert len(world.services.asked) == 4, "two days, two pages each"


async def test_citations_come_from_openalex_where_semantic_scholar_refuses(world):
    world.services.routes["/arxiv_rss/rss/cs.LG"] = answers(shape.rss([work("2611.00001")]))
    world.follow("cs.LG")
    await world.sync()
    key = world.papers()[0].row.citekey
    found = shape.citing([work("2611.00009"), work("2611.00010")])
    world.services.routes["/semantic_scholar/graph/v1/paper/ARXIV:2611.00001/citations"] = answers(
        found, "application/json"
    )
    world.follow(f"cites:{key}", "cites:nobody")
    report = await world.sync()
    told = {one.feed: one for one in report.feeds}
    assert told[f"cites:{key}"].new == 2
    assert told["cites:nobody"].code == "identifier"

    def refuses(handler, _path, _query):
        send(handler, b"{}", status=403, kind="application/json")

    def openalex(handler, path, query):
        if "/works/doi:" in path:
            send(handler, b'{"id": "https://openalex.org/W123456"}', kind="application/json")
        else:
            assert query["filter"] == "cites:W123456"
            body = (b'{"results": [{"id": "https://openalex.org/W9", "title": "Another citing work '
                    b'of ours", "authorships": [], "publication_year": 2026}]}')  # fmt: skip
            send(handler, body, kind="application/json")

    world.services.routes["/semantic_scholar"] = refuses
    del world.services.routes["/semantic_scholar/graph/v1/paper/ARXIV:2611.00001/citations"]
    world.services.routes["/openalex/works"] = openalex
    report = await world.sync()
    told = {one.feed: one for one in report.feeds}
    assert (told[f"cites:{key}"].new, told[f"cites:{key}"].error) == (1, "")


async def test_any_feed_of_the_web(world):
    page = (b"<html><head><link rel='alternate' type='application/rss+xml' href='/f.xml'></head>"
            b"</html>")  # fmt: skip
    world.services.routes["/page"] = answers(page, "text/html")
    world.services.routes["/f.xml"] = answers(shape.atom([work("2611.00001")]))
    world.follow(f"{world.services.url}/f.xml", f"{world.services.url}/page")
    report = await world.sync()
    assert [one.new for one in report.feeds] == [1, 0]
    assert "/f.xml" in report.feeds[1].error


async def test_a_watched_folder_brings_what_is_new_in_it(world, tmp_path):
    folder = tmp_path / "watched"
    folder.mkdir()
    (folder / "a.bib").write_text("@article{a, title={A first paper with a title}, year=2024}")
    (folder / "note.txt").write_text("see arXiv:2611.00001")
    world.follow(f"dir:{folder}")
    assert (await world.sync()).total("new") == 1
    (folder / "b.bib").write_text("@article{b, title={A second paper with a title}, year=2024}")
    assert (await world.sync()).total("new") == 1
    assert (await world.sync()).total("new") == 0
    assert {one.name for one in folder.iterdir()} == {"a.bib", "b.bib", "note.txt"}
    folder.rename(tmp_path / "gone")
    report = await world.sync()
    assert report.feeds[0].code == "folder"


async def test_rules_are_followed_on_arrival_and_undone_apart(world):
    works = [work("2611.00001", "On lattices and their many friends"), work("2611.00002")]
    world.services.routes["/arxiv_rss/rss/cs.LG"] = answers(shape.rss(works))
    world.follow("cs.LG")
    await world.sync(Manner((Rule("lattices", "tag +follow; prio B"), Rule("nothing", "star"))))
    (paper,) = world.papers("tag:follow")
    assert paper.row.priority.name == "B"
    group = world.do(lambda store: store.log(1)[0])
    assert (group.actor, group.papers) == ("rule", 1)
    assert group.summary.startswith("rule lattices: tag +follow; prio B")
    world.do(lambda store: store.undo())
    assert not world.papers("tag:follow")
    assert len(world.papers()) == 2
    world.do(lambda store: store.undo())
    assert not world.papers()


async def test_an_empty_answer_on_a_working_day_is_odd(world, monkeypatch):
    world.services.routes["/arxiv_rss/rss/cs.LG"] = answers(shape.rss([]))
    world.follow("cs.LG")
    report = await world.sync()
    weekend = dt.datetime.now(dt.UTC).date().weekday() >= 5
    assert bool(report.feeds[0].warning) != weekend
    health = world.health("cs.LG")
    assert (bool(health.succeeded), bool(health.warning)) == (True, not weekend)


async def test_a_paper_that_was_held_back_comes_under_its_old_day(world):
    world.services.routes["/arxiv_api/api/query"] = lambda handler, _path, _query: send(
        handler, shape.atom(world.works)
    )
    world.works = [work("2611.00001", day="2026-11-19")]
    world.follow("arxiv:ti:subject")
    await world.sync()
    world.works = [*world.works, work("2611.00002", day="2026-11-17")]
    assert (await world.sync()).total("new") == 1


async def test_many_papers_of_a_query_come_in_several_syncs_if_they_must(world):
    def pages(handler, _path, query):
        start = int(query["start"])
        entries = world.works[start : start + int(query["max_results"])]
        entries = [] if world.gap and start == 100 else entries
        send(handler, shape.atom(entries, len(world.works)))

    world.services.routes["/arxiv_api/api/query"] = pages
    world.works, world.gap = [work("2609.00001", day="2026-09-01")], False
    world.follow("arxiv:ti:subject")
    await world.sync()
    world.works = [*(work(f"2611.{n:05d}", day="2026-11-20") for n in range(1_200, 0, -1)),
                   *world.works]  # fmt: skip
    world.gap = True
    report = await world.sync()
    assert (report.total("new"), report.feeds[0].code) == (100, "truncated")
    world.gap = False
    report = await world.sync()
    assert (report.total("new"), report.failed) == (1_000, [])
    assert "the next sync goes on" in report.feeds[0].warning
    assert (await world.sync()).total("new") == 100
    assert (await world.sync()).total("new") == 0


async def test_an_announcement_of_an_earlier_version_changes_nothing(world):
    new = work("2611.00001", "A better title of it", version=2)
    world.services.routes["/arxiv_rss/rss/cs.LG"] = answers(shape.rss([new]))
    old = work("2611.00001", "An old title of it", version=1)
    world.services.routes["/stale.xml"] = answers(shape.atom([old]))
    world.follow("cs.LG", f"{world.services.url}/stale.xml")
    await world.sync()
    await world.sync()
    assert world.titles() == ["A better title of it"]


@pytest.mark.parametrize(
    "body",
    [b'{"offset": 0, "data": []}', b'{"data": []}', b"[]"],
)
async def test_a_paper_that_nobody_cites_is_no_error(world, body):
    world.services.routes["/arxiv_rss/rss/cs.LG"] = answers(shape.rss([work("2611.00001")]))
    world.follow("cs.LG")
    await world.sync()
    world.services.routes["/semantic_scholar"] = answers(body, "application/json")
    world.follow(f"cites:{world.papers()[0].row.citekey}")
    assert (await world.sync()).failed == []


async def test_tokens_in_a_circle_are_left(world):
    def pages(handler, _path, query):
        following = {"": "a", "a": "b", "b": "a"}[query.get("resumptionToken", "")]
        send(handler, shape.oai([work("2611.00001")], following))

    world.services.routes["/arxiv_oai/oai"] = pages
    world.follow("oai:cs")
    report = await world.sync()
    assert (report.feeds[0].code, len(world.services.asked)) == ("repeat", 3)


async def test_the_rest_of_a_week_and_a_month_is_asked_for(world):
    world.services.routes["/huggingface"] = answers(b"[]", "application/json")
    world.follow("hf:weekly", "hf:monthly")
    today = dt.datetime.now(dt.UTC).date()
    before = (today - dt.timedelta(days=today.day + 3)).isoformat()
    for spec in ("hf:weekly", "hf:monthly"):
        world.do(lambda store, one=spec: store.begin_sync(Manner()).take(
            store.feed(one), [], {"day": before}))  # fmt: skip
    assert not (await world.sync()).failed
    last = dt.date.fromisoformat(before)
    asked = world.services.paths()
    assert f"week={last:%G}-W{last:%V}" in asked[0]
    assert any(f"week={today:%G}-W{today:%V}" in one for one in asked)
    assert any(f"month={before[:7]}" in one for one in asked)
    assert any(f"month={today:%Y-%m}" in one for one in asked)


async def test_a_rule_whose_view_is_gone_stops_nothing(world):
    world.services.routes["/arxiv_rss/rss/cs.LG"] = answers(shape.rss([work("2611.00001")]))
    world.follow("cs.LG")
    report = await world.sync(Manner((Rule("in:gone", "star"),)))
    assert (report.total("new"), report.failed) == (1, [])
    assert len(report.problems) == 1
    assert report.problems[0].startswith("rule in:gone: ")


async def test_a_mistake_in_one_feed_stops_no_other(world, monkeypatch):
    monkeypatch.setattr(huggingface, "read", lambda *_told: 1 / 0)
    world.services.routes["/arxiv_rss/rss/cs.LG"] = answers(shape.rss([work("2611.00001")]))
    world.services.routes["/huggingface"] = answers(b"[]", "application/json")
    world.follow("hf", "cs.LG")
    report = await world.sync()
    assert {one.feed: one.code for one in report.feeds} == {"hf": "internal", "cs.LG": ""}
    assert report.total("new") == 1


async def test_names_and_specs_are_not_mixed_up(world):
    world.follow("cs.LG", "hf")
    world.do(lambda store: store.apply(RenameFeed("cs.LG", "hf")))
    world.do(lambda store: store.apply(PauseFeed("hf", paused=True)))
    assert {feed.spec: feed.paused for feed in world.feeds()} == {"cs.LG": False, "hf": True}


async def test_numbers_beyond_all_papers_are_left_out(world):
    body = shape.daily([work("2611.00001", votes=2**70)])
    world.services.routes["/huggingface"] = answers(body, "application/json")
    world.follow("hf:weekly")
    report = await world.sync()
    assert (report.total("new"), report.failed) == (1, [])


@pytest.mark.parametrize("encoding", ["GB2312", "Shift_JIS", "EUC-KR", "windows-1251", "rot13"])
async def test_feeds_in_encodings_of_the_world(world, encoding):
    text = shape.atom(
        [work("2611.00001", "On \u0431\u0443\u043a\u0432\u044b and numbers")]
    ).decode()
    text = text.replace("encoding='UTF-8'", f"encoding='{encoding}'")
    codec = "utf-8" if encoding == "rot13" else encoding
    world.services.routes["/f"] = answers(text.encode(codec, "replace"))
    world.follow(f"{world.services.url}/f")
    report = await world.sync()
    if encoding == "rot13":
        assert report.feeds[0].code == "parse"
    else:
        assert (report.total("new"), report.failed) == (1, [])
        assert "and numbers" in world.titles()[0]


async def test_an_etag_that_cannot_be_sent_back_is_not(world):
    def odd(handler, _path, _query):
        send(handler, shape.rss([work("2611.00001")]), headers={"ETag": '"\xe9"'})

    world.services.routes["/arxiv_rss/rss/cs.LG"] = odd
    world.follow("cs.LG")
    await world.sync()
    assert (await world.sync()).failed == []


async def test_progress_names_the_feed_that_is_waited_for(world):
    released = threading.Event()

    def slow(handler, _path, _query):
        released.wait(20)
        send(handler, shape.atom([work("2611.00001")]))

    world.services.routes["/slow"] = slow
    world.services.routes["/huggingface"] = answers(b"[]", "application/json")
    world.follow(f"{world.services.url}/slow", "hf:weekly")
    heard = []

    def hear(progress):
        heard.append((progress.feed.spec, progress.awaited, progress.outcome is not None))
        if progress.outcome is not None:
            released.set()

    await world.sync(heard=hear)
    slowly = f"{world.services.url.partition('://')[2].partition(':')[0]}/slow"
    assert ("hf:weekly", slowly, True) in heard, "it is through, the other one is waited for"
