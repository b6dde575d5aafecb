"""The papers that cite a paper: as Semantic Scholar knows them, else OpenAlex.

Protocols: https://api.semanticscholar.org/api-docs/graph and https://docs.openalex.org
"""

import json
import re

from reader.errors import FetchError
from reader.sources.document import Document
from reader.sources.fetch.asking import Ask, target
from reader.sources.online.pages import Page, Told, check_text, items_of
from reader.sources.online.works import OPENALEX_FIELDS, SCHOLAR_FIELDS, openalex_name, scholar_name

SLICE = 100
_MOST_PAGES = 10
_OFFSET = re.compile(r"([?&]offset=)(\d+)")
_WORK = re.compile(r"(W\d{3,15})$")


def begin(told: Told) -> Ask:
    """Ask for the first of them.

    Raises:
        FetchError: Nothing is known by which services call the paper.
    """
    name = scholar_name(told.ids)
    if not name:
        raise FetchError(
            f"cites {told.argument}: the paper needs an arXiv id or a DOI for this; `I` in the "
            "screen or `reader complete` finds one.", "identifier")  # fmt: skip
    words: dict[str, str | int] = {"fields": SCHOLAR_FIELDS, "limit": SLICE, "offset": 0}
    path = f"/graph/v1/paper/{name}/citations"
    return Ask("semantic_scholar", target(path, words, safe=",:"), "json")


def instead(told: Told) -> Ask | None:
    """Where else to ask when that fails."""
    name = openalex_name(told.ids)
    return Ask("openalex", target(f"/works/{name}", {"select": "id"}), "json") if name else None


def read(document: Document, ask: Ask, told: Told) -> Page:
    """The citing papers of a page.

    Raises:
        FetchError: It is no answer of the service.
    """
    check_text(document)
    if ask.service == "openalex":
        return _read_openalex(document, ask, told)
    drafts, rejected = items_of(document, told.context, "semantic-scholar", "json")
    found = _OFFSET.search(ask.target)
    offset = int(found[2]) if found else 0
    if len(drafts) + len(rejected) >= SLICE and offset // SLICE + 1 < _MOST_PAGES:
        following = _OFFSET.sub(rf"\g<1>{offset + SLICE}", ask.target)
        return Page(drafts, rejected, Ask(ask.service, following, ask.expects))
    full = len(drafts) + len(rejected) >= SLICE
    warning = f"cited more often: the first {offset + SLICE:,} are looked at" if full else ""
    return Page(drafts, rejected, warning=warning)


def _read_openalex(document: Document, ask: Ask, told: Told) -> Page:
    """The work's own id first, then the works that cite it, the newest first."""
    if "filter=" not in ask.target:
        try:
            number = _WORK.search(str(json.loads(document.text())["id"]))
        except (ValueError, KeyError, TypeError):
            number = None
        if number is None:
            raise FetchError(f"{document.name} answered without a work.", "type")
        words: dict[str, str | int] = {
            "filter": f"cites:{number[1]}", "sort": "publication_date:desc",
            "select": OPENALEX_FIELDS, "per-page": SLICE,
        }  # fmt: skip
        return Page(next=Ask("openalex", target("/works", words, safe=":,"), "json"))
    drafts, rejected = items_of(document, told.context, "openalex", "json")
    return Page(drafts, rejected)
