"""Which paper of the library a draft is.

By the rules of CONTRIBUTING.md: a shared identifier means the same paper, unless the two
contradict each other all the same; else the same citekey with the same title; else an equal title
with an agreeing year and the same first author or abstract.
"""

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import replace

from reader.library.papers import identifiers_of, papers_with, records_of, texts_of, title_hash
from reader.model.dates import PartialDate, Precision
from reader.model.details import details_of
from reader.model.identifiers import Identifier
from reader.model.identity import Match, can_be_one, contradict, letters_key, match, years_agree
from reader.model.latex import convert
from reader.model.merge import USER, Shown, shown, told_identifiers
from reader.model.paper import Fields, PaperDraft, SourceRecord

_APART_RECORDS = """
SELECT s.paper, s.source, s.key FROM sources s JOIN possible_duplicates d
  ON (d.paper = :paper AND d.other = s.paper) OR (d.other = :paper AND d.paper = s.paper)
WHERE d.reason = 'apart'
"""
_ALIKE = 12
"""Papers of one title that a draft is compared with: more are a series, not one paper."""


def find(
    connection: sqlite3.Connection, draft: PaperDraft, others: Collection[int] = ()
) -> tuple[int | None, list[int]]:
    """The paper that a draft is, and those that it may be.

    `others` are papers that it is not, however alike they are.
    """
    found, unsure = _find(connection, draft)
    if found not in others:
        return found, unsure
    candidates = [one for one in unsure if one not in others]
    again = _find_by_record(connection, draft.records[0])
    return (None if again in others else again), candidates


def _find(connection: sqlite3.Connection, draft: PaperDraft) -> tuple[int | None, list[int]]:
    identifiers = told_identifiers(draft.records)
    by_identifier = papers_with(connection, identifiers)
    if not by_identifier:
        return _find_by_title(connection, draft)
    fitting = [paper for paper in by_identifier if _fits(connection, draft, identifiers, paper)]
    doubtful = [paper for paper in by_identifier if paper not in fitting]
    if fitting:
        return _said_apart(connection, draft, fitting[0]), [*fitting[1:], *doubtful]
    found, unsure = _find_by_title(connection, draft)
    return found, [*unsure, *(paper for paper in doubtful if paper != found)]


def _fits(
    connection: sqlite3.Connection, draft: PaperDraft, told: tuple[Identifier, ...], paper: int
) -> bool:
    """Whether a paper that shares an identifier can be the one: people mistype identifiers."""
    if draft.bulk:
        return True
    known = identifiers_of(connection, paper)
    best = shown(records_of(connection, paper))
    fields = replace(draft.records[0].fields, identifiers=told)
    return not contradict(fields, _as_fields(best, known))


def _said_apart(connection: sqlite3.Connection, draft: PaperDraft, paper: int) -> int:
    """The paper, or the one that the user split off from it with this very record."""
    if draft.bulk:
        return paper
    keys = {(one.source, one.key) for one in draft.records if one.source != USER}
    for other, *record in connection.execute(_APART_RECORDS, {"paper": paper}):
        if tuple(record) in keys:
            return int(other)
    return paper


def _find_by_title(
    connection: sqlite3.Connection, draft: PaperDraft
) -> tuple[int | None, list[int]]:
    first = draft.records[0]
    if (paper := _find_by_citekey(connection, draft)) is not None:
        return paper, []
    key = title_hash(convert(first.fields.title).text)
    if key is None:
        return _find_by_record(connection, first), []
    rows = connection.execute(
        "SELECT id, published FROM papers WHERE title_key = ? LIMIT ?", (key, _ALIKE)
    )
    verdicts: dict[Match, list[int]] = {one: [] for one in Match}
    for paper, published in rows.fetchall():
        verdicts[_compare(connection, draft, paper, published)].append(paper)
    same = verdicts[Match.SAME]
    return (same[0], same[1:]) if same else (None, verdicts[Match.UNSURE])


def _find_by_citekey(connection: sqlite3.Connection, draft: PaperDraft) -> int | None:
    """The paper that has the draft's citekey, when it has its title or this very record too."""
    if draft.user is None or not draft.user.citekey:
        return None
    row = connection.execute(
        "SELECT id, title FROM papers WHERE citekey = ?", (draft.user.citekey,)
    ).fetchone()
    if row is None:
        return None
    records = records_of(connection, row[0])
    ours = _as_fields(shown(records), identifiers_of(connection, row[0]))
    told = replace(draft.records[0].fields, identifiers=told_identifiers(draft.records))
    same_title = letters_key(row[1]) == letters_key(shown(draft.records).title)
    if contradict(told, ours) or not (same_title or _corrects(draft.records[0], records, ours)):
        return None
    return int(row[0])


def _corrects(record: SourceRecord, known: Sequence[SourceRecord], ours: Fields) -> bool:
    """Whether a record is an entry that was imported from this very file, its title mended."""
    told = (record.source, record.key, record.origin)
    authors = record.fields.authors and ours.authors
    return bool(authors) and any((one.source, one.key, one.origin) == told for one in known)


def _compare(
    connection: sqlite3.Connection, draft: PaperDraft, paper: int, published: str
) -> Match:
    """What is known of a draft and a paper, given the day that is shown of it.

    Most papers that only share a title are told apart before all that is known of them is read. The
    key of an archive's record is an identifier too, by which its paper would have been found.
    """
    record = draft.records[0]
    if not draft.bulk and _told_by(connection, paper, record):
        return Match.SAME
    if not years_agree(record.fields.published, PartialDate(published, Precision.DAY)):
        return Match.DIFFERENT
    if not can_be_one(record.fields, texts_of(connection, paper)):
        return Match.DIFFERENT
    known = records_of(connection, paper)
    best = shown(known)
    ours = _as_fields(best, told_identifiers(known))
    told = details_of(known)
    return match(record.fields, replace(ours, kind=told.kind, details=dict(told.values)))


def _told_by(connection: sqlite3.Connection, paper: int, record: SourceRecord) -> bool:
    """Whether an earlier state of this very record, no word of the user's, told of a paper."""
    if record.source == USER:
        return False
    found = connection.execute(
        "SELECT 1 FROM sources WHERE paper = ? AND source = ? AND key = ?",
        (paper, record.source, record.key),
    )
    return found.fetchone() is not None


def _find_by_record(connection: sqlite3.Connection, record: SourceRecord) -> int | None:
    """A paper with a short title can only be known by the very same record."""
    if record.source == USER:
        return None
    row = connection.execute(
        "SELECT paper FROM papers JOIN sources ON paper = id "
        "WHERE title_key IS NULL AND title = ? AND source = ? AND key = ?",
        (shown([record]).title, record.source, record.key),
    ).fetchone()
    return None if row is None else int(row[0])


def _as_fields(best: Shown, identifiers: tuple[Identifier, ...]) -> Fields:
    return Fields(
        title=best.title_source or best.title,
        abstract=best.abstract_source or best.abstract,
        authors=best.authors,
        published=best.published,
        identifiers=identifiers,
    )
