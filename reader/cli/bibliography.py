"""`reader bib`."""

import json
from argparse import Namespace
from pathlib import Path

from reader.bibliographies import begin, check, sync, use
from reader.cli.library import opened, read
from reader.cli.output import emit, say
from reader.errors import UsageError
from reader.export.bibliography import Merged
from reader.library.bibliographies import Bibliography
from reader.library.reading import ReadStore
from reader.paths import user_path

FOUND = 6


def run_bib(arguments: Namespace) -> int:
    """Keep .bib files up to date with the library."""
    return _ACTS[arguments.act](arguments)


def _list(arguments: Namespace) -> int:
    with read(arguments) as store:
        for one in store.bibliographies():
            papers = store.count(one.meaning)
            if arguments.json:
                emit(json.dumps({"schema": 1, "path": one.path, "query": one.query,
                                 "tag": one.tag, "papers": papers, "active": one.active},
                                ensure_ascii=False))  # fmt: skip
            else:
                mark = "*" if one.active else " "
                emit(f"{mark} {papers:>6,}  {one.path}" + (f"  {one.query}" if one.query else ""))
    return 0


def _new(arguments: Namespace) -> int:
    """Keep a file up to date from now on; with a query, what it finds belongs in it."""
    with opened(arguments, make=True) as store:
        merged, bib = begin(store, _file(arguments), arguments.query)
        _tell(bib, merged)
    return 0


def _sync(arguments: Namespace) -> int:
    with opened(arguments) as store:
        for bib in _meant(store, arguments):
            _tell(bib, sync(store, bib))
    return 0


def _check(arguments: Namespace) -> int:
    with read(arguments) as store:
        found = [(bib, one) for bib in _meant(store, arguments) for one in check(store, bib)]
    for bib, one in found:
        emit(f"{bib.name}: {one.key}: {one.told}")
    return FOUND if found else 0


def _used(arguments: Namespace) -> int:
    """What the texts of a folder use of the active bibliography, or of the one in it."""
    with read(arguments) as store:
        bib = _active(store)
    found = use(bib, Path(arguments.file or "."))
    for key, places in sorted(found.places.items()):
        if key not in found.missing:
            emit(f"{key}  {', '.join(places)}")
    for key in found.missing:
        emit(f"{key}  missing in {bib.name}: {', '.join(found.places[key])}")
    for key in found.unused:
        emit(f"{key}  unused")
    return FOUND if found.missing else 0


def _remove(arguments: Namespace) -> int:
    path = str(user_path(_file(arguments)).resolve())
    with opened(arguments) as store:
        if not store.forget_bibliography(path):
            raise UsageError(f"{path} is no bibliography of this library: `reader bib ls`.")
    say(f"{path} is kept up to date no longer; the file stays as it is")
    return 0


_ACTS = {"ls": _list, "new": _new, "sync": _sync, "check": _check, "used": _used, "rm": _remove}


def _file(arguments: Namespace) -> str:
    if not arguments.file:
        raise UsageError("say which file: reader bib new refs.bib.")
    return str(arguments.file)


def _meant(store: ReadStore, arguments: Namespace) -> list[Bibliography]:
    """The bibliography of a file, or all of them."""
    known = store.bibliographies()
    if not arguments.file:
        return known
    path = str(user_path(arguments.file).resolve())
    found = [one for one in known if one.path == path]
    if not found:
        raise UsageError(
            f"{path} is no bibliography of this library; `reader bib new` makes it one."
        )
    return found


def _active(store: ReadStore) -> Bibliography:
    found = [one for one in store.bibliographies() if one.active]
    if not found:
        raise UsageError("there is no bibliography: `reader bib new refs.bib` makes one.")
    return found[0]


def _tell(bib: Bibliography, merged: Merged) -> None:
    counts = {"added": len(merged.added), "changed": len(merged.changed),
              "removed": len(merged.removed)}  # fmt: skip
    told = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count)
    say(f"{bib.path}: {told or 'up to date'}; put papers into it with `reader tag +{bib.tag} REF`")
    if merged.foreign:
        say(f"  {len(merged.foreign):,} entries there are yours and stay: "
            + ", ".join(merged.foreign[:10]))  # fmt: skip
