"""Writing queries: the text that reads back as the same query."""

from reader.model.query.tree import ALL, And, Field, Node, Not, Or, Query, Span, Text, Value


def format_query(query: Query) -> str:
    """A query as `parse_query` reads it; whether it is ranked is not part of its text."""
    parts = [_inner(query.tree)] if query.tree != ALL else []
    if query.orders:
        keys = ",".join(f"{'-' if one.reverse else ''}{one.key}" for one in query.orders)
        parts.append(f"sort:{keys}")
    parts += [f"group:{query.group}"] if query.group else []
    parts += [f"limit:{query.limit}"] if query.limit else []
    return " ".join(parts)


def format_node(node: Node) -> str:
    """A part of a query as it can stand beside others."""
    return _wrapped(node) if isinstance(node, Or) else _inner(node)


def _inner(node: Node) -> str:
    match node:
        case Text(words=words, phrase=phrase):
            return f'"{words}"' if phrase else words
        case Field(name=name, values=values):
            return f"{name}:{','.join(_value(name, value) for value in values)}"
        case Not(part=part):
            inner = _inner(part)
            return f"NOT {inner}" if inner.startswith("-") else f"-{_wrapped(part)}"
        case And(parts=parts):
            return " ".join(_wrapped(part) if isinstance(part, Or) else _inner(part)
                            for part in parts) or "()"  # fmt: skip
        case Or(parts=parts):
            return " OR ".join(_wrapped(part) if isinstance(part, Or) else _inner(part)
                               for part in parts)  # fmt: skip


def _wrapped(node: Node) -> str:
    return f"({_inner(node)})" if isinstance(node, And | Or) else _inner(node)


def _value(name: str, value: Value) -> str:
    if isinstance(value, Span):
        return _span(value)
    text = f"={value.text}" if value.exact else value.text
    pasted = name == "id" and text.startswith("10.") and " " not in text
    special = any(char in text for char in ' ,()"|') and not pasted
    return f'"{text}"' if value.quoted or special else text


def _span(span: Span) -> str:
    if span.strict:
        return f">{span.low}" if span.low else f"<{span.high}"
    if span.low == span.high and not span.low.endswith(tuple("hdwmy")):
        return span.low
    return f"{span.low}..{span.high}"
