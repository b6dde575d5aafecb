"""Papers as JSON lines of schema 1: the object of `list`, and the complete one of `export`."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from reader.model.change import ChangeGroup
from reader.model.dates import PartialDate
from reader.model.details import details_of
from reader.model.feed import Feed
from reader.model.identifiers import Identifier
from reader.model.paper import Paper, SourceRecord, Tag, Version
from reader.model.query.views import View
from reader.model.record_json import author_object, fields_object

SCHEMA = 1
SOMETIMES: dict[str, Any] = {
    "title_source": None, "abstract_source": None, "kind": None, "details": {}, "notes": [],
    "files": [],
}  # fmt: skip
"""The keys that a paper's object has only where there is something to tell, and nothing to tell."""


def format_paper(paper: Paper, *, complete: bool = False) -> str:
    """One paper as one line of JSON, without a line end."""
    value = paper_object(paper) | (_rest(paper) if complete else {})
    return _line(value)


def format_labels(tags: Iterable[Tag], views: Iterable[View]) -> Iterator[str]:
    """The tags that have a colour or a pin, and the views, as lines of a whole library's export."""
    for tag in tags:
        if tag.colour or tag.pinned:
            yield _line({"schema": SCHEMA, "record": "tag", "tag": tag.name,
                         "colour": tag.colour, "pinned": tag.pinned})  # fmt: skip
    for view in views:
        yield _line({"schema": SCHEMA, "record": "view", "view": view.name, "query": view.text})


def format_feeds(feeds: Iterable[Feed]) -> Iterator[str]:
    """What is followed, as lines of a whole library's export."""
    for feed in feeds:
        yield _line({"schema": SCHEMA, "record": "feed", "feed": feed.spec, "name": feed.name,
                     "paused": feed.paused})  # fmt: skip


def format_pairs(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The papers that are kept apart, by their citekeys, as lines behind the papers."""
    for pair in pairs:
        yield _line({"schema": SCHEMA, "record": "apart", "papers": list(pair)})


def format_history(groups: Iterable[ChangeGroup]) -> Iterator[str]:
    """What was done in the library, the oldest first."""
    for group in groups:
        yield _line({"schema": SCHEMA, "record": "change", "at": group.at, "actor": group.actor,
                     "verb": group.verb, "summary": group.summary, "papers": group.papers,
                     "state": group.state.name.lower()})  # fmt: skip


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def paper_object(paper: Paper) -> dict[str, Any]:
    """The paper as `docs/formats.md` describes it; `*_source` only where it differs."""
    row = paper.row
    sources = {
        "title_source": paper.title_source,
        "abstract_source": paper.abstract_source,
    }
    return {
        "schema": SCHEMA,
        "citekey": row.citekey,
        "title": row.title,
        "abstract": paper.abstract,
        **{name: text for name, text in sources.items() if text},
        "authors": [author_object(author) for author in paper.authors],
        "author_count": paper.author_count,
        **_date("published", row.published),
        "categories": list(paper.categories),
        "identifiers": _identifiers(paper.identifiers),
        "venue": paper.venue,
        **_details(paper),
        "urls": list(paper.urls),
        "tags": list(row.tags),
        "starred": row.starred,
        "status": row.status.word,
        "sources": list(dict.fromkeys(record.source for record in paper.sources)),
        "counters": dict(paper.counters),
        "added": paper.added,
    }


def _details(paper: Paper) -> dict[str, Any]:
    """Kind, details, notes and files, where there are any."""
    told = details_of(paper.sources)
    values = {
        "kind": told.kind,
        "details": dict(told.values),
        "notes": list(told.notes),
        "files": list(told.files),
    }
    return {name: value for name, value in values.items() if value}


def _date(name: str, date: PartialDate) -> dict[str, Any]:
    return {name: date.text or None, "date_precision": date.precision.value}


def _identifiers(identifiers: tuple[Identifier, ...]) -> dict[str, str | list[str]]:
    """Values by scheme: one as it is, several as a list."""
    schemes: dict[str, list[str]] = {}
    for one in identifiers:
        schemes.setdefault(one.scheme, []).append(one.value)
    return {scheme: values[0] if len(values) == 1 else values for scheme, values in schemes.items()}


def _rest(paper: Paper) -> dict[str, Any]:
    """What the complete export adds: everything that is needed to make the paper anew."""
    return {
        "record": "paper",
        "seen": paper.row.seen,
        "priority": paper.row.priority.name if paper.row.priority else "none",
        "decided": paper.decided,
        "trashed": paper.trashed,
        "revised": paper.row.revised,
        "remark": paper.remark,
        "license": paper.license,
        "provenance": [_record(record) for record in paper.sources],
        "versions": [_version(one) for one in paper.versions],
    }


def _version(one: Version) -> dict[str, Any]:
    return {"version": one.number, "seen_at": one.seen_at, "fields": fields_object(one.fields)}


def _record(record: SourceRecord) -> dict[str, Any]:
    return {
        "source": record.source,
        "key": record.key,
        "seen_at": record.seen_at,
        "origin": record.origin,
        "fields": fields_object(record.fields),
    }
