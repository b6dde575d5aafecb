"""Papers as tables: CSV (RFC 4180) and TSV, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator

from reader.model.details import details_of, kind_of
from reader.model.edition import as_published
from reader.model.identifiers import ARXIV, DOI
from reader.model.paper import Paper

COLUMNS = ("citekey", "title", "authors", "year", "published", "kind", "venue", "arxiv", "doi",
           "url", "tags", "status", "starred", "added", "abstract")  # fmt: skip
"""The columns, in their order."""

ET_AL = "et al."
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def format_csv(papers: Iterable[Paper]) -> Iterator[str]:
    """The lines of a table with a heading; a cell that looks like a formula begins with `'`."""
    return _rows(papers, ",")


def format_tsv(papers: Iterable[Paper]) -> Iterator[str]:
    """The same with tabs."""
    return _rows(papers, "\t")


def _rows(papers: Iterable[Paper], delimiter: str) -> Iterator[str]:
    yield _row(COLUMNS, delimiter)
    for paper in papers:
        yield _row([_safe(cell) for cell in _cells(paper)], delimiter)


def _row(cells: Iterable[str], delimiter: str) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=delimiter, lineterminator="").writerow(cells)
    return line.getvalue()


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _people(paper: Paper) -> str:
    """`Family, Given; A Group; et al.`, as tables of references have them."""
    names = [f"{one.family}, {one.given}" if one.given else one.family for one in paper.authors]
    if names and (paper.author_count is None or paper.author_count > len(names)):
        names.append(ET_AL)
    return "; ".join(names)


def _cells(paper: Paper) -> list[str]:
    paper = as_published(paper)
    row = paper.row
    first = {one.scheme: one.value for one in reversed(paper.identifiers)}
    return [
        row.citekey, row.title, _people(paper),
        row.published.text[:4], row.published.text, kind_of(paper, details_of(paper.sources)),
        paper.venue, first.get(ARXIV, ""), first.get(DOI, ""), next(iter(paper.urls), ""),
        ", ".join(row.tags), row.status.word, "yes" if row.starred else "", paper.added,
        " ".join(paper.abstract.split()),
    ]  # fmt: skip
