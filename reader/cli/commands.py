"""Every command with its arguments and exit codes: parser, help, manual page, completions and
docs/commands.md derive from this table.
"""  # noqa: D205 - one sentence

import argparse
from collections.abc import Callable

from reader.cli import following_options
from reader.cli.kinds import day, positive
from reader.frozen import frozen
from reader.model.formats import EXPORTS, IMPORTS

EXIT_CODES = {
    0: "done, also when there was nothing to do",
    1: "no paper is meant or found; or standard output cannot be written",
    2: "wrong usage or query, a file that cannot be used; nothing was changed",
    3: "a service could not be asked, or not all of them; the rest is done",
    4: "refused without --yes or --all, or offline",
    5: "the library cannot be used: locked, damaged, newer, unreadable",
    6: "partly done; what failed is named",
    130: "interrupted; the library is whole",
}
"""What exit codes mean."""

TABLE_FORMATS = ("table", "tsv", "keys")
PAPER_FORMATS = ("json", "jsonl", "ids", "bib", "bibtex")


@frozen
class Command:
    """One command.

    Attributes:
        help: What it does, as a phrase.
        run: The function that runs it, `module:function`.
        codes: The exit codes besides 0, 2 and 130, which every command has.
        example: A command line that shows it at work.
    """

    name: str
    help: str
    run: str
    arguments: Callable[[argparse.ArgumentParser], None] = lambda _parser: None
    codes: tuple[int, ...] = (5,)
    example: str = ""


# -- arguments -----------------------------------------------------------------------------------


def _screen(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-seeds", action="store_true", help="start a new library empty")
    parser.add_argument("--theme", help="ink (dark), paper (light) or another theme")
    parser.add_argument("--view", default="", help="begin in this view")
    parser.add_argument("--find", default="", metavar="QUERY", help="begin with this search")


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="PATH",
                        help="files, folders, or - for standard input")  # fmt: skip
    parser.add_argument("--from", dest="format", choices=list(IMPORTS), metavar="FORMAT",
                        help="read the files as this format instead of recognising it: "
                             + ", ".join(IMPORTS))  # fmt: skip
    parser.add_argument("-n", "--dry-run", action="store_true",
                        help="say what would be imported; keep nothing")  # fmt: skip
    parser.add_argument("--tag", action="append", default=[], help="a tag for all of them")
    parser.add_argument("--status", choices=["unread", "later", "reading", "read", "skipped"],
                        help="a status for those that have none in the file")  # fmt: skip
    parser.add_argument("--as-of", type=day, metavar="YYYY-MM-DD",
                        help="the day the files are from, for dates without a year")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="report as one JSON object")


def _query(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="*", metavar="QUERY", help="which papers (docs/query.md)")
    parser.add_argument("--view", default="", help="only papers of this view")
    parser.add_argument("--tag", default="", help="only papers with this tag")


def _list(parser: argparse.ArgumentParser) -> None:
    _query(parser)
    parser.add_argument("--format", default="table", choices=[*TABLE_FORMATS, *PAPER_FORMATS],
                        help="how to write them; bib is bibtex")  # fmt: skip
    parser.add_argument("--json", action="store_const", dest="format", const="jsonl",
                        help="the same as --format jsonl")  # fmt: skip
    parser.add_argument(
        "--fields",
        default="",
        metavar="F,F",
        help="columns of tsv or keys of json, such as citekey,title,year",
    )
    parser.add_argument("--limit", type=positive, default=0, metavar="N", help="at most N papers")
    parser.add_argument("-0", "--null", action="store_true",
                        help="end records with NUL instead of a line break")  # fmt: skip


def _export(parser: argparse.ArgumentParser) -> None:
    _query(parser)
    parser.add_argument("--to", choices=list(EXPORTS), metavar="FORMAT",
                        help=f"the format: {', '.join(EXPORTS)}; else by FILE's name")  # fmt: skip
    parser.add_argument("-o", "--output", metavar="FILE",
                        help="write a file instead of standard output; for markdown, a folder "
                             "takes one note a paper")  # fmt: skip


