"""What a sync needs to know of the configuration."""

import os

from reader.config import Settings, service_urls
from reader.credentials import load_keys
from reader.errors import RefusedError
from reader.library.following import Manner
from reader.paths import cache_folder, state_folder
from reader.sources.fetch.client import Client, Setup
from reader.sync.rules import rules_of


def client_of(settings: Settings, config: str = "") -> Client:
    """A client that asks as the configuration says.

    Raises:
        ConfigError: The file with the keys can be read by others.
        RefusedError: Nothing is to be asked: `READER_OFFLINE` is set.
    """
    if os.environ.get("READER_OFFLINE"):
        raise RefusedError("offline: READER_OFFLINE is set, so nothing is asked. Unset it first.")
    return Client(
        Setup(
            services=service_urls(settings),
            state=state_folder() / "hosts",
            cache=cache_folder() / "answers",
            contact=settings.network_contact,
            timeout=float(settings.network_timeout),
            keys=load_keys(config),
        )
    )


def manner_of(settings: Settings) -> Manner:
    """How what arrives is taken."""
    return Manner(rules_of(settings.rules), settings.feeds_resurface_updates)
