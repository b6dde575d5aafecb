"""Papers as BibTeX and biblatex entries that are safe to give to TeX.

Fields are those that the standard styles know, and those of JabRef for status, star and priority.
"""

import re
from collections.abc import Iterable

from reader.export.tex import escaped, protected, verbatim
from reader.export.tex_source import kept_source, with_capitals
from reader.model import details as names
from reader.model.dates import Precision
from reader.model.details import Details, details_of, kind_of, unpack_names
from reader.model.edition import as_published
from reader.model.identifiers import ARXIV, CITEKEY, DOI, PMCID, PMID
from reader.model.names import OTHERS, split_suffix
from reader.model.paper import Author, Paper, Priority, Status

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME_WIDTH = 13
_TYPES = {
    names.ARTICLE: "article", "article-magazine": "article", "article-newspaper": "article",
    names.PREPRINT: "misc", names.CONFERENCE: "inproceedings", names.BOOK: "book",
    names.CHAPTER: "incollection", names.THESIS: "phdthesis", names.REPORT: "techreport",
    "manuscript": "unpublished", "pamphlet": "booklet", "periodical": "misc",
}  # fmt: skip
_BIBLATEX = {
    names.PREPRINT: "online", names.THESIS: "thesis", names.REPORT: "report",
    names.WEBPAGE: "online", names.DATASET: "dataset", names.SOFTWARE: "software",
    "patent": "patent", "periodical": "periodical", "post-weblog": "online",
    "entry-encyclopedia": "inreference", "entry-dictionary": "inreference",
}  # fmt: skip
_PERIODICALS = (names.ARTICLE, "article-magazine", "article-newspaper", "periodical")
_PUBLISHERS = (names.PUBLISHER, "organization")
_IN_A_BOOK = (names.CONFERENCE, names.CHAPTER, "entry-encyclopedia", "entry-dictionary")
_RENAMED = {names.PLACE: "address", names.CHAPTER_NUMBER: "chapter", names.GENRE: "type",
            names.SHORT_VENUE: "shortjournal", names.ACCESSED: "urldate",
            "short_title": "shorttitle", "event-title": "eventtitle", "status": "pubstate",
            "original-publisher": "origpublisher"}  # fmt: skip
_EPRINT = {True: ("eprinttype", "eprintclass"), False: ("archivePrefix", "primaryClass")}
_PEOPLE = (names.EDITOR, names.TRANSLATOR)
_OWN = frozenset(
    "author title year month day date journal journaltitle booktitle doi eprint eprinttype "
    "archiveprefix primaryclass eprintclass url keywords abstract note annote annotation file "
    "readstatus ranking priority crossref xdata xref entryset related relatedtype relatedstring "
    "options execute".split()
)
_IN_PATHS = {":": r"\:", ";": r"\;", "\\": r"\\", "{": "%7B", "}": "%7D",
             "\n": ""}  # fmt: skip
_SPAN = re.compile(r"\d{4}[\d/~?%.TX-]*")
"""A date of biblatex's that says more than one day: `2020/2021`, `1990~`."""
_FIELD = re.compile(r"[a-z][a-z0-9_-]{0,40}")
_READ = {Status.READ: "read", Status.READING: "skimmed"}
_PRIORITIES = {Priority.A: "prio1", Priority.B: "prio2", Priority.C: "prio3"}


def format_paper(paper: Paper) -> str:
    """One paper as a BibTeX entry, without a line end."""
    return _entry(paper, biblatex=False)


def format_biblatex(paper: Paper) -> str:
    """One paper as a biblatex entry, without a line end."""
    return _entry(paper, biblatex=True)


def format_entry(paper: Paper) -> str:
    """One paper as a BibTeX entry of what is cited: without abstract, tags, notes and status."""
    return _entry(paper, biblatex=False, lean=True)


def _entry(paper: Paper, *, biblatex: bool, lean: bool = False) -> str:
    paper = as_published(paper)
    told = details_of(paper.sources)
    kind = kind_of(paper, told)
    name = _BIBLATEX.get(kind, "") if biblatex else ""
    if not biblatex and kind == names.THESIS and "master" in told.values.get("genre", "").lower():
        name = "mastersthesis"
    name = name or _TYPES.get(kind, "misc")
    fields = {
        "title": f"{{{_title(paper)}}}",
        "author": _authors(paper),
        **_date(paper, biblatex=biblatex),
        **_venue(paper, kind, biblatex=biblatex),
        **_details(told, kind),
        **_identifiers(paper, told, biblatex=biblatex, lean=lean),
        "ids": _braced(",".join(_former_keys(paper, told))),
    }
    if not lean:
        fields |= _state(paper, told) | _texts(paper, told, biblatex=biblatex)
    lines = [f"  {label:<{_NAME_WIDTH}} = {value}" for label, value in fields.items() if value]
    return f"@{name}{{{paper.row.citekey},\n" + ",\n".join(lines) + "\n}"


def _title(paper: Paper) -> str:
    """The title as its source wrote it where that is TeX that can be kept, else what it reads."""
    source = kept_source(paper.title_source) if paper.title_source else None
    if source is None:
        return protected(paper.row.title)
    return source if "{" in paper.title_source else with_capitals(source)


