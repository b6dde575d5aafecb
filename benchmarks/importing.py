"""Importing a snapshot, against plain inserts of the same texts with a full-text index."""

import json
import resource
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from benchmarks.figures import Table
from benchmarks.papers import write_snapshot


def measure(folder: Path, library: Path, papers: int) -> Table:
    """Import into a new library, as a process; then 2,000 papers of which half are new."""
    snapshot = write_snapshot(folder / "snapshot.jsonl", papers)
    start = time.process_time()
    text = _plain_import(folder / "plain.db", snapshot)
    plain = time.process_time() - start
    cpu, wall, memory = _import(library, snapshot)
    disk = library.stat().st_size / text
    table = Table("import", base="plain sqlite3")
    table.rows["plain sqlite3"] = {
        "CPU s": plain,
        "ms a paper": plain * 1000 / papers,
        "bytes a byte": (folder / "plain.db").stat().st_size / text,
    }
    table.rows["reader import"] = {"CPU s": cpu, "ms a paper": cpu * 1000 / papers,
                                   "bytes a byte": disk, "wall s": wall, "MB": memory}  # fmt: skip
    day = _day(folder / "day.jsonl", snapshot, papers)
    cpu, wall, memory = _import(library, day)
    table.rows["a day of 2,000"] = {"CPU s": cpu, "wall s": wall, "MB": memory}
    return table


def _import(library: Path, snapshot: Path) -> tuple[float, float, float]:
    """Processor seconds, seconds, and megabytes at most."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    run = [sys.executable, "-m", "reader", "--library", str(library), "import", str(snapshot)]
    process = subprocess.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    highest = 0.0
    while process.poll() is None:
        highest = max(highest, _resident(process.pid))
        time.sleep(0.05)
    if process.returncode:
        raise RuntimeError("the import failed")
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, wall, highest


def _resident(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(one.split()[1]) / 1024 for one in lines if one.startswith("VmHWM")), 0.0)


def _plain_import(path: Path, snapshot: Path) -> int:
    """Insert the texts; their bytes."""
    size = 0
    with closing(sqlite3.connect(path)) as plain, snapshot.open(encoding="utf-8") as lines:
        plain.execute("CREATE TABLE papers(id TEXT, title TEXT, authors TEXT, abstract TEXT)")
        plain.execute("CREATE VIRTUAL TABLE search USING fts5(title, authors, abstract, "
                      "content='papers')")  # fmt: skip
        for line in lines:
            one = json.loads(line)
            row = (one["title"], one["authors"], one["abstract"])
            size += sum(len(text.encode()) for text in row)
            plain.execute("INSERT INTO papers VALUES (?, ?, ?, ?)", (one["id"], *row))
        plain.execute("INSERT INTO search(search) VALUES ('rebuild')")
        plain.commit()
    return size


def _day(path: Path, snapshot: Path, papers: int) -> Path:
    """A daily update: some papers again, and as many new ones."""
    again = min(1_000, papers)
    with snapshot.open(encoding="utf-8") as lines, path.open("w", encoding="utf-8") as day:
        for number, line in zip(range(again), lines, strict=False):
            day.write(line)
            one = json.loads(line)
            day.write(json.dumps(one | {"id": f"9912.{number:05}",
                                        "title": f"{one['title']} anew"}) + "\n")  # fmt: skip
    return path
