"""`reader man` and `completions`, written from the table of commands."""

import argparse
from argparse import Namespace

from reader import __version__
from reader.cli.arguments import build_parser
from reader.cli.commands import COMMANDS, EXIT_CODES
from reader.cli.output import emit
from reader.config import KEYS
from reader.model.query.fields import DIRECTIVES, FIELDS

_HIDDEN = ("-h", "--help")


def options_of(name: str) -> list[tuple[str, str]]:
    """The arguments of a command as they are written, each with its help."""
    return [
        (_spelled(action), _help(action))
        for action in _parsers()[name]._actions  # noqa: SLF001 - argparse tells them nowhere else
        if not set(action.option_strings) & {"-h", *_global_names()}
    ]


def _parsers() -> dict[str, argparse.ArgumentParser]:
    parser = build_parser()
    for action in parser._actions:  # noqa: SLF001 - likewise
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - likewise
            return dict(action.choices)
    raise RuntimeError("there are no commands")


def _global_names() -> set[str]:
    return {"--library", "--config", "--color", "--plain", "-q", "--quiet"}


def _spelled(action: argparse.Action) -> str:
    value = str(action.metavar or action.dest.upper())
    if action.choices is not None:
        value = "{" + ",".join(map(str, action.choices)) + "}"
    if not action.option_strings:
        return value
    names = ", ".join(action.option_strings)
    return names if action.nargs == 0 else f"{names} {value}"


def _help(action: argparse.Action) -> str:
    return (action.help or "").replace("%%", "%")


def run_man(_arguments: Namespace) -> int:
    """Print the manual page; the format is that of man(7)."""
    lines = [f'.TH READER 1 "" "reader {__version__}"', ".SH NAME",
             "reader \\- keep, find and read research papers in a terminal", ".SH SYNOPSIS",
             ".B reader\n[options] [command] [arguments]", ".SH DESCRIPTION",
             ("Without a command the screen opens. REF is a citekey, an arXiv id, a DOI or a link; "
             "\\- reads them from standard input."), ".SH COMMANDS"]  # fmt: skip
    for command in COMMANDS:
        lines += [f".SS {command.name}", _roff(command.help[0].upper() + command.help[1:] + ".")]
        for spelled, told in options_of(command.name):
            lines += [".TP", f".B {_roff(spelled)}", _roff(told)]
        if command.example:
            lines += [".PP", f".EX\n{_roff(command.example)}\n.EE"]
    lines += [".SH QUERIES"]
    for field in FIELDS:
        missing = f" (no {field.missing} kept yet)" if field.missing else ""
        lines += [".TP", f".B {_roff(field.example)}", _roff(field.help + missing)]
    for example in DIRECTIVES.values():
        lines += [".TP", f".B {_roff(example)}", "how the papers are shown"]
    lines += [".SH CONFIGURATION"]
    for key, meaning in KEYS.items():
        lines += [".TP", f".B {_roff(key)}", _roff(meaning)]
    lines += [".SH EXIT STATUS"]
    for code, meaning in EXIT_CODES.items():
        lines += [".TP", f".B {code}", _roff(meaning)]
    emit("\n".join(lines))
    return 0


def _roff(text: str) -> str:
    """Text as man(7) takes it literally."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("\n", " ")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


def run_completions(arguments: Namespace) -> int:
    """Print completions of commands and options for a shell."""
    emit({"bash": _bash, "zsh": _zsh, "fish": _fish}[arguments.shell]())
    return 0


def _long_options() -> dict[str, list[str]]:
    return {
        name: sorted(option for action in parser._actions  # noqa: SLF001 - as above
                     for option in action.option_strings if option.startswith("--"))
        for name, parser in _parsers().items()
    }  # fmt: skip


def _bash() -> str:
    names = " ".join(command.name for command in COMMANDS)
    cases = "\n".join(f"    {name}) words=\"{' '.join(options)}\" ;;"
                      for name, options in _long_options().items())  # fmt: skip
    return f"""_reader() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "{names}" -- "$current"))
    return
  fi
  case "${{COMP_WORDS[1]}}" in
{cases}
  esac
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
    *) COMPREPLY=($(compgen -f -- "$current")) ;;
  esac
}}
complete -F _reader reader"""


def _zsh() -> str:
    names = "\n".join(f"    '{command.name}:{command.help.replace(chr(39), '')}'"
                      for command in COMMANDS)  # fmt: skip
    cases = "\n".join(f"    {name}) compadd -- {' '.join(options)} ;;"
                      for name, options in _long_options().items())  # fmt: skip
    return f"""#compdef reader
_reader() {{
  local -a commands
  commands=(
{names}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  [[ ${{words[CURRENT]}} == -* ]] || {{ _files; return; }}
  case ${{words[2]}} in
{cases}
  esac
}}
compdef _reader reader"""


def _fish() -> str:
    lines = ["complete -c reader -f"]
    for command in COMMANDS:
        told = command.help.replace("'", "")
        lines.append(f"complete -c reader -n __fish_use_subcommand -a {command.name} -d '{told}'")
    for name, options in _long_options().items():
        lines += [f"complete -c reader -n '__fish_seen_subcommand_from {name}' -l {option[2:]}"
                  for option in options]  # fmt: skip
    lines.append("complete -c reader -n '__fish_seen_subcommand_from import backup restore' -F")
    return "\n".join(lines)
