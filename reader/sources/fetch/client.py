"""The one HTTP client: polite, patient up to a point, and suspicious of every answer."""

import asyncio
import os
import random
import ssl
from collections.abc import Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import field
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit, urlunsplit

import httpx2

from reader import __version__
from reader.errors import FetchError
from reader.frozen import frozen
from reader.sources.fetch.addresses import (
    MOST_REDIRECTS,
    origin_of,
    public_addresses,
    redirected,
    shown,
)
from reader.sources.fetch.asking import WEB, Answer, Ask
from reader.sources.fetch.cache import Cache, Kept
from reader.sources.fetch.patience import WAITED_FOR, Clock, Turns, host_of, turns_in
from reader.sources.fetch.receiving import Receiving, check_kind
from reader.sources.fetch.retrying import Again, after_status, retry_seconds, told_status

TRIES = 3
_CONNECT = 10.0
_ACCEPT = {"json": "application/json", "xml": "application/xml, text/xml, application/atom+xml, "
           "application/rss+xml;q=0.9, */*;q=0.5"}  # fmt: skip
_REDIRECTS = (301, 302, 303, 307, 308)
_NOT_MODIFIED, _OK = 304, 200


@frozen
class Setup:
    """Where to ask, and how.

    Attributes:
        services: The base address of each service.
        state, cache: Folders for what is known of hosts, and for answers.
        contact: What the services are told of the user, empty for nothing.
        timeout: Seconds until an answer must be whole.
        keys: Keys of the user's by service; each is sent to the host of its service only.
    """

    services: Mapping[str, str]
    state: Path
    cache: Path
    contact: str = ""
    timeout: float = 30.0
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    clock: Clock = field(default_factory=Clock)


class Client:
    """Asks services; an asynchronous context."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._cache = Cache(setup.cache)
        self._turns: dict[str, Turns] = {}
        self._stack = AsyncExitStack()
        self._http: httpx2.AsyncClient | None = None

    async def __aenter__(self) -> Self:
        """Open nothing yet: connections are made when something is asked."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close all connections."""
        await self._stack.aclose()
        self._cache.tidy()

    async def _client(self) -> httpx2.AsyncClient:
        if self._http is None:
            context = await asyncio.to_thread(ssl.create_default_context)
            self._http = await self._stack.enter_async_context(httpx2.AsyncClient(
                verify=context, follow_redirects=False, headers={"user-agent": self._name()},
                timeout=httpx2.Timeout(None, connect=_CONNECT),
                limits=httpx2.Limits(max_connections=8, max_keepalive_connections=4),
            ))  # fmt: skip
        return self._http

    def _name(self) -> str:
        contact = f"; mailto:{self._setup.contact}" if "@" in self._setup.contact else (
            f"; {self._setup.contact}" if self._setup.contact else "")  # fmt: skip
        return f"paper-reader-tui/{__version__} (a personal library of papers{contact})"

    def address_of(self, ask: Ask) -> str:
        """The whole address of a question."""
        if ask.service == WEB:
            return ask.target
        return self._setup.services[ask.service].rstrip("/") + ask.target

    def turns(self, ask: Ask) -> Turns:
        """Whose turn it is at the host of a question."""
        address = self.address_of(ask)
        host = host_of(ask.service, urlsplit(address).netloc)
        if host not in self._turns:
            self._turns[host] = turns_in(self._setup.state, host, self._setup.clock)
        return self._turns[host]

    async def fetch(self, ask: Ask) -> Answer:
        """Ask, again where that may help, and give the whole answer.

        Raises:
            FetchError: There is no answer that can be used; the message says why.
        """
        address, turns = self.address_of(ask), self.turns(ask)
        origin_of(address)
        tried = 0
        while True:
            try:
                async with turns.turn(ask.service):
                    return await self._exchange(ask, address)
            except Again as again:
                tried += 1
                pause = again.seconds(tried - 1, random.uniform(0.8, 1.2))  # noqa: S311 - jitter
                until = turns.cool(ask.service, pause) if again.cools else ""
                if tried == TRIES or pause > WAITED_FOR:
                    raise again.failed(until) from again
            await self._setup.clock.sleep(pause)

    # -- one exchange ----------------------------------------------------------------------

    async def _exchange(self, ask: Ask, address: str) -> Answer:
        seconds = self._setup.timeout * ask.patience
        try:
            async with asyncio.timeout(seconds):
                return await self._follow(ask, address)
        except TimeoutError as error:
            message = f"{shown(address)} had not answered as a whole after {seconds:.0f} seconds"
            raise Again(f"{message}; everything else works.", "timeout", None) from error
        except httpx2.HTTPError as error:
            raise _explained(address, error) from error

    async def _follow(self, ask: Ask, address: str) -> Answer:
        """Ask, and go where a redirect leads, a few times."""
        kept = self._cache.find(address)
        home = origin_of(address)
        there = address
        for _ in range(MOST_REDIRECTS + 1):
            trusted = origin_of(there) == home
            request = await self._request(ask, there, kept, trusted=trusted)
            client = await self._client()
            response = await client.send(request, stream=True)
            try:
                if response.status_code in _REDIRECTS and "location" in response.headers:
                    there = redirected(there, response.headers["location"])
                    continue
                return await self._take(ask, address, response, kept)
            finally:
                with suppress(httpx2.HTTPError):
                    await response.aclose()
        raise FetchError(
            f"{shown(address)} leads from one address to the next without end. Nothing was taken "
            "from it.", "redirect")  # fmt: skip

    async def _request(
        self, ask: Ask, address: str, kept: Kept | None, *, trusted: bool
    ) -> httpx2.Request:
        """A request; to another origin than was asked, without keys and to public addresses."""
        client = await self._client()
        headers = {"accept": _ACCEPT.get(ask.expects, "*/*"), "accept-encoding": "gzip"}
        headers |= kept.conditions() if kept else {}
        if trusted:
            headers |= self._key_headers(ask)
            return client.build_request("GET", address, headers=headers)
        addresses = await public_addresses(origin_of(address))
        return _pinned(client, address, addresses[0], headers)

    def _key_headers(self, ask: Ask) -> dict[str, str]:
        key = self._setup.keys.get(ask.service, "")
        if not key or ask.service == WEB:
            return {}
        if ask.service == "semantic_scholar":
            return {"x-api-key": key}
        return {"authorization": f"Bearer {key}"}

    async def _take(
        self, ask: Ask, address: str, response: httpx2.Response, kept: Kept | None
    ) -> Answer:
        status = response.status_code
        if status == _NOT_MODIFIED and kept is not None:
            return Answer(kept.body, shown(address))
        if status != _OK:
            retry = response.headers.get("retry-after", "")
            now = self._setup.clock.now()
            raise after_status(address, status, retry_seconds(retry, now), told_status(status))
        return await self._receive(ask, address, response)

    async def _receive(self, ask: Ask, address: str, response: httpx2.Response) -> Answer:
        handle, spooled = self._cache.spool()
        media_type = response.headers.get("content-type", "").lower()
        try:
            try:
                packing = response.headers.get("content-encoding", "")
                receiving = Receiving(address, packing, handle)
                await receiving.take(response.aiter_raw())
            finally:
                os.close(handle)
            check_kind(address, spooled, media_type, ask.expects)
            body = self._cache.keep(address, spooled, dict(response.headers))
        except BaseException:
            spooled.unlink(missing_ok=True)
            raise
        return Answer(body, shown(address))


