"""The words of the texts with the papers that have them, so that a few stand for a prefix.

The full-text index must collect every match of a prefix before it can give the first. While one
types, the words that most papers have among those that begin so are looked for instead, which are
nearly all the matches from three letters on; the whole prefix is asked behind them. What is kept
here may lag behind the texts: the first rows may lack a paper then, the whole list never does.
Facts: https://sqlite.org/fts5.html#the_fts5vocab_virtual_table_module
"""

import sqlite3
import unicodedata

MOST = 24
"""Words that stand for a prefix."""

FROM = 5_000
"""Papers from which on words are kept: below, every prefix is quick."""

_GROWN = 1.1
_RARE = 2
"""What only one paper has stands for nothing that would take long."""


def due(connection: sqlite3.Connection) -> bool:
    """Whether the words are to be counted anew: many papers came since."""
    papers = connection.execute("SELECT n FROM counts WHERE what = 'all'").fetchone()[0]
    row = connection.execute("SELECT value FROM facts WHERE name = 'terms_of'").fetchone()
    return bool(papers >= FROM and papers > _GROWN * int(row[0] if row else 0))


def learn(connection: sqlite3.Connection) -> None:
    """Count the words anew, inside a transaction."""
    gather(connection)
    keep(connection)


def gather(connection: sqlite3.Connection) -> None:
    """Count the words, which may take seconds, beside the library: others write meanwhile."""
    connection.execute("DROP TABLE IF EXISTS temp.gathered")
    connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search, row)")
    try:
        connection.execute(
            "CREATE TEMP TABLE gathered AS SELECT term, doc FROM temp.words WHERE doc >= ?",
            (_RARE,),
        )
    finally:
        connection.execute("DROP TABLE temp.words")


def keep(connection: sqlite3.Connection) -> None:
    """Put the words that were gathered into the library, inside a transaction."""
    connection.execute("DELETE FROM terms")
    connection.execute("INSERT INTO terms SELECT term, doc FROM temp.gathered")
    connection.execute("DROP TABLE temp.gathered")
    connection.execute(
        "INSERT OR REPLACE INTO facts SELECT 'terms_of', n FROM counts WHERE what = 'all'"
    )


def beginning(connection: sqlite3.Connection, word: str) -> list[str]:
    """The words that most papers have among those that begin so; none when that is not known."""
    begin = _folded(word)
    if not begin.isalnum():
        return []
    rows = connection.execute(
        "SELECT term FROM terms WHERE term >= ? AND term < ? ORDER BY df DESC LIMIT ?",
        (begin, begin[:-1] + chr(ord(begin[-1]) + 1), MOST),
    )
    return [term for (term,) in rows]


def having(connection: sqlite3.Connection, word: str, *, prefix: bool) -> int:
    """About how many papers have a word, or one that begins so; 0 where that is not known."""
    begin = _folded(word)
    end = begin[:-1] + chr(ord(begin[-1]) + 1) if prefix else begin + "\0"
    found = connection.execute(
        "SELECT sum(df) FROM (SELECT df FROM terms WHERE term >= ? AND term < ? "
        "ORDER BY df DESC LIMIT ?)",
        (begin, end, MOST),
    )
    return int(found.fetchone()[0] or 0)


def _folded(word: str) -> str:
    """A word as the index keeps it: lower case, without diacritics."""
    parts = unicodedata.normalize("NFD", word.lower())
    return "".join(part for part in parts if not unicodedata.combining(part))
