"""One paper asked for: by what it is called, at one service after the other until one knows it."""

import asyncio
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field

from reader.errors import FetchError, UsageError
from reader.frozen import frozen
from reader.model.identifiers import ARXIV, DOI, PMCID, PMID, Identifier, parse_link
from reader.model.identity import abstract_key, letters_key
from reader.model.paper import Fields, PaperDraft
from reader.sources.context import Context
from reader.sources.document import open_document
from reader.sources.fetch.asking import Ask
from reader.sources.fetch.client import Client
from reader.sources.online import arxiv_oai, arxiv_query, huggingface, works
from reader.sources.online.pages import check_text, items_of

_FORMATS = {
    "arxiv_api": ("atom",), "arxiv_oai": ("oai",), "huggingface": ("huggingface",),
    "semantic_scholar": ("semantic-scholar", "json"), "openalex": ("openalex", "json"),
    "crossref": ("crossref", "json"), "datacite": ("datacite",), "dblp": ("dblp",),
    "europe_pmc": ("europe-pmc",),
}  # fmt: skip
"""The formats in which each service answers."""

_UNKNOWN = ("http 404", "http 400", "http 410", "service")
"""The errors of a service that only means that it does not know the paper."""

_DIGITS = re.compile(r"\d{5,9}")
_LONGEST_TITLE = 300


@frozen
class Wanted:
    """A paper that is asked for.

    Attributes:
        ids: What it is called elsewhere, by scheme.
        title: Its title, where nothing else is known.
        known: What is known of it already, to tell it from others of the same title.
    """

    ids: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    known: Fields = field(default_factory=Fields)

    @property
    def named(self) -> str:
        """What messages call it."""
        return next(iter(self.ids.values()), "") or f"“{self.title[:60]}”"


def wanted(text: str) -> Wanted:
    """The paper that a text means: an arXiv id, a DOI, a link, a PubMed id, else a title.

    Raises:
        UsageError: It is nothing that could be one.
    """
    text = text.strip()
    bare = re.sub(r"^(?:pmid|pubmed)\s*:?\s*", "", text, flags=re.IGNORECASE)
    if _DIGITS.fullmatch(bare):
        return Wanted({PMID: bare})
    if re.fullmatch(r"(?i)pmc\d{4,9}", text):
        return Wanted({PMCID: text.upper()})
    found = parse_link(text)
    if found is not None:
        return Wanted({found.scheme: found.value})
    if "://" in text or not re.search(r"[^\W\d_]{2}", text):
        raise UsageError(
            f"{text[:80]} is no id, no link to a paper and no title; nothing was asked."
        )
    return Wanted(title=" ".join(text.split())[:_LONGEST_TITLE])


def questions(paper: Wanted) -> Iterator[Ask]:
    """Whom to ask for a paper, in the order in which they are likeliest to know it best."""
    ids = paper.ids
    if arxiv := ids.get(ARXIV):
        yield arxiv_query.by_ids([arxiv])
        yield arxiv_oai.by_id(arxiv)
        yield works.datacite_of_arxiv(arxiv)
        yield huggingface.by_id(arxiv)
    if doi := ids.get(DOI):
        yield works.crossref(doi)
        yield works.datacite(doi)
    for scheme, query in ((PMID, "ext_id:{} src:med"), (PMCID, "pmcid:{}")):
        if value := ids.get(scheme):
            yield works.europe_pmc(query.format(value))
    yield from filter(None, (works.openalex(ids), works.scholar(ids)))
    if DOI in ids and PMID not in ids:
        yield works.europe_pmc(f'doi:"{ids[DOI]}"')
    if not ids and paper.title:
        yield arxiv_query.by_title(paper.title)
        yield from works.by_title(paper.title)


async def look_up(
    client: Client, paper: Wanted, context: Context, *, among: Callable[[Ask], bool] = bool
) -> PaperDraft:
    """What the first service says that knows a paper.

    Raises:
        FetchError: None knows it, or none could be asked.
    """
    failures: list[FetchError] = []
    for ask in filter(among, questions(paper)):
        try:
            drafts = await ask_for(client, ask, context)
        except FetchError as error:
            failures.append(error)
            continue
        for draft in drafts:
            if fits(draft, paper):
                return draft
    refused = [error for error in failures if error.code not in _UNKNOWN]
    if refused:
        raise refused[0]
    raise FetchError(
        f"{paper.named}: no service knows it. Nothing was changed; `reader add --title` takes it "
        "by hand.", "unknown")  # fmt: skip


async def ask_for(client: Client, ask: Ask, context: Context) -> tuple[PaperDraft, ...]:
    """The papers that one service answers with.

    Raises:
        FetchError: It could not be asked, or its answer cannot be used.
    """
    answer = await client.fetch(ask)
    document = await asyncio.to_thread(open_document, answer.body, answer.address)
    if ask.expects == "json":
        await asyncio.to_thread(check_text, document)
    if ask.service == "arxiv_oai" and arxiv_oai.knows_nothing(document):
        return ()
    drafts, _ = await asyncio.to_thread(items_of, document, context, *_FORMATS[ask.service])
    return drafts


def fits(draft: PaperDraft, paper: Wanted) -> bool:
    """Whether a draft is the paper: it has one of its identifiers, or its title and all else."""
    fields = draft.records[0].fields
    if paper.ids:
        shared = {(one.scheme, one.value) for one in fields.identifiers} & set(paper.ids.items())
        return bool(shared) and bool(fields.title)
    if letters_key(fields.title) != letters_key(paper.title):
        return False
    return not _differs(fields, paper.known)


def _differs(theirs: Fields, ours: Fields) -> bool:
    """Whether two records of one title are of two papers, as far as can be told.

    A paper of a pasted page has no names; then its abstract or its number of authors must agree.
    """
    if ours.abstract and theirs.abstract:
        ours_text, theirs_text = abstract_key(ours.abstract), abstract_key(theirs.abstract)
        if ours_text[:60] == theirs_text[:60]:
            return False
    if ours.authors and theirs.authors:
        return letters_key(ours.authors[0].family) != letters_key(theirs.authors[0].family)
    if ours.author_count and theirs.author_count:
        return ours.author_count != theirs.author_count
    return False


def called(identifiers: tuple[Identifier, ...]) -> dict[str, str]:
    """Identifiers by their schemes, of several of one the last."""
    return {one.scheme: one.value for one in identifiers}
