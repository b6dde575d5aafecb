"""What stands above a group of papers."""

import datetime as dt

from reader.model.dates import MONTHS
from reader.model.paper import Priority, Status, source_label

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def heading(group: str, value: object) -> str:
    """The heading of a group from what its papers have in common: a date, a name, a number."""
    text = "" if value is None else str(value)
    match group:
        case "day" | "month" | "year":
            return _date(text) or "no date"
        case "status":
            return Status(int(text or 0)).word
        case "prio":
            priority = Priority(int(text or 0))
            return "no priority" if priority is Priority.NONE else f"priority {priority.name}"
        case "source":
            return source_label(text) or "no source"
        case _:
            return text or {"tag": "no tag", "cat": "no category"}.get(group, "")


def _date(text: str) -> str:
    """`Thu 23 Apr 2026`, `Apr 2026`, `2026`."""
    parts = text.split("-")
    if len(parts) == 1:
        return text
    month = MONTHS[int(parts[1]) - 1]
    if len(parts) == 2:  # noqa: PLR2004 - year and month
        return f"{month} {parts[0]}"
    day = _DAYS[dt.date.fromisoformat(text).weekday()]
    return f"{day} {int(parts[2])} {month} {parts[0]}"
