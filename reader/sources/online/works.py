"""One work at the services that know works: by an identifier, or by its title.

Protocols: the services' own documents, named in `reader.sources.services`.
"""

from collections.abc import Mapping
from urllib.parse import quote

from reader.sources.fetch.asking import Ask, target

SCHOLAR_FIELDS = (
    "externalIds,title,abstract,year,publicationDate,venue,journal,authors,citationCount,"
    "openAccessPdf,publicationTypes"
)
OPENALEX_FIELDS = (
    "id,doi,display_name,title,publication_date,publication_year,type,ids,authorships,"
    "primary_location,biblio,abstract_inverted_index,cited_by_count"
)
_HITS = 5


def scholar_name(ids: Mapping[str, str]) -> str:
    """What Semantic Scholar calls a paper of these identifiers; empty when it cannot."""
    for scheme, prefix in (("arxiv", "ARXIV:"), ("doi", "DOI:"), ("s2", "CorpusId:"),
                           ("acl", "ACL:"), ("pmid", "PMID:")):  # fmt: skip
        if value := ids.get(scheme):
            return prefix + quote(value, safe="/")
    return ""


def openalex_name(ids: Mapping[str, str]) -> str:
    """Likewise for OpenAlex."""
    if value := ids.get("openalex"):
        return quote(value, safe="")
    if value := ids.get("doi"):
        return f"doi:{quote(value, safe='/')}"
    if value := ids.get("arxiv"):
        return f"doi:10.48550/arxiv.{quote(value, safe='/')}"
    return f"pmid:{quote(value)}" if (value := ids.get("pmid", "")) else ""


def scholar(ids: Mapping[str, str]) -> Ask | None:
    """Semantic Scholar's record of a work."""
    name = scholar_name(ids)
    path = f"/graph/v1/paper/{name}"
    words = {"fields": SCHOLAR_FIELDS}
    return Ask("semantic_scholar", target(path, words, safe=","), "json") if name else None


def openalex(ids: Mapping[str, str]) -> Ask | None:
    """OpenAlex's record of a work."""
    name = openalex_name(ids)
    return Ask("openalex", f"/works/{name}", "json") if name else None


def crossref(doi: str) -> Ask:
    """Crossref's record of a work."""
    return Ask("crossref", f"/works/{quote(doi, safe='/')}", "json")


def datacite(doi: str) -> Ask:
    """DataCite's record of a work; every paper of arXiv has one."""
    return Ask("datacite", f"/dois/{quote(doi, safe='/')}", "json")


def datacite_of_arxiv(arxiv: str) -> Ask:
    """DataCite's record of a paper of arXiv."""
    return datacite(f"10.48550/arxiv.{arxiv}")


def europe_pmc(query: str) -> Ask:
    """The works of a search in Europe PMC."""
    words: dict[str, str | int] = {
        "query": query,
        "resultType": "core",
        "format": "json",
        "pageSize": _HITS,
    }
    return Ask("europe_pmc", target("/europepmc/webservices/rest/search", words), "json")


def by_title(title: str) -> list[Ask]:
    """Searches for a title, where it is likeliest to be found first."""
    words = " ".join(title.split())[:300]
    return [
        Ask("semantic_scholar",
            target("/graph/v1/paper/search/match", {"query": words, "fields": SCHOLAR_FIELDS},
                   safe=","), "json"),
        Ask("crossref", target("/works", {"query.bibliographic": words, "rows": _HITS}), "json"),
        Ask("openalex", target("/works", {"search": words, "per-page": _HITS}), "json"),
        Ask("dblp", target("/search/publ/api", {"q": words, "format": "json", "h": _HITS}), "json"),
    ]  # fmt: skip
