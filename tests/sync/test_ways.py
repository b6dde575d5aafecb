"""The ways that questions take: certificates, proxies, and a machine that sleeps on the way."""

import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import trustme

from reader.model.feed import parse_subscription
from reader.sources.fetch import addresses
from tests.sync import services as shape
from tests.sync.services import Services, send, work

FEED = shape.atom([work("2611.00001")])


def answers(body, kind="application/xml"):
    return lambda handler, _path, _query: send(handler, body, kind=kind)


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@contextmanager
def over_tls(authority, *names):
    """Services behind a certificate for some names; `names` are those that clients asked for."""
    services = Services()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    services.named = []
    context.sni_callback = lambda _socket, name, _context: services.named.append(name)
    server = services.server
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_told: None  # a client that hangs up in the middle
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield services
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


async def asked(world, address):
    spec = parse_subscription(address).spec
    world.follow(spec)
    report = await world.sync()
    return next(one for one in report.feeds if one.feed == spec)


async def test_a_certificate_for_which_nobody_vouches_is_refused(world, authority):
    with over_tls(authority, "127.0.0.1") as secure:
        secure.routes["/f.xml"] = answers(FEED)
        told = await asked(world, f"https://127.0.0.1:{secure.server.server_port}/f.xml")
        assert (told.code, told.new, secure.asked) == ("tls", 0, [])
    assert "certificate is not to be trusted" in told.error


async def test_a_certificate_of_another_host_is_refused(world, authority, tmp_path, monkeypatch):
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    with over_tls(authority, "journal.example") as secure:
        secure.routes["/f.xml"] = answers(FEED)
        port = secure.server.server_port
        told = await asked(world, f"https://127.0.0.1:{port}/f.xml")
        assert (told.code, secure.asked) == ("tls", [])


async def test_a_redirect_is_followed_to_the_host_that_its_certificate_names(
    world, authority, tmp_path, monkeypatch
):
    """A host is looked up once, and asked at that address under its own name."""
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    look_up = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest, **more: look_up(
        "127.0.0.1" if host == "journal.example" else host, *rest, **more))  # fmt: skip
    monkeypatch.setattr(addresses, "_public", lambda _address: True)
    with over_tls(authority, "journal.example") as secure:
        secure.routes["/f.xml"] = answers(FEED)
        there = f"https://journal.example:{secure.server.server_port}/f.xml"
        world.services.routes["/moved"] = lambda handler, _path, _query: send(
            handler, b"", 301, headers={"Location": there}
        )
        told = await asked(world, f"{world.services.url}/moved")
        assert (told.error, told.new) == ("", 1)
        assert secure.named == ["journal.example"]
        assert secure.asked[0][2]["host"] == there.split("/")[2]


@contextmanager
def proxying(status=200):
    """A proxy that answers for every host itself, or refuses."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_told):
            pass

        def do_GET(self):
            asked.append((self.command, self.path, dict(self.headers)))
            send(self, FEED if status == 200 else b"log in first", status)

        do_CONNECT = do_GET  # noqa: N815 - the name that the library wants

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


async def test_a_proxy_is_asked_for_hosts_that_only_it_knows(world, monkeypatch):
    with proxying() as (proxy, seen):
        monkeypatch.setenv("http_proxy", proxy)
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        told = await asked(world, "http://journal.example/f.xml")
        assert (told.error, told.new) == ("", 1)
        assert [(verb, path) for verb, path, _ in seen] == [("GET", "http://journal.example/f.xml")]
        world.services.routes["/g.xml"] = answers(shape.atom([work("2611.00002")]))
        told = await asked(world, f"{world.services.url}/g.xml")
        assert (told.error, told.new, len(seen)) == ("", 1, 2), "what is near is asked without it"


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_proxy_that_refuses_is_told(world, monkeypatch, scheme):
    with proxying(407) as (proxy, _seen):
        monkeypatch.setenv(f"{scheme}_proxy", proxy)
        told = await asked(world, f"{scheme}://journal.example/f.xml")
    assert (told.code, told.new) == ({"http": "http 407", "https": "proxy"}[scheme], 0)
    assert "proxy" in told.error


async def test_a_proxy_that_is_gone_is_told(world, monkeypatch):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free.getsockname()[1]}")
        told = await asked(world, "http://journal.example/f.xml")
    assert (told.code, told.new) == ("refused", 0)


@pytest.mark.heavy
def test_a_laptop_that_sleeps_in_the_middle_of_an_answer(world, services, tmp_path, monkeypatch):
    """Its connection is dead when it wakes, and its deadline long past: it asks again."""
    reached, asleep = threading.Event(), threading.Event()

    def first(handler, path, query):
        services.routes["/f.xml"] = answers(FEED)
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n" + FEED[:100])
        handler.wfile.flush()
        reached.set()
        asleep.wait(20)
        handler.close_connection = True

    services.routes["/f.xml"] = first
    world.follow(f"{services.url}/f.xml")
    config = tmp_path / "config.toml"
    config.write_text("[network]\ntimeout = 5\n")
    running = subprocess.Popen(
        [sys.executable, "-m", "reader", "--library", str(world.library.path), "sync"],
        env={**os.environ, "READER_CONFIG": str(config)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert reached.wait(20)
    running.send_signal(signal.SIGSTOP)
    asleep.set()
    time.sleep(6)  # longer than an answer may take
    running.send_signal(signal.SIGCONT)
    _, err = running.communicate(timeout=30)
    assert (running.returncode, b"1 new" in err) == (0, True), err.decode()
    assert len(services.asked) == 2
    assert len(world.papers()) == 1
