"""The user's own themes, from their files."""

from pathlib import Path
from typing import Any

from textual.theme import BUILTIN_THEMES, Theme

from reader.remembering import remembered
from reader.tui.themes import INK, OURS, PAPER, ROLES, theme_of

_MOST = 100


OwnThemes = tuple[tuple[tuple[str, int], ...], tuple[list[Theme], list[str]]]
"""The files of a folder, their themes, and what is wrong with those that cannot be used."""


def read_own_themes(folder: Path) -> OwnThemes:
    """The themes of a folder, as its files are now."""
    files = signature(folder)
    return files, own_themes(folder) if files else ([], [])


def theme_names(folder: Path) -> tuple[list[str], list[str]]:
    """The names of all themes, ours first, then the user's own; and what is wrong with these."""
    own, problems = own_themes(folder)
    names = [theme.name for theme in (*OURS, *own)]
    return [*names, *sorted(set(BUILTIN_THEMES) - set(names))], problems


def own_themes(folder: Path) -> tuple[list[Theme], list[str]]:
    """The themes of a folder, and what is wrong with those that cannot be used."""
    themes: list[Theme] = []
    problems: list[str] = []
    for path in _files(folder):
        try:
            told = remembered(path, _read)
        except OSError as error:
            problems.append(f"{path}: cannot be read ({error})")
            continue
        if told["problem"]:
            problems.append(told["problem"])
        elif path.stem in {theme.name for theme in OURS}:
            problems.append(f"{path}: {path.stem} is a theme of the program; give another name")
        else:
            themes.append(_theme(path.stem, told))
    return themes, problems


def signature(folder: Path) -> tuple[tuple[str, int], ...]:
    """What changes when one of the files does."""
    found = []
    for path in _files(folder):
        try:
            found.append((path.name, path.stat().st_mtime_ns))
        except OSError:
            continue
    return tuple(found)


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(folder.glob("*.toml"))[:_MOST]
    except OSError:
        return []


def _theme(name: str, told: dict[str, Any]) -> Theme:
    base = INK if told["dark"] else PAPER
    roles = {role: base.variables[f"reader-{role}"] for role in ROLES}
    return theme_of(name, {**roles, **told["roles"]}, dark=told["dark"])


def _read(path: Path) -> Any:
    from reader.theme_files import NAME, read_theme  # noqa: PLC0415 - pydantic, when it changed only

    told = read_theme(path)
    if not NAME.fullmatch(path.stem):
        told["problem"] = f"{path}: a theme's name has small letters, digits, - and _ only"
    return told
