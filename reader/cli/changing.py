"""`reader star`, `later`, `tag`, `trash` and the other verbs that change papers."""

from argparse import Namespace

from reader.cli.arguments import unprotected
from reader.cli.library import chosen_papers, opened
from reader.cli.output import emit, say
from reader.errors import UsageError
from reader.library.changing import count_papers
from reader.library.store import Store
from reader.model.change import (
    Change,
    PriorityChange,
    StarChange,
    StatusChange,
    TagChange,
    TrashChange,
    papers_named,
)
from reader.model.paper import Priority, Status
from reader.model.tags import parse_tag

_STATUS = {"later": Status.LATER, "reading": Status.READING, "done": Status.READ,
           "skip": Status.SKIPPED, "unread": Status.UNREAD}  # fmt: skip


def run_status(arguments: Namespace) -> int:
    """Set the status of papers."""
    with opened(arguments) as store:
        papers = tuple(chosen_papers(store, arguments))
        return _apply(store, StatusChange(papers, _STATUS[arguments.command]), arguments)


def run_star(arguments: Namespace) -> int:
    """Star papers, or take their stars away."""
    with opened(arguments) as store:
        papers = tuple(chosen_papers(store, arguments))
        return _apply(store, StarChange(papers, arguments.command == "star"), arguments)


def run_priority(arguments: Namespace) -> int:
    """Set the priority of papers."""
    with opened(arguments) as store:
        papers = tuple(chosen_papers(store, arguments))
        priority = Priority[arguments.priority.upper()]
        return _apply(store, PriorityChange(papers, priority), arguments)


def run_trash(arguments: Namespace) -> int:
    """Move papers into the trash, or out of it."""
    with opened(arguments) as store:
        papers = tuple(chosen_papers(store, arguments))
        return _apply(store, TrashChange(papers, arguments.command == "trash"), arguments)


def run_tag(arguments: Namespace) -> int:
    """Add and remove tags."""
    words = unprotected(arguments.words)
    add = tuple(parse_tag(word[1:]) for word in words if word.startswith("+"))
    remove = tuple(parse_tag(word[1:]) for word in words if word.startswith("-") and word != "-")
    arguments.refs = [word for word in words if word == "-" or not word.startswith(("+", "-"))]
    if not (add or remove):
        raise UsageError(
            "give tags as +NAME or -NAME, then papers: reader tag +theory simon2026there"
        )
    with opened(arguments) as store:
        papers = tuple(chosen_papers(store, arguments))
        return _apply(store, TagChange(papers, add, remove), arguments)


def _apply(store: Store, change: Change, arguments: Namespace) -> int:
    papers = papers_named(change)
    if arguments.dry_run:
        for row in store.rows(papers):
            emit(f"{row.citekey}\t{row.title}")
        say(f"{count_papers(len(papers))}; nothing was changed (--dry-run)")
        return 0
    group = store.apply(change).group
    say(f"{group.summary}   `reader undo` takes it back" if group else "nothing to change")
    return 0 if papers else 1
