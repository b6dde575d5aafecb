"""Names that papers have outside the library: arXiv ids, DOIs and others."""

import re
from functools import cache
from urllib.parse import unquote

from reader.frozen import frozen

ARXIV = "arxiv"
DOI = "doi"

PMID, PMCID, ACL, OPENREVIEW = "pmid", "pmcid", "acl", "openreview"
DBLP, SEMANTIC_SCHOLAR, OPENALEX = "dblp", "s2", "openalex"
CITEKEY = "citekey"
"""The scheme of what a paper was called before it became one with another."""

_PAGES = {
    ARXIV: "https://arxiv.org/abs/",
    DOI: "https://doi.org/",
    PMID: "https://pubmed.ncbi.nlm.nih.gov/",
    PMCID: "https://www.ncbi.nlm.nih.gov/pmc/articles/",
    ACL: "https://aclanthology.org/",
    OPENREVIEW: "https://openreview.net/forum?id=",
    DBLP: "https://dblp.org/rec/",
    SEMANTIC_SCHOLAR: "https://api.semanticscholar.org/CorpusID:",
    OPENALEX: "https://openalex.org/",
}

_ARXIV_NEW = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}"
_ARXIV_OLD = r"[a-z-]+(?:\.[A-Za-z]{2})?/\d{2}(?:0[1-9]|1[0-2])\d{3}"
_ARXIV = re.compile(rf"(?P<id>{_ARXIV_NEW}|{_ARXIV_OLD})(?:v(?P<version>[1-9]\d{{0,3}}))?")
_ARXIV_BEHIND = re.compile(r"(?:\.pdf)?(?:[#?].*)?$")
_ARXIV_PREFIX = re.compile(
    r"(?:arxiv:|oai:arxiv\.org:|(?:https?://)?(?:dx\.)?doi\.org/10\.48550/arxiv\."
    r"|10\.48550/arxiv\."
    r"|(?:https?://)?(?:(?:(?:www|export|browse)\.)?arxiv\.org|xxx\.lanl\.gov)"
    r"/(?:abs|pdf|html|ps|src|e-print|format)/"
    r"|https?://(?:www\.)?huggingface\.co/papers/|https?://(?:www\.)?alphaxiv\.org/abs/"
    r"|https?://ar5iv(?:\.labs\.arxiv)?\.org/(?:html|abs)/)\s*",
    re.IGNORECASE,
)
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_DOI_PREFIX = re.compile(
    r"(?:https?://(?:dx\.)?doi\.(?:[a-z0-9-]+\.)*[a-z]{2,}/|doi\.org/|doi:?\s*(?=10\.))",
    re.IGNORECASE,
)
_BETWEEN_DOIS = re.compile(r"\s+|[;,]\s*(?=10\.\d{4})")
_SHORT_DOI = re.compile(r"(?:https?://doi\.org/)?10/[a-z0-9]{3,12}", re.IGNORECASE)
_FIVE_DIGITS_SINCE = "1501"
_FOUR_DIGITS = 4


@frozen
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
        page = _PAGES.get(self.scheme)
        return page + self.value if page else ""


def _bare(link: str) -> str:
    """What a link to arXiv names."""
    return _ARXIV_BEHIND.sub("", _ARXIV_PREFIX.sub("", link.strip(), count=1))


def parse_arxiv(text: str) -> Identifier | None:
    """An arXiv id, in any of the spellings and links it is found in; None when it is none.

    Grammar: https://info.arxiv.org/help/arxiv_identifier.html
    """
    found = _ARXIV.fullmatch(text) or _ARXIV.fullmatch(_bare(text))
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
    if re.match(r"10\.\d{4,9}\\?%2f", bare, re.IGNORECASE):
        bare = unquote(bare.replace("\\%", "%"))
    found = _DOI.fullmatch(bare)
    return Identifier(DOI, found.group().lower().rstrip(".,;")) if found else None


