"""Which addresses may be asked: those that the user named, and public ones."""

import asyncio
import ipaddress
import socket
from urllib.parse import SplitResult, urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

from reader.errors import FetchError

MOST_REDIRECTS = 5
_PORTS = {"http": 80, "https": 443}

Origin = tuple[str, str, int]
"""Scheme, host and port."""


def origin_of(address: str) -> Origin:
    """The origin of an address.

    Raises:
        FetchError: It is none that can be asked.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise _refused(address, "not an address") from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise _refused(address, f"{parts.scheme or 'no scheme'}: only http and https are asked")
    return parts.scheme, parts.hostname.lower(), port or _PORTS[parts.scheme]


def shown(address: str) -> str:
    """An address without what may be secret in it: no user, no query."""
    try:
        parts: SplitResult = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "an address that cannot be read"
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path}"[:200]


def redirected(address: str, location: str) -> str:
    """Where a redirect leads.

    Raises:
        FetchError: To something that is never asked.
    """
    try:
        there = urljoin(address, location.strip())
    except ValueError as error:
        raise _refused(location, "a redirect to no address") from error
    if not there.lower().startswith(("http://", "https://")):
        raise _refused(there, "a redirect to what is no page of the web")
    scheme, _, _ = origin_of(there)
    if urlsplit(there).username is not None:
        raise _refused(there, "a redirect with a user's name in it")
    if address.startswith("https:") and scheme == "http":
        raise _refused(there, "a redirect from https to http")
    return there


async def public_addresses(origin: Origin) -> list[str]:
    """The addresses of a host, all of which are public.

    Raises:
        FetchError: It has none, or one that is not of the public internet.
    """
    _, host, port = origin
    if _proxied(origin):
        return _as_named(origin)
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"{host} is not known (no network?); everything else works.",
                         "dns") from error  # fmt: skip
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    if not addresses or not all(map(_public, addresses)):
        named = f"[{host}]" if ":" in host else host
        raise _refused(f"{origin[0]}://{named}", "a redirect into this machine or its network")
    return sorted(addresses, key=lambda one: ":" in one)


def _proxied(origin: Origin) -> bool:
    """Whether a proxy asks for us: it looks hosts up, where we perhaps cannot."""
    proxies = getproxies()
    named = proxies.get(origin[0]) or proxies.get("all")
    return bool(named) and not proxy_bypass(origin[1])


def _as_named(origin: Origin) -> list[str]:
    """A host by its name; one that is named by an address must be public all the same.

    Raises:
        FetchError: It is an address of this machine or its network.
    """
    literal = origin[1].replace(".", "").isdigit() or ":" in origin[1]
    if (literal and not _public(origin[1])) or origin[1] == "localhost":
        raise _refused(f"{origin[0]}://proxied", "a redirect into this machine or its network")
    return [origin[1]]


def _public(address: str) -> bool:
    try:
        return ipaddress.ip_address(address.partition("%")[0]).is_global
    except ValueError:
        return False


def _refused(address: str, why: str) -> FetchError:
    return FetchError(f"{shown(address)} was not asked: {why}. Nothing was taken from it.",
                      "redirect" if why.startswith("a redirect") else "address")  # fmt: skip
