"""What the fields of a BibTeX or biblatex entry mean for a paper."""

import re

from reader.model import details as names
from reader.model.dates import MONTHS, PartialDate, Precision, date_of, month_number, parse_date
from reader.model.details import pack_names
from reader.model.identifiers import ARXIV, PMCID, PMID, Identifier, parse_arxiv, split_dois
from reader.model.latex import convert
from reader.model.names import OTHERS
from reader.model.paper import Author, Priority, Status
from reader.sources.entry import Entry
from reader.sources.references.bibdesk import linked_file
from reader.sources.references.bibtex_blocks import Block
from reader.sources.references.bibtex_names import parse_bibtex_names, readable, split_outside
from reader.sources.references.journals import JOURNALS

KINDS = {
    "article": names.ARTICLE, "periodical": "periodical", "inproceedings": names.CONFERENCE,
    "conference": names.CONFERENCE, "proceedings": names.BOOK, "mvproceedings": names.BOOK,
    "book": names.BOOK, "mvbook": names.BOOK, "booklet": "pamphlet", "collection": names.BOOK,
    "mvcollection": names.BOOK, "inbook": names.CHAPTER, "bookinbook": names.CHAPTER,
    "suppbook": names.CHAPTER, "incollection": names.CHAPTER, "suppcollection": names.CHAPTER,
    "inreference": "entry-encyclopedia", "reference": names.BOOK, "phdthesis": names.THESIS,
    "mastersthesis": names.THESIS, "thesis": names.THESIS, "techreport": names.REPORT,
    "report": names.REPORT, "manual": names.REPORT, "patent": "patent", "online": names.WEBPAGE,
    "electronic": names.WEBPAGE, "www": names.WEBPAGE, "webpage": names.WEBPAGE,
    "web_page": names.WEBPAGE, "dataset": names.DATASET, "software": names.SOFTWARE,
    "unpublished": "manuscript", "standard": "standard", "misc": names.OTHER,
}  # fmt: skip
"""Kinds of works by type of entry."""

_RENAMED = {
    "volume": names.VOLUME, "issue": names.ISSUE, "publisher": names.PUBLISHER,
    "address": names.PLACE, "location": names.PLACE, "edition": names.EDITION,
    "series": names.SERIES, "isbn": names.ISBN, "issn": names.ISSN, "language": names.LANGUAGE,
    "langid": names.LANGUAGE, "chapter": names.CHAPTER_NUMBER, "type": names.GENRE,
    "institution": names.INSTITUTION, "school": names.INSTITUTION,
    "eid": names.NUMBER, "shortjournal": names.SHORT_VENUE, "urldate": names.ACCESSED,
}  # fmt: skip
_NOTES = frozenset("annote annotation comment review krantz".split())
_VERBATIM = re.compile(r"\\([_%&#~^{}$ ])|[{}]|\\(?:url|href)(?=\{)|\\textunderscore\s?")
_AMPERSAND = re.compile(r"\\?&amp;")
_WORDS = ("keywords", "keyword", "mendeley-tags", "groups", "mendeley-groups")
_BELOW = re.compile(r"(?<=\w)\s+>\s+(?=\w)")  # JabRef writes `Physics > Optics`
_DIVIDER = re.compile(r"\\.|[{}]|[,;]", re.DOTALL)
_DIVIDERS = re.compile(r"\s*[,;]\s*")
_ARXIV_VENUE = re.compile(
    r"\s*(?:arxiv|corr\b|computing research repository|e-?prints?\b)", re.IGNORECASE
)
_SAYS_ARXIV = re.compile(
    r"arxiv:?|e-?prints?|preprint|available|at|as|[a-z-]+\.[A-Za-z-]+|math|hep-\w+|gr-qc|nucl-\w+|"
    r"quant-ph|astro-ph|cond-mat|math-ph|nlin|physics|stat|cs",
    re.IGNORECASE,
)
_ABS = re.compile(r"(?:\babs/|^arXiv:)(\S+)", re.IGNORECASE)
_READ = {"read": Status.READ, "skimmed": Status.READING}
_PRIORITIES = {"prio1": Priority.A, "prio2": Priority.B, "prio3": Priority.C}
_STARRED_FROM = 4
_FILE_PARTS = re.compile(r"(?<!\\):")
_ROOTLESS = re.compile(r"^((?:home|Users)/)")  # Mendeley leaves the first slash out
_ADDRESS = re.compile(r"\w+://")
_FILES = re.compile(r"(?<!\\);")


