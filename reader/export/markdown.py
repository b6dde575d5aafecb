"""Papers as Markdown: one document, or a note for each paper whose own words are kept.

A note has front matter and a block between two comments; exporting again rewrites these two and
leaves everything else in the file as the user wrote it.
"""

import json
import re
from collections.abc import Iterable, Iterator

from reader.model.edition import as_published
from reader.model.identifiers import ARXIV, DOI
from reader.model.paper import Paper

BEGIN, END = "<!-- paper-reader:begin -->", "<!-- paper-reader:end -->"
"""What stands around the block that is ours."""

_BLOCK = re.compile(rf"{BEGIN}.*?{END}", re.DOTALL)
_FRONT = re.compile(r"---[ \t]*\n(.*?)\n---[ \t]*\n", re.DOTALL)
_KEY = re.compile(r"([\w-]+):")
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


def format_papers(papers: Iterable[Paper]) -> Iterator[str]:
    """Papers as one document, a section each."""
    for paper in map(as_published, papers):
        yield f"## {link(paper)}\n\n{_about(paper)}\n"
        if paper.abstract:
            yield f"{escaped(paper.abstract)}\n"


def link(paper: Paper) -> str:
    """The title as a link to the paper's page."""
    url = next(iter(paper.urls), "")
    return f"[{escaped(paper.row.title)}](<{url}>)" if url else escaped(paper.row.title)


def escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", text)


def note_name(paper: Paper) -> str:
    """The file of a paper's note: `@citekey.md`, without what file systems take amiss."""
    return "@" + re.sub(r"[^\w.+-]", "-", paper.row.citekey).strip(".-")[:100] + ".md"


def note(paper: Paper, before: str = "") -> str:
    """A paper's note; `before` is the file as it stands, whose other words stay.

    Other keys of its front matter stay too.
    """
    paper = as_published(paper)
    front = _FRONT.match(before)
    ours = _front(paper)
    told = _parts(front[1] if front else "")
    kept = [part for part in told if part.partition(":")[0] not in ours]
    body = before[front.end() :] if front else before
    block = f"{BEGIN}\n# {escaped(paper.row.title)}\n\n{_about(paper)}\n"
    if paper.abstract:
        lines = escaped(paper.abstract).split("\n")
        block += "\n" + "\n".join(f"> {line}".rstrip() for line in lines) + "\n"
    block += END
    if _BLOCK.search(body):
        body = _BLOCK.sub(lambda _found: block, body, count=1)
    else:
        body = f"{block}\n\n{body}" if body.strip() else f"{block}\n\n"
    lines = [*(f"{name}: {value}" for name, value in ours.items()), *kept]
    return "---\n" + "\n".join(lines) + "\n---\n" + body


def _parts(front: str) -> list[str]:
    """The top-level keys of front matter with the lines that belong to them."""
    parts: list[str] = []
    for line in front.split("\n"):
        if _KEY.match(line) or not parts:
            parts.append(line)
        else:
            parts[-1] += f"\n{line}"
    return [part for part in parts if part.strip()]


def _front(paper: Paper) -> dict[str, str]:
    """Our keys with their values; JSON's strings and lists are YAML's too."""
    row = paper.row
    first = {one.scheme: one.value for one in reversed(paper.identifiers)}
    values = {
        "title": row.title, "authors": [author.name for author in paper.authors],
        "published": row.published.text, "venue": paper.venue, "citekey": row.citekey,
        "arxiv": first.get(ARXIV), "doi": first.get(DOI), "url": next(iter(paper.urls), ""),
        "tags": list(row.tags), "status": row.status.word,
    }  # fmt: skip
    return {name: json.dumps(value, ensure_ascii=False) for name, value in values.items() if value}


def _about(paper: Paper) -> str:
    names = ", ".join(author.name for author in paper.authors) or paper.row.byline
    told = (names, paper.row.published.text, paper.venue, paper.row.citekey)
    return escaped(" · ".join(filter(None, told)))
