"""Reading the command line."""

import argparse
from collections.abc import Sequence
from typing import Any, NoReturn

from reader import __version__
from reader.cli.commands import COMMANDS, EXIT_CODES, Command
from reader.cli.output import say

_EPILOGUE = (
    "Without a command the screen opens.\n"
    "REF is a citekey, an arXiv id, a DOI or a link; - reads them from standard input.\n"
    "QUERY is described in docs/query.md; `reader query Q` says how it is understood.\n"
    "Exit codes: {}."
)


def global_options(parser: argparse.ArgumentParser, *, again: bool = False) -> None:
    """The options that every command takes, before or behind its name."""
    default: dict[str, Any] = {"default": argparse.SUPPRESS} if again else {}
    option = parser.add_argument
    option("--library", metavar="PATH", help="the library's file", **default)
    option("--config", metavar="PATH", help="the configuration file", **default)
    option("--color", choices=["auto", "always", "never"], help="colours in output", **default)
    option("--plain", action="store_true", help="one record a line, no glyphs or colours",
           **default)  # fmt: skip
    option("-q", "--quiet", action="store_true", help="say nothing but errors", **default)


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments as a namespace; `command` is the name, `run` the function `module:function`.

    Raises:
        SystemExit: With 2 after a message for wrong arguments, with 0 after --help and --version.
    """
    words = list(argv)
    leading = _leading_globals(words)
    rest = words[leading:]
    if not rest or (rest[0].startswith("-") and rest[0] not in ("-h", "--help", "--version")):
        words = [*words[:leading], "tui", *rest]
    # Building them all takes longer than most commands do.
    named = [command for command in COMMANDS if command.name == words[leading]]
    return build_parser(named or COMMANDS).parse_args(_protect_removals(words))


def _leading_globals(words: Sequence[str]) -> int:
    """How many words the global options take that a command line begins with."""
    taken = 0
    while taken < len(words):
        word = words[taken]
        if word in ("--plain", "-q", "--quiet"):
            taken += 1
        elif word.partition("=")[0] in ("--library", "--config", "--color"):
            taken += 1 if "=" in word else 2
        else:
            break
    return min(taken, len(words))


def _protect_removals(words: list[str]) -> list[str]:
    """Let `tag -a REF` and `list -survey` through: argparse would read them as options."""
    words = _joined_queries(words)
    leading = _leading_globals(words)
    command = words[leading] if leading < len(words) else ""
    if command not in _TAKING_NEGATIONS:
        return words
    start = leading + 1
    return words[:start] + [f"\0{word}" if _is_negation(word) else word for word in words[start:]]


def _joined_queries(words: list[str]) -> list[str]:
    """Let `--query -survey` through: argparse would take it for an option without a value."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] in ("--query", "--find") and word.startswith("-"):
            joined[-1] += f"={word}"
        else:
            joined.append(word)
    return joined


_TAKING_NEGATIONS = ("tag", "list", "find", "export", "query", "pick")


def _is_negation(word: str) -> bool:
    return (
        word.startswith("-")
        and not word.startswith("--")
        and word not in ("-", "-h", "-q", "-0", "-o", "-n")
    )


def unprotected(words: Sequence[str]) -> list[str]:
    """Words as they were given."""
    return [word.removeprefix("\0") for word in words]


class _Parser(argparse.ArgumentParser):
    """A parser whose errors cannot act on the terminal."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and leave with 2."""
        say(f"{self.format_usage().strip()}\nreader: error: {message}")
        raise SystemExit(2)


def build_parser(known: Sequence[Command] = COMMANDS) -> argparse.ArgumentParser:
    """The parser of the command line that knows some commands."""
    codes = ", ".join(f"{code} {meaning}" for code, meaning in EXIT_CODES.items())
    parser = _Parser(
        prog="reader", description="Keep, find and read research papers in a terminal.",
        epilog=_EPILOGUE.format(codes), formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )  # fmt: skip
    parser.add_argument("--version", action="version", version=f"reader {__version__}")
    global_options(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in known:
        about = command.help[0].upper() + command.help[1:] + "."
        codes = ", ".join(map(str, sorted({0, 2, *command.codes, 130})))
        example = f"Example: {command.example}\n" if command.example else ""
        sub = commands.add_parser(
            command.name, help=command.help, description=about, allow_abbrev=False,
            epilog=f"{example}Exit codes: {codes}.",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )  # fmt: skip
        global_options(sub, again=True)
        command.arguments(sub)
        sub.set_defaults(run=command.run)
    return parser
