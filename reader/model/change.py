"""What the user did: changes as values, and the groups that the journal keeps of them.

Every change knows its `verb`, the word that the command line has for it, and how it is `told`: in
the past tense and without the papers it was done to.
"""

from enum import IntEnum

from reader.frozen import frozen
from reader.model.feed_change import FeedsChange
from reader.model.paper import Priority, Status


@frozen
class StatusChange:
    """Set the status of papers."""

    papers: tuple[int, ...]
    status: Status

    @property
    def verb(self) -> str:
        """The command."""
        return {Status.READ: "done", Status.SKIPPED: "skip"}.get(self.status, self.status.word)

    @property
    def told(self) -> str:
        """What it did."""
        return {Status.SKIPPED: "skipped"}.get(self.status, f"marked {self.status.word}")


@frozen
class StarChange:
    """Star papers, or take their stars away."""

    papers: tuple[int, ...]
    starred: bool

    @property
    def verb(self) -> str:
        """The command."""
        return "star" if self.starred else "unstar"

    @property
    def told(self) -> str:
        """What it did."""
        return "starred" if self.starred else "unstarred"


@frozen
class PriorityChange:
    """Set the priority of papers."""

    papers: tuple[int, ...]
    priority: Priority
    verb = "prio"

    @property
    def told(self) -> str:
        """What it did."""
        return f"set priority {self.priority.name} on"


@frozen
class PriorityStep:
    """Raise the priority of each paper by so many steps, or lower it."""

    papers: tuple[int, ...]
    steps: int
    verb = "prio"

    @property
    def told(self) -> str:
        """What it did."""
        return f"{'raised' if self.steps > 0 else 'lowered'} the priority of"


@frozen
class TagChange:
    """Add tags to papers and remove others from them; names as `parse_tag` gives them."""

    papers: tuple[int, ...]
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    verb = "tag"

    @property
    def told(self) -> str:
        """What it did."""
        names = [f"+{name}" for name in self.add] + [f"-{name}" for name in self.remove]
        return f"tagged {' '.join(names)}"


@frozen
class TrashChange:
    """Put papers into the trash, or take them out."""

    papers: tuple[int, ...]
    trashed: bool

    @property
    def verb(self) -> str:
        """The command."""
        return "trash" if self.trashed else "untrash"

    @property
    def told(self) -> str:
        """What it did."""
        return "moved to the trash:" if self.trashed else "took out of the trash:"


IN_PLACE = (StatusChange, StarChange, TagChange, PriorityChange, PriorityStep, TrashChange)
"""What one decides of papers: none has another place in the order of their dates by it."""


@frozen
class CitekeyChange:
    """Give a paper another citekey."""

    paper: int
    citekey: str
    verb = "key"

    @property
    def told(self) -> str:
        """What it did."""
        return f"renamed to {self.citekey}"


@frozen
class MetadataChange:
    """Put the user's own values on top of what the sources said of a paper.

    Attributes:
        values: Fields with their new values as `reader.model.metadata` reads them; an empty one
            leaves the field to the sources. Other fields keep the user's value.
    """

    paper: int
    values: tuple[tuple[str, str], ...]
    verb = "edit"

    @property
    def told(self) -> str:
        """What it did."""
        return f"edited {', '.join(name for name, _ in self.values)} of"


@frozen
class MergeChange:
    """Let one paper take over what others are: they are one work."""

    paper: int
    others: tuple[int, ...]
    verb = "merge"

    @property
    def told(self) -> str:
        """What it did."""
        return f"merged {len(self.others) + 1} papers into"


@frozen
class SplitChange:
    """Make a paper of its own from some of a paper's records.

    Attributes:
        records: Which of its sources, from 1 in their order.
    """

    paper: int
    records: tuple[int, ...]
    verb = "split"
    told = "split"


@frozen
class ApartChange:
    """Note that papers that look alike are different works."""

    papers: tuple[int, ...]
    verb = "apart"
    told = "kept apart:"