def entry_of(block: Block, record: int) -> Entry:
    """A paper of one entry; every field that is there is taken or kept by its name."""
    entry = Entry(line=block.line, record=record, key=block.key, citekey=block.key,
                  kind=KINDS.get(block.kind, names.OTHER), stand_in=block.key)  # fmt: skip
    entry.problems += block.problems
    fields = {name: _AMPERSAND.sub(r"\\&", value) for name, value in block.fields.items()
              if value.strip()}  # fmt: skip
    if "title" in {about for about, _, _ in block.problems}:
        entry.stand_in = ""
    _people(entry, fields)
    _dates(entry, fields)
    _venue(entry, fields, block.kind)
    _identifiers(entry, fields)
    _state(entry, fields)
    _texts(entry, fields)
    _rest(entry, fields, block.kind)
    if (
        not entry.venue
        and entry.kind in (names.OTHER, names.WEBPAGE)
        and any(one.scheme == ARXIV for one in entry.identifiers)
    ):
        entry.kind = names.PREPRINT
    return entry


def verbatim(text: str) -> str:
    """A link, a path or an identifier: TeX's escapes taken back, nothing else changed."""
    return _VERBATIM.sub(
        lambda found: found[1] or ("_" if "under" in found[0] else ""), text
    ).strip()


def _people(entry: Entry, fields: dict[str, str]) -> None:
    entry.authors, entry.complete = parse_bibtex_names(fields.pop("author", ""))
    for role in ("editor", "translator"):
        people, complete = parse_bibtex_names(fields.pop(role, ""))
        people += [] if complete or not people else [Author(OTHERS, whole=True)]
        entry.detail(role, pack_names(people))


def _dates(entry: Entry, fields: dict[str, str]) -> None:
    told = readable(fields.pop("date", ""))
    year, month = readable(fields.pop("year", "")), readable(fields.pop("month", ""))
    day = readable(fields.pop("day", ""))
    date = parse_date(told)
    if date.precision is Precision.NONE and year:
        date = _of_parts(parse_date(year), month, day)
        if date.precision is Precision.NONE:
            entry.detail("year", year)
    if told and date.text != told:
        entry.detail("date", told)
    entry.published = date
    added = next((value for name in ("date-added", "dateadded", "timestamp", "creationdate")
                  if (value := fields.get(name))), "")  # fmt: skip
    if (when := parse_date(added)).precision is Precision.DAY:
        entry.added = f"{when.text}T00:00:00Z"


def _of_parts(year: PartialDate, month: str, day: str) -> PartialDate:
    if year.precision is not Precision.YEAR or year.year is None:
        return year
    words = month.replace("~", " ").replace(".", " ").split()
    named = [word for word in words if not word.isdigit()] or words
    number = next(filter(None, map(month_number, named)), 0)
    digits = day if day.isdigit() else next((word for word in words if word.isdigit()), "")
    inside = bool(digits) and (bool(day) or named is not words)
    return date_of(year.year, number, int(digits) if inside and len(digits) <= len("31") else 0)


def _venue(entry: Entry, fields: dict[str, str], kind: str) -> None:
    for name in ("journaltitle", "journal", "booktitle", "maintitle", "eventtitle"):
        if name in fields and not entry.venue:
            entry.venue = _journal(fields.pop(name))
    if subtitle := readable(fields.pop("booksubtitle", "")):
        entry.venue = f"{entry.venue}: {subtitle}"
    if _ARXIV_VENUE.match(entry.venue):
        entry.kind, words = names.PREPRINT, entry.venue
        for text in (words, _after_abs(fields)):
            for word in text.split():
                entry.identify(parse_arxiv(word.strip("[](),;")))
        entry.detail("journal", words)
        entry.venue = ""
    elif kind in ("misc", "unpublished") and not entry.venue:
        _preprint_in_note(entry, fields)


def _journal(text: str) -> str:
    """A venue; the macros that NASA ADS writes for journals are spelled out."""
    name = text.strip("{}\\ ").lower()
    return JOURNALS[name] if "\\" in text and name in JOURNALS else readable(text)


def _after_abs(fields: dict[str, str]) -> str:
    """The arXiv id that DBLP writes as volume or pages: `abs/2104.12255`."""
    texts = (fields.get(name, "") for name in ("volume", "pages", "number", "eid"))
    return " ".join(found[1] for text in texts if (found := _ABS.search(text)))


def _preprint_in_note(entry: Entry, fields: dict[str, str]) -> None:
    """Take the arXiv id of a field that says nothing else; others may only mention one."""
    for name in ("note", "howpublished", "number"):
        text = verbatim(fields.get(name, ""))
        words = [word.strip("[](),;.") for word in text.split()]
        told = [one for word in words if (one := parse_arxiv(word))]
        rest = [word for word in words if word and not parse_arxiv(word)]
        if "arxiv" in text.lower() and len(told) == 1 and all(map(_SAYS_ARXIV.fullmatch, rest)):
            entry.identify(told[0])
            entry.kind = names.PREPRINT


