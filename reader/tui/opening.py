"""Opening links in the user's browser."""

import os
import shlex
import shutil
import subprocess
import sys
from urllib.parse import quote, urlsplit

_started: list["subprocess.Popen[bytes]"] = []
_OPENERS = ("open",) if sys.platform == "darwin" else ("xdg-open", "gio", "wslview")


def safe_url(url: str) -> bool:
    """Whether a link may be opened: http or https, a host, no user name, no blanks or controls."""
    if not url.isprintable() or any(char.isspace() for char in url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc


def title_search(title: str) -> str:
    """The page that looks for a title on arXiv, for papers without a link of their own."""
    return f"https://arxiv.org/search/?query={quote(title)}&searchtype=title"


def open_url(url: str, chosen: str = "") -> bool:
    """Start the browser on a link that `safe_url` accepted; false when there is none to start.

    The browser is a program of its own: no shell, nothing written to our terminal. `chosen` is a
    command with {url} where the link goes, before BROWSER and the system's own.
    """
    command = _filled(chosen, url) if chosen else _browser(url)
    if command is None or not safe_url(url):
        return False
    _started[:] = [one for one in _started if one.poll() is None]
    try:
        browser = subprocess.Popen(  # noqa: S603 - arguments without a shell; the link is checked
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    except OSError:
        return False
    _started.append(browser)
    return True


def _filled(command: str, url: str) -> list[str] | None:
    """A command of the user's with the link in its place."""
    try:
        words = [word.replace("{url}", url) for word in shlex.split(command)]
    except ValueError:
        return None
    return words if words and shutil.which(words[0]) else None


def _browser(url: str) -> list[str] | None:
    chosen = os.environ.get("BROWSER", "").split(os.pathsep)[0]
    if chosen:
        try:
            words = [word for word in shlex.split(chosen) if word != "%s"]
        except ValueError:
            return None
        return [*words, url] if words and shutil.which(words[0]) else None
    found = next((path for name in _OPENERS if (path := shutil.which(name))), None)
    if found is None:
        return None
    return [found, "open", url] if found.endswith("gio") else [found, url]
