"""Tables of figures: printed for people, kept as JSON for the plot."""

import datetime as dt
import json
import os
import platform
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

Row = dict[str, float]


@dataclass(slots=True)
class Table:
    """Figures of one kind: rows by name, each with the same columns.

    Attributes:
        base: The row that the others are compared with, in the columns that it has.
        note: What is to be known of the figures.
    """

    title: str
    rows: dict[str, Row] = field(default_factory=dict)
    base: str = ""
    note: str = ""

    def text(self) -> str:
        """The table as lines of text, with ratios to the base."""
        columns = list(dict.fromkeys(name for row in self.rows.values() for name in row))
        width = max(map(len, [self.title, *self.rows])) + 2
        lines = [self.title.ljust(width) + "".join(f"{name:>18}" for name in columns)]
        for name in self.rows:
            cells = (self._cell(name, column) for column in columns)
            lines.append((name.ljust(width) + "".join(cells)).rstrip())
        return "\n".join([*lines, *([self.note] if self.note else [])])

    def _cell(self, name: str, column: str) -> str:
        row, base = self.rows[name], self.rows.get(self.base, {})
        if column not in row:
            return " " * 18
        value = row[column]
        told = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
        if name != self.base and base.get(column):
            told = f"{told} ({value / base[column]:.2f}x)"
        return f"{told:>18}"


def machine() -> str:
    """The machine and the programs that matter, on one line."""
    return (f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {platform.machine()}, "
            f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}")  # fmt: skip


def save(path: Path, papers: int, tables: list[Table]) -> None:
    """Keep the figures of one run."""
    kept = {"papers": papers, "date": dt.date.today().isoformat(), "machine": machine(),  # noqa: DTZ011 - the user's day
            "tables": {table.title: table.rows for table in tables}}  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(kept, indent=1), "utf-8")
