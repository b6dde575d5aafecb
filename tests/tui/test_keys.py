import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.keys_file import read_keys, set_keys
from reader.tui.action_table import ACTIONS, BY_ID
from reader.tui.actions import PANES, Scope, named
from reader.tui.command_line import Range, parse_command, split_commands
from reader.tui.keymap import (
    DEFAULT,
    PRESETS,
    UNBINDABLE,
    Bindings,
    load_keymap,
    make_keymap,
    preset_keys,
)
from reader.tui.keys import KeyReader


def press(reader, keys, scope=Scope.LIST):
    return [reader.press(key, scope) for key in keys][-1]


def test_counts_and_sequences():
    reader = KeyReader()
    assert press(reader, ["1", "0", "x"]).action.id == "paper.skip"
    pressed = press(reader, ["1", "2", "G"])
    assert (pressed.action.id, pressed.count) == ("move.bottom", 12)
    assert press(reader, ["g", "g"]).action.id == "move.top"
    assert press(reader, ["y", "t"]).action.id == "copy.title"
    pressed = press(reader, ["g", "3"])
    assert (pressed.action.id, pressed.count) == ("view.own", 3)
    assert press(reader, ["alt+7"]).count == 7
    assert press(reader, ["4", "f1"]).count == 4


def test_a_prefix_waits_and_escape_leaves_it():
    reader = KeyReader()
    assert reader.press("y", Scope.LIST).waiting
    assert reader.pending() == "y"
    assert {key for key, _ in reader.continuations(Scope.LIST)} == set("ybuctdimaj")
    assert reader.press("escape", Scope.LIST).action is None
    assert press(reader, ["x"]).action.id == "paper.skip"


def test_an_unknown_second_key_is_swallowed_and_named():
    reader = KeyReader()
    pressed = press(reader, ["g", "q"])
    assert (pressed.action, pressed.unknown) == (None, "g q")
    assert press(reader, ["j"]).action.id == "move.down"


def test_zero_is_no_count_by_itself():
    assert press(KeyReader(), ["0", "x"]).count is None
    assert press(KeyReader(), ["9"] * 30 + ["j"]).count == 9_999_999


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("scope", PANES)
def test_no_key_is_bound_twice_or_is_also_a_prefix(preset, scope):
    keymap = make_keymap(preset)
    trie = keymap.tries[scope]  # raises when it cannot be built
    assert not any(key.isdecimal() for key in trie)
    assert not set(trie) & set(UNBINDABLE)
    assert keymap.problems == ()


def test_the_prefixes_are_those_that_never_time_out():
    for scope in PANES:
        prefixes = {key for key, below in DEFAULT.tries[scope].items() if isinstance(below, dict)}
        assert prefixes <= {"g", "z", "y", "S"}


def test_the_arrows_preset_needs_no_letters():
    for action, keys in preset_keys("arrows").items():
        for key in keys:
            assert not any(len(part) == 1 and part.isalpha() for part in key.split()), action
    needed = ("move.down", "pane.deeper", "paper.star", "paper.tag", "paper.skip", "history.undo",
              "app.palette", "app.close", "find.anywhere")  # fmt: skip
    assert all(preset_keys("arrows")[action] for action in needed)


def test_own_keys_take_the_place_of_others_and_say_so():
    own = Bindings({"paper.skip": ("d", "ctrl+k"), "paper.later": ("r",)}, {})
    keymap = make_keymap("vim", own)
    reader = KeyReader(keymap)
    assert press(reader, ["d"]).action.id == "paper.skip"
    assert press(reader, ["r"]).action.id == "paper.later"
    assert press(reader, ["x"]).unknown == "x"
    assert keymap.key_of("paper.read") == ":done"
    assert keymap.problems == ()
    assert keymap.takeovers == ("r is paper.later now; paper.read has only :done",)


def test_what_cannot_be_a_key_is_named_and_left_out():
    wrong = {
        "paper.skip": ("g", "5", "ctrl+i", ", x", "a  b"), "paper.lat": ("d",),
    }  # fmt: skip
    keymap = make_keymap("vim", Bindings(wrong, {"a b": "later", "c": " "}))
    told = "\n".join(keymap.problems)
    assert len(keymap.problems) == 8
    assert "cannot begin another" in told
    assert "terminals cannot send ctrl+i" in told
    for words in ("digits are counts", "begins your own", "not a key", "paper.later?", "one key"):
        assert words in told
    assert all(keymap.tries[scope] for scope in PANES)


@pytest.mark.parametrize(
    "key", ["zz9", "ctrl+", "Ctrl+K", "control+k", "C-k", "ctrl+K", "f25", "g xx"]
)
def test_keys_that_no_terminal_has_are_named(key):
    keymap = make_keymap("vim", Bindings({"paper.skip": (key, "d")}, {}))
    assert keymap.keys["paper.skip"] == ("d",)
    assert [f"“{key}”: no key is called" in told for told in keymap.problems] == [True]


