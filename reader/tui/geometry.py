"""Where the lines of a list are: rows of one height, with a heading above each group."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import field

from reader.frozen import frozen


@frozen
class Heading:
    """The heading of a group, above the row `start`."""

    start: int
    text: str


@frozen
class Geometry:
    """The lines of so many rows; every question is answered by arithmetic on the headings."""

    rows: int = 0
    height: int = 1
    headings: Sequence[Heading] = ()
    _lines: list[int] = field(init=False, compare=False)
    _starts: list[int] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Where the headings are."""
        starts = [one.start for one in self.headings]
        lines = [start * self.height + above for above, start in enumerate(starts)]
        object.__setattr__(self, "_starts", starts)
        object.__setattr__(self, "_lines", lines)

    @property
    def lines(self) -> int:
        """All lines."""
        return self.rows * self.height + len(self.headings)

    def top_of(self, row: int) -> int:
        """The first line of a row."""
        return row * self.height + bisect_right(self._starts, row)

    def shown_from(self, row: int) -> int:
        """The first line of what belongs to a row: its heading where it begins a group."""
        group = self.group_of(row)
        begins = group >= 0 and self._starts[group] == row
        return self.top_of(row) - begins

    def group_of(self, row: int) -> int:
        """Which group a row is in, -1 where there are none."""
        return bisect_right(self._starts, row) - 1

    def at(self, line: int) -> tuple[int, int]:
        """The row at a line and which of its lines that is, -1 for the heading above it."""
        above = bisect_right(self._lines, line)
        if above and self._lines[above - 1] == line:
            return self._starts[above - 1], -1
        return divmod(line - above, self.height)

    def next_group(self, row: int, step: int) -> int | None:
        """The first row of the next group, or of this one or the one before; None beyond them."""
        place = self.group_of(row)
        if step < 0 and place >= 0 and self._starts[place] < row:
            return self._starts[place]
        place += step
        return self._starts[place] if 0 <= place < len(self._starts) else None


def place_of(ids: Sequence[int], paper: int, otherwise: int) -> int:
    """Where a paper is among millions, which are looked through once."""
    try:
        return ids.index(paper)
    except ValueError:
        return otherwise
