"""What the importers of XML share: elements of a document one at a time, within limits.

A document that defines entities or has an internal DTD is refused, nesting is limited, and nothing
outside of the document is ever read. It is checked to its end first, so one that is cut off tells
nothing instead of its first half.
"""

import codecs
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from html.entities import html5
from typing import cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser, fromstring
from xml.parsers import expat

from reader.errors import ImportFileError
from reader.model.paper import Rejected
from reader.sources.context import Context, Item
from reader.sources.document import LARGEST_TEXT, Document
from reader.sources.entry import Entry
from reader.sources.xml_pieces import Piece, pieces

DEEPEST = 200
"""Elements within each other; the deepest real formats have a dozen."""

_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30};)")
_XML_NAMES = ("amp;", "lt;", "gt;", "quot;", "apos;")
_LONGEST_NAME = 40
_DECLARED = re.compile(
    rb"(\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"'])([A-Za-z][\w.:-]{0,40})(?=[\"'])"
)
_EXPATS = ("utf-8", "utf8", "utf-16", "us-ascii", "iso-8859-1", "latin")
"""The encodings that expat reads itself, by how their names begin."""

_ROOT = re.compile(r"<([A-Za-z_][\w.:-]*)((?:\s[^<>]{0,20000})?)>?")
_MISC = re.compile(r"<\?|<!--|<!DOCTYPE", re.IGNORECASE)
_CLOSING = {"<?": "?>", "<!-": "-->", "<!D": ">"}
_BLANK = re.compile(r"[\ufeff\s]*")


def root_of(head: str) -> tuple[str, str]:
    """The root element's name without its prefix, and its attributes; empty for no XML."""
    place = _BLANK.match(head).end()  # type: ignore[union-attr] # it matches nothing, too
    while opened := _MISC.match(head, place):
        closing = _CLOSING[opened.group()[:3].upper()]
        if opened.group().upper() == "<!DOCTYPE" and "[" in head[place : head.find(">", place) + 1]:
            closing = "]"
        end = head.find(closing, place)
        if end < 0:
            return "", ""
        place = _BLANK.match(head, end + len(closing)).end()  # type: ignore[union-attr]
        place += head[place : place + 1] == ">"
    found = _ROOT.match(head, _BLANK.match(head, place).end())  # type: ignore[union-attr]
    return (found[1].rpartition(":")[2], found[2]) if found else ("", "")


def elements(document: Document, *names: str) -> Iterator[Element]:
    """The elements with these local names, outermost ones, each complete and then let go.

    Raises:
        ImportFileError: It is no well-formed XML, or not within the limits.
    """
    yield from _elements(document, names, mended=_check(document))


def records(document: Document, *names: str) -> Iterator[Element | Rejected]:
    """The elements with these names; of a file with damaged ones, the others and what is wrong.

    Raises:
        ImportFileError: As `elements`, where no element can be read or its end is missing.
    """
    try:
        mended = _check(document)
    except _MalformedError:
        found = [_element(document, one) for one in _pieces(document, names)]
        if not any(isinstance(one, Element) for one in found):
            raise
        yield from found
    else:
        yield from _elements(document, names, mended=mended)


def _elements(document: Document, names: tuple[str, ...], *, mended: bool) -> Iterator[Element]:
    parser: XMLPullParser[Element] = XMLPullParser(events=("start", "end"))
    path: list[Element] = []
    inside = 0
    for part in _resolved(document, mended=mended):
        parser.feed(part)
        for told in parser.read_events():
            event, element = cast("tuple[str, Element]", told)
            if event == "start":
                path.append(element)
                inside += local(element) in names
                continue
            path.pop()
            if local(element) in names:
                inside -= 1
                if not inside:
                    yield element
            if not inside and path:
                path[-1].clear()


def _pieces(document: Document, names: tuple[str, ...]) -> Iterator[Piece]:
    """The elements of a document as documents of their own; none of one that is too large."""
    if document.encoding.startswith("utf-16") or document.position.size > LARGEST_TEXT:
        return iter(())
    return pieces(b"".join(_resolved(document, mended=True)), names)


def _element(document: Document, piece: Piece) -> Element | Rejected:
    """The one element of a piece, or why it cannot be read."""
    parser = expat.ParserCreate(None, "}")
    checker = _Checker(document.name, parser)
    parser.StartElementHandler, parser.EndElementHandler = checker.start, checker.end
    try:
        parser.Parse(piece.document, True)  # noqa: FBT003 - its signature
        return fromstring(piece.document)[0]  # noqa: S314 - checked just before
    except (expat.ExpatError, ParseError) as error:
        reason = expat.errors.messages.get(getattr(error, "code", 0), str(error))
        line = piece.line + max(0, parser.ErrorLineNumber - piece.lead)
        return Rejected(line, f"{reason}; no valid XML", piece.raw, piece.number)


def _readable(document: Document) -> Iterator[bytes]:
    """The bytes in an encoding that expat reads; others that are declared are made UTF-8.

    Raises:
        ImportFileError: It declares an encoding that nobody knows.
    """
    parts = document.chunks()
    first = next(parts, b"")
    declared = _DECLARED.match(first)
    name = declared[2].decode().lower() if declared else "utf-8"
    if declared is None or name.startswith(_EXPATS):
        yield first
        yield from parts
        return
    try:
        b"a".decode(name, "replace")  # which knows encodings of text only
        decoder = codecs.getincrementaldecoder(name)("replace")
    except LookupError as error:
        raise ImportFileError(f"{document.name}: line 1: {name}: unknown encoding.") from error
    head = first[declared.end(2) :]
    yield declared[1] + b"utf-8"
    for part in (head, *parts):
        yield decoder.decode(part).encode()
    yield decoder.decode(b"", final=True).encode()


