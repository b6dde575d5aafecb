"""The services that papers can be asked of: where each is unless the configuration says otherwise.

Every address is a scheme, a host and perhaps the beginning of a path; what follows it is the
service's own and stands with the protocol in `reader.sources.online`.
"""

SERVICES = {
    "arxiv_api": "https://export.arxiv.org",
    "arxiv_rss": "https://rss.arxiv.org",
    "arxiv_oai": "https://oaipmh.arxiv.org",
    "huggingface": "https://huggingface.co",
    "semantic_scholar": "https://api.semanticscholar.org",
    "openalex": "https://api.openalex.org",
    "crossref": "https://api.crossref.org",
    "datacite": "https://api.datacite.org",
    "dblp": "https://dblp.org",
    "europe_pmc": "https://www.ebi.ac.uk",
}
"""The services by their names in the configuration."""

KEYED = ("semantic_scholar", "openalex")
"""Services that take a key of the user's, which none needs."""

LABELS = {
    "arxiv_api": "arXiv's API", "arxiv_rss": "arXiv's feeds", "arxiv_oai": "arXiv's archive",
    "huggingface": "Hugging Face", "semantic_scholar": "Semantic Scholar",
    "openalex": "OpenAlex", "crossref": "Crossref", "datacite": "DataCite", "dblp": "DBLP",
    "europe_pmc": "Europe PMC",
}  # fmt: skip
"""What people call them."""
