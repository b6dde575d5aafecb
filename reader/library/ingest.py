"""Taking drafts into the library: is it new, is it a paper that is there, what is now shown.

Which paper a draft is, `identity` decides; what is less sure is kept apart and listed in
`possible_duplicates`.
"""

import hashlib
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from reader.library import versions
from reader.library.citekeys import Citekeys, stem, with_former_keys
from reader.library.editing import shown_columns
from reader.library.identity import find
from reader.library.journal import Recorder
from reader.library.papers import (
    BULK,
    called,
    paper_columns,
    records_of,
    source_columns,
    text_columns,
)
from reader.library.places import free_place
from reader.library.previewing import Preview
from reader.library.rows import ENTITIES
from reader.library.tags import tag_id
from reader.model.merge import (
    USER,
    Shown,
    merged,
    shown,
    told_identifiers,
)
from reader.model.paper import PaperDraft, SourceRecord, Status, UserState, Version

_PROGRESS = {
    Status.UNREAD: 0, Status.SKIPPED: 1, Status.LATER: 2, Status.READING: 3, Status.READ: 4,
}  # fmt: skip


class Verdict(Enum):
    """What became of a draft."""

    NEW = "new"
    MERGED = "merged"
    UNCHANGED = "unchanged"


@dataclass(slots=True)
class Taken:
    """What became of the drafts of one import so far.

    Attributes:
        unsure: Pairs of citekeys that may be one paper, kept apart.
        renamed: Citekeys that other papers had, each with the one that was given instead.
        left_out: Views that could not be taken over, in words.
    """

    new: int = 0
    merged: int = 0
    unchanged: int = 0
    unsure: list[tuple[str, str]] = field(default_factory=list)
    renamed: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def count(self, verdict: Verdict) -> None:
        """Count one draft."""
        setattr(self, verdict.value, getattr(self, verdict.value) + 1)

    def counts(self) -> dict[str, int]:
        """How many drafts had each outcome."""
        return {verdict.value: getattr(self, verdict.value) for verdict in Verdict}

    def go_on(self, counts: dict[str, int]) -> None:
        """Count on from what an earlier part of the import came to."""
        for verdict in Verdict:
            setattr(self, verdict.value, counts[verdict.value])


