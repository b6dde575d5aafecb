"""What an export of ours tells besides papers: tags, views, pairs, feeds, what was done."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, field_validator

from reader.errors import TagNameError, UsageError
from reader.model.change import ChangeGroup, GroupState
from reader.model.feed import Followed, parse_subscription
from reader.model.paper import Apart, Tag
from reader.model.query.views import View
from reader.model.tags import COLOURS, parse_tag
from reader.model.text import clean
from reader.sources.json_lines import PASSED, Passed

_MOMENT = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$"

Line = Annotated[str, Field(max_length=20_000)]
Count = Annotated[int, Field(ge=0, le=2**53)]


class TagObject(BaseModel):
    """A tag's colour and pin."""

    schema_number: Literal[1] = Field(alias="schema")
    record: Literal["tag"]
    tag: Line
    colour: Line = ""
    pinned: int = Field(default=0, ge=0, le=9)

    def value(self) -> Tag:
        """The tag."""
        return Tag(self.tag, self.colour, self.pinned)

    @field_validator("colour")
    @classmethod
    def _known(cls, colour: str) -> str:
        return colour if colour in COLOURS else ""

    @field_validator("tag")
    @classmethod
    def _name(cls, name: str) -> str:
        try:
            return parse_tag(name)
        except TagNameError as error:
            raise ValueError(str(error)) from error


class ViewObject(BaseModel):
    """A view of the user's."""

    schema_number: Literal[1] = Field(alias="schema")
    record: Literal["view"]
    view: Annotated[str, Field(max_length=60)]
    query: Annotated[str, Field(max_length=4_000)]

    def value(self) -> View:
        """The view."""
        return View(clean(self.view).lower(), clean(self.query))


class ApartObject(BaseModel):
    """Two papers that are different works."""

    schema_number: Literal[1] = Field(alias="schema")
    record: Literal["apart"]
    papers: Annotated[list[Line], Field(min_length=2, max_length=2)]

    def value(self) -> Apart:
        """The pair."""
        return Apart(clean(self.papers[0]), clean(self.papers[1]))


class FeedObject(BaseModel):
    """A feed that is followed."""

    schema_number: Literal[1] = Field(alias="schema")
    record: Literal["feed"]
    feed: Annotated[str, Field(max_length=1_000)]
    name: Annotated[str, Field(max_length=200)] = ""
    paused: bool = False

    def value(self) -> Followed:
        """The feed."""
        return Followed(self.feed, clean(self.name), self.paused)

    @field_validator("feed")
    @classmethod
    def _known(cls, feed: str) -> str:
        try:
            return parse_subscription(feed).spec
        except UsageError as error:
            raise ValueError(str(error)) from error


class ChangeObject(BaseModel):
    """Something that was done in the library that was exported."""

    schema_number: Literal[1] = Field(alias="schema")
    record: Literal["change"]
    at: Annotated[str, Field(pattern=_MOMENT)]
    actor: Annotated[str, Field(max_length=40)] = "user"
    verb: Annotated[str, Field(max_length=40)] = ""
    summary: Annotated[str, Field(max_length=1_000)]
    papers: Count = 0
    state: Literal["done", "undone", "abandoned", "past"] = "done"

    def value(self) -> ChangeGroup | Passed:
        """The act; one that was undone is passed over."""
        if self.state not in ("done", "past"):
            return PASSED
        return ChangeGroup(0, self.at, clean(self.actor), clean(self.verb), clean(self.summary),
                           self.papers, GroupState.PAST)  # fmt: skip


LabelObject = TagObject | ViewObject | ApartObject | FeedObject | ChangeObject
"""Any of them."""
