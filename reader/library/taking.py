"""Imports: drafts taken in batch by batch, and what an import would do without doing it."""

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext, suppress
from itertools import islice
from typing import TYPE_CHECKING

from reader.frozen import frozen
from reader.library import bulk, labels, unfinished
from reader.library.bulk import Write
from reader.library.journal import Recorder
from reader.library.schema import index_together, index_waiting
from reader.library.unfinished import Unfinished
from reader.model.paper import PaperDraft

if TYPE_CHECKING:
    from reader.library.ingest import Ingest, Taken, Verdict
    from reader.library.previewing import Preview
    from reader.model.change import ChangeGroup
    from reader.model.labels import Label

BATCH = 50_000
"""Drafts that are imported in one transaction; longer imports are committed batch by batch."""

LONG_BATCH = 1_000
"""Drafts of one batch where it is known that many come, so that others can write meanwhile."""


@frozen
class ImportOrder:
    """How drafts are to be taken in.

    Attributes:
        name: What the change group calls it: `import NAME`.
        told: Asked at the end for the tags and views that were told besides.
        heard: Told what became of each draft before the next one is asked for.
        long: Of a long import, as `Store.unfinished` tells of it: it has small batches, and where
            it stopped before, it is gone on with, given the drafts behind its last line.
    """

    name: str
    actor: str = "import"
    told: "Iterable[Label]" = ()
    heard: "Callable[[Verdict], None]" = lambda _verdict: None
    long: Unfinished | None = None


def import_drafts(
    connection: sqlite3.Connection,
    write: Write,
    recorder: Recorder,
    drafts: Iterable[PaperDraft],
    order: ImportOrder,
) -> "tuple[ChangeGroup | None, Taken]":
    """Take drafts in as one change group; it and what became of them."""
    from reader.library.ingest import Ingest  # noqa: PLC0415 - only imports need it

    ingest = Ingest(connection, recorder)
    if order.long and order.long.line:
        recorder.go_on(order.long.group, order.long.seq)
        ingest.taken.go_on(order.long.counts)
    pending, more = iter(drafts), True
    with bulk.coming(connection, write) if order.long else nullcontext():
        while more:
            with write():
                more = _take_batch(connection, ingest, pending, order)
                if not more:
                    ingest.taken.left_out += labels.take(connection, recorder, order.told)
                    summary = _summary(ingest.taken, order.name)
                    group = recorder.finish(summary, ingest.taken.new + ingest.taken.merged)
                    unfinished.forget(connection)
            if order.long:
                time.sleep(bulk.TURN)
        if order.long:
            bulk.put_in_order(connection, write)
    return group, ingest.end()


def _take_batch(
    connection: sqlite3.Connection,
    ingest: "Ingest",
    drafts: Iterator[PaperDraft],
    order: ImportOrder,
) -> bool:
    """Take up to one batch, and put it into the index; whether there may be more."""
    most, taken, line = LONG_BATCH if order.long else BATCH, 0, 0
    index_together(connection)
    if order.long:
        ingest.begin_batch()
    for draft in islice(drafts, most):
        order.heard(ingest.take(draft))
        taken, line = taken + 1, draft.place
    index_waiting(connection)
    if order.long and taken and ingest.begun[0]:
        stopped = Unfinished(order.long.source, line, *ingest.begun, ingest.taken.counts())
        unfinished.keep(connection, stopped)
    return taken == most


def _summary(taken: "Taken", name: str) -> str:
    parts = [f"{taken.new:,} new", f"{taken.merged:,} merged" if taken.merged else ""]
    return f"imported {name}: {', '.join(filter(None, parts))}"


class _Discard(Exception):  # noqa: N818 - no error: it ends a transaction that was only looked at
    """Raised to take back what a preview did."""


def preview_drafts(
    connection: sqlite3.Connection,
    write: Write,
    recorder: Callable[[], Recorder],
    drafts: Iterable[PaperDraft],
    heard: "Callable[[Verdict], None]",
) -> "Preview":
    """What importing drafts would do; each batch is taken in and taken back."""
    from reader.library.ingest import Ingest  # noqa: PLC0415 - as above
    from reader.library.previewing import Preview  # noqa: PLC0415 - likewise

    preview = Preview()
    pending = iter(drafts)
    taken = BATCH
    while taken == BATCH:
        taken = 0
        with suppress(_Discard), write():
            index_together(connection)
            ingest = Ingest(connection, recorder(), preview)
            for draft in islice(pending, BATCH):
                heard(ingest.take(draft))
                taken += 1
            preview.unsure += ingest.taken.unsure
            raise _Discard
    return preview
