"""Zotero: its database, Better BibTeX JSON and answers of its web API."""
