"""Measure import, start-up, keys, searches, changes and rest: make bench (BENCH_PAPERS=N).

Each round runs the floors and the program in turn, so that a busy moment of the machine hits both;
medians of the rounds and their ratios are printed. Absolute times depend on the machine, ratios
much less.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from benchmarks import changing, exchange, following, importing, keys, resting, searching, starting
from benchmarks.figures import Table, machine, save


def main(arguments: list[str] | None = None) -> list[Table]:
    """Run what is asked for, print it and keep it."""
    options = _parser().parse_args(arguments)
    print(f"{options.papers:,} papers; {machine()}", flush=True)
    with ExitStack() as stack:
        folder = options.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        os.environ.update(XDG_STATE_HOME=str(folder), TEXTUAL_ANIMATIONS="none")
        tables = []
        for measure in _measures(options, folder):
            tables.append(measure())
            print(f"\n{tables[-1].text()}", flush=True)
    if options.save:
        save(options.save, options.papers, tables)
    return tables


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    usual = int(os.environ.get("BENCH_PAPERS", "10000"))
    parser.add_argument("--papers", type=int, default=usual, help="papers in the library")
    parser.add_argument("--keys", type=int, default=40, help="times that each key is pressed")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each measurement")
    parser.add_argument("--rest", type=float, default=20, help="seconds of rest")
    parser.add_argument("--save", type=Path, help="keep the figures in this file")
    parser.add_argument("--folder", type=Path, help="keep the libraries here and use them again")
    return parser


def _measures(options: argparse.Namespace, folder: Path) -> list[Callable[[], Table]]:
    library = folder / f"library-{options.papers}.db"
    command = (sys.executable, "-m", "reader", "--library", str(library))
    measures = [
        lambda: exchange.measure(folder, library, options.papers),
        lambda: following.measure(folder, library, options.papers),
        lambda: changing.measure(library, options.rounds),
        lambda: searching.measure(library),
        lambda: starting.measure(command, options.rounds),
        lambda: keys.measure(command, folder, options.rounds, options.keys),
        lambda: resting.measure(command, options.rest),
    ]
    if not library.exists():
        measures.insert(0, lambda: importing.measure(folder, library, options.papers))
    return measures


if __name__ == "__main__":
    main()
