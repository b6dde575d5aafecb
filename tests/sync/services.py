"""A server on this machine that speaks what the services speak, well or badly."""

import gzip
import json
import threading
import time
from collections import defaultdict
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape


class Services:
    """What is answered: a function for each beginning of a path; and what was asked, and when."""

    def __init__(self):
        self.routes = {}
        self.asked = []
        self.open = 0
        self.most_open = defaultdict(int)
        self._lock = threading.Lock()
        services = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_args):
                pass

            def do_GET(self):
                with suppress(OSError):
                    services.answer(self)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, handler):
        parts = urlsplit(handler.path)
        with self._lock:
            self.asked.append((time.monotonic(), handler.path, dict(handler.headers)))
        for prefix in sorted(self.routes, key=len, reverse=True):
            if parts.path.startswith(prefix):
                query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
                self.routes[prefix](handler, parts.path, query)
                return
        send(handler, b"nothing here", status=404, kind="text/plain")

    def paths(self, prefix=""):
        return [path for _, path, _ in self.asked if path.startswith(prefix)]

    def config(self):
        """The lines of config.toml that lead here."""
        names = ("arxiv_api arxiv_rss arxiv_oai huggingface semantic_scholar openalex crossref "
                 "datacite dblp europe_pmc")  # fmt: skip
        return "[services]\n" + "".join(f'{one} = "{self.url}/{one}"\n' for one in names.split())


def send(handler, body, status=200, kind="application/xml", headers=()):
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body)))
    for name, value in dict(headers).items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def serving():
    services = Services()
    thread = threading.Thread(target=services.server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield services
    finally:
        services.server.shutdown()
        services.server.server_close()
        thread.join()


# -- papers in the services' own shapes ------------------------------------------------------------


def work(number, title="", version=1, day="2026-11-20", announce="new", category="cs.LG", **more):
    """A paper as the makers below want it."""
    return {
        "id": number, "version": version, "day": day, "announce": announce, "category": category,
        "title": title or f"On the numbered subject {number} of our field",
        "abstract": f"We study {number} with n<k and m>2. It works.",
        "authors": ["Ada Byron", f"Grace H{number.replace('.', '')}"], **more,
    }  # fmt: skip


def rss(works, day=""):
    """A daily feed; with a day (Fri, 20 Nov 2026) the whole feed tells it too."""
    date = f"<pubDate>{day} 00:00:00 -0500</pubDate>" if day else ""
    items = "".join(
        f"<item><title>{escape(one['title'])}</title>"
        f"<link>https://arxiv.org/abs/{one['id']}</link>"
        f"<description>arXiv:{one['id']}v{one['version']} Announce Type: {one['announce']} \n"
        f"Abstract: {escape(one['abstract'])}</description>"
        f"<guid isPermaLink='false'>oai:arXiv.org:{one['id']}v{one['version']}</guid>"
        f"<category>{one['category']}</category>"
        f"<pubDate>{day or 'Fri, 20 Nov 2026'} 00:00:00 -0500</pubDate>"
        f"<arxiv:announce_type>{one['announce']}</arxiv:announce_type>"
        f"<dc:creator>{escape(', '.join(one['authors']))}</dc:creator></item>"
        for one in works
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?>"
        '<rss xmlns:arxiv="http://arxiv.org/schemas/atom" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel>'
        "<title>updates on arXiv.org</title><link>http://rss.arxiv.org/rss/cs.LG</link>"
        f"{date}"
        "<skipDays><day>Saturday</day><day>Sunday</day></skipDays>"
        f"{items}</channel></rss>"
    ).encode()


def atom(works, total=None):
    counted = "" if total is None else f"<totalResults>{total}</totalResults>"
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/{one['id']}v{one['version']}</id>"
        f"<title>{escape(one['title'])}</title><updated>{one.get('updated', one['day'])}T00:00:00Z"
        f"</updated><published>{one['day']}T00:00:00Z</published>"
        f"<summary>  {escape(one['abstract'])}\n</summary>"
        + "".join(f"<author><name>{escape(name)}</name></author>" for name in one["authors"])
        + f"<category term='{one['category']}' scheme='http://arxiv.org/schemas/atom'/>"
        f"<arxiv:primary_category term='{one['category']}'/>"
        f"<link href='https://arxiv.org/abs/{one['id']}v{one['version']}' rel='alternate'/></entry>"
        for one in works
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom' "
        "xmlns:arxiv='http://arxiv.org/schemas/atom'><title>arXiv Query</title>"
        f"<id>https://arxiv.org/api/x</id>{counted}{entries}</feed>"
    ).encode()


