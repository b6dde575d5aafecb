"""Colours: our four themes, and the twelve roles in any Textual theme."""

from collections.abc import Mapping
from dataclasses import field, fields, replace
from typing import Any

from rich.style import Style
from textual.theme import BUILTIN_THEMES, Theme

from reader.frozen import frozen
from reader.model.tags import COLOURS
from reader.tui.glyphs import UNICODE, Glyphs

ROLES = ("background", "text", "muted", "faint", "accent", "star", "reading", "later", "read",
         "skipped", "error", "selection")  # fmt: skip
"""The twelve roles of a theme."""

_INK = {
    "background": "#14161B", "text": "#D9DCE3", "muted": "#8B93A1", "faint": "#5E6673",
    "accent": "#7FB4FF", "star": "#F2C14E", "reading": "#E69A5C", "later": "#B79CF2",
    "read": "#7FBF8E", "skipped": "#7E8694", "error": "#F07178", "selection": "#26324A",
    "selection-muted": "#B4BCC9",
}  # fmt: skip
_PAPER = {
    "background": "#FBF8F1", "text": "#23262B", "muted": "#5F6670", "faint": "#8A8F97",
    "accent": "#1F5FBF", "star": "#8A5A00", "reading": "#A8480F", "later": "#6A3FB5",
    "read": "#2C7240", "skipped": "#6D7178", "error": "#B3261E", "selection": "#DCE6F5",
    "selection-muted": "#4A515B",
}  # fmt: skip
_CONTRAST = {
    "background": "#000000", "text": "#FFFFFF", "muted": "#D0D0D0", "faint": "#8A8A8A",
    "accent": "#5FD7FF", "star": "#FFD700", "reading": "#FFAF5F", "later": "#D7AFFF",
    "read": "#5FFF87", "skipped": "#A8A8A8", "error": "#FF8787", "selection": "#303A55",
    "selection-muted": "#E4E4E4",
}  # fmt: skip

# The colours of tags on a dark and on a light ground, in the order of `COLOURS`.
_TAGS = {
    True: ("#F08A80", "#E69A5C", "#E0C25A", "#7FBF8E", "#5FC4BC", "#7FB4FF", "#B79CF2",
           "#A2A9B5"),
    False: ("#B3261E", "#A8480F", "#7A5B00", "#2C7240", "#0B6B66", "#1F5FBF", "#6A3FB5",
            "#5F6670"),
}  # fmt: skip


def theme_of(name: str, roles: Mapping[str, str], *, dark: bool) -> Theme:
    """A theme from the twelve roles."""
    roles = {"selection-muted": roles["text"], **roles}
    return Theme(
        name=name, dark=dark, primary=roles["accent"], secondary=roles["later"],
        accent=roles["accent"], warning=roles["star"], error=roles["error"],
        success=roles["read"], foreground=roles["text"], background=roles["background"],
        surface=roles["background"], panel=roles["selection"],
        variables={
            **{f"reader-{role}": colour for role, colour in roles.items()},
            **{f"scrollbar{part}": roles["background"] for part in
               ("-background", "-background-hover", "-background-active", "-corner-color")},
            "scrollbar": roles["selection"], "scrollbar-hover": roles["faint"],
            "scrollbar-active": roles["faint"],
        },
    )  # fmt: skip


INK = theme_of("ink", _INK, dark=True)
"""The dark theme."""

PAPER = theme_of("paper", _PAPER, dark=False)
"""The light theme."""

CONTRAST = theme_of("contrast", _CONTRAST, dark=True)
"""Black and bright colours."""

_PLAIN = "ansi_default"
MONO = Theme(
    name="mono", dark=True, ansi=True, primary=_PLAIN, secondary=_PLAIN, accent=_PLAIN,
    warning=_PLAIN, error=_PLAIN, success=_PLAIN, foreground=_PLAIN, background=_PLAIN,
    surface=_PLAIN, panel=_PLAIN, boost=_PLAIN,
    variables={
        **{f"reader-{role}": _PLAIN for role in (*ROLES, "selection-muted")},
        **{f"scrollbar{part}": _PLAIN for part in
           ("", "-hover", "-active", "-background", "-background-hover", "-background-active",
            "-corner-color")},
        **dict.fromkeys(BUILTIN_THEMES["ansi-dark"].variables, _PLAIN),
        "input-cursor-text-style": "reverse",
    },
)  # fmt: skip
"""No colour at all: bold, dim, reverse, and the terminal's own two."""

OURS = (INK, PAPER, CONTRAST, MONO)
"""Our own themes."""

# What stands for our roles in a theme that is not ours.
_FALLBACK = {
    "background": "background", "text": "foreground", "muted": "foreground-muted",
    "faint": "foreground-disabled", "accent": "accent", "star": "warning", "reading": "primary",
    "later": "secondary", "read": "success", "skipped": "foreground-muted", "error": "error",
    "selection": "panel", "selection-muted": "foreground",
}  # fmt: skip


