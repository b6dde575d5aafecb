"""How two states of a paper differ, field by field, in words."""

from collections.abc import Callable

from reader.frozen import frozen
from reader.model.details import details_of
from reader.model.paper import Paper

_LONGEST = 200


@frozen
class FieldChange:
    """One field's value before and after, as text; empty for none."""

    name: str
    before: str
    after: str


def differences(before: Paper, after: Paper) -> tuple[FieldChange, ...]:
    """The fields that differ, in the order in which a paper is read; long values cut."""
    pairs = ((name, told(before), told(after)) for name, told in FIELDS.items())
    found = [FieldChange(name, _cut(old), _cut(new)) for name, old, new in pairs if old != new]
    ours, theirs = details_of(before.sources).values, details_of(after.sources).values
    found += [
        FieldChange(name, _cut(ours.get(name, "")), _cut(theirs.get(name, "")))
        for name in dict.fromkeys([*ours, *theirs])
        if ours.get(name) != theirs.get(name)
    ]
    return tuple(found)


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


FIELDS: dict[str, Callable[[Paper], str]] = {
    "title": lambda paper: paper.row.title,
    "authors": lambda paper: "; ".join(author.name for author in paper.authors),
    "author count": lambda paper: str(paper.author_count or ""),
    "published": lambda paper: paper.row.published.text,
    "venue": lambda paper: paper.venue,
    "kind": lambda paper: details_of(paper.sources).kind,
    "categories": lambda paper: " ".join(paper.categories),
    "identifiers": lambda paper: " ".join(
        f"{one.scheme}:{one.value}" + (f"v{one.version}" if one.version else "")
        for one in paper.identifiers
    ),
    "links": lambda paper: " ".join(paper.links),
    "abstract": lambda paper: paper.abstract,
    "remark": lambda paper: paper.remark,
    "license": lambda paper: paper.license,
    "counters": lambda paper: ", ".join(
        f"{name} {count:,}" for name, count in paper.counters.items()
    ),
    "tags": lambda paper: ", ".join(paper.row.tags),
    "status": lambda paper: paper.row.status.word,
    "star": lambda paper: "starred" if paper.row.starred else "",
    "priority": lambda paper: paper.row.priority.name if paper.row.priority else "",
    "notes": lambda paper: " / ".join(details_of(paper.sources).notes),
    "files": lambda paper: " ".join(details_of(paper.sources).files),
    "sources": lambda paper: ", ".join(dict.fromkeys(one.source for one in paper.sources)),
}
"""What can differ, each as text."""
