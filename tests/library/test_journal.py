import contextlib
import random

import pytest

from reader.errors import RefusedError, UsageError
from reader.library.store import Store
from reader.model.change import (
    CitekeyChange,
    MergeChange,
    MetadataChange,
    PriorityChange,
    RemoveSamples,
    StarChange,
    StatusChange,
    TagChange,
    TagColour,
    TagPin,
    TagRemoval,
    TagRename,
    TrashChange,
    ViewMove,
    ViewRemoval,
    ViewRename,
    ViewSave,
)
from reader.model.paper import Fields, PaperDraft, Priority, SourceRecord, Status
from reader.model.query import Query, parse_query
from tests.library.states import contents, problems

EDITS = (
    (("title", ""), ("published", ""), ("venue", ""), ("identifiers", "")),
    (("title", "A better title that is long enough"), ("published", "2020-02-03")),
    (("authors", "Noether, Emmy"), ("venue", "Crelle"), ("categories", "math.RA")),
    (("identifiers", "10.1234/mine"), ("abstract", "Mine.")),
)
TAGS = ("theory", "theory/learning", "rl", "to cite", "grokking")


def random_change(rng, store, number):
    ids = list(store.matching(Query()))
    some = tuple(rng.sample(ids, min(len(ids), rng.randint(1, 4))))
    kind = rng.randrange(17)
    if kind == 0 or not ids:
        title = f"An imported paper with number {number % 40} of a great many"
        fields = Fields(title=title, abstract=rng.choice(["One.", "Two.", ""]))
        record = SourceRecord("arxiv", str(number % 40), "now", "f", fields)
        store.import_drafts([PaperDraft((record,))], "x")
        return
    changes = (
        StarChange(some, starred=rng.random() < 0.5),
        StatusChange(some, rng.choice(list(Status))),
        PriorityChange(some, rng.choice(list(Priority))),
        TagChange(some, tuple(rng.sample(TAGS, 2)), tuple(rng.sample(TAGS, 1))),
        TagChange(some, remove=tuple(rng.sample(TAGS, 3))),
        CitekeyChange(some[0], f"key{number}"),
        RemoveSamples() if rng.random() < 0.1 else StarChange(some, starred=True),
        TrashChange(some, trashed=True),
        TrashChange(tuple(store.matching(parse_query("is:trash")))[:2], trashed=False),
        TagRename(rng.choice(TAGS), rng.choice([*TAGS, "new", "deep/new"])),
        TagRemoval(rng.choice(TAGS)),
        TagColour(rng.choice(TAGS), rng.choice(["red", ""])),
        TagPin(rng.choice(TAGS), rng.randrange(10)),
        ViewSave(rng.choice("xyz"), rng.choice(["is:later", "#theory"])),
        rng.choice(
            [
                ViewRemoval("x"),
                ViewMove("y", 1),
                ViewRename("z", "w"),
                ViewRename("y", "v", "is:read"),
            ]
        ),
        MetadataChange(some[0], rng.choice(EDITS)),
    )
    with contextlib.suppress(UsageError):
        store.apply(changes[kind - 1])


@pytest.mark.parametrize("seed", range(3))
def test_500_random_changes_undone_one_by_one_restore_every_table(shelf, library_path, seed):
    rng = random.Random(seed)
    states = [contents(library_path)]
    groups = 0
    for number in range(500):
        random_change(rng, shelf, number)
        if (done := len(shelf.log(9999))) > groups:
            groups = done
            if number % 50 == 0:
                states.append(contents(library_path))
    end = contents(library_path)
    assert problems(library_path) == []
    undone = 0
    while shelf.undo().group:
        undone += 1
    assert undone == groups - 1  # the shelf itself stays
    assert contents(library_path) == states[0]
    assert problems(library_path) == []
    while shelf.redo().group:
        pass
    assert contents(library_path) == end
    assert problems(library_path) == []


def test_undo_and_redo_work_across_restarts(shelf, library_path):
    paper = shelf.find("simon2026there")
    shelf.apply(StarChange((paper,), starred=True))
    starred = contents(library_path)
    shelf.close()
    again = Store(library_path)
    assert again.undo().group.summary.startswith("starred “There Will Be")
    assert not again.rows([paper])[0].starred
    again.close()
    third = Store(library_path)
    assert third.redo().papers == (paper,)
    third.close()
    assert contents(library_path) == starred


def test_the_sample_shelf_is_not_undone_by_undo(shelf):
    assert shelf.undo().group is None
    assert shelf.counts()["all"] == 20


def test_what_changes_nothing_leaves_no_trace(shelf):
    paper = shelf.find("simon2026there")
    assert shelf.apply(StarChange((paper,), starred=False)).group is None
    assert shelf.apply(TagChange((paper,), remove=("none",))).group is None
    assert shelf.apply(StatusChange((), Status.READ)).group is None
    assert len(shelf.log(9)) == 1


def test_a_new_change_ends_redo(shelf):
    paper = shelf.find("simon2026there")
    shelf.apply(StarChange((paper,), starred=True))
    shelf.undo()
    shelf.apply(StatusChange((paper,), Status.LATER))
    assert shelf.redo().group is None


def test_a_change_is_reverted_by_itself(shelf):
    one, two = shelf.find("simon2026there"), shelf.find("kamb2024analytic")
    star = shelf.apply(StarChange((one, two), starred=True)).group
    shelf.apply(StatusChange((one,), Status.READ))
    shelf.apply(TagChange((two,), add=("theory",)))
    reverted = shelf.revert(star.id)
    assert set(reverted.papers) == {one, two}
    rows = {row.id: row for row in shelf.rows([one, two])}
    assert not rows[one].starred
    assert rows[one].status is Status.READ
    assert rows[two].tags == ("theory",)
    shelf.undo()
    assert shelf.rows([one])[0].starred


