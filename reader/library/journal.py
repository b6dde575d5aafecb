"""The change journal: what was done, in groups that can be undone, redone and reverted.

A group keeps one entry for each row that it touched: the entity, its key, and the other side of the
row. While the group stands, that is the row before it; undoing swaps the sides, so that the entry
then holds the row after it, and redoing swaps them again. An entity `paper` stands for a whole
paper with all its rows, so an import costs one short entry for each new paper.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from reader.errors import UsageError
from reader.frozen import frozen
from reader.library.rows import ENTITIES, PAPER_IN_KEY, Image, WholePaper
from reader.model.change import ChangeGroup, GroupState, Outcome
from reader.model.record_json import compact

KEPT_GROUPS = 10_000
"""Groups that stay undoable; the rows of older ones are let go."""

_CHUNK = 500
_UNFINISHED = 3
"""The state of a group that is being made, or whose maker died: it stands, and can be undone."""

# The bundled shelf is not the user's act: it is taken away by its own command.
_LATEST_STANDING = "SELECT max(id) FROM changes WHERE state IN (0, 3) AND actor <> 'samples'"
# A group that was reverted, and the one that reverted it, leave nothing behind together.
STANDING = (
    "state IN (0, 3) AND reverts = 0 "
    "AND changes.id NOT IN (SELECT reverts FROM changes WHERE state = 0)"
)
_FIRST_UNDONE = "SELECT min(id) FROM changes WHERE state = 1"


@frozen
class Entry:
    """One touched row of a group."""

    seq: int
    entity: str
    key: tuple[Any, ...]
    image: Image | None


class Recorder:
    """One change group in the making: every change to a journaled table goes through it.

    It lives inside one write transaction. The group is created with the first change, so an act
    that changes nothing leaves no trace.

    Attributes:
        at: When the act began, as the journal notes it.
    """

    def __init__(
        self, connection: sqlite3.Connection, actor: str, verb: str, now: Callable[[], str]
    ) -> None:
        self._connection = connection
        self._actor, self._verb, self.at = actor, verb, now()
        self._group = 0
        self._seq = 0
        self._whole = WholePaper(connection)

    def go_on(self, group: int, seq: int) -> None:
        """Go on with a group that was begun and not finished, behind one of its entries."""
        self._group, self._seq = group, seq

    @property
    def begun(self) -> tuple[int, int]:
        """The group, 0 while nothing was changed, and its last entry."""
        return self._group, self._seq

    # -- changes ---------------------------------------------------------------------------

    def insert(self, entity: str, row: Mapping[str, Any]) -> int:
        """Insert a row; its row id."""
        table = ENTITIES[entity]
        row_id = table.insert(self._connection, row)
        key = tuple(row.get(name, row_id) for name in table.key)
        self._record([(entity, key, None)])
        return row_id

    def insert_many(self, entity: str, keys: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """Insert rows that consist of their key only; the keys that were not there yet."""
        table = ENTITIES[entity]
        missing = [key for key in keys if table.read(self._connection, key) is None]
        for key in missing:
            table.insert(self._connection, dict(zip(table.key, key, strict=True)))
        self._record((entity, key, None) for key in missing)
        return missing

    def delete_many(self, entity: str, keys: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """Delete rows; the keys that were there."""
        table = ENTITIES[entity]
        images = ((key, table.read(self._connection, key)) for key in keys)
        found = [(key, image) for key, image in images if image is not None]
        self._record((entity, key, image) for key, image in found)
        for key, _ in found:
            table.delete(self._connection, key)
        return [key for key, _ in found]

    def update(self, entity: str, key: tuple[Any, ...], values: Mapping[str, Any]) -> bool:
        """Give columns of one row new values; whether anything changed."""
        table = ENTITIES[entity]
        before = table.read(self._connection, key, tuple(values))
        if before is None:
            return False
        changed = {name: value for name, value in values.items() if before[name] != value}
        if changed:
            self._record([(entity, key, {name: before[name] for name in changed})])
            table.update(self._connection, key, changed)
        return bool(changed)

    def set_state(self, papers: Sequence[int], values: Mapping[str, Any]) -> list[int]:
        """Set state columns of many papers; those whose first column this changed."""
        changed: list[int] = []
        names = tuple(values)
        columns, marks_set = ", ".join(names), ", ".join(f"{name} = ?" for name in names)
        for start in range(0, len(papers), _CHUNK):
            chunk = papers[start : start + _CHUNK]
            marks = ",".join("?" * len(chunk))
            before = self._connection.execute(
                f"SELECT id, {columns} FROM papers WHERE id IN ({marks}) AND {names[0]} IS NOT ?",  # noqa: S608 - columns of ours
                (*chunk, values[names[0]]),
            ).fetchall()
            self._record(
                ("papers", (paper,), dict(zip(names, old, strict=True))) for paper, *old in before
            )
            self._connection.executemany(
                f"UPDATE papers SET {marks_set} WHERE id = ?",  # noqa: S608 - likewise
                [(*values.values(), row[0]) for row in before],
            )
            changed += [row[0] for row in before]
        return changed

    def record_new_paper(self, paper: int) -> None:
        """Note that a whole paper was inserted."""
        self._record([("paper", (paper,), None)])

    def remove_paper(self, paper: int) -> None:
        """Delete a paper with all its rows."""
        image = self._whole.read(paper)
        if image is not None:
            self._record([("paper", (paper,), image)])
            self._whole.delete(paper)

    def restore(self, entry: Entry) -> None:
        """Do the opposite of an entry of an earlier group, as a change of this one."""
        if entry.entity == "paper":
            self._restore_paper(entry)
        elif entry.image is None:
            if not self._still_used(entry):
                self.delete_many(entry.entity, [entry.key])
        elif ENTITIES[entry.entity].read(self._connection, entry.key) is None:
            self.insert(entry.entity, entry.image)
        else:
            self.update(entry.entity, entry.key, entry.image)

    def _still_used(self, entry: Entry) -> bool:
        """Whether the row is a tag that papers still have: it stays then."""
        if entry.entity != "tags":
            return False
        query = "SELECT 1 FROM paper_tags WHERE tag = ? LIMIT 1"
        return self._connection.execute(query, entry.key).fetchone() is not None

    def _restore_paper(self, entry: Entry) -> None:
        if entry.image is None:
            self.remove_paper(entry.key[0])
        else:
            self._whole.insert(entry.image)
            self.record_new_paper(entry.key[0])

    # -- the group -------------------------------------------------------------------------

    def _record(self, entries: Iterable[tuple[str, tuple[Any, ...], Image | None]]) -> None:
        rows = []
        for entity, key, image in entries:
            self._seq += 1
            rows.append((self._seq, entity, _key(key), None if image is None else compact(image)))
        if rows:
            group = self._group or self._begin()
            self._connection.executemany(
                "INSERT INTO change_rows VALUES (?, ?, ?, ?, ?)", [(group, *row) for row in rows]
            )

    def _begin(self) -> int:
        self._connection.execute("UPDATE changes SET state = 2 WHERE state = 1")
        cursor = self._connection.execute(
            "INSERT INTO changes(at, actor, verb, summary, state) VALUES (?, ?, ?, ?, 3)",
            (self.at, self._actor, self._verb, f"{self._verb}, unfinished"),
        )
        self._group = cursor.lastrowid or 0
        self._connection.execute("DELETE FROM changes WHERE id <= ?", (self._group - KEPT_GROUPS,))
        return self._group

    def finish(self, summary: str, papers: int, *, reverts: int = 0) -> ChangeGroup | None:
        """Close the group with what it did in words; None when nothing was changed."""
        if not self._group:
            return None
        self._connection.execute(
            "UPDATE changes SET summary = ?, papers = ?, reverts = ?, state = 0 WHERE id = ?",
            (summary, papers, reverts, self._group),
        )
        return get_group(self._connection, self._group)


def _key(key: tuple[Any, ...]) -> str:
    """A key as JSON; most are one number, which the encoder takes longer for than its row."""
    return f"[{key[0]}]" if len(key) == 1 and isinstance(key[0], int) else compact(key)


def get_group(connection: sqlite3.Connection, group: int) -> ChangeGroup:
    """One group by its number.

    Raises:
        UsageError: There is no such group.
    """
    found = list(_groups(connection, "WHERE id = ?", (group,)))
    if not found:
        raise UsageError(f"no change {group}: `reader log` lists them. Nothing was changed.")
    return found[0]


def groups(connection: sqlite3.Connection, limit: int) -> list[ChangeGroup]:
    """The latest groups, the newest first."""
    return list(_groups(connection, "ORDER BY id DESC LIMIT ?", (limit,)))


def _groups(
    connection: sqlite3.Connection, rest: str, values: tuple[Any, ...]
) -> Iterator[ChangeGroup]:
    columns = "id, at, actor, verb, summary, papers, state, reverts"
    for row in connection.execute(f"SELECT {columns} FROM changes {rest}", values).fetchall():  # noqa: S608 - our own words
        state = GroupState.DONE if row[6] == _UNFINISHED else GroupState(row[6])
        yield ChangeGroup(row[0], row[1], row[2], row[3], row[4], row[5], state, row[7])


def unfinished_groups(connection: sqlite3.Connection) -> list[ChangeGroup]:
    """The groups that were never closed: they are being made, or their maker died."""
    return list(_groups(connection, "WHERE state = ?", (_UNFINISHED,)))


def finish_dead(connection: sqlite3.Connection, verb: str) -> None:
    """Close the groups of a verb whose maker died; they stand, and can be undone."""
    connection.execute(
        "UPDATE changes SET state = 0, summary = verb || ', stopped half-way', papers = "
        "(SELECT count(DISTINCT key) FROM change_rows WHERE change = id AND entity = 'paper') "
        "WHERE state = ? AND verb = ?",
        (_UNFINISHED, verb),
    )


def latest_is_unfinished(connection: sqlite3.Connection) -> bool:
    """Whether what would be undone next is a group that was never closed."""
    query = f"SELECT state FROM changes WHERE id = ({_LATEST_STANDING})"  # noqa: S608 - a constant
    row = connection.execute(query).fetchone()
    return row is not None and row[0] == _UNFINISHED


def undo(connection: sqlite3.Connection) -> Outcome:
    """Undo the latest standing group; an outcome without a group when there is none."""
    return _swap_group(connection, _LATEST_STANDING, GroupState.UNDONE)


def redo(connection: sqlite3.Connection) -> Outcome:
    """Redo the group that was undone last; an outcome without a group when there is none."""
    return _swap_group(connection, _FIRST_UNDONE, GroupState.DONE)


def _swap_group(connection: sqlite3.Connection, choose: str, state: GroupState) -> Outcome:
    group: int | None = connection.execute(choose).fetchone()[0]
    if group is None:
        return Outcome(None)
    check_references_at_commit(connection)
    backwards = state is GroupState.UNDONE
    touched: dict[int, None] = {}
    for entry in entries(connection, group, backwards=backwards):
        image = _swap(connection, entry)
        connection.execute(
            "UPDATE change_rows SET image = ? WHERE change = ? AND seq = ?",
            (None if image is None else compact(image), group, entry.seq),
        )
        touched.update(dict.fromkeys(papers_shown(connection, entry)))
    connection.execute("UPDATE changes SET state = ? WHERE id = ?", (state, group))
    return Outcome(get_group(connection, group), tuple(touched))


def check_references_at_commit(connection: sqlite3.Connection) -> None:
    """Let rows of one group point at each other in any order while they are swapped."""
    connection.execute("PRAGMA defer_foreign_keys=ON")


def _swap(connection: sqlite3.Connection, entry: Entry) -> Image | None:
    """Put the entry's side of its row in place; the side that stood there."""
    if entry.entity == "paper":
        return WholePaper(connection).swap(entry.key[0], entry.image)
    table = ENTITIES[entry.entity]
    columns = () if entry.image is None else tuple(entry.image)
    present = table.read(connection, entry.key, columns)
    if entry.image is None:
        table.delete(connection, entry.key)
    elif present is None:
        table.insert(connection, entry.image)
    else:
        table.update(connection, entry.key, entry.image)
    return present


