"""What the importers of JSON lines share: one object a line, each validated by itself."""

import json
import re
from collections.abc import Callable, Iterator
from enum import Enum, auto
from typing import Any, TypeVar

from pydantic import ValidationError

from reader.model.labels import Label
from reader.model.merge import identifying_title
from reader.model.paper import PaperDraft, Rejected
from reader.model.text import clean
from reader.sources.context import RAW_LENGTH, Item
from reader.sources.document import Document

Record = TypeVar("Record")

_LINES_TRIED = 5
_LONG = 1_000_000


class Passed(Enum):
    """What becomes of a line that is known and tells nothing to take."""

    OVER = auto()


PASSED = Passed.OVER

_RECORDS = (
    "paper",
    "tag",
    "view",
    "apart",
    "feed",
    "change",
)  # what pydantic puts first for the kinds of a union
_MEMBER = re.compile(r'"(\w{1,40})"\s*:')


def first_object(head: str) -> dict[str, Any]:
    """The first of the leading lines that is a JSON object; empty when none is.

    Of one that is longer than the beginning of the document, the names of its members.
    """
    if head.startswith("{") and "\n" not in head and len(head) >= _LONG:
        return dict.fromkeys(_MEMBER.findall(head))
    if head.lstrip().startswith("["):
        return {}
    for line in [line for line in head.split("\n") if line.strip()][:_LINES_TRIED]:
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            return value
    return {}


def read_objects(
    document: Document,
    validate: Callable[[str], Record],
    item: Callable[[Record, int], PaperDraft | Label | Passed | None],
) -> Iterator[Item]:
    """Each line as what it tells; a line that is no such object is rejected by itself."""
    record = 0
    for number, line in document.lines(cut=True):
        text = line.strip()
        if not text:
            continue
        record += 1
        try:
            taken = item(validate(text), number)
        except ValidationError as error:
            yield _rejected(error, number, record, text)
        else:
            if isinstance(taken, Passed):
                continue
            if isinstance(taken, Label):
                yield taken
            elif taken is None or not identifying_title(taken.records[0].fields):
                reason = "the title has no readable text"
                yield Rejected(number, reason, clean(text[:RAW_LENGTH]), record, "title")
            else:
                yield taken


def _rejected(error: ValidationError, line: int, record: int, text: str) -> Rejected:
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    place = [str(part) for part in first["loc"]]
    field = ".".join(place[1:] if place and place[0] in _RECORDS else place)
    return Rejected(line, clean(first["msg"]), clean(text[:RAW_LENGTH]), record, field)
