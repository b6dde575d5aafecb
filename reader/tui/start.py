"""Starting the screen: the library opens on its threads while Textual is imported."""

import gc
import os
from dataclasses import field, replace
from pathlib import Path

from reader import first_frame
from reader.config import Settings
from reader.frozen import frozen
from reader.library.library import Library
from reader.paths import config_file, keys_file
from reader.session import left_view_file, load_place, session_files
from reader.tui.keymap import DEFAULT, Keymap

_FRAMES = "TEXTUAL_FPS"
_MOST = "120"
"""Times a second that the screen is painted at most.

Textual paints at once after a rest, but what follows up to two such periods later: with its own 60,
the abstract would come two hundredths of a second behind its row.
"""


@frozen
class Begin:
    """How the screen begins.

    Attributes:
        theme, view, find: Where, when not at the place where one was.
        config: The configuration's file, when another one was named.
        keymap, key_problems: The keys, and what was wrong with the user's own.
        lesson: Whether the library is new, so that the first lesson is shown.
        asked: Whether the terminal was asked for its ground, so that it decides the theme.
        plain: Whether the environment decides it, as it wants no colours.
        typed: What was typed while the terminal was asked something.
    """

    theme: str = ""
    view: str = ""
    find: str = ""
    config: str = ""
    settings: Settings = field(default_factory=Settings)
    keymap: Keymap = DEFAULT
    key_problems: tuple[str, ...] = ()
    lesson: bool = False
    asked: bool = False
    plain: bool = False
    typed: str = ""


def start(path: Path, begin: Begin, *, seeds: bool) -> int:
    """Run the screen on the library at `path`; its exit code.

    A library made by this start begins with the bundled shelf when `seeds`.

    Raises:
        LibraryError: The library cannot be opened.
    """
    library = Library(
        path, automatic_backups=begin.settings.backups_automatic, left=left_view_file()
    )
    try:
        place = load_place(path)
        begin = _with_theme(begin, place.theme)
        bring_textual()
        from reader.tui import _workarounds  # noqa: PLC0415 - brings Textual
        from reader.tui.app import ReaderApp  # noqa: PLC0415 - while the library opens

        _workarounds.accept_any_byte()
        _workarounds.outlive_the_terminal()

        if library.ready() and seeds:
            _bring_samples(library)
            begin = replace(begin, lesson=True)
        app = ReaderApp(library, place, begin)
        gc.freeze()
        gc.enable()
        code = app.run() or app.return_code or 0
        left = app.left
    finally:
        library.close()
    if left.picture:
        first_frame.keep(left.picture, left.moves, _followed(path, begin.config), left.until)
    return code


def bring_textual() -> None:
    """Import Textual, which reads from the environment how often it paints.

    Programs that are called do not inherit what the user did not set.
    """
    theirs = _FRAMES in os.environ
    os.environ.setdefault(_FRAMES, _MOST)
    import textual.screen  # noqa: F401, PLC0415 - while the library opens

    if not theirs:
        del os.environ[_FRAMES]


def _followed(library: Path, config: str) -> list[str]:
    """The files that the first picture follows from."""
    kept = (library, config_file(config), keys_file(config), *session_files())
    return [str(path) for path in kept]


def _with_theme(begin: Begin, last: str) -> Begin:
    """With the theme that is wanted, else the last one, else one for the terminal's ground."""
    if "NO_COLOR" in os.environ and begin.theme in ("", "auto"):
        return replace(begin, theme="mono", plain=True)
    if begin.theme == "auto" or not (begin.theme or last):
        from reader.tui.background import ground  # noqa: PLC0415 - when it must be asked only

        light, typed = ground()
        return replace(begin, theme="paper" if light else "ink", asked=True, typed=typed)
    return begin


def _bring_samples(library: Library) -> None:
    from reader.importing import import_samples  # noqa: PLC0415 - only for a new library

    library.write_now(import_samples)
