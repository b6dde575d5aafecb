"""The tokens of a formula."""

import re

LETTERS_IN_WORD = 3
"""Letters from which on a run of them is a word, not a product of variables."""

_TOKEN = re.compile(r"\\([A-Za-z]+)\*?[ \t\n]*|\\(.)|([ \t\n~]+)|([<>=:]+|.)", re.DOTALL)


class Tokens:
    """The tokens of one formula, with a cursor."""

    def __init__(self, source: str) -> None:
        found = _TOKEN.findall(source)
        self._tokens = [(name or sign, blank or text) for name, sign, blank, text in found]
        self._position = 0

    def __bool__(self) -> bool:
        return self._position < len(self._tokens)

    def next(self) -> tuple[str, str]:
        """The next token, as (name of a command, or any other text), and step over it."""
        token = self._tokens[self._position]
        self._position += 1
        return token

    def peek(self) -> str:
        """The next token's text when it is not a named command, else nothing."""
        return self._tokens[self._position][1] if self else ""

    def mark(self) -> int:
        """The cursor, to come back to with `reset`."""
        return self._position

    def reset(self, mark: int) -> None:
        """Put the cursor back where `mark` was taken."""
        self._position = mark

    def whole_word(self) -> str:
        """A word of three letters or more that comes next, and step over it; else nothing.

        TeX would take its first letter only; whoever wrote it meant the word.
        """
        end = self._position
        while end < len(self._tokens) and self._tokens[end][1].isalpha():
            end += 1
        if end - self._position < LETTERS_IN_WORD:
            return ""
        word = "".join(text for _, text in self._tokens[self._position : end])
        self._position = end
        return word

    def skip_blanks(self) -> None:
        """Step over blanks."""
        while self and self._tokens[self._position][1].isspace():
            self._position += 1

    def raw_group(self) -> str:
        """The source of the next braced group, uninterpreted, and step over it."""
        self.skip_blanks()
        if self.peek() != "{":
            return ""
        depth, parts = 0, []
        while self:
            name, text = self.next()
            depth += {"{": 1, "}": -1}.get(text, 0) if not name else 0
            if depth == 0:
                break
            parts.append(f"\\{name}" if name else text)
        return "".join(parts)[1:]
