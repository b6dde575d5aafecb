"""The SQL of each migration, in the order in which they came; a released one is never changed."""

from reader.library.later_steps import LATER_SCRIPTS

_PAPERS = """
CREATE TABLE papers(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  place INTEGER NOT NULL UNIQUE,
  citekey TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  byline TEXT NOT NULL,
  author_count INTEGER,
  published TEXT NOT NULL,
  date_precision TEXT NOT NULL,
  category TEXT NOT NULL,
  comments INTEGER NOT NULL DEFAULT 0,
  status INTEGER NOT NULL DEFAULT 0 CHECK(status BETWEEN 0 AND 4),
  starred INTEGER NOT NULL DEFAULT 0 CHECK(starred IN (0, 1)),
  seen INTEGER NOT NULL DEFAULT 0 CHECK(seen IN (0, 1)),
  priority INTEGER NOT NULL DEFAULT 0 CHECK(priority BETWEEN 0 AND 3),
  title_key INTEGER,
  added TEXT NOT NULL
) STRICT;
CREATE INDEX papers_status ON papers(status, place);
CREATE INDEX papers_starred ON papers(place) WHERE starred = 1;
CREATE INDEX papers_title_key ON papers(title_key) WHERE title_key IS NOT NULL;
CREATE TABLE texts(
  paper INTEGER PRIMARY KEY REFERENCES papers(id),
  authors TEXT NOT NULL,
  abstract TEXT NOT NULL,
  categories TEXT NOT NULL,
  title_source TEXT,
  abstract_source TEXT,
  more TEXT
) STRICT;
CREATE TABLE identifiers(
  scheme TEXT NOT NULL,
  value TEXT NOT NULL,
  paper INTEGER NOT NULL REFERENCES papers(id),
  version INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY(scheme, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX identifiers_paper ON identifiers(paper);
CREATE TABLE sources(
  paper INTEGER NOT NULL REFERENCES papers(id),
  seq INTEGER NOT NULL,
  source TEXT NOT NULL,
  key TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  origin TEXT NOT NULL,
  fields TEXT NOT NULL,
  PRIMARY KEY(paper, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE possible_duplicates(
  paper INTEGER NOT NULL REFERENCES papers(id),
  other INTEGER NOT NULL REFERENCES papers(id),
  reason TEXT NOT NULL,
  PRIMARY KEY(paper, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX possible_duplicates_other ON possible_duplicates(other);
"""

_SEARCH = """
CREATE VIEW documents AS
  SELECT place, title, authors, abstract, categories
  FROM papers JOIN texts ON texts.paper = papers.id;
CREATE VIRTUAL TABLE search USING fts5(
  title, authors, abstract, categories,
  content='documents', content_rowid='place', tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER texts_inserted AFTER INSERT ON texts BEGIN
  INSERT INTO search(rowid, title, authors, abstract, categories)
    SELECT place, title, new.authors, new.abstract, new.categories
    FROM papers WHERE id = new.paper;
END;
CREATE TRIGGER texts_deleted BEFORE DELETE ON texts BEGIN
  INSERT INTO search(search, rowid, title, authors, abstract, categories)
    SELECT 'delete', place, title, old.authors, old.abstract, old.categories
    FROM papers WHERE id = old.paper;
END;
CREATE TRIGGER texts_updated AFTER UPDATE OF authors, abstract, categories ON texts BEGIN
  INSERT INTO search(search, rowid, title, authors, abstract, categories)
    SELECT 'delete', place, title, old.authors, old.abstract, old.categories
    FROM papers WHERE id = new.paper;
  INSERT INTO search(rowid, title, authors, abstract, categories)
    SELECT place, title, new.authors, new.abstract, new.categories
    FROM papers WHERE id = new.paper;
END;
CREATE TRIGGER papers_retitled AFTER UPDATE OF title, place ON papers
  WHEN old.title IS NOT new.title OR old.place IS NOT new.place BEGIN
  INSERT INTO search(search, rowid, title, authors, abstract, categories)
    SELECT 'delete', old.place, old.title, authors, abstract, categories
    FROM texts WHERE paper = new.id;
  INSERT INTO search(rowid, title, authors, abstract, categories)
    SELECT new.place, new.title, authors, abstract, categories
    FROM texts WHERE paper = new.id;
END;
"""

_TAGS = """
CREATE TABLE tags(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  colour TEXT NOT NULL DEFAULT '',
  pinned INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE paper_tags(
  tag INTEGER NOT NULL REFERENCES tags(id),
  paper INTEGER NOT NULL REFERENCES papers(id),
  PRIMARY KEY(tag, paper)
) STRICT, WITHOUT ROWID;
CREATE INDEX paper_tags_paper ON paper_tags(paper);
CREATE TABLE views(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  query TEXT NOT NULL,
  sort TEXT NOT NULL DEFAULT '',
  grouping TEXT NOT NULL DEFAULT '',
  position INTEGER NOT NULL
) STRICT;
"""

