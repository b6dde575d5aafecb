"""`reader star`, `later`, `tag` and the other verbs that change papers."""

from argparse import Namespace

from reader.cli.library import named_papers, opened
from reader.cli.output import emit, say
from reader.errors import UsageError
from reader.library.store import Store
from reader.model.change import Change, StarChange, StatusChange, TagChange
from reader.model.paper import Status
from reader.model.tags import parse_tag

_STATUS = {"later": Status.LATER, "reading": Status.READING, "done": Status.READ,
           "skip": Status.SKIPPED, "unread": Status.UNREAD}  # fmt: skip


def run_status(arguments: Namespace) -> int:
    """Set the status of papers."""
    with opened(arguments) as store:
        papers = tuple(named_papers(store, arguments.refs))
        _apply(store, StatusChange(papers, _STATUS[arguments.command]), arguments)
    return 0


def run_star(arguments: Namespace) -> int:
    """Star papers, or take their stars away."""
    with opened(arguments) as store:
        papers = tuple(named_papers(store, arguments.refs))
        _apply(store, StarChange(papers, arguments.command == "star"), arguments)
    return 0


def run_tag(arguments: Namespace) -> int:
    """Add and remove tags."""
    words = [word.lstrip("\0") for word in arguments.words]
    add = tuple(parse_tag(word[1:]) for word in words if word.startswith("+"))
    remove = tuple(parse_tag(word[1:]) for word in words if word.startswith("-") and word != "-")
    refs = [word for word in words if word == "-" or not word.startswith(("+", "-"))]
    if not refs or not (add or remove):
        raise UsageError(
            "give tags as +NAME or -NAME, then papers: reader tag +theory simon2026there"
        )
    with opened(arguments) as store:
        _apply(store, TagChange(tuple(named_papers(store, refs)), add, remove), arguments)
    return 0


def _apply(store: Store, change: Change, arguments: Namespace) -> None:
    if arguments.dry_run:
        for row in store.rows(getattr(change, "papers", ())):
            emit(f"{row.citekey}\t{row.title}")
        say("nothing was changed (--dry-run)")
        return
    group = store.apply(change).group
    say(f"{group.summary}   `reader undo` takes it back" if group else "nothing to change")
