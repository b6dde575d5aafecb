"""Text that came with markup: the tags of titles and abstracts taken off, entities resolved."""

import html
import re

_INLINE = (
    "i|b|em|strong|u|s|sub|sup|sc|scp|small|span|font|nobr|tt|code|var|inf|italic|bold|title|"
    "fixed-case|tex-math|url|a|ref|monospace|roman|sans-serif|underline|strike|annotation|"
    "[a-z]+:[a-z-]+"
)
_BLOCK = "p|div|br|li|ul|ol|sec|section|h[1-6]|blockquote|tr|td|table|abstracttext"
_ATTRIBUTES = r"(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<>]{0,4000}\"|'[^'<>]{0,4000}'|[^\s\"'<>=]+))*\s*/?"
_INLINE_TAG = re.compile(rf"</?(?:{_INLINE}){_ATTRIBUTES}>", re.IGNORECASE)
_BLOCK_TAG = re.compile(rf"</?(?:jats:)?(?:{_BLOCK}){_ATTRIBUTES}>", re.IGNORECASE)
_BRACES = re.compile(r"\{([^{}]*)\}")
_PROTECTED = re.compile(r"(?=.*[A-Z\u00c0-\u00de])[\w.'\u2019-]+(?:[ :][\w.'\u2019-]+)*", re.DOTALL)
_IMAGE = re.compile(rf"<img{_ATTRIBUTES}>", re.IGNORECASE)


def plain(text: str) -> str:
    """The text of HTML or JATS: known tags go, block tags end a line; `a<b` stays as it is."""
    if "<" in text:
        text = _BLOCK_TAG.sub("\n\n", _IMAGE.sub("", text))
        text = _INLINE_TAG.sub("", text)
    return html.unescape(text) if "&" in text else text


def untagged(text: str) -> str:
    """A text whose format knows no markup, as publishers fill it all the same: pairs of tags go."""
    return plain(text) if "</" in text else text


def literal_braces(text: str) -> str:
    """A text of a format without TeX: braces are taken as such where they cannot be TeX's.

    Publishers and programs copy titles with TeX in them into every format, so `{DNA}` protects
    its capitals there too, and all is TeX where a backslash or a dollar sign is.
    """
    if "{" not in text or "\\" in text or "$" in text:
        return text
    return _BRACES.sub(lambda one: one[0] if _PROTECTED.fullmatch(one[1]) else _told(one), text)


def _told(found: re.Match[str]) -> str:
    return f"\\{{{found[1]}\\}}"


def plain_line(text: str) -> str:
    """The text of a title with markup, as one line."""
    return " ".join(plain(text).split())
