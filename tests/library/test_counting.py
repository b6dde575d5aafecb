"""Counts are what the queries find, whichever way they are counted."""

import datetime as dt
import random

import pytest

from reader.library import counting
from reader.library.conditions import utc
from reader.model.change import TrashChange
from reader.model.query import parse_query


@pytest.fixture
def arrivals(shelf, monkeypatch):
    """Twenty papers of any status, which came within twenty days; few are less than four."""
    monkeypatch.setattr(counting, "_FEW", 4)
    chance = random.Random(5)
    now = dt.datetime.now(dt.UTC)
    with shelf.write():
        for days, paper in enumerate(shelf.matching(parse_query(""))):
            came = "" if days == 7 else utc(now - dt.timedelta(days=days, hours=5))
            shelf._connection.execute("UPDATE papers SET added = ?, status = ? WHERE id = ?",
                                      (came, chance.choice([0, 0, 0, 1, 3]), paper))  # fmt: skip
    shelf.apply(TrashChange(tuple(shelf.matching(parse_query("is:unread"))[2:4]), trashed=True))
    return shelf


@pytest.mark.parametrize("status", ["unread", "later", "read", "skipped", "starred"])
@pytest.mark.parametrize("span", ["", "added:1d", "added:3d", "added:6d", "added:12d", "added:30d",
                                  "added:..3d", "added:20d..4d", "-added:6d"])  # fmt: skip
def test_what_arrived_is_counted_from_either_side(arrivals, status, span):
    for text in (f"is:{status} {span}", f"{span} is:{status}", f"is:{status} {span} limit:3"):
        query = parse_query(text)
        assert arrivals.count(query) == len(arrivals.matching(query)), text


def test_each_side_is_counted_where_it_is_the_smaller_one(arrivals, monkeypatch):
    asked = []
    counted = counting._up_to_few
    monkeypatch.setattr(counting, "_up_to_few",
                        lambda *one: asked.append(one[1]) or counted(*one))  # fmt: skip
    ways = {}
    for days in (1, 10, 30):
        asked.clear()
        arrivals.count(parse_query(f"is:unread added:{days}d"))
        ways[days] = list(asked)
    assert ways == {1: ["added >= ?"], 10: ["added >= ?", "added < ?"],
                    30: ["added >= ?", "added < ?"]}  # fmt: skip