def test_a_change_that_was_overtaken_is_not_reverted(shelf, library_path):
    paper = shelf.find("simon2026there")
    first = shelf.apply(StatusChange((paper,), Status.LATER)).group
    shelf.apply(StatusChange((paper,), Status.READ))
    before = contents(library_path)
    with pytest.raises(RefusedError, match="touched the same"):
        shelf.revert(first.id)
    assert contents(library_path) == before
    with pytest.raises(UsageError, match="no change 99"):
        shelf.revert(99)


def test_what_was_merged_away_later_is_not_reverted(shelf):
    one, two = shelf.find("simon2026there"), shelf.find("kamb2024analytic")
    star = shelf.apply(StarChange((one,), starred=True)).group
    tag = shelf.apply(TagChange((one,), add=("theory",))).group
    merged = shelf.apply(MergeChange(two, (one,))).group
    for group in (star, tag):
        with pytest.raises(RefusedError, match=f"change {merged.id} touched the same"):
            shelf.revert(group.id)
    shelf.undo()
    assert shelf.revert(star.id).papers == (one,)


def test_an_import_is_not_reverted_from_under_later_work(store):
    record = SourceRecord("arxiv", "1", "now", "f", Fields(title="A title"))
    group, _ = store.import_drafts([PaperDraft((record,))], "x")
    paper = store.matching(Query())[0]
    store.apply(TagChange((paper,), add=("mine",)))
    with pytest.raises(RefusedError):
        store.revert(group.id)
    store.undo()
    assert store.revert(group.id).papers == (paper,)
    assert store.counts()["all"] == 0


def test_what_came_later_is_read_once_for_a_large_revert(store):
    records = (
        SourceRecord("arxiv", str(n), "now", "f", Fields(title=f"A title {n}")) for n in range(60)
    )
    group, _ = store.import_drafts([PaperDraft((one,)) for one in records], "x")
    other = SourceRecord("arxiv", "other", "now", "f", Fields(title="Another"))
    store.import_drafts([PaperDraft((other,))], "y")
    asked = []
    store._connection.set_trace_callback(asked.append)
    assert len(store.revert(group.id).papers) == 60
    store._connection.set_trace_callback(None)
    assert sum("change_rows" in one and "change > " in one for one in asked) == 1
    assert store.counts()["all"] == 1


def test_removing_the_samples_and_bringing_them_back(shelf, library_path):
    paper = shelf.find("simon2026there")
    shelf.apply(TagChange((paper,), add=("theory",)))
    before = contents(library_path)
    outcome = shelf.apply(RemoveSamples())
    assert (len(outcome.papers), shelf.counts()["all"], shelf.tags()) == (20, 0, [])
    assert problems(library_path) == []
    shelf.undo()
    assert contents(library_path) == before


def test_old_groups_are_let_go(shelf, monkeypatch):
    monkeypatch.setattr("reader.library.journal.KEPT_GROUPS", 10)
    paper = shelf.find("simon2026there")
    for number in range(30):
        shelf.apply(StarChange((paper,), starred=number % 2 == 0))
    assert len(shelf.log(99)) == 10


def test_many_papers_are_tagged_and_untagged_as_one_step(store, library_path):
    records = [
        PaperDraft((SourceRecord("arxiv", str(n), "now", "f", Fields(title=f"Paper {n}")),))
        for n in range(2_000)
    ]
    store.import_drafts(records, "many")
    ids = tuple(store.matching(Query()))
    outcome = store.apply(TagChange(ids, add=("bulk",)))
    assert (len(outcome.papers), store.tags()[0].papers) == (2_000, 2_000)
    store.undo()
    assert store.tags() == []
    assert problems(library_path) == []


def test_a_tag_that_others_use_by_now_survives_a_revert(shelf, library_path):
    one, two = shelf.find("simon2026there"), shelf.find("kamb2024analytic")
    first = shelf.apply(TagChange((one,), add=("x",))).group
    shelf.apply(TagChange((two,), add=("x",)))
    shelf.revert(first.id)
    assert [row.tags for row in shelf.rows([one, two])] == [(), ("x",)]
    assert problems(library_path) == []


def test_what_came_back_meanwhile_is_not_brought_back_twice(store, library_path):
    record = PaperDraft((SourceRecord("arxiv", "1", "now", "f", Fields(title="A title")),))
    store.import_drafts([record], "x")
    store.revert(1)
    store.import_drafts([record], "x")
    before = contents(library_path)
    with pytest.raises(RefusedError, match="in use by now"):
        store.revert(2)
    assert contents(library_path) == before


def test_an_import_that_is_going_on_is_not_undone(store, library_path, monkeypatch):
    monkeypatch.setattr("reader.library.taking.BATCH", 2)
    other = Store(library_path)

    def drafts():
        for number in range(5):
            record = SourceRecord("arxiv", str(number), "now", "f", Fields(title=f"T {number}"))
            yield PaperDraft((record,))

    with store._importing.shared():
        records = list(drafts())
        broken = iter([*records[:3], None])
        with pytest.raises(AttributeError):
            store.import_drafts(broken, "x")
        with pytest.raises(RefusedError, match="still going on"):
            other.undo()
    assert other.undo().group.summary == "import, unfinished"
    assert other.counts()["all"] == 0
    other.close()


def test_a_reverted_change_is_not_in_the_way(store):
    record = SourceRecord("arxiv", "1", "now", "f", Fields(title="A title"))
    group, _ = store.import_drafts([PaperDraft((record,))], "x")
    paper = store.matching(Query())[0]
    star = store.apply(StarChange((paper,), starred=True)).group
    store.revert(star.id)
    store.revert(group.id)
    assert store.counts()["all"] == 0
