"""A paper as a page of lines, with the places on it that answer the mouse."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from itertools import pairwise

from rich.cells import cell_len
from rich.style import Style

from reader.frozen import frozen
from reader.model.details import details_of
from reader.model.latex import Span, convert
from reader.model.paper import Paper, Status, source_label
from reader.model.query.insight import Insight
from reader.model.query.matching import Wanted, meant_for
from reader.model.query.matching import spans as found_spans
from reader.model.skim import Role, Sentence, skim
from reader.model.tags import colour_of
from reader.model.text import printable
from reader.tui.keymap import DEFAULT, Keymap
from reader.tui.render import BOLD, FOUND, Part, cut, format_date, status_style, wrap, wrapped
from reader.tui.themes import Palette

TAGGED, WRITTEN = "tag:", "author:"
"""How the action of a place begins that leads to a tag or to an author's papers."""

_LABEL = 14
_WHERE = ("volume", "issue", "pages", "publisher", "series", "edition", "institution", "isbn")
_FOUND, _READING = "found", "reading"
_SHOWN_AUTHORS = 3
_CONTROLS = {
    Status.UNREAD: "paper.unread", Status.LATER: "paper.later", Status.READING: "paper.reading",
    Status.READ: "paper.read", Status.SKIPPED: "paper.skip",
}  # fmt: skip
_SHOWN_ROLES = {
    "off": frozenset[Role](), "results": frozenset({Role.GOAL, Role.RESULT}),
    "all": frozenset({Role.GOAL, Role.METHOD, Role.RESULT}),
}  # fmt: skip


@frozen
class Spot:
    """Cells `start` to `end` of a line, what a click on them does, and what they say of it."""

    line: int
    start: int
    end: int
    action: str
    hint: str = ""


@frozen
class PageLook:
    """How a page is read.

    Attributes:
        source: Whether the abstract is shown as it was received.
        skim: Which bars there are: off, results, all.
        sought: What a search looked for.
        place: Words to find in this text.
        chosen: The first and the last sentence of those that are chosen.
    """

    source: bool = False
    skim: str = "results"
    sought: Sequence[Wanted] = ()
    place: str = ""
    chosen: tuple[int, int] | None = None


@frozen
class Page:
    """The lines of a paper.

    Attributes:
        text: The abstract as it is shown.
        starts: Where in the text each line begins, by the number of the line.
        sentences: Of the text, with their roles.
        places: Where in the text the words to find are.
    """

    lines: list[list[Part]] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    text: str = ""
    starts: dict[int, int] = field(default_factory=dict)
    sentences: Sequence[Sentence] = ()
    places: list[Span] = field(default_factory=list)

    def line_of(self, position: int) -> int:
        """The line on which a character of the text is."""
        before = [line for line, start in self.starts.items() if start <= position]
        return before[-1] if before else 0


