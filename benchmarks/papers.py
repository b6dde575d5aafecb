"""Made-up papers in the shape of the arXiv snapshot, the same for the same number."""

import datetime as dt
import json
import random
from collections.abc import Iterator
from pathlib import Path

from reader.resources import seeds

_FIRST_DAY = dt.date(2007, 4, 1)
_DAYS = 7_000


def write_snapshot(path: Path, count: int) -> Path:
    """A snapshot of `count` papers."""
    with path.open("w", encoding="utf-8") as file:
        for paper in papers(count):
            file.write(json.dumps(paper) + "\n")
    return path


def papers(count: int) -> Iterator[dict[str, object]]:
    """Papers recombined from the words of the bundled listings."""
    rng = random.Random(count)
    text = (seeds() / "huggingface-daily-papers.txt").read_text("utf-8")
    words = [word for word in text.split() if word.isascii() and word.isprintable()]
    for number in range(count):
        day = _FIRST_DAY + dt.timedelta(days=number * _DAYS // count)
        yield _paper(rng, words, number, day)


def _paper(rng: random.Random, words: list[str], number: int, day: dt.date) -> dict[str, object]:
    start = rng.randrange(len(words) - 400)
    formula = f" with rate $O(n^{{{number % 9}}})$" if number % 3 == 0 else ""
    abstract = words[start : start + rng.randint(120, 220)]
    rng.shuffle(abstract)
    return {
        "id": f"{15 + number // 1_080_000:02}{1 + number // 90_000 % 12:02}.{number % 90_000:05}",
        "title": " ".join(rng.choices(words, k=rng.randint(5, 13))),
        "abstract": " ".join(abstract) + formula,
        "authors": ", ".join(_name(rng) for _ in range(rng.randint(1, 6))),
        "categories": rng.choice(["cs.LG stat.ML", "hep-th", "math.CO", "cs.CV", "astro-ph.GA"]),
        "versions": [{"version": "v1", "created": day.strftime("%a, %d %b %Y 00:00:00 GMT")}],
    }


def _name(rng: random.Random) -> str:
    return f"{rng.choice('ABCDEFG')}. Family{rng.randrange(5_000)}"
