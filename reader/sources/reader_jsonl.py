"""Our own complete export, read back: JSON lines of schema 1, as `docs/formats.md` says."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    TypeAdapter,
    ValidationInfo,
    field_validator,
)
from pydantic import Tag as PydanticTag

from reader.errors import TagNameError
from reader.model.dates import UNDATED, PartialDate, Precision, parse_iso
from reader.model.identifiers import Identifier, parse_arxiv, parse_doi
from reader.model.labels import Label
from reader.model.merge import USER, identifying_title
from reader.model.paper import (
    Author,
    Fields,
    PaperDraft,
    Priority,
    SourceRecord,
    Status,
    UserState,
    Version,
)
from reader.model.tags import parse_tag
from reader.model.text import clean, clean_lines
from reader.sources.context import Context, Item, content_key
from reader.sources.document import Document
from reader.sources.json_lines import Passed, first_object, read_objects
from reader.sources.reader_labels import (
    ApartObject,
    ChangeObject,
    Count,
    FeedObject,
    LabelObject,
    Line,
    TagObject,
    ViewObject,
)

NAME = "jsonl"
LABEL = "an export of this program"
SOURCE = "reader"

# What BibTeX takes as a key, without what would act on a terminal or a command line.
_CITEKEY = r"^$|^[^\s{},%#\\\"'~\x00-\x20\x7f-\x9f-][^\s{},%#\\\"'~\x00-\x20\x7f-\x9f]{0,199}$"

Text = Annotated[str, Field(max_length=200_000)]


class AuthorObject(BaseModel):
    """`{family, given}`, or `{name}` for a group."""

    family: Line = ""
    given: Line = ""
    name: Line = ""

    def value(self) -> Author:
        """The author."""
        if self.name:
            return Author(clean(self.name), whole=True)
        return Author(clean(self.family), clean(self.given))


class FieldsObject(BaseModel):
    """What one source said."""

    title: Line = ""
    abstract: Text = ""
    authors: list[AuthorObject] = Field(default=[], max_length=20_000)
    author_count: Count | None = None
    authors_complete: bool = False
    published: tuple[Line, Precision] | None = None
    updated: tuple[Line, Precision] | None = None
    categories: list[Line] = Field(default=[], max_length=200)
    category_code: Line = ""
    identifiers: list[tuple[Line, Line, Count]] = Field(default=[], max_length=200)
    venue: Line = ""
    remark: Line = ""
    license: Line = ""
    urls: list[Line] = Field(default=[], max_length=1_000)
    counters: dict[Line, Count] = Field(default={}, max_length=100)
    kind: Line = ""
    details: dict[Line, Line] = Field(default={}, max_length=1_000)
    notes: list[Text] = Field(default=[], max_length=1_000)
    files: list[Line] = Field(default=[], max_length=1_000)

    def value(self) -> Fields:
        """The fields, cleaned."""
        return Fields(
            title=clean(self.title),
            abstract=clean_lines(self.abstract),
            authors=tuple(author.value() for author in self.authors),
            author_count=self.author_count,
            authors_complete=self.authors_complete,
            published=_date(self.published),
            updated=_date(self.updated),
            categories=tuple(clean(name) for name in self.categories),
            category_code=clean(self.category_code),
            identifiers=tuple(
                _identifier(clean(scheme), clean(value), version)
                for scheme, value, version in self.identifiers
            ),
            venue=clean(self.venue),
            remark=clean(self.remark),
            license=clean(self.license),
            urls=tuple(clean(url) for url in self.urls),
            counters={clean(name): count for name, count in self.counters.items()},
            **_extent(self),
        )


class RecordObject(BaseModel):
    """One source's record."""

    source: Line
    key: Line
    seen_at: Line
    origin: Line
    fields: FieldsObject

    def value(self) -> SourceRecord:
        """The record, cleaned."""
        return SourceRecord(
            clean(self.source), clean(self.key), clean(self.seen_at), clean(self.origin),
            self.fields.value(),
        )  # fmt: skip


class VersionObject(BaseModel):
    """What was told of an earlier version."""

    version: Annotated[int, Field(ge=1, le=1_000)]
    seen_at: Line = ""
    fields: FieldsObject

    def value(self) -> Version:
        """The version, cleaned."""
        return Version(self.version, clean(self.seen_at), self.fields.value())


