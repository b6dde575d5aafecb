"""`reader edit` and `add`: metadata by hand."""

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from reader.cli.library import opened
from reader.cli.output import emit, say
from reader.errors import UsageError
from reader.forms import ask_changes, ask_fields
from reader.library.store import Store
from reader.library.taking import ImportOrder
from reader.model.change import MetadataChange
from reader.model.dates import UNDATED
from reader.model.identifiers import parse_identifier
from reader.model.merge import USER
from reader.model.metadata import FieldProblem, changed
from reader.model.paper import Fields, Paper, PaperDraft, SourceRecord, Status, UserState
from reader.model.tags import parse_tag


def run_edit(arguments: Namespace) -> int:
    """Put the user's own values on top; without --set and --unset, in $EDITOR."""
    with opened(arguments) as store:
        paper = next(store.papers([store.find(arguments.ref)]))
        wanted = _settings(arguments.set) | dict.fromkeys(arguments.unset, "")
        if not wanted:
            wanted = ask_changes(paper)
        _save(store, paper, wanted)
    return 0


def _save(store: Store, paper: Paper, wanted: Mapping[str, str]) -> None:
    if not wanted:
        say("nothing was changed")
        return
    group = store.apply(MetadataChange(paper.row.id, tuple(wanted.items()))).group
    say(f"{group.summary}   `reader undo` takes it back" if group else "nothing to change")


def _settings(words: list[str]) -> dict[str, str]:
    """The FIELD=VALUE of --set.

    Raises:
        UsageError: One has no `=`.
    """
    told = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise UsageError(f"--set {word}: write FIELD=VALUE. Nothing was changed.")
        told[name.strip()] = value
    return told


def _fields(wanted: Mapping[str, str]) -> Fields:
    try:
        return changed(Fields(), wanted)
    except FieldProblem as problem:
        raise UsageError(f"{problem}. Nothing was changed.") from problem


def run_add(arguments: Namespace) -> int:
    """Add a paper by hand; without --title in $EDITOR."""
    wanted = _settings(arguments.set)
    if arguments.ids:
        wanted["identifiers"] = " ".join([*arguments.ids, wanted.get("identifiers", "")])
        _check_new(arguments.ids)
    if arguments.title:
        wanted["title"] = arguments.title
    elif "title" not in wanted:
        wanted |= ask_fields(wanted, {}, "A new paper: only the title is needed.")
    fields = _fields(wanted)
    if not fields.title:
        raise UsageError("a paper needs a title; nothing was added.")
    tags = tuple(parse_tag(name) for name in arguments.tag)
    state = UserState(Status[arguments.status.upper()], starred=arguments.star, tags=tags)
    with opened(arguments, make=True) as store:
        draft = _draft(fields, store.time(), state)
        group, taken = store.import_drafts(
            [draft], ImportOrder(f"“{fields.title[:60]}”", actor="user")
        )
        if group and taken.new:
            row = store.rows(store.newest())[0]
            emit(row.citekey)
        say(f"{group.summary}   `reader undo` takes it back" if group else "it is there already")
    return 0


def _check_new(ids: list[str]) -> None:
    """What is given beside the options must be identifiers.

    Raises:
        UsageError: It is a file, or none at all.
    """
    for one in ids:
        if parse_identifier(one) is None:
            hint = f"`reader import {one}` reads a file" if Path(one).exists() else "2604.01234"
            raise UsageError(f"not an identifier: {one}: {hint}. Nothing was added.")


def _draft(fields: Fields, at: str, state: UserState) -> PaperDraft:
    if fields.published == UNDATED and not fields.authors:
        say("no authors and no date: `reader edit` adds them")
    return PaperDraft((SourceRecord(USER, "user", at, "by hand", fields),), state)
