"""Text as TeX that compiles and cannot run a command.

TeX's own characters are escaped, braces by commands since BibTeX counts them even when they are
escaped; letters with accents stay as they are, which LaTeX reads as
UTF-8; signs that LaTeX has no letter for become the command of its kernel that draws them.
"""

import unicodedata
from functools import lru_cache

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "&": r"\&", "%": r"\%", "$": r"\$",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}",
}  # fmt: skip
_GREEK = dict(zip(
    "αβγδζηθικλμνξπρςστυφχψωΓΔΘΛΞΠΣΥΦΨΩ",
    "alpha beta gamma delta zeta eta theta iota kappa lambda mu nu xi pi rho varsigma sigma tau "
    "upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split(),
    strict=True,
))  # fmt: skip
_MATHS = {
    "∞": "infty", "≤": "leq", "≥": "geq", "≠": "neq", "≈": "approx", "≡": "equiv", "∼": "sim",
    "≃": "simeq", "≅": "cong", "∝": "propto", "∈": "in", "∋": "ni", "⊂": "subset", "⊃": "supset",
    "⊆": "subseteq", "⊇": "supseteq", "∪": "cup", "∩": "cap", "∧": "wedge", "∨": "vee",
    "∀": "forall", "∃": "exists", "∅": "emptyset", "∂": "partial", "∇": "nabla", "∑": "sum",
    "∏": "prod", "∫": "int", "∮": "oint", "√": "surd", "⊕": "oplus", "⊗": "otimes", "⊖": "ominus",
    "⊥": "perp", "∥": "parallel", "∣": "mid", "∘": "circ", "∗": "ast", "⋆": "star", "•": "bullet",
    "→": "rightarrow", "←": "leftarrow", "↔": "leftrightarrow", "⇒": "Rightarrow",
    "⇐": "Leftarrow", "⇔": "Leftrightarrow", "↦": "mapsto", "↑": "uparrow", "↓": "downarrow",
    "⟶": "longrightarrow", "⟨": "langle", "⟩": "rangle", "⌈": "lceil", "⌉": "rceil",
    "⌊": "lfloor", "⌋": "rfloor", "ℓ": "ell", "ℏ": "hbar", "ℵ": "aleph", "ℜ": "Re", "ℑ": "Im",
    "≪": "ll", "≫": "gg", "≺": "prec", "≻": "succ", "⊢": "vdash", "⊨": "models", "⋯": "cdots",
    "⋅": "cdot", "∓": "mp", "∖": "setminus", "△": "triangle", "⊤": "top", "′": "prime",
    "ϕ": "varphi", "ε": "varepsilon", "ϵ": "epsilon", "ϑ": "vartheta", "−": "-", "⁄": "/",
} | _GREEK  # fmt: skip
MATHS = frozenset(name for name in _MATHS.values() if name.isalpha() and len(name) > 1)
"""The commands of mathematics that stand for signs."""

_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u",
    "\u0307": ".", "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0323": "d",
    "\u0327": "c", "\u0331": "b", "\u0332": "b",
}  # fmt: skip
"""The commands that put a mark on a letter which Unicode has not composed with it."""

_SCRIPTS = {"⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ": "^", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎": "_"}
_RAISED = {"<super>": "^", "<sub>": "_"}
_UNTOUCHED = 0x180


def escaped(text: str) -> str:
    """The text as TeX."""
    if text.isascii():
        return "".join(_SPECIAL.get(char, char) for char in text)
    told: list[str] = []
    for char in text:
        if unicodedata.combining(char):
            told[-1:] = [_marked(told[-1], char) if told else ""]
        else:
            told.append(_char(char))
    return "".join(told)


def _marked(base: str, mark: str) -> str:
    """A letter with a mark on it; without, where LaTeX has none such or nothing is under it."""
    accent = _ACCENTS.get(mark, "")
    return f"\\{accent}{{{base}}}" if accent and base.strip() else base


@lru_cache(maxsize=4_096)
def _char(char: str) -> str:
    if char in _SPECIAL or (ord(char) < _UNTOUCHED and char not in "¹²³"):
        return _SPECIAL.get(char, char)
    if char in _MATHS:
        name = _MATHS[char]
        command = name if len(name) == 1 else f"\\{name}"
        return f"\\ensuremath{{{command}}}"
    for chars, mark in _SCRIPTS.items():
        if char in chars:
            plain = unicodedata.normalize("NFKD", char).replace("−", "-")
            return f"\\ensuremath{{{mark}{{{plain}}}}}"
    if drawn := _drawn(char):
        return f"\\ensuremath{{{drawn}}}"
    parts = unicodedata.normalize("NFD", char)
    if len(parts) == 2 and parts[0].isascii() and parts[1] in _ACCENTS:  # noqa: PLR2004 - a pair
        return _marked(parts[0], parts[1])
    plain = unicodedata.normalize("NFKD", char)
    letters = plain != char and plain.isascii()
    return "".join(_SPECIAL.get(one, one) for one in plain) if letters else char


def _drawn(char: str) -> str:
    """A raised or lowered letter, or one of another alphabet, as mathematics; empty for others."""
    kind, _, code = unicodedata.decomposition(char).partition(" ")
    plain = chr(int(code, 16)) if code and " " not in code else ""
    if not (plain.isascii() and plain.isalnum()):
        return ""
    if kind in _RAISED:
        return f"{_RAISED[kind]}{{{plain}}}"
    name = unicodedata.name(char, "")
    if kind != "<font>" or not plain.isupper():
        return ""
    return f"\\mathcal{{{plain}}}" if "SCRIPT" in name else f"\\mathbf{{{plain}}}"


def protected(text: str) -> str:
    """A title as TeX whose capitals BibTeX styles leave alone: words with some within in braces."""
    return " ".join(_protected(word) for word in text.split(" "))


def _protected(word: str) -> str:
    inner = any(char.isupper() for char in word[1:])
    return f"{{{escaped(word)}}}" if inner else escaped(word)


def verbatim(text: str) -> str:
    r"""A link or an identifier for a field that TeX reads as it is.

    What would end the field or act as a command is written as links write it (RFC 3986, 2.1); the
    signs `%`, `#` and `~` mean themselves in `\url`.
    """
    return text.translate(_IN_LINKS)


_IN_LINKS = str.maketrans({char: f"%{ord(char):02X}" for char in "{}\\^ "} | {"\n": ""})
