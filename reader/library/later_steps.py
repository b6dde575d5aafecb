"""The SQL of the migrations since there are feeds, which `steps` puts behind the others."""

# What a feed told last (`cursor`) is part of a change, so that a sync that is undone can be made
# again; how it fared is not.
_FEEDS = """
CREATE TABLE feeds(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  spec TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  paused INTEGER NOT NULL DEFAULT 0 CHECK(paused IN (0, 1)),
  cursor TEXT NOT NULL DEFAULT '',
  added TEXT NOT NULL
) STRICT;
CREATE TABLE feed_health(
  feed INTEGER PRIMARY KEY,
  tried TEXT NOT NULL DEFAULT '',
  succeeded TEXT NOT NULL DEFAULT '',
  error TEXT NOT NULL DEFAULT '',
  retry_at TEXT NOT NULL DEFAULT '',
  warning TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE feed_days(
  feed INTEGER NOT NULL,
  day TEXT NOT NULL,
  items INTEGER NOT NULL,
  PRIMARY KEY(feed, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE versions(
  paper INTEGER NOT NULL REFERENCES papers(id),
  version INTEGER NOT NULL,
  seen_at TEXT NOT NULL,
  fields TEXT NOT NULL,
  PRIMARY KEY(paper, version)
) STRICT, WITHOUT ROWID;
ALTER TABLE papers ADD COLUMN revised INTEGER NOT NULL DEFAULT 0 CHECK(revised IN (0, 1));
CREATE INDEX papers_revised ON papers(place) WHERE revised = 1 AND trashed IS NULL;
"""

# What was done in another library, as its export tells; and by what a file's word on the user's
# work is known again, so that repeating an import does not undo what was decided since.
_PAST = """
ALTER TABLE sources ADD COLUMN told TEXT NOT NULL DEFAULT '';
CREATE TABLE past(
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  verb TEXT NOT NULL,
  summary TEXT NOT NULL,
  papers INTEGER NOT NULL,
  PRIMARY KEY(at, actor, verb, summary, papers)
) STRICT, WITHOUT ROWID;
"""

# Abstracts are packed: they are most of a library. Those of a very large one stay as they are until
# they are written again, since packing them all would take minutes.
_PACKED = """
ALTER TABLE texts ADD COLUMN packed BLOB;
DROP VIEW documents;
DROP TRIGGER texts_inserted;
DROP TRIGGER texts_deleted;
DROP TRIGGER texts_updated;
DROP TRIGGER papers_retitled;
UPDATE texts
  SET packed = pack(abstract, ifnull(abstract_source, '')), abstract = '', abstract_source = NULL
  WHERE length(abstract) + length(ifnull(abstract_source, '')) >= 200
    AND (SELECT max(paper) FROM texts) <= 100000;
CREATE VIEW documents AS
  SELECT place, title, authors, unpacked(abstract, packed) AS abstract, categories
  FROM papers JOIN texts ON texts.paper = papers.id;
CREATE TRIGGER texts_inserted AFTER INSERT ON texts
  WHEN NOT EXISTS (SELECT 1 FROM unindexed WHERE paper <= new.paper) BEGIN
  INSERT INTO search(rowid, title, authors, abstract, categories)
    SELECT place, title, new.authors, unpacked(new.abstract, new.packed), new.categories
    FROM papers WHERE id = new.paper;
END;
CREATE TRIGGER texts_deleted BEFORE DELETE ON texts
  WHEN NOT EXISTS (SELECT 1 FROM unindexed WHERE paper <= old.paper) BEGIN
  INSERT INTO search(search, rowid, title, authors, abstract, categories)
    SELECT 'delete', place, title, old.authors, unpacked(old.abstract, old.packed), old.categories
    FROM papers WHERE id = old.paper;
END;
CREATE TRIGGER texts_updated AFTER UPDATE OF authors, abstract, packed, categories ON texts
  WHEN NOT EXISTS (SELECT 1 FROM unindexed WHERE paper <= new.paper) BEGIN
  INSERT INTO search(search, rowid, title, authors, abstract, categories)
    SELECT 'delete', place, title, old.authors, unpacked(old.abstract, old.packed), old.categories
    FROM papers WHERE id = new.paper;
  INSERT INTO search(rowid, title, authors, abstract, categories)
    SELECT place, title, new.authors, unpacked(new.abstract, new.packed), new.categories
    FROM papers WHERE id = new.paper;
END;
CREATE TRIGGER papers_retitled AFTER UPDATE OF title, place ON papers
  WHEN (old.title IS NOT new.title OR old.place IS NOT new.place)
    AND NOT EXISTS (SELECT 1 FROM unindexed WHERE paper <= new.id) BEGIN
  INSERT INTO search(search, rowid, title, authors, abstract, categories)
    SELECT 'delete', old.place, old.title, authors, unpacked(abstract, packed), categories
    FROM texts WHERE paper = new.id;
  INSERT INTO search(rowid, title, authors, abstract, categories)
    SELECT new.place, new.title, authors, unpacked(abstract, packed), categories
    FROM texts WHERE paper = new.id;
END;
"""

# Titles too short for a key are looked up as they are.
_SHORT_TITLES = """
CREATE INDEX papers_short_title ON papers(title) WHERE title_key IS NULL;
"""

LATER_SCRIPTS = {
    "feeds": _FEEDS,
    "past": _PAST,
    "packed": _PACKED,
    "short_titles": _SHORT_TITLES,
}
"""The statements of each migration, by its name."""