def _cite(parser: argparse.ArgumentParser) -> None:
    _shown_refs(parser)
    parser.add_argument("--style", default="latex",
                        help="key, latex, md, typst, org; text, bibtex, ris or another export "
                             "format; csl:NAME or csl:FILE (extra `cite`)")  # fmt: skip


def _bib(parser: argparse.ArgumentParser) -> None:
    acts = (
        "ls lists them; new keeps FILE up to date; sync writes them; check looks for what is "
        "wrong; used says which keys the texts of a folder use; rm keeps FILE no longer"
    )
    parser.add_argument("act", choices=["ls", "new", "sync", "check", "used", "rm"], help=acts)
    parser.add_argument("file", nargs="?", metavar="FILE", help="a .bib file, or a folder")
    parser.add_argument("--query", help="what belongs in it besides papers with its tag")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def _pick(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="*", metavar="QUERY", help="what to begin with")
    parser.add_argument("--multi", action="store_true", help="take several, marked with Tab")
    parser.add_argument("--format", default="key", metavar="TEXT",
                        help=r"what to write, key standing for it: '\cite{key}'")  # fmt: skip


def _merge(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ref", metavar="REF", help="the paper that stays")
    parser.add_argument("others", nargs="+", metavar="REF", help="papers that are the same work")
    parser.add_argument("--apart", action="store_true",
                        help="keep them apart instead: they are different works")  # fmt: skip


def _split(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ref", metavar="REF", help="the paper")
    parser.add_argument("records", nargs="*", type=positive, metavar="N",
                        help="which of its records become a paper of their own; without any, "
                             "they are listed")  # fmt: skip


def _shown_refs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("refs", nargs="+", metavar="REF", help="papers; - reads them from stdin")
    parser.add_argument("-0", "--null", action="store_true", help="stdin is separated by NUL")


def _shown(parser: argparse.ArgumentParser) -> None:
    _shown_refs(parser)
    parser.add_argument("--sources", action="store_true", help="say which source told each field")


def _targets(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--query", metavar="QUERY", help="the papers of a query instead of REFs")
    parser.add_argument("--all", action="store_true", help="allow a query that means every paper")
    parser.add_argument("--dry-run", action="store_true", help="say what would be changed")
    parser.add_argument("-0", "--null", action="store_true", help="stdin is separated by NUL")


def _refs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("refs", nargs="*", metavar="REF", help="papers; - reads them from stdin")
    _targets(parser)


def _tag(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="+", metavar="+TAG|-TAG|REF",
                        help="tags to add (+) and remove (-), then papers")  # fmt: skip
    _targets(parser)


def _priority(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("priority", choices=["A", "B", "C", "none"], help="the priority")
    _refs(parser)


def _tags(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "act",
        nargs="?",
        default="ls",
        choices=["ls", "rename", "merge", "colour", "color", "pin", "rm"],
        help="ls (the default), rename A B, merge A B, colour A NAME, pin A N, rm A",
    )
    parser.add_argument("words", nargs="*", metavar="TAG", help="the tag, and what it becomes")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def _views(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "act",
        nargs="?",
        default="ls",
        choices=["ls", "add", "rename", "move", "rm"],
        help="ls (the default), add NAME QUERY, rename A B, move A N, rm A",
    )
    parser.add_argument("words", nargs="*", metavar="NAME", help="the view, and what it becomes")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def _edit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ref", metavar="REF", help="the paper")
    parser.add_argument("--set", action="append", default=[], metavar="FIELD=VALUE",
                        help="your own value of a field; without it $EDITOR opens")  # fmt: skip
    parser.add_argument("--unset", action="append", default=[], metavar="FIELD",
                        help="go back to what the sources say")  # fmt: skip


def _add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "ids",
        nargs="*",
        metavar="ID",
        help="its arXiv id, DOI, link, PubMed id or title: it is asked for",
    )
    parser.add_argument(
        "--offline", action="store_true", help="ask nobody: keep an id to be completed later"
    )
    parser.add_argument("--title", default="", help="by hand; without any ID $EDITOR opens")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        help="a field: authors, published, abstract, venue, identifiers, …",
    )
    parser.add_argument("--tag", action="append", default=[], help="give it a tag")
    parser.add_argument("--star", action="store_true", help="star it")
    parser.add_argument(
        "--status",
        default="later",
        choices=["unread", "later", "reading", "read"],
        help="its status",
    )


def _steps(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("steps", nargs="?", type=positive, default=1, metavar="N",
                        help="how many changes")  # fmt: skip


def _revert(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("change", type=positive, metavar="CHANGE", help="its number in the log")


def _log(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--limit", type=positive, default=20, metavar="N", help="at most N")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def _explained(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="*", metavar="QUERY", help="the query")
    parser.add_argument("--explain", action="store_true", help="print its tree and SQL")
    parser.add_argument("--json", action="store_true", help="one JSON object")


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object")


def _doctor(parser: argparse.ArgumentParser) -> None:
    _json(parser)
    parser.add_argument("--fix", action="store_true", help="make the safe repairs, on a copy first")


def _backup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", metavar="FILE",
                        help="where to; by default beside the library")  # fmt: skip
    parser.add_argument("--list", action="store_true", help="list the backups there are")


def _restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a backup; `latest` is the newest whole one")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def _config(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("act", choices=["get", "set", "edit", "path", "check", "key"],
                        help="get [KEY], set KEY VALUE, edit, path, check; key SERVICE reads a "
                             "service's key from standard input")  # fmt: skip
    parser.add_argument("words", nargs="*", metavar="KEY", help="a key such as ui.theme")


def _keys(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--md", action="store_true", help="as a Markdown table")
    parser.add_argument("--conflicts", action="store_true", help="name keys that are bound twice")


def _completions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=["bash", "zsh", "fish"], help="the shell")


COMMANDS = (
    Command("tui", "open the screen (the default)", "screen:run", _screen),
    Command("import", "take papers from files into the library", "importing:run", _import, (5, 6),
            "reader import listing.txt"),
    Command("add", "add a paper by its id, DOI, link or title, or by hand", "editing:run_add",
            _add, (3, 4, 5), "reader add 1706.03762 --tag transformers"),
    Command("sync", "ask the feeds for what is new", "following:run_sync",
            following_options.sync, (3, 4, 5),
            "reader sync --quiet --if-older-than 6h"),
    Command("feed", "follow feeds; list, pause, rename and unfollow them", "following:run_feed",
            following_options.feed, (5, 6), "reader feed add cs.LG+stat.ML"),
    Command("rule", "list the rules on arrival, and see what they would do",
            "following:run_rule", following_options.rule, (5,), "reader rule test is:unread"),
    Command("complete", "ask for what papers lack: names, abstracts, identifiers, dates",
            "completing:run_complete",
            following_options.complete, (1, 3, 4, 5), "reader complete simon2026there"),
    Command("diff", "compare two versions of a paper", "showing:run_diff",
            following_options.diff, (1, 5),
            "reader diff simon2026there 1 2"),
    Command("digest", "print what came lately", "digesting:run_digest",
            following_options.digest, (5,),
            "reader digest --top 5 --format md"),
    Command("edit", "put your own metadata on top of what the sources say", "editing:run_edit",
            _edit, (1, 5), "reader edit simon2026there --set venue='ICML 2026'"),
    Command("list", "list papers, the newest first", "listing:run_list", _list, (1, 5),
            "reader list 'is:starred year:2024..'"),
    Command("find", "list papers, the best match first, with where they match",
            "listing:run_find", _list, (1, 5), "reader find creat latex"),
    Command("show", "show papers with their abstracts", "showing:run_show", _shown, (1, 5),
            "reader show simon2026there"),
    Command("star", "star papers", "changing:run_star", _refs, (1, 4, 5),
            "reader star simon2026there"),
    Command("unstar", "take stars away", "changing:run_star", _refs, (1, 4, 5),
            "reader unstar --query 'is:starred is:skipped'"),
    Command("later", "mark papers to be read later", "changing:run_status", _refs, (1, 4, 5),
            "reader later kamb2024analytic"),
    Command("reading", "mark papers as being read", "changing:run_status", _refs, (1, 4, 5),
            "reader reading kamb2024analytic"),
    Command("done", "mark papers as read", "changing:run_status", _refs, (1, 4, 5),
            "reader done kamb2024analytic"),
    Command("skip", "mark papers as skipped", "changing:run_status", _refs, (1, 4, 5),
            "reader skip --query 'is:unread added:..30d' --dry-run"),
    Command("unread", "put papers back into the inbox", "changing:run_status", _refs, (1, 4, 5),
            "reader unread kamb2024analytic"),
    Command("tag", "add tags to papers and remove them", "changing:run_tag", _tag, (1, 4, 5),
            "reader tag +theory -todo simon2026there"),
    Command("prio", "set the priority of papers", "changing:run_priority", _priority, (1, 4, 5),
            "reader prio A --query 'is:later #theory'"),
    Command("trash", "move papers to the trash", "changing:run_trash", _refs, (1, 4, 5),
            "reader trash anon2018newton"),
    Command("untrash", "take papers out of the trash", "changing:run_trash", _refs, (1, 4, 5),
            "reader untrash anon2018newton"),
    Command("tags", "list tags; rename, merge, colour, pin and delete them", "organising:run_tags",
            _tags, (1, 5), "reader tags rename rl reinforcement-learning"),
    Command("views", "list views; add, rename, move and delete your own", "organising:run_views",
            _views, (1, 5), "reader views add scaling 'title:\"scaling laws\" sort:date'"),
    Command("query", "say how a query is understood", "querying:run_query", _explained, (5,),
            "reader query --explain 'is:unread -survey'"),
    Command("undo", "undo the latest change, or the latest N", "history:run_undo", _steps, (4, 5)),
    Command("redo", "redo what was undone", "history:run_redo", _steps),
    Command("revert", "take one earlier change back by itself", "history:run_revert", _revert,
            (4, 5)),
    Command("log", "list what was changed, the newest first", "history:run_log", _log),
    Command("stats", "count papers, tags, sources and changes", "querying:run_stats", _json),
    Command("export", "write papers in another format", "exporting:run_export", _export,
            (1, 4, 5), "reader export tag:thesis -o thesis.bib"),
    Command("cite", "write citations of papers", "exporting:run_cite", _cite, (1, 5),
            "reader cite --style md simon2026there kamb2024analytic"),
    Command("pick", "choose papers under the prompt, for an editor or a script",
            "picking:run_pick", _pick, (1, 5), r"reader pick --multi --format '\cite{key}'"),
    Command("bib", "keep .bib files up to date with the library", "bibliography:run_bib", _bib,
            (5, 6), "reader bib new thesis.bib --query tag:thesis"),
    Command("merge", "let papers that are one work become one", "regrouping:run_merge", _merge,
            (1, 5), "reader merge simon2026there simon2026therea"),
    Command("split", "make a paper of its own from some records of one", "regrouping:run_split",
            _split, (1, 5), "reader split simon2026there 2"),
    Command("backup", "write a verified copy of the library", "safety:run_backup", _backup, (4, 5)),
    Command("restore", "put a backup in the library's place, keeping what was there",
            "safety:run_restore", _restore, (4, 5), "reader restore latest"),
    Command("doctor", "check the library and its surroundings", "doctor:run", _doctor, (5, 6)),
    Command("config", "read, change and check the configuration", "configuring:run_config",
            _config, (), "reader config set ui.theme paper"),
    Command("keys", "list the keys of the screen", "configuring:run_keys", _keys, (6,)),
    Command("themes", "list the themes of the screen", "configuring:run_themes", codes=(4,)),
    Command("completions", "print completions for a shell", "manual:run_completions",
            _completions, (), "reader completions fish | source"),
    Command("man", "print this manual as a manual page", "manual:run_man", codes=(),
            example="reader man | man -l -"),
    Command("version", "say which versions of what are running", "history:run_version", codes=()),
)  # fmt: skip
"""Every command, in the order of the help."""
