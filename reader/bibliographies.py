"""Bibliographies as files: written when what belongs in them changed, checked, and their use."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from reader.errors import OutputFileError, RefusedError, UsageError
from reader.export import bibliography, bibtex
from reader.export.bibliography import Merged
from reader.files import check_no_part, is_library, replace_file
from reader.frozen import frozen
from reader.library.bibliographies import Bibliography
from reader.library.reading import ReadStore
from reader.library.store import Store
from reader.model.details import PREPRINT, details_of, kind_of
from reader.model.edition import as_published
from reader.model.identifiers import ARXIV, DOI
from reader.model.paper import Paper
from reader.paths import user_path

_LARGEST = 20_000_000
_MOST_FILES = 20_000


def begin(store: Store, name: str, query: str | None) -> tuple[Merged, Bibliography]:
    """Make a file the active bibliography and write it; `query` replaces the one it had.

    Raises:
        QueryError: The query has errors; nothing was kept.
        UsageError: The name cannot be that of a file.
        OutputFileError: The file cannot be written.
    """
    path = str(user_path(name).resolve())
    known = {one.path: one for one in store.bibliographies()}
    old = known.get(path, Bibliography(path))
    bib = replace(old, query=old.query if query is None else query.strip(), active=True)
    store.count(bib.meaning)
    merged = sync(store, bib)
    store.put_bibliography(replace(bib, written=merged.written))
    return merged, bib


def sync(store: Store, bib: Bibliography) -> Merged:
    """Bring a bibliography's file up to date; what changed in it.

    Raises:
        QueryError: Its query has errors.
        OutputFileError: The file cannot be read or written; it stands as it was.
        RefusedError: It belongs to the library, or is no text.
    """
    path = Path(bib.path)
    check_no_part(path, store.path)
    papers = store.papers(store.matching(bib.meaning))
    ours = {paper.row.citekey: bibtex.format_entry(paper) for paper in papers}
    text = _read(path)
    merged = bibliography.merge(text, ours, bib.written)
    if merged.text != text or not path.exists():
        try:
            replace_file(path, [merged.text], shared=True)
        except OSError as error:
            raise OutputFileError(path, error.strerror or str(error)) from error
    if merged.written != bib.written:
        store.put_bibliography(replace(bib, written=merged.written))
    return merged


def _read(path: Path) -> str:
    try:
        if path.exists() and path.stat().st_size > _LARGEST:
            raise RefusedError(f"{path} is larger than any bibliography; nothing was written.")
        if is_library(path):
            raise RefusedError(f"{path} is the library itself; nothing was written.")
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise RefusedError(
            f"{path} is not UTF-8; convert it first. Nothing was written."
        ) from error
    except OSError as error:
        raise OutputFileError(path, error.strerror or str(error)) from error


# -- checking ------------------------------------------------------------------------------------


@frozen
class Finding:
    """Something that is wrong with an entry: its citekey, and what in words."""

    key: str
    told: str


def check(store: ReadStore, bib: Bibliography) -> list[Finding]:
    """What is wrong with a bibliography's entries: fields that miss, keys that come twice,
    preprints that have appeared, papers that may be one.
    """  # noqa: D205 - one sentence
    papers = list(store.papers(store.matching(bib.meaning)))
    found = [Finding(paper.row.citekey, told) for paper in papers for told in _wrong(paper)]
    keys = Counter(one.key for one in bibliography.entries(_read(Path(bib.path))))
    found += [Finding(key, "two entries have this key") for key, times in keys.items() if times > 1]
    here = {paper.row.citekey for paper in papers}
    found += [Finding(ours, f"may be the same paper as {theirs}")
              for ours, theirs in store.possible_duplicates()
              if {ours, theirs} <= here]  # fmt: skip
    return found


def _wrong(paper: Paper) -> Iterator[str]:
    paper = as_published(paper)
    told = details_of(paper.sources)
    kind = kind_of(paper, told)
    schemes = {one.scheme for one in paper.identifiers}
    if not paper.authors and "editor" not in told.values:
        count = f" ({paper.author_count} of them)" if paper.author_count else ""
        yield f"no author names{count}"
    elif paper.author_count is None or paper.author_count > len(paper.authors):
        yield "more authors than are known: “et al.”"
    if not paper.row.published.year:
        yield "no year"
    if kind in ("article-journal", "paper-conference", "chapter") and not paper.venue:
        yield "no journal or book"
    if told.kind == PREPRINT and ARXIV in schemes and (paper.venue or DOI in schemes):
        yield f"a preprint that has appeared: {paper.venue or 'it has a DOI'}"


# -- use -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class Use:
    """Which entries a project uses.

    Attributes:
        places: Where each citekey is used: `file:line`.
        missing: Citekeys that are used and not in the file.
        unused: Entries that nothing uses.
    """

    places: dict[str, list[str]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)


def use(bib: Bibliography, folder: Path) -> Use:
    """Which entries of a bibliography the texts of a folder use.

    Raises:
        UsageError: There is no such folder.
    """
    folder = user_path(f"{folder}")
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder of texts.")
    found = Use()
    for path in _texts(folder):
        with suppress(OSError):
            text = path.read_bytes()[:_LARGEST].decode("utf-8", "replace")
            for key, line in bibliography.cited(path.name.lower(), text):
                place = f"{path.relative_to(folder)}:{line}"
                found.places.setdefault(key, []).append(place)
    keys = dict.fromkeys(one.key for one in bibliography.entries(_read(Path(bib.path))))
    latex = {key for key, places in found.places.items() if any(".tex:" in one for one in places)}
    found.missing = [key for key in found.places if key not in keys and key in latex]
    found.unused = [key for key in keys if key not in found.places]
    return found


def _texts(folder: Path) -> Iterator[Path]:
    left = _MOST_FILES
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for name in sorted(names)[:left]:
            if name.lower().endswith(bibliography.SUFFIXES):
                yield Path(here, name)
        left = max(0, left - len(names))
