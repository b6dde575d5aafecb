"""`reader query` and `stats`."""

import json
from argparse import Namespace
from collections.abc import Iterator

from reader.cli.arguments import unprotected
from reader.cli.library import read
from reader.cli.output import emit
from reader.errors import QueryError
from reader.model.query import And, Field, Node, Not, Or, Problem, format_query, parse_query
from reader.model.query.writing import format_node


def run_query(arguments: Namespace) -> int:
    """Say how a query is understood, what is wrong with it, and what it finds."""
    text = " ".join(unprotected(arguments.query))
    query = parse_query(text)
    with read(arguments) as store:
        papers = None if query.errors else store.count(query)
        explained = None if query.errors else store.explain(query)
    if arguments.json:
        value = {"schema": 1, "query": text, "understood": format_query(query), "papers": papers,
                 "problems": [_problem(one) for one in query.problems],
                 "sql": explained.sql if explained else None,
                 "values": list(explained.values) if explained else None}  # fmt: skip
        emit(json.dumps(value, ensure_ascii=False))
    else:
        _tell(text, query.problems)
        emit(f"understood   {format_query(query) or '(every paper)'}")
        if arguments.explain:
            for line in _tree(query.tree):
                emit(f"             {line}")
        if arguments.explain and explained is not None:
            emit(f"sql          {explained.sql}")
            emit(f"values       {json.dumps(explained.values, ensure_ascii=False)}")
        if papers is not None:
            emit(f"finds        {papers:,}")
    if query.errors:
        raise QueryError(query.errors)
    return 0


def _problem(one: Problem) -> dict[str, object]:
    return {"start": one.start, "end": one.end, "error": one.error, "message": one.message,
            "fix": one.fix}  # fmt: skip


def _tell(text: str, problems: tuple[Problem, ...]) -> None:
    if not problems:
        return
    emit(text)
    for one in problems:
        mark = "^" * max(one.end - one.start, 1)
        emit(f"{' ' * one.start}{mark} {'error' if one.error else 'warning'}: {one.message}")


def _tree(node: Node, depth: int = 0) -> Iterator[str]:
    pad = "  " * depth
    match node:
        case And(parts=parts) | Or(parts=parts):
            yield f"{pad}{'all of' if isinstance(node, And) else 'any of'}"
            for part in parts:
                yield from _tree(part, depth + 1)
        case Not(part=part):
            yield f"{pad}not"
            yield from _tree(part, depth + 1)
        case Field() | _:
            yield f"{pad}{format_node(node)}"


def run_stats(arguments: Namespace) -> int:
    """Count what is in the library."""
    with read(arguments) as store:
        stats = store.stats()
    if arguments.json:
        emit(json.dumps({"schema": 1, **stats}, ensure_ascii=False))
        return 0
    for name, value in stats.items():
        if isinstance(value, dict):
            told = ", ".join(f"{key} {number:,}" for key, number in value.items()) or "none"
            emit(f"{name:<12} {told}")
        else:
            emit(f"{name:<12} {value:,}")
    return 0
