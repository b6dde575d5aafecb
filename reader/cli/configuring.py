"""`reader config`, `keys` and `themes`."""

import sys
from argparse import Namespace

from reader.cli.output import emit, say
from reader.config import KEYS, Settings
from reader.editor import editor, run_editor
from reader.errors import ConfigError, RefusedError, UsageError
from reader.paths import (
    cache_folder,
    config_file,
    data_folder,
    keys_file,
    library_path,
    state_folder,
    themes_folder,
)


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
    elif act == "key":
        _key(arguments, words)
    for problem in arguments.settings.problems if act == "check" else ():
        say(problem)
    if act == "check":
        problems = len(arguments.settings.problems)
        say(f"{problems} wrong" if problems else "the configuration is valid")
        return 2 if problems else 0
    return 0


def _key(arguments: Namespace, words: list[str]) -> None:
    """Keep a service's key, which is read without being shown; an empty one is taken away."""
    from getpass import getpass  # noqa: PLC0415 - only when needed

    from reader.credentials import store_key  # noqa: PLC0415 - likewise

    if len(words) != 1:
        raise UsageError("config key SERVICE: semantic_scholar or openalex. Nothing was changed.")
    terminal = sys.stdin.isatty()
    key = getpass(f"key of {words[0]}: ") if terminal else sys.stdin.readline()
    path = store_key(words[0], key, arguments.config or "")
    say(f"{'kept in' if key.strip() else 'taken out of'} {path}")


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
    """List the keys of the screen, or what is wrong with the user's own."""
    from reader.tui.action_table import ACTIONS  # noqa: PLC0415 - the screen's table
    from reader.tui.keymap import load_keymap  # noqa: PLC0415 - likewise

    path = keys_file(arguments.config or "")
    keymap, problems = load_keymap(arguments.settings.keys_preset, path)
    if arguments.conflicts:
        for line in (*problems, *keymap.takeovers):
            emit(line)
        say(f"{len(problems)} conflicts" if problems else "no conflicts")
        return 6 if problems else 0
    group = ""
    for action in (*ACTIONS, *keymap.macros):
        keys = keymap.keys_of(action)
        command = f":{action.command}" if action.command else ""
        if arguments.md:
            emit(f"| `{keys}` | {action.help} | `{command}` |")
            continue
        if action.group != group:
            group = action.group
            emit(group)
        emit(f"  {keys:<18} {command:<20} {action.help}")
    return 0


def run_themes(arguments: Namespace) -> int:
    """List the themes, ours first, then the user's own; the one that is set is marked."""
    from reader.tui.own_themes import theme_names  # noqa: PLC0415 - Textual, only here

    names, problems = theme_names(themes_folder(arguments.config or ""))
    current = arguments.settings.ui_theme or "auto"
    for name in names:
        emit(f"{'*' if name == current else ' '} {name}")
    for problem in problems:
        say(problem)
    if current not in ("auto", *names):
        raise RefusedError(f"no theme is called {current}: `reader config set ui.theme ink`.")
    return 0
