"""The text of an arxiv.org/list page, copied from a browser."""

import re
from collections.abc import Iterator

from reader.model import details as names
from reader.model.identifiers import parse_arxiv, parse_doi
from reader.model.names import parse_names
from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry

NAME = "arxiv-list"
LABEL = "a page of arXiv's listings"
SOURCE = "arxiv"

_ENTRY = re.compile(
    r"^\s*(?:\[\d+\]\s*)?arXiv:(\S+)\s*(?:\((?:replaced|cross-list from [\w.-]+)\))?\s*"
    r"\[\s*(?:abs|pdf|html|other|ps|view|,|\s)+\].*$",
    re.MULTILINE,
)
_FIELD = re.compile(r"^\s*(Title|Authors|Comments|Journal-ref|Subjects|DOI|Report-no|MSC-class|"
                    r"ACM-class|Related DOI)\s*:\s*(.*)$")  # fmt: skip
_CLASS = re.compile(r"\(([a-z-]+(?:\.[A-Za-z-]{2,})?)\)")
_SECTION = re.compile(r"^\s*(?:(?:New|Cross|Replacement) (?:submissions|lists)|Total of|Showing)\b")


def recognises(head: str) -> bool:
    """Whether a text has entries of such a page."""
    return _ENTRY.search(head) is not None


def read(document: Document, context: Context) -> Iterator[Item]:
    """The entries of a page in order."""
    text = document.text()
    found = list(_ENTRY.finditer(text))
    for number, match in enumerate(found, start=1):
        end = found[number].start() if number < len(found) else len(text)
        entry = entry_of(match[1], text[match.end() : end].split("\n"))
        entry.line, entry.record = text.count("\n", 0, match.start()) + 1, number
        yield from entry.items(context, SOURCE)


def entry_of(arxiv: str, lines: list[str]) -> Entry:
    """A paper of one entry: labelled lines, that of the authors, the abstract if there is one."""
    entry = Entry(key=arxiv, kind=names.PREPRINT)
    entry.identify(parse_arxiv(arxiv))
    fields: dict[str, str] = {}
    loose: list[str] = []
    for line in lines:
        labelled = _FIELD.match(line)
        if labelled:
            fields[labelled[1]] = labelled[2].strip()
        elif _SECTION.match(line):
            break
        elif line.strip():
            loose.append(line.strip())
    entry.title = fields.get("Title", loose.pop(0) if loose and "Title" not in fields else "")
    authors = fields.get("Authors", loose.pop(0) if loose and "Authors" not in fields else "")
    entry.authors = list(parse_names(authors.removesuffix(", et al.")))
    entry.complete = "et al" not in authors
    entry.abstract = " ".join(loose)
    entry.categories = _CLASS.findall(fields.get("Subjects", ""))
    entry.remark, entry.venue = fields.get("Comments", ""), fields.get("Journal-ref", "")
    for name in ("DOI", "Related DOI"):
        entry.identify(parse_doi(fields.get(name, "")))
    return entry
