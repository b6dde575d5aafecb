"""Keys of services: from the environment, the keyring or a private file, and into one of them."""

import importlib
import sys

import keyring as keyrings
import pytest
from keyring.backends import null

from reader import credentials
from reader.errors import ConfigError
from reader.paths import config_file

BACKEND = """
import json, pathlib
from keyring.backend import KeyringBackend

class Kept(KeyringBackend):
    priority = 1
    file = pathlib.Path({path!r})
    def _all(self):
        return json.loads(self.file.read_text()) if self.file.exists() else {{}}
    def get_password(self, service, name):
        return self._all().get(f"{{service}}/{{name}}")
    def set_password(self, service, name, key):
        self.file.write_text(json.dumps({{**self._all(), f"{{service}}/{{name}}": key}}))
    def delete_password(self, service, name):
        rest = self._all()
        del rest[f"{{service}}/{{name}}"]
        self.file.write_text(json.dumps(rest))
"""


@pytest.fixture
def config(tmp_path, monkeypatch):
    path = tmp_path / "config" / "config.toml"
    monkeypatch.setenv("READER_CONFIG", str(path))
    return path


@pytest.fixture
def keyring(tmp_path, monkeypatch):
    """The real library `keyring`, before a store of ours."""
    (tmp_path / "kept_keys.py").write_text(BACKEND.format(path=str(tmp_path / "kept.json")))
    monkeypatch.syspath_prepend(str(tmp_path))
    before = keyrings.get_keyring()
    keyrings.set_keyring(importlib.import_module("kept_keys").Kept())
    yield keyrings
    keyrings.set_keyring(before)
    del sys.modules["kept_keys"]


def test_without_a_keyring_a_key_is_kept_in_a_file_for_its_owner_only(config):
    where = credentials.store_key("openalex", " KEY-1 \n")
    path = config_file("").with_name("secrets.toml")
    assert where == str(path)
    assert path.stat().st_mode & 0o077 == 0
    assert credentials.load_keys() == {"openalex": "KEY-1"}
    credentials.store_key("semantic_scholar", "KEY-2")
    credentials.store_key("openalex", "")
    assert credentials.load_keys() == {"semantic_scholar": "KEY-2"}


def test_a_key_goes_to_the_keyring_where_there_is_one(config, keyring):
    assert credentials.store_key("openalex", "KEY-1") == "the system's keyring"
    assert keyring.get_password("paper-reader", "openalex") == "KEY-1"
    assert not config.with_name("secrets.toml").exists()
    assert credentials.load_keys() == {"openalex": "KEY-1"}
    credentials.store_key("openalex", "")
    assert credentials.load_keys() == {}


def test_a_keyring_takes_over_from_the_file(config, keyring):
    path = config.with_name("secrets.toml")
    path.parent.mkdir(parents=True)
    path.write_text('openalex = "OLD"\n')
    path.chmod(0o600)
    credentials.store_key("openalex", "NEW")
    assert credentials.load_keys() == {"openalex": "NEW"}
    assert "OLD" not in path.read_text()


def test_a_keyring_that_forgets_is_not_trusted(config, keyring):
    keyring.set_keyring(null.Keyring())
    assert credentials.store_key("openalex", "KEY-1").endswith("secrets.toml")
    assert credentials.load_keys() == {"openalex": "KEY-1"}


def test_the_environment_comes_before_all(config, keyring, monkeypatch):
    credentials.store_key("openalex", "KEY-1")
    monkeypatch.setenv("READER_KEY_OPENALEX", "KEY-2")
    assert credentials.load_keys() == {"openalex": "KEY-2"}


@pytest.mark.parametrize("key", ["two\nlines", "ünplain", 'quo"te', "back\\slash", "x" * 501])
def test_what_is_no_key_is_refused(config, key):
    with pytest.raises(ConfigError, match="Nothing was changed"):
        credentials.store_key("openalex", key)
    with pytest.raises(ConfigError, match="no key is taken by arxiv"):
        credentials.store_key("arxiv", "KEY")
    assert not config.with_name("secrets.toml").exists()
