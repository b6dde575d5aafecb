"""Papers in and out by format, beside the bare parser of each on the same file."""

import json
import logging
import re
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from benchmarks.figures import Row, Table
from reader.export.formats import DOCUMENTS
from reader.import_report import Options
from reader.importing import import_files
from reader.library.store import Store
from reader.model.query import parse_query

MOST = 7_000
"""Papers of one file: the size of a life's bibliography."""

FORMATS = ("bibtex", "ris", "csl-json", "jsonl")


def measure(folder: Path, library: Path, papers: int) -> Table:
    """Write the library in each format and read it into a new one, by processor time."""
    number = min(papers, MOST)
    table = Table("in and out")
    for form in FORMATS:
        path = folder / f"exchange.{form}"
        wrote = _timed(lambda form=form, path=path: _export(library, path, form, number))
        bare = _timed(lambda form=form, path=path: PARSERS[form](path.read_text("utf-8")))
        took = _timed(lambda form=form, path=path: _import(folder / f"{form}.db", path, number))
        row: Row = {"written /s": number / wrote, "imported /s": number / took,
                    "bare parser /s": number / bare, "times bare": took / bare}  # fmt: skip
        table.rows[form] = row
    table.note = f"{number:,} entries; imported: into a new library, search index ready"
    return table


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return max(time.process_time() - start, 1e-6)


def _export(library: Path, path: Path, form: str, number: int) -> None:
    with closing(Store(library)) as store, path.open("w", encoding="utf-8") as file:
        ids = list(store.matching(parse_query("")))[:number]
        file.writelines(f"{line}\n" for line in DOCUMENTS[form](store.papers(ids)))


def _import(library: Path, path: Path, number: int) -> None:
    with closing(Store(library)) as store:
        report = import_files(store, [(path, path.name)], Options())
        done = sum(file.done for file in report.files)
    if done != number:
        raise RuntimeError(f"{path.name}: {done} of {number} papers came back")


def _bibtex(text: str) -> object:
    from bibtexparser.splitter import Splitter  # noqa: PLC0415 - only what is measured

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    return Splitter(text).split()


def _ris(text: str) -> object:
    line = re.compile(r"([A-Z][A-Z0-9])  - (.*)")
    return [found.groups() for found in map(line.fullmatch, text.split("\n")) if found]


PARSERS: dict[str, Callable[[str], object]] = {
    "bibtex": _bibtex,
    "ris": _ris,
    "csl-json": json.loads,
    "jsonl": lambda text: [json.loads(line) for line in text.splitlines()],
}
"""The least that reading a format takes."""
