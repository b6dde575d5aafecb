r"""arXiv's mailings, its old listings and `.abs` files: blocks between lines of `\\`.

Format: https://info.arxiv.org/help/subscribe.html
"""

import re
from collections.abc import Iterator

from reader.model import details as names
from reader.model.dates import parse_date
from reader.model.identifiers import ARXIV, Identifier, parse_arxiv, parse_doi
from reader.model.latex import convert
from reader.model.names import parse_names
from reader.model.paper import Rejected
from reader.model.text import clean
from reader.sources.context import RAW_LENGTH, Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry

NAME = "arxiv-mail"
LABEL = "an arXiv mailing"
SOURCE = "arxiv"

_RULE = re.compile(r"^\\\\(?:\s*\(.*)?\s*$", re.MULTILINE)
_ID = re.compile(r"^(?:arXiv|Paper)(?:\s*\(\*cross-listing\*\))?\s*:\s*(\S+)", re.MULTILINE)
_FIELD = re.compile(r"^([A-Z][A-Za-z-]+(?: \([^)]*\))?):[ \t]*(.*(?:\n[ \t]+\S.*)*)", re.MULTILINE)
_REVISED = re.compile(r"revised v(\d+)")


def recognises(head: str) -> bool:
    """Whether a text has the first lines of such a block."""
    return _ID.search(head) is not None and len(_RULE.findall(head)) >= 2  # noqa: PLR2004 - a block


def read(document: Document, context: Context) -> Iterator[Item]:
    """The papers of a mailing, and the blocks that have no title."""
    text = document.text()
    rules = [(found.start(), found.end()) for found in _RULE.finditer(text)]
    number = 0
    for place, (_, end) in enumerate(rules):
        stop = rules[place + 1][0] if place + 1 < len(rules) else len(text)
        head = text[end:stop]
        if not _ID.search(head):
            continue
        number += 1
        line = text.count("\n", 0, end) + 2
        behind = rules[place + 2][0] if place + 2 < len(rules) else len(text)
        body = text[rules[place + 1][1] : behind] if place + 1 < len(rules) else ""
        body = body if body[:3].strip() == "" and not body.lstrip("\n").startswith("---") else ""
        yield from _items(head, body, (line, number), context)


def _items(head: str, body: str, place: tuple[int, int], context: Context) -> Iterator[Item]:
    entry = entry_of(head, body)
    entry.line, entry.record = place
    if not entry.identifiers:
        yield Rejected(place[0], "no arXiv id", clean(head)[:RAW_LENGTH], place[1], "arXiv")
    yield from entry.items(context, SOURCE)


def entry_of(head: str, body: str) -> Entry:
    """A paper of one block: its fields, and the abstract where it has one."""
    fields: dict[str, str] = {}
    version = 0
    for found in _FIELD.finditer(head):
        name = found[1].partition(" (")[0]
        if revised := _REVISED.search(found[1]):
            version = max(version, int(revised[1][:4]))
        fields.setdefault(name, " ".join(found[2].split()))
    told = _ID.search(head)
    arxiv = parse_arxiv(told[1]) if told else None
    entry = Entry(kind=names.PREPRINT)
    if arxiv:
        entry.identify(Identifier(ARXIV, arxiv.value, max(version, arxiv.version)))
        entry.key = arxiv.value
    entry.title = fields.get("Title", "")
    entry.authors = list(parse_names(clean(convert(_authors(fields)).text)))
    entry.abstract = " ".join(body.split("\n---", maxsplit=1)[0].split())
    entry.published = parse_date(re.sub(r"\s*\(.*", "", fields.get("Date", "")))
    entry.categories = fields.get("Categories", "").split()
    entry.remark, entry.venue = fields.get("Comments", ""), fields.get("Journal-ref", "")
    entry.license = fields.get("License", "")
    entry.detail("report_number", fields.get("Report-no", ""))
    for word in fields.get("DOI", "").split():
        entry.identify(parse_doi(word))
    return entry


def _authors(fields: dict[str, str]) -> str:
    return fields.get("Authors", fields.get("Author", ""))
