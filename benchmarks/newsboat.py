"""The program newsboat on a feed of 10,000 items, where it is installed.

https://newsboat.org
"""

import shutil
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.papers import papers

ITEMS = 10_000


@dataclass(frozen=True, slots=True)
class Feed:
    """newsboat with its feed.

    Attributes:
        wanted: What it has painted when it is ready.
        before: The key that opens the feed.
    """

    command: tuple[str, ...]
    wanted: bytes = b"Quit"
    before: str = "\r"


def prepare(folder: Path) -> Feed | None:
    """Write the feed and let newsboat read it; None where it is not installed."""
    found = shutil.which("newsboat")
    if found is None:
        return None
    rss, urls, cache = folder / "feed.xml", folder / "urls", folder / "newsboat.db"
    if not rss.exists():
        items = "".join(
            f"<item><title>{escape(str(one['title']))}</title><guid>{one['id']}</guid>"
            f"<link>https://arxiv.org/abs/{one['id']}</link>"
            f"<description>{escape(str(one['abstract']))}</description></item>"
            for one in papers(ITEMS)
        )
        rss.write_text(f'<rss version="2.0"><channel><title>papers</title>{items}</channel></rss>')
        urls.write_text(f"file://{rss}\n")
        (folder / "config").write_text("auto-reload no\nmax-items 0\n")
    command = (found, "-C", str(folder / "config"), "-u", str(urls), "-c", str(cache))
    if not cache.exists():
        import subprocess  # noqa: PLC0415 - where newsboat is

        subprocess.run([*command, "-x", "reload"], check=True, capture_output=True)
    return Feed(command)
