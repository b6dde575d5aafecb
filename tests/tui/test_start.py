"""How Textual is brought in: it paints often enough, and no other program is told to."""

import os
import subprocess
import sys

import pytest

_TOLD = """
import os
from reader.tui.start import bring_textual
bring_textual()
from textual.screen import UPDATE_PERIOD
print(round(1 / UPDATE_PERIOD), os.environ.get("TEXTUAL_FPS"))
"""


@pytest.mark.parametrize(("theirs", "told"), [("", "120 None"), ("30", "30 30")])
def test_the_screen_is_painted_often_unless_the_user_says_how_often(theirs, told):
    environment = {name: value for name, value in os.environ.items() if name != "TEXTUAL_FPS"}
    if theirs:
        environment["TEXTUAL_FPS"] = theirs
    done = subprocess.run([sys.executable, "-c", _TOLD], env=environment, check=True,
                          capture_output=True, text=True)  # fmt: skip
    assert done.stdout.strip() == told
