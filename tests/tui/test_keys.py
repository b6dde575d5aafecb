import pytest

from reader.tui.actions import ACTIONS, Scope, commands
from reader.tui.keys import KeyReader, build_trie


def press(reader, keys, scope=Scope.LIST):
    return [reader.press(key, scope) for key in keys][-1]


def test_counts_and_sequences():
    reader = KeyReader()
    assert press(reader, ["1", "0", "x"]).action.id == "paper.skip"
    pressed = press(reader, ["1", "2", "G"])
    assert (pressed.action.id, pressed.count) == ("move.bottom", 12)
    assert press(reader, ["g", "g"]).action.id == "move.top"
    assert press(reader, ["y", "t"]).action.id == "copy.title"


def test_a_prefix_waits_and_escape_leaves_it():
    reader = KeyReader()
    assert reader.press("y", Scope.LIST).waiting
    assert reader.pending() == "y"
    assert {key for key, _ in reader.continuations(Scope.LIST)} == {"y", "t", "u", "b"}
    assert reader.press("escape", Scope.LIST).action is None
    assert press(reader, ["x"]).action.id == "paper.skip"


def test_an_unknown_second_key_is_swallowed():
    reader = KeyReader()
    assert press(reader, ["g", "x"]).action is None
    assert press(reader, ["j"]).action.id == "move.down"


def test_zero_is_no_count_by_itself():
    assert press(KeyReader(), ["0", "x"]).count is None
    assert press(KeyReader(), ["9"] * 30 + ["j"]).count == 9_999_999


@pytest.mark.parametrize("scope", [Scope.LIST, Scope.TEXT, Scope.SIDEBAR])
def test_no_key_is_bound_twice_or_is_also_a_prefix(scope):
    trie = build_trie(scope)
    assert not any(key.isdecimal() for key in trie)


def test_commands_by_unique_prefix():
    assert [one.id for one in commands("later")] == ["paper.later"]
    assert [one.id for one in commands("rem")] == ["app.remove_samples"]
    assert len(commands("re")) > 1
    assert commands("nonsense") == []
    names = [one.command for one in ACTIONS if one.command]
    assert len(names) == len(set(names))
