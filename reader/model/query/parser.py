"""Reading queries: total, linear, and never wider than what was written.

Any text gives a query. What cannot be understood is an error, with which the query must not run; a
part is left out with a mere warning only where leaving it out cannot let more papers in than its
author meant.
"""

from collections.abc import Iterator

from reader.model.query.fields import (
    BY_NAME,
    DIRECTIVES,
    GROUPS,
    ORDERS,
    PRESENCES,
    STATES,
    FieldInfo,
    Kind,
    closest,
)
from reader.model.query.lexer import Mark, Piece, Token, tokens
from reader.model.query.tree import (
    ALL,
    Field,
    Node,
    Not,
    Order,
    Problem,
    Query,
    Text,
    either,
    joined,
)
from reader.model.query.values import ValueProblem, parse_value
from reader.model.text import clean

MOST_TERMS = 200
"""Words, phrases and values of a query."""

LONGEST = 4_000
"""Characters of a query."""

_DEEPEST = 40
_MOST_LIMIT = 1_000_000
_KNOWN = frozenset({*BY_NAME, *DIRECTIVES})


def parse_query(text: str) -> Query:
    """The query that a text is, with its problems; never raises."""
    if len(text) > LONGEST:
        text, kept = text[:LONGEST], len(text)
        problem = Problem(0, LONGEST, f"{kept:,} characters are too many: {LONGEST:,} at most")
        return Query(ALL, problems=(problem,))
    return _Parser(text).query()


def _reads_alone(words: str) -> bool:
    """Whether a word is read as that word where it stands: controls may have hidden its sign."""
    first = next(tokens(words, _KNOWN))
    return first.mark is Mark.WORD and first.text == words


