"""The prompt of the filter, the search or a command in the picture, and what is typed at it.

The program shows what that leads to as soon as it is there; until then, the prompt shows letters.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_BACKSPACE = b"\x7f"
_FIELDS = 6


class Prompt:
    """What the terminal is sent for a key that opens a prompt, and for the letters behind it."""

    def __init__(self, fields: "Sequence[bytes]") -> None:
        """Take the fields of prompts as `fields_of` made them.

        Raises:
            ValueError: They are damaged.
        """
        if len(fields) % _FIELDS:
            raise ValueError("a prompt lacks fields")
        prompts = [fields[at : at + _FIELDS] for at in range(0, len(fields), _FIELDS)]
        self._prompts = {keys: (int(room), prompt) for keys, room, *prompt in prompts}
        self._open: Sequence[bytes] = ()
        self._room, self._text = 0, b""

    @property
    def is_open(self) -> bool:
        """Whether letters are its."""
        return bool(self._open)

    def press(self, key: bytes) -> bytes:
        """What a key of one byte paints; nothing where only the program knows what it does."""
        if not self._open:
            return self._opened_by(key)
        if key == _BACKSPACE:
            self._text = self._text[:-1]
        elif b" " <= key < _BACKSPACE and len(self._text) < self._room:
            self._text += key
        else:
            return b""
        return self._typed()

    def _opened_by(self, key: bytes) -> bytes:
        for keys, (room, prompt) in self._prompts.items():
            if key in keys:
                self._open, self._room = prompt, room
                return prompt[0]
        return b""

    def _typed(self) -> bytes:
        """The text, the cursor behind it, and a cell that the text may have left."""
        _, place, text, cursor = self._open
        begin, _, end = text.partition(b"x")
        return place + begin + self._text + end + cursor + begin + b" " + end


def fields_of(
    keys: str, room: int, opening: str, place: str, text: str, cursor: str
) -> tuple[str, ...]:
    """A prompt as it is kept.

    Args:
        keys: The keys that open it, each of one byte.
        room: How many letters it shows.
        opening: What the terminal is sent to show it.
        place: What brings the terminal to its first letter, and shows what letters change beside.
        text: What the terminal is sent for the letter `x` there.
        cursor: What it is sent for the cursor.
    """
    return keys, str(room), opening, place, text, cursor
