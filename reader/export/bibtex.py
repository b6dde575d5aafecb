"""Papers as BibTeX entries that are safe to give to TeX.

Text is written as Unicode with TeX's special characters escaped, so no title can run a command;
fields are those that biblatex and BibTeX styles know for arXiv papers.
"""

from reader.model.dates import Precision
from reader.model.identifiers import ARXIV, DOI
from reader.model.paper import Author, Paper

_SPECIAL = str.maketrans(
    {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
     "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)  # fmt: skip
_VERBATIM = str.maketrans("", "", "{}\\%\n")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME_WIDTH = 13


def format_paper(paper: Paper) -> str:
    """One paper as a BibTeX entry, without a line end."""
    kind = "article" if paper.venue else "misc"
    lines = [f"  {name:<{_NAME_WIDTH}} = {value}" for name, value in _fields(paper).items()]
    return f"@{kind}{{{paper.row.citekey},\n" + ",\n".join(lines) + "\n}"


def _fields(paper: Paper) -> dict[str, str]:
    date = paper.row.published
    fields = {
        "title": _braced(paper.row.title),
        "author": _authors(paper),
        "year": _braced(str(date.year)) if date.year else "",
        "month": "" if date.precision in (Precision.NONE, Precision.YEAR) else _month(date.text),
        "journal": _braced(paper.venue) if paper.venue else "",
        **_identifiers(paper),
        "keywords": _braced(", ".join(paper.row.tags)) if paper.row.tags else "",
        "abstract": _braced(paper.abstract) if paper.abstract else "",
    }
    return {name: value for name, value in fields.items() if value}


def _identifiers(paper: Paper) -> dict[str, str]:
    first = {one.scheme: one.value for one in reversed(paper.identifiers)}
    fields = {}
    if arxiv := first.get(ARXIV):
        fields = {"eprint": f"{{{arxiv}}}", "archivePrefix": "{arXiv}"}
        fields["primaryClass"] = f"{{{paper.categories[0]}}}" if paper.categories else ""
    if doi := first.get(DOI):
        fields["doi"] = f"{{{doi.translate(_VERBATIM)}}}"
    if paper.urls:
        fields["url"] = f"{{{paper.urls[0].translate(_VERBATIM)}}}"
    return fields


def _authors(paper: Paper) -> str:
    if not paper.authors:
        return ""
    names = [_name(author) for author in paper.authors]
    if paper.author_count is None or paper.author_count > len(names):
        names.append("others")
    return f"{{{' and '.join(names)}}}"


def _name(author: Author) -> str:
    family, given = (text.translate(_SPECIAL) for text in (author.family, author.given))
    if author.whole:
        return f"{{{family}}}"
    return f"{family}, {given}" if given else family


def _month(text: str) -> str:
    return _MONTHS[int(text[5:7]) - 1]


def _braced(text: str) -> str:
    return f"{{{text.translate(_SPECIAL)}}}"
