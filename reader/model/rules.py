"""Rules: what is done with papers of a query when they arrive."""

from reader.errors import TagNameError, UsageError
from reader.frozen import frozen
from reader.model.change import (
    PaperChange,
    PriorityChange,
    StarChange,
    StatusChange,
    TagChange,
    TrashChange,
)
from reader.model.paper import Priority, Status
from reader.model.query import Query, parse_query
from reader.model.tags import parse_tag

_STATUSES = {"later": Status.LATER, "reading": Status.READING, "done": Status.READ,
             "skip": Status.SKIPPED, "unread": Status.UNREAD}  # fmt: skip
_ACTS = "tag +a -b, prio A|B|C|none, star, later, reading, done, skip, unread, trash"


@frozen
class Rule:
    """One rule of the configuration.

    Attributes:
        when: The query, as written.
        do: What is done, as written: `tag +follow; prio B`.
    """

    when: str
    do: str

    @property
    def query(self) -> Query:
        """Which papers it means."""
        return parse_query(self.when)

    def changes(self, papers: tuple[int, ...]) -> list[PaperChange]:
        """What it does with papers.

        Raises:
            UsageError: It is not understood.
        """
        acts = [act.split() for act in self.do.split(";") if act.strip()]
        return [self._change(words, papers) for words in acts]

    def _change(self, words: list[str], papers: tuple[int, ...]) -> PaperChange:
        name, rest = words[0].lower(), words[1:]
        if name == "tag" and rest:
            return self._tags(rest, papers)
        if name == "prio" and len(rest) == 1 and rest[0].upper() in Priority.__members__:
            return PriorityChange(papers, Priority[rest[0].upper()])
        if name == "star" and not rest:
            return StarChange(papers, starred=True)
        if name == "trash" and not rest:
            return TrashChange(papers, trashed=True)
        if name in _STATUSES and not rest:
            return StatusChange(papers, _STATUSES[name])
        raise UsageError(f"rule “{self.when}”: {' '.join(words)}: a rule does {_ACTS}.")

    def _tags(self, words: list[str], papers: tuple[int, ...]) -> TagChange:
        try:
            add = tuple(parse_tag(word.lstrip("+#")) for word in words if word[:1] != "-")
            remove = tuple(parse_tag(word[1:]) for word in words if word[:1] == "-")
        except TagNameError as error:
            raise UsageError(f"rule “{self.when}”: {error}") from error
        return TagChange(papers, add, remove)

    def check(self) -> None:
        """See whether it can be followed.

        Raises:
            UsageError: Its query or what it does is not understood.
        """
        if errors := self.query.errors:
            raise UsageError(f"rule “{self.when}”: {errors[0].message}.")
        if not self.changes(()):
            raise UsageError(f"rule “{self.when}”: it does nothing: a rule does {_ACTS}.")
