"""The timer that a user asks for: its files, and what the system is told."""

import configparser
import os
import plistlib
import shlex
import shutil
import subprocess
import sys
from types import SimpleNamespace

import pytest

from reader import timers


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = tmp_path / "a home 100%"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.delenv("XDG_CONFIG_HOME")
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    script = programs / "reader"
    script.write_text("#!/bin/sh\n")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(script), "sync"])
    return folder


@pytest.fixture
def systemctl(home, tmp_path):
    """A systemctl that writes down what it is told, and fails at what `fails` names."""
    told, fails = tmp_path / "told", tmp_path / "fails"
    program = tmp_path / "programs" / "systemctl"
    program.write_text(
        f'#!/bin/sh\necho "$*" >> {shlex.quote(str(told))}\n'
        f'for word in $(cat {shlex.quote(str(fails))} 2>/dev/null); do\n'
        '  case "$*" in *"$word"*) exit 1;; esac\ndone\n'
    )  # fmt: skip
    program.chmod(0o755)

    class Systemctl:
        def told(self):
            return told.read_text().splitlines() if told.exists() else []

        def fail_at(self, word):
            fails.write_text(word)

    return Systemctl()


def test_systemd_gets_a_service_and_a_timer(home, systemctl, tmp_path):
    said = timers.install()
    folder = home / ".config" / "systemd" / "user"
    service = configparser.RawConfigParser()
    service.optionxform = str
    service.read(folder / "paper-reader-sync.service")
    command = service["Service"]["ExecStart"]
    assert command == f'"{tmp_path}/programs/reader" "sync" "--quiet" "--if-older-than" "6h"'
    timer = (folder / "paper-reader-sync.timer").read_text()
    assert "OnCalendar=*-*-* 03:30:00" in timer
    assert "Persistent=true" in timer
    assert systemctl.told() == [
        "--user show-environment", "--user daemon-reload",
        "--user enable --now paper-reader-sync.timer",
    ]  # fmt: skip
    assert "--uninstall-timer" in said

    said = timers.uninstall()
    assert not list(folder.iterdir())
    assert "removed" in said
    assert "--user disable --now paper-reader-sync.timer" in systemctl.told()
    assert "no timer of ours" in timers.uninstall()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_understands_what_is_written(home, systemctl, tmp_path, monkeypatch):
    odd = tmp_path / "programs" / 'an "odd" $HOME 100% name'
    odd.mkdir()
    script = odd / "reader"
    script.write_text("#!/bin/sh\n")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(script), "sync"])
    timers.install()
    folder = home / ".config" / "systemd" / "user"
    run = tmp_path / "run"
    run.mkdir(mode=0o700)
    checked = subprocess.run(
        ["systemd-analyze", "--user", "verify", *map(str, sorted(folder.iterdir()))],
        capture_output=True, text=True, check=False,
        env={**os.environ, "XDG_RUNTIME_DIR": str(run)},
    )  # fmt: skip
    wrong = [line for line in checked.stderr.splitlines() if "paper-reader-sync" in line]
    assert (checked.returncode, wrong) == (0, []), checked.stderr


def test_a_timer_that_does_not_start_is_told(home, systemctl):
    systemctl.fail_at("enable")
    assert "systemd did not start the timer" in timers.install()


def test_without_systemd_the_line_for_cron_is_told(home, systemctl, monkeypatch):
    systemctl.fail_at("show-environment")
    line = timers.install().splitlines()[-1]
    assert line.startswith("30 3 * * * ")
    assert shlex.split(line)[5:] == [sys.argv[0], "sync", "--quiet", "--if-older-than", "6h"]
    assert not (home / ".config").exists(), "nothing was installed"


def test_launchd_gets_an_agent(home, monkeypatch):
    mac = SimpleNamespace(platform="darwin", argv=sys.argv, executable=sys.executable)
    monkeypatch.setattr(timers, "sys", mac)
    said = timers.install()
    (path,) = (home / "Library" / "LaunchAgents").iterdir()
    agent = plistlib.loads(path.read_bytes())
    assert agent["ProgramArguments"] == [sys.argv[0], "sync", "--quiet", "--if-older-than", "6h"]
    assert agent["StartCalendarInterval"] == {"Hour": 3, "Minute": 30}
    assert agent["Label"] == path.stem
    assert str(path) in said
    assert str(path) in timers.uninstall()
    assert not path.exists()
