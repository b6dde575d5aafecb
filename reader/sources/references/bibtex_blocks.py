"""The entries of a BibTeX file with their values resolved, broken ones recovered or named.

The splitting is bibtexparser's; macros, concatenation, inheritance and recovery are done here, so
that nothing in a file can grow without limit or cost its neighbours. Sources: the BibTeX format at
http://www.bibtex.org/Format, the biblatex manual, sections 2.2.3 and 2.4.1.1.
"""

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reader.model.dates import MONTHS
from reader.model.text import clean
from reader.sources.context import RAW_LENGTH

LONGEST_VALUE = 200_000
"""Characters of a value with all its macros put in."""

_TOO_LONG = f"longer than the limit of {LONGEST_VALUE:,} characters"
_FIELD = re.compile(r"[,{\s]\s*([A-Za-z][\w:.+/-]{0,60})\s*=\s*(?=[{\"\w])")
_HEAD = re.compile(r"\s*@\s*(\w+)\s*[{(]\s*([^,\s{}()=\"]*)\s*,?")
_COMMENTED = re.compile(r"^([ \t]*%.*?)@(?=\s*\w+\s*[{(])", re.MULTILINE)
_ENTRY = r"(@(?!string|preamble|comment)\w+\s*[{(]"
_NO_COMMA = re.compile(rf'{_ENTRY}\s*[^\s,{{}}()="]+)([ \t]*\n\s*[\w-]+\s*=)', re.IGNORECASE)
_NO_KEY = re.compile(rf"{_ENTRY})(\s*[\w-]+\s*=)", re.IGNORECASE)
_RUN_ON = re.compile(r"\s*([A-Za-z][\w-]*)\s*=\s*")
_PART = re.compile(r"\s*(#)\s*|\s+")
_FIELDS = re.compile(r"[}\"]\s*,\s*[A-Za-z][\w-]*\s*=\s*[{\"\d]")
_BEHIND = "fields behind the end of an entry: it has a closing brace too many"
_GATHERED = {"keywords": ", ", "keyword": ", ", "author": " and ", "editor": " and ", "file": ";",
             "note": "\n\n", "annote": "\n\n", "url": " ", "groups": ", "}  # fmt: skip
_DEEPEST_PARENTS = 5
_NOT_INHERITED = frozenset(
    "title subtitle titleaddon shorttitle sorttitle indextitle indexsorttitle label key ids "
    "crossref xref xdata entryset entrysubtype execute options presort related relatedoptions "
    "relatedstring relatedtype sortkey keywords groups abstract annotation annote comment file "
    "note timestamp owner doi eprint url readstatus ranking priority".split()
)
_IN_A_BOOK = frozenset("inproceedings conference incollection inbook inreference suppbook "
                       "bookinbook suppcollection".split())  # fmt: skip


@dataclass(slots=True)
class Block:
    """One entry.

    Attributes:
        kind: Its type in lower case, such as `article`.
        fields: Values by lower-case name, macros put in, braces within kept.
        line: 1-based.
        problems: What of it was not understood: field, reason, text.
    """

    kind: str
    key: str
    line: int
    fields: dict[str, str] = field(default_factory=dict)
    problems: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Parsed:
    """The entries of a file, its comments, and the stretches that hold no entry to recover."""

    blocks: list[Block] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    lost: list[tuple[int, str, str]] = field(default_factory=list)


def parse_blocks(text: str) -> Parsed:
    """The entries of a text, in order, with what they inherit; line ends must be LF."""
    from bibtexparser import model  # noqa: PLC0415 - a tenth of a second
    from bibtexparser.splitter import Splitter  # noqa: PLC0415 - likewise

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    parsed, macros = Parsed(), _Macros()
    for block in Splitter(_repaired(text)).split().blocks:
        line = (block.start_line or 0) + 1
        if isinstance(block, model.ParsingFailedBlock) and block.ignore_error_block is not None:
            block = block.ignore_error_block  # noqa: PLW2901 - a key or a field that came twice
        if isinstance(block, model.Entry):
            pairs = ((one.key, str(one.value)) for one in block.fields)
            fields = (field for pair in pairs for field in _split_up(*pair))
            parsed.blocks.append(_block(block.entry_type, block.key, line, fields, macros))
        elif isinstance(block, model.String):
            if problem := macros.define(block.key, str(block.value)):
                parsed.lost.append((line, problem, block.key))
        elif isinstance(block, model.ImplicitComment):
            if parsed.blocks and _FIELDS.search(block.comment or ""):
                raw = clean(block.comment)[:RAW_LENGTH]
                parsed.lost.append((line, _BEHIND, raw))
        elif isinstance(block, model.ExplicitComment):
            parsed.comments.append(block.comment)
        elif isinstance(block, model.ParsingFailedBlock):
            _recover(block.raw or "", line, macros, parsed)
    _inherit(parsed.blocks)
    return parsed


def _repaired(text: str) -> str:
    """The text without entries in comments, with the commas that must stand behind keys."""
    text = _COMMENTED.sub(r"\1 ", text)
    return _NO_COMMA.sub(r"\1,\2", _NO_KEY.sub(r"\1,\2", text))


def _split_up(name: str, raw: str) -> Iterator[tuple[str, str]]:
    """A field, and those behind it that no comma divides from it."""
    raw, place = raw.strip(), 0
    while place < len(raw):
        end = _end_of_value(raw, place)
        behind = _RUN_ON.match(raw, end) if end > 0 else None
        if behind is None:
            break
        yield name, raw[place:end]
        name, place = behind[1], behind.end()
    yield name, raw[place:]


