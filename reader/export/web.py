"""Papers as one HTML page that needs nothing else."""

import html
from collections.abc import Iterable, Iterator

from reader.model.edition import as_published
from reader.model.paper import Paper

_HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Papers</title>
<style>
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 Georgia, serif;
       color: #222; background: #fdfcf9; }
article { margin: 0 0 2rem; }
h2 { font-size: 1.15rem; margin: 0; }
a { color: #14507a; }
.by, .tags { color: #666; margin: .1rem 0; font-size: .9rem; }
details p { margin: .4rem 0; }
@media (prefers-color-scheme: dark) {
  body { color: #ddd; background: #191919; } a { color: #8ab8d8; } .by, .tags { color: #999; }
}
</style>
</head>
<body>
<main>"""
_FOOT = "</main>\n</body>\n</html>"


def format_papers(papers: Iterable[Paper]) -> Iterator[str]:
    """The lines of the page."""
    yield _HEAD
    for paper in papers:
        yield format_paper(paper)
    yield _FOOT


def format_paper(paper: Paper) -> str:
    """One paper as an article element."""
    paper = as_published(paper)
    row = paper.row
    names = ", ".join(author.name for author in paper.authors) or row.byline
    about = " · ".join(filter(None, (names, row.published.text[:4], paper.venue)))
    lines = [f'<article id="{html.escape(row.citekey)}">', f"<h2>{linked_title(paper)}</h2>",
             f'<p class="by">{html.escape(about)}</p>']  # fmt: skip
    if row.tags:
        lines.append(f'<p class="tags">{html.escape(", ".join(row.tags))}</p>')
    if paper.abstract:
        text = "".join(f"<p>{html.escape(one)}</p>" for one in paper.abstract.split("\n\n"))
        lines.append(f"<details><summary>Abstract</summary>{text}</details>")
    return "\n".join([*lines, "</article>"])


def linked_title(paper: Paper) -> str:
    """A title, leading to the paper's page where that is one of the web."""
    url = next((url for url in paper.urls if url.startswith(("https://", "http://"))), "")
    title = html.escape(paper.row.title)
    return f'<a href="{html.escape(url)}" rel="noreferrer">{title}</a>' if url else title
