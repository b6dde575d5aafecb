"""Running text with LaTeX in it, as titles and abstracts are written.

Abstracts are not TeX documents: `%` is a percent sign, `~` mostly means "about", author macros are
unknown, and dollars may be money. So nothing is ever dropped for being unknown.
"""

import re
import unicodedata
from functools import lru_cache

from reader.model.latex import symbols
from reader.model.latex.formula import (
    DEPTH,
    Formula,
    accented,
    lower_script,
    raise_script,
    set_formula,
)
from reader.model.latex.styled import Pieces, StyledText
from reader.model.latex.tokens import Tokens

FORMULA_LIMIT = 600
"""The longest stretch, in characters, that is looked through for a closing dollar sign."""

_LATEX = (*"\\$^_{}~`&", "--", "''")
_SPECIAL = re.compile(
    r"(?P<url>https?://[^\s{}$\\]+)|(?P<command>\\(?:[A-Za-z]+\*?|.)|\\$)|(?P<dollars>\$\$?)"
    r"|(?P<brace>[{}])|(?P<script>[\^_])|(?P<tie>~)|(?P<quote>``|'')"
    r"|(?P<dash>(?<![-<])-{2,3}(?![->]))|(?P<entity>&(?:amp|lt|gt|quot|apos|nbsp|#\d{2,6});)",
    re.DOTALL,
)
_BEGINS = re.compile(r"[\\${}^_~`'&-]")
_BEGINS_URL = re.compile(r"[\\${}^_~`'&h-]")
_SCRIPT = {
    "^": re.compile(r"\^(?:\{([^{}$\\]{1,20})\}|([-+]?\d+|[a-z](?![A-Za-z])))"),
    "_": re.compile(r"_(?:\{([^{}$\\]{1,20})\}|(\d{1,2}(?![\dA-Za-z])))"),
}
_SCRIPT_BASE = {
    "^": re.compile(r"[A-Za-z0-9)\]]$"),
    "_": re.compile(r"(?:^|[^A-Za-z0-9_])[A-Za-z]{1,2}$"),
}
_TIED = re.compile(r"(?:[.}\])]|(?:^|[\s(])[A-Za-z][a-z]{2,})$")
_MONEY = re.compile(r"\d[\d.,]*(?:[kKMB]|\s*(?:million|billion|trillion))?[\s,.;)-]")
_PLAIN_WORDS = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{3,}(?![A-Za-z])")
_MATHEMATICAL = re.compile(r"[\\^_={}<>+*/|]")
_WORDS_OF_PROSE = 3
_SHORT_LETTERS = frozenset("o O l L aa ae oe i j ss DH dh DJ dj TH th".split())
_UNSHOWN = frozenset(
    "begin end label vspace hspace color thanks noopsort SortNoop noop foreignlanguage "
    "textcolor selectlanguage".split()
)
"""Names whose first argument is not printed."""

_QUOTES = frozenset(["enquote", "mkbibquote"])
_SCRIPTS = {"textsuperscript": raise_script, "textsubscript": lower_script}
_CITATIONS = frozenset(["cite", "citep", "citet", "ref", "eqref", "citealt", "citealp", "bibitem"])


def has_latex(source: str) -> bool:
    """Whether there is anything to convert; false for most titles."""
    return any(map(source.__contains__, _LATEX))


def convert(source: str) -> StyledText:
    """The source as readable Unicode with its emphasis as spans.

    Total (any text gives a text), keeps every word, and takes time linear in the length.
    """
    if not has_latex(source):
        return StyledText(source)
    prose = Prose(source)
    prose.read()
    styled = prose.pieces.finish()
    composed = unicodedata.normalize("NFC", styled.text)
    return styled if composed == styled.text else StyledText(composed)


