"""Frozen, slotted data classes that are quick to define.

The standard decorator writes and compiles seven methods for each class, which for all those that
the screen is made of takes as long as a sixth of its start. Here comparing, hashing and telling are
the same functions for every class, and `__init__` is compiled when the first one is made.
"""

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import MISSING, Field, FrozenInstanceError, field
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

Made = TypeVar("Made")
_Fields = dict[str, "Field[Any]"]

_OF_A_DICT = ("__dict__", "__weakref__")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[Made]) -> type[Made]:
    """Make of a class with annotations what `dataclass(frozen=True, slots=True)` makes of it.

    `dataclasses.replace`, `fields` and `asdict` take it for one. Its fields are its own alone,
    none is a `ClassVar`, and what order they would have is not asked.
    """
    fields = {name: _field(cls, name, kind) for name, kind in cls.__annotations__.items()}
    compared = [one for one in fields.values() if one.compare]
    kind: Any = type(cls)
    made = kind(cls.__name__, cls.__bases__, {
        "__eq__": _equals, "__hash__": _hash, "__repr__": _tell,
        "__setattr__": _refuse, "__delattr__": _refuse,
        "__match_args__": tuple(name for name, one in fields.items() if one.init),
        **{name: what for name, what in vars(cls).items() if name not in (*fields, *_OF_A_DICT)},
        "__qualname__": cls.__qualname__,
        "__slots__": tuple(fields), "__dataclass_fields__": fields,
        "__compared__": _values(compared),
        "__hashed__": _values(one for one in compared if one.hash is not False),
    })  # fmt: skip
    made.__init__ = _first_init(made, fields)
    return made  # type: ignore[no-any-return]


def _field(cls: type, name: str, kind: Any) -> "Field[Any]":
    """One field, as the standard module describes it."""
    given = vars(cls).get(name, MISSING)
    one: Any = given if isinstance(given, Field) else field(default=given)
    one.name, one.type, one.kw_only = name, kind, False
    one._field_type = dataclasses._FIELD  # type: ignore[attr-defined]  # noqa: SLF001 - what `fields` goes by
    return one  # type: ignore[no-any-return]


def _values(fields: "Iterable[Field[Any]]") -> Callable[[Any], object]:
    """What gets the values of some fields; where there are none, all of a class are the same."""
    return attrgetter(*[one.name for one in fields] or ["__class__"])


def _first_init(made: Any, fields: _Fields) -> Callable[..., None]:
    """An `__init__` that puts the compiled one in its own place."""

    def __init__(self: object, *values: object, **named: object) -> None:  # noqa: N807
        made.__init__ = init = _init(made, fields)
        init(self, *values, **named)

    return __init__


def _init(made: Any, fields: _Fields) -> Callable[..., None]:
    """Compile the `__init__` of a class: it sets the slots, past what refuses to."""
    known: dict[str, Any] = {"_missing": MISSING}
    arguments, lines = ["self"], []
    for name, one in fields.items():
        known[f"_set_{name}"] = vars(made)[name].__set__
        if one.init:
            arguments.append(name + _usual(one, known))
            made_now = one.default_factory is not MISSING
            value = f"_make_{name}() if {name} is _missing else {name}" if made_now else name
            lines.append(f"_set_{name}(self, {value})")
    if hasattr(made, "__post_init__"):
        lines.append("self.__post_init__()")
    exec(f"def __init__({', '.join(arguments)}):\n {'; '.join(lines) or 'pass'}", known)  # noqa: S102 - a class's own names
    init: Callable[..., None] = known["__init__"]
    init.__qualname__ = f"{made.__qualname__}.__init__"
    return init


def _usual(one: "Field[Any]", known: dict[str, Any]) -> str:
    """How an argument's default is written; what it means is added to what is known."""
    if one.default_factory is not MISSING:
        known[f"_make_{one.name}"] = one.default_factory
        return "=_missing"
    if one.default is not MISSING:
        known[f"_usual_{one.name}"] = one.default
        return f"=_usual_{one.name}"
    return ""


def _equals(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self.__compared__(self) == self.__compared__(other)


def _hash(self: Any) -> int:
    return hash(self.__hashed__(self))


def _tell(self: Any) -> str:
    fields = self.__dataclass_fields__.values()
    told = (f"{one.name}={getattr(self, one.name)!r}" for one in fields if one.repr)
    return f"{self.__class__.__qualname__}({', '.join(told)})"


def _refuse(self: object, name: str, *_value: object) -> None:
    raise FrozenInstanceError(f"cannot change {name!r} of {type(self).__name__}")