def _identifiers(entry: Entry, fields: dict[str, str]) -> None:
    for word in split_dois(verbatim(fields.pop("doi", ""))):
        entry.take_doi(word)
    _eprint(entry, fields)
    for scheme in (PMID, PMCID):
        digits = re.sub(r"\D", "", verbatim(fields.pop(scheme, "")))
        if digits:
            entry.identify(Identifier(scheme, f"PMC{digits}" if scheme == PMCID else digits))
    for name in ("arxiv", "arxivid"):
        if name in fields and entry.identify(parse_arxiv(verbatim(fields[name]))):
            del fields[name]
    if ids := readable(fields.get("ids", "")):
        entry.detail("ids", ids)
    for name in [one for one in fields if one == "url" or one.startswith(("bdsk-url", "ee"))]:
        for url in verbatim(fields.pop(name)).split():
            entry.link(url)


def _eprint(entry: Entry, fields: dict[str, str]) -> None:
    eprint = verbatim(fields.get("eprint", ""))
    kind = verbatim(fields.get("eprinttype", fields.get("archiveprefix", ""))).lower()
    classes = readable(fields.get("eprintclass", fields.get("primaryclass", "")))
    arxiv = parse_arxiv(eprint.partition(" ")[0]) if kind in ("", ARXIV) else None
    if arxiv is None and kind in ("", ARXIV) and classes and eprint.isdigit():
        arxiv = parse_arxiv(f"{classes.partition('.')[0]}/{eprint}")
    if arxiv:
        entry.identify(arxiv)
        entry.categories += [one.rpartition(":")[2] for one in _DIVIDERS.split(classes) if one]
        for name in ("eprint", "eprinttype", "archiveprefix", "eprintclass", "primaryclass"):
            fields.pop(name, None)
        if not entry.venue and entry.kind == names.ARTICLE:
            entry.kind = names.PREPRINT
    elif kind == "pubmed" and eprint.isdigit():
        entry.identify(Identifier(PMID, eprint))


def _state(entry: Entry, fields: dict[str, str]) -> None:
    words = [_BELOW.sub("/", readable(word)) for name in _WORDS
             for word in _words(fields.pop(name, ""))]  # fmt: skip
    special = [
        fields.pop(name, "").strip().lower() for name in ("readstatus", "ranking", "priority")
    ]
    for word in [*special, *words]:
        if not _take_special(entry, word.lower()) and word and word not in special:
            entry.tags.append(word)
    entry.tags = list(dict.fromkeys(entry.tags))


def _words(text: str) -> list[str]:
    """The words of a list; a comma within braces divides none, and becomes a blank."""
    if "{" not in text:
        return _DIVIDERS.split(text)
    return [part.replace(",", " ") for part in split_outside(text, _DIVIDER)]


def _take_special(entry: Entry, word: str) -> bool:
    """Whether a word is one of JabRef's marks, which it also writes among the keywords."""
    if word in _READ:
        entry.status = _READ[word]
    elif word in _PRIORITIES:
        entry.priority = _PRIORITIES[word]
    elif re.fullmatch(r"rank[1-5]", word):
        entry.starred = int(word[-1]) >= _STARRED_FROM
        entry.details["ranking"] = word
    else:
        return False
    return True


def _texts(entry: Entry, fields: dict[str, str]) -> None:
    entry.title = fields.pop("title", "")
    entry.abstract = fields.pop("abstract", "")
    entry.remark = readable(fields.pop("note", ""))
    for name in [one for one in fields if one in _NOTES or one.startswith("comment-")]:
        entry.notes.append(convert(fields.pop(name)).text)
    for name in [one for one in fields if one.startswith("bdsk-file")]:
        entry.files += linked_file(fields.pop(name))
    entry.files += _paths(fields.pop("file", ""))
    if not entry.title:
        texts = [readable(fields.get(name, "")) for name in ("shorttitle", "howpublished")]
        entry.stand_in = next(filter(None, [*texts, entry.venue, entry.remark]), entry.stand_in)


def _paths(value: str) -> list[str]:
    """The paths of `description:path:type;…`, or of plain paths."""
    found = []
    for one in filter(None, (part.strip() for part in _FILES.split(value))):
        parts = [verbatim(re.sub(r"\\([:;\\])", r"\1", part)) for part in _FILE_PARTS.split(one)]
        linked = len(parts) >= 3 and not _ADDRESS.match(one)  # noqa: PLR2004 - description, path, type
        path = ":".join(parts[1:-1]) if linked else ":".join(parts)
        found.append(_ROOTLESS.sub(r"/\1", path.replace("$\\backslash$", "\\")))
    return [path for path in found if path]


def _rest(entry: Entry, fields: dict[str, str], kind: str) -> None:
    if "number" in fields:
        periodical = kind in ("article", "periodical")
        entry.detail(names.ISSUE if periodical else names.NUMBER, readable(fields.pop("number")))
    if "pages" in fields:
        pages = readable(fields.pop("pages")).replace("\N{EN DASH}", "-").replace("--", "-")
        entry.detail(names.PAGES, pages)
    if kind == "mastersthesis":
        fields.setdefault("type", "Master's thesis")
    for name, value in fields.items():
        entry.detail(_RENAMED.get(name, name), readable(value))


MONTH_NAMES = tuple(name.lower() for name in MONTHS)
"""The macros that BibTeX styles define for months."""