# An image is the other side of a change: what stood there before it while it is done, what stood
# there after it while it is undone. NULL means that the row was not there.
_JOURNAL = """
CREATE TABLE changes(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  verb TEXT NOT NULL,
  summary TEXT NOT NULL,
  papers INTEGER NOT NULL DEFAULT 0,
  state INTEGER NOT NULL DEFAULT 0,
  reverts INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX changes_state ON changes(state, id);
CREATE TABLE change_rows(
  change INTEGER NOT NULL REFERENCES changes(id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  entity TEXT NOT NULL,
  key TEXT NOT NULL,
  image TEXT,
  PRIMARY KEY(change, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_rows_key ON change_rows(entity, key, change);
"""

# Counts are kept by triggers, so they are right whatever path changed a paper.
_COUNTS = """
CREATE TABLE counts(what TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO counts
  VALUES ('all', 0), ('status 0', 0), ('status 1', 0), ('status 2', 0), ('status 3', 0),
         ('status 4', 0), ('starred', 0);
CREATE TRIGGER papers_counted AFTER INSERT ON papers BEGIN
  UPDATE counts SET n = n + 1 WHERE what IN ('all', 'status ' || new.status);
  UPDATE counts SET n = n + new.starred WHERE what = 'starred';
END;
CREATE TRIGGER papers_uncounted AFTER DELETE ON papers BEGIN
  UPDATE counts SET n = n - 1 WHERE what IN ('all', 'status ' || old.status);
  UPDATE counts SET n = n - old.starred WHERE what = 'starred';
END;
CREATE TRIGGER papers_recounted AFTER UPDATE OF status, starred ON papers BEGIN
  UPDATE counts SET n = n - 1 WHERE what = 'status ' || old.status;
  UPDATE counts SET n = n + 1 WHERE what = 'status ' || new.status;
  UPDATE counts SET n = n + new.starred - old.starred WHERE what = 'starred';
END;
CREATE TABLE tag_counts(tag INTEGER PRIMARY KEY, n INTEGER NOT NULL) STRICT;
CREATE TRIGGER paper_tags_counted AFTER INSERT ON paper_tags BEGIN
  INSERT INTO tag_counts VALUES (new.tag, 1) ON CONFLICT(tag) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER paper_tags_uncounted AFTER DELETE ON paper_tags BEGIN
  UPDATE tag_counts SET n = n - 1 WHERE tag = old.tag;
  DELETE FROM tag_counts WHERE tag = old.tag AND n = 0;
END;
"""

# Papers in the trash count for nothing but the trash, and so do their tags.
_TRASH = """
ALTER TABLE papers ADD COLUMN trashed TEXT;
ALTER TABLE papers ADD COLUMN decided TEXT NOT NULL DEFAULT '';
CREATE INDEX papers_trashed ON papers(place) WHERE trashed IS NOT NULL;
DELETE FROM counts;
INSERT INTO counts
  SELECT 'all', count(*) FROM papers UNION ALL SELECT 'trash', 0
  UNION ALL SELECT 'starred', count(*) FROM papers WHERE starred = 1
  UNION ALL SELECT 'status ' || column1, (SELECT count(*) FROM papers WHERE status = column1)
    FROM (VALUES (0), (1), (2), (3), (4));
DELETE FROM tag_counts;
INSERT INTO tag_counts SELECT tag, count(*) FROM paper_tags GROUP BY tag;
DROP TRIGGER papers_counted;
DROP TRIGGER papers_uncounted;
DROP TRIGGER papers_recounted;
CREATE TRIGGER papers_counted AFTER INSERT ON papers BEGIN
  UPDATE counts SET n = n + 1 WHERE what IN (
    iif(new.trashed IS NULL, 'all', 'trash'),
    iif(new.trashed IS NULL, 'status ' || new.status, NULL),
    iif(new.trashed IS NULL AND new.starred = 1, 'starred', NULL));
END;
CREATE TRIGGER papers_uncounted AFTER DELETE ON papers BEGIN
  UPDATE counts SET n = n - 1 WHERE what IN (
    iif(old.trashed IS NULL, 'all', 'trash'),
    iif(old.trashed IS NULL, 'status ' || old.status, NULL),
    iif(old.trashed IS NULL AND old.starred = 1, 'starred', NULL));
END;
CREATE TRIGGER papers_recounted AFTER UPDATE OF status, starred, trashed ON papers BEGIN
  UPDATE counts SET n = n - 1 WHERE what IN (
    iif(old.trashed IS NULL, 'all', 'trash'),
    iif(old.trashed IS NULL, 'status ' || old.status, NULL),
    iif(old.trashed IS NULL AND old.starred = 1, 'starred', NULL));
  UPDATE counts SET n = n + 1 WHERE what IN (
    iif(new.trashed IS NULL, 'all', 'trash'),
    iif(new.trashed IS NULL, 'status ' || new.status, NULL),
    iif(new.trashed IS NULL AND new.starred = 1, 'starred', NULL));
END;
DROP TRIGGER paper_tags_counted;
DROP TRIGGER paper_tags_uncounted;
CREATE TRIGGER paper_tags_counted AFTER INSERT ON paper_tags
  WHEN (SELECT trashed FROM papers WHERE id = new.paper) IS NULL BEGIN
  INSERT INTO tag_counts VALUES (new.tag, 1) ON CONFLICT(tag) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER paper_tags_uncounted AFTER DELETE ON paper_tags
  WHEN (SELECT trashed FROM papers WHERE id = old.paper) IS NULL BEGIN
  UPDATE tag_counts SET n = n - 1 WHERE tag = old.tag;
  DELETE FROM tag_counts WHERE tag = old.tag AND n = 0;
END;
CREATE TRIGGER papers_tags_recounted AFTER UPDATE OF trashed ON papers
  WHEN (old.trashed IS NULL) <> (new.trashed IS NULL) BEGIN
  INSERT INTO tag_counts SELECT tag, 0 FROM paper_tags WHERE paper = new.id
    ON CONFLICT(tag) DO NOTHING;
  UPDATE tag_counts SET n = n + iif(new.trashed IS NULL, 1, -1)
    WHERE tag IN (SELECT tag FROM paper_tags WHERE paper = new.id);
  DELETE FROM tag_counts WHERE n = 0;
END;
DROP TABLE views;
CREATE TABLE views(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  query TEXT NOT NULL,
  position INTEGER NOT NULL
) STRICT;
CREATE TABLE facts(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""

# Nearly every query leaves the trash out: of indexes without it, counts need no rows.
_LIVE = """
DROP INDEX papers_status;
DROP INDEX papers_starred;
CREATE INDEX papers_live ON papers(place) WHERE trashed IS NULL;
CREATE INDEX papers_live_status ON papers(status, place) WHERE trashed IS NULL;
CREATE INDEX papers_live_added ON papers(status, added) WHERE trashed IS NULL;
CREATE INDEX papers_live_starred ON papers(starred, place)
  WHERE starred = 1 AND trashed IS NULL;
