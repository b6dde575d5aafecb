"""RIS files as reference managers and databases write them.

Specification: https://en.wikipedia.org/wiki/RIS_(file_format) and what Zotero, Mendeley, EndNote,
Ovid and Scopus make of it: one space for two, tags in lower case, values over several lines, tags
that come twice, no ER.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from reader.model import details as names
from reader.model.dates import Precision, parse_date
from reader.model.details import pack_names
from reader.model.identifiers import find_identifiers, parse_arxiv, parse_doi
from reader.model.names import ET_AL, parse_name
from reader.model.paper import Author
from reader.model.text import clean
from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry
from reader.sources.references.tagged import Grammar, Record, read_records

NAME = "ris"
LABEL = "RIS"
SOURCE = "ris"

KINDS = {
    "JOUR": names.ARTICLE, "JFULL": "periodical", "EJOUR": names.ARTICLE,
    "MGZN": "article-magazine", "NEWS": "article-newspaper",
    "CONF": names.CONFERENCE, "CPAPER": names.CONFERENCE,
    "BOOK": names.BOOK, "EBOOK": names.BOOK, "EDBOOK": names.BOOK, "CHAP": names.CHAPTER,
    "ECHAP": names.CHAPTER, "THES": names.THESIS, "RPRT": names.REPORT, "UNPB": "manuscript",
    "MANSCPT": "manuscript", "ELEC": names.WEBPAGE, "BLOG": "post-weblog", "COMP": names.SOFTWARE,
    "DATA": names.DATASET, "PAT": "patent", "STAND": "standard", "PAMP": "pamphlet",
    "DICT": "entry-dictionary", "ENCYC": "entry-encyclopedia", "PREPRINT": names.PREPRINT,
    "INPR": names.ARTICLE, "ABST": names.ARTICLE, "GEN": names.OTHER,
}  # fmt: skip
"""Kinds of works by type of reference."""

_LINE = re.compile(r"\ufeff?\s*([A-Za-z][A-Za-z0-9])(?:  ?- ?| {0,2}-$|\s{1,3}-\s)(.*)")
_START = re.compile(r"^\ufeff?\s*(?:(?:TY|ty) {0,3}- |(?:T1|TI|JF)  - [^\n]*\n)", re.MULTILINE)
_INITIALS = re.compile(r"[A-Z]{1,3}|(?:[A-Z]\.[- ]?)+")
_SPAN = re.compile(r"\d{4}\s*[-/\u2013]\s*\d{4}")
_YEAR = re.compile(r"\d{4}")
_CLASS = re.compile(r"\s*\[[\w.-]+\]$")
"""The class behind an arXiv id, as in `arXiv:1706.03762 [cs.CL]`."""
_CHROME = re.compile(r"Record #?\d+ of \d+|(?:Provider|Database|Content): .*|\d+\.?|EF\b.*|"
                     r"NL  - .*|Link to the (?:Ovid )?Full Text.*")  # fmt: skip
_DETAILS = {
    "VL": names.VOLUME, "VO": names.VOLUME, "IS": names.ISSUE, "CP": names.ISSUE,
    "M1": names.NUMBER, "PB": names.PUBLISHER, "CY": names.PLACE, "PP": names.PLACE,
    "ET": names.EDITION, "T3": names.SERIES, "LA": names.LANGUAGE, "Y2": names.ACCESSED,
    "JA": names.SHORT_VENUE, "J1": names.SHORT_VENUE, "J2": names.SHORT_VENUE,
}  # fmt: skip
_TELLING = ("TI", "T1", "AU", "A1", "JF", "JO", "T2", "ID", "DO")
_BOOKS = (names.BOOK, "pamphlet")


def recognises(head: str) -> bool:
    """Whether a line opens a RIS record."""
    return _START.search(head) is not None


def read(document: Document, context: Context) -> Iterator[Item]:
    """The records of a file, one line at a time, and what was not understood."""
    return read_records(document, context, SOURCE, _GRAMMAR, entry_of)


def _parse(line: str) -> tuple[str, str] | None:
    found = _LINE.fullmatch(line)
    return (found[1].upper(), found[2]) if found else None


def _begins(tag: str, record: Record | None) -> bool:
    """A record begins with TY, the first of several; without one, with a tag that tells most."""
    if tag == "TY":
        return record is None or set(record.values) != {"TY"}
    return record is None and tag in _TELLING


_GRAMMAR = Grammar(
    _parse,
    _begins,
    ends=lambda tag: tag == "ER",
    chrome=lambda line: _CHROME.fullmatch(line.strip()) is not None,
    end="ER",
)


def entry_of(record: Record) -> Entry:
    """A paper of one record; tags without a meaning for us are kept by their name."""
    entry = Entry(line=record.line, record=record.number, problems=record.problems)
    kind = (record.take("TY") or [""])[-1].upper()
    entry.kind = KINDS.get(kind, names.OTHER)
    _titles(entry, record)
    _people(entry, record)
    _dates(entry, record)
    _identifiers(entry, record)
    _details(entry, record)
    record.rest(entry)
    return entry


def _titles(entry: Entry, record: Record) -> None:
    tags = ("TI", "T1", "BT", "CT") if entry.kind in _BOOKS else ("TI", "T1", "CT")
    entry.title = record.first(*tags)
    for other in dict.fromkeys(record.take("TI", "T1", "CT")):
        if clean(other) != entry.title:
            entry.detail("title", other)
    entry.venue = record.first("T2", "JF", "JO", "BT", "JA", "J2")
    entry.abstract = record.first("AB", "N2")
    entry.notes += [one for one in record.take("AB", "N2") if clean(one) != entry.abstract]
    short = record.first("ST")
    entry.stand_in = short or entry.abstract[:120] or entry.venue
    entry.detail("short_title", short)


def _people(entry: Entry, record: Record) -> None:
    people = [person(name) for name in record.take("AU", "A1")]
    entry.authors = [one for one in people if one.name.lower() not in ET_AL]
    entry.complete = len(entry.authors) == len(people)
    entry.detail(names.EDITOR, pack_names(person(name) for name in record.take("ED", "A2", "A3")))
    entry.detail(names.TRANSLATOR, pack_names(person(name) for name in record.take("A4")))


def person(text: str) -> Author:
    """`Family, Given, Suffix` as an author; a name without a comma by what it looks like."""
    parts = [part.strip() for part in clean(text).split(",")]
    if len(parts) == 1:
        family, _, initials = parts[0].rpartition(" ")
        if family and _INITIALS.fullmatch(initials):
            return Author(family, initials)
        return parse_name(parts[0])
    if not any(parts[1:]):
        return Author(parts[0], whole=True)  # a comma behind it: a group, to EndNote
    return Author(" ".join([parts[0], *parts[2:]]).strip(), parts[1])


def _dates(entry: Entry, record: Record) -> None:
    told = record.take("DA", "PY", "Y1")
    year = next((found[0] for text in told if (found := _YEAR.search(text))), "")
    dates = [parse_date(text if _YEAR.search(text) else f"{text} {year}") for text in told]
    known = [date for date in dates if date.precision is not Precision.NONE]
    years = {date.year for date in known[1:]} or {date.year for date in known}
    fitting = [date for date in known if date.year in years]
    entry.published = max(fitting, key=lambda date: date.precision.rank, default=entry.published)
    if not known:
        entry.detail("year", " ".join(told))  # such as: in press
    for text in filter(_SPAN.search, told):
        entry.detail("date", text)


def _identifiers(entry: Entry, record: Record) -> None:
    for text in record.take("DO", "DOI"):
        entry.take_doi(clean(text))
    for tag in ("AN", "M1", "M2", "C1", "C2", "C7"):
        for text in record.values.get(tag, ()):
            if "arxiv" in text.lower():
                entry.identify(next((one for _, one in find_identifiers(text)), None))
    for note in record.values.get("N1", ()):  # of several words it tells of other papers
        entry.identify(parse_arxiv(_CLASS.sub("", clean(note))))
    for text in record.take("M3"):
        value = clean(text)
        if not entry.identify(parse_doi(value) or parse_arxiv(value)):
            entry.detail(names.GENRE, value)
    for url in record.take("UR", "L2", "L3", "LK"):
        for one in re.split(r"\s+|;\s*(?=https?:)", url.strip()):
            entry.link(one)
    entry.files = [local_path(clean(file)) for file in record.take("L1", "L4")]
    key = record.first("ID")
    entry.key = entry.citekey = "" if key.isdigit() else key
    entry.detail("id", key if key.isdigit() else "")


def local_path(file: str) -> str:
    """A path where a file is given by its address: `file:///a%20b.pdf` is `/a b.pdf`."""
    path = file.removeprefix("file://")
    return unquote(path) if path != file and path.startswith("/") else file


def number_kind(number: str) -> str:
    """Whether a number is an ISBN or, with fewer digits, an ISSN."""
    digits = len(re.sub(r"[^\dXx]", "", number.partition(" ")[0]))
    return names.ISBN if digits >= len("0123456789") else names.ISSN


def _details(entry: Entry, record: Record) -> None:
    for number in record.take("SN"):
        entry.detail(number_kind(number), number)
    pages = [record.first("SP"), record.first("EP")]
    if pages[0].endswith(f"-{pages[1]}"):
        pages[1] = ""
    entry.detail(names.PAGES, "-".join(filter(None, dict.fromkeys(pages))))
    for tag, name in _DETAILS.items():
        for value in record.take(tag):
            entry.detail(name, value)
    for keywords in record.take("KW"):
        entry.tags += [word for word in keywords.split("\n") if word.strip()]
    entry.notes += record.take("N1", "RN", "U1", "U2", "U3", "U4", "U5")
