"""What is shown of a paper when several sources tell of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import field, replace
from dataclasses import fields as dataclass_fields

from reader.frozen import frozen
from reader.model.categories import candidates, short_code
from reader.model.dates import UNDATED, PartialDate, Precision
from reader.model.identifiers import ARXIV, Identifier
from reader.model.latex import convert
from reader.model.paper import Author, Fields, SourceRecord
from reader.model.text import clean, clean_lines

USER = "user"
"""The source of what the user said of a paper, which stands above all others."""

_TRUST = {
    "user": 100, "arxiv": 90, "crossref": 80, "datacite": 80, "inspire": 70, "ads": 70,
    "pubmed": 70,
    "europe-pmc": 70, "acl": 70, "reader": 60, "zotero": 60, "bibtex": 60, "csl": 60, "ris": 60,
    "endnote": 60, "wos": 60, "refworks": 60, "cff": 60, "papis": 60,
    "semantic-scholar": 50, "openalex": 50, "dblp": 50,
    "huggingface": 40, "web": 40, "feed": 35, "arxiv-listing": 30, "markdown": 25,
    "hf-listing": 20, "read-later": 15,
}  # fmt: skip
_LEAST_TRUST = 10


@frozen
class Shown:
    """The chosen value of every field of a paper, text made readable."""

    title: str
    title_source: str
    abstract: str
    abstract_source: str
    authors: tuple[Author, ...] = ()
    author_count: int | None = None
    published: PartialDate = UNDATED
    updated: PartialDate = UNDATED
    categories: tuple[str, ...] = ()
    venue: str = ""
    remark: str = ""
    license: str = ""
    urls: tuple[str, ...] = ()
    counters: dict[str, int] = field(default_factory=dict)


def trust(source: str) -> int:
    """How far a source is believed where two differ; the user most, pasted pages least."""
    return _TRUST.get(source, _LEAST_TRUST)


def merged(
    known: Sequence[SourceRecord], new: SourceRecord, *, partial: bool = False
) -> tuple[SourceRecord, ...] | None:
    """The records with a new one taken in; None when it says nothing new.

    A record of the same source and key replaces the earlier one; where it is `partial`, what the
    earlier one said besides stands; and where it comes from elsewhere without a newer version, it
    only adds, so that two feeds that tell of one paper differently do not take turns. A year that
    was only inferred does not change once it is stored: repeating an import a year later brings
    nothing.
    """
    for index, old in enumerate(known):
        if old.source == new.source == USER or (old.source, old.key) == (new.source, new.key):
            fresh = _keep_inferred_year(old.fields, new.fields)
            if new.source == USER:
                fresh = _users(old, new)
            elif partial and new.origin != old.origin and not _newer(fresh, old.fields):
                fresh, new = _added(old.fields, fresh), old
            elif partial or 0 < _version(fresh) < _version(old.fields):
                fresh = _filled(old.fields, fresh)
            if fresh == old.fields:
                return None
            kept = replace(new, fields=fresh)
            return (*known[:index], kept, *known[index + 1 :])
    return (*known, new)


def _users(old: SourceRecord, new: SourceRecord) -> Fields:
    """What the user says when a file tells of it too: the later word, an earlier one beneath it."""
    later, earlier = (new, old) if new.seen_at >= old.seen_at else (old, new)
    told = {one.name: getattr(later.fields, one.name) or getattr(earlier.fields, one.name)
            for one in dataclass_fields(Fields) if one.name not in _DATES}  # fmt: skip
    dates = {name: getattr(later.fields, name) if getattr(later.fields, name).text
             else getattr(earlier.fields, name) for name in _DATES}  # fmt: skip
    if later.fields == earlier.fields or later is old:
        return later.fields
    return Fields(**told, **dates)


_DATES = ("published", "updated")


def _filled(old: Fields, new: Fields) -> Fields:
    """What an announcement says, and beneath it what was known; the first date stands.

    An announcement of an earlier version than is known comes beneath.
    """
    if _version(new) < _version(old):
        new, old = old, new
    told = {one.name: getattr(new, one.name) or getattr(old, one.name)
            for one in dataclass_fields(Fields) if one.name not in _DATES}  # fmt: skip
    told["details"] = {**old.details, **new.details}
    told["counters"] = {**old.counters, **new.counters}
    told["identifiers"] = _latest_versions((*new.identifiers, *old.identifiers))
    told["urls"] = _union([new.urls, old.urls])
    if not new.authors_complete:
        told["authors"] = max(old.authors, new.authors, key=len)
    return Fields(
        **told,
        published=old.published if old.published.text else new.published,
        updated=max(old.updated, new.updated, key=lambda date: date.text),
    )


def _newer(new: Fields, old: Fields) -> bool:
    return _version(new) > _version(old)


def _added(old: Fields, new: Fields) -> Fields:
    """What is known, and what it leaves out; numbers are the latest."""
    told = _filled(replace(new, identifiers=()), old)
    return replace(
        told,
        counters={**old.counters, **new.counters},
        identifiers=_latest_versions((*old.identifiers, *new.identifiers)),
        published=old.published if old.published.text else new.published,
    )


def _version(fields: Fields) -> int:
    return max((one.version for one in fields.identifiers if one.scheme == ARXIV), default=0)


def _latest_versions(told: Iterable[Identifier]) -> tuple[Identifier, ...]:
    """Each identifier once, with the latest version that is named."""
    best: dict[tuple[str, str], Identifier] = {}
    for one in told:
        known = best.setdefault((one.scheme, one.value), one)
        if one.version > known.version:
            best[one.scheme, one.value] = one
    return tuple(best.values())


def told_identifiers(records: Iterable[SourceRecord]) -> tuple[Identifier, ...]:
    """The identifiers of a paper: the user's where they gave some, else those of all records."""
    told = list(records)
    mine = [one for record in told if record.source == USER for one in record.fields.identifiers]
    return tuple(mine or (one for record in told for one in record.fields.identifiers))


