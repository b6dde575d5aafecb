"""What arXiv's daily feeds write before an abstract."""

import re

from reader.model.dates import parse_date
from reader.model.identifiers import ARXIV, parse_arxiv
from reader.sources.entry import Entry

_ANNOUNCED = re.compile(r"\s*arXiv:(\S+)\s+Announce Type:\s+(\S+)\s+Abstract:\s*", re.IGNORECASE)


def take_announcement(entry: Entry, text: str) -> bool:
    """Take the id, the type of announcement and the abstract; whether it was an announcement."""
    found = _ANNOUNCED.match(text)
    if found is None:
        return False
    entry.identify(parse_arxiv(found[1]))
    entry.detail("announced", found[2].lower())
    entry.abstract = " ".join(text[found.end() :].split())
    return True


def date_announced(entry: Entry) -> None:
    """Take the month in the id for the date where the announcement's day is not the paper's own.

    A cross-listing or a new version is announced on its own day; ids of another month are older.
    """
    numbers = (one.value for one in entry.identifiers if one.scheme == ARXIV)
    number = next(numbers, "").rpartition("/")[2]
    if entry.details.get("announced", "new") == "new" or not number[:4].isdigit():
        return
    century = "19" if number[:2] > "90" else "20"
    month = f"{century}{number[:2]}-{number[2:4]}"
    if not entry.published.text.startswith(month):
        entry.published = parse_date(month)