class Ingest:
    """One import in the making, inside a write transaction.

    Attributes:
        citekeys: Gives its papers their citekeys.
        revised: The papers of which it brought a new version.
        latest: The paper that the last draft became, or is a part of.
    """

    def __init__(
        self, connection: sqlite3.Connection, recorder: Recorder, preview: Preview | None = None
    ) -> None:
        """Begin an import; of one that is only looked at, `preview` is told what it does."""
        self._connection = connection
        self._recorder = recorder
        self._preview = preview
        self.citekeys = Citekeys(connection, self._rename)
        self._fresh: dict[int, bool] = {}
        self._told: set[tuple[str, str]] = set()
        self._wholes: set[int] = set()
        self.taken = Taken()
        self.revised: set[int] = set()
        self.latest = 0

    @property
    def begun(self) -> tuple[int, int]:
        """The change group of the import, 0 while nothing was changed, and its last entry."""
        return self._recorder.begun

    def begin_batch(self) -> None:
        """Begin another batch of a long import: papers of earlier ones are like any others now.

        What it holds does not grow with the import, then.
        """
        self._fresh.clear()
        self.citekeys.forget()

    def take(self, draft: PaperDraft) -> Verdict:
        """Take one draft in; what became of it."""
        found, unsure = find(self._connection, draft, self._wholes if draft.whole else ())
        before = self._preview.before(self._connection, found) if self._preview else None
        draft = with_former_keys(draft)
        if found is None:
            paper = self.insert(draft)
            verdict = Verdict.NEW
            self._keep_apart(paper, unsure)
        else:
            paper = found
            draft = self._with_former_key(found, draft)
            changed = self._merge(found, draft, self._untold(draft))
            changed |= self._take_user(found, draft)
            changed |= self._merge_versions(found, draft.versions)
            changed |= self._keep_apart(found, unsure)
            verdict = Verdict.MERGED if changed else Verdict.UNCHANGED
        self.latest = paper
        if draft.whole:
            self._wholes.add(paper)
        if not draft.bulk:
            self._told.update((one.source, one.key) for one in draft.records if one.source != USER)
        if self._preview and verdict is not Verdict.UNCHANGED:
            self._preview.note(self._connection, before, paper)
        self.taken.count(verdict)
        return verdict

    def end(self) -> Taken:
        """What became of all drafts."""
        self.taken.renamed = self.citekeys.renamed()
        return self.taken

    def knows(self, draft: PaperDraft) -> bool:
        """Whether a draft is a paper that is here."""
        return find(self._connection, draft)[0] is not None

    def take_into(self, paper: int, draft: PaperDraft) -> bool:
        """Take a draft in as a part of a certain paper; whether anything changed."""
        return self._merge(paper, draft, draft.records)

    def _untold(self, draft: PaperDraft) -> tuple[SourceRecord, ...]:
        """The records that this import has not told yet.

        Of records with one key in one import the first counts; else repeating it would swap them.
        """
        if draft.bulk or draft.partial:  # announcements of one paper add up
            return draft.records
        return tuple(one for one in draft.records if (one.source, one.key) not in self._told)

    def _keep_apart(self, paper: int, others: list[int]) -> bool:
        """List papers as possibly the same; whether any pair is new."""
        new = False
        for other in others:
            if self._listed_apart(paper, other):
                continue
            self._add("possible_duplicates", {"paper": paper, "other": other, "reason": "alike"})
            self.taken.unsure.append((self.citekeys.of(paper), self.citekeys.of(other)))
            new = True
        return new

    def _listed_apart(self, paper: int, other: int) -> bool:
        table = ENTITIES["possible_duplicates"]
        pairs = ((paper, other), (other, paper))
        return any(table.read(self._connection, pair) is not None for pair in pairs)

    # -- new papers ------------------------------------------------------------------------

    def insert(self, draft: PaperDraft) -> int:
        """Put a draft into the library as a paper of its own."""
        best = shown(draft.records)
        user = draft.user or UserState()
        columns = paper_columns(best) | {
            "place": free_place(self._connection, best.published.ordinal),
            "citekey": self.citekeys.give(user.citekey, best),
            "status": user.status,
            "starred": int(user.starred),
            "seen": int(user.seen),
            "priority": user.priority,
            "added": user.added or draft.records[0].seen_at,
            "decided": user.decided,
            "trashed": user.trashed or None,
            "revised": int(user.revised),
        }
        paper = ENTITIES["papers"].insert(self._connection, columns)
        self.citekeys.given(paper, str(columns["citekey"]), user.citekey, best)
        ENTITIES["texts"].insert(self._connection, {"paper": paper} | text_columns(best))
        self._insert_parts(paper, draft)
        self._fresh[paper] = bool(user.citekey)
        self._recorder.record_new_paper(paper)
        return paper

    def _insert_parts(self, paper: int, draft: PaperDraft) -> None:
        for seq, record in enumerate(draft.records, start=1):
            row: dict[str, object] = {"paper": paper, "seq": seq}
            row |= source_columns(record, draft.digest)
            if seq == 1 and draft.user and not draft.whole:
                row |= {"told": _told_of(draft)}
            ENTITIES["sources"].insert(self._connection, row)
        self._connection.executemany(
            "INSERT OR IGNORE INTO identifiers VALUES (?, ?, ?, ?)",
            [
                (one.scheme, one.value, paper, one.version)
                for one in told_identifiers(draft.records)
                if draft.owned is None or (one.scheme, one.value) in draft.owned
            ],
        )
        for one in draft.versions:
            ENTITIES["versions"].insert(self._connection, versions.row_of(paper, one))
        for name in draft.user.tags if draft.user else ():
            row = {"tag": tag_id(self._connection, self._recorder, name), "paper": paper}
            ENTITIES["paper_tags"].insert(self._connection, row)

    def _rename(self, paper: int, citekey: str) -> None:
        self._update("papers", (paper,), {"citekey": citekey}, paper)

    # -- papers that are there -------------------------------------------------------------

    def _merge(self, paper: int, draft: PaperDraft, told: tuple[SourceRecord, ...]) -> bool:
        if draft.bulk and self._unchanged(paper, told[0], draft.digest):
            return False
        known = records_of(self._connection, paper)
        records = known
        for record in told:
            records = merged(records, record, partial=draft.partial) or records
        if records is known:
            return False
        for seq, record in enumerate(records, start=1):
            if seq > len(known):
                self._add("sources", {"paper": paper, "seq": seq} | source_columns(record))
            elif record != known[seq - 1] or self._is_bulk(paper, seq):
                self._keep_version(paper, known[seq - 1], record)
                self._update("sources", (paper, seq), source_columns(record), paper)
        self._add_identifiers(paper, records)
        self._show(paper, shown(records))
        return True

    def _keep_version(self, paper: int, old: SourceRecord, new: SourceRecord) -> None:
        """Keep what a version said that another one takes the place of."""
        version = versions.superseded(old, new)
        if version and paper not in self._fresh:
            versions.keep(self._connection, self._recorder, paper, old, version)
            self.revised.add(paper)

    def _with_former_key(self, paper: int, draft: PaperDraft) -> PaperDraft:
        """A draft whose record tells what it is called in its file, where its paper has a name."""
        key = draft.user.citekey if draft.user else ""
        if not key or draft.whole or key == self.citekeys.of(paper) or self.citekeys.taken(key):
            return draft
        return replace(draft, records=(called(draft.records[0], key), *draft.records[1:]))

    def _unchanged(self, paper: int, record: SourceRecord, digest: str) -> bool:
        """Whether a bulk record is the one that is stored."""
        row = self._connection.execute(
            "SELECT 1 FROM sources WHERE paper = ? AND source = ? AND key = ? AND fields = ?",
            (paper, record.source, record.key, BULK + digest),
        ).fetchone()
        return row is not None

    def _is_bulk(self, paper: int, seq: int) -> bool:
        row = ENTITIES["sources"].read(self._connection, (paper, seq), ("fields",)) or {}
        return str(row["fields"]).startswith(BULK)

    def _add_identifiers(self, paper: int, records: tuple[SourceRecord, ...]) -> None:
        for one in told_identifiers(records):
            key = (one.scheme, one.value)
            present = ENTITIES["identifiers"].read(self._connection, key)
            if present is None:
                row = {"scheme": one.scheme, "value": one.value, "paper": paper}
                self._add("identifiers", row | {"version": one.version})
            elif present["paper"] == paper and present["version"] < one.version:
                self._update("identifiers", key, {"version": one.version}, paper)

    def _show(self, paper: int, best: Shown) -> None:
        columns = shown_columns(self._connection, paper, best)
        if self._fresh.get(paper) is False and not self.citekeys.of(paper).startswith(stem(best)):
            columns["citekey"] = self.citekeys.better(paper, best)
        self._update("papers", (paper,), columns, paper)
        self._update("texts", (paper,), text_columns(best), paper)

    def _take_user(self, paper: int, draft: PaperDraft) -> bool:
        """Take over what a file says of the user's work, unless it said just that the last time.

        An export of a library of ours always counts: it is there to bring things back.
        """
        if draft.user is None or draft.whole:
            return self._merge_user(paper, draft.user)
        now, record = _told_of(draft), draft.records[0]
        row = self._connection.execute(
            "SELECT seq, told FROM sources WHERE paper = ? AND source = ? AND key = ?",
            (paper, record.source, record.key),
        ).fetchone()
        if row is not None and row[1] == now:
            return False
        changed = self._merge_user(paper, draft.user)
        if changed and row is not None:
            self._update("sources", (paper, row[0]), {"told": now}, paper)
        return changed

    def _merge_user(self, paper: int, user: UserState | None) -> bool:
        """Take over what a file says of the user's work; nothing here is lowered or lost."""
        if user is None:
            return False
        state = ENTITIES["papers"].read(self._connection, (paper,)) or {}
        theirs = {name: getattr(user, name) for name in ("status", "starred", "seen", "priority")}
        changed = self._update("papers", (paper,), further(state, theirs), paper)
        for name in user.tags:
            key = (tag_id(self._connection, self._recorder, name), paper)
            if ENTITIES["paper_tags"].read(self._connection, key) is None:
                self._add("paper_tags", {"tag": key[0], "paper": paper})
                changed = True
        return changed

    def _merge_versions(self, paper: int, told: tuple[Version, ...]) -> bool:
        """Take over earlier versions that are not known here; whether there were any."""
        table = ENTITIES["versions"]
        missing = [one for one in told
                   if table.read(self._connection, (paper, one.number)) is None]  # fmt: skip
        for one in missing:
            self._add("versions", versions.row_of(paper, one))
        return bool(missing)

    # -- writing ---------------------------------------------------------------------------

    def _add(self, entity: str, row: Mapping[str, object]) -> None:
        if row["paper"] in self._fresh:
            ENTITIES[entity].insert(self._connection, row)
        else:
            self._recorder.insert(entity, row)

    def _update(
        self, entity: str, key: tuple[object, ...], values: dict[str, object], paper: int
    ) -> bool:
        """Change a row; rows of papers that this import added are one entry in the journal."""
        if paper in self._fresh:
            ENTITIES[entity].update(self._connection, key, values)
            return True
        return self._recorder.update(entity, key, values)


def further(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, object]:
    """The state columns of a paper that is what two were: of each, the one that is further."""
    statuses = [Status(one["status"]) for one in (ours, theirs)]
    highest = {name: max(int(ours[name]), int(theirs[name])) for name in _HIGHEST}
    return {"status": max(statuses, key=lambda status: _PROGRESS[status]), **highest}


def _told_of(draft: PaperDraft) -> str:
    """What a file says of the user's work, in short."""
    user = draft.user or UserState()
    told = (user.status, user.starred, user.seen, user.priority, sorted(user.tags))
    return hashlib.blake2b(repr(told).encode(), digest_size=6).hexdigest()


_HIGHEST = ("starred", "seen", "priority")