def _date(paper: Paper, *, biblatex: bool) -> dict[str, str]:
    date = paper.row.published
    if not date.text:  # such as: in press
        return {"year": _braced(details_of(paper.sources).values.get("year", ""))}
    if biblatex:
        told = details_of(paper.sources).values.get("date", "")
        span = _SPAN.fullmatch(told) is not None and told.startswith(date.text)
        return {"date": f"{{{told}}}" if span else _braced(date.text)}
    month = "" if date.precision in (Precision.NONE, Precision.YEAR) else date.text[5:7]
    fields = {"year": _braced(date.text[:4]), "month": _MONTHS[int(month) - 1] if month else ""}
    return fields | {"day": _braced(date.text[8:].lstrip("0"))}


def _venue(paper: Paper, kind: str, *, biblatex: bool) -> dict[str, str]:
    if kind in _IN_A_BOOK:
        return {"booktitle": _braced(paper.venue)}
    return {"journaltitle" if biblatex else "journal": _braced(paper.venue)}


def _details(told: Details, kind: str) -> dict[str, str]:
    fields = {}
    # Formats with one field for both call the university of a thesis its publisher.
    alone = kind in (names.THESIS, names.REPORT) and names.INSTITUTION not in told.values
    for name, value in told.values.items():
        if name in _PEOPLE:
            fields[name] = _names(unpack_names(value))
        elif name == names.PAGES:
            fields["pages"] = _braced(re.sub(r"(?<=\w)-(?=\w)", "--", value))
        elif name == names.ISSUE:
            fields["number" if kind in _PERIODICALS else "issue"] = _braced(value)
        elif name == names.NUMBER and kind in _PERIODICALS:
            fields["eid"] = _braced(value)
        elif name == names.INSTITUTION or (name in _PUBLISHERS and alone):
            fields["school" if kind == names.THESIS else "institution"] = _braced(value)
        elif _FIELD.fullmatch(name) and name not in _OWN:
            fields[_RENAMED.get(name, name)] = _braced(value)
    return fields


def _identifiers(paper: Paper, told: Details, *, biblatex: bool, lean: bool) -> dict[str, str]:
    first = {one.scheme: one.value for one in reversed(paper.identifiers)}
    fields: dict[str, str] = {}
    if not first.get(ARXIV):
        fields |= {name: _braced(told.values.get(name, "")) for name in ("eprint", "eprinttype")}
    if arxiv := first.get(ARXIV):
        kind, category = _EPRINT[biblatex]
        fields = {"eprint": f"{{{arxiv}}}", kind: "{arXiv}"}
        fields[category] = _braced(paper.categories[0]) if paper.categories else ""
    for scheme in (DOI, PMID, PMCID):
        if value := first.get(scheme):
            fields[scheme] = f"{{{verbatim(value)}}}"
    links = paper.links or (() if lean and fields else paper.urls[:1])
    for number, url in enumerate(links):
        fields[f"bdsk-url-{number}" if number else "url"] = f"{{{verbatim(url)}}}"
    return fields


def _former_keys(paper: Paper, told: Details) -> list[str]:
    """What else the work is called, as biblatex knows entries by several keys."""
    aliases = [one.value for one in paper.identifiers if one.scheme == CITEKEY]
    keys = [key.strip() for key in told.values.get("ids", "").split(",") if key.strip()]
    return list(dict.fromkeys(key for key in (*keys, *aliases) if key != paper.row.citekey))


def _state(paper: Paper, told: Details) -> dict[str, str]:
    row = paper.row
    words = [*row.tags, *([kept] if (kept := told.values.get(names.KEYWORDS)) else [])]
    return {
        "keywords": _braced(", ".join(words)),
        "readstatus": _braced(_READ.get(row.status, "")),
        "ranking": "{rank5}" if row.starred else "",
        "priority": _braced(_PRIORITIES.get(row.priority, "")),
    }


def _texts(paper: Paper, told: Details, *, biblatex: bool) -> dict[str, str]:
    return {
        "note": _braced(paper.remark),
        "annotation" if biblatex else "annote": _braced("\n\n".join(told.notes)),
        "file": f"{{{';'.join(map(_file, told.files))}}}" if told.files else "",
        "abstract": _braced(paper.abstract),
    }


def _file(path: str) -> str:
    """A path as JabRef writes it: `description:path:type`, its colons escaped."""
    safe = "".join(_IN_PATHS.get(char, char) for char in path)
    suffix = path.rpartition(".")[2].upper()
    return f":{safe}:{suffix if suffix.isalnum() and len(suffix) <= len('EPUB') else ''}"


def _authors(paper: Paper) -> str:
    people = _people(paper.authors)
    if people and (paper.author_count is None or paper.author_count > len(people)):
        people.append("others")
    return f"{{{' and '.join(people)}}}" if people else ""


def _names(people: Iterable[Author]) -> str:
    return f"{{{' and '.join(_people(people))}}}"


def _people(people: Iterable[Author]) -> list[str]:
    return [_name(one) for one in people]


def _name(author: Author) -> str:
    if author.whole and author.family == OTHERS:
        return OTHERS
    if author.whole:
        return f"{{{escaped(author.family)}}}"
    family, suffix = split_suffix(author)
    return ", ".join(_part(text) for text in (family, suffix, author.given) if text)


def _part(text: str) -> str:
    """A part of a name; one that would read as several stands in braces."""
    several = "," in text or re.search(r"\band\b", text, re.IGNORECASE)
    return f"{{{escaped(text)}}}" if several else escaped(text)


def _braced(text: str) -> str:
    return f"{{{escaped(text)}}}" if text else ""