def entries(
    connection: sqlite3.Connection, group: int, *, backwards: bool = False
) -> Iterator[Entry]:
    """The entries of a group, a chunk at a time so that a large import is not held in memory."""
    order, beyond = ("DESC", "<") if backwards else ("ASC", ">")
    last = 1 << 62 if backwards else 0
    while chunk := connection.execute(
        f"SELECT seq, entity, key, image FROM change_rows "  # noqa: S608 - our own words
        f"WHERE change = ? AND seq {beyond} ? ORDER BY seq {order} LIMIT {_CHUNK}",
        (group, last),
    ).fetchall():
        for seq, entity, key, image in chunk:
            yield Entry(seq, entity, tuple(json.loads(key)), image and json.loads(image))
        last = chunk[-1][0]


def papers_of(entry: Entry) -> tuple[int, ...]:
    """The papers that an entry touches."""
    place = PAPER_IN_KEY.get(entry.entity)
    return () if place is None else (int(entry.key[place]),)


def papers_shown(connection: sqlite3.Connection, entry: Entry) -> tuple[int, ...]:
    """The papers that look different when an entry is taken back: those of a renamed tag do."""
    if entry.entity != "tags" or "name" not in (entry.image or ()):
        return papers_of(entry)
    rows = connection.execute("SELECT paper FROM paper_tags WHERE tag = ?", (entry.key[0],))
    return tuple(paper for (paper,) in rows)
