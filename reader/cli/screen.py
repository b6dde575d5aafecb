"""`reader`: the screen."""

import gc
import os
import sys
from argparse import Namespace

from reader.errors import UsageError
from reader.paths import keys_file, library_path


def run(arguments: Namespace) -> int:
    """Open the screen on the library.

    Raises:
        UsageError: There is no terminal that could show it.
    """
    if (
        not all(file.isatty() for file in (sys.stdin, sys.stdout, sys.stderr))
        or os.environ.get("TERM") == "dumb"
    ):
        raise UsageError(
            "the screen needs a terminal (TERM is not dumb, nothing is redirected). "
            "The commands work without one: reader --help"
        )
    gc.disable()  # it would only walk through modules that stay; `start` lets it go on
    settings = arguments.settings
    path = library_path(arguments.library, settings.library_path)
    from reader.tui.keymap import load_keymap  # noqa: PLC0415 - the screen's table
    from reader.tui.start import Begin, start  # noqa: PLC0415 - Textual, only for the screen

    given = arguments.config or ""
    keymap, problems = load_keymap(settings.keys_preset, keys_file(given))
    begin = Begin(
        arguments.theme or settings.ui_theme, arguments.view, arguments.find, given, settings,
        keymap, problems,
    )  # fmt: skip
    return start(path, begin, seeds=not arguments.no_seeds)