@pytest.mark.parametrize(
    "key", ["f12", "f24", "shift+tab", "ctrl+alt+k", "é", "ctrl+é", "+", "ctrl+plus"]
)
def test_keys_that_terminals_have_can_be_given(key):
    assert make_keymap("vim", Bindings({"paper.skip": (key,)}, {})).problems == ()


def test_macros_wait_behind_the_comma():
    keymap = make_keymap("vim", Bindings({}, {"f": "tag +followup; later"}))
    pressed = press(KeyReader(keymap), [",", "f"])
    assert (pressed.action.handler, pressed.action.text) == ("app.commands", "tag +followup; later")


@given(st.dictionaries(st.sampled_from(sorted(BY_ID)),
                       st.lists(st.text(alphabet="gzySqx, 1+", min_size=1, max_size=4),
                                max_size=3).map(tuple), max_size=6))  # fmt: skip
def test_any_own_keys_leave_a_keymap_without_conflicts(keys):
    keymap = make_keymap("vim", Bindings(keys, {}))
    for scope in PANES:
        assert keymap.tries[scope]


def test_keys_toml_is_read_with_its_lines(tmp_path):
    path = tmp_path / "keys.toml"
    path.write_text(
        '[keys]\n"paper.later" = ["w", "F"]\n"paper.skip" = "d"\n"paper.read" = 5\n'
        'user = { f = "tag +a; later" }\n[other]\nx = 1\n'
    )
    told = read_keys(path)
    assert told["keys"] == {"paper.later": ["w", "F"], "paper.skip": ["d"]}
    assert told["macros"] == {"f": "tag +a; later"}
    assert [one.rpartition("keys.toml:")[2][:1] for one in told["problems"]] == ["6", "4"]
    set_keys(path, "paper.skip", ["d", "ctrl+k"])
    assert read_keys(path)["keys"]["paper.skip"] == ["d", "ctrl+k"]
    assert '"paper.read" = 5' in path.read_text()


@pytest.mark.parametrize("text", ["[keys", "\x00", '[keys]\nuser = "x"', "keys = 1", "[[keys]]"])
def test_a_wrong_keys_toml_never_keeps_the_program_from_starting(tmp_path, text):
    path = tmp_path / "keys.toml"
    path.write_text(text)
    keymap, problems = load_keymap("vim", path)
    assert keymap.keys == DEFAULT.keys
    assert problems or text in ("keys = 1", "[[keys]]")


def test_a_changed_keys_toml_is_read_again(tmp_path):
    path = tmp_path / "keys.toml"
    path.write_text('[keys]\n"paper.skip" = "d"\n')
    assert load_keymap("vim", path)[0].keys["paper.skip"] == ("d",)
    path.write_text('[keys]\n"paper.skip" = "ctrl+k"\n')
    assert load_keymap("vim", path)[0].keys["paper.skip"] == ("ctrl+k",)


def test_commands_by_unique_prefix():
    assert [one.id for one in named("later", ACTIONS)] == ["paper.later"]
    assert [one.id for one in named("rem", ACTIONS)] == ["app.remove_samples"]
    assert len(named("re", ACTIONS)) > 1
    assert named("nonsense", ACTIONS) == []
    names = [one.command for one in ACTIONS]
    assert len(names) == len(set(names))
    assert all(names)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("later", (Range.NONE, "later", "")),
        ("% skip", (Range.VIEW, "skip", "")),
        ("%skip", (Range.VIEW, "skip", "")),
        (". tag +a -b", (Range.HERE, "tag", "+a -b")),
        ("'<,'>later", (Range.SELECTION, "later", "")),
        ("3,7 star", (Range.ROWS, "star", "")),
        ("12", (Range.ROWS, "", "")),
        ("{is:unread added:..30d} skip", (Range.QUERY, "skip", "")),
        ('{title:"a } b"} tag +x', (Range.QUERY, "tag", "+x")),
        ("!ls -l", (Range.NONE, "!", "ls -l")),
        ("% | bibtex wc", (Range.VIEW, "|", "bibtex wc")),
    ],
)
def test_command_lines(text, found):
    line = parse_command(text)
    assert (line.range, line.name, line.rest) == found


def test_rows_and_queries_of_a_range():
    assert parse_command("{is:unread} skip").query == "is:unread"
    line = parse_command("2,$ later")
    assert (line.first, line.last) == (2, -1)
    assert parse_command("{is:unread skip").wrong


def test_macros_are_split_at_semicolons():
    assert split_commands('tag "a;b"; later ;; s') == ['tag "a;b"', "later", "s"]
    assert split_commands("later; !echo a; echo b") == ["later", "!echo a; echo b"]


@given(st.text(max_size=60))
def test_any_command_line_is_read(text):
    parse_command(text)
    split_commands(text)
