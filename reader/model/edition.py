"""What is cited of a work of which preprint and published version are both known."""

from dataclasses import replace

from reader.model import details as names
from reader.model.merge import USER, shown
from reader.model.paper import Fields, Paper, SourceRecord

_OF_ONE_EDITION = frozenset({
    names.VOLUME, names.ISSUE, names.PAGES, names.NUMBER, names.EDITION, names.SERIES,
    names.PUBLISHER, names.PLACE, names.INSTITUTION, names.GENRE, names.SHORT_VENUE,
    names.CHAPTER_NUMBER, names.ACCESSED, names.EDITOR, "year", "howpublished", "archive",
    "archive_location",
})  # fmt: skip
"""Details that are true of one version of a work only."""

_NEVER_PUBLISHED = (names.PREPRINT, "manuscript")
_UNTOLD = ("", names.OTHER, names.WEBPAGE)


def as_published(paper: Paper) -> Paper:
    """A paper as its published version; a paper of one version is as it was.

    What the preprint's sources say of title, names, date and place gives way; its identifiers,
    abstract, notes and files stay.
    """
    published = [one for one in paper.sources if _is_published(one.fields)]
    preprints = [one for one in paper.sources if one.source != USER and one not in published]
    if not published or not preprints:
        return paper
    known = [one for one in paper.sources if one not in preprints]
    told = shown(known)
    row = paper.row
    if any(one.fields.title for one in known):
        row, paper = replace(row, title=told.title), replace(paper, title_source=told.title_source)
    if told.published.text:
        row = replace(row, published=told.published)
    if told.authors and told.author_count == len(told.authors):
        paper = replace(paper, authors=told.authors, author_count=told.author_count)
    cut = (_without_edition(one) if one in preprints else one for one in paper.sources)
    venue = told.venue or paper.venue
    return replace(paper, row=row, venue=venue, remark=told.remark, sources=tuple(cut))


def _is_published(fields: Fields) -> bool:
    """Whether a record is of a version that appeared somewhere."""
    if fields.kind in _NEVER_PUBLISHED:
        return False
    return bool(fields.venue) or fields.kind not in _UNTOLD


def _without_edition(record: SourceRecord) -> SourceRecord:
    details = {name: text for name, text in record.fields.details.items()
               if name not in _OF_ONE_EDITION}  # fmt: skip
    return replace(record, fields=replace(record.fields, kind="", details=details))
