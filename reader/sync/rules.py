"""The rules of a configuration."""

from collections.abc import Iterable

from reader.model.rules import Rule


def rules_of(told: Iterable[tuple[str, str]]) -> tuple[Rule, ...]:
    """The rules as values, in their order."""
    return tuple(Rule(when, do) for when, do in told)
