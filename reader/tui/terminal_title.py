"""The title of the terminal: what is being read, for tabs and for screen readers.

Source: OSC 2 and the title stack (CSI 22 and 23 t) of xterm's control sequences; tmux and screen
take OSC 2 as the title of the pane.
"""

from textual.app import App

from reader.model.text import printable
from reader.tui._workarounds import send

_LONGEST = 100
KEEP, GIVE_BACK = "\x1b[22;2t", "\x1b[23;2t"
"""Put the terminal's own title aside, and take it back."""


def say_title(app: App[int], text: str) -> None:
    """Make a text the title; what could end the sequence or act on the terminal is left out."""
    shown = "".join(char for char in printable(text) if char.isprintable())[:_LONGEST]
    send(app, f"\x1b]2;{shown} - reader\x1b\\" if shown else "\x1b]2;reader\x1b\\")
