"""Measure start-up, key to paint and import: make bench (BENCH_PAPERS=N).

Each round runs the floor and the program in turn, so that a busy moment of the machine hits both;
medians of the rounds and their ratios are printed. Absolute times depend on the machine, ratios
much less.
"""

import argparse
import os
import platform
import re
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from statistics import median

from benchmarks.papers import write_snapshot
from benchmarks.terminal import Figures, Timed
from reader.first_frame import forget as forget_picture

SIZE = (120, 40)
FLOOR = (sys.executable, "-m", "benchmarks.floor")
STEPS = {
    "j": ["j"],
    "k": ["k"],
    "ctrl+d": ["\x04"],
    "G, g g": ["G", "gg"],
    "s (star on, off)": ["s"],
}


def main() -> None:
    """Run all three and print them."""
    parser = argparse.ArgumentParser(description=__doc__)
    usual = int(os.environ.get("BENCH_PAPERS", "10000"))
    parser.add_argument("--papers", type=int, default=usual, help="papers in the library")
    parser.add_argument("--keys", type=int, default=40, help="times that each key is pressed")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each measurement")
    options = parser.parse_args()
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    load = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    print(f"{options.papers:,} papers; {versions}, {load}")
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(XDG_STATE_HOME=folder, TEXTUAL_ANIMATIONS="none")
        library = Path(folder) / "library.db"
        measure_import(Path(folder), library, options.papers)
        command = (sys.executable, "-m", "reader", "--library", str(library))
        measure_start(command, options.rounds)
        measure_keys(command, options.rounds, options.keys)


def measure_import(folder: Path, library: Path, papers: int) -> None:
    """Importing a snapshot, against plain inserts of the same texts with a full-text index."""
    snapshot = write_snapshot(folder / "snapshot.jsonl", papers)
    start = time.process_time()
    _plain_import(folder / "plain.db", snapshot)
    plain = time.process_time() - start
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "reader", "--library", str(library), "import", str(snapshot)],
        check=True, capture_output=True,
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print("\nimport            CPU s   papers/CPU s   x plain sqlite3+FTS5   peak MB")
    print(f"plain            {plain:6.2f}   {papers / plain:12,.0f}")
    print(f"reader import    {cpu:6.2f}   {papers / cpu:12,.0f}   {cpu / plain:20.2f}"
          f"   {after.ru_maxrss / 1024:7.0f}")  # fmt: skip
    print(done.stderr.decode().strip())


def _plain_import(path: Path, snapshot: Path) -> None:
    import json  # noqa: PLC0415 - its cost belongs to this

    with closing(sqlite3.connect(path)) as plain, snapshot.open(encoding="utf-8") as lines:
        plain.execute("CREATE TABLE papers(id TEXT, title TEXT, authors TEXT, abstract TEXT)")
        plain.execute("CREATE VIRTUAL TABLE search USING fts5(title, authors, abstract)")
        for line in lines:
            one = json.loads(line)
            row = (one["title"], one["authors"], one["abstract"])
            plain.execute("INSERT INTO papers VALUES (?, ?, ?, ?)", (one["id"], *row))
            plain.execute("INSERT INTO search VALUES (?, ?, ?)", row)
        plain.commit()


def measure_start(command: tuple[str, ...], rounds: int) -> None:
    """From the command to the first painted paper, against the floor's first line."""
    programs = {"one Static": (FLOOR, b"ready"), "reader": (command, b"unread"),
                "reader again": (command, b"unread")}  # fmt: skip
    taken: dict[str, list[tuple[float, float, float]]] = {name: [] for name in programs}
    bare, answered = [], []
    for _ in range(rounds):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        bare.append((time.perf_counter() - start) * 1000)
        for name, (words, wanted) in programs.items():
            if name == "reader":
                forget_picture()
            program = Timed(words, wanted, SIZE)
            taken[name].append((program.ready, program.ready_cpu, program.memory()))
            program.close(b"" if name == "one Static" else b"q")
        answered.append(_first_key_answered(command))
    print("\nstart             wall ms   CPU ms   MB      x one Static (wall, CPU, MB)")
    floor = [median(column) for column in zip(*taken["one Static"], strict=True)]
    print(f"{'python -c pass':<16} {median(bare):8.0f}")
    print(f"{'first key':<16} {median(answered):8.0f}{'':22}{median(answered) / floor[0]:.2f}")
    for name, figures in taken.items():
        wall, cpu, memory = (median(column) for column in zip(*figures, strict=True))
        ratios = f"{wall / floor[0]:.2f}  {cpu / floor[1]:.2f}  {memory / floor[2]:.2f}"
        print(f"{name:<16} {wall:8.0f} {cpu:8.0f} {memory:6.0f}      {ratios}")


def _first_key_answered(command: tuple[str, ...]) -> float:
    """Milliseconds from a later start to the answer to a key that was pressed at once."""
    program = Timed(command, b"unread", SIZE)
    row = int(re.findall(rb"(\d+)/\d", program.picture())[-1])
    moved = program.press("j", rb"(?<!\d)%d/" % (row + 1))
    program.close(b"q")
    return moved


def measure_keys(command: tuple[str, ...], rounds: int, keys: int) -> None:
    """From a key to the last byte that it painted, against the floor's one line."""
    taken: dict[str, list[Figures]] = {"one Static": [], **{name: [] for name in STEPS}}
    for _ in range(rounds):
        floor = Timed(FLOOR, b"ready", SIZE)
        taken["one Static"].append(floor.keys(["j"] * keys))
        floor.close()
        program = Timed(command, b"unread", SIZE)
        for name, steps in STEPS.items():
            taken[name].append(program.keys(steps * (keys // len(steps))))
        program.close()
    print("\nkey to paint      p50 ms   p95 ms   CPU ms   x one Static (p50, CPU)")
    base = taken["one Static"]
    floor_p50, floor_cpu = median(f.p50 for f in base), median(f.cpu for f in base)
    for name, figures in taken.items():
        names = ("p50", "p95", "cpu")
        p50, p95, cpu = (median(getattr(one, name) for one in figures) for name in names)
        ratios = f"{p50 / floor_p50:.2f}  {cpu / floor_cpu:.2f}"
        print(f"{name:<16} {p50:8.1f} {p95:8.1f} {cpu:8.1f}   {ratios}")


if __name__ == "__main__":
    main()
