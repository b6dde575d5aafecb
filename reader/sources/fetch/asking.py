"""What is asked of a service, and what it answered, as values."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, urlencode

from reader.frozen import frozen

WEB = "web"
"""The service of an address that is nobody's in particular: it is asked as it is."""


@frozen
class Ask:
    """One question to a service.

    Attributes:
        service: Its name in `reader.model.services`, or `WEB`.
        target: What follows its base address, or the whole address of a page of the web.
        expects: `json`, `xml` or `text`: an answer of another kind is none; empty for any.
        patience: How many times longer than usual the answer may take.
    """

    service: str
    target: str
    expects: str = ""
    patience: int = 1


def target(path: str, query: Mapping[str, str | int] | None = None, *, safe: str = "") -> str:
    """A path with the words of a query, quoted."""
    words = urlencode({name: str(value) for name, value in (query or {}).items()},
                      safe=safe, quote_via=quote)  # fmt: skip
    return f"{path}?{words}" if words else path


@frozen
class Answer:
    """An answer that is there as a whole.

    Attributes:
        body: The file with its bytes, unpacked.
        address: What was asked, for messages: without what is secret in it.
    """

    body: Path
    address: str
