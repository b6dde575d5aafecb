"""`reader tags` and `views`."""

import json
from argparse import Namespace

from reader.cli.library import checked, opened
from reader.cli.output import emit, say
from reader.errors import UsageError
from reader.library.store import Store
from reader.model.change import (
    Change,
    TagColour,
    TagPin,
    TagRemoval,
    TagRename,
    ViewMove,
    ViewRemoval,
    ViewRename,
    ViewSave,
)
from reader.model.query import BUILT_IN, View
from reader.model.tags import COLOURS, parse_tag

_MOST_PINS = 9


def run_tags(arguments: Namespace) -> int:
    """List tags, or change them."""
    with opened(arguments) as store:
        if arguments.act == "ls":
            for tag in store.tags():
                value = {"schema": 1, "tag": tag.name, "papers": tag.papers,
                         "colour": tag.colour or None, "pinned": tag.pinned or None}  # fmt: skip
                pin = f"pinned {tag.pinned}" if tag.pinned else ""
                line = f"{tag.papers:>6}  {tag.name}  {tag.colour}  {pin}".rstrip()
                emit(json.dumps(value, ensure_ascii=False) if arguments.json else line)
        else:
            _apply(store, _tag_change(store, arguments.act, arguments.words))
    return 0


def _tag_change(store: Store, act: str, words: list[str]) -> Change:
    """The change that the words of a command name.

    Raises:
        UsageError: They are too few or too many, or a value is none.
    """
    wanted = 1 if act == "rm" else 2
    if len(words) != wanted:
        raise UsageError(f"reader tags {act} takes {wanted} words. Nothing was changed.")
    name = parse_tag(words[0])
    if act == "rm":
        return TagRemoval(name)
    if act in ("rename", "merge"):
        new, known = parse_tag(words[1]), {tag.name for tag in store.tags()}
        if act == "merge" and new not in known:
            raise UsageError(f"no tag is called {new} to merge into. Nothing was changed.")
        if act == "rename" and new in known:
            raise UsageError(
                f"{new} is there already: `reader tags merge {name} {new}` joins them."
            )
        return TagRename(name, new)
    if act == "pin":
        if not words[1].isdecimal() or int(words[1]) > _MOST_PINS:
            raise UsageError("a pin is a digit from 1 to 9, or 0 for none. Nothing was changed.")
        return TagPin(name, int(words[1]))
    colour = "" if words[1] == "none" else words[1]
    if colour and colour not in COLOURS:
        raise UsageError(f"a colour is {', '.join(COLOURS)} or none. Nothing was changed.")
    return TagColour(name, colour)


def run_views(arguments: Namespace) -> int:
    """List views, or change one's own."""
    with opened(arguments) as store:
        if arguments.act == "ls":
            views = [*BUILT_IN.values(), *store.views()]
            counts = store.view_counts(views)
            for view in views:
                emit(_view_line(view, counts.get(view.name), as_json=arguments.json))
        else:
            _apply(store, _view_change(arguments.act, arguments.words))
    return 0


def _view_line(view: View, papers: int | None, *, as_json: bool) -> str:
    if as_json:
        return json.dumps({"schema": 1, "view": view.name, "query": view.text, "papers": papers,
                           "position": view.position or None}, ensure_ascii=False)  # fmt: skip
    place = f"{view.position}" if view.position else " "
    count = "wrong" if papers is None else f"{papers:,}"
    return f"{place:>2} {count:>7}  {view.name:<14} {view.text}".rstrip()


def _view_change(act: str, words: list[str]) -> Change:
    """Likewise.

    Raises:
        UsageError: Likewise.
    """
    name = words[0] if words else ""
    if act == "rm" and len(words) == 1:
        return ViewRemoval(name)
    if act == "add" and len(words) > 1:
        query = " ".join(words[1:])
        checked(query)
        return ViewSave(name, query)
    if act == "rename" and len(words) == 2:  # noqa: PLR2004 - the old name and the new one
        return ViewRename(name, words[1])
    if act == "move" and len(words) == 2 and words[1].isdecimal() and len(words[1]) < 5:  # noqa: PLR2004 - name and place
        return ViewMove(name, int(words[1]))
    usage = "add NAME QUERY, rename NAME NEW, move NAME PLACE, rm NAME"
    raise UsageError(f"reader views: {usage}. Nothing was changed.")


def _apply(store: Store, change: Change) -> None:
    group = store.apply(change).group
    say(f"{group.summary}   `reader undo` takes it back" if group else "nothing to change")
