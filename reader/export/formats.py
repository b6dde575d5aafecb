"""The formats that papers are written in, by name: whole documents and single papers."""

from collections.abc import Callable, Iterable, Iterator

from reader.export import bibtex, citations, csl_json, jsonl, markdown, ris, tables, web
from reader.model.paper import Paper

Write = Callable[[Iterable[Paper]], Iterator[str]]


def _one_by_one(form: Callable[[Paper], str]) -> Write:
    return lambda papers: map(form, papers)


DOCUMENTS: dict[str, Write] = {
    "bibtex": _one_by_one(bibtex.format_paper),
    "biblatex": _one_by_one(bibtex.format_biblatex),
    "ris": _one_by_one(ris.format_paper),
    "csl-json": csl_json.format_papers,
    "jsonl": _one_by_one(lambda paper: jsonl.format_paper(paper, complete=True)),
    "markdown": markdown.format_papers,
    "csv": tables.format_csv,
    "tsv": tables.format_tsv,
    "html": web.format_papers,
    "text": _one_by_one(citations.plain),
}
"""Papers as the lines of a document, by the format's name."""

SUFFIXES = {
    "bib": "bibtex", "ris": "ris", "json": "csl-json", "jsonl": "jsonl", "md": "markdown",
    "csv": "csv", "tsv": "tsv", "html": "html", "htm": "html", "txt": "text",
}  # fmt: skip
"""The format that a file's name means where none is given."""
