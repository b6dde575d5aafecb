"""`reader show`."""

import textwrap
from argparse import Namespace

from reader.cli.library import named_papers, read
from reader.cli.output import page, width
from reader.model.metadata import source_of, values_of
from reader.model.paper import Paper

_MEASURE = 88


def run_show(arguments: Namespace) -> int:
    """Show papers in full."""
    with read(arguments) as store:
        ids = named_papers(store, arguments.refs, "\0" if arguments.null else "\n")
        measure = min(width() or _MEASURE, _MEASURE)
        pages = [_page(paper, measure, sources=arguments.sources) for paper in store.papers(ids)]
    page("\n\n".join(pages))
    return 0


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
