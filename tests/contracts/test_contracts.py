import ast
import dataclasses
import importlib
import inspect
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from docs import reference
from reader.cli.arguments import build_parser
from reader.cli.commands import COMMANDS
from reader.importing import SAMPLE_FILES
from reader.library.library import Library
from reader.model.formats import EXPORTS, IMPORTS
from reader.resources import seeds, styles
from reader.session import Place
from reader.tui.action_table import ACTIONS, footer_actions
from reader.tui.actions import PANES
from reader.tui.keymap import DEFAULT
from reader.tui.screens.library import LibraryScreen
from reader.tui.themes import CONTRAST, INK, MONO, PAPER, Palette

ROOT = Path(__file__).parent.parent.parent
MODULES = sorted((ROOT / "reader").rglob("*.py"))


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, **options)


def imported_by(statement):
    code = f"import sys; {statement}; print('\\n'.join(sys.modules))"
    return set(run(sys.executable, "-c", code).stdout.split())


@pytest.mark.heavy
def test_the_layers_hold():
    linter = Path(sys.executable).with_name("lint-imports")
    done = run(linter, "--no-cache")
    assert done.returncode == 0, done.stdout


HOMES = {
    "textual": ("reader.tui",), "rich": ("reader.tui",), "httpx2": ("reader.sources.fetch",),
    "sqlite3": ("reader.library", "reader.sources.zotero.database"),
    "sqlite_utils": ("reader.library",), "argparse": ("reader.cli",),
    "pydantic": ("reader.sources", "reader.config_file", "reader.keys_file", "reader.theme_files"),
    "reader.tui": ("reader.tui", "reader.cli"), "reader.cli": ("reader.cli", "reader.boot"),
}  # fmt: skip
"""Who may import what, of all modules."""


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)


def within(name, *packages):
    return any(name == one or name.startswith(f"{one}.") for one in packages)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_module_imports_what_its_layer_may(path):
    here = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for name in imports_of(path):
        for what, homes in HOMES.items():
            assert not within(name, what) or within(here, *homes), f"{here} imports {name}"


def test_the_library_brings_no_screen_and_no_slow_import():
    modules = imported_by("import reader.library.store")
    assert not modules & {"textual", "rich", "pydantic", "sqlite_utils", "reader.tui"}


def test_the_screen_brings_nothing_that_it_does_not_need_to_start():
    modules = imported_by("import reader.tui.app")
    assert "textual" in modules
    assert not modules & {
        "pydantic",
        "sqlite_utils",
        "reader.sources",
        "argparse",
        "httpx",
    }


def test_nothing_unsafe_is_imported():
    modules = imported_by("import reader.tui.app, reader.importing, reader.cli.listing")
    assert not modules & {"shelve", "yaml", "webbrowser"}
    for path in MODULES:
        found = re.findall(r"\b(?:pickle|eval\(|exec\(|shell=True)", path.read_text("utf-8"))
        ours = path.name == "frozen.py"  # its `__init__` is made of our own names
        assert found == (["exec("] if ours else []), path


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_and_functions_stay_small_and_documented(path):
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 400
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < 50, node.name
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    for node in [*tree.body, *(member for one in classes for member in one.body)]:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            assert node.name.startswith("_") or ast.get_docstring(node), node.name


