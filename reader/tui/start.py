"""Starting the screen: the library opens on its threads while Textual is imported."""

import gc
from dataclasses import dataclass
from pathlib import Path

from reader.config import Settings
from reader.library.library import Library
from reader.session import load_place


@dataclass(frozen=True, slots=True)
class Begin:
    """Where the screen begins, when not at the place where one was: a theme, a view, a search."""

    theme: str = ""
    view: str = ""
    find: str = ""


def start(path: Path, settings: Settings, begin: Begin, *, seeds: bool) -> int:
    """Run the screen on the library at `path`; its exit code.

    A library made by this start begins with the bundled shelf when `seeds`.

    Raises:
        LibraryError: The library cannot be opened.
    """
    # The garbage collector would only walk through modules that stay.
    gc.disable()
    library = Library(path, automatic_backups=settings.backups_automatic)
    try:
        place = load_place(path)
        from reader.tui._workarounds import accept_any_byte  # noqa: PLC0415 - brings Textual
        from reader.tui.app import ReaderApp  # noqa: PLC0415 - while the library opens

        accept_any_byte()

        if library.ready() and seeds:
            _bring_samples(library)
        app = ReaderApp(library, place, settings, begin)
        gc.freeze()
        gc.enable()
        return app.run() or app.return_code or 0
    finally:
        library.close()


def _bring_samples(library: Library) -> None:
    from reader.importing import import_samples  # noqa: PLC0415 - only for a new library

    library.write_now(import_samples)
