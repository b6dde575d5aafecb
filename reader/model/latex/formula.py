"""Formulas: what stands between dollar signs, as one line of readable Unicode.

Variables stay ASCII letters; scripts become raised or lowered characters where every one of them
has such a form; relations are spaced, binary operators as in the source; unknown names are kept.
"""

import re
import unicodedata

from reader.model.latex import symbols
from reader.model.latex.styled import Pieces
from reader.model.latex.tokens import LETTERS_IN_WORD, Tokens

DEPTH = 60
"""Nesting beyond which braces are shown as they are."""

_ASYMMETRIC = re.compile(r"^[+−-]")


class Formula:
    """The setting of one formula or of one part of it."""

    def __init__(self, tokens: Tokens, depth: int = 0, *, tight: bool = False) -> None:
        self._tokens = tokens
        self._depth = depth
        self._tight = tight
        self._styles: tuple[str, ...] = ()
        self._blank_before = False
        self._blank_after = False
        self._alphabet = ""
        self._upright = False
        self._asymmetric = False
        self._bar_open = False
        self._last_kind = "start"
        self.pieces = Pieces()

    # -- reading ---------------------------------------------------------------------------

    def read(self, *, until_brace: bool = False) -> "Formula":
        """Set the tokens up to the end, or up to the brace that closes this group."""
        while self._tokens:
            name, text = self._tokens.next()
            if name:
                self._command(name)
            elif text == "}" and until_brace:
                break
            else:
                self._other(text)
        return self

    def _other(self, text: str) -> None:
        if text.isspace() or text == "~":
            self._blank_before = True
        elif text == "{":
            self._group()
        elif text in "^_":
            self._script(text)
        elif text == "'":
            self._attach("′")
        elif text[0] in "<>=:" and text != ":":
            self._relation(text)
        elif text in "+-":
            blank_follows = self._tokens.peek().isspace()
            self._binary("−" if text == "-" and not self._upright else text)
            self._blank_after = self._blank_after and blank_follows
        elif text == "|":
            self._bar()
        elif text not in "}&$" or self._depth >= DEPTH:
            self._ordinary(symbols.in_alphabet(self._alphabet, text) if self._alphabet else text)

    def _bar(self) -> None:
        self._ordinary("|")
        self._bar_open = not self._bar_open
        if not self._bar_open:
            self._last_kind = "ordinary"

    def _group(self) -> None:
        if self._depth >= DEPTH:
            self._ordinary("{")
            return
        inner = Formula(self._tokens, self._depth + 1, tight=self._tight)
        inner._upright, inner._alphabet, inner._styles = self._upright, self._alphabet, self._styles
        inner.read(until_brace=True)
        self._take(inner)

    def _take(self, inner: "Formula", styles: tuple[str, ...] = ()) -> None:
        styled = inner.pieces.finish()
        if not styled.text:
            return
        self._room_for_ordinary(styled.text)
        bold = tuple({span.style for span in styled.spans}) if styled.spans else ()
        self.pieces.add(styled.text, tuple(dict.fromkeys(self._styles + styles + bold)))
        self._last_kind = "ordinary"

    def argument(self, *, tight: bool | None = None) -> "Formula":
        """The next group or single token, set by itself."""
        inner = Formula(
            self._tokens, self._depth + 1, tight=self._tight if tight is None else tight
        )
        inner._upright = self._upright
        self._tokens.skip_blanks()
        if not self._tokens or self._depth >= DEPTH:
            return inner
        if word := self._tokens.whole_word():
            inner._ordinary(word)
            return inner
        name, text = self._tokens.next()
        if name:
            inner._command(name)
        elif text == "{":
            inner.read(until_brace=True)
        elif text != "}":
            inner._other(text)
        return inner

    # -- commands --------------------------------------------------------------------------

    def _command(self, name: str) -> None:
        if (relation := symbols.RELATIONS.get(name)) is not None:
            self._relation(relation)
        elif (operator := symbols.BINARY.get(name)) is not None:
            self._binary(operator)
        elif name in symbols.FUNCTIONS:
            self._word(name)
        elif (letter := symbols.LETTERS.get(name)) is not None:
            self._ordinary(letter)
        elif name in symbols.SPACES:
            self._blank_before = True
        elif not name.isalpha():
            self._escape(name)
        elif name not in symbols.IGNORED:
            self._construct(name)

    def _escape(self, char: str) -> None:
        if char in "\\,;: >":
            self._blank_before = True
        elif char == "|":
            self._ordinary("‖")
        elif char in "'`^\"~=.":
            self._ordinary(accented(symbols.ACCENTS[char], self.argument().pieces.text()))
        elif char not in "!-/()[]":
            self._ordinary(char)

    def _construct(self, name: str) -> None:
        if name in symbols.MATH_ACCENTS:
            self._ordinary(accented(symbols.MATH_ACCENTS[name], self.argument().pieces.text()))
        elif name in symbols.SWITCHES:
            self._switch(name)
        elif name in symbols.STYLES:
            self._take(self.argument(), (symbols.STYLES[name],))
        elif name in symbols.ALPHABETS:
            self._ordinary(symbols.in_alphabet(name, self.argument().pieces.text()))
        elif name in symbols.UPRIGHT:
            self._upright_argument()
        elif (handler := _CONSTRUCTS.get(name)) is not None:
            handler(self)
        elif (unit := symbols.UNITS.get(name)) is not None:
            self._word(unit)
        else:
            self._word(name)

    def _switch(self, name: str) -> None:
        if name in symbols.ALPHABETS:
            self._alphabet = name
        elif name in symbols.STYLES:
            self._styles = tuple(dict.fromkeys((*self._styles, symbols.STYLES[name])))
        else:
            self._upright = True

    def _upright_argument(self) -> None:
        upright, self._upright = self._upright, True
        inner = self.argument(tight=False)
        self._upright = upright
        self._take(inner)

    def _fraction(self) -> None:
        above, below = (self.argument().pieces.text() for _ in range(2))
        above = f"({above})" if re.search(r"[ +−/-]", above) else above
        below = f"({below})" if len(below) > 1 and not below.isdecimal() else below
        self._ordinary(f"{above}/{below}")

    def _root(self) -> None:
        degree = ""
        if self._tokens.peek() == "[":
            self._tokens.next()
            while self._tokens and self._tokens.peek() != "]":
                degree += self._tokens.next()[1]
            if self._tokens:
                self._tokens.next()
        inside = self.argument().pieces.text()
        if len(inside) > 1 and not inside.isdecimal():
            inside = f"({inside})"
        self._ordinary(f"{scripted(degree, symbols.SUPERSCRIPTS) or degree}√{inside}")

    def _binomial(self) -> None:
        above, below = (self.argument().pieces.text() for _ in range(2))
        self._ordinary(f"({above} choose {below})")

    def _stacked(self) -> None:
        over = self.argument(tight=True).pieces.text()
        base = self.argument().pieces.text()
        raised = raise_script(over)
        if base in symbols.RELATIONS.values() or base == "=":
            self._relation(base + raised)
        else:
            self._ordinary(base + raised)

    def _negation(self) -> None:
        base = self.argument().pieces.text().strip()
        if len(base) > 1:
            self._word(f"not {base}")
            return
        self._relation(symbols.NEGATED.get(base, f"{base[:1]}\u0338{base[1:]}"))

    def _link(self) -> None:
        url = self._tokens.raw_group()
        self._take(self.argument(), (f"link {url}",))

    def _citation(self) -> None:
        self._ordinary(f"[{self._tokens.raw_group()}]")

    def _silent(self) -> None:
        self._tokens.raw_group()

    def _modulus(self) -> None:
        self._word(f"(mod {self.argument().pieces.text()})")

    # -- scripts ---------------------------------------------------------------------------

    def _script(self, mark: str) -> None:
        if self._asymmetric_errors(mark):
            return
        text = self.argument(tight=True).pieces.text()
        self._attach(raise_script(text) if mark == "^" else lower_script(text))

    def _asymmetric_errors(self, mark: str) -> bool:
        """Set `^{+a}_{-b}` after a number as ` (+a/−b)`; leave the cursor alone otherwise."""
        tokens = self._tokens
        if not self.pieces.last.isdecimal() or tokens.peek() != "{":
            return False
        start = tokens.mark()
        first = self.argument(tight=False).pieces.text()
        tokens.skip_blanks()
        if _ASYMMETRIC.match(first) and len(first) > 1 and tokens.peek() in ("^", "_"):
            other = tokens.next()[1]
            if other != mark and tokens.peek() == "{":
                second = self.argument(tight=False).pieces.text()
                if _ASYMMETRIC.match(second):
                    above, below = (first, second) if mark == "^" else (second, first)
                    self.pieces.add(f" ({above}/{below})", self._styles)
                    self._asymmetric = True
                    return True
        tokens.reset(start)
        return False

    # -- spacing ---------------------------------------------------------------------------

    def _room_for_ordinary(self, text: str) -> None:
        if self._blank_after or (self._blank_before and self._last_kind != "start"):
            if not self.pieces.last.isspace() and self._last_kind != "start":
                self.pieces.add(" ", self._styles)
        elif self._last_kind == "word" and (text[0].isalnum() or text[0] == "√"):
            self.pieces.add(" ", self._styles)
        self._blank_before = self._blank_after = False

    def _ordinary(self, text: str) -> None:
        self._room_for_ordinary(text)
        self.pieces.add(text, self._styles)
        self._last_kind = "open" if text in ("(", "[", "{", "⟨", "|", "/", ",") else "ordinary"

    def _attach(self, text: str) -> None:
        self._blank_before = self._blank_after = False
        self.pieces.add(text, self._styles)
        self._last_kind = "ordinary"

    def _word(self, text: str) -> None:
        if self._last_kind in ("ordinary", "word") and (
            self.pieces.last.isalnum() or self.pieces.last in ")]"
        ):
            self._blank_before = True
        self._ordinary(text)
        self._last_kind = "word"

    def _relation(self, text: str) -> None:
        spaced = not self._tight and self._last_kind not in ("start", "open", "relation")
        self.pieces.add(f" {text}" if spaced and not self.pieces.last.isspace() else text,
                        self._styles)  # fmt: skip
        self._blank_before = False
        self._blank_after = spaced or (self._last_kind == "relation" and self._blank_after)
        self._last_kind = "relation"

    def _binary(self, text: str) -> None:
        unary = self._last_kind in ("start", "open", "relation", "binary")
        if unary:
            self._ordinary(text)
            self._last_kind = "binary"
            return
        spaced = not self._tight and (self._blank_before or self._asymmetric)
        self.pieces.add(f" {text}" if spaced else text, self._styles)
        self._blank_before, self._blank_after, self._asymmetric = False, spaced, False
        self._last_kind = "binary"


