"""`reader merge` and `reader split`: what is one work, and what is two."""

from argparse import Namespace

from reader.cli.library import opened, read
from reader.cli.output import emit, say
from reader.library.store import Store
from reader.model.change import ApartChange, Change, MergeChange, SplitChange
from reader.model.merge import identifying_title
from reader.model.paper import source_label


def run_merge(arguments: Namespace) -> int:
    """Let papers become one, or note that they are different works."""
    with opened(arguments) as store:
        paper = store.find(arguments.ref)
        others = tuple(store.find(ref) for ref in arguments.others)
        if arguments.apart:
            _apply(store, ApartChange((paper, *others)))
        else:
            _apply(store, MergeChange(paper, others))
    return 0


def run_split(arguments: Namespace) -> int:
    """Make a paper of some records of one; without numbers, list its records."""
    if not arguments.records:
        with read(arguments) as store:
            paper = store.paper(store.find(arguments.ref))
        for number, record in enumerate(paper.sources if paper else (), start=1):
            title = identifying_title(record.fields) or "(your own values)"
            emit(f"{number}  {source_label(record.source):<18} {record.origin:<24} {title}")
        return 0
    with opened(arguments) as store:
        change = SplitChange(store.find(arguments.ref), tuple(dict.fromkeys(arguments.records)))
        _apply(store, change)
    return 0


def _apply(store: Store, change: Change) -> None:
    done = store.apply(change)
    for row in store.rows(done.papers):
        emit(f"{row.citekey}  {row.title}")
    say(f"{done.group.summary}   `reader undo` takes it back" if done.group else "nothing changed")
