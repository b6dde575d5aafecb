"""Papers as CSL-JSON items.

Schema: csl-data.json of https://github.com/citation-style-language/schema
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reader.model import details as names
from reader.model.dates import PartialDate
from reader.model.details import details_of, full_title, kind_of, unpack_names
from reader.model.edition import as_published
from reader.model.identifiers import ARXIV, DOI, PMCID, PMID
from reader.model.names import split_suffix
from reader.model.paper import Author, Paper

_VARIABLES = {
    names.VOLUME: "volume", names.ISSUE: "issue", names.PAGES: "page", names.EDITION: "edition",
    names.PUBLISHER: "publisher", names.PLACE: "publisher-place", names.GENRE: "genre",
    names.SERIES: "collection-title", names.ISBN: "ISBN", names.ISSN: "ISSN",
    names.LANGUAGE: "language", names.CHAPTER_NUMBER: "chapter-number", names.NUMBER: "number",
    names.SHORT_VENUE: "container-title-short", "short_title": "title-short",
}  # fmt: skip
_APART = (names.EDITOR, names.TRANSLATOR, names.ACCESSED, names.KEYWORDS, "subtitle", "year")
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_FURTHER = frozenset(
    "archive-place archive_collection authority call-number "
    "chapter-number citation-label collection-number dimensions division event event-place "
    "event-title jurisdiction medium number-of-pages number-of-volumes original-publisher "
    "original-publisher-place original-title part-number part-title printing-number references "
    "reviewed-genre reviewed-title scale section source status supplement-number version "
    "volume-title year-suffix".split()
)
"""Variables of CSL that have the same name here."""


def format_papers(papers: Iterable[Paper]) -> Iterator[str]:
    """Papers as the lines of one JSON array, an item a line."""
    before = ""
    yield "["
    for paper in papers:
        if before:
            yield f"{before},"
        before = format_paper(paper)
    if before:
        yield before
    yield "]"


def format_paper(paper: Paper) -> str:
    """One paper as an item on one line."""
    return json.dumps(item(paper), ensure_ascii=False)


def item(paper: Paper) -> dict[str, Any]:
    """One paper as an item; what CSL has no variable for stands in `custom`."""
    paper = as_published(paper)
    told = details_of(paper.sources)
    first = {one.scheme: one.value for one in reversed(paper.identifiers)}
    arxiv = first.get(ARXIV, "")
    value: dict[str, Any] = {
        "id": paper.row.citekey,
        "citation-key": paper.row.citekey,
        "type": kind_of(paper, told),
        "title": full_title(paper, told),
        "author": [_name(author) for author in paper.authors] + _others(paper),
        "issued": _date(paper.row.published, told.values),
        "container-title": paper.venue,
        "DOI": first.get(DOI, ""),
        "PMID": first.get(PMID, ""),
        "PMCID": first.get(PMCID, ""),
        "URL": next(iter(paper.links or paper.urls), ""),
        **({"archive": "arXiv", "archive_location": arxiv} if arxiv else {}),
        "abstract": paper.abstract,
        "keyword": ", ".join(paper.row.tags),
        "note": paper.remark,
        "annote": "\n\n".join(told.notes),
    }
    for role in (names.EDITOR, names.TRANSLATOR):
        value[role] = [_name(one) for one in unpack_names(told.values.get(role, ""))]
    if accessed := told.values.get(names.ACCESSED):
        value["accessed"] = {"raw": accessed}
    for name, variable in _VARIABLES.items():
        value[variable] = told.values.get(name, "")
    value["publisher"] = value["publisher"] or told.values.get(names.INSTITUTION, "")
    rest = {name: text for name, text in told.values.items()
            if name not in _VARIABLES and name not in _APART}  # fmt: skip
    for name in _FURTHER & rest.keys():
        value[name] = rest.pop(name)
    if value["publisher"] == rest.get(names.INSTITUTION):
        del rest[names.INSTITUTION]
    value["custom"] = rest
    return {name: one for name, one in value.items() if one}


def _others(paper: Paper) -> list[dict[str, str]]:
    """What stands for authors that are not known, as BibTeX's `and others` is read."""
    told = len(paper.authors)
    missing = told and (paper.author_count is None or paper.author_count > told)
    return [{"literal": "others"}] if missing else []


def _name(author: Author) -> dict[str, str]:
    if author.whole or not author.given:
        return {"literal": author.family}
    family, suffix = split_suffix(author)
    name = {"family": family, "given": author.given}
    return {**name, "suffix": suffix} if suffix else name


def _date(date: PartialDate, told: Mapping[str, str]) -> dict[str, Any]:
    """A date or a span of two; where there is none, what is said in its place: `in press`."""
    if not date.text:
        return {"literal": said} if (said := told.get("year", "")) else {}
    begin, _, end = told.get("date", "").partition("/")
    ends = _DAY.fullmatch(end) is not None and begin == date.text
    days = [date.text, end] if ends else [date.text]
    return {"date-parts": [[int(part) for part in day.split("-")] for day in days]}
