"""What the verbs are done to: the paper under the cursor, so many from there, a range, or marks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reader.frozen import frozen


@frozen
class Targets:
    """The papers that a verb is done to.

    Attributes:
        last: The place in the list of the last of them, from where the cursor moves on; None where
            it stays.
        asked: Whether they were chosen one by one or counted, so that many need no question.
    """

    papers: tuple[int, ...] = ()
    last: int | None = None
    asked: bool = True

    @property
    def count(self) -> int:
        """How many papers they are."""
        return len(self.papers)


@dataclass(slots=True)
class Selection:
    """Marks, which stay across views, and the visual range of a view.

    Attributes:
        marks: The marked papers, in the order of marking.
        anchor: The row where the visual range begins, None when there is none.
        sticky: Whether plain movements extend the range too.
        given: What a range of the command line or a macro means, for the time of the command.
        earlier: What was selected last.
    """

    marks: dict[int, None] = field(default_factory=dict)
    anchor: int | None = None
    sticky: bool = True
    given: Targets | None = None
    earlier: tuple[int, ...] = ()

    @property
    def any(self) -> bool:
        """Whether something is selected."""
        return bool(self.marks) or self.anchor is not None

    def toggle(self, papers: Iterable[int]) -> None:
        """Mark what is not marked, unmark what is; all of them when they differ."""
        papers = list(papers)
        if all(paper in self.marks for paper in papers):
            for paper in papers:
                del self.marks[paper]
        else:
            self.add(papers)

    def add(self, papers: Iterable[int]) -> None:
        """Mark papers."""
        self.marks.update(dict.fromkeys(papers))

    def end_range(self, ids: Sequence[int], cursor: int, *, keep: bool = False) -> None:
        """Leave the visual range, keeping its papers as marks when asked to."""
        if keep:
            self.add(self.in_range(ids, cursor))
        self.anchor = None

    def in_range(self, ids: Sequence[int], cursor: int) -> tuple[int, ...]:
        """The papers of the visual range."""
        if self.anchor is None:
            return ()
        first, last = sorted((self.anchor, cursor))
        return tuple(ids[first : last + 1])

    def clear(self) -> None:
        """Select nothing."""
        self.marks, self.anchor = {}, None

    def targets(self, ids: Sequence[int], cursor: int, count: int | None) -> Targets:
        """The papers that a verb in the list means, the most explicit choice first."""
        if self.given is not None:
            return self.given
        if self.anchor is not None:
            chosen = self.in_range(ids, cursor)
            self.earlier = tuple(dict.fromkeys([*self.marks, *chosen]))
            return Targets(self.earlier, max(self.anchor, cursor), asked=False)
        if self.marks and count is None:
            self.earlier = tuple(self.marks)
            return Targets(self.earlier, asked=False)
        here = tuple(ids[cursor : cursor + (count or 1)])
        return Targets(here, cursor + len(here) - 1)