def role_variables(variables: Mapping[str, str]) -> dict[str, str]:
    """CSS variables `reader-ROLE` for a theme that does not bring them."""
    foreground = variables.get("foreground", _PLAIN)
    return {
        f"reader-{role}": variables.get(name, foreground)
        for role, name in _FALLBACK.items()
        if f"reader-{role}" not in variables
    }


@frozen
class Palette:
    """The roles as styles for segments, the tags' colours, and the signs.

    `base` is text on the background, under every line; `selection` is a background only.
    """

    text: Style
    muted: Style
    faint: Style
    accent: Style
    star: Style
    reading: Style
    later: Style
    read: Style
    skipped: Style
    error: Style
    background: Style
    selection: Style
    selection_muted: Style
    tags: Mapping[str, Style] = field(default_factory=dict, hash=False)
    glyphs: Glyphs = UNICODE

    @classmethod
    def of(
        cls, theme: Theme, variables: Mapping[str, str], glyphs: Glyphs = UNICODE,
        *, sixteen: bool = False,
    ) -> "Palette":  # fmt: skip
        """The palette of a theme, from its CSS variables; in `sixteen` colours, nearest by name."""
        if theme.name == MONO.name:
            return replace(_MONOCHROME, glyphs=glyphs)
        if sixteen and not theme.ansi:
            return replace(_on_sixteen(dark=theme.dark), glyphs=glyphs)
        if theme.ansi:
            return replace(_SIXTEEN, glyphs=glyphs)
        styles = {}
        for role in fields(cls)[:13]:
            colour = _hex(variables.get(f"reader-{role.name.replace('_', '-')}", ""))
            under = role.name in ("selection", "background")
            styles[role.name] = Style(bgcolor=colour if under else None,
                                      color=None if under else colour)  # fmt: skip
        tags = dict(zip(COLOURS, map(Style.parse, _TAGS[theme.dark]), strict=True))
        return cls(**styles, tags=tags, glyphs=glyphs)

    @property
    def base(self) -> Style:
        """Text on the background of the screen."""
        return self.text + self.background

    @property
    def selected(self) -> Style:
        """Text on the background of what the cursor is on."""
        return self.text + self.selection

    def of_tag(self, colour: str) -> Style:
        """The colour of a tag's square, the accent for a tag that has none."""
        return self.tags.get(colour, self.accent)


_NONE, _DIM, _BOLD = Style(), Style(dim=True), Style(bold=True)
_MONOCHROME = Palette(
    text=_NONE, muted=_DIM, faint=_DIM, accent=_BOLD, star=_BOLD, reading=_NONE, later=_NONE,
    read=_NONE, skipped=_DIM, error=_BOLD, background=_NONE, selection=Style(reverse=True),
    selection_muted=_NONE,
)  # fmt: skip
# The terminal's own sixteen colours, which its user chose to be legible.
_SIXTEEN = Palette(
    text=_NONE, muted=_DIM, faint=_DIM, accent=Style(color="blue"), star=Style(color="yellow"),
    reading=Style(color="red"), later=Style(color="magenta"), read=Style(color="green"),
    skipped=_DIM, error=Style(color="red", bold=True), background=_NONE,
    selection=Style(reverse=True), selection_muted=_NONE,
    tags=dict(zip(COLOURS, map(Style.parse, ("red", "red", "yellow", "green", "cyan", "blue",
                                             "magenta", "dim")), strict=True)),
)  # fmt: skip


def _on_sixteen(*, dark: bool) -> Palette:
    """The roles where the terminal has sixteen colours: chosen, for the nearest ones would meet."""
    names = _DARK_SIXTEEN if dark else _LIGHT_SIXTEEN
    roles: dict[str, Any] = dict(zip(_NAMED, map(Style.parse, names), strict=True))
    ground = Style(bgcolor="black" if dark else "bright_white")
    tags = tuple(f"bright_{name}" if dark else name for name in _TAG_NAMES)
    return Palette(
        **roles, background=ground, selection=Style(reverse=True), selection_muted=roles["text"],
        tags=dict(zip(COLOURS, map(Style.parse, tags), strict=True)),
    )  # fmt: skip


_NAMED = ("text", "muted", "faint", "accent", "star", "reading", "later", "read", "skipped",
          "error")  # fmt: skip
_DARK_SIXTEEN = ("bright_white", "white", "bright_black", "bright_blue", "bright_yellow", "yellow",
                 "bright_magenta", "bright_green", "white", "bright_red")  # fmt: skip
_LIGHT_SIXTEEN = ("black", "bright_black", "bright_black", "blue", "yellow", "red", "magenta",
                  "green", "bright_black", "red")  # fmt: skip
_TAG_NAMES = ("red", "red", "yellow", "green", "cyan", "blue", "magenta", "black")


def _hex(value: str) -> str | None:
    """A CSS colour as Rich reads it; None (the terminal's own) for what Rich cannot say."""
    from textual.color import Color, ColorParseError  # noqa: PLC0415 - loaded by Textual anyway

    try:
        colour = Color.parse(value)
    except ColorParseError:
        return None
    return None if colour.ansi is not None else colour.hex6
