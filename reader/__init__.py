"""Reader: keep, find and read research papers in a terminal."""

__version__ = "0.1.0"
