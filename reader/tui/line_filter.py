"""The last net before the terminal: no control byte in any segment of any widget."""

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from reader.model.text import printable

_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)


class NeutraliseControls(LineFilter):
    """Shows what would act on the terminal as U+FFFD, whichever widget drew it."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments with their text neutralised; the same list when nothing had to be."""
        del background
        if not any(_CONTROL.search(segment.text) for segment in segments):
            return segments
        return [_neutralised(segment) for segment in segments]


def _neutralised(segment: Segment) -> Segment:
    text = printable(segment.text).replace("\n", "\ufffd").replace("\t", " ")
    return Segment(text, segment.style, segment.control)


# What stands in a line of ours besides ASCII, a cell for a cell.
_PLAIN = str.maketrans({
    **dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‘’‚", "'"), **dict.fromkeys("–—−‐‑─┄╌▔", "-"),
    **dict.fromkeys("│┃▏▎▌▐", "|"), **dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╰╯", "+"),
    **dict.fromkeys("█▉▊▋", "#"), **dict.fromkeys("▁▂▃▄▅▆▇▀", "_"),
    "…": "~", "·": "-", "•": "*", "›": ">", "‹": "<", "×": "x", "↑": "^", "↓": "v", "←": "<",
    "→": ">",
})  # fmt: skip


class AsciiChrome(LineFilter):
    """Writes lines, quotes and dashes of the screen in ASCII, and titles' too."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments with such signs translated."""
        del background
        if all(segment.text.isascii() for segment in segments):
            return segments
        return [
            Segment(segment.text.translate(_PLAIN), segment.style, segment.control)
            for segment in segments
        ]


class WithoutColour(LineFilter):
    """Leaves bold, dim, underline and reverse, and takes every colour away."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments without colour."""
        del background
        return [
            Segment(text, style.without_color if style else None, control)
            for text, style, control in segments
        ]
