"""Draw how the figures grow with the library: make bench-plot (BENCH_SIZES="10000 1000000")."""

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Run = dict[str, Any]

PANELS = {
    "start (ms)": (
        "start", "wall ms", ("reader", "reader again", "first j", "one Static"),
    ),
    "a key (CPU ms)": ("key to paint", "CPU ms", ("j", "j held", "G, g g", "one Static")),
    "first rows of a letter (ms, p95)": (
        "search", "p95 ms", ("filter, a letter", "find, a letter", "plain prefix"),
    ),
    "all papers of a word (ms)": ("search", "p50 ms", ("all papers of a word", "their number")),
    "memory (MB)": ("at rest", "MB", ("reader", "one Static")),
    "import (CPU ms a paper)": ("import", "ms a paper", ("reader import", "plain sqlite3")),
}  # fmt: skip
"""Each panel: a table, a column of it, and the rows that are drawn."""


_STEEP = 20


@dataclass(slots=True)
class Panel:
    """One set of curves: for each name, pairs of papers and the figure."""

    title: str
    lines: dict[str, list[tuple[int, float]]] = field(default_factory=dict)

    @property
    def steep(self) -> bool:
        """Whether its figures are of several orders."""
        figures = [figure for line in self.lines.values() for _papers, figure in line]
        return max(figures) > _STEEP * min(figures)


def curves(runs: list[Run]) -> list[Panel]:
    """What is drawn, of runs of several sizes."""
    panels = []
    for title, (table, column, rows) in PANELS.items():
        panel = Panel(title)
        for run in sorted(runs, key=lambda run: run["papers"]):
            for name in rows:
                value = run["tables"].get(table, {}).get(name, {}).get(column)
                if value is not None:
                    panel.lines.setdefault(name, []).append((run["papers"], value))
        panels.append(panel)
    return panels


def draw(runs: list[Run], path: Path) -> None:
    """Draw the curves as an SVG; figures that grow much have a logarithmic axis, as papers do."""
    import matplotlib as mpl  # noqa: PLC0415 - only the plot needs it

    mpl.use("svg")
    from matplotlib import pyplot as plt  # noqa: PLC0415 - likewise

    mpl.rcParams.update({"svg.hashsalt": "reader", "font.size": 9})
    figure, axes = plt.subplots(2, 3, figsize=(11, 6), layout="constrained")
    for panel, axis in zip(curves(runs), axes.flat, strict=True):
        for name, points in panel.lines.items():
            axis.plot(*zip(*points, strict=True), marker="o", label=name)
        axis.set(title=panel.title, xscale="log", xlabel="papers")
        if panel.steep:
            axis.set_yscale("log")
        else:
            axis.set_ylim(0, None)
        axis.grid(visible=True, alpha=0.3)
        axis.legend()
    first = max(runs, key=lambda run: run["papers"])
    figure.suptitle(f"{first['date']}, {first['machine']}", fontsize=8)
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def main() -> None:
    """Draw the runs that are kept in some files: plot.svg FILE..."""
    target, *files = map(Path, sys.argv[1:])
    draw([json.loads(file.read_text("utf-8")) for file in files], target)
    print(target)


if __name__ == "__main__":
    main()