def _resolved(document: Document, *, mended: bool) -> Iterator[bytes]:
    """The bytes with HTML's named characters, which a DTD that is not read would define.

    Mended, they are also without the characters that XML forbids, which programs copy from PDFs,
    and an & that begins nothing is one.
    """
    kept = b""
    for part in _readable(document):
        text = kept + part
        cut = text.rfind(b"&", max(0, len(text) - _LONGEST_NAME))
        kept = text[cut:] if cut >= 0 else b""
        yield _characters(text[:cut] if cut >= 0 else text, mended=mended)
    yield _characters(kept, mended=mended)


_FORBIDDEN = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]"
    rb"|&#(?:x0*(?:[0-8bcefBCEF]|1[0-9a-fA-F])|0*(?:[0-8]|1[124-9]|2\d|3[01]));"
)
_LONE = re.compile(rb"&(?!#?\w{1,40};)")


def _characters(part: bytes, *, mended: bool) -> bytes:
    if mended:
        part = _LONE.sub(b"&amp;", _FORBIDDEN.sub(b"", part))
    return _NAMED.sub(_character, part)


def _character(found: "re.Match[bytes]") -> bytes:
    name = found[1].decode()
    known = html5.get(name, "") if name not in _XML_NAMES else ""
    return "".join(f"&#{ord(char)};" for char in known).encode() if known else found[0]


def _check(document: Document) -> bool:
    """Read it to its end without keeping anything; whether it must be mended to be read.

    Raises:
        ImportFileError: As `elements`.
    """
    try:
        _parse(document, mended=False)
    except _MalformedError as error:
        if document.encoding.startswith("utf-16"):
            raise
        with suppress(_MalformedError):
            _parse(document, mended=True)
            return True
        raise error from None
    return False


class _MalformedError(ImportFileError):
    """A document that is no XML."""


def _parse(document: Document, *, mended: bool) -> None:
    parser = expat.ParserCreate(None, "}")
    checker = _Checker(document.name, parser)
    parser.StartElementHandler = checker.start
    parser.EndElementHandler = checker.end
    parser.EntityDeclHandler = checker.refuse_entity
    try:
        for part in _resolved(document, mended=mended):
            parser.Parse(part, False)  # noqa: FBT003 - its signature
        parser.Parse(b"", True)  # noqa: FBT003 - likewise
    except (expat.ExpatError, ParseError) as error:
        reason = expat.errors.messages.get(getattr(error, "code", 0), str(error))
        place = f"line {parser.ErrorLineNumber}, column {parser.ErrorColumnNumber + 1}"
        raise _MalformedError(f"{document.name}: {place}: {reason}; no valid XML.") from error


class _Checker:
    """Refuses what makes XML dangerous."""

    def __init__(self, name: str, parser: "expat.XMLParserType") -> None:
        self._name, self._parser, self._depth = name, parser, 0

    def start(self, _name: str, _attributes: dict[str, str]) -> None:
        """Count an element."""
        self._depth += 1
        if self._depth > DEEPEST:
            line = self._parser.CurrentLineNumber
            raise ImportFileError(
                f"{self._name}: line {line}: elements nest deeper than the limit of {DEEPEST}."
            )

    def end(self, _name: str) -> None:
        """Count its end."""
        self._depth -= 1

    def refuse_entity(self, *_declaration: object) -> None:
        """Refuse a document that defines an entity."""
        line = self._parser.CurrentLineNumber
        raise ImportFileError(
            f"{self._name}: line {line}: its DTD defines entities, which is not safe to read."
        )


def read_elements(
    document: Document,
    context: Context,
    source: str,
    names: tuple[str, ...],
    entry_of: Callable[[Element], Entry | None],
) -> Iterator[Item]:
    """Each element as a draft; those that are no paper are passed over."""
    for number, element in enumerate(records(document, *names), start=1):
        entry = entry_of(element) if isinstance(element, Element) else None
        if isinstance(element, Rejected):
            yield element
        if entry is not None:
            entry.record = number
            yield from entry.items(context, source)


# -- parts of an element, by local names -----------------------------------------------------------


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element | None, name: str) -> list[Element]:
    """The children of this name."""
    return [] if element is None else [one for one in element if local(one) == name]


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along a path of names; None when there is none."""
    for name in path:
        element = next(iter(children(element, name)), None)
    return element


def text_of(element: Element | None) -> str:
    """All text in an element."""
    return "" if element is None else "".join(element.itertext()).strip()


def text_at(element: Element | None, *path: str) -> str:
    """All text of the first descendant along a path."""
    return text_of(child(element, *path))


def texts_at(element: Element | None, name: str) -> list[str]:
    """The texts of all children of a name that have some."""
    return [text for one in children(element, name) if (text := text_of(one))]


def descendants(element: Element, name: str) -> list[Element]:
    """All elements of this name in an element."""
    return [one for one in element.iter() if local(one) == name]


def attribute(element: Element | None, name: str) -> str:
    """The value of an attribute, whatever its namespace; empty for none."""
    if element is None:
        return ""
    values = (value for key, value in element.attrib.items() if key.rpartition("}")[2] == name)
    return next(values, "")
