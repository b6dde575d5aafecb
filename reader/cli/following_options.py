"""The arguments of the commands that follow feeds and ask services."""

import argparse

from reader.cli.kinds import duration, positive


def sync(parser: argparse.ArgumentParser) -> None:
    """The arguments of `reader sync`."""
    parser.add_argument("feeds", nargs="*", metavar="FEED", help="only these; else all not paused")
    parser.add_argument("--if-older-than", type=duration, default=0, metavar="TIME",
                        help="leave out feeds that answered within 30m, 6h, 2d")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="report as one JSON object")
    parser.add_argument("--install-timer", action="store_true",
                        help="have the system run this every night, and say how")  # fmt: skip
    parser.add_argument("--uninstall-timer", action="store_true", help="take that away")


def feed(parser: argparse.ArgumentParser) -> None:
    """The arguments of `reader feed`."""
    acts = (
        "ls lists them; add follows one (cs.LG, hf, author:NAME, cites:KEY, dir:PATH, a URL); rm "
        "follows one no longer; pause leaves one out; resume takes it in again; rename SPEC NAME; "
        "health says how they fare; opml writes them"
    )
    parser.add_argument(
        "act",
        nargs="?",
        default="ls",
        help=acts,
        metavar="ACT",
        choices=["ls", "add", "rm", "pause", "resume", "rename", "health", "opml"],
    )
    parser.add_argument("words", nargs="*", metavar="SPEC", help="what is followed")
    parser.add_argument("--name", default="", help="what a new feed is called")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def rule(parser: argparse.ArgumentParser) -> None:
    """The arguments of `reader rule`."""
    parser.add_argument("act", choices=["ls", "test"],
                        help="ls lists the rules of config.toml; test says what they would do with "
                             "the papers of a query")  # fmt: skip
    parser.add_argument("query", nargs="*", metavar="QUERY", help="by default the inbox")


def complete(parser: argparse.ArgumentParser) -> None:
    """The arguments of `reader complete`."""
    parser.add_argument("refs", nargs="*", metavar="REF", help="papers; - reads them from stdin")
    parser.add_argument("--query", metavar="QUERY", help="the papers of a query instead of REFs")
    parser.add_argument("--all", action="store_true", help="every paper that lacks something")
    parser.add_argument("-0", "--null", action="store_true", help="stdin is separated by NUL")
    parser.add_argument("--json", action="store_true", help="report as one JSON object")


def diff(parser: argparse.ArgumentParser) -> None:
    """The arguments of `reader diff`."""
    parser.add_argument("ref", metavar="REF", help="the paper")
    parser.add_argument(
        "versions",
        nargs="*",
        type=positive,
        metavar="N",
        help="which versions; by default the last two that were told of",
    )


def digest(parser: argparse.ArgumentParser) -> None:
    """The arguments of `reader digest`."""
    parser.add_argument("--since", type=duration, default=86_400, metavar="TIME",
                        help="papers that came within 24h (the default), 2d, 1w")  # fmt: skip
    parser.add_argument("--view", default="", help="only papers of this view")
    parser.add_argument("--top", type=positive, default=15, metavar="N", help="at most N papers")
    parser.add_argument("--format", default="ansi", choices=["ansi", "md", "html", "txt", "json"],
                        help="how to write it")  # fmt: skip
    parser.add_argument("--write", metavar="DIR", help="keep one file a day in a folder")
    parser.add_argument("--quiet-if-empty", action="store_true", help="say nothing about nothing")
