"""One small file of every format, written for these tests, and what it must tell."""

import json

from tests.sources.fixtures_more import REFWORKS, ZOTERO_RDF

BIBTEX = r"""
@comment{jabref-meta: databaseType:bibtex;}
@string{jml = "Journal of Made-up Learning"}
@article{ada2021,
  title = {On the {H}armony of {\"U}bungen and $\alpha$-Tests},
  author = {Ada Lovelace and van der Berg, Jan and {The Difference Collaboration} and others},
  journal = jml # { (Series B)},
  year = 2021, month = mar, day = 4,
  volume = {7}, number = {2}, pages = {11--29}, doi = {10.1234/Made.Up},
  keywords = {engines; numbers, prio1}, readstatus = {read}, ranking = {rank5},
  groups = {Thesis}, file = {Paper:papers/ada2021.pdf:PDF}, publisher = {Made-up Press},
  abstract = {First line.

Second paragraph.}, note = {To appear}, annote = {mine}, custom-field = {kept}
}
@inproceedings{child, author = {Babbage, Charles}, title = {A Chapter}, crossref = {whole}}
@misc{eprint, title = {A Preprint}, author = {Noether, Emmy}, year = {2019},
  eprint = {1901.00001v2}, archivePrefix = {arXiv}, primaryClass = {math.RA}}
@proceedings{whole, title = {Proceedings of Something}, year = {1999}, publisher = {P}}
"""

RIS = """TY  - JOUR
AU  - Lovelace, Ada
AU  - Babbage, Charles
TI  - On engines of difference
JO  - Annals of Engines
PY  - 1843
DA  - 1843/09/01/
VL  - 3
SP  - 666
EP  - 731
DO  - 10.1234/engines
KW  - engines
KW  - notes
N2  - An abstract
that goes on.
UR  - https://arxiv.org/abs/2101.00002
ER  -
"""

NBIB = """PMID- 12345678
TI  - A study of made-up cells and
      their makers.
FAU - Curie, Marie
AU  - Curie M
DP  - 2020 Feb 3
JT  - Journal of Cells
VI  - 12
AB  - Cells were studied.
LID - 10.1234/cells [doi]
PMC - PMC123456
MH  - Cells

"""

ENDNOTE_XML = """<?xml version="1.0" encoding="UTF-8"?>
<xml><records><record>
<ref-type name="Journal Article">17</ref-type>
<contributors><authors><author><style face="normal">Lovelace, Ada</style></author></authors>
</contributors>
<titles><title><style>On engines</style><style> of difference</style></title>
<secondary-title>Annals of Engines</secondary-title></titles>
<keywords><keyword>engines</keyword></keywords>
<dates><year>1843</year><pub-dates><date>September 1</date></pub-dates></dates>
<volume>3</volume><electronic-resource-num>10.1234/engines</electronic-resource-num>
<abstract>An abstract.</abstract>
</record></records></xml>
"""

ENW = """%0 Journal Article
%A Lovelace, Ada
%T On engines of difference
%J Annals of Engines
%D 1843
%V 3
%R 10.1234/engines
%K engines
%X An abstract.

"""

ISI = """FN A Database
VR 1.0
PT J
AF Lovelace, Ada
   Babbage, Charles
TI On engines of difference and
   their notes
SO ANNALS OF ENGINES
PY 1843
VL 3
DI 10.1234/engines
UT ISI:0001
ER

EF
"""

