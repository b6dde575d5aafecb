"""arXiv by OAI-PMH: everything of a set since a day, page by page, to be gone on with any time.

Protocol: https://info.arxiv.org/help/oa/index.html and
https://www.openarchives.org/OAI/openarchivesprotocol.html
"""

import datetime as dt
import re

from reader.errors import FetchError
from reader.sources.document import Document
from reader.sources.fetch.asking import Ask, target
from reader.sources.online.pages import Page, Told, items_of
from reader.sources.xml_documents import elements, text_of

_PATH = "/oai"
_FIRST_DAYS = 7
_PATIENCE = 6
_ERROR = re.compile(r"<(?:\w+:)?error\b[^>]*\bcode\s*=\s*[\"'](\w+)[\"']")
_NONE, _EXPIRED = "noRecordsMatch", "badResumptionToken"


def begin(told: Told) -> Ask:
    """Ask for what changed since the last time, or go on behind the last page."""
    if token := told.cursor.get("token"):
        return _ask({"verb": "ListRecords", "resumptionToken": token})
    return _from(told)


def _from(told: Told) -> Ask:
    words = {"verb": "ListRecords", "metadataPrefix": "arXiv",
             "set": told.argument.partition("@")[0], "from": _since(told)}  # fmt: skip
    return _ask(words)


def _since(told: Told) -> str:
    first = (told.today - dt.timedelta(days=_FIRST_DAYS)).isoformat()
    return told.cursor.get("from") or told.argument.partition("@")[2] or first


def _ask(words: dict[str, str]) -> Ask:
    return Ask("arxiv_oai", target(_PATH, words, safe=":"), "xml", _PATIENCE)


def by_id(arxiv: str) -> Ask:
    """Ask for one paper."""
    words = {"verb": "GetRecord", "identifier": f"oai:arXiv.org:{arxiv}",
             "metadataPrefix": "arXiv"}  # fmt: skip
    return _ask(words)


def knows_nothing(document: Document) -> bool:
    """Whether the archive says that it has no such paper."""
    error = _ERROR.search(document.head)
    return error is not None and error[1] == "idDoesNotExist"


def read(document: Document, ask: Ask, told: Told) -> Page:
    """The records of a page.

    Raises:
        FetchError: It is no answer of the protocol, or a token that was given before comes again.
    """
    since = _since(told)
    begun = told.cursor.get("begun") or told.today.isoformat()
    if error := _ERROR.search(document.head):
        return _after_error(error[1], told, ask, begun)
    drafts, rejected = items_of(document, told.context, "oai")
    token = next((text_of(one) for one in elements(document, "resumptionToken")), "")
    if not token:
        return Page(drafts, rejected, None, {"from": begun})
    if token == told.cursor.get("token"):
        raise FetchError(
            f"{document.name}: arXiv gave the same place to go on from twice, so there is no end. "
            "What came is kept; a sync later goes on from here.", "repeat")  # fmt: skip
    cursor = {"from": since, "begun": begun, "token": token}
    following = _ask({"verb": "ListRecords", "resumptionToken": token})
    return Page(drafts, rejected, following, cursor)


def _after_error(code: str, told: Told, ask: Ask, begun: str) -> Page:
    """Nothing new is no error; a place that expired means to begin again."""
    if code == _NONE:
        return Page(cursor={"from": begun})
    if code == _EXPIRED and told.cursor.get("token"):
        cursor = {"from": _since(told)}
        return Page(next=_from(told), cursor=cursor)
    del ask
    raise FetchError(f"arXiv's archive says {code}: is {told.argument} one of its sets?", "service")
