"""What the user did: changes as values, and the groups that the journal keeps of them."""

from dataclasses import dataclass
from enum import IntEnum

from reader.model.paper import Priority, Status


@dataclass(frozen=True, slots=True)
class StatusChange:
    """Set the status of papers."""

    papers: tuple[int, ...]
    status: Status


@dataclass(frozen=True, slots=True)
class StarChange:
    """Star papers, or take their stars away."""

    papers: tuple[int, ...]
    starred: bool


@dataclass(frozen=True, slots=True)
class PriorityChange:
    """Set the priority of papers."""

    papers: tuple[int, ...]
    priority: Priority


@dataclass(frozen=True, slots=True)
class TagChange:
    """Add tags to papers and remove others from them; names as `parse_tag` gives them."""

    papers: tuple[int, ...]
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RemoveSamples:
    """Take the bundled shelf away: every paper that only the shelf told of."""


@dataclass(frozen=True, slots=True)
class CitekeyChange:
    """Give a paper another citekey."""

    paper: int
    citekey: str


Change = StatusChange | StarChange | PriorityChange | TagChange | RemoveSamples | CitekeyChange


class GroupState(IntEnum):
    """Where a change group stands."""

    DONE = 0
    UNDONE = 1
    ABANDONED = 2
    """Undone, and no longer redoable since something else was done."""


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """One user act in the journal.

    Attributes:
        id: Its number, rising with time.
        at: When, UTC in ISO 8601.
        actor: `user`, `import`, or another source of changes.
        verb: What was done, in the words of the command line.
        summary: What was done to what, as a sentence's beginning: `starred “Attention …”`.
        papers: How many papers it touched.
        reverts: The group that this one took back, 0 for none.
    """

    id: int
    at: str
    actor: str
    verb: str
    summary: str
    papers: int
    state: GroupState = GroupState.DONE
    reverts: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act did: its group (None when nothing changed) and the papers it touched."""

    group: ChangeGroup | None
    papers: tuple[int, ...] = ()


def verb_of(change: Change) -> str:
    """The command-line word for a change."""
    match change:
        case StatusChange(status=status):
            return {Status.READ: "done", Status.SKIPPED: "skip"}.get(status, status.word)
        case StarChange(starred=starred):
            return "star" if starred else "unstar"
        case PriorityChange():
            return "prio"
        case TagChange():
            return "tag"
        case CitekeyChange():
            return "key"
        case RemoveSamples():
            return "remove-samples"


def describe(change: Change) -> str:
    """What a change did, in the past tense and without its object: `marked as later`."""
    match change:
        case StatusChange(status=status):
            return {Status.SKIPPED: "skipped"}.get(status, f"marked {status.word}")
        case StarChange(starred=starred):
            return "starred" if starred else "unstarred"
        case PriorityChange(priority=priority):
            return f"set priority {priority.name} on"
        case TagChange(add=add, remove=remove):
            names = " ".join([f"+{name}" for name in add] + [f"-{name}" for name in remove])
            return f"tagged {names}"
        case CitekeyChange(citekey=citekey):
            return f"renamed to {citekey}"
        case RemoveSamples():
            return "removed the sample shelf:"
