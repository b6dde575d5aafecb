"""One paper as a text to copy or to give to a command, by the name of what is wanted of it."""

from collections.abc import Callable

from reader.export import bibtex, citations, jsonl
from reader.model.identifiers import ARXIV, DOI
from reader.model.paper import Paper


def _identifier(paper: Paper, scheme: str) -> str:
    return next((one.value for one in paper.identifiers if one.scheme == scheme), "")


FORMS: dict[str, Callable[[Paper], str]] = {
    "bibtex": bibtex.format_paper,
    "json": jsonl.format_paper,
    "title": lambda paper: paper.row.title,
    "url": lambda paper: next(iter(paper.urls), ""),
    "abstract": lambda paper: paper.abstract,
    "doi": lambda paper: _identifier(paper, DOI),
    "arxiv": lambda paper: _identifier(paper, ARXIV),
    "text": citations.plain,
    "citation": citations.plain,
    "markdown": citations.markdown_link,
}
"""What a paper can be told as; empty where it has nothing of the kind."""