_LINKS = (
    (PMID, r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/(\d{1,9})\b"),
    (PMCID, r"(?:ncbi\.nlm\.nih\.gov/pmc|pmc\.ncbi\.nlm\.nih\.gov)/articles/(PMC\d{1,9})\b"),
    (ACL, r"acl(?:anthology|web)\.org/(?:anthology/)?([A-Z]\d\d-\d{4}|\d{4}\.[\w-]+\.\d+)\b"),
    (OPENREVIEW, r"openreview\.net/(?:forum|pdf)\?id=([\w-]{6,20})"),
    (DBLP, r"dblp\.(?:org|uni-trier\.de)/rec/(?:html/|bibtex/)?([\w/.:-]+?)(?:\.\w{3,4})?$"),
    (SEMANTIC_SCHOLAR, r"api\.semanticscholar\.org/CorpusID:(\d+)\b"),
    (OPENALEX, r"openalex\.org/(W\d+)\b"),
)
_IN_TEXT = (
    rf"(?:{_ARXIV_PREFIX.pattern})(?:{_ARXIV_NEW}|{_ARXIV_OLD})(?:v\d+)?(?!\d)"
    rf"|(?<![\w./])(?:{_ARXIV_NEW})(?:v\d+)?(?![\w.]*\d)"
    r"|(?<![\w./-])(?:astro-ph|cond-mat|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nucl-(?:ex|th)|quant-ph"
    r"|(?:math|cs|physics|nlin|q-bio|stat)(?:\.[A-Z]{2})?)/\d{7}(?:v\d+)?(?!\d)"
    r"|https?://[^\s<>\"'|\[\]{}`]+"
    r"|(?<![\w/])10\.\d{4,9}/(?:[^\s\"'|\[\]{}`<]|<(?![A-Za-z/!]))+"  # a tag ends it
    r"|\bPMID:?\s*\d{4,9}\b|\bPMC\d{4,9}\b"
)
_CLOSING = {")": "(", "]": "[", ">": "<", "}": "{"}


@cache  # not before they are wanted: compiling them would be felt at every start
def _patterns() -> tuple[re.Pattern[str], list[tuple[str, re.Pattern[str]]]]:
    """What finds identifiers in a text, and what tells them in links."""
    links = [
        (scheme, re.compile(rf"https?://(?:www\.)?{pattern}", re.IGNORECASE))
        for scheme, pattern in _LINKS
    ]
    return re.compile(_IN_TEXT, re.IGNORECASE), links


def parse_link(url: str) -> Identifier | None:
    """The paper that a link leads to, where the link says so; None else."""
    if found := parse_arxiv(url) or parse_doi(url):
        return found
    for scheme, pattern in _patterns()[1]:
        if match := pattern.match(url):
            return Identifier(scheme, match[1].upper() if scheme == PMCID else match[1])
    return None


def find_identifiers(text: str) -> list[tuple[int, Identifier]]:
    """The identifiers in a text, each with where it begins, without repetitions."""
    found: dict[Identifier, int] = {}
    for match in _patterns()[0].finditer(text):
        one = _named(_trimmed(match.group()))
        if one is not None:
            found.setdefault(Identifier(one.scheme, one.value, one.version), match.start())
    return [(place, one) for one, place in found.items()]


def _named(text: str) -> Identifier | None:
    digits = text.rpartition(":")[2].strip() if text[:4].upper() == "PMID" else ""
    if digits or text[:4].upper() == "PMID":
        return Identifier(PMID, digits or text[4:].strip())
    if re.fullmatch(r"PMC\d+", text, re.IGNORECASE):
        return Identifier(PMCID, text.upper())
    return parse_link(text)


def _trimmed(text: str) -> str:
    """A word from running text without the punctuation behind it."""
    while text:
        last = text[-1]
        opened = _CLOSING.get(last)
        if last in ".,;:!?*_'" or (opened and text.count(opened) < text.count(last)):
            text = text[:-1]
        else:
            break
    return text


def split_dois(text: str) -> list[str]:
    """The words of a field that may hold several DOIs, which themselves may have `;` and `,`."""
    return [word for word in _BETWEEN_DOIS.split(text) if word.strip(",;. ")]


def is_short_doi(text: str) -> bool:
    """Whether a text is a DOI shortened by shortdoi.org, which only that service can resolve."""
    return _SHORT_DOI.fullmatch(text.strip()) is not None


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
