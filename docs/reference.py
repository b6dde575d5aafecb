"""Write what the documents take from the program's own tables: python docs/reference.py.

The key and command tables of the README, docs/commands.md, and the tables of docs/query.md.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from reader.cli.commands import COMMANDS, EXIT_CODES
from reader.cli.manual import options_of
from reader.config import KEYS, Settings
from reader.model.formats import EXPORTS, IMPORTS
from reader.model.query.fields import DIRECTIVES, FIELDS, GROUPS, ORDERS, PRESENCES, STATES
from reader.tui.action_table import ACTIONS
from reader.tui.actions import Action
from reader.tui.keymap import DEFAULT, PRESETS, preset_keys

_ABOUT = """\
# Commands

Every command takes `--library PATH`, `--config PATH`, `--color auto|always|never`, `--plain` (one
record a line, no glyphs or colours) and `-q`. REF is a citekey, an arXiv id, a DOI or a link; `-`
reads them from standard input, with `-0` separated by NUL. QUERY is described in
[query.md](query.md), the JSON in [formats.md](formats.md). Data goes to standard output, talk to
standard error; nothing is asked without a terminal."""
ROOT = Path(__file__).parent.parent
_FIRST = ("Move", "Read", "Decide", "Select", "Change", "Find", "Copy", "Program")
"""The groups that the README shows."""


def keys() -> str:
    """The keys as a Markdown table, with a heading row for each group."""
    lines = ["| Key | What it does |", "|---|---|"]
    group = ""
    for action in ACTIONS:
        if action.keys and action.group in _FIRST:
            if action.group != group:
                group = action.group
                lines.append(f"| **{group}** | |")
            lines.append(f"| {_keys(action)} | {action.help} |")
    return "\n".join(lines)


def _keys(action: Action) -> str:
    return ", ".join(f"`{_cell(key)}`" for key in DEFAULT.keys_of(action).split("  ") if key)


def keymap() -> str:
    """docs/keys.md between its marks: every action with its keys, its command and its id."""
    arrows = preset_keys(PRESETS[1])
    lines: list[str] = []
    group = ""
    for action in ACTIONS:
        if action.group != group:
            group = action.group
            lines += ["", f"### {group}", "", "| Key | `arrows` | Command | What it does | Id |",
                      "|---|---|---|---|---|"]  # fmt: skip
        takes = f" {action.takes}" if action.takes else ""
        other = "" if arrows[action.id] == action.keys else ", ".join(
            f"`{_cell(key)}`" for key in arrows[action.id])  # fmt: skip
        lines.append(f"| {_keys(action)} | {other} | `:{action.command}{_cell(takes)}` | "
                     f"{_cell(action.help)} | `{action.id}` |")  # fmt: skip
    return "\n".join(lines).strip()


def commands() -> str:
    """The commands in short."""
    lines = ["| Command | What it does |", "|---|---|"]
    lines += [f"| `reader {one.name}` | {one.help} |" for one in COMMANDS]
    return "\n".join(lines)


def manual() -> str:
    """docs/commands.md: every command with its options and exit codes."""
    parts = [_ABOUT]
    for command in COMMANDS:
        part = [f"## reader {command.name}", "", command.help[0].upper() + command.help[1:] + "."]
        if options := options_of(command.name):
            part += ["", "| Argument | Meaning |", "|---|---|"]
            part += [f"| `{_cell(spelled)}` | {_cell(told)} |" for spelled, told in options]
        if command.example:
            part += ["", f"    {command.example}"]
        codes = ", ".join(map(str, sorted({0, 2, *command.codes, 130})))
        parts.append("\n".join([*part, "", f"Exit codes: {codes}."]))
    parts.append("## Exit codes\n\n| Code | Meaning |\n|---|---|\n" + _rows(EXIT_CODES))
    usual = {key: getattr(Settings(), key.replace(".", "_")) for key in KEYS}
    settings = [f"| `{key}` | {meaning} | `{usual[key]}` |" for key, meaning in KEYS.items()]
    parts.append(
        "## Settings\n\n`config.toml` in `$XDG_CONFIG_HOME/paper-reader`; a flag counts before the "
        "environment (`READER_LIBRARY`, `READER_THEME`, `READER_CONFIG`), that before the file. A "
        "wrong line is named and left out.\n\n"
        "| Key | Meaning | Default |\n|---|---|---|\n" + "\n".join(settings)
    )
    return "\n\n".join(parts) + "\n"


def fields() -> str:
    """The fields of the query language."""
    lines = ["| Field | Finds | Also |", "|---|---|---|"]
    for one in FIELDS:
        also = ", ".join(f"`{alias}:`" for alias in one.aliases)
        missing = f" (no {one.missing} kept yet)" if one.missing else ""
        lines.append(f"| `{_cell(one.example)}` | {one.help}{missing} | {also} |")
    return "\n".join(lines)


def words() -> str:
    """The words that fields and directives take."""
    return "\n\n".join([
        "`is:`\n\n| Word | Meaning |\n|---|---|\n" + _rows(_kept(STATES)),
        "`has:` and `no:`\n\n| Word | Meaning |\n|---|---|\n" + _rows(_kept(PRESENCES)),
        "`sort:`, a `-` in front reverses\n\n| Key | Order |\n|---|---|\n" + _rows(_kept(ORDERS)),
        "`group:` takes " + ", ".join(f"`{one}`" for one in GROUPS) + ".",
        "Directives: " + ", ".join(f"`{one}`" for one in DIRECTIVES.values()) + ".",
    ])  # fmt: skip


def formats() -> str:
    """The formats of docs/formats.md, by name."""
    lines = ["| Name | `import --from` | `export --to` |", "|---|---|---|"]
    lines += [
        f"| `{name}` | {IMPORTS.get(name, '')} | {EXPORTS.get(name, '')} |"
        for name in dict.fromkeys([*IMPORTS, *EXPORTS])
    ]
    return "\n".join(lines)


def _kept(table: dict[str, str]) -> dict[str, str]:
    return {name: meaning for name, meaning in table.items() if meaning}


def _rows(table: dict[int, str] | dict[str, str]) -> str:
    return "\n".join(f"| `{name}` | {meaning} |" for name, meaning in table.items())


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def between(text: str, name: str, part: str) -> str:
    """The text with another part between its `<!-- name -->` marks."""
    mark = f"<!-- {name} -->"
    pattern = re.compile(f"({re.escape(mark)}\n).*?(\n{re.escape(mark)})", re.DOTALL)
    return pattern.sub(lambda found: found[1] + part + found[2], text)


def documents() -> Iterable[tuple[Path, str]]:
    """Every document that has such parts, as it should be."""
    readme = (ROOT / "README.md").read_text("utf-8")
    yield ROOT / "README.md", between(between(readme, "keys", keys()), "commands", commands())
    yield ROOT / "docs" / "commands.md", manual()
    keyed = (ROOT / "docs" / "keys.md").read_text("utf-8")
    yield ROOT / "docs" / "keys.md", between(keyed, "keys", keymap())
    told = (ROOT / "docs" / "formats.md").read_text("utf-8")
    yield ROOT / "docs" / "formats.md", between(told, "formats", formats())
    query = (ROOT / "docs" / "query.md").read_text("utf-8")
    yield ROOT / "docs" / "query.md", between(between(query, "fields", fields()), "words", words())


def main() -> None:
    """Write them."""
    for path, text in documents():
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
