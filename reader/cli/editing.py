"""`reader edit` and `add`: metadata by hand."""

import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import replace

from reader.cli.library import opened
from reader.cli.output import emit, say
from reader.errors import FetchError, UsageError
from reader.forms import ask_changes, ask_fields
from reader.library.ingest import Taken
from reader.library.reading import now
from reader.library.store import Store
from reader.library.taking import ImportOrder
from reader.model.change import ChangeGroup, MetadataChange
from reader.model.dates import UNDATED
from reader.model.identifiers import ARXIV, DOI, parse_identifier
from reader.model.merge import USER, told_identifiers
from reader.model.metadata import FieldProblem, changed
from reader.model.paper import Fields, Paper, PaperDraft, SourceRecord, Status, UserState
from reader.model.tags import parse_tag
from reader.paths import existing

_PARTLY = 6


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
    if arguments.ids and not arguments.title and not arguments.set:
        return _add_known(arguments)
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
    state = _state(arguments)
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


def _add_known(arguments: Namespace) -> int:
    """Add papers that services know; offline, what they are called, to be completed later."""
    state, failed = _state(arguments), list[FetchError]()
    ids = _asked_for(arguments.ids)
    if arguments.offline:
        _check_new(ids)
        drafts = [_named_only(one) for one in ids]
    else:
        from reader.cli.completing import looked_up  # noqa: PLC0415 - an HTTP client

        _check_no_file(ids)
        drafts, failed = looked_up(arguments, ids)
    with opened(arguments, make=True) as store:
        told = [replace(draft, user=state) for draft in drafts]
        name = told[0].records[0].fields.title or ids[0]
        order = ImportOrder(f"“{name[:60]}”" if len(told) == 1 else f"{len(told)} papers", "user")
        _report(store, *store.import_drafts(told, order), told)
    for error in failed:
        say(f"not added: {error}")
    return _PARTLY if failed else 0


def _asked_for(words: Sequence[str]) -> list[str]:
    """What is asked for; `-` reads more from standard input, one on a line.

    Raises:
        UsageError: It is nothing.
    """
    lines = [line for word in words for line in (sys.stdin if word == "-" else [word])]
    told = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    if not told:
        raise UsageError("no id, link or title was given; nothing was added.")
    return told


def _report(
    store: Store, group: ChangeGroup | None, _taken: Taken, drafts: Sequence[PaperDraft]
) -> None:
    for draft in drafts:
        for one in told_identifiers(draft.records)[:1]:
            name = one.value if one.scheme in (ARXIV, DOI) else f"{one.scheme}:{one.value}"
            emit(store.rows([store.find(name)])[0].citekey)
    say(f"{group.summary}   `reader undo` takes it back" if group else "it is there already")


def _state(arguments: Namespace) -> UserState:
    tags = tuple(parse_tag(name) for name in arguments.tag)
    return UserState(Status[arguments.status.upper()], starred=arguments.star, tags=tags)


def _named_only(text: str) -> PaperDraft:
    """A paper of which only an identifier is known."""
    one = parse_identifier(text)
    fields = Fields(identifiers=(one,)) if one else Fields()
    key = f"{one.scheme}:{one.value}" if one else text
    return PaperDraft((SourceRecord("text", key, now(), "by hand", fields),))


def _check_no_file(words: Sequence[str]) -> None:
    """What is asked for must not be a file.

    Raises:
        UsageError: It is one.
    """
    for one in words:
        if existing(one):
            raise UsageError(f"{one} is a file: `reader import {one}` reads it. Nothing was added.")


def _check_new(ids: list[str]) -> None:
    """What is given beside the options must be identifiers.

    Raises:
        UsageError: It is a file, or none at all.
    """
    for one in ids:
        if parse_identifier(one) is None:
            hint = (f"`reader import {one}` reads a file" if existing(one)
                    else "an arXiv id is like 2604.01234, a DOI like 10.1000/xyz")  # fmt: skip
            raise UsageError(f"not an identifier: {one}: {hint}. Nothing was added.")


def _draft(fields: Fields, at: str, state: UserState) -> PaperDraft:
    if fields.published == UNDATED and not fields.authors:
        say("no authors and no date: `reader edit` adds them")
    return PaperDraft((SourceRecord(USER, "user", at, "by hand", fields),), state)