class _Parser:
    """One text on its way to a query."""

    def __init__(self, text: str) -> None:
        self._tokens = list(tokens(text, _KNOWN))
        self._at = 0
        self._depth = 0
        self._terms = 0
        self._negated = False
        self._problems: list[Problem] = []
        self._orders: list[Order] = []
        self._group, self._limit = "", 0

    def query(self) -> Query:
        """The query, with everything that is wrong with it."""
        parts: list[Node] = []
        while self._at < len(self._tokens):
            parts.append(self._or())
            if (token := self._peek()) is not None:  # only a `)` without its `(` is left standing
                self._warn(token, "ignored: nothing was opened here")
                self._at += 1
        self._check_size()
        return Query(joined(parts), tuple(self._orders), self._group, self._limit,
                     problems=tuple(sorted(self._problems, key=lambda one: one.start)))  # fmt: skip

    def _check_size(self) -> None:
        if self._terms > MOST_TERMS:
            start, end = self._tokens[0].start, self._tokens[-1].end
            message = f"{self._terms:,} words are too many: {MOST_TERMS} at most"
            self._problems.append(Problem(start, end, message))

    # -- the grammar -----------------------------------------------------------------------

    def _peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _next_is(self, *marks: Mark) -> bool:
        token = self._peek()
        return token is not None and token.mark in marks

    def _or(self) -> Node:
        parts: list[Node] = []
        if self._next_is(Mark.OR):
            self._lonely(self._tokens[self._at])
        else:
            parts.append(self._and())
        while self._next_is(Mark.OR):
            operator = self._tokens[self._at]
            self._at += 1
            if self._next_is(Mark.OR, Mark.CLOSE) or self._peek() is None:
                self._lonely(operator)
            else:
                parts.append(self._and())
        told = [part for part in parts if part != ALL]
        return either(told) if told else ALL

    def _and(self) -> Node:
        parts: list[Node] = []
        while (token := self._peek()) is not None and token.mark not in (Mark.OR, Mark.CLOSE):
            if token.mark is Mark.AND:
                self._at += 1
                if not parts or self._peek() is None or self._next_is(Mark.OR, Mark.CLOSE):
                    self._lonely(token)
            else:
                parts += self._unary()
        return joined(parts)

    def _unary(self) -> Iterator[Node]:
        """The next atom with the negations before it; nothing where it says nothing."""
        start = self._at
        while self._next_is(Mark.NOT):
            self._at += 1
        negations = self._at - start
        token = self._peek()
        if token is None or token.mark in (Mark.OR, Mark.AND, Mark.CLOSE):
            self._lonely(self._tokens[self._at - 1])
            return
        before, odd = self._negated, negations % 2 == 1
        self._negated = before != odd
        self._at += 1
        part = self._group_of(token) if token.mark is Mark.OPEN else self._leaf(token)
        self._negated = before
        if part is not None:
            yield Not(part) if odd else part

    def _group_of(self, opening: Token) -> Node | None:
        self._depth += 1
        if self._depth > _DEEPEST:
            self._error(opening, "nested too deeply")
            self._at = len(self._tokens)
            return None
        part = self._or()
        self._depth -= 1
        if self._next_is(Mark.CLOSE):
            self._at += 1
        elif self._depth < _DEEPEST:
            self._warn(opening, "never closed; read as if it were at the end")
        if part == ALL:
            self._warn(opening, "ignored: nothing is in it")
            return None
        return part

    # -- leaves ----------------------------------------------------------------------------

    def _leaf(self, token: Token) -> Node | None:
        self._terms += max(1, len(token.pieces))
        if not token.closed:
            self._warn(token, "the quote is never closed; read as if it were at the end")
        if token.mark is Mark.FIELD:
            return self._field(token)
        return self._text(token)

    def _text(self, token: Token) -> Node | None:
        words = clean(token.text)
        if not any(char.isalnum() for char in words):
            if words.strip("-"):
                self._warn(token, "ignored: no letter or digit in it")
            return None
        self._terms += words.count(" ")
        return Text(words, phrase=token.mark is Mark.PHRASE or not _reads_alone(words))

    def _field(self, token: Token) -> Node | None:
        name = token.text.lower()
        if name in DIRECTIVES:
            self._directive(name, token)
            return None
        field = BY_NAME.get(name)
        if field is None:
            return self._unknown(token)
        if not token.pieces:
            self._error(token, f"{name}: needs a value, such as {field.example}")
            return None
        self._check_kept(field, token)
        values = []
        for piece in token.pieces:
            try:
                values.append(parse_value(field, piece))
            except ValueProblem as problem:
                self._problems.append(Problem(piece.start, max(piece.end, token.start + 1),
                                              problem.message, fix=problem.fix))  # fmt: skip
        return Field(field.name, tuple(values)) if values else None

    def _unknown(self, token: Token) -> Node | None:
        """A name that is no field: text with a colon in it, such as a pasted title has."""
        near = closest(token.text, _KNOWN)
        hint = f"; {near}:?" if near else ""
        end = token.start + len(token.text)
        message = f"unknown field, searched as text{hint}"
        self._problems.append(Problem(token.start, end, message, error=False, fix=near or None))
        written = ",".join(piece.text for piece in token.pieces)
        words = clean(f"{token.text}:{written}")
        return Text(words, phrase=any(piece.quoted for piece in token.pieces))

    def _check_kept(self, field: FieldInfo, token: Token) -> None:
        """Say that a field finds nothing since its facts are not kept; nor may it exclude."""
        lacking = [field.missing] if field.missing else []
        meanings = {Kind.STATE: STATES, Kind.PRESENCE: PRESENCES}.get(field.kind, {})
        lacking += [piece.text for piece in token.pieces if meanings.get(piece.text.lower()) == ""]
        if not lacking:
            return
        message = f"no {', '.join(lacking)} kept yet: this finds nothing"
        if self._negated and field.kind is not Kind.PRESENCE:
            self._error(token, f"no {', '.join(lacking)} kept yet: it cannot leave papers out")
        else:
            self._warn(token, "none is kept yet" if field.name == "no" else message)

    # -- directives ------------------------------------------------------------------------

    def _directive(self, name: str, token: Token) -> None:
        if self._negated or not token.pieces:
            why = "cannot be negated" if self._negated else "needs a value, such as "
            self._error(token, f"{name}: {why}{'' if self._negated else DIRECTIVES[name]}")
            return
        take = {"sort": self._sort, "group": self._grouped, "limit": self._limited}[name]
        for piece in token.pieces:
            take(piece)

    def _sort(self, piece: Piece) -> None:
        text = piece.text.lower()
        key = text.removeprefix("-")
        if key not in ORDERS:
            near = closest(key, ORDERS)
            hint = f"{near}?" if near else f"it is one of {', '.join(ORDERS)}"
            self._wrong(piece, f"cannot sort by {clean(key)}: {hint}", near or None)
        elif not ORDERS[key]:
            message = f"no {key} is kept yet: not sorted by it"
            self._problems.append(Problem(piece.start, piece.end, message, error=False))
        else:
            self._orders.append(Order(key, text.startswith("-")))

    def _grouped(self, piece: Piece) -> None:
        text = piece.text.lower()
        if text in GROUPS:
            self._group = "" if text == "none" else text
        else:
            near = closest(text, GROUPS)
            hint = f"{near}?" if near else f"it is one of {', '.join(GROUPS)}"
            self._wrong(piece, f"cannot group by {clean(text)}: {hint}", near or None)

    def _limited(self, piece: Piece) -> None:
        if piece.text.isascii() and piece.text.isdigit() and len(piece.text) < len("10000000"):
            number = min(int(piece.text), _MOST_LIMIT)
            if number:
                self._limit = min(number, self._limit or number)
                return
        self._wrong(piece, "not a number of papers: limit:30")

    # -- problems --------------------------------------------------------------------------

    def _lonely(self, token: Token) -> None:
        self._error(token, f"{token.text} has nothing beside it")

    def _wrong(self, piece: Piece, message: str, fix: str | None = None) -> None:
        self._problems.append(Problem(piece.start, piece.end, message, fix=fix))

    def _error(self, token: Token, message: str) -> None:
        self._problems.append(Problem(token.start, token.end, message))

    def _warn(self, token: Token, message: str) -> None:
        self._problems.append(Problem(token.start, token.end, message, error=False))
