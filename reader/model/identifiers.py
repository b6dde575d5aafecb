"""Names that papers have outside the library: arXiv ids, DOIs and others."""

import re
from dataclasses import dataclass

ARXIV = "arxiv"
DOI = "doi"

_ARXIV_NEW = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}"
_ARXIV_OLD = r"[a-z-]+(?:\.[A-Za-z]{2})?/\d{2}(?:0[1-9]|1[0-2])\d{3}"
_ARXIV = re.compile(rf"(?P<id>{_ARXIV_NEW}|{_ARXIV_OLD})(?:v(?P<version>[1-9]\d{{0,3}}))?")
_ARXIV_PREFIX = re.compile(
    r"(?:arxiv:|oai:arxiv\.org:|(?:https?://)?(?:dx\.)?doi\.org/10\.48550/arxiv\."
    r"|10\.48550/arxiv\."
    r"|https?://(?:(?:www|export|browse)\.)?arxiv\.org/(?:abs|pdf|html|ps|src|e-print|format)/"
    r"|https?://(?:www\.)?huggingface\.co/papers/|https?://(?:www\.)?alphaxiv\.org/abs/"
    r"|https?://ar5iv(?:\.labs\.arxiv)?\.org/(?:html|abs)/)\s*",
    re.IGNORECASE,
)
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_DOI_PREFIX = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_FIVE_DIGITS_SINCE = "1501"
_FOUR_DIGITS = 4


@dataclass(frozen=True, slots=True, order=True)
class Identifier:
    """One identifier in canonical form.

    Attributes:
        scheme: `arxiv`, `doi`, or another scheme in lower case.
        value: For arXiv without version and subject class; for DOIs in lower case.
        version: The arXiv version that was named, 0 for none.
    """

    scheme: str
    value: str
    version: int = 0

    @property
    def url(self) -> str:
        """Where the paper's page is, or nothing for a scheme without one."""
        if self.scheme == ARXIV:
            return f"https://arxiv.org/abs/{self.value}"
        return f"https://doi.org/{self.value}" if self.scheme == DOI else ""


def parse_arxiv(text: str) -> Identifier | None:
    """An arXiv id, in any of the spellings and links it is found in; None when it is none.

    Grammar: https://info.arxiv.org/help/arxiv_identifier.html
    """
    bare = re.sub(r"(?:\.pdf|[#?].*)$", "", _ARXIV_PREFIX.sub("", text.strip(), count=1))
    found = _ARXIV.fullmatch(bare)
    if found is None:
        return None
    value = found["id"]
    if "/" in value:
        archive, _, number = value.partition("/")
        value = f"{archive.partition('.')[0]}/{number}"
    elif (value[:4] < _FIVE_DIGITS_SINCE or value[:2] > "90") != (
        len(value.partition(".")[2]) == _FOUR_DIGITS
    ):
        return None
    return Identifier(ARXIV, value, int(found["version"] or 0))


def parse_doi(text: str) -> Identifier | None:
    """A DOI or a link to one; the DOI of an arXiv paper is that paper's arXiv id."""
    if arxiv := parse_arxiv(text) if "10.48550" in text else None:
        return arxiv
    bare = _DOI_PREFIX.sub("", text.strip(), count=1)
    found = _DOI.fullmatch(bare)
    return Identifier(DOI, found.group().lower().rstrip(".,;")) if found else None


def parse_identifier(text: str) -> Identifier | None:
    """Any identifier that a person may type or paste, `scheme:value` for other schemes."""
    if found := parse_arxiv(text) or parse_doi(text):
        return found
    scheme, colon, value = text.strip().partition(":")
    if colon and value and re.fullmatch(r"[a-z][a-z0-9]{1,15}", scheme):
        return (
            None if value.startswith("//") or scheme in (ARXIV, DOI) else Identifier(scheme, value)
        )
    return None
