"""Whether a row still belongs among the results after its state changed, as far as a row tells."""

from reader.model.paper import PaperRow, Priority, Status
from reader.model.query.tree import And, Field, Node, Not, Or, Span, Text, Value, Word
from reader.model.tags import tag_matches

_STATUS = {status.word: status for status in Status} | {"inbox": Status.UNREAD}
_PRIORITY = {"a": Priority.A, "b": Priority.B, "c": Priority.C, "none": Priority.NONE}


def holds(node: Node, row: PaperRow) -> bool | None:
    """Whether a row meets a tree without views; None where the row alone does not tell."""
    match node:
        case And(parts=parts):
            return _all([holds(part, row) for part in parts])
        case Or(parts=parts):
            return _any([holds(part, row) for part in parts])
        case Not(part=part):
            inner = holds(part, row)
            return None if inner is None else not inner
        case Text():
            return None
        case Field(name=name, values=values):
            return _any([_holds(name, value, row) for value in values])


def _all(parts: list[bool | None]) -> bool | None:
    if False in parts:
        return False
    return None if None in parts else True


def _any(parts: list[bool | None]) -> bool | None:
    if True in parts:
        return True
    return None if None in parts else False


def _holds(name: str, value: Value, row: PaperRow) -> bool | None:
    if isinstance(value, Span):
        return None
    match name:
        case "is":
            return _is(value.text, row)
        case "tag":
            return any(tag_matches(tag, value.text, exact=value.exact) for tag in row.tags)
        case "prio":
            return row.priority == _PRIORITY[value.text]
        case "has" | "no" if value.text == "tags":
            return bool(row.tags) == (name == "has")
        case _:
            return None


def _is(state: str, row: PaperRow) -> bool | None:
    if state in _STATUS:
        return row.status == _STATUS[state]
    match state:
        case "starred":
            return row.starred
        case "seen":
            return row.seen
        case "tagged":
            return bool(row.tags)
        case "trash":
            return row.trashed
        case "updated":
            return row.revised
        case "library":
            decided = row.status in (Status.LATER, Status.READING, Status.READ)
            return decided or row.starred or bool(row.tags) or row.priority is not Priority.NONE
        case _:
            return None


def mentions_trash(node: Node) -> bool:
    """Whether a tree asks for papers in the trash; otherwise it never means them."""
    match node:
        case Field(name="is", values=values):
            return Word("trash") in values
        case Not(part=part):
            return mentions_trash(part)
        case And(parts=parts) | Or(parts=parts):
            return any(mentions_trash(part) for part in parts)
        case _:
            return False
