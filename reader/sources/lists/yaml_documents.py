"""YAML documents of papers: safe loading within limits.

Aliases are refused: no format here needs them, and they let a small file become endless.
"""

from typing import Any

from reader.errors import ImportFileError
from reader.sources.document import Document

_DEEPEST = 50
_LARGEST = 5_000_000


def load_yaml(document: Document, text: str) -> Any:
    """The value of a YAML text; days stay text.

    Raises:
        ImportFileError: It is no YAML, has aliases, is too large or too deep.
    """
    import yaml  # noqa: PLC0415 - only such files need it

    if len(text) > _LARGEST:
        raise ImportFileError(f"{document.name}: larger than the limit of {_LARGEST:,} characters.")
    try:
        for depth, event in _events(yaml, text):
            if isinstance(event, yaml.AliasEvent) or depth > _DEEPEST:
                line = event.start_mark.line + 1
                raise ImportFileError(f"{document.name}: line {line}: aliases or too deep nesting.")
        return yaml.load(text, Loader=_loader(yaml))  # noqa: S506 - a safe loader without dates
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}: " if mark else ""
        problem = getattr(error, "problem", None) or "not readable"
        raise ImportFileError(f"{document.name}: {place}{problem}; no valid YAML.") from error


def _events(yaml: Any, text: str) -> Any:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        yield depth, event


def _loader(yaml: Any) -> Any:
    """A safe loader that reads everything but lists, maps, truth values and null as text."""

    class TextLoader(yaml.SafeLoader):  # type: ignore[misc] # an untyped base
        """See above."""

    kept = ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:null")
    TextLoader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in known if tag in kept]
        for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return TextLoader
