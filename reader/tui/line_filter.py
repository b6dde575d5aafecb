"""The last net before the terminal: no control byte in any segment of any widget."""

import re
from collections.abc import Sequence

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


def with_net(filters: Sequence[LineFilter], net: LineFilter) -> list[LineFilter]:
    """The app's filters with ours at the end."""
    return [*filters, net]