@frozen
class Typesetter:
    """Sets papers at one width in one theme."""

    width: int
    palette: Palette
    today: dt.date
    colours: Mapping[str, str] = field(default_factory=dict)
    keymap: Keymap = DEFAULT
    focused: bool = False

    def set(self, paper: Paper, reading: PageLook, insight: Insight | None = None) -> Page:
        """The page of a paper."""
        page = Page()
        self._insight(page, insight)
        self._heading(page, paper)
        self._controls(page, paper)
        page.lines.append([])
        page = self._abstract(page, paper, reading)
        self._belongings(page, paper)
        return page

    def _insight(self, page: Page, insight: Insight | None) -> None:
        for text in insight_lines(insight) if insight else []:
            told = cut(text[_LABEL:], self.width - _LABEL)
            page.lines.append([(text[:_LABEL], self.palette.muted), (told, self.palette.text)])
        if page.lines:
            page.lines.append([])

    # -- heading ---------------------------------------------------------------------------

    def _heading(self, page: Page, paper: Paper) -> None:
        palette = self.palette
        style = (palette.accent if self.focused else palette.text) + BOLD
        page.lines.extend([(line, style)] for line in wrapped(paper.row.title, self.width))
        if names := cut(_names(paper), self.width):
            self._author_spots(page, paper, names)
            page.lines.append([(names, palette.muted)])
        if facts := cut(" · ".join(_facts(paper, self.today)), self.width):
            page.lines.append([(facts, palette.muted)])

    def _author_spots(self, page: Page, paper: Paper, shown: str) -> None:
        beyond = 0
        for author in paper.authors:
            name = printable(author.name)
            place = shown.find(name, beyond)
            if place < 0:
                break
            beyond = place + len(name)
            start, end = cell_len(shown[:place]), cell_len(shown[:beyond])
            hint = f"papers of {name}"
            page.spots.append(Spot(len(page.lines), start, end, f"{WRITTEN}{author.name}", hint))

    def _controls(self, page: Page, paper: Paper) -> None:
        """`☆ star   ● ○ ◐ ✓ ·   + tag`, the tags, and the status in words."""
        palette, row, signs = self.palette, paper.row, self.palette.glyphs
        line: list[Part] = []

        def add(text: str, style: Style, action: str = "", word: str = "") -> None:
            start = sum(cell_len(part) for part, _ in line)
            line.append((text, style))
            if action:
                hint = f"{word}: {self.keymap.key_of(action)}"
                end = start + cell_len(text)
                page.spots.append(Spot(len(page.lines), start, end, action, hint))

        def named(head: str, name: str, style: Style, action: str) -> None:
            """A word with the letter of its key underlined."""
            add(head, style, action, name)
            under = Style(underline=True) if self.keymap.key_of(action) == name[0] else Style()
            add(name[0], style + under, action, name)
            add(name[1:], style, action, name)

        star = palette.star + BOLD if row.starred else palette.muted
        named(f"{signs.star if row.starred else signs.no_star} ", "star", star, "paper.star")
        add("  ", Style())
        for status in Status:
            lit = status_style(status, palette) + BOLD + Style(reverse=True)
            style = lit if status == row.status else palette.muted
            add(" ", Style())
            add(signs.of(status), style, _CONTROLS[status], status.word)
        add("   ", Style())
        named("+ ", "tag", palette.muted, "paper.tag")
        self._state(page, line, paper)
        page.lines.append(line)

    def _state(self, page: Page, line: list[Part], paper: Paper) -> None:
        """Behind the controls: the tags, as far as there is room, and the status in words."""
        palette, word, tags = self.palette, paper.row.status.word, paper.row.tags
        room = self.width - sum(cell_len(text) for text, _ in line) - len(word) - 2
        sign = palette.glyphs.named("")
        for number, tag in enumerate(tags):
            left = f"  +{len(tags) - number - 1}" if number + 1 < len(tags) else ""
            name = cut(tag, room - len(left) - len(sign) - 2)
            size = cell_len(name) + len(sign) + 2
            if room - size < len(left) or not name:
                line.append((f"  +{len(tags) - number}", palette.muted))
                room -= len(line[-1][0])
                break
            start = self.width - len(word) - 2 - room
            spot = Spot(len(page.lines), start + 2, start + size, f"{TAGGED}{tag}", f"#{tag}")
            page.spots.append(spot)
            colour = palette.of_tag(colour_of(tag, self.colours))
            line += [("  ", Style()), (sign, colour), (name, palette.text)]
            room -= size
        style = status_style(paper.row.status, palette)
        line += [(" " * max(room + 2, 2), Style()), (word, style)]

    # -- abstract --------------------------------------------------------------------------

    def _abstract(self, page: Page, paper: Paper, reading: PageLook) -> Page:
        raw = reading.source and bool(paper.abstract_source)
        text = printable(paper.abstract_source) if raw else paper.abstract
        if not text:
            page.lines.append([("No abstract came with this paper.", self.palette.muted)])
            return page
        sentences = skim(text)
        places = _places(text, reading.place)
        found = found_spans(text, meant_for("abstract", reading.sought))
        marks = [Span(start, end, _FOUND) for start, end in found]
        emphasis = () if raw else _emphasised(paper, text)
        spans = _laid_over([*places, *marks], emphasis)
        shown = _SHOWN_ROLES.get(reading.skim, frozenset())
        chosen = _stretch(sentences, reading.chosen)
        starts: dict[int, int] = {}
        for begin, stop, role in _runs(text, sentences, shown):
            bar = self._bar(role)
            for start, end in wrap(text[begin:stop], self.width) or [(0, 0)]:
                starts[len(page.lines)] = begin + start
                parts = _styled(text, spans, begin + start, begin + end, self.palette, chosen)
                page.lines.append([bar, *parts])
        page.lines.append([])
        return Page(page.lines, page.spots, text, starts, sentences, list(places))

    def _belongings(self, page: Page, paper: Paper) -> None:
        """What came with the paper besides: where it stands in its venue, notes, files."""
        told = details_of(paper.sources)
        where = " · ".join(f"{name} {told.values[name]}" for name in _WHERE if name in told.values)
        lines = [(where, self.palette.muted)] if where else []
        lines += [(f"Note: {note}", self.palette.text) for note in told.notes]
        lines += [(f"File: {file}", self.palette.muted) for file in told.files]
        for text, style in lines:
            if page.lines[-1:] != [[]]:
                page.lines.append([])
            for paragraph in map(printable, text.split("\n")):
                page.lines.extend([(line, style)] for line in wrapped(paragraph, self.width))
        if lines:
            page.lines.append([])

    def _bar(self, role: Role) -> Part:
        """What stands in the margin beside a sentence."""
        palette = self.palette
        colour = {Role.GOAL: palette.accent, Role.RESULT: palette.star}.get(role, palette.muted)
        return (palette.glyphs.of_role(role), colour)


