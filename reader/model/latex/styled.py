"""Plain text with the stretches of it that are emphasised or linked."""

from reader.frozen import frozen


@frozen
class Span:
    """One emphasised stretch: `text[start:end]` in `style` (bold, italic, or `link URL`)."""

    start: int
    end: int
    style: str


@frozen
class StyledText:
    """Readable text and its spans, in order of their start."""

    text: str
    spans: tuple[Span, ...] = ()


class Pieces:
    """Text under construction: pieces of it, each in the styles that are open where it stands."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._spans: list[Span] = []
        self.last = ""

    def add(self, text: str, styles: tuple[str, ...] = ()) -> None:
        """Append text in the given styles; touching stretches of one style become one span."""
        if not text:
            return
        start, end = self._length, self._length + len(text)
        for style in styles:
            self._spans.append(Span(start, end, style))
        self._parts.append(text)
        self._length, self.last = end, text[-1]

    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def finish(self) -> StyledText:
        """The text and its spans, touching ones joined."""
        if not self._spans:
            return StyledText(self.text())
        joined: list[Span] = []
        for span in sorted(self._spans, key=lambda span: (span.style, span.start)):
            if joined and joined[-1].style == span.style and joined[-1].end == span.start:
                joined[-1] = Span(joined[-1].start, span.end, span.style)
            else:
                joined.append(span)
        return StyledText(self.text(), tuple(sorted(joined, key=lambda span: span.start)))
