"""Colours: our two themes, and the twelve roles in any Textual theme."""

from dataclasses import dataclass, fields

from rich.style import Style
from textual.theme import Theme

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


def _theme(name: str, roles: dict[str, str], *, dark: bool) -> Theme:
    return Theme(
        name=name, dark=dark, primary=roles["accent"], secondary=roles["later"],
        accent=roles["accent"], warning=roles["star"], error=roles["error"],
        success=roles["read"], foreground=roles["text"], background=roles["background"],
        surface=roles["background"], panel=roles["selection"],
        variables={
            **{f"reader-{role}": colour for role, colour in roles.items()},
            "scrollbar": roles["selection"], "scrollbar-hover": roles["faint"],
            "scrollbar-active": roles["faint"], "scrollbar-background": roles["background"],
            "scrollbar-background-hover": roles["background"],
            "scrollbar-background-active": roles["background"],
            "scrollbar-corner-color": roles["background"],
        },
    )  # fmt: skip


INK = _theme("ink", _INK, dark=True)
"""The dark theme."""

PAPER = _theme("paper", _PAPER, dark=False)
"""The light theme."""

# What stands for our roles in a theme that is not ours.
_FALLBACK = {
    "background": "background", "text": "foreground", "muted": "foreground-muted",
    "faint": "foreground-disabled", "accent": "accent", "star": "warning", "reading": "primary",
    "later": "secondary", "read": "success", "skipped": "foreground-muted", "error": "error",
    "selection": "panel", "selection-muted": "foreground",
}  # fmt: skip


def role_variables(variables: dict[str, str]) -> dict[str, str]:
    """CSS variables `reader-ROLE` for a theme that does not bring them."""
    return {
        f"reader-{role}": variables[name]
        for role, name in _FALLBACK.items()
        if f"reader-{role}" not in variables and name in variables
    }


@dataclass(frozen=True, slots=True)
class Palette:
    """The roles as styles for segments.

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

    @classmethod
    def of(cls, variables: dict[str, str]) -> "Palette":
        """The palette of a theme, from its CSS variables."""
        styles = {}
        for role in fields(cls):
            colour = _hex(variables.get(f"reader-{role.name.replace('_', '-')}", ""))
            under = role.name in ("selection", "background")
            styles[role.name] = Style(bgcolor=colour if under else None,
                                      color=None if under else colour)  # fmt: skip
        return cls(**styles)

    @property
    def base(self) -> Style:
        """Text on the background of the screen."""
        return self.text + self.background

    @property
    def selected(self) -> Style:
        """Text on the background of what the cursor is on."""
        return self.text + self.selection


def _hex(value: str) -> str | None:
    """A CSS colour as Rich reads it; None (the terminal's own) for what Rich cannot say."""
    from textual.color import Color, ColorParseError  # noqa: PLC0415 - loaded by Textual anyway

    try:
        colour = Color.parse(value)
    except ColorParseError:
        return None
    return None if colour.ansi is not None else colour.hex6
