"""Cleaning of text that comes from outside.

Everything that enters the library passes `clean` (one line) or `clean_lines` (paragraphs), so that
no terminal control, direction override or invisible character is ever stored.
"""

import re
import unicodedata

MARKS_PER_BASE = 4
"""How many combining marks one character may carry; more only smear over the neighbouring rows."""

_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f"
# Complete sequences go with their payload: string controls (OSC, DCS, SOS, PM, APC) in their 7 and
# 8 bit forms up to their terminator, CSI up to its final byte, then two-byte escapes. A string
# control without a terminator loses its introducer only, so no readable text is lost.
_SEQUENCES = re.compile(
    r"(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x90\x98\x9c-\x9f]*(?:\x07|\x1b\\|\x9c)"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|\x1b[ -/]*[0-~]"
)
_UNWANTED = re.compile(
    f"[{_CONTROL}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
_NEEDS_WORK = re.compile("[^\n -~]")
_LINE_BREAKS = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_EMPTY_LINES = re.compile(r"\n{3,}")
_MARKS = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_MARK = re.compile(_MARKS)
_MARK_RUN = re.compile(f"({_MARKS}{{{MARKS_PER_BASE}}}){_MARKS}+")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")


def clean(text: str) -> str:
    """The text as one line of composed Unicode without controls, with single spaces."""
    return text if _is_tidy(text) else " ".join(_neutralise(text).split())


def clean_lines(text: str) -> str:
    """The text with its paragraphs kept: no controls, single blanks, at most one empty line."""
    if _is_tidy(text):
        return text
    lines = [" ".join(line.split()) for line in _neutralise(text).split("\n")]
    text = "\n".join(lines)
    return (_EMPTY_LINES.sub("\n\n", text) if "\n\n\n" in text else text).strip("\n")


def _is_tidy(text: str) -> bool:
    """Whether a text is a clean line already, as most are; finding out costs less than cleaning."""
    if not text.isprintable() or "  " in text or text[:1] == " " or text[-1:] == " ":
        return False
    return text.isascii() or (unicodedata.is_normalized("NFC", text) and not _has_marks(text))


def printable(text: str) -> str:
    """The text with every control or direction character shown as U+FFFD, its length kept."""
    return _UNWANTED.sub("\ufffd", text)


def _neutralise(text: str) -> str:
    if text.isascii() and (text.isprintable() or not _NEEDS_WORK.search(text)):
        return text
    if not text.replace("\n", "").isprintable():  # else there is nothing of all this in it
        text = _SEQUENCES.sub("", text)
        text = _LINE_BREAKS.sub("\n", text)
        text = _UNWANTED.sub("", text)
        text = text.encode("utf-8", "replace").decode("utf-8")
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    return _MARK_RUN.sub(r"\1", text) if _has_marks(text) else text


def _has_marks(text: str) -> bool:
    """Whether there are combining marks, sought among the few characters beyond ASCII."""
    return _MARK.search("".join(_BEYOND_ASCII.findall(text))) is not None


def fold(text: str) -> str:
    """The text in lower case without accents, for comparing: `Künin` and `kunin` are the same."""
    if text.isascii():
        return text.lower()
    return _unmarked(unicodedata.normalize("NFKD", text.translate(_UNDECOMPOSED)).casefold())


def _unmarked(text: str) -> str:
    return "".join(char for char in text if not unicodedata.combining(char))


_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "Ae", "œ": "oe",
     "Œ": "Oe", "þ": "th", "Þ": "Th", "ð": "d", "ı": "i", "ħ": "h", "ŋ": "n"}
)  # fmt: skip
