"""How often a host may be asked: in turn, with pauses, and not at all for as long as it asked.

What is known of a host is kept in a file, so that it counts for all programs of this user and for
the next start. The file is locked while the host is being asked.
"""

import asyncio
import datetime as dt
import fcntl
import json
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from reader.errors import FetchError
from reader.frozen import frozen
from reader.model.services import LABELS

SPACING = {
    "arxiv": 3.0, "huggingface": 1.0, "semantic_scholar": 1.0, "openalex": 0.5, "crossref": 1.0,
    "datacite": 0.5, "dblp": 1.0, "europe_pmc": 0.5,
}  # fmt: skip
"""Seconds between two questions to one host. arXiv's terms ask for 3, whatever is asked there:
https://info.arxiv.org/help/api/tou.html"""

_USUAL_SPACING = 1.0
LONGEST_COOLING = 3600.0
"""Seconds beyond which no service can ask for patience: a clock of theirs may be wrong."""

WAITED_FOR = 60.0
"""Seconds that a pause may last to be waited for; a longer one is told of instead."""

_POLL = 0.05
_FAR = 1e12


@frozen
class Clock:
    """What time it is, and how to let some pass; another one for tests."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


def host_of(service: str, netloc: str) -> str:
    """What shares one allowance: all of arXiv's services do."""
    if service.startswith("arxiv_"):
        return "arxiv"
    return service if service in SPACING else netloc.lower()


@dataclass(slots=True)
class Turns:
    """Whose turn it is at one host."""

    host: str
    file: Path
    clock: Clock = field(default_factory=Clock)
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    @asynccontextmanager
    async def turn(self, service: str) -> AsyncIterator[None]:
        """Wait until a service at the host may be asked, and be the only one that asks there.

        Raises:
            FetchError: It asked for more patience than can be waited for.
        """
        async with self._lock:
            descriptor = await self._locked()
            try:
                await self._wait(service)
                try:
                    yield
                finally:
                    spacing = SPACING.get(self.host, _USUAL_SPACING)
                    self._keep({**self._known(), "next": self.clock.now() + spacing})
            finally:
                os.close(descriptor)

    def cool(self, service: str, seconds: float) -> str:
        """Leave a service alone for a while; until when, in UTC.

        Others at the same host may still be asked: they are other machines of its owner.
        """
        now = self.clock.now()
        until = now + min(max(seconds, 0.0), LONGEST_COOLING)
        self._keep({**self._known(), f"asked {service}": now, f"until {service}": until})
        return _utc(until)

    def cooling(self, service: str) -> float:
        """The seconds for which a service asked to be left alone.

        A clock that was set back, or a file that somebody else wrote, cannot make them many.
        """
        known, now = self._known(), self.clock.now()
        asked, until = known.get(f"asked {service}", 0.0), known.get(f"until {service}", 0.0)
        if now < asked - 1 or until - now > LONGEST_COOLING:
            return 0.0
        return max(0.0, until - now)

    async def _wait(self, service: str) -> None:
        if (cooling := self.cooling(service)) > WAITED_FOR:
            until = _utc(self.clock.now() + cooling)
            raise FetchError(
                f"{LABELS.get(service, self.host)} asked for patience until {local_time(until)}; "
                "everything else works, a sync after that asks again.",
                "rate limit",
                until,
            )
        spacing = SPACING.get(self.host, _USUAL_SPACING)
        pause = self._known().get("next", 0.0) - self.clock.now()
        await self._sleep(max(cooling, min(max(pause, 0.0), spacing)))

    async def _sleep(self, seconds: float) -> None:
        if seconds > 0:
            await self.clock.sleep(seconds)

    async def _locked(self) -> int:
        """The file, locked by us alone; waits for other programs."""
        self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(self.file.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            while True:
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    await asyncio.sleep(_POLL)
                else:
                    return descriptor
        except BaseException:
            os.close(descriptor)
            raise

    def _known(self) -> dict[str, float]:
        try:
            told: Any = json.loads(self.file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        known = told if isinstance(told, dict) else {}
        return {name: float(value) for name, value in known.items()
                if isinstance(value, int | float) and abs(value) < _FAR}  # fmt: skip

    def _keep(self, known: dict[str, float]) -> None:
        partial = self.file.with_suffix(f".{os.getpid()}")
        partial.write_text(json.dumps(known), "utf-8")
        partial.replace(self.file)


def turns_in(folder: Path, host: str, clock: Clock) -> Turns:
    """The turns at a host, whose file is in a folder."""
    name = host if host.replace("_", "").isalnum() else sha256(host.encode()).hexdigest()[:16]
    return Turns(host, folder / f"{name}.json", clock)


def _utc(moment: float) -> str:
    return dt.datetime.fromtimestamp(moment, dt.UTC).isoformat(timespec="seconds")


def local_time(moment: str) -> str:
    """A moment in UTC as the user's clock shows it."""
    return f"{dt.datetime.fromisoformat(moment).astimezone():%d %b %H:%M}"