def _pinned(
    client: httpx2.AsyncClient, address: str, place: str, headers: dict[str, str]
) -> httpx2.Request:
    """A request to one address of a host, which has been looked at: no second look-up decides."""
    scheme, host, port = origin_of(address)
    parts = urlsplit(address)
    bracketed = f"[{place}]" if ":" in place else place
    there = urlunsplit((scheme, f"{bracketed}:{port}", parts.path, parts.query, ""))
    named = {**headers, "host": parts.netloc}
    return client.build_request("GET", there, headers=named, extensions={"sni_hostname": host})


def _explained(address: str, error: httpx2.HTTPError) -> FetchError:
    """What went wrong on the way, in words; what may go better the next time is tried again."""
    place = f"{origin_of(address)[1]}:{origin_of(address)[2]}"
    reason = str(error).lower()
    if isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout):
        if any(word in reason for word in ("name or service", "getaddrinfo", "nodename",
                                           "name resolution", "no address")):  # fmt: skip
            return FetchError(f"{place} is not known (no network?); everything else works.", "dns")
        if "certificate" in reason or "ssl" in reason or "tls" in reason:
            return FetchError(f"{place}: its certificate is not to be trusted ({error}). Nothing "
                              "was taken from it.", "tls")  # fmt: skip
        code = "timeout" if isinstance(error, httpx2.ConnectTimeout) else "refused"
        return Again(f"{place} cannot be reached ({code}); everything else works.", code, None)
    if isinstance(error, httpx2.ProxyError):
        return FetchError(f"the proxy refused: {error}; everything else works.", "proxy")
    if isinstance(error, httpx2.UnsupportedProtocol | httpx2.InvalidURL):
        return FetchError(f"{shown(address)}: {error}. Nothing was taken from it.", "address")
    return Again(f"{shown(address)} broke off in the middle of its answer. Nothing was taken from "
                 "it; a sync later asks again.", "truncated", None)  # fmt: skip
