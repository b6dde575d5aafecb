import datetime as dt
import gzip
import json

import pytest

from reader.errors import ImportFileError
from reader.model.paper import Rejected
from reader.sources import formats
from reader.sources.context import Context
from reader.sources.document import open_document

CONTEXT = Context("f", dt.date(2026, 5, 7), "2026-05-07T00:00:00Z")

RECORD = {
    "id": "0704.0001",
    "authors": "C. Bal\\'azs, E. L. Berger and The D0 Collaboration",
    "authors_parsed": [
        ["Bal\\'azs", "C.", ""],
        ["Berger", "E. L.", "Jr"],
        ["D0 Collaboration", "", ""],
    ],
    "title": "Calculation of prompt diphoton\n  production",
    "comments": "37 pages",
    "journal-ref": "Phys.Rev.D76:013009,2007",
    "doi": "10.1103/PhysRevD.76.013009",
    "categories": "hep-ph hep-ex",
    "license": None,
    "abstract": "  A fully $x^2$\ncalculation.\n",
    "versions": [
        {"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"},
        {"version": "v2", "created": "Tue, 24 Jul 2007 20:10:27 GMT"},
    ],
    "update_date": "2008-11-26",
}


def read(tmp_path, *lines, name=None, pack=False):
    path = tmp_path / "papers.jsonl"
    content = "\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines).encode()
    path.write_bytes(gzip.compress(content) if pack else content)
    document = open_document(path, "f")
    items = list(formats.read(document, CONTEXT, name or formats.recognise(document)))
    drafts = [one for one in items if not isinstance(one, Rejected)]
    return drafts, [one for one in items if isinstance(one, Rejected)]


@pytest.mark.parametrize("pack", [False, True])
def test_the_snapshot(tmp_path, pack):
    (draft,), rejected = read(tmp_path, RECORD, pack=pack)
    fields = draft.records[0].fields
    assert rejected == []
    assert draft.bulk
    assert fields.title == "Calculation of prompt diphoton production"
    assert fields.abstract == "A fully $x^2$ calculation."
    assert [one.name for one in fields.authors] == [
        "C. Balázs",
        "E. L. Berger Jr",
        "D0 Collaboration",
    ]
    assert fields.published.text == "2007-04-02"
    assert fields.categories == ("hep-ph", "hep-ex")
    assert [(one.scheme, one.value, one.version) for one in fields.identifiers] == [
        ("arxiv", "0704.0001", 2),
        ("doi", "10.1103/physrevd.76.013009", 0),
    ]
    assert (fields.venue, fields.remark) == ("Phys.Rev.D76:013009,2007", "37 pages")


def test_authors_as_one_string_and_dates_from_the_id(tmp_path):
    record = {**RECORD, "authors_parsed": None, "versions": None}
    (draft,), _ = read(tmp_path, record)
    fields = draft.records[0].fields
    assert [one.name for one in fields.authors][:2] == ["C. Balázs", "E. L. Berger"]
    assert (fields.published.text, fields.published.precision.value) == ("2007-04", "month")


def test_bad_lines_are_rejected_by_themselves(tmp_path):
    deep = "[" * 100_000
    big = json.dumps(RECORD).replace('"0704.0001"', "1" * 5000)
    lines = [RECORD, "{broken", {"id": "0704.0002"}, {**RECORD, "title": 7}, "", deep, big, "[]",
             {**RECORD, "id": "0704.0003", "title": "\ud800 lone"}]  # fmt: skip
    drafts, rejected = read(tmp_path, *lines)
    assert len(drafts) >= 1
    told = {(one.line, one.record, one.field) for one in rejected}
    assert {(3, 3, "title"), (4, 4, "title")} <= told
    assert {one.line for one in rejected} >= {2, 3, 4, 6, 7, 8}
    assert all(one.reason for one in rejected)


@pytest.mark.parametrize("size", [4_999, 5_000, 5_001, 12_345])
def test_a_line_longer_than_any_record_costs_its_neighbours_nothing(tmp_path, monkeypatch, size):
    monkeypatch.setattr("reader.sources.document.LONGEST_LINE", 5_000)
    long = "x" * size
    drafts, rejected = read(tmp_path, RECORD, long, {**RECORD, "id": "0704.0003"}, "{broken", long)
    assert [one.records[0].key for one in drafts] == ["0704.0001", "0704.0003"]
    assert [one.line for one in rejected] == [2, 4, 5]