def _keep_inferred_year(old: Fields, new: Fields) -> Fields:
    inferred = Precision.YEAR_INFERRED
    if old.published.precision == new.published.precision == inferred and (
        old.published.month_day == new.published.month_day
    ):
        return replace(new, published=old.published)
    return new


def shown(records: Sequence[SourceRecord]) -> Shown:
    """Choose each field's value: by trust in the source, and the fuller of partial values."""
    if len(records) == 1 and records[0].source != USER:
        return _alone(records[0].fields)
    ranked = sorted(records, key=lambda record: -trust(record.source))
    fields = [record.fields for record in ranked]
    mine = next((record.fields for record in ranked if record.source == USER), Fields())
    title = _first(one.title for one in fields) or _first(map(identifying_title, fields))
    abstract = _abstract(ranked)
    readable_title, readable_abstract = _readable(title, clean), _readable(abstract, clean_lines)
    authors, count = (mine.authors, len(mine.authors)) if mine.authors else _authors(fields)
    return Shown(
        title=readable_title,
        title_source="" if readable_title == title else title,
        abstract=readable_abstract,
        abstract_source="" if readable_abstract == abstract else abstract,
        authors=authors,
        author_count=count,
        published=mine.published
        if mine.published.text
        else max((one.published for one in fields), key=lambda date: date.precision.rank),
        updated=max((one.updated for one in fields), key=lambda date: date.text),
        categories=mine.categories or _categories(fields),
        venue=_first(one.venue for one in fields),
        remark=_first(one.remark for one in fields),
        license=_first(one.license for one in fields),
        urls=mine.urls or _union(one.urls for one in fields),
        counters=_counters(records),
    )


def _alone(fields: Fields) -> Shown:
    """What one source said, with nothing to choose: most papers, and all of an archive."""
    title = fields.title or identifying_title(fields)
    readable_title = _readable(title, clean)
    readable_abstract = _readable(fields.abstract, clean_lines)
    authors, count = _authors([fields])
    return Shown(
        title=readable_title,
        title_source="" if readable_title == title else title,
        abstract=readable_abstract,
        abstract_source="" if readable_abstract == fields.abstract else fields.abstract,
        authors=authors,
        author_count=count,
        published=fields.published,
        updated=fields.updated,
        categories=tuple(dict.fromkeys(fields.categories)),
        venue=fields.venue,
        remark=fields.remark,
        license=fields.license,
        urls=tuple(dict.fromkeys(fields.urls)),
        counters=dict(fields.counters),
    )


def _readable(text: str, tidy: Callable[[str], str]) -> str:
    """A text of a source without LaTeX; where there was none, it is as tidy as the source's."""
    converted = convert(text).text
    return text if converted == text else tidy(converted)


def identifying_title(fields: Fields) -> str:
    """What a source calls a paper: its title, else its first identifier, else nothing."""
    if fields.title or not fields.identifiers:
        return fields.title
    first = fields.identifiers[0]
    return f"{_SCHEME_NAMES.get(first.scheme, first.scheme)}:{first.value}"


_SCHEME_NAMES = {ARXIV: "arXiv", "pmid": "PMID", "pmcid": "PMCID", "acl": "ACL"}


def _first(values: Iterable[str]) -> str:
    return next(filter(None, values), "")


def _union(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for values in lists for value in values))


def _abstract(ranked: Sequence[SourceRecord]) -> str:
    told = [record for record in ranked if record.fields.abstract]
    if not told:
        return ""
    best = max(told, key=lambda one: (trust(one.source), len(one.fields.abstract)))
    return best.fields.abstract


def _authors(ranked: Sequence[Fields]) -> tuple[tuple[Author, ...], int | None]:
    """The most trusted complete list, else the longest cut one; the count as large as known."""
    complete = [one.authors for one in ranked if one.authors and one.authors_complete]
    names = complete[0] if complete else max((one.authors for one in ranked), key=len, default=())
    counts = [one.author_count for one in ranked if one.author_count]
    if complete:
        counts.append(len(names))
    return names, max([*counts, len(names)]) if counts else None


def _categories(ranked: Sequence[Fields]) -> tuple[str, ...]:
    """All categories, the most trusted source's primary one first.

    A listing's abbreviated class counts only where no fuller source names one that it can mean.
    """
    sure = _union(one.categories for one in ranked if not one.category_code)
    guessed = [
        one.categories
        for one in ranked
        if one.category_code and not set(candidates(one.category_code)) & set(sure)
    ]
    return _union([sure, *guessed])


def _counters(records: Sequence[SourceRecord]) -> dict[str, int]:
    latest: dict[str, int] = {}
    for record in sorted(records, key=lambda one: one.seen_at):
        latest.update(record.fields.counters)
    return latest


def primary_code(categories: Sequence[str]) -> str:
    """The short code of the primary category, or nothing."""
    return short_code(categories[0]) if categories else ""
