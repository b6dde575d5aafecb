"""The user's own views: their rows, and changing them."""

import sqlite3
from dataclasses import replace

from reader.errors import UsageError, ViewNameError
from reader.library.journal import Recorder
from reader.model.change import ViewMove, ViewRemoval, ViewRename, ViewSave, ViewsChange
from reader.model.query.parser import parse_query
from reader.model.query.tree import Field, Node, Problem, Word, rewritten
from reader.model.query.views import BUILT_IN, UnknownViewError, View, view_name, without_views
from reader.model.query.writing import format_query


def own_views(connection: sqlite3.Connection) -> list[View]:
    """The user's views in their order."""
    rows = connection.execute("SELECT name, query FROM views ORDER BY position, id")
    return [View(name, text, place) for place, (name, text) in enumerate(rows, start=1)]


def change_views(connection: sqlite3.Connection, recorder: Recorder, change: ViewsChange) -> None:
    """Make one change of the views.

    Raises:
        ViewNameError: The name cannot be a view's, or is taken.
        UsageError: There is no such view, or its query is wrong.
    """
    match change:
        case ViewSave(name=name, query=query):
            _save(connection, recorder, checked_name(name), query)
        case ViewRename(name=name, new=new):
            row, new = _row(connection, name), checked_name(new)
            if new != name and _find(connection, new) is not None:
                raise ViewNameError(new, "another view is called so")
            recorder.update("views", (row,), {"name": new})
            _rename_inside(connection, recorder, view_name(name), new)
            if change.query is not None:
                _save(connection, recorder, new, change.query)
        case ViewMove(name=name, position=position):
            _move(connection, recorder, _row(connection, name), position)
        case ViewRemoval(name=name):
            recorder.delete_many("views", [(_row(connection, name),)])


def checked_name(text: str) -> str:
    """The name of an own view.

    Raises:
        ViewNameError: It is none.
    """
    name = view_name(text)
    if not name:
        raise ViewNameError(text, "a view needs a short name without quotes, commas, parentheses")
    if name in BUILT_IN:
        raise ViewNameError(name, "a built-in view is called so")
    return name


def _save(connection: sqlite3.Connection, recorder: Recorder, name: str, query: str) -> None:
    _check_query(connection, name, query)
    row = _find(connection, name)
    if row is not None:
        recorder.update("views", (row,), {"query": query})
        return
    last = connection.execute("SELECT coalesce(max(position), 0) FROM views").fetchone()[0]
    recorder.insert("views", {"name": name, "query": query, "position": last + 1})


def _check_query(connection: sqlite3.Connection, name: str, text: str) -> None:
    parsed = parse_query(text)
    own = dict(connection.execute("SELECT name, query FROM views")) | {name: text}
    problems: list[Problem] = list(parsed.errors)
    if not problems:
        try:
            without_views(parsed.tree, own, (name,))
        except UnknownViewError as error:
            problems.append(Problem(0, 0, f"in:{error.name}: {error.reason}"))
    if problems:
        reasons = "; ".join(one.message for one in problems)
        raise UsageError(f"the view {name} was not saved: {reasons}.")


def _rename_inside(connection: sqlite3.Connection, recorder: Recorder, name: str, new: str) -> None:
    """Let the other views that name a view name it as it is called now."""

    def renamed(field: Field) -> Node:
        if field.name != "in":
            return field
        values = tuple(Word(new, quoted=" " in new) if isinstance(one, Word)
                       and one.text.lower() == name else one for one in field.values)  # fmt: skip
        return Field("in", values)

    for row, text in connection.execute("SELECT id, query FROM views").fetchall():
        query = parse_query(text)
        tree = rewritten(query.tree, renamed)
        if tree != query.tree and not query.errors:
            recorder.update("views", (row,), {"query": format_query(replace(query, tree=tree))})


def _move(connection: sqlite3.Connection, recorder: Recorder, row: int, position: int) -> None:
    order = [one for (one,) in connection.execute("SELECT id FROM views ORDER BY position, id")]
    order.remove(row)
    order.insert(max(0, position - 1), row)
    for place, one in enumerate(order, start=1):
        recorder.update("views", (one,), {"position": place})


def _find(connection: sqlite3.Connection, name: str) -> int | None:
    row = connection.execute("SELECT id FROM views WHERE name = ?", (name,)).fetchone()
    return row and int(row[0])


def _row(connection: sqlite3.Connection, name: str) -> int:
    row = _find(connection, view_name(name))
    if row is None:
        raise UsageError(f"no view of yours is called {name}: `reader views` lists them.")
    return row