def _runs(
    text: str, sentences: Sequence[Sentence], shown: frozenset[Role]
) -> list[tuple[int, int, Role]]:
    """Stretches that begin a line: paragraphs, cut where a sentence with a bar begins or ends."""
    runs: list[tuple[int, int, Role]] = []
    begin, role = 0, Role.PLAIN
    places = [(one.start, one.role if one.role in shown else Role.PLAIN) for one in sentences]
    for start, here in places:
        new_paragraph = "\n" in text[begin:start]
        if here is not role or new_paragraph:
            runs += _lines_of(text, begin, start, role)
            begin, role = start, here
    return [*runs, *_lines_of(text, begin, len(text), role)]


def _lines_of(text: str, begin: int, end: int, role: Role) -> list[tuple[int, int, Role]]:
    """A stretch by its line ends, without blank lines at its end."""
    found: list[tuple[int, int, Role]] = []
    for line in text[begin:end].rstrip().split("\n") if text[begin:end].strip() else []:
        found.append((begin, begin + len(line), role))
        begin += len(line) + 1
    return found


def _stretch(sentences: Sequence[Sentence], chosen: tuple[int, int] | None) -> Span | None:
    if chosen is None or chosen[1] >= len(sentences):
        return None
    return Span(sentences[chosen[0]].start, sentences[chosen[1]].end, _READING)


def _places(text: str, words: str) -> list[Span]:
    """Where words stand in a text, whatever their case."""
    found: list[Span] = []
    small, wanted = text.lower(), words.lower()
    if len(small) != len(text) or not wanted:
        small, wanted = text, words
    start = small.find(wanted) if wanted else -1
    while start >= 0:
        found.append(Span(start, start + len(wanted), _FOUND))
        start = small.find(wanted, start + len(wanted))
    return found


def _emphasised(paper: Paper, text: str) -> tuple[Span, ...]:
    if not paper.abstract_source:
        return ()
    styled = convert(paper.abstract_source)
    return styled.spans if styled.text == text else ()


def _laid_over(marks: Sequence[Span], under: Iterable[Span]) -> list[Span]:
    """Spans without overlap: the first of the marks, then what is under none of them."""
    kept: list[Span] = []
    for span in [*marks, *under]:
        if all(span.end <= one.start or one.end <= span.start for one in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


def _styled(
    text: str, spans: Sequence[Span], start: int, end: int, palette: Palette, chosen: Span | None
) -> list[Part]:
    """A stretch of text as parts, with the emphasis that falls into it."""
    parts: list[Part] = []
    end = start + len(text[start:end].rstrip())
    cuts = {start, end}
    for span in [*spans, *([chosen] if chosen else [])]:
        cuts |= {place for place in (span.start, span.end) if start < place < end}
    ordered = sorted(cuts)
    for first, last in pairwise(ordered):
        style = palette.text
        for span in spans:
            if span.start <= first < span.end:
                style += _EMPHASIS.get(span.style, _UNDERLINED)
        if chosen and chosen.start <= first < chosen.end:
            style += palette.selection
        parts.append((text[first:last], style))
    return parts


_UNDERLINED = Style(underline=True)
_EMPHASIS = {"bold": BOLD, "italic": Style(italic=True), _FOUND: FOUND}


def _names(paper: Paper) -> str:
    names = [author.name for author in paper.authors]
    total = paper.author_count
    shown = names[:_SHOWN_AUTHORS] if len(names) > _SHOWN_AUTHORS + 1 else names
    text = ", ".join(shown)
    if total is None:
        return f"{text} and others" if text else ""
    unnamed = total - len(shown)
    return f"{text} +{unnamed}" if text and unnamed else text or paper.row.byline


def _facts(paper: Paper, today: dt.date) -> list[str]:
    told = dict.fromkeys(source_label(one.source) for one in reversed(paper.sources))
    comments = paper.row.comments
    facts = [
        paper.row.category,
        format_date(paper.row.published, today, full=True),
        paper.venue,
        " + ".join(told),
        "" if not comments else "1 comment" if comments == 1 else f"{comments} comments",
    ]
    return [fact for fact in facts if fact]


def insight_lines(insight: Insight) -> list[str]:
    """What is to be said of a search, a line each, behind labels of one width."""
    matched = "   ".join(f"{name} {papers:,}" for name, papers in insight.matched.items())
    matched += f"   of the first {insight.first:,}" if matched and insight.first else ""
    narrow = " · ".join(f"{one.text} {one.papers:,}" for one in insight.narrow)
    widen = " · ".join(f"{one.text} +{one.papers:,}" for one in insight.widen)
    spelling = " · ".join(f"“{one.text}” +{one.papers:,}" for one in insight.spelling)
    told = {"Matched in": matched, "Narrow": narrow, "Without": widen, "Did you mean": spelling}
    return [f"{label:<{_LABEL}}{text}" for label, text in told.items() if text]
