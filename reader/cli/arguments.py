"""The arguments of every command, as one table."""

import argparse
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NoReturn

from reader import __version__
from reader.cli.output import say

_LARGEST = 10**9
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_EPILOGUE = """\
Without a command the screen opens: reader [--theme ink|paper] [--no-seeds].
REF is a citekey, an arXiv id, a DOI or a link; - reads them from standard input.
Exit codes: 0 done, 1 no match, 2 usage, 4 refused, 5 library, 6 partly done, 130 interrupted."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its name, help, the function that runs it, and its arguments."""

    name: str
    help: str
    run: str
    arguments: Callable[[argparse.ArgumentParser], None] = lambda _parser: None


def _positive(text: str) -> int:
    number = int(text)
    if not 1 <= number <= _LARGEST:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 1 to {_LARGEST}")
    return number


def _day(text: str) -> dt.date:
    day = dt.date.fromisoformat(text)
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise argparse.ArgumentTypeError(f"{text} is no day of our time")
    return day


def _screen(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-seeds", action="store_true", help="start a new library empty")
    parser.add_argument("--theme", choices=["ink", "paper"], help="dark (ink) or light (paper)")


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="files, or - for standard input")
    parser.add_argument("--from", dest="format", choices=["jsonl", "listing", "snapshot"],
                        help="read the files as this format instead of recognising it")  # fmt: skip
    parser.add_argument("--as-of", type=_day, metavar="YYYY-MM-DD",
                        help="the day the files are from, for dates without a year")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="report as one JSON object")


def _query(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="*", metavar="QUERY", help="words that papers must contain")
    parser.add_argument("--view", default="", help="within a view, such as inbox")
    parser.add_argument("--tag", default="", help="only papers with this tag")


def _list(parser: argparse.ArgumentParser) -> None:
    _query(parser)
    parser.add_argument("--format", default="table",
                        choices=["table", "jsonl", "tsv", "keys", "ids", "bibtex"])  # fmt: skip
    parser.add_argument("--limit", type=_positive, default=0, metavar="N", help="at most N papers")


def _export(parser: argparse.ArgumentParser) -> None:
    _query(parser)
    parser.add_argument("--to", required=True, choices=["jsonl", "bibtex"])
    parser.add_argument("--output", metavar="FILE", help="write a file instead of standard output")


def _shown(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("refs", nargs="+", metavar="REF")


def _refs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("refs", nargs="+", metavar="REF")
    parser.add_argument("--dry-run", action="store_true", help="say what would be changed")


def _tag(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="+", metavar="+TAG|-TAG|REF",
                        help="tags to add (+) and remove (-), then papers")  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help="say what would be changed")


def _steps(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("steps", nargs="?", type=_positive, default=1, metavar="N")


def _revert(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("change", type=_positive, metavar="CHANGE", help="its number in the log")


def _log(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--limit", type=_positive, default=20, metavar="N")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


COMMANDS = (
    Command("tui", "open the screen (the default)", "screen:run", _screen),
    Command("import", "take papers from files into the library", "importing:run", _import),
    Command("list", "list papers, the newest first", "listing:run_list", _list),
    Command("show", "show papers with their abstracts", "listing:run_show", _shown),
    Command("tag", "add tags to papers and remove them", "changing:run_tag", _tag),
    Command("star", "star papers", "changing:run_star", _refs),
    Command("unstar", "take stars away", "changing:run_star", _refs),
    Command("later", "mark papers to be read later", "changing:run_status", _refs),
    Command("reading", "mark papers as being read", "changing:run_status", _refs),
    Command("done", "mark papers as read", "changing:run_status", _refs),
    Command("skip", "mark papers as skipped", "changing:run_status", _refs),
    Command("unread", "put papers back into the inbox", "changing:run_status", _refs),
    Command("undo", "undo the latest change, or the latest N", "history:run_undo", _steps),
    Command("redo", "redo what was undone", "history:run_redo", _steps),
    Command("revert", "take one earlier change back by itself", "history:run_revert", _revert),
    Command("log", "list what was changed, the newest first", "history:run_log", _log),
    Command("export", "write papers as JSON lines or BibTeX", "listing:run_export", _export),
    Command("version", "say which versions of what are running", "history:run_version"),
)
"""Every command, in the order of the help."""


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments as a namespace; `command` is the name, `run` the function `module:function`.

    Raises:
        SystemExit: With 2 after a message for wrong arguments, with 0 after --help and --version.
    """
    parser = build_parser()
    names = {command.name for command in COMMANDS}
    words = list(argv)
    if not _names_command(words, names):
        words = [*_leading_globals(words), "tui", *words[len(_leading_globals(words)) :]]
    return parser.parse_args(_protect_removals(words))


def _leading_globals(words: Sequence[str]) -> list[str]:
    """The global options that a command line begins with."""
    taken = 0
    while taken < len(words) and words[taken].startswith("--library"):
        taken += 1 if "=" in words[taken] else 2
    return list(words[:taken])


def _names_command(words: Sequence[str], names: set[str]) -> bool:
    rest = words[len(_leading_globals(words)) :]
    return bool(rest) and (rest[0] in names or rest[0] in ("-h", "--help", "--version")
                           or not rest[0].startswith("-"))  # fmt: skip


def _protect_removals(words: list[str]) -> list[str]:
    """Let `tag -a REF` through: argparse would read -a as an option."""
    if "tag" not in words:
        return words
    start = words.index("tag") + 1
    return words[:start] + [f"\0{word}" if _is_removal(word) else word for word in words[start:]]


def _is_removal(word: str) -> bool:
    return word.startswith("-") and not word.startswith("--") and word not in ("-", "-h")


class _Parser(argparse.ArgumentParser):
    """A parser whose errors cannot act on the terminal."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and leave with 2."""
        say(f"{self.format_usage().strip()}\nreader: error: {message}")
        raise SystemExit(2)


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    parser = _Parser(
        prog="reader", description="Keep, find and read research papers in a terminal.",
        epilog=_EPILOGUE, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False,
    )  # fmt: skip
    parser.add_argument("--version", action="version", version=f"reader {__version__}")
    parser.add_argument("--library", metavar="PATH", help="the library's file")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in COMMANDS:
        sub = commands.add_parser(command.name, help=command.help, description=command.help,
                                  allow_abbrev=False)  # fmt: skip
        sub.add_argument("--library", metavar="PATH", default=argparse.SUPPRESS,
                         help="the library's file")  # fmt: skip
        command.arguments(sub)
        sub.set_defaults(run=command.run)
    return parser
