"""The citekeys that one import gives: what a file calls a paper, made-up ones for the others."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace

from reader.library.papers import called
from reader.model.citekey import FreeCitekeys, citekey_stem, importable_citekey
from reader.model.merge import Shown
from reader.model.paper import PaperDraft


class Citekeys:
    """Gives the new papers of an import their citekeys; a made-up one goes to who is called so."""

    def __init__(self, connection: sqlite3.Connection, rename: Callable[[int, str], None]) -> None:
        """Begin; `rename` gives a paper of this import another citekey."""
        self._connection = connection
        self._rename = rename
        self._free = FreeCitekeys(self.taken)
        self._stems: dict[int, str] = {}
        self._wanted: dict[int, str] = {}

    def forget(self) -> None:
        """Let all keys that were given stay where they are."""
        self._stems.clear()

    def give(self, wanted: str, best: Shown) -> str:
        """The key that is wanted, unless a paper is called so; else one near it, or made up."""
        if not wanted:
            return self._free.of(stem(best))
        holder = self._holder(wanted)
        if holder in self._stems:
            self._rename(holder, self._free.of(self._stems[holder]))
        elif holder is not None:
            return self._free.of(wanted)
        return wanted

    def given(self, paper: int, key: str, wanted: str, best: Shown) -> None:
        """Remember whose key is made up, and who was to be called otherwise."""
        if key != wanted:
            self._stems[paper] = wanted or stem(best)
            if wanted:
                self._wanted[paper] = wanted

    def better(self, paper: int, best: Shown) -> str:
        """Another made-up key for a paper of which more is known now."""
        self._stems[paper] = stem(best)
        return self._free.of(self._stems[paper])

    def renamed(self) -> list[tuple[str, str]]:
        """The keys that papers were to have, each with the one that it got."""
        return [(wanted, self.of(paper)) for paper, wanted in self._wanted.items()]

    def of(self, paper: int) -> str:
        """The citekey of a paper."""
        row = self._connection.execute("SELECT citekey FROM papers WHERE id = ?", (paper,))
        return str(row.fetchone()[0])

    def taken(self, key: str) -> bool:
        """Whether a paper is called so."""
        return self._holder(key) is not None

    def _holder(self, key: str) -> int | None:
        row = self._connection.execute("SELECT id FROM papers WHERE citekey = ?", (key,)).fetchone()
        return None if row is None else int(row[0])


def with_former_keys(draft: PaperDraft) -> PaperDraft:
    """A draft whose record tells what else its file calls it: biblatex's `ids`.

    Which paper it is, these do not say: a file's keys are its own.
    """
    record = draft.records[0]
    told = record.fields.details
    for key in told.get("ids", "").split(","):
        if former := importable_citekey(key.strip()):
            record = called(record, former)
    return replace(draft, records=(record, *draft.records[1:])) if "ids" in told else draft


def stem(best: Shown) -> str:
    """What a paper's made-up citekey begins with."""
    family = best.authors[0].family if best.authors else ""
    return citekey_stem(family, best.published.year, best.title)
