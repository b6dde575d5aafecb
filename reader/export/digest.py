"""What came lately, to be read over coffee: for the terminal, a note, a page, a program."""

import html
import json
import textwrap
from collections.abc import Callable

from reader.export.markdown import escaped, link
from reader.export.web import linked_title
from reader.frozen import frozen
from reader.model.paper import Paper
from reader.model.skim import result_sentence
from reader.model.text import printable

_MEASURE = 78
_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


@frozen
class Digest:
    """What is told.

    Attributes:
        day: The day it is of, ISO 8601.
        new, updated, unread: How many papers came, have a new version, are in the inbox.
        papers: The foremost of those that came.
        later: Papers to read later, the longest waiting first.
        again: A starred paper of long ago, perhaps.
    """

    day: str
    new: int
    updated: int
    unread: int
    papers: tuple[Paper, ...]
    later: tuple[Paper, ...] = ()
    again: Paper | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing came."""
        return not self.new and not self.updated

    @property
    def summary(self) -> str:
        """The numbers in a line."""
        return f"{self.new:,} new · {self.updated:,} updated · {self.unread:,} unread"


def _about(paper: Paper) -> str:
    votes = paper.counters.get("upvotes", 0)
    told = (paper.row.byline, paper.row.category, paper.row.published.text,
            f"{votes:,} votes" if votes else "", paper.row.citekey)  # fmt: skip
    return " · ".join(filter(None, told))


def _result(paper: Paper) -> str:
    return " ".join(result_sentence(paper.abstract).split())


def _lines(digest: Digest, bold: Callable[[str], str], dim: Callable[[str], str]) -> list[str]:
    lines = [bold(f"Papers of {digest.day}"), digest.summary, ""]
    for number, paper in enumerate(digest.papers, start=1):
        title = textwrap.wrap(f"{number}. {printable(paper.row.title)}", _MEASURE)
        lines += [bold(line) for line in title]
        lines.append(dim(f"   {printable(_about(paper))}"))
        lines += textwrap.wrap(printable(_result(paper)), _MEASURE, initial_indent="   ",
                               subsequent_indent="   ")  # fmt: skip
        lines.append("")
    if digest.later:
        lines.append(bold("Waiting longest to be read"))
        lines += [f"   {printable(one.row.title)[:_MEASURE]}" for one in digest.later]
        lines.append("")
    if digest.again:
        lines += [bold("Starred long ago"), f"   {printable(digest.again.row.title)}", ""]
    return lines[:-1] if lines[-1] == "" else lines


def as_text(digest: Digest) -> str:
    """Plain text."""
    return "\n".join(_lines(digest, str, str))


def as_ansi(digest: Digest) -> str:
    """Text with a terminal's bold and dim, for a login message."""
    return "\n".join(
        _lines(digest, lambda text: f"{_BOLD}{text}{_PLAIN}", lambda text: f"{_DIM}{text}{_PLAIN}")
    )


def as_markdown(digest: Digest) -> str:
    """A Markdown document."""
    lines = [f"# Papers of {digest.day}", "", digest.summary, ""]
    for paper in digest.papers:
        lines += [f"## {link(paper)}", "", escaped(_about(paper)), ""]
        if result := _result(paper):
            lines += [f"> {escaped(result)}", ""]
    if digest.later:
        lines += ["## Waiting longest to be read", ""]
        lines += [f"- {link(one)}" for one in digest.later] + [""]
    if digest.again:
        lines += ["## Starred long ago", "", f"- {link(digest.again)}", ""]
    return "\n".join(lines).rstrip("\n")


def as_html(digest: Digest) -> str:
    """One page that needs nothing else."""
    articles = "\n".join(map(_article, digest.papers))
    if digest.later:
        items = "".join(f"<li>{linked_title(one)}</li>" for one in digest.later)
        articles += f"\n<h2>Waiting longest to be read</h2>\n<ul>{items}</ul>"
    if digest.again:
        articles += f"\n<h2>Starred long ago</h2>\n<p>{linked_title(digest.again)}</p>"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>Papers of {html.escape(digest.day)}</title></head>\n<body>\n"
        f"<h1>Papers of {html.escape(digest.day)}</h1>\n<p>{html.escape(digest.summary)}</p>\n"
        f"{articles}\n</body></html>"
    )


def _article(paper: Paper) -> str:
    told = f"<h2>{linked_title(paper)}</h2>\n<p>{html.escape(_about(paper))}</p>"
    result = _result(paper)
    return f"{told}\n<blockquote>{html.escape(result)}</blockquote>" if result else told


def as_json(digest: Digest) -> str:
    """One object."""
    return json.dumps(
        {
            "schema": 1, "day": digest.day, "new": digest.new, "updated": digest.updated,
            "unread": digest.unread, "papers": [_object(one) for one in digest.papers],
            "later": [_object(one) for one in digest.later],
            "again": _object(digest.again) if digest.again else None,
        },
        ensure_ascii=False,
    )  # fmt: skip


def _object(paper: Paper) -> dict[str, object]:
    return {
        "citekey": paper.row.citekey, "title": paper.row.title, "byline": paper.row.byline,
        "published": paper.row.published.text, "category": paper.row.category,
        "votes": paper.counters.get("upvotes", 0), "result": _result(paper),
        "urls": list(paper.urls),
    }  # fmt: skip


FORMATS: dict[str, Callable[[Digest], str]] = {
    "ansi": as_ansi, "md": as_markdown, "html": as_html, "txt": as_text, "json": as_json,
}  # fmt: skip
"""How a digest can be written, by name; each but `ansi` is a file's suffix too."""
