"""What arXiv's daily feeds write before an abstract."""

import re

from reader.model.identifiers import parse_arxiv
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
