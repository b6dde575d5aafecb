"""What is done, and killed while it is done."""

import datetime as dt
import sqlite3
from contextlib import closing

import reader.library.store as store_module
from reader.library import reading, schema, taking
from reader.library.conditions import Asked
from reader.library.schema import STEPS
from reader.library.store import Store
from reader.model.change import TagChange
from reader.model.paper import Fields, PaperDraft, SourceRecord
from reader.model.query import Query


def clocked(path):
    return Store(path, clock=lambda: "2026-01-01T00:00:00Z", automatic_backups=False)


def is_commit(statement):
    return statement == "COMMIT"


class Importing:
    """An import of several batches: whole batches stay, and repeating it completes them."""

    checked = True
    counts = staticmethod(is_commit)

    @staticmethod
    def do(path):
        taking.BATCH = 10
        drafts = [
            PaperDraft((SourceRecord("arxiv", str(number), "2026-01-01T00:00:00Z", "made",
                                     Fields(title=f"A made-up paper, number {number} of many")),))
            for number in range(45)
        ]  # fmt: skip
        with closing(clocked(path)) as store:
            store.import_drafts(drafts, "made")

    @staticmethod
    def picture(path):
        """Papers in the order of their keys; ids depend on what was killed before."""
        with closing(clocked(path)) as store:
            return sorted(row.citekey for row in store.rows(store.matching(Query())))


class Tagging:
    """One change of every paper."""

    checked = True
    counts = staticmethod(is_commit)

    @staticmethod
    def do(path):
        with closing(clocked(path)) as store:
            store.apply(TagChange(tuple(store.matching(Query())), add=("bulk", "bulk/deep")))

    @staticmethod
    def picture(path):
        """Which paper has which tags; a tag that was made twice has another id."""
        with closing(clocked(path)) as store:
            return [(row.citekey, row.tags) for row in store.rows(store.matching(Query()))]


class Undoing:
    """Undoing and redoing a change of every paper."""

    checked = True
    counts = staticmethod(is_commit)

    @staticmethod
    def do(path):
        with closing(clocked(path)) as store:
            if not store.tags():
                store.apply(TagChange(tuple(store.matching(Query())), add=("bulk",)))
            store.undo()
            store.redo()

    picture = Tagging.picture


class Upgrading:
    """Opening a library of an earlier schema, which the checks of the latest do not fit."""

    checked = False

    @staticmethod
    def counts(statement):
        return not statement.startswith(("PRAGMA", "SELECT", "--", "VACUUM"))

    @staticmethod
    def do(path):
        clocked(path).close()

    @staticmethod
    def picture(path):
        with closing(sqlite3.connect(path)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            names = connection.execute("SELECT name FROM sqlite_schema ORDER BY name").fetchall()
            papers = connection.execute("SELECT citekey FROM papers").fetchall()
        return version, [name for name in names if not name[0].startswith("sqlite_")], papers


def old_library(path, monkeypatch):
    """A library as the schema before abstracts were packed made it, with a paper in it."""
    before = STEPS.index("packed")
    with monkeypatch.context() as patched:
        patched.setattr(schema, "STEPS", STEPS[:before])
        patched.setattr(store_module, "VERSION", before)
        patched.setattr(reading, "VERSION", before)
        patched.setattr(Store, "asked", lambda _store: Asked(dt.datetime.now(dt.UTC)))
        Store(path, automatic_backups=False).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "INSERT INTO papers(place, citekey, title, byline, published, date_precision, "
            "category, added) VALUES (1, 'old2020', 'An old paper', '', '2020', 'year', '', 'x')"
        )
        abstract, source = "We ask how engines learn. " * 10, "We ask how {engines} learn. " * 10
        connection.execute(
            "INSERT INTO texts VALUES (1, 'Ada|Lovelace', ?, '', NULL, ?, NULL)", (abstract, source)
        )
        connection.commit()