"""

_TERMS = """
CREATE TABLE terms(term TEXT PRIMARY KEY, df INTEGER NOT NULL) STRICT, WITHOUT ROWID;
"""

# The index writes what it has to the disk whenever a row comes that is not behind the last one, so
# an import puts its papers there together and in order. `unindexed` has the first of them until
# then, within one transaction: nobody ever sees a row in it.
_TOGETHER = """
CREATE TABLE unindexed(paper INTEGER PRIMARY KEY) STRICT;
DROP TRIGGER IF EXISTS texts_inserted;
DROP TRIGGER IF EXISTS texts_deleted;
DROP TRIGGER IF EXISTS texts_updated;
DROP TRIGGER IF EXISTS papers_retitled;
CREATE TRIGGER texts_inserted AFTER INSERT ON texts
  WHEN NOT EXISTS (SELECT 1 FROM unindexed WHERE paper <= new.paper) BEGIN
  INSERT INTO search(rowid, title, authors, abstract, categories)
    SELECT place, title, new.authors, new.abstract, new.categories
    FROM papers WHERE id = new.paper;
END;
CREATE TRIGGER texts_deleted BEFORE DELETE ON texts
  WHEN NOT EXISTS (SELECT 1 FROM unindexed WHERE paper <= old.paper) BEGIN
  INSERT INTO search(search, rowid, title, authors, abstract, categories)
    SELECT 'delete', place, title, old.authors, old.abstract, old.categories
    FROM papers WHERE id = old.paper;
END;
CREATE TRIGGER texts_updated AFTER UPDATE OF authors, abstract, categories ON texts
  WHEN NOT EXISTS (SELECT 1 FROM unindexed WHERE paper <= new.paper) BEGIN
  INSERT INTO search(search, rowid, title, authors, abstract, categories)
    SELECT 'delete', place, title, old.authors, old.abstract, old.categories
    FROM papers WHERE id = new.paper;
  INSERT INTO search(rowid, title, authors, abstract, categories)
    SELECT place, title, new.authors, new.abstract, new.categories
    FROM papers WHERE id = new.paper;
END;
CREATE TRIGGER papers_retitled AFTER UPDATE OF title, place ON papers
  WHEN (old.title IS NOT new.title OR old.place IS NOT new.place)
    AND NOT EXISTS (SELECT 1 FROM unindexed WHERE paper <= new.id) BEGIN
  INSERT INTO search(search, rowid, title, authors, abstract, categories)
    SELECT 'delete', old.place, old.title, authors, abstract, categories
    FROM texts WHERE paper = new.id;
  INSERT INTO search(rowid, title, authors, abstract, categories)
    SELECT new.place, new.title, authors, abstract, categories
    FROM texts WHERE paper = new.id;
END;
"""

SCRIPTS = {
    "papers": _PAPERS,
    "search_index": _SEARCH,
    "tags": _TAGS,
    "journal": _JOURNAL,
    "counts": _COUNTS,
    "trash_and_views": _TRASH,
    "live_indexes": _LIVE,
    "terms": _TERMS,
    "indexed_together": _TOGETHER,
    **LATER_SCRIPTS,
}
"""The statements of each migration, by its name."""
