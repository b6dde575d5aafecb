"""Markdown: notes with front matter, and reading lists of links.

A note with front matter that names a title or an identifier is one paper with the note's text as
its note. Any other Markdown is a list: every link to a paper is one, called by the words nearby.
"""

import json
import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import BeforeValidator

from reader.model.dates import parse_date
from reader.model.identifiers import Identifier, find_identifiers, parse_link
from reader.model.names import parse_name, parse_people
from reader.model.paper import Status
from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry
from reader.sources.json_documents import Loose, Text, Texts, read_objects
from reader.sources.lists.yaml_documents import load_yaml
from reader.sources.markup import plain_line

NAME = "markdown"
LABEL = "Markdown notes and lists"
SOURCE = "markdown"

MANAGED = re.compile(r"<!-- paper-reader:begin -->.*?<!-- paper-reader:end -->\n*", re.DOTALL)
"""The block that our own export keeps up to date within a note."""

_FRONT = re.compile(r"\ufeff?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_TELLING = re.compile(
    r"^(?:title|arxiv|doi|citekey|url|authors?)\s*:", re.MULTILINE | re.IGNORECASE
)
_AMBIGUOUS = re.compile(r"^(\w[\w -]*):[ \t]+(?![\[{|>&\"'])(.*(?::\s| #|\[\[).*)$", re.MULTILINE)
_LINK = re.compile(
    r"\[([^\[\]]{1,400})\]\(<?(https?://[^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)>?[^)]*\)"
)
_BOLD = re.compile(r"\*\*(.+?)\*\*|__(.+?)__")
_HEADING = re.compile(r"^#{1,6}\s|^[-*+]\s|^\d+[.)]\s|^\|", re.MULTILINE)
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d+[.)])[ \t].{0,400}?(https?://[^\s<>)]+)", re.MULTILINE)
_LABEL = re.compile(
    r"(?:arxiv|paper|pdf|link|abs|html|code|project|blog|tweet|here|doi|url|page|website|video|"
    r"[\d.:v /-]+|https?:.*|\W*)", re.IGNORECASE)  # fmt: skip
_WIKI = re.compile(r"\[\[(?:[^\[\]|]{0,400}\|)?([^\[\]|]{1,400})\]\]")
_BULLET = re.compile(r"^[\s|>*+\-]*(?:\d+[.)]\s*)?(?:\[[ xX]\]\s*)?")
_ID_BEFORE = re.compile(r"^\[[\w./-]+\]\s+")
_CHECKED = re.compile(r"^\s*[-*+]\s+\[[xX]\]")
_NAMES = {"author": "authors", "date": "published", "year": "published", "keywords": "tags",
          "tag": "tags", "citekey": "citekey", "citation-key": "citekey", "link": "url",
          "arxiv_id": "arxiv", "arxivid": "arxiv", "journal": "venue", "conference": "venue",
          "container-title": "venue", "summary": "abstract"}  # fmt: skip
_STATUS = {"read": Status.READ, "done": Status.READ, "reading": Status.READING,
           "in progress": Status.READING, "to read": Status.LATER, "toread": Status.LATER,
           "later": Status.LATER, "skipped": Status.SKIPPED, "unread": Status.UNREAD}  # fmt: skip
_STARRED_FROM = 4


def recognises(head: str) -> bool:
    """Whether a text is such a note, or has Markdown's marks and a link to a paper."""
    front = _FRONT.match(head)
    if front and _TELLING.search(front[1]):
        return True
    if re.match(r"\s*(?:\{|\[\s*[\[{\"])", head):
        return False
    if re.match(r"\s*<", head):
        return False
    links = (parse_link(link[2]) for link in _LINK.finditer(head[:200_000]))
    items = (parse_link(link[1]) for link in _ITEM.finditer(head[:200_000]))
    return _HEADING.search(head) is not None and (any(links) or any(items))


def read(document: Document, context: Context) -> Iterator[Item]:
    """The paper of a note, or those of a list."""
    text = document.text()
    front = _FRONT.match(text)
    told = load_yaml(document, _quoted(front[1])) if front else None
    if isinstance(told, dict) and front:
        body = MANAGED.sub("", text[front.end() :]).strip()
        fields = {_NAMES.get(str(name).lower(), str(name).lower()): value
                  for name, value in told.items()}  # fmt: skip
        yield from read_objects([fields], Front, lambda one: _note(one, body), context, SOURCE)
        return
    for entry in _listed(text):
        yield from entry.items(context, SOURCE)


def _quoted(front: str) -> str:
    """Front matter with the values quoted that people write without, such as `Attention: all`."""
    return _AMBIGUOUS.sub(lambda one: f"{one[1]}: {json.dumps(one[2].strip())}", front)


# -- notes ---------------------------------------------------------------------------------------


def _words(value: object) -> object:
    if isinstance(value, str):
        return [word.strip("# ") for word in re.split(r",|\s+(?=#)", value) if word.strip("# ")]
    return [str(one).strip("# ") for one in value] if isinstance(value, list) else []


def _people(value: object) -> object:
    """Names with Obsidian's links taken off; a link that YAML takes for lists is one again."""
    if isinstance(value, list):
        return [_people(one) if not isinstance(one, list) else _flat(one) for one in value]
    return _WIKI.sub(r"\1", value) if isinstance(value, str) else value


def _flat(value: object) -> str:
    return ", ".join(map(_flat, value)) if isinstance(value, list) else str(value)


class Front(Loose):
    """Front matter."""

    title: Text = ""
    authors: Annotated[Text | Texts, BeforeValidator(_people)] = ""
    published: Text = ""
    arxiv: Text = ""
    doi: Text = ""
    url: Text = ""
    venue: Text = ""
    abstract: Text = ""
    tags: Annotated[list[Text], BeforeValidator(_words)] = []
    aliases: Texts = []
    status: Text = ""
    rating: Text = ""
    citekey: Text = ""


def _note(front: Front, body: str) -> Entry:
    entry = Entry(key=front.citekey, title=front.title, abstract=front.abstract, venue=front.venue)
    entry.citekey = front.citekey.lstrip("@")
    entry.stand_in = next(iter(front.aliases), "") or body.partition("\n")[0].lstrip("# ")
    if isinstance(front.authors, str):
        entry.authors = list(parse_people(front.authors))
    else:
        entry.authors = [parse_name(name.strip("[]")) for name in front.authors]
    entry.published = parse_date(front.published)
    for text in (front.arxiv, front.doi, front.url):
        for word in text.split():
            entry.link(word)
    entry.tags = [word for word in front.tags if word]
    entry.status = _STATUS.get(front.status.lower().replace("-", " "), Status.UNREAD)
    entry.starred = front.rating[:1].isdigit() and int(front.rating[:1]) >= _STARRED_FROM
    entry.notes = [body] if body else []
    return entry


# -- lists ---------------------------------------------------------------------------------------


def _listed(text: str) -> Iterator[Entry]:
    """The papers of a list, each once, in order."""
    known: dict[Identifier, Entry] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        titles = _titles(line)
        for place, identifier in find_identifiers(line):
            bare = Identifier(identifier.scheme, identifier.value)
            if bare not in known:
                entry = Entry(line=number, record=len(known) + 1, key=f"{bare.scheme}:{bare.value}")
                entry.title = _called(line, place, titles)
                entry.complete = False
                entry.status = Status.READ if _CHECKED.match(line) else Status.UNREAD
                known[bare] = entry
            known[bare].identify(identifier)
    yield from known.values()


def _titles(line: str) -> list[tuple[int, int, str]]:
    """The words of each link with where the link stands; empty where they are a mere label."""
    return [(one.start(), one.end(), "" if _LABEL.fullmatch(one[1].strip()) else one[1])
            for one in _LINK.finditer(line)]  # fmt: skip


def _called(line: str, place: int, titles: list[tuple[int, int, str]]) -> str:
    """What a line calls the paper at a place: its link, bold words, else the words before it."""
    inside = next((text for start, end, text in titles if start <= place < end), None)
    if inside:
        return _bare(inside)
    if bold := _BOLD.search(line):
        return _bare(bold[1] or bold[2])
    item = _ITEM.match(line)
    if inside is None and not titles and not item:
        return ""
    before = line[: titles[0][0]] if titles else line[: item.start(1) if item else place]
    before = _ID_BEFORE.sub("", _WIKI.sub(r"\1", _BULLET.sub("", before)))
    before = re.split(r"\s(?:[-\N{EN DASH}\N{EM DASH}|])\s|:\s*$", before)[0]
    words = before.strip(" |:-,.[]()*_`")
    return _bare(words) if len(words.split()) > 2 else ""  # noqa: PLR2004 - fewer are a label


def _bare(text: str) -> str:
    return plain_line(text).strip("*_` ")