def oai(works, token=""):
    records = "".join(
        "<record><header><identifier>oai:arXiv.org:{id}</identifier><datestamp>{day}</datestamp>"
        "</header><metadata><arXiv xmlns='http://arxiv.org/OAI/arXiv/'><id>{id}</id>"
        "<created>{day}</created><authors>{people}</authors><title>{name}</title>"
        "<categories>{category}</categories><abstract>{text}</abstract></arXiv></metadata>"
        "</record>".format(
            id=one["id"], day=one["day"], name=escape(one["title"]), category=one["category"],
            text=escape(one["abstract"]),
            people="".join(
                f"<author><keyname>{name.split()[-1]}</keyname>"
                f"<forenames>{name.split()[0]}</forenames></author>" for name in one["authors"]
            ),
        )
        for one in works
    )  # fmt: skip
    more = f"<resumptionToken expirationDate='2026-11-23T00:00:00Z'>{token}</resumptionToken>"
    return (
        "<?xml version='1.0' encoding='UTF-8'?>"
        "<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'>"
        "<responseDate>2026-11-22T10:00:00Z</responseDate>"
        f"<ListRecords>{records}{more if token else ''}</ListRecords></OAI-PMH>"
    ).encode()


def oai_error(code):
    return (
        "<?xml version='1.0' encoding='UTF-8'?><OAI-PMH "
        "xmlns='http://www.openarchives.org/OAI/2.0/'><responseDate>2026-11-22T10:00:00Z"
        f"</responseDate><error code='{code}'>so it is</error></OAI-PMH>"
    ).encode()


def daily(works):
    return json.dumps(
        [
            {
                "paper": {
                    "id": one["id"], "title": one["title"], "summary": one["abstract"],
                    "authors": [{"name": name, "hidden": False} for name in one["authors"]],
                    "publishedAt": f"{one['day']}T00:00:00.000Z", "upvotes": one.get("votes", 7),
                    "githubRepo": "https://github.com/example/code",
                },
                "title": one["title"], "numComments": 3,
                "publishedAt": f"{one['day']}T00:00:00.000Z",
            }
            for one in works
        ]
    ).encode()  # fmt: skip


def citing(works):
    return json.dumps(
        {
            "offset": 0,
            "data": [
                {"contexts": [], "citingPaper": {
                    "paperId": f"{number:040x}", "title": one["title"],
                    "abstract": one["abstract"], "year": 2026,
                    "externalIds": {"ArXiv": one["id"]},
                    "authors": [{"authorId": "1", "name": name} for name in one["authors"]],
                }}
                for number, one in enumerate(works, start=1)
            ],
        }
    ).encode()  # fmt: skip


def crossref(doi, title="A published result of some length", authors=(("Ada", "Byron"),)):
    return json.dumps(
        {
            "status": "ok", "message-type": "work",
            "message": {
                "DOI": doi, "title": [title], "type": "journal-article",
                "container-title": ["Annals of Examples"], "issued": {"date-parts": [[2025, 3, 1]]},
                "author": [{"given": given, "family": family} for given, family in authors],
                "abstract": "<jats:p>It is so.</jats:p>", "is-referenced-by-count": 4,
            },
        }
    ).encode()  # fmt: skip


def packed(body):
    return gzip.compress(body)