class Prose:
    """The conversion of one text, with a cursor into its source."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._begins = _BEGINS_URL if "://" in source else _BEGINS
        self._position = 0
        self._depth = 0
        self._styles: tuple[str, ...] = ()
        self.pieces = Pieces()

    def read(self, *, until_brace: bool = False) -> None:
        """Convert up to the end, or up to the brace that closes this group."""
        source = self._source
        while found := self._next():
            self._literal(source[self._position : found.start()])
            self._position = found.end()
            if found.group() == "}" and until_brace:
                return
            handler = _HANDLERS[found.lastgroup or ""]
            handler(self, found)
        self._literal(source[self._position :])
        self._position = len(source)

    def _next(self) -> re.Match[str] | None:
        """What is special next; the one search is quick, the other knows."""
        source, place = self._source, self._position
        while maybe := self._begins.search(source, place):
            if found := _SPECIAL.match(source, maybe.start()):
                return found
            place = maybe.end()
        return None

    def _literal(self, text: str) -> None:
        self.pieces.add(text, self._styles)

    def _verbatim(self, found: re.Match[str]) -> None:
        self._literal(found.group())

    # -- groups and styles -----------------------------------------------------------------

    def _brace(self, found: re.Match[str]) -> None:
        if found.group() == "}" or self._depth >= DEPTH:
            self._literal(found.group())
        else:
            self._group(self._styles)

    def _group(self, styles: tuple[str, ...]) -> None:
        outer, self._styles = self._styles, styles
        self._depth += 1
        self.read(until_brace=True)
        self._depth -= 1
        self._styles = outer

    def _argument(self, *styles: str) -> bool:
        """Convert a braced argument in extra styles; false when there is none."""
        if not self._source.startswith("{", self._position) or self._depth >= DEPTH:
            return False
        self._position += 1
        self._group(tuple(dict.fromkeys((*self._styles, *styles))))
        return True

    def _raw_argument(self) -> str | None:
        """A braced argument without braces in it, uninterpreted; None when there is none."""
        found = re.compile(r"\{([^{}]*)\}").match(self._source, self._position)
        if found is None:
            return None
        self._position = found.end()
        return found[1]

    # -- commands --------------------------------------------------------------------------

    def _command(self, found: re.Match[str]) -> None:
        name = found.group()[1:].rstrip("*")
        if not name[:1].isalpha():
            self._escape(name)
        elif name in symbols.LETTER_ACCENTS and self._accent(name):
            return
        elif name in symbols.SWITCHES or name in symbols.IGNORED:
            self._skip_blank()
            if style := symbols.STYLES.get(name):
                self._styles = tuple(dict.fromkeys((*self._styles, style)))
        elif name in symbols.STYLES or name in symbols.UPRIGHT:
            self._emphasis(name)
        else:
            self._named(name)

    def _escape(self, char: str) -> None:
        if char in symbols.ACCENTS and self._accent(char):
            return
        if char in ("(", "["):
            self._delimited(char)
        elif char == "\\" or char.isspace() or char in (",", ";", ":"):
            self._literal(" ")
        elif char not in ("-", "/", "!", ")", "]", ""):
            self._literal(char)

    def _emphasis(self, name: str) -> None:
        style = symbols.STYLES.get(name)
        if not self._argument(*([style] if style else [])):
            self._skip_blank()

    def _named(self, name: str) -> None:
        if name in ("sqrt", "frac", "mathcal", "mathbb", "mathfrak", "overline", "bar", "hat",
                    "tilde", "vec", "dot", "ddot", "check"):  # fmt: skip
            self._formula_command(name)
        elif name in _CITATIONS:
            keys = self._raw_argument()
            self._literal(name if keys is None else f"[{keys}]")
        elif name == "href":
            self._link()
        elif name == "ensuremath":
            self._ensured()
        elif name == "url":
            self._literal(self._raw_argument() or name)
        elif name in _UNSHOWN:
            self._raw_argument()
        elif name in _QUOTES or name in _SCRIPTS:
            self._wrapped(name)
        elif name in symbols.SPACES:
            self._literal(" ")
        elif name == "item":
            self._literal("•")
        else:
            self._symbol(name)

    def _symbol(self, name: str) -> None:
        tables = (symbols.LETTERS, symbols.RELATIONS, symbols.BINARY, symbols.UNITS)
        symbol = next((table[name] for table in tables if name in table), None)
        if symbol is None:
            self._unknown(name)
        else:
            if name in symbols.UNITS and self.pieces.last.isdecimal():
                self._literal(" ")
            self._literal(symbol)
            if name in _SHORT_LETTERS or name.startswith("textquote"):
                self._skip_blank()

    def _unknown(self, name: str) -> None:
        """Keep the name of a macro that is not known, apart from the words beside it."""
        self._literal(f" {name}" if self.pieces.last.isalnum() else name)
        if self._source.startswith("{", self._position):
            self._literal(" ")

    def _link(self) -> None:
        url = self._raw_argument()
        if url is None:
            self._literal("href")
        elif not self._argument(f"link {url}"):
            self._literal(url)

    def _wrapped(self, name: str) -> None:
        """An argument in quotation marks, raised or lowered."""
        if name in _SCRIPTS:
            text = self._raw_argument()
            self._literal(name if text is None else _SCRIPTS[name](text))
            return
        self._literal("“")
        self._argument()
        self._literal("”")

    def _skip_blank(self) -> None:
        if self._source.startswith(" ", self._position):
            self._position += 1

    def _accent(self, name: str) -> bool:
        """Put an accent on the letter that follows; false when none does."""
        wanted = r"\s*" if name in symbols.LETTER_ACCENTS else r"[ ]?"
        letter = r"(?:\\([ij])(?![A-Za-z])|([^\W\d_]))"
        braced = re.compile(rf"{wanted}\{{\s*{letter}\s*\}}").match(self._source, self._position)
        bare = re.compile(rf"{wanted}{letter}").match(self._source, self._position)
        if name in symbols.LETTER_ACCENTS and bare and bare.start() == bare.end() - 1:
            bare = None
        found = braced or bare
        if found is None:
            return False
        self._position = found.end()
        self._literal(accented(symbols.ACCENTS[name], found[1] or found[2]))
        return True

    # -- formulas --------------------------------------------------------------------------

    def _formula_command(self, name: str) -> None:
        """Set one construct of mathematics that stands in running text."""
        rest = self._source[self._position : self._position + FORMULA_LIMIT]
        end = _end_of_arguments(rest, 2 if name == "frac" else 1)
        if end == 0:
            self._unknown(name)
            return
        self._position += end
        formula = Formula(Tokens(f"\\{name}{rest[:end]}"), self._depth)
        self._literal(formula.read().pieces.text())

    def _ensured(self) -> None:
        """The argument of `ensuremath`, which is a formula wherever it stands."""
        rest = self._source[self._position : self._position + FORMULA_LIMIT]
        end = _end_of_arguments(rest, 1)
        self._position += end
        if end and rest.startswith("{"):
            self._set(rest[1 : end - 1])
        elif end:
            self._set(rest[:end])

    def _delimited(self, opening: str) -> None:
        closing = {"(": "\\)", "[": "\\]"}[opening]
        limit = self._position + FORMULA_LIMIT
        end = self._source.find(closing, self._position, limit)
        if end < 0:
            self._literal(opening)
            return
        self._set(self._source[self._position : end])
        self._position = end + len(closing)

    def _dollars(self, found: re.Match[str]) -> None:
        mark = found.group()
        limit = self._position + FORMULA_LIMIT
        end = _closing_dollar(self._source, mark, self._position, limit)
        content = self._source[self._position : end]
        if end < 0 or not _is_formula(content):
            self._literal(mark)
            return
        self._set(content)
        self._position = end + len(mark)

    def _set(self, content: str) -> None:
        styled = _formula(content)
        position = 0
        for span in styled.spans:
            if span.start >= position:
                self._literal(styled.text[position : span.start])
                self.pieces.add(styled.text[span.start : span.end], (*self._styles, span.style))
                position = span.end
        self._literal(styled.text[position:])

    # -- marks -----------------------------------------------------------------------------

    def _script(self, found: re.Match[str]) -> None:
        mark, start = found.group(), found.start()
        script = _SCRIPT[mark].match(self._source, start)
        before = self._source[max(0, start - 4) : start]
        if script is None or not _SCRIPT_BASE[mark].search(before):
            self._literal(mark)
            return
        self._position = script.end()
        text = (script[1] or script[2]).replace("-", "−")
        self._literal(raise_script(text) if mark == "^" else lower_script(text))

    def _tie(self, found: re.Match[str]) -> None:
        before = self._source[max(0, found.start() - 20) : found.start()]
        self._literal(" " if _TIED.search(before) else "~")

    def _quote(self, found: re.Match[str]) -> None:
        self._literal("“" if found.group() == "``" else "”")

    def _dash(self, found: re.Match[str]) -> None:
        self._literal("–" if len(found.group()) == len("--") else "—")

    def _entity(self, found: re.Match[str]) -> None:
        import html  # noqa: PLC0415 - its table is large, and hardly a text has an entity

        char = html.unescape(found.group())
        self._literal(char if char.isprintable() or char == "\u00a0" else found.group())


_HANDLERS = {
    "url": Prose._verbatim, "command": Prose._command, "dollars": Prose._dollars,
    "brace": Prose._brace, "script": Prose._script, "tie": Prose._tie, "quote": Prose._quote,
    "dash": Prose._dash, "entity": Prose._entity,
}  # fmt: skip


@lru_cache(maxsize=2_048)
def _formula(source: str) -> StyledText:
    """One formula, readable; the short ones come again and again."""
    return set_formula(source).finish()


def _closing_dollar(source: str, mark: str, start: int, limit: int) -> int:
    end = source.find(mark, start, limit)
    while end > 0 and source[end - 1] == "\\":
        end = source.find(mark, end + 1, limit)
    return end


def _is_formula(content: str) -> bool:
    """Whether what stands between two dollar signs is mathematics rather than two prices."""
    if not content.strip():
        return False
    if _MATHEMATICAL.search(content):
        return (
            not _MONEY.match(content)
            or "\\" in content
            or "^" in content
            or "_" in content
            or len(_PLAIN_WORDS.findall(content)) == 0
        )
    words = len(_PLAIN_WORDS.findall(content))
    return words == 0 or (words < _WORDS_OF_PROSE and not _MONEY.match(content))


def _end_of_arguments(source: str, count: int) -> int:
    """Where `count` arguments (groups or single characters) end; 0 when they are not there."""
    position = 0
    for _ in range(count):
        while source[position : position + 1] == " ":
            position += 1
        if not source[position : position + 1]:
            return 0
        depth = 0
        while position < len(source):
            depth += {"{": 1, "}": -1}.get(source[position], 0)
            position += 1
            if depth == 0:
                break
        if depth:
            return 0
    return position