def test_no_widget_is_given_text_as_markup():
    parsed = {"Static", "Label", "Button", "Checkbox", "OptionList"}
    for path in (ROOT / "reader/tui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in parsed:
                options = {one.arg: ast.literal_eval(one.value) for one in node.keywords
                           if one.arg == "markup"}  # fmt: skip
                assert options == {"markup": False}, f"{path}:{node.lineno}"


def test_every_action_can_be_found_and_run(library_path):
    library = Library(library_path)
    screen = LibraryScreen(library, Palette.of(INK, INK.variables), Place())
    for action in ACTIONS:
        helper, _, method = (action.handler or action.id).partition(".")
        handler = getattr(screen.action_sets[helper], method)
        assert handler.__doc__, action.id
        takes = inspect.signature(handler).parameters
        assert ("text" in takes) == bool(action.takes or action.text), action.id
        if action.takes.startswith("[") or not action.takes:
            assert takes.get("text") is None or action.text or takes["text"].default == ""
        assert action.help
        assert action.title
        assert action.command
    library.close()


def test_the_help_names_every_action_with_its_keys(library_path):
    told = run(sys.executable, "-m", "reader", "keys").stdout
    for action in ACTIONS:
        assert f":{action.command} " in told
        assert f"{DEFAULT.keys_of(action)} " in told


def test_documents_equal_the_tables_of_the_program():
    for path, text in reference.documents():
        assert path.read_text("utf-8") == text, f"{path.name}: run python docs/reference.py"


def test_help_names_every_option_that_the_documents_name():
    documented = (ROOT / "docs" / "commands.md").read_text("utf-8")
    parsers = build_parser()._subparsers._group_actions[0]
    for command in COMMANDS:
        told = parsers.choices[command.name].format_help()
        section = documented.partition(f"## reader {command.name}\n")[2].partition("\n## ")[0]
        codes = section.partition("Exit codes: ")[2].partition(".")[0]
        assert f"Exit codes: {codes}." in told, command.name
        for option in re.findall(r"`(-[-\w]*)", section):
            assert option in told, (command.name, option)
        module, _, function = command.run.partition(":")
        assert callable(getattr(importlib.import_module(f"reader.cli.{module}"), function))


def test_each_pane_has_a_footer():
    for scope in PANES:
        assert len(footer_actions(scope)) > 2
        assert len(footer_actions(scope, selected=True)) > 2


def test_the_seeds_and_styles_are_found():
    assert all((seeds() / name).is_file() for name in SAMPLE_FILES)
    assert {path.name for path in styles().glob("*.tcss")} == {
        "app.tcss",
        "panes.tcss",
        "dialogs.tcss",
    }


@pytest.mark.corpus
def test_the_seeds_are_those_that_were_captured(data):
    for name in SAMPLE_FILES:
        assert (ROOT / "seeds" / name).read_bytes() == (data / "seeds" / name).read_bytes()


def _luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one, two):
    light, dark = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [INK, PAPER, CONTRAST], ids=lambda theme: theme.name)
def test_text_is_legible(theme):
    roles = {name.removeprefix("reader-"): value for name, value in theme.variables.items()}
    for role in ("text", "muted", "accent", "star", "reading", "later", "read", "skipped", "error"):
        assert _contrast(roles[role], roles["background"]) >= 4.5, role
    for role in ("text", "selection-muted", "accent", "star", "later", "reading", "read"):
        assert _contrast(roles[role], roles["selection"]) >= 4.5, role
    palette = Palette.of(theme, theme.variables)
    assert palette.base.bgcolor is not None
    for colour in palette.tags.values():
        assert _contrast(colour.color.triplet.hex, roles["background"]) >= 4.5
        assert _contrast(colour.color.triplet.hex, roles["selection"]) >= 4.5


def test_the_theme_without_colour_has_none():
    palette = Palette.of(MONO, MONO.variables)
    styles = [getattr(palette, one.name) for one in dataclasses.fields(palette)[:13]]
    assert all(style.color is None and style.bgcolor is None for style in styles)


@pytest.mark.heavy
def test_wheel_sdist_and_editable_install_bring_styles_and_seeds(tmp_path):
    done = run(sys.executable, "-m", "build", "--outdir", tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    wheel = next(tmp_path.glob("*.whl"))
    shipped = {f"reader/{path.relative_to(ROOT)}" for path in
               [*ROOT.glob("styles/*"), *ROOT.glob("seeds/*")]}  # fmt: skip
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        assert shipped <= names
        modules = {str(path.relative_to(ROOT)) for path in MODULES}
        assert modules == {name for name in names if name.endswith(".py")}
        archive.extractall(tmp_path / "installed")  # noqa: S202 - our own wheel
    with tarfile.open(next(tmp_path.glob("*.tar.gz"))) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
        assert {
            "Makefile",
            "constraints.txt",
            "seeds/arxiv-listing.txt",
            "styles/app.tcss",
        } <= inside
    code = "from reader.resources import seeds, styles; print(seeds(), styles())"
    done = run(sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, sys.argv[1]); {code}",
               tmp_path / "installed")  # fmt: skip
    assert done.stdout.split() == [
        str(tmp_path / "installed/reader/seeds"),
        str(tmp_path / "installed/reader/styles"),
    ]


def test_nothing_names_a_machine_or_a_package_host():
    done = run("git", "ls-files", "-z")
    if done.returncode:
        pytest.skip("not a checkout")
    for name in filter(None, done.stdout.split("\0")):
        path = ROOT / name
        text = path.read_text("utf-8", "replace") if path.is_file() else ""
        hosts = "index" + "-url|find" + r"-links|/home/\w+/|python" + "hosted"
        assert not re.search(hosts, text), name


def test_the_readme_tells_of_every_format():
    text = (ROOT / "README.md").read_text("utf-8")
    table = text[text.index("## Papers in") : text.index("## Papers out")]
    for name in [*IMPORTS, *EXPORTS]:
        assert f"`{name}`" in table, name
