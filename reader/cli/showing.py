"""`reader show`."""

import textwrap
from argparse import Namespace

from reader.cli.library import named_papers, read
from reader.cli.output import MANNER, emit, emit_styled, page, say, width
from reader.model.metadata import source_of, values_of
from reader.model.paper import Paper
from reader.model.text import printable
from reader.model.versions import Piece, Side, changes, version_pair

_MEASURE = 88


def run_show(arguments: Namespace) -> int:
    """Show papers in full."""
    with read(arguments) as store:
        ids = named_papers(store, arguments.refs, "\0" if arguments.null else "\n")
        measure = min(width() or _MEASURE, _MEASURE)
        pages = [_page(paper, measure, sources=arguments.sources) for paper in store.papers(ids)]
    page("\n\n".join(pages))
    return 0


def run_diff(arguments: Namespace) -> int:
    """Show what changed between two versions of a paper; 1 when only one was ever told of."""
    with read(arguments) as store:
        paper = next(store.papers([store.find(arguments.ref)]))
        told = version_pair(store.versions(paper.row.id), paper, arguments.versions)
    if told is None:
        say(f"{paper.row.citekey}: no other version of it was told of")
        return 1
    (first, before), (second, after) = told
    emit(f"{paper.row.title}\nversion {first} → {second}")
    differences = list(changes(before, after))
    if not differences:
        emit("title, authors, abstract and comment are the same")
    for name, pieces in differences:
        emit(f"\n{name}")
        marked = "".join(_marked(piece) for piece in pieces)
        (emit_styled if MANNER.colour else emit)(marked)
    return 0


def _marked(piece: Piece) -> str:
    """Words of one side: in colour, or between marks."""
    text = printable(piece.text)
    if piece.side is Side.BOTH or not text.strip():
        return text
    if MANNER.colour:
        return f"{_REMOVED if piece.side is Side.BEFORE else _ADDED}{text}{_PLAIN}"
    return f"[-{text}-]" if piece.side is Side.BEFORE else f"{{+{text}+}}"


_REMOVED, _ADDED, _PLAIN = "\x1b[9;31m", "\x1b[1;32m", "\x1b[0m"


def _page(paper: Paper, measure: int, *, sources: bool) -> str:
    row = paper.row
    names = ", ".join(author.name for author in paper.authors)
    unnamed = (paper.author_count or 0) - len(paper.authors)
    if unnamed > 0:
        names = f"{names} and {unnamed} more" if names else row.byline
    facts = [row.published.text, " ".join(paper.categories), paper.venue, row.status.word]
    facts += ["starred"] if row.starred else []
    facts += [f"priority {row.priority.name}"] if row.priority else []
    facts += ["in the trash"] if row.trashed else []
    lines = [*textwrap.wrap(row.title, measure), *textwrap.wrap(names, measure)]
    lines += textwrap.wrap(" · ".join(filter(None, facts)), measure)
    lines += [" ".join(f"#{tag}" for tag in row.tags)] if row.tags else []
    lines += [f"{row.citekey}   {'  '.join(paper.urls)}".rstrip(), ""]
    for paragraph in (paper.abstract or "No abstract.").split("\n"):
        lines += textwrap.wrap(paragraph, measure) or [""]
    return "\n".join([*lines, *(_sources(paper, measure) if sources else [])])


def _sources(paper: Paper, measure: int) -> list[str]:
    """Every field that has a value, and who told it."""
    lines = [""]
    for name, value in values_of(paper).items():
        if value and name != "abstract":
            short = textwrap.shorten(value, max(measure - 34, 20), placeholder="…")
            lines.append(f"{name:<12} {source_of(paper, name):<14} {short}")
    return lines
