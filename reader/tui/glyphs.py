"""The signs of the screen, each one cell wide, in Unicode and in ASCII."""

import codecs
import locale
import os

from reader.frozen import frozen
from reader.model.paper import Status
from reader.model.skim import Role


@frozen
class Glyphs:
    """One set of signs.

    Attributes:
        status: By `Status`, in its order.
        roles: By `Role`, of sentences.
        check, now: What stands behind a step of the lesson.
    """

    status: tuple[str, str, str, str, str]
    star: str
    no_star: str
    cursor: str
    mark: str
    cursor_on_mark: str
    tag: str
    ellipsis: str
    folded: str
    unfolded: str
    problem: str
    home: str
    check: str
    now: str
    dot: str
    dash: str
    sync: str
    roles: tuple[str, str, str]

    def of(self, status: Status) -> str:
        """The sign of a status."""
        return self.status[status]

    def of_role(self, role: Role) -> str:
        """The bar beside a sentence."""
        places = {Role.GOAL: 0, Role.METHOD: 1, Role.RESULT: 2}
        return self.roles[places[role]] if role in places else " "

    def named(self, tag: str) -> str:
        """A tag with its sign: `■ name`, `#name`."""
        return f"{self.tag} {tag}" if self.tag != "#" else f"#{tag}"


UNICODE = Glyphs(
    status=("●", "○", "◐", "✓", "·"), star="★", no_star="☆", cursor="▌", mark="┃",
    cursor_on_mark="█", tag="■", ellipsis="…", folded="▸", unfolded="▾", problem="!", home="◆",
    check="✓", now="←", dot="·", dash="─", sync="↻", roles=("▎", "▏", "▌"),
)  # fmt: skip
ASCII = Glyphs(
    status=("N", "L", "R", "=", "x"), star="*", no_star="-", cursor=">", mark="+",
    cursor_on_mark="&", tag="#", ellipsis="~", folded=">", unfolded="v", problem="!", home="*",
    check="=", now="<", dot="-", dash="-", sync="^", roles=("g", "m", "r"),
)  # fmt: skip

_AMBIGUOUS_IS_WIDE = ("zh", "ja", "ko")


def glyphs_for(wanted: str) -> Glyphs:
    """The set for a setting; `auto` looks at the locale.

    ASCII where the terminal does not take UTF-8, and where signs such as ● may be two cells wide.
    """
    if wanted in ("unicode", "ascii"):
        return UNICODE if wanted == "unicode" else ASCII
    name = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_CTYPE", "LANG"))), "")
    if name.startswith(_AMBIGUOUS_IS_WIDE) or os.environ.get("TERM") == "linux":
        return ASCII
    return UNICODE if _speaks_utf8(name) else ASCII


def _speaks_utf8(name: str) -> bool:
    """Whether a locale's name says UTF-8; without a name, what Python found out."""
    coding = name.partition(".")[2].partition("@")[0]
    if not coding:
        coding = locale.getencoding() if name in ("", "C", "POSIX") else "utf-8"
    try:
        return codecs.lookup(coding).name == "utf-8"
    except LookupError:
        return True