def _block(
    kind: str, key: str, line: int, fields: Iterable[tuple[str, str]], macros: "_Macros"
) -> Block:
    block = Block(kind.strip().lower(), key.strip(), line)
    for name, raw in fields:
        value, problem = macros.resolve(raw)
        name = name.strip().lower()  # noqa: PLW2901 - as names are compared
        if problem:
            block.problems.append((name, problem, raw[:RAW_LENGTH]))
        _put(block, name, value)
    return block


def _put(block: Block, name: str, value: str) -> None:
    """Take a value; of one that comes twice, both where a list can hold them, else the first."""
    known = block.fields.get(name, "")
    if not known or known == value or not value:
        block.fields[name] = known or value
    elif name in _GATHERED:
        block.fields[name] = known + _GATHERED[name] + value
    else:
        block.problems.append((name, "given twice: the first is kept", value[:RAW_LENGTH]))


class _Macros:
    """The `@string` definitions so far; the names of months stand for themselves.

    One that is too long is known as None, so that it is told of once and not where it is used
    for others.
    """

    def __init__(self) -> None:
        self._values: dict[str, str | None] = {name.lower(): name for name in MONTHS}

    def define(self, name: str, raw: str) -> str:
        """Define one; what is wrong with it."""
        follows = any(self._values.get(part.lower(), "") is None for part in _parts(raw))
        value, problem = self.resolve(raw)
        if not problem or problem == _TOO_LONG:
            self._values[name.strip().lower()] = None if problem else value
        return f"@string {name}: {problem}" if problem and not follows else ""

    def resolve(self, raw: str) -> tuple[str, str]:
        """A value as written with its parts put together, and what is wrong with it."""
        value, problem = "", ""
        for part in _parts(raw):
            text, unknown = self._part(part)
            problem = problem or unknown
            if unknown == _TOO_LONG or len(value) + len(text) > LONGEST_VALUE:
                return "", _TOO_LONG
            value += text
        return value, problem

    def _part(self, part: str) -> tuple[str, str]:
        if part[0] in '{"':
            return part[1:-1] if len(part) > 1 and part[-1] in '}"' else part[1:], ""
        if part.isdigit():
            return part, ""
        if part.lower() not in self._values:
            return part, f"no @string is called {clean(part)[:40]}"
        known = self._values[part.lower()]
        return ("", _TOO_LONG) if known is None else (known, "")


def _parts(raw: str) -> Iterator[str]:
    """The operands of `#`: braced or quoted texts, numbers and names."""
    place, raw = 0, raw.strip()
    while place < len(raw):
        if found := _PART.match(raw, place):
            place = found.end()
            continue
        end = _end_of_value(raw, place)
        yield raw[place : end if end > place else len(raw)]
        place = end if end > place else len(raw)


def _end_of_value(text: str, start: int) -> int:
    """Where the value that begins at `start` ends; -1 when it is not closed."""
    opening = text[start]
    if opening not in '{"':
        found = re.compile(r"[^\s,#{}\"]+").match(text, start)
        return found.end() if found else start + 1
    depth = 0
    for match in re.compile(r"\\.|[{}\"]", re.DOTALL).finditer(text, start):
        mark = match.group()
        depth += (mark == "{") - (mark == "}")
        if mark == opening == '"' and depth == 0 and match.start() > start:
            return match.end()
        if mark == "}" and opening == "{" and depth == 0:
            return match.end()
    return -1


# -- recovery ------------------------------------------------------------------------------------


def _recover(raw: str, line: int, macros: _Macros, parsed: Parsed) -> None:
    """Take what can be read of a broken entry: its closed fields, when a title is among them."""
    head = _HEAD.match(raw)
    fields = dict(_closed_fields(raw, head.end() - 1)) if head else {}
    key = head[2] if head else ""
    if head is None or "title" not in {name.lower() for name in fields}:
        reason = f"the entry {clean(key)[:40]} is broken: a brace or quote is unclosed"
        parsed.lost.append((line, reason, clean(raw)[:RAW_LENGTH]))
        return
    block = _block(head[1], key, line, fields.items(), macros)
    reason = "the entry is broken: only the fields that could be read are kept"
    block.problems.append(("", reason, raw[:RAW_LENGTH]))
    parsed.blocks.append(block)


def _closed_fields(raw: str, place: int) -> Iterator[tuple[str, str]]:
    while found := _FIELD.search(raw, place):
        end = _end_of_value(raw, found.end())
        if end < 0:
            return
        yield found[1], raw[found.end() : end]
        place = end


# -- inheritance ---------------------------------------------------------------------------------


def _inherit(blocks: list[Block]) -> None:
    """Give every entry what its `crossref` and `xdata` parents have and it has not."""
    wanted = {
        key
        for one in blocks
        for key in _parents(one.fields.get("crossref", "") + "," + one.fields.get("xdata", ""))
    }
    by_key = {one.key.lower(): one for one in blocks if one.key.lower() in wanted}
    for one in blocks if by_key else ():
        _inherit_from(one, by_key, _DEEPEST_PARENTS)


def _parents(text: str) -> list[str]:
    return [key.strip().lower() for key in text.split(",") if key.strip()]


def _inherit_from(child: Block, by_key: dict[str, Block], depth: int) -> None:
    for relation in ("xdata", "crossref"):
        for key in _parents(child.fields.get(relation, "")):
            parent = by_key.get(key)
            if parent is None or parent is child or not depth:
                continue
            _inherit_from(parent, by_key, depth - 1)
            _copy(parent, child, everything=relation == "xdata")


def _copy(parent: Block, child: Block, *, everything: bool) -> None:
    if not everything and child.kind in _IN_A_BOOK and "title" in parent.fields:
        child.fields.setdefault("booktitle", parent.fields["title"])
    for name, value in parent.fields.items():
        if name not in child.fields and (everything or name not in _NOT_INHERITED):
            child.fields[name] = value
