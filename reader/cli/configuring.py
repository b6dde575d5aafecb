"""`reader config`, `keys` and `themes`."""

import sys
from argparse import Namespace
from collections import Counter

from reader.cli.output import emit, say
from reader.config import KEYS, Settings
from reader.editor import editor, run_editor
from reader.errors import ConfigError, RefusedError, UsageError
from reader.paths import cache_folder, config_file, data_folder, library_path, state_folder


def run_config(arguments: Namespace) -> int:
    """Read, change, edit or check config.toml."""
    act, words = arguments.act, arguments.words
    if act == "path":
        _paths(arguments)
    elif act == "get":
        _get(arguments.settings, words)
    elif act == "set":
        _set(arguments, words)
    elif act == "edit":
        _edit(arguments)
    for problem in arguments.settings.problems if act == "check" else ():
        say(problem)
    if act == "check":
        problems = len(arguments.settings.problems)
        say(f"{problems} wrong" if problems else "the configuration is valid")
        return 2 if problems else 0
    return 0


def _paths(arguments: Namespace) -> None:
    emit(f"config   {config_file(arguments.config or '')}")
    emit(f"library  {library_path(arguments.library, arguments.settings.library_path)}")
    emit(f"data     {data_folder()}")
    emit(f"state    {state_folder()}")
    emit(f"cache    {cache_folder()}")


def _get(settings: Settings, words: list[str]) -> None:
    from reader.config_file import value_of  # noqa: PLC0415 - pydantic, only when needed

    for key in words or KEYS:
        value = value_of(settings, key)
        shown = str(value).lower() if isinstance(value, bool) else value
        emit(f"{shown}" if words else f"{key} = {shown}")


def _set(arguments: Namespace, words: list[str]) -> None:
    from reader.config_file import set_value  # noqa: PLC0415 - pydantic, only when needed

    if len(words) != 2:  # noqa: PLR2004 - key and value
        raise UsageError("reader config set KEY VALUE. Nothing was changed.")
    path = config_file(arguments.config or "")
    set_value(path, words[0], words[1])
    say(f"{words[0]} = {words[1]} in {path}")


def _edit(arguments: Namespace) -> None:
    """Open the file in the user's editor, made with every key explained when there is none.

    Raises:
        ConfigError: It cannot be written.
        RefusedError: The editor failed.
    """
    from reader.config_file import commented_copy, read_config  # noqa: PLC0415 - likewise

    path, command = config_file(arguments.config or ""), editor()
    if not sys.stdin.isatty():
        raise RefusedError("an editor needs a terminal; `reader config set` works without one.")
    if path.exists() and not path.is_file():
        raise ConfigError(f"{path} is not a file.")
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.write_text(commented_copy(), "utf-8")
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror or error}.") from error
    run_editor(command, path)
    for problem in read_config(path).problems:
        say(problem)


def run_keys(arguments: Namespace) -> int:
    """List the keys of the screen, or those that are bound twice."""
    from reader.tui.actions import ACTIONS, Scope, keys_of  # noqa: PLC0415 - the screen's table

    if arguments.conflicts:
        bound = Counter((key, pane) for action in ACTIONS for key in action.keys
                        for pane in Scope if pane in action.scope)  # fmt: skip
        twice = [f"{key} is bound twice" for (key, _pane), times in bound.items() if times > 1]
        for line in twice:
            emit(line)
        say(f"{len(twice)} conflicts" if twice else "no conflicts")
        return 6 if twice else 0
    group = ""
    for action in ACTIONS:
        keys = keys_of(action) or f":{action.command}"
        if arguments.md:
            emit(f"| `{keys}` | {action.help} |")
            continue
        if action.group != group:
            group = action.group
            emit(group)
        emit(f"  {keys:<16} {action.help}")
    return 0


def run_themes(arguments: Namespace) -> int:
    """List the themes, ours first; the one that is set is marked."""
    from textual.theme import BUILTIN_THEMES  # noqa: PLC0415 - Textual, only here

    current = arguments.settings.ui_theme or "ink"
    for name in ["ink", "paper", *sorted(BUILTIN_THEMES)]:
        emit(f"{'*' if name == current else ' '} {name}")
    if current not in ("ink", "paper", *BUILTIN_THEMES):
        raise RefusedError(f"no theme is called {current}: `reader config set ui.theme ink`.")
    return 0
