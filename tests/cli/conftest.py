"""The command line in this process: its exit code, what it wrote, what it said."""

import pytest

from reader.cli import main
from reader.resources import seeds

SEEDS = [str(seeds() / name) for name in ("huggingface-daily-papers.txt", "arxiv-listing.txt")]


@pytest.fixture
def cli(library_path, capsys, monkeypatch):
    monkeypatch.setenv("READER_LIBRARY", str(library_path))
    for name in ("EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments):
        try:
            code = main([str(one) for one in arguments])
        except SystemExit as stop:
            code = stop.code
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture
def filled(cli):
    cli("import", *SEEDS, "--as-of", "2026-05-07")
    return cli
