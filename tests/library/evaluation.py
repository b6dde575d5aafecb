"""A plain evaluation of queries over whole papers, to compare SQL with: slow and simple."""

import datetime as dt
import re
import unicodedata

from reader.model.paper import Priority, Status
from reader.model.query import And, Field, Not, Or, Text
from reader.model.query.periods import interval
from reader.model.query.tree import Span

KEPT = (Status.LATER, Status.READING, Status.READ)


def plain(text):
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def tokens(text):
    return re.findall(r"[^\W_]+", plain(text))


def contains(text, words, *, prefix):
    have, want = tokens(text), tokens(words)
    for start in range(len(have) - len(want) + 1):
        run = have[start : start + len(want)]
        last = run[-1].startswith(want[-1]) if prefix else run[-1] == want[-1]
        if run[:-1] == want[:-1] and last:
            return True
    return False


class Evaluation:
    """Papers with what the library says of them, asked one by one."""

    def __init__(self, store, now, last_visit):
        self.store, self.now, self.last_visit = store, now, last_visit
        self.dups = {key for pair in store.possible_duplicates() for key in pair}

    def finds(self, tree, paper):
        mentions = "Word(text='trash'" in repr(tree)
        return (mentions or not paper.trashed) and self.holds(tree, paper)

    def holds(self, node, paper):
        match node:
            case And(parts=parts):
                return all(self.holds(part, paper) for part in parts)
            case Or(parts=parts):
                return any(self.holds(part, paper) for part in parts)
            case Not(part=part):
                return not self.holds(part, paper)
            case Text(words=words, phrase=phrase):
                return self.says(words, phrase, paper)
            case Field(name="no", values=values):
                return any(not self.has(value.text, paper) for value in values)
            case Field(name=name, values=values):
                return any(getattr(self, f"in_{name}")(value, paper) for value in values)

    def says(self, words, phrase, paper):
        texts = [paper.row.title, paper.abstract, *[" ".join(paper.categories)]]
        authors = "\n".join(f"{one.family} {one.given}" for one in paper.authors)
        if any(contains(text, words, prefix=not phrase) for text in [*texts, authors]):
            return True
        if any(contains(tag, words, prefix=not phrase) for tag in paper.row.tags):
            return True
        return words == paper.row.citekey or words in [one.value for one in paper.identifiers]

    def in_title(self, value, paper):
        return contains(paper.row.title, value.text, prefix=not value.quoted)

    def in_abstract(self, value, paper):
        return contains(paper.abstract, value.text, prefix=not value.quoted)

    def in_text(self, value, paper):
        return self.in_title(value, paper) or self.in_abstract(value, paper)

    def in_author(self, value, paper):
        names = "\n".join(f"{one.family} {one.given}" for one in paper.authors)
        return contains(names, value.text, prefix=not value.quoted)

    def in_tag(self, value, paper):
        name = value.text
        if value.exact:
            return name in paper.row.tags
        if name.endswith("/"):
            return any(tag.startswith(name) for tag in paper.row.tags)
        return any(tag == name or tag.startswith(f"{name}/") for tag in paper.row.tags)

    def in_cat(self, value, paper):
        wanted = value.text.lower()
        for category in map(str.lower, paper.categories):
            if wanted == category or category.startswith(f"{wanted}."):
                return True
            if category.endswith(f".{wanted}"):
                return True
        return False

    def in_is(self, value, paper):
        row = paper.row
        return {
            "unread": row.status is Status.UNREAD, "inbox": row.status is Status.UNREAD,
            "later": row.status is Status.LATER, "reading": row.status is Status.READING,
            "read": row.status is Status.READ, "skipped": row.status is Status.SKIPPED,
            "starred": row.starred, "seen": row.seen, "tagged": bool(row.tags),
            "trash": bool(paper.trashed), "new": paper.added > self.last_visit,
            "library": bool(row.starred or row.tags or row.priority or row.status in KEPT),
            "dup": row.citekey in self.dups,
        }[value.text]  # fmt: skip

    def has(self, what, paper):
        return {
            "doi": any(one.scheme == "doi" for one in paper.identifiers),
            "arxiv": any(one.scheme == "arxiv" for one in paper.identifiers),
            "abstract": bool(paper.abstract), "tags": bool(paper.row.tags),
            "authors": bool(paper.authors), "venue": bool(paper.venue),
            "comments": paper.counters.get("comments", 0) > 0,
            "date": bool(paper.row.published.text), "pdf": False, "notes": False,
        }[what]  # fmt: skip

    def in_has(self, value, paper):
        return self.has(value.text, paper)

    def in_prio(self, value, paper):
        return paper.row.priority == Priority[value.text.upper()]

    def in_key(self, value, paper):
        return paper.row.citekey.lower().startswith(value.text.lower())

    def in_source(self, value, paper):
        names = [name.lower() for one in paper.sources for name in (one.source, one.origin)]
        return any(name.startswith(value.text.lower()) for name in names)

    def in_venue(self, value, paper):
        return contains(paper.venue, value.text, prefix=not value.quoted)

    def in_id(self, value, paper):
        return any(one.value.startswith(value.text) for one in paper.identifiers)

    def number(self, value, number):
        if number is None:
            return False
        low, high = value.low or 0, value.high or 10**9
        return int(low) <= number <= int(high)

    def in_year(self, value, paper):
        return self.number(value, paper.row.published.year)

    def in_comments(self, value, paper):
        return self.number(value, paper.counters.get("comments", 0))

    def in_votes(self, value, paper):
        return self.number(value, paper.counters.get("upvotes"))

    def in_authors(self, value, paper):
        return self.number(value, paper.author_count)

    def within(self, value, moment):
        if moment is None:
            return False
        when = interval(value, self.now)
        return (when.start is None or moment >= when.start) and (
            when.end is None or moment < when.end
        )

    def in_date(self, value, paper):
        """A day counts from its first moment, but for the day on which a span begins."""
        if not paper.row.published.ordinal:
            return False
        day = dt.date.fromordinal(paper.row.published.ordinal)
        when = interval(value, self.now)
        midnight = dt.datetime.combine(day, dt.time(), tzinfo=self.now.tzinfo)
        return (when.start is None or day >= when.start.date()) and (
            when.end is None or midnight < when.end
        )

    def in_added(self, value, paper):
        return self.within(value, moment(paper.added))

    def in_decided(self, value, paper):
        return self.within(value, moment(paper.decided))

    def in_finished(self, value, paper):
        return paper.row.status is Status.READ and self.in_decided(value, paper)


def moment(text):
    return dt.datetime.fromisoformat(text) if text else None


def span(low, high=""):
    return Span(low, high)
