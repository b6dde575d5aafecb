"""The user's editor, as a program without a shell."""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from reader.errors import RefusedError, UsageError


def editor() -> list[str]:
    """The command that edits a file: VISUAL, else EDITOR, else vi.

    Raises:
        UsageError: It cannot be understood, or there is no such program.
    """
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        words = shlex.split(chosen)
    except ValueError as error:
        raise UsageError(f"EDITOR={chosen}: {error}. Nothing was changed.") from error
    found = shutil.which(words[0]) if words else None
    if found is None:
        raise UsageError(f"no editor: {chosen} is not a program here; set EDITOR.")
    return [found, *words[1:]]


def edited(text: str, suffix: str) -> str:
    """The text as the user leaves it in their editor.

    Raises:
        UsageError: There is no editor.
        RefusedError: There is no terminal, the editor failed, or the file came back empty.
    """
    if not sys.stdin.isatty():
        raise RefusedError("an editor needs a terminal; --set FIELD=VALUE works without one.")
    command = editor()
    with tempfile.TemporaryDirectory(prefix="reader-edit-") as folder:
        path = Path(folder) / f"edit{suffix}"
        path.write_text(text, "utf-8")
        run_editor(command, path)
        try:
            after = path.read_bytes().decode("utf-8", "replace")
        except OSError as error:
            raise RefusedError("the editor took the file away; nothing was changed.") from error
    if not after.strip():
        raise RefusedError("the file came back empty; nothing was changed.")
    return after


def run_editor(command: list[str], path: Path) -> None:
    """Let the user edit a file.

    Raises:
        RefusedError: The editor failed.
    """
    code = subprocess.run([*command, str(path)], check=False).returncode  # noqa: S603 - argv, no shell
    if code:
        raise RefusedError(f"the editor ended with {code}; nothing was changed.")
