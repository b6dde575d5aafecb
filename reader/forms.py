"""A paper's data as a form in the user's editor: TOML, so that it can be read back exactly."""

import tomllib
from collections.abc import Mapping

import tomlkit

from reader.editor import edited
from reader.errors import UsageError
from reader.model.metadata import EDITABLE, FieldProblem, changed, source_of, values_of
from reader.model.paper import Fields, Paper

_WRONG = "# WRONG: "
_WHAT_NOW = "# Mend it and save; left as it is, nothing is changed."


def ask_changes(paper: Paper) -> dict[str, str]:
    """The fields that the user changed in their editor, with their new values.

    Raises:
        UsageError: What came back cannot be read, and the user left it so.
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
    """A form as TOML in the user's editor, read back; one that cannot be read is opened again.

    Raises:
        UsageError: What came back cannot be read, and the user left it so.
        RefusedError: The editor failed.
    """
    document = tomlkit.document()
    document.add(tomlkit.comment(heading))
    for name, field in EDITABLE.items():
        source = f" (from {sources[name]})" if sources.get(name) else ""
        document.add(tomlkit.comment(f"{field.label}{source}"))
        text = values.get(name, "")
        document.add(name, tomlkit.string(text, multiline="\n" in text))
    return _read_back(edited(tomlkit.dumps(document), ".toml"))


def _read_back(form: str) -> dict[str, str]:
    while True:
        try:
            return _read(form)
        except UsageError as error:
            offered = f"{_WRONG}{error}\n{_WHAT_NOW}\n{_without_complaint(form)}"
            form, before = edited(offered, ".toml"), form
            if _without_complaint(form) == _without_complaint(before):
                raise


def _without_complaint(form: str) -> str:
    lines = form.splitlines()
    return "\n".join(line for line in lines if not line.startswith((_WRONG, _WHAT_NOW)))


def _read(form: str) -> dict[str, str]:
    """The fields of a form.

    Raises:
        UsageError: It is no TOML, or a field cannot have its value.
    """
    try:
        fields = tomllib.loads(form)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"the form could not be read: {error}. Nothing was changed.") from error
    if wrong := [name for name, value in fields.items() if not isinstance(value, str)]:
        raise UsageError(f"{wrong[0]} must be text in quotes. Nothing was changed.")
    try:
        changed(Fields(), fields)
    except FieldProblem as problem:
        raise UsageError(f"{problem}. Nothing was changed.") from problem
    return fields
