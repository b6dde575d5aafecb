"""A paper's data as a form in the user's editor: TOML, so that it can be read back exactly."""

import tomllib
from collections.abc import Mapping

import tomlkit

from reader.editor import edited
from reader.errors import UsageError
from reader.model.metadata import EDITABLE, source_of, values_of
from reader.model.paper import Paper


def ask_changes(paper: Paper) -> dict[str, str]:
    """The fields that the user changed in their editor, with their new values.

    Raises:
        UsageError: What comes back is no TOML.
        RefusedError: The editor failed.
    """
    before = values_of(paper)
    sources = {name: source_of(paper, name) for name in before}
    key = paper.row.citekey
    after = ask_fields(
        before, sources, f"{key}: change what is wrong; an empty value goes back to the sources."
    )
    return {
        name: value
        for name, value in after.items()
        if value.strip() != before.get(name, "").strip()
    }


def ask_fields(
    values: Mapping[str, str], sources: Mapping[str, str], heading: str
) -> dict[str, str]:
    """A form as TOML in the user's editor, read back.

    Raises:
        UsageError: What comes back is no TOML.
        RefusedError: The editor failed.
    """
    document = tomlkit.document()
    document.add(tomlkit.comment(heading))
    for name, field in EDITABLE.items():
        source = f" (from {sources[name]})" if sources.get(name) else ""
        document.add(tomlkit.comment(f"{field.label}{source}"))
        text = values.get(name, "")
        document.add(name, tomlkit.string(text, multiline="\n" in text))
    try:
        told = tomllib.loads(edited(tomlkit.dumps(document), ".toml"))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"the form could not be read: {error}. Nothing was changed.") from error
    if wrong := [name for name, value in told.items() if not isinstance(value, str)]:
        raise UsageError(f"{wrong[0]} must be text in quotes. Nothing was changed.")
    return told
