"""What an answer that is none means: whether to ask again, and when."""

import email.utils
import re

from reader.errors import FetchError
from reader.sources.fetch.addresses import shown
from reader.sources.fetch.patience import LONGEST_COOLING, local_time

_FIRST_PAUSE = 1.0
_UNTOLD_COOLING = 90.0
"""Seconds to leave a host alone that had enough of us and does not say for how long."""

_TOO_MANY, _UNAVAILABLE = 429, 503
_SERVER_ERRORS = range(500, 600)
_SECONDS = re.compile(r"-?\d{1,40}(?:\.\d{0,9})?(?:[eE]\d{1,2})?")
_WORDS = {400: "it does not understand the question", 401: "it asks for a login",
          403: "it refuses", 404: "it does not know of this",
          407: "the proxy on the way asks for a login", 410: "it is gone",
          429: "it has had too many questions", 500: "it has an error of its own",
          502: "it is not there at the moment", 503: "it is not available at the moment",
          504: "it took too long itself"}  # fmt: skip


class Again(FetchError):  # noqa: N818 - what is to be done about it
    """A failure that the next try may not have.

    Attributes:
        after: The seconds after which the service wants to be asked again, None when it says none.
        cools: Whether it wants to be left alone by everything.
    """

    def __init__(
        self, message: str, code: str, after: float | None, *, cools: bool = False
    ) -> None:
        super().__init__(message, code)
        self.after, self.cools = after, cools

    def seconds(self, tried: int, jitter: float) -> float:
        """How long to wait before the next try, after so many that failed."""
        if self.after is not None:
            return self.after
        if self.cools and tried:
            return _UNTOLD_COOLING * jitter
        return float(_FIRST_PAUSE * 2**tried * jitter)

    def failed(self, until: str) -> FetchError:
        """The error when it is not tried again."""
        later = f" It asked to be left alone until {local_time(until)}." if until else ""
        return FetchError(f"{self}{later}", self.code, until)


def told_status(status: int) -> str:
    """What a status means, in words."""
    return _WORDS.get(status, "it cannot answer")


def after_status(address: str, status: int, after: float | None, meaning: str) -> FetchError:
    """The error of an answer with a status that is no success (RFC 9110, 15)."""
    message = f"{shown(address)} answered {status}: {meaning}. Everything else works."
    code = "rate limit" if status == _TOO_MANY else f"http {status}"
    if status == _TOO_MANY or (status == _UNAVAILABLE and after is not None):
        return Again(message, code, after, cools=True)
    if status in _SERVER_ERRORS:
        return Again(message, code, None)
    return FetchError(message, code)


def retry_seconds(text: str, now: float) -> float | None:
    """The seconds that a header `Retry-After` asks for, at most an hour (RFC 9110, 10.2.3).

    A number, a date, or nothing that means anything: then None.
    """
    text = text.strip()
    if _SECONDS.fullmatch(text):
        return min(max(float(text), 0.0), LONGEST_COOLING)
    try:
        moment = email.utils.parsedate_to_datetime(text).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return min(max(moment - now, 0.0), LONGEST_COOLING)
