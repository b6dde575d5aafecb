"""Which encoding the bytes of a document are in."""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ASCII = re.compile(rb"[\x00-\x7f]")
_HIGH = re.compile(rb"[\x80-\xff]+")
_SAMPLE = 4_096
_LONG_RUN = 4
_SOUND = 1
"""Sound characters for each damaged one that make a text UTF-8."""

_REMARK = re.compile(
    rb"^%+\s*(?:Encoding:\s*|Saved with string encoding\s+)([\w() .-]{3,40}?)\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_NAMES = {
    "unicode (utf-8)": "utf-8", "western (mac os roman)": "mac-roman",
    "western (iso latin 1)": "latin-1", "western (windows latin 1)": "cp1252",
    "central european (windows latin 2)": "cp1250", "cyrillic (windows)": "cp1251",
}  # fmt: skip
"""As BibDesk calls them."""

_FIRST_ESCAPED = 0xDC00
_ESCAPED = re.compile("[\udc80-\udcff]")
_WIDE = ("utf-16-le", "utf-16-be")


def detect(head: bytes, *, final: bool) -> str:
    """The encoding of a text by its beginning, under Python's name for it.

    A byte order mark says it, or the remark that JabRef and BibDesk write; else it is UTF-8 where
    it can be, a few damaged bytes aside, UTF-16 where every other byte is NUL, GB18030 where the
    bytes above ASCII stand in long runs as Chinese does, else Windows-1252 or, where that has no
    such characters, ISO 8859-1.

    Args:
        head: The first bytes.
        final: Whether they are all of it.
    """
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding
    if wide := _wide(head[:_SAMPLE]):
        return wide
    if (told := _told(head[:_SAMPLE])) and _decodes(head, told, final=final):
        return told
    if _decodes(head, "utf-8", final=final) or _mostly_utf8(head):
        return "utf-8"
    if _in_long_runs(head) and _decodes(head, "gb18030", final=final):
        return "gb18030"
    return "cp1252" if _decodes(head, "cp1252", final=final) else "latin-1"


def mended(text: str) -> str:
    """A text decoded with `surrogateescape`: bytes that were no UTF-8 are Windows-1252's."""
    return _ESCAPED.sub(_western, text)


def _western(found: re.Match[str]) -> str:
    return bytes([ord(found[0]) - _FIRST_ESCAPED]).decode("cp1252", "replace")


def _told(sample: bytes) -> str:
    """The encoding that a remark of BibTeX's editors names; nothing when it is none for bytes."""
    found = _REMARK.search(sample)
    if found is None:
        return ""
    name = found[1].decode().strip().lower().removeprefix("x-")
    try:
        info = codecs.lookup(_NAMES.get(name, name))
        plain = bytes(range(0x20, 0x7F))
        return info.name if codecs.decode(plain, info.name) == plain.decode() else ""
    except (LookupError, UnicodeError, TypeError):
        return ""


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark: mostly Latin text has a NUL in each pair, always on one side."""
    for offset, encoding in ((1, _WIDE[0]), (0, _WIDE[1])):
        here, there = sample[offset::2], sample[1 - offset :: 2]
        if len(here) > 1 and here.count(0) > len(here) * 0.6 and not there.count(0):
            return encoding
    return ""


def _decodes(content: bytes, encoding: str, *, final: bool) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(content, final=final)
    except UnicodeDecodeError:
        return False
    return True


def _mostly_utf8(content: bytes) -> bool:
    """Whether most characters above ASCII are UTF-8's, as by chance they hardly are."""
    text = content.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    return len(text) - len(_ASCII.findall(content)) - damaged > _SOUND * damaged


def _in_long_runs(content: bytes) -> bool:
    """Whether most bytes above ASCII have such neighbours; in Western text they stand alone."""
    runs = [len(run) for run in _HIGH.findall(content)]
    long = sum(length for length in runs if length >= _LONG_RUN)
    return bool(runs) and 2 * long > sum(runs)