_CONSTRUCTS = {
    "frac": Formula._fraction, "tfrac": Formula._fraction, "dfrac": Formula._fraction,
    "nicefrac": Formula._fraction, "cfrac": Formula._fraction, "sfrac": Formula._fraction,
    "sqrt": Formula._root, "binom": Formula._binomial, "tbinom": Formula._binomial,
    "stackrel": Formula._stacked, "overset": Formula._stacked, "not": Formula._negation,
    "href": Formula._link, "cite": Formula._citation, "pmod": Formula._modulus,
    "label": Formula._silent, "begin": Formula._silent, "end": Formula._silent,
    "color": Formula._silent, "textcolor": Formula._silent, "hspace": Formula._silent,
}  # fmt: skip


def set_formula(source: str) -> Pieces:
    """One formula, given without its delimiters, as readable pieces."""
    return Formula(Tokens(source)).read().pieces


def accented(mark: str, base: str) -> str:
    """The base with a combining mark, composed where Unicode can; words stay as they are.

    A line goes over every character of a short base, other accents over a single one.
    """
    if len(base) == 1 or (mark == "\u0305" and len(base) < LETTERS_IN_WORD):
        return unicodedata.normalize("NFC", "".join(char + mark for char in base))
    return base


def scripted(text: str, forms: dict[str, str]) -> str:
    """The text in raised or lowered characters, or nothing where one has no such form."""
    letters = sum(char.isalpha() for char in text)
    if letters >= LETTERS_IN_WORD or not all(char in forms for char in text):
        return ""
    return "".join(forms[char] for char in text)


def raise_script(text: str) -> str:
    """A superscript: raised, inline when it stands high by itself, else `^x` or `^(x)`."""
    text = text.strip()
    if not text or all(char in symbols.RAISED_ALREADY for char in text):
        return text.replace("∗", "*").replace("∘", "°")
    return scripted(text, symbols.SUPERSCRIPTS) or f"^{_bracketed(text)}"


def lower_script(text: str) -> str:
    """A subscript: lowered, else `_x` or `_(x)`."""
    text = text.strip()
    return scripted(text, symbols.SUBSCRIPTS) or (f"_{_bracketed(text)}" if text else "")


def _bracketed(text: str) -> str:
    return text if text.isalnum() or len(text) == 1 else f"({text})"
