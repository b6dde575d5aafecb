"""The picture of the last time is used only where all that it follows from is the same."""

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from reader import first_frame
from reader.paths import state_folder


@pytest.fixture
def paths(tmp_path, monkeypatch):
    """The files that a picture follows from, at a terminal of a known size."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((120, 36)))
    state_folder().mkdir(parents=True)
    with closing(sqlite3.connect(tmp_path / "library.db")) as library:
        library.execute("PRAGMA journal_mode = WAL")
        library.execute("CREATE TABLE papers(id)")
    settings = tmp_path / "config.toml"
    settings.write_text("[ui]")
    return [os.fsencode(tmp_path / "library.db"), os.fsencode(settings)]


def test_it_is_kept_where_the_state_is_for_its_owner_only(paths):
    first_frame.keep("a picture — with signs", "", list(map(os.fsdecode, paths)), time.time() + 9)
    kept = state_folder() / "first-frame"
    assert first_frame._file() == str(kept)
    assert kept.stat().st_mode & 0o777 == 0o600
    signature, picture, _ = first_frame._read()
    assert picture.decode() == "a picture — with signs"
    assert first_frame._paths(signature) == paths
    assert signature == first_frame._signature(paths)


@pytest.fixture
def painted(monkeypatch):
    """The pictures that are painted, as on a terminal."""
    pictures = []
    monkeypatch.setattr(os, "isatty", lambda _: True)
    monkeypatch.setattr(first_frame, "_paint", lambda picture: not pictures.append(picture))
    return pictures


def test_it_is_shown_once_and_other_commands_leave_it(paths, painted, monkeypatch):
    first_frame.keep("a picture", "", list(map(os.fsdecode, paths)), time.time() + 9)
    with monkeypatch.context() as patch:
        patch.setattr("sys.argv", ["reader", "list"])
        assert first_frame.show() is False
    assert first_frame.show() is True
    assert painted == [b"a picture"]
    assert first_frame.show() is False
    assert painted == [b"a picture"]


@pytest.mark.parametrize("name", ["TERM", "NO_COLOR", "LANG", "TZ", "READER_THEME", "TMUX",
                                  "XDG_CONFIG_HOME", "COLUMNS"])  # fmt: skip
def test_another_environment_has_another_signature(paths, monkeypatch, name):
    before = first_frame._signature(paths)
    monkeypatch.setenv(name, "other")
    assert first_frame._signature(paths) != before


def test_another_size_folder_argument_or_day_has_another_signature(paths, monkeypatch, tmp_path):
    before = first_frame._signature(paths)
    with monkeypatch.context() as patch:
        patch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((119, 36)))
        assert first_frame._signature(paths) != before
    with monkeypatch.context() as patch:
        patch.chdir(tmp_path)
        assert first_frame._signature(paths) != before
    with monkeypatch.context() as patch:
        patch.setattr("sys.argv", ["reader", "--view", "later"])
        assert first_frame._signature(paths) != before
    with monkeypatch.context() as patch:
        patch.setattr("time.strftime", lambda _: "2099-01-01")
        assert first_frame._signature(paths) != before
    assert first_frame._signature(paths) == before


def test_a_changed_or_open_library_has_another_signature_or_none(paths):
    before = first_frame._signature(paths)
    with closing(sqlite3.connect(os.fsdecode(paths[0]), isolation_level=None)) as library:
        library.execute("SELECT * FROM papers").fetchall()
        with pytest.raises(OSError, match="open"):
            first_frame._signature(paths)
    assert first_frame._signature(paths) == before, "who only reads changes nothing"
    with closing(sqlite3.connect(os.fsdecode(paths[0]), isolation_level=None)) as library:
        library.execute("INSERT INTO papers VALUES (1)")
    assert first_frame._signature(paths) != before


def test_a_changed_file_has_another_signature(paths):
    before = first_frame._signature(paths)
    Path(os.fsdecode(paths[1])).unlink()
    assert first_frame._signature(paths) != before


def test_a_picture_that_time_has_made_wrong_is_none(paths):
    first_frame.keep("a picture", "", list(map(os.fsdecode, paths)), time.time() - 1)
    assert first_frame._read() == (b"", b"", b"")


@pytest.mark.parametrize("damage", [b"", b"x", b"5 5 5\n", b"5 5\n", b"-5 9\nabcd", b"\xff" * 4_000,
                                    b"9" * 5_000 + b" 1\n"])  # fmt: skip
def test_a_damaged_picture_is_none(paths, painted, damage):
    first_frame.keep("a picture", "", list(map(os.fsdecode, paths)), time.time() + 9)
    Path(first_frame._file()).write_bytes(damage)
    assert first_frame.show() is False
    assert painted == []
