r"""Titles as their authors wrote them in TeX, where that compiles and cannot do harm.

What is kept: braces, formulas between single dollars, and commands that LaTeX's kernel has for
letters, accents, styles and mathematics. A title with anything else is not kept, so nothing that
reads, writes or defines (`\input`, `\write`, `\def`, `^^5c`) ever comes through.
"""

import re

from reader.export.tex import MATHS, escaped
from reader.model.latex import convert

_TOKEN = re.compile(r"\\(?:[A-Za-z]+ ?|.|$)|[{}$^_&%#~]|[^\\{}$^_&%#~]+", re.DOTALL)
_TEXT = frozenset(
    "emph textbf textit textsc textsl texttt textrm textsf textup "
    "textsuperscript textsubscript textendash textemdash textless textgreater textbar ldots dots "
    "TeX LaTeX S P".split()
) | frozenset("&%$#_{}-,/ ")
_MATH = (
    MATHS
    | frozenset(",;:! |{}")
    | frozenset(
        "mathcal mathrm mathbf mathit mathsf mathtt sqrt frac bar hat tilde vec dot ddot breve "
        "check acute grave overline underline widehat widetilde log ln lg exp sin cos tan cot sinh "
        "cosh tanh arg deg det dim gcd hom inf ker lim liminf limsup max min sup Pr times div pm "
        "ast dagger ddagger quad qquad colon ldots dots vdots ddots langle rangle lbrace rbrace "
        "mid parallel to gets neg lnot land lor ne le ge star bigcup bigcap bigoplus bigotimes "
        "coprod uplus sqcup sqcap otimes odot oslash asymp doteq perp imath jmath wp sharp flat "
        "natural clubsuit limits nolimits displaystyle textstyle rm bf it cal hookrightarrow "
        "rightharpoonup".split()
    )
)
_TAKING = {"frac": 2} | dict.fromkeys(
    "mathcal mathrm mathbf mathit mathsf mathtt sqrt bar hat tilde vec dot ddot breve check acute "
    "grave overline underline widehat widetilde emph textbf textit textsc textsl texttt textrm "
    "textsf textup textsuperscript textsubscript".split(),
    1,
)
_GROUP = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
_ARGUMENT = rf"\s*(?:{_GROUP}|[A-Za-z0-9]|\\[A-Za-z]+)"
_TWICE = re.compile(rf"(?:\^{_ARGUMENT}\s*\^|_{_ARGUMENT}\s*_|'\s*\^)")
_LETTER = re.compile(
    r"\\(?:[`'^\"~=.]\s*|[uvHcdbr](?![A-Za-z])\s*)(?:\{(?:[A-Za-z]|\\[ij](?![A-Za-z]))\}|[A-Za-z]|\\[ij]"
    r"(?![A-Za-z]))|\\(?:i|j|ss|ae|AE|oe|OE|o|O|aa|AA|l|L)(?![A-Za-z])(?:\s+|\{\})?"
)
"""A letter that Unicode has: BibTeX would change the case of the command for it."""

_LONGEST = 2_000
_ENSURED = re.compile(r"\\ensuremath\{((?:[^{}$]|\{[^{}$]*\})+)\}")
_ALPHABETS = re.compile(r"\\(?:mathbb|mathds|mathfrak|mathscr|Bbb)(?![A-Za-z])")
"""Alphabets that need a package: the kernel's bold stands for them."""
_ENTITY = re.compile(r"&(?:lt|gt|quot|apos|nbsp|#\d+);")
"""What is shown as the sign that it means in HTML, and would not be by LaTeX."""


def kept_source(source: str) -> str | None:
    """A title's TeX, its formulas protected from changes of case; None where it is not safe."""
    source = _ALPHABETS.sub(r"\\mathbf", _ENSURED.sub(r"$\1$", source))
    if len(source) > _LONGEST or "^^" in source or "$$" in source or _ENTITY.search(source):
        return None
    source = _LETTER.sub(lambda letter: convert(letter.group()).text, source)
    found: list[str] = []
    depth, formula = 0, -1
    for token in _TOKEN.finditer(source):
        text = token.group()
        if text == "$":
            if formula >= 0 and formula != depth:
                return None
            formula = depth if formula < 0 else -1
            found.append("{$" if formula >= 0 else "$}")
            continue
        depth += (text == "{") - (text == "}")
        told = _told(text, source[token.end() :], inside=formula >= 0)
        if told is None or depth < max(formula, 0):
            return None
        found.append(told)
    whole = "".join(found)
    return whole if not depth and formula < 0 and not _TWICE.search(source) else None


def _told(text: str, rest: str, *, inside: bool) -> str | None:
    """One token in a formula or outside of one; None for what is not let through."""
    if text.startswith("\\"):
        name = text[1:].rstrip()
        if not _allowed(name, rest, inside=inside):
            return None
        shielded = name.isalpha() and not (inside or name.islower())
        return text.replace(f"\\{name}", f"{{\\{name}}}") if shielded else text
    if text in "{}":
        return text
    if inside:
        if text in "^_":
            return text if re.match(_ARGUMENT, rest) else None
        return text if text not in "&%#~" and text.isascii() else None
    return text if text == "~" else escaped(text)


def _allowed(name: str, rest: str, *, inside: bool) -> bool:
    """Whether a command is known, and what it takes follows."""
    known = name in (_MATH if inside else _TEXT)
    taken = _TAKING.get(name, 0)
    bracket = r"(?:\[\d{1,2}\])?" if name == "sqrt" else ""
    return known and re.match(bracket + _ARGUMENT * taken, rest) is not None


_WORD = re.compile(r"[\w.,:;()'!?/-]+")


def with_capitals(source: str) -> str:
    """TeX whose words with capitals within are in braces, as `tex.protected` does with text."""
    words, depth = [], 0
    for word in source.split(" "):
        inner = any(char.isupper() for char in word[1:])
        plain = not depth and _WORD.fullmatch(word) is not None
        words.append(f"{{{word}}}" if inner and plain else word)
        depth += word.count("{") - word.count("}")
    return " ".join(words)
