"""What every test has: folders of its own, no network, no terminal settings of the machine."""

import os
import socket
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from reader.importing import import_samples
from reader.library.store import Store

settings.register_profile(
    "suite", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))

DATA = Path(os.environ.get("READER_TEST_DATA", Path(__file__).parent.parent.parent / "shared"))
_SET = ("READER_LIBRARY", "READER_THEME", "NO_COLOR", "BROWSER", "COLUMNS", "LINES")


_HERE = ("127.0.0.1", "::1", "localhost", "None")


@pytest.fixture(autouse=True)
def _own_folders(tmp_path, monkeypatch, request):
    if {"tui", "journeys"} & set(request.path.parts):  # random keys may name a file
        (tmp_path / "here").mkdir()
        monkeypatch.chdir(tmp_path / "here")
    for name in ("DATA", "STATE", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    for name in _SET:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1"):
            raise AssertionError(f"a test reached for the network: {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    look_up = socket.getaddrinfo

    def known(host, *rest, **more):
        if str(host) not in _HERE and not str(host).startswith(("0x7f", "169.254.")):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return look_up(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", known)


@pytest.fixture
def library_path(tmp_path):
    return tmp_path / "library.db"


@pytest.fixture
def store(library_path):
    opened = Store(library_path)
    yield opened
    opened.close()


@pytest.fixture
def shelf(store):
    import_samples(store)
    return store


@pytest.fixture
def data():
    if not DATA.is_dir():
        pytest.skip(f"no test data at {DATA} (READER_TEST_DATA)")
    return DATA
