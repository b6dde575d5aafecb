"""PubMed's .nbib and MEDLINE files.

Format: https://www.nlm.nih.gov/bsd/mms/medlineelements.html
"""

import re
from collections.abc import Iterator

from reader.model import details as names
from reader.model.dates import parse_date
from reader.model.details import pack_names
from reader.model.identifiers import DOI, PMCID, PMID, Identifier, parse_doi
from reader.model.paper import Author
from reader.model.text import clean
from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry
from reader.sources.references.ris import person
from reader.sources.references.tagged import Grammar, Record, read_records

NAME = "nbib"
LABEL = "PubMed (NBIB, MEDLINE)"
SOURCE = "pubmed"

_LINE = re.compile(r"([A-Z]{2,4}) {0,2}-(?: (.*)|(.*))")
_START = re.compile(r"^(?:PMID|PMC |TI  |FAU |OWN ) ?- ?", re.MULTILINE)
_DETAILS = {
    "VI": names.VOLUME, "IP": names.ISSUE, "PG": names.PAGES, "TA": names.SHORT_VENUE,
    "LA": names.LANGUAGE, "PB": names.PUBLISHER, "PL": "country", "EN": names.EDITION,
    "MH": names.KEYWORDS, "OT": names.KEYWORDS,
}  # fmt: skip
_BRACKETED = re.compile(r"(.*?)\s*\[(\w+)\]")


def recognises(head: str) -> bool:
    """Whether a text begins with MEDLINE lines."""
    return "PMID-" in head[:20_000] and _START.search(head) is not None


def read(document: Document, context: Context) -> Iterator[Item]:
    """The records of a file, one line at a time."""
    return read_records(document, context, SOURCE, _GRAMMAR, _entry)


def _parse(line: str) -> tuple[str, str] | None:
    found = _LINE.fullmatch(line)
    return (found[1], found[2] or found[3] or "") if found else None


_GRAMMAR = Grammar(
    _parse, lambda tag, record: record is None or tag == "PMID", whole=lambda _record: False
)


def _entry(record: Record) -> Entry:
    entry = Entry(line=record.line, record=record.number, problems=record.problems)
    entry.title = record.first("TI", "BTI", "TT", "CTI").removesuffix(".")
    entry.abstract = record.first("AB", "OAB")
    entry.venue = record.first("JT", "BTI")
    entry.stand_in = entry.venue
    entry.published = parse_date(record.first("DP") or record.first("DEP"))
    _people(entry, record)
    _identifiers(entry, record)
    kinds = [clean(kind) for kind in record.take("PT")]
    entry.kind = names.BOOK if "Book" in kinds and "JT" not in record.values else names.ARTICLE
    entry.detail(names.GENRE, "; ".join(kinds))
    for tag, name in _DETAILS.items():
        for value in record.take(tag):
            entry.detail(name, value)
    record.rest(entry)
    return entry


def _people(entry: Entry, record: Record) -> None:
    people = record.take("FAU")
    short = record.take("AU")
    entry.authors = [person(name) for name in people] or [_initialled(name) for name in short]
    entry.authors += [Author(clean(name), whole=True) for name in record.take("CN")]
    editors = record.take("FED") or record.take("ED")
    entry.detail(names.EDITOR, pack_names(person(name) for name in editors))
    record.take("ED")


def _initialled(text: str) -> Author:
    """`Long V` as an author."""
    family, _, initials = clean(text).rpartition(" ")
    return Author(family, initials) if family else Author(initials, whole=True)


def _identifiers(entry: Entry, record: Record) -> None:
    if pmid := re.sub(r"\D", "", record.first("PMID")):
        entry.identify(Identifier(PMID, pmid))
        entry.key = pmid
    if pmc := re.sub(r"\D", "", record.first("PMC")):
        entry.identify(Identifier(PMCID, f"PMC{pmc}"))
    for text in record.take("LID", "AID"):
        found = _BRACKETED.fullmatch(clean(text))
        if found and found[2] == DOI:
            entry.identify(parse_doi(found[1]))
        elif not entry.identify(parse_doi(clean(text))) and not (found and found[2] == "pii"):
            entry.detail("eid", text)
    entry.detail(names.ISSN, "; ".join(clean(text) for text in record.take("IS")))