class PaperObject(BaseModel):
    """One line of an export."""

    model_config = ConfigDict(populate_by_name=True)

    schema_number: Literal[1] = Field(alias="schema")
    record: Literal["paper"] = "paper"
    citekey: Annotated[str, Field(pattern=_CITEKEY)] = ""
    title: Line = Field(min_length=1)
    title_source: Line = ""
    abstract: Text = ""
    abstract_source: Text = ""
    authors: list[AuthorObject] = Field(default=[], max_length=20_000)
    author_count: Count | None = None
    published: Line | None = None
    date_precision: Precision = Precision.NONE
    categories: list[Line] = Field(default=[], max_length=200)
    identifiers: dict[Line, Line | list[Line]] = Field(default={}, max_length=200)
    venue: Line = ""
    remark: Line = ""
    license: Line = ""
    urls: list[Line] = Field(default=[], max_length=1_000)
    tags: list[Line] = Field(default=[], max_length=500)
    starred: bool = False
    seen: bool = False
    status: Literal["unread", "later", "reading", "read", "skipped"] = "unread"
    priority: Literal["none", "A", "B", "C"] = "none"
    counters: dict[Line, Count] = Field(default={}, max_length=100)
    kind: Line = ""
    details: dict[Line, Line] = Field(default={}, max_length=1_000)
    notes: list[Text] = Field(default=[], max_length=1_000)
    files: list[Line] = Field(default=[], max_length=1_000)
    added: Line = ""
    decided: Line = ""
    trashed: Line = ""
    revised: bool = False
    versions: list[VersionObject] = Field(default=[], max_length=1_000)
    provenance: list[RecordObject] = Field(default=[], max_length=200)

    @field_validator("tags")
    @classmethod
    def _tag_names(cls, tags: list[str], _info: ValidationInfo) -> list[str]:
        try:
            return list(dict.fromkeys(parse_tag(name) for name in tags))
        except TagNameError as error:
            raise ValueError(str(error)) from error

    def fields(self) -> Fields:
        """The paper's own fields as one source's word, for objects without provenance."""
        identifiers = [
            (scheme, value)
            for scheme, values in self.identifiers.items()
            for value in ([values] if isinstance(values, str) else values)
        ]
        authors = tuple(author.value() for author in self.authors)
        date = _date((self.published or "", self.date_precision))
        return Fields(
            title=clean(self.title_source or self.title),
            abstract=clean_lines(self.abstract_source or self.abstract),
            authors=authors,
            author_count=self.author_count,
            authors_complete=bool(authors) and self.author_count == len(authors),
            published=date,
            categories=tuple(clean(name) for name in self.categories),
            identifiers=tuple(_identifier(clean(one), clean(two)) for one, two in identifiers),
            venue=clean(self.venue),
            remark=clean(self.remark),
            license=clean(self.license),
            urls=tuple(clean(url) for url in self.urls),
            counters={clean(name): count for name, count in self.counters.items()},
            **_extent(self),
        )

    def user(self) -> UserState:
        """What the user made of the paper."""
        return UserState(
            status=Status[self.status.upper()],
            starred=self.starred,
            seen=self.seen,
            priority=Priority[self.priority.upper()],
            tags=tuple(self.tags),
            citekey=self.citekey,
            added=clean(self.added),
            decided=clean(self.decided),
            trashed=clean(self.trashed),
            revised=self.revised,
        )


def _kind(value: object) -> str:
    """Which record a line is; a paper when it does not say."""
    record = value.get("record", "paper") if isinstance(value, dict) else "paper"
    return record if record in ("tag", "view", "apart", "feed", "change") else "paper"


_Object = PaperObject | LabelObject
_LINE = TypeAdapter[_Object](
    Annotated[
        Annotated[PaperObject, PydanticTag("paper")]
        | Annotated[TagObject, PydanticTag("tag")]
        | Annotated[ViewObject, PydanticTag("view")]
        | Annotated[ApartObject, PydanticTag("apart")]
        | Annotated[FeedObject, PydanticTag("feed")]
        | Annotated[ChangeObject, PydanticTag("change")],
        Discriminator(_kind),
    ]
)


def recognises(head: str) -> bool:
    """Whether a text begins with lines of our export."""
    value = first_object(head)
    return "schema" in value and bool({"citekey", "title", "record"} & value.keys())


def read(document: Document, context: Context) -> Iterator[Item]:
    """The papers of an export with their provenance and state, its tags and views, and the lines
    that are none.
    """  # noqa: D205 - one sentence
    return read_objects(
        document, _LINE.validate_json, lambda record, line: _item(record, line, context)
    )


def _item(record: _Object, line: int, context: Context) -> PaperDraft | Label | Passed:
    if not isinstance(record, PaperObject):
        return record.value()
    return _draft(record, line, context)


def _draft(record: PaperObject, line: int, context: Context) -> PaperDraft:
    records = tuple(one.value() for one in record.provenance)
    named = [bool(identifying_title(one.fields)) for one in records]
    if not (
        records
        and named[0]
        and all(known or one.source == USER for one, known in zip(records, named, strict=True))
    ):
        fields = record.fields()
        records = context.draft(SOURCE, content_key(fields), fields, line).records
    whole = len(record.provenance) > 0
    own = frozenset((one.scheme, one.value) for one in record.fields().identifiers)
    numbered = {one.version: one.value() for one in record.versions}
    return PaperDraft(records, record.user(), line, whole=whole, owned=own if whole else None,
                      versions=tuple(numbered.values()))  # fmt: skip


def _extent(told: FieldsObject | PaperObject) -> dict[str, Any]:
    """What both kinds of objects have beyond the fields that lists need."""
    return {
        "kind": clean(told.kind),
        "details": {clean(name): clean(value) for name, value in told.details.items()},
        "notes": tuple(clean_lines(note) for note in told.notes),
        "files": tuple(clean(file) for file in told.files),
    }


def _date(told: tuple[str, Precision] | None) -> PartialDate:
    """A date whose precision is what its text says; only the year of a whole day is inferred."""
    if told is None:
        return UNDATED
    date = parse_iso(told[0])
    inferred = date.precision is Precision.DAY and told[1] is Precision.YEAR_INFERRED
    return PartialDate(date.text, Precision.YEAR_INFERRED) if inferred else date


def _identifier(scheme: str, value: str, version: int = 0) -> Identifier:
    parsed = {"arxiv": parse_arxiv, "doi": parse_doi}.get(scheme, lambda _: None)(value)
    if parsed is None:
        return Identifier(scheme, value, version)
    return Identifier(parsed.scheme, parsed.value, max(parsed.version, version))
