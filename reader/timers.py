"""Having the system run `reader sync` every night, for those who ask for it in so many words.

systemd's user timers where there are some, launchd on macOS; elsewhere the line for cron is said.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from reader.files import replace_file

_NAME = "paper-reader-sync"
_LABEL = "paper-reader.sync"
_WORDS = ("sync", "--quiet", "--if-older-than", "6h")
_SERVICE = """[Unit]
Description=Ask the feeds of the paper reader for what is new

[Service]
Type=oneshot
ExecStart={command}
"""
_TIMER = """[Unit]
Description=Ask the feeds of the paper reader every night

[Timer]
OnCalendar=*-*-* 03:30:00
RandomizedDelaySec=15min
Persistent=true

[Install]
WantedBy=timers.target
"""
_NEVER_IN_PROGRAMS = frozenset("\"'\\$")
"""What systemd takes in the words behind a program's name only."""

_AGENT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
<key>Label</key><string>{label}</string>
<key>ProgramArguments</key><array>{words}</array>
<key>StartCalendarInterval</key><dict><key>Hour</key><integer>3</integer>
<key>Minute</key><integer>30</integer></dict>
</dict></plist>
"""


def install() -> str:
    """Set a timer up; what was done, in words, or what the user can do."""
    if sys.platform == "darwin":
        return _install_agent()
    if _systemd():
        return _install_units()
    return _cron_line()


def uninstall() -> str:
    """Take the timer away; what was done."""
    removed = []
    if _systemd():
        _systemctl("disable", "--now", f"{_NAME}.timer")
    for path in (*_unit_files(), _agent_file()):
        if path.exists():
            path.unlink()
            removed.append(str(path))
    if removed and _systemd():
        _systemctl("daemon-reload")
    told = f"removed {', '.join(removed)}" if removed else "there was no timer of ours"
    return f"{told}; a line in your crontab is yours to remove (crontab -e)"


def _command() -> list[str]:
    """This program, as it can be started from anywhere."""
    found = shutil.which("reader") if Path(sys.argv[0]).name == "reader" else None
    script = Path(sys.argv[0]).resolve()
    if script.name == "reader" and script.is_file():
        return [str(script), *_WORDS]
    return [found, *_WORDS] if found else [sys.executable, "-m", "reader", *_WORDS]


def _cron_line() -> str:
    words = " ".join(f"'{word}'" if " " in word else word for word in _command())
    return (
        "no systemd for users and no launchd here: `crontab -e` and this line do the same; nothing "
        f"was installed\n\n30 3 * * * {words}"
    )


# -- systemd -------------------------------------------------------------------------------------


def _systemd() -> bool:
    if shutil.which("systemctl") is None:
        return False
    return _systemctl("show-environment") == 0


def _systemctl(*words: str) -> int:
    done = subprocess.run(  # noqa: S603 - argv of ours
        ["systemctl", "--user", *words],  # noqa: S607 - the system's own
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=30,
    )
    return done.returncode


def _unit_files() -> tuple[Path, Path]:
    base = os.environ.get("XDG_CONFIG_HOME", "")
    folder = Path(base) if base.startswith("/") else Path.home() / ".config"
    units = folder / "systemd" / "user"
    return units / f"{_NAME}.service", units / f"{_NAME}.timer"


def _install_units() -> str:
    service, timer = _unit_files()
    service.parent.mkdir(parents=True, exist_ok=True)
    words = _command()
    if set(words[0]) & _NEVER_IN_PROGRAMS:
        words.insert(0, "/usr/bin/env")
    quoted = " ".join(_systemd_word(word) for word in words)
    replace_file(service, [_SERVICE.format(command=quoted)])
    replace_file(timer, [_TIMER])
    _systemctl("daemon-reload")
    if _systemctl("enable", "--now", timer.name):
        return (
            f"wrote {service} and {timer}, but systemd did not start the timer: systemctl --user "
            f"status {timer.name} says why"
        )
    return (
        f"wrote {service} and {timer}: every night at 03:30, up to 15 minutes later, and when the "
        "machine was off, after the next start. `reader sync --uninstall-timer` takes it away"
    )


def _systemd_word(word: str) -> str:
    """A word of a command line in a unit: https://www.freedesktop.org/software/systemd/man/systemd.service.html."""
    word = word.replace("\\", "\\\\").replace("%", "%%").replace("$", "$$").replace('"', '\\"')
    return f'"{word}"'


# -- launchd -------------------------------------------------------------------------------------


def _agent_file() -> Path:
    return Path.home() / "Library" / "LaunchAgents" / f"{_LABEL}.plist"


def _install_agent() -> str:
    from xml.sax.saxutils import escape  # noqa: PLC0415 - for this only

    path = _agent_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    words = "".join(f"<string>{escape(word)}</string>" for word in _command())
    replace_file(path, [_AGENT.format(label=_LABEL, words=words)])
    return f"wrote {path}: every night at 03:30 from the next login on (launchctl load {path} now)"
