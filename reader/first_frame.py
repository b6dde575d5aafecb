"""The picture of the last time, shown before the program is there.

Leaving, the screen keeps what it will show when it begins again, with everything that this follows
from: a signature. The next start writes the picture at once when all of that is still the same, and
the program takes over behind it; any doubt means an ordinary start. Nothing heavy is imported here,
and no error leaves: a picture is never worth a failure.

The file holds titles in plain text, for its owner only; it is taken away when it is shown, so that
a start after a crash is an ordinary one.
"""

import os
import sys
import termios
import time

from reader.first_moves import Moves, Typed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

_NAME = "first-frame"
_MOST = 1_000_000
_ENVIRONMENT = ("TERM", "COLORTERM", "NO_COLOR", "COLORFGBG", "LANG", "LC_ALL", "LC_CTYPE", "TZ",
                "COLUMNS", "LINES", "TERM_PROGRAM", "HOME")  # fmt: skip
_OURS = ("XDG_", "READER_", "TEXTUAL_", "PYTHON")
_BEGIN = b"\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h\x1b[H"
_END = b"\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[0m\x1b[?1049l"
_OUT = 2
"""The screen is painted on standard error."""


class _Shown:
    """What stands on the terminal before the program does."""

    attributes: "list[Any] | None" = None
    """The terminal's own, while a picture is shown."""
    moves: "Moves | None" = None
    """What keys do to the picture until the program shows what they do."""
    typed: "Typed | None" = None
    """Who reads the keys until the program does."""


def show() -> bool:
    """Show the picture, when it is still right; whether it is shown."""
    try:
        if not all(map(os.isatty, (0, 1, _OUT))):
            return False
        wanted, picture, moves = _read()
        if not picture or wanted != _signature(_paths(wanted)):
            return False
        os.unlink(_file())
        _paint(picture)
    except (OSError, ValueError, termios.error):
        return False
    _begin_moves(moves)
    return True


def take_back() -> None:
    """Give the terminal back as it was, when the program has not taken it over."""
    leave_to_program()
    reading, _Shown.typed = _Shown.typed, None
    if reading is not None:
        reading.stop()
    before, _Shown.attributes = _Shown.attributes, None
    if before is not None:
        try:
            os.write(_OUT, _END)
            termios.tcsetattr(0, termios.TCSANOW, before)
        except (OSError, termios.error):
            return  # the terminal is gone


def hand_over() -> "list[Any] | None":
    """The terminal's own attributes for who takes it over from the picture, once."""
    before, _Shown.attributes = _Shown.attributes, None
    return before


def typed() -> bytes:
    """What was typed over the picture, once: from here on the program reads."""
    reading, _Shown.typed = _Shown.typed, None
    return reading.end() if reading is not None else b""


def pressed(key: bytes) -> None:
    """Show in the picture where a key leads that the program was handed and does not show yet."""
    if _Shown.moves is not None:
        _Shown.moves.press(key)


def leave_to_program() -> None:
    """Show nothing more of keys: the program does."""
    moves, _Shown.moves = _Shown.moves, None
    if moves is not None:
        moves.end()


def keep(picture: str, moves: str, paths: "Sequence[str]", until: float) -> None:
    """Keep the picture for the next start.

    Args:
        picture: As the terminal is to be sent it, from its first cell on.
        moves: What keys change in it, as `first_moves.pack` has it; empty for nothing.
        paths: The files that the picture follows from: another one means another picture.
        until: When it will no longer be right by the time alone, in seconds since 1970.
    """
    try:
        signature = _signature([os.fsencode(path) for path in paths])
        drawn, moving = picture.encode("utf-8", "replace"), moves.encode("utf-8", "replace")
        head = b"%d %d %d %d\n" % (len(signature), len(drawn), len(moving), until)
        _write(head + signature + drawn + moving)
    except OSError:
        return


def forget() -> None:
    """Keep no picture."""
    try:
        os.unlink(_file())
    except OSError:
        return


# -- the file ------------------------------------------------------------------------------------


def _file() -> str:
    base = os.environ.get("XDG_STATE_HOME", "")
    base = base if base.startswith("/") else os.path.expanduser("~/.local/state")
    return f"{base}/paper-reader/{_NAME}"


def _read() -> tuple[bytes, bytes, bytes]:
    """The signature, the picture and its moves; nothing where the time is up."""
    file = os.open(_file(), os.O_RDONLY | os.O_NOFOLLOW)
    try:
        data = os.read(file, _MOST)
    finally:
        os.close(file)
    head, _, rest = data.partition(b"\n")
    signature, picture, moves, until = map(int, head.split(b" "))
    if len(rest) != signature + picture + moves or time.time() >= until:
        return b"", b"", b""
    end = signature + picture
    return rest[:signature], rest[signature:end], rest[end:]


def _write(data: bytes) -> None:
    path = _file()
    part = f"{path}.part"
    file = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    try:
        os.write(file, data)
    finally:
        os.close(file)
    os.rename(part, path)


# -- the signature -------------------------------------------------------------------------------


def _signature(paths: "Sequence[bytes]") -> bytes:
    """Everything that the picture follows from.

    Raises:
        OSError: There is no terminal, or somebody else has the library open.
    """
    size = os.get_terminal_size(_OUT)
    around = [f"{name}={os.environ.get(name)}" for name in _ENVIRONMENT]
    around += sorted(f"{name}={value}" for name, value in os.environ.items()
                     if name.startswith(_OURS))  # fmt: skip
    told = [sys.version, sys.executable, *sys.argv[1:], os.getcwd(), f"{size}", *around,
            str("TMUX" in os.environ), time.strftime("%F")]  # fmt: skip
    files = [path + b"\1" + _stamp(path) for path in (*paths, os.fsencode(__file__))]
    return b"\0".join([b"\2".join(files), *map(os.fsencode, told)])


def _paths(signature: bytes) -> list[bytes]:
    files = signature.partition(b"\0")[0].split(b"\2")
    return [file.partition(b"\1")[0] for file in files[:-1]]


def _stamp(path: bytes) -> bytes:
    """What changes when a file does; a library that is open elsewhere has no stamp.

    Raises:
        OSError: Somebody has the library open, or left it so.
    """
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return b"-"
    for beside in (b"-wal", b"-journal"):
        if os.path.exists(path + beside):
            raise OSError("the library is open")
    return b"%d %d %d" % (found.st_ino, found.st_size, found.st_mtime_ns)


# -- the terminal --------------------------------------------------------------------------------


def _begin_moves(moves: bytes) -> None:
    """Answer keys from here on; without it they wait for the program."""
    try:
        _Shown.moves = Moves(moves) if moves else None
        if _Shown.moves is not None:
            _Shown.typed = Typed(_Shown.moves)
    except (OSError, ValueError, RuntimeError):
        leave_to_program()


def _paint(picture: bytes) -> None:
    """Write the picture, with the terminal set so that keys neither echo nor act."""
    before = termios.tcgetattr(0)
    quiet = termios.tcgetattr(0)
    quiet[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
    for key in (termios.VSUSP, termios.VQUIT):
        quiet[6][key] = b"\0"
    termios.tcsetattr(0, termios.TCSANOW, quiet)
    _Shown.attributes = before
    data = _BEGIN + picture
    while data:
        data = data[os.write(_OUT, data) :]