def test_an_export_without_provenance(tmp_path):
    record = {"schema": 1, "citekey": "mine2020paper", "title": "A $x^2$ paper", "starred": True,
              "authors": [{"family": "Kim", "given": "A."}, {"name": "A Team"}], "author_count": 2,
              "published": "2020-05", "date_precision": "month", "status": "reading",
              "identifiers": {"arxiv": "2301.00001", "doi": ["10.1234/a", "10.1234/b"]},
              "tags": ["Theory"], "priority": "A"}  # fmt: skip
    (draft,), rejected = read(tmp_path, record)
    assert rejected == []
    assert draft.user.citekey == "mine2020paper"
    assert (draft.user.tags, draft.user.priority.name) == (("theory",), "A")
    assert len(draft.records[0].fields.identifiers) == 3


@pytest.mark.parametrize(
    "change",
    [
        {"schema": 2},
        {"title": ""},
        {"status": "gone"},
        {"tags": [""]},
        {"citekey": "a b"},
        {"tags": 1},
    ],
)
def test_what_is_no_export_of_ours(tmp_path, change):
    record = {"schema": 1, "citekey": "k", "title": "T"} | change
    drafts, rejected = read(tmp_path, record, name="jsonl")
    assert drafts == []
    assert next(iter(change)) in rejected[0].field


@pytest.mark.parametrize("text", ["", "hello", "<xml/>", "{}", "null", "new\n"])
def test_what_is_not_recognised(tmp_path, text):
    path = tmp_path / "x"
    path.write_text(text)
    with pytest.raises(ImportFileError, match=r"not recognised|an empty file"):
        formats.recognise(open_document(path, "x"))


def test_cut_and_wrong_files(tmp_path):
    path = tmp_path / "x.gz"
    path.write_bytes(gzip.compress(json.dumps(RECORD).encode() * 1000)[:-20])
    with pytest.raises(ImportFileError, match="cut off or damaged"):
        list(open_document(path, "x").lines())
    with pytest.raises(ImportFileError, match="No such file"):
        open_document(tmp_path / "none", "none")
    with pytest.raises(ImportFileError, match="folder cannot be read"):
        open_document(tmp_path, "folder")


@pytest.mark.corpus
def test_the_real_snapshot(data, tmp_path):
    path = data / "samples/kaggle/arxiv-metadata-oai-snapshot.first20.jsonl"
    document = open_document(path, "f")
    assert formats.recognise(document) == "snapshot"
    items = list(formats.read(document, CONTEXT, "snapshot"))
    assert len(items) == len(path.read_text("utf-8").splitlines())
    assert not any(isinstance(one, Rejected) for one in items)


def test_identifiers_of_provenance_are_canonical_and_tags_counted_once(tmp_path):
    said = {"source": "s", "key": "k", "seen_at": "t", "origin": "o",
            "fields": {"title": "T", "identifiers": [["arxiv", "2401.00001v2", 0],
                                                     ["doi", "10.1000/ABC", 0]]}}  # fmt: skip
    record = {"schema": 1, "title": "T", "tags": ["a", "A", "a"], "provenance": [said]}
    (draft,), _ = read(tmp_path, record)
    told = [(one.scheme, one.value, one.version) for one in draft.records[0].fields.identifiers]
    assert told == [("arxiv", "2401.00001", 2), ("doi", "10.1000/abc", 0)]
    assert draft.user.tags == ("a",)


def test_precision_is_what_the_text_says(tmp_path):
    record = {"schema": 1, "title": "T", "published": "2026", "date_precision": "year_inferred"}
    (draft,), _ = read(tmp_path, record)
    assert draft.records[0].fields.published.precision.value == "year"


@pytest.mark.parametrize("citekey", ["\x1b]0;pwn\x07", "-rf", "\x9b2J", "a b"])
def test_citekeys_that_could_act_are_rejected(tmp_path, citekey):
    drafts, rejected = read(tmp_path, {"schema": 1, "title": "T", "citekey": citekey})
    assert (drafts, rejected[0].field) == ([], "citekey")


def test_a_title_without_readable_text_is_rejected(tmp_path):
    drafts, rejected = read(tmp_path, {**RECORD, "title": "\u200b", "id": "none", "doi": None})
    assert (drafts, rejected[0].field) == ([], "title")
    (draft,), _ = read(tmp_path, {**RECORD, "title": "\u200b"})
    assert draft.records[0].fields.title == ""  # it is called by its id


def test_a_first_line_longer_than_the_beginning_is_recognised(tmp_path):
    names = [["Family" + str(n), "G.", ""] for n in range(6000)]
    (draft,), _ = read(tmp_path, {**RECORD, "authors_parsed": names})
    assert len(draft.records[0].fields.authors) == 6000


@pytest.mark.parametrize(
    "content", [b"\n" * 3_000_000, b"{" + b" " * 11_000_000, ("x" * 11_000_000).encode("utf-16")]
)
def test_what_unpacks_to_nothing_is_refused_early(tmp_path, content):
    path = tmp_path / "x.gz"
    path.write_bytes(gzip.compress(content))
    with pytest.raises(ImportFileError, match="line"):
        list(open_document(path, "x").lines())