CSL = json.dumps(
    [
        {
            "id": "ada1843", "type": "article-journal", "title": "On <i>engines</i> of difference",
            "author": [{"family": "Lovelace", "given": "Ada"},
                       {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
                       {"literal": "The Group"}],
            "issued": {"date-parts": [["1843", 9, 1]]}, "container-title": "Annals of Engines",
            "volume": 3, "DOI": "10.1234/engines", "page": "666-731", "keyword": "engines, notes",
            "note": "arXiv: 2101.00002\nmore", "editor": [{"family": "Menabrea", "given": "L."}],
        }
    ]
)  # fmt: skip

CFF = """cff-version: 1.2.0
title: Engine
authors:
  - family-names: Lovelace
    given-names: Ada
date-released: 2020-01-02
doi: 10.1234/software
preferred-citation:
  type: article
  title: On engines of difference
  authors:
    - family-names: Babbage
      given-names: Charles
  journal: Annals of Engines
  year: 1843
  month: 9
"""

BETTER_BIBTEX = json.dumps(
    {
        "config": {"id": "x"}, "collections": {
            "A": {"key": "A", "name": "Top", "items": [], "collections": ["B"]},
            "B": {"key": "B", "name": "Below", "parent": "A", "items": [7], "collections": []},
        },
        "items": [
            {"itemType": "journalArticle", "itemID": 7, "citationKey": "ada1843",
             "title": "On engines of difference", "date": "1843-09-01", "DOI": "10.1234/engines",
             "creators": [{"creatorType": "author", "firstName": "Ada", "lastName": "Lovelace"},
                          {"creatorType": "editor", "name": "A House"}],
             "publicationTitle": "Annals of Engines", "extra": "Read_Status: Read\nkept words",
             "tags": [{"tag": "mine"}, {"tag": "theirs", "type": 1}], "itemKey": "AAAA1111",
             "notes": [{"note": "<p>A <b>note</b></p>"}],
             "attachments": [{"path": "files/7/a.pdf", "title": "PDF"}]},
            {"itemType": "note", "itemID": 8, "note": "<p>alone</p>"},
        ],
    }
)  # fmt: skip

ZOTERO_JSON = json.dumps(
    [
        {"key": "AAAA1111", "version": 3, "library": {"type": "user", "id": 1}, "data": {
            "key": "AAAA1111", "itemType": "preprint", "title": "On engines of difference",
            "creators": [{"creatorType": "author", "firstName": "Ada", "lastName": "Lovelace"}],
            "archiveID": "arXiv:2101.00002", "date": "2021-01-05", "tags": [{"tag": "mine"}],
            "url": "http://arxiv.org/abs/2101.00002", "repository": "arXiv"}},
        {"key": "BBBB2222", "version": 3, "library": {"type": "user", "id": 1}, "data": {
            "key": "BBBB2222", "itemType": "note", "parentItem": "AAAA1111",
            "note": "<p>Read it.</p>", "tags": []}},
    ]
)  # fmt: skip

ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
<title>made up</title><id>urn:x</id><updated>2026-01-01T00:00:00Z</updated>
<entry><id>http://arxiv.org/abs/2101.00002v3</id><title>On engines
  of difference</title><updated>2021-03-01T00:00:00Z</updated>
<published>2021-01-05T00:00:00Z</published><summary>  With n&lt;k and m&gt;2.
</summary><author><name>Ada Lovelace</name></author>
<arxiv:comment>7 pages</arxiv:comment><arxiv:journal_ref>Annals 3</arxiv:journal_ref>
<arxiv:doi>10.1234/engines</arxiv:doi>
<category term="math.HO"/><category term="cs.GL"/><category term="68-03, 01A55"/>
<arxiv:primary_category term="cs.GL"/>
<link href="https://arxiv.org/abs/2101.00002v3" rel="alternate"/></entry></feed>
"""

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
 version="2.0"><channel><title>cs.GL updates</title><item>
<title>On engines of difference</title><link>https://arxiv.org/abs/2101.00002</link>
<description>arXiv:2101.00002v2 Announce Type: replace-cross
Abstract: Where n&lt;k and m&gt;2.</description>
<guid isPermaLink="false">oai:arXiv.org:2101.00002v2</guid><category>cs.GL</category>
<category>math.HO</category><pubDate>Tue, 05 Jan 2021 00:00:00 -0500</pubDate>
<dc:creator>Ada Lovelace, Charles Babbage</dc:creator></item></channel></rss>
"""

OAI = """<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record>
<header><identifier>oai:arXiv.org:2101.00002</identifier></header><metadata>
<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>2101.00002</id><created>2021-01-05</created>
<updated>2021-03-01</updated><authors><author><keyname>Lovelace</keyname>
<forenames>Ada</forenames></author></authors><title>On engines of difference</title>
<categories>cs.GL math.HO</categories><comments>7 pages</comments><doi>10.1234/engines</doi>
<abstract> An abstract. </abstract></arXiv></metadata></record>
<record><header status="deleted"><identifier>oai:arXiv.org:0</identifier></header></record>
</ListRecords></OAI-PMH>
"""

MAIL = r"""------------------------------------------------------------------------------
\\
arXiv:2101.00002
Date: Tue, 5 Jan 2021 10:00:00 GMT   (17kb)
Date (revised v2): Mon, 1 Mar 2021 10:00:00 GMT   (18kb)

Title: On engines of difference and
  their notes
Authors: A. Lov\'elace and C. Babbage (Cambridge)
Categories: cs.GL math.HO
Comments: 7 pages
DOI: 10.1234/engines
\\
  An abstract of
two lines.
\\ ( https://arxiv.org/abs/2101.00002 ,  17kb)
------------------------------------------------------------------------------
"""

LIST_PAGE = """New submissions (showing 1 of 1 entries)
[1] arXiv:2101.00002 [pdf, html, other]
Title: On engines of difference
Ada Lovelace, Charles Babbage
Comments: 7 pages
Subjects: General Literature (cs.GL); History and Overview (math.HO)
An abstract.
"""

HUGGINGFACE = json.dumps(
    [{"paper": {"id": "2101.00002", "title": "On engines of difference", "summary": "An abstract.",
                "authors": [{"name": "Ada Lovelace"}, {"name": "Hidden", "hidden": True}],
                "publishedAt": "2021-01-05T00:00:00.000Z", "upvotes": 12,
                "githubRepo": "https://github.com/made/up"},
      "numComments": 3, "publishedAt": "2021-01-04T20:00:00.000Z", "title": "On engines"}]
)  # fmt: skip

SEMANTIC_SCHOLAR = json.dumps(
    {"total": 1, "data": [{"paperId": "abc", "externalIds": {"ArXiv": "2101.00002",
     "CorpusId": 42}, "title": "On engines of difference", "year": 2021,
     "authors": [{"authorId": "1", "name": "Ada Lovelace"}], "citationCount": 5,
     "publicationDate": "2021-01-05", "abstract": None, "journal": None}]}
)  # fmt: skip

CROSSREF = json.dumps(
    {"status": "ok", "message-type": "work", "message": {"DOI": "10.1234/Engines",
     "title": ["On engines of difference"], "container-title": ["Annals of Engines"],
     "short-container-title": ["Ann. &amp; Eng."],
     "type": "journal-article", "issued": {"date-parts": [[1843, 9]]}, "volume": "3",
     "author": [{"given": "Ada", "family": "Lovelace"}, {"name": "The Group"}],
     "abstract": "<jats:p>An <jats:italic>abstract</jats:italic>.</jats:p>"}}
)  # fmt: skip

DATACITE = json.dumps(
    {"data": {"id": "10.48550/arxiv.2101.00002", "attributes": {
        "doi": "10.48550/arxiv.2101.00002", "titles": [{"title": "On engines of difference"}],
        "creators": [{"name": "Lovelace, Ada", "givenName": "Ada", "familyName": "Lovelace"}],
        "publisher": "arXiv", "publicationYear": 2021, "types": {"resourceTypeGeneral": "Preprint"},
        "dates": [{"date": "2021-01-05", "dateType": "Submitted"}],
        "descriptions": [{"description": "An abstract.", "descriptionType": "Abstract"}]}}}
)  # fmt: skip

OPENALEX = json.dumps(
    {"meta": {"count": 1}, "results": [{"id": "https://openalex.org/W42",
     "doi": "https://doi.org/10.1234/engines", "display_name": "On engines of difference",
     "publication_date": "1843-09-01", "type": "article",
     "authorships": [{"author": {"display_name": "Ada Lovelace"}}],
     "primary_location": {"source": {"display_name": "Annals of Engines"}},
     "abstract_inverted_index": {"An": [0], "abstract": [1, 3], "of": [2]}}]}
)  # fmt: skip

DBLP = """<?xml version="1.0"?>
<dblp><article key="journals/annals/Lovelace43" mdate="2020-01-01">
<author>Ada Lovelace 0001</author><author>J&ouml;rg Babbage</author>
<title>On engines of difference.</title><year>1843</year><journal>Annals</journal>
<ee>https://doi.org/10.1234/engines</ee></article></dblp>
"""

PUBMED = """<?xml version="1.0"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN"
 "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>12345678</PMID><Article>
<Journal><JournalIssue><Volume>12</Volume><PubDate><Year>2020</Year><Month>Feb</Month></PubDate>
</JournalIssue><Title>Journal of Cells</Title></Journal>
<ArticleTitle>A study of <i>made-up</i> cells.</ArticleTitle>
<Abstract><AbstractText Label="BACKGROUND">Cells.</AbstractText></Abstract>
<AuthorList CompleteYN="Y"><Author><LastName>Curie</LastName><ForeName>Marie</ForeName></Author>
</AuthorList></Article></MedlineCitation><PubmedData><ArticleIdList>
<ArticleId IdType="doi">10.1234/cells</ArticleId></ArticleIdList></PubmedData></PubmedArticle>
</PubmedArticleSet>
"""

ACL = """<?xml version='1.0' encoding='UTF-8'?>
<collection id="2022.made"><volume id="1" type="proceedings"><meta>
<booktitle>Proceedings of the Workshop</booktitle><month>August</month><year>2022</year></meta>
<paper id="1"><title>On <fixed-case>E</fixed-case>ngines of difference</title>
<author><first>Ada</first><last>Lovelace</last></author><pages>1\N{EN DASH}9</pages>
<url>2022.made-1.1</url><bibkey>lovelace-2022-engines</bibkey></paper></volume></collection>
"""

PAPIS = """title: On engines of difference
author: Lovelace, Ada and Babbage, Charles
author_list:
- {given: Ada, family: Lovelace}
- {given: Charles, family: Babbage}
year: 1843
month: 9
journal: Annals of Engines
doi: 10.1234/engines
ref: ada1843
tags: engines notes
files: [a.pdf, ../../etc/passwd]
papis_id: abc
"""

MARKDOWN = """---
title: "On engines of difference"
authors: [Ada Lovelace, Charles Babbage]
year: 1843
arxiv: 2101.00002
tags: [engines, "#notes"]
status: reading
---
My own words on it.
"""

MARKDOWN_LIST = """# To read
- [x] [On engines of difference](https://arxiv.org/abs/2101.00002) (2021)
- **Another one**, A. Author, [paper](https://arxiv.org/pdf/2101.00003v2.pdf)
- A blog: [not a paper](https://example.org/)
- On engines again https://arxiv.org/abs/2101.00002v4
"""

READWISE = """Highlight,Book Title,Book Author,URL,Note
"The engine has no pretensions.",On engines of difference,Ada Lovelace,https://arxiv.org/abs/2101.00002,true
"It weaves algebra.",On engines of difference,Ada Lovelace,https://arxiv.org/abs/2101.00002,
"""

INSTAPAPER = """URL,Title,Selection,Folder,Timestamp,Tags
https://arxiv.org/abs/2101.00002,On engines of difference,,Archive,1600322788,"[""engines""]"
https://example.org/x,Something else,,Unread,1600322789,[]
"""

PLAIN_JSON = json.dumps(
    {"papers": [{"title": "On engines of difference", "authors": ["Ada Lovelace"], "year": 1843,
                 "doi": "10.1234/engines", "tags": ["engines"]},
                {"title": None}, "no paper"]}
)  # fmt: skip

PAGE = """<!doctype html><html><head><title>x</title>
<meta name="citation_title" content="On engines &amp; differences">
<meta name="citation_author" content="Lovelace, Ada">
<meta content="1843/09/01" name="citation_publication_date">
<meta name='citation_doi' content='10.1234/engines'></head><body></body></html>
"""

OPML = """<?xml version="1.0"?><opml version="2.0"><body>
<outline text="cs.GL" type="rss" xmlUrl="https://rss.arxiv.org/rss/cs.GL"/></body></opml>
"""

TEXT = """Look at arXiv:2101.00002v2 (and doi:10.1234/engines), or <https://doi.org/10.1234/engines>.
Version 3.14 and 10.5 are numbers; hep-th/9901001 needs its prefix, as in arXiv:hep-th/9901001.
"""

CSL_YAML = """references:
- id: lovelace1843
  type: article-journal
  title: On engines of difference
  author:
  - family: Lovelace
    given: Ada
  issued: 1843-09
  DOI: 10.1234/engines
"""

EUROPE_PMC = json.dumps(
    {"version": "6.9", "hitCount": 1, "resultList": {"result": [{
        "id": "12345678", "source": "MED", "pmid": "12345678", "doi": "10.1234/engines",
        "title": "On engines of difference.", "pubYear": "1843",
        "authorList": {"author": [{"fullName": "Lovelace A", "firstName": "Ada",
                                   "lastName": "Lovelace"}]},
        "firstPublicationDate": "1843-09-01"}]}}
)  # fmt: skip

FIXTURES = {
    "bibtex": BIBTEX, "ris": RIS, "nbib": NBIB, "endnote-xml": ENDNOTE_XML, "enw": ENW, "isi": ISI,
    "refworks": REFWORKS, "csl-json": CSL, "csl-yaml": CSL_YAML,
    "cff": CFF, "better-bibtex": BETTER_BIBTEX, "zotero-json": ZOTERO_JSON,
    "zotero-rdf": ZOTERO_RDF,
    "atom": ATOM, "rss": RSS, "oai": OAI, "arxiv-mail": MAIL, "arxiv-list": LIST_PAGE,
    "huggingface": HUGGINGFACE, "semantic-scholar": SEMANTIC_SCHOLAR, "crossref": CROSSREF,
    "datacite": DATACITE, "openalex": OPENALEX, "dblp": DBLP, "pubmed": PUBMED, "acl": ACL,
    "europe-pmc": EUROPE_PMC,
    "papis": PAPIS, "markdown": MARKDOWN, "read-later": READWISE, "json": PLAIN_JSON,
    "page": PAGE, "opml": OPML, "identifiers": TEXT,
}  # fmt: skip
