"""The query language: one way to say which papers, for the screen and the command line.

`parse_query` (in `parser`) reads a text into a `Query` (in `tree`), which carries what is wrong
with it; `format_query` writes it back; `views` gives queries names; `holding` says what is known of
a row without asking the library. The grammar is in docs/query.md.
"""

from reader.model.query.parser import parse_query
from reader.model.query.tree import ALL, And, Field, Node, Not, Or, Order, Problem, Query, Text
from reader.model.query.views import BUILT_IN, View
from reader.model.query.writing import format_query

__all__ = [
    "ALL", "BUILT_IN", "And", "Field", "Node", "Not", "Or", "Order", "Problem", "Query", "Text",
    "View", "format_query", "parse_query",
]  # fmt: skip