@frozen
class RemoveSamples:
    """Take the bundled shelf away: every paper that only the shelf told of."""

    verb = "remove-samples"
    told = "removed the sample shelf:"


@frozen
class TagRename:
    """Give a tag and those below it another name; where that exists, the two become one."""

    name: str
    new: str
    verb = "tags"

    @property
    def told(self) -> str:
        """What it did."""
        return f"renamed tag {self.name} to {self.new}"


@frozen
class TagColour:
    """Give a tag one of the colours of `reader.model.tags`, or none."""

    name: str
    colour: str
    verb = "tags"

    @property
    def told(self) -> str:
        """What it did."""
        return f"coloured tag {self.name} {self.colour or 'plain'}"


@frozen
class TagPin:
    """Pin a tag to a digit from 1 to 9, or to none with 0."""

    name: str
    place: int
    verb = "tags"

    @property
    def told(self) -> str:
        """What it did."""
        return f"pinned tag {self.name} to {self.place}" if self.place else f"unpinned {self.name}"


@frozen
class TagRemoval:
    """Delete a tag and those below it, from every paper."""

    name: str
    verb = "tags"

    @property
    def told(self) -> str:
        """What it did."""
        return f"deleted tag {self.name}"


@frozen
class ViewSave:
    """Keep a query under a name, replacing the view of that name."""

    name: str
    query: str
    verb = "views"

    @property
    def told(self) -> str:
        """What it did."""
        return f"saved view {self.name}"


@frozen
class ViewRename:
    """Give one of the user's views another name, and another query where one is given."""

    name: str
    new: str
    query: str | None = None
    verb = "views"

    @property
    def told(self) -> str:
        """What it did."""
        told = f"renamed view {self.name} to {self.new}"
        return told if self.query is None else f"{told} and changed its query"


@frozen
class ViewMove:
    """Move one of the user's views to another place among them, from 1 on."""

    name: str
    position: int
    verb = "views"

    @property
    def told(self) -> str:
        """What it did."""
        return f"moved view {self.name} to {self.position}"


@frozen
class ViewRemoval:
    """Delete one of the user's views."""

    name: str
    verb = "views"

    @property
    def told(self) -> str:
        """What it did."""
        return f"deleted view {self.name}"


PaperChange = (
    StatusChange | StarChange | PriorityChange | PriorityStep | TagChange | TrashChange
    | CitekeyChange | MetadataChange | RemoveSamples
)  # fmt: skip
"""Changes of papers."""

Regrouping = MergeChange | SplitChange | ApartChange
"""Changes of what is one work and what are several."""

TagsChange = TagRename | TagColour | TagPin | TagRemoval
"""Changes of the tags themselves."""

ViewsChange = ViewSave | ViewRename | ViewMove | ViewRemoval
"""Changes of the user's views."""

Change = PaperChange | Regrouping | TagsChange | ViewsChange | FeedsChange


def papers_named(change: Change) -> tuple[int, ...]:
    """The papers that a change names; those that it reaches by a tag are not known here."""
    match change:
        case MergeChange(paper=paper, others=others):
            return (paper, *others)
        case CitekeyChange(paper=paper) | MetadataChange(paper=paper) | SplitChange(paper=paper):
            return (paper,)
        case (
            StatusChange() | StarChange() | PriorityChange() | PriorityStep() | TagChange()
            | TrashChange() | ApartChange()
        ):  # fmt: skip
            return change.papers
        case _:
            return ()


class GroupState(IntEnum):
    """Where a change group stands."""

    DONE = 0
    UNDONE = 1
    ABANDONED = 2
    """Undone, and no longer redoable since something else was done."""
    PAST = 4
    """Done in another library, which an import came from: there is nothing to undo here."""


@frozen
class ChangeGroup:
    """One user act in the journal.

    Attributes:
        id: Its number, rising with time; 0 for one of another library.
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


@frozen
class Outcome:
    """What an act did: its group (None when nothing changed) and the papers it touched."""

    group: ChangeGroup | None
    papers: tuple[int, ...] = ()
