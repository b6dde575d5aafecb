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

    `dataclasses.replace`, `fields` and `asdict` take it for one. None of its fields is a
    `ClassVar`, and it has no order.

    Raises:
        TypeError: It has a base with fields, or a field without a default behind one with it.
        ValueError: A default could be changed, and would be every instance's.
    """
    fields = {name: _field(cls, name, kind) for name, kind in cls.__annotations__.items()}
    _check(cls, fields.values())
    compared = [one for one in fields.values() if one.compare]
    unhashable = ["__hash__"] if vars(cls).get("__hash__") is None else []  # by its own `__eq__`
    without = (*fields, *_OF_A_DICT, *unhashable)
    kind: Any = type(cls)
    made = kind(cls.__name__, cls.__bases__, {
        "__eq__": _equals, "__hash__": _hash, "__repr__": _tell,
        "__setattr__": _refuse, "__delattr__": _refuse,
        "__getstate__": _state, "__setstate__": _restore,
        "__match_args__": tuple(name for name, one in fields.items() if one.init),
        **{name: what for name, what in vars(cls).items() if name not in without},
        "__qualname__": cls.__qualname__,
        "__slots__": tuple(fields), "__dataclass_fields__": fields,
        "__compared__": _values(compared),
        "__hashed__": _values(one for one in compared if one.hash is not False),
    })  # fmt: skip
    if "__init__" not in vars(cls):
        made.__init__ = _first_init(made, fields)
    return made  # type: ignore[no-any-return]


def _check(cls: type, fields: "Iterable[Field[Any]]") -> None:
    if any(hasattr(base, "__dataclass_fields__") for base in cls.__bases__):
        raise TypeError(f"{cls.__qualname__}: fields of a base are not taken over")
    usual = False
    for one in fields:
        if one.default.__class__.__hash__ is None:
            raise ValueError(f"{cls.__qualname__}.{one.name}: use default_factory")
        if usual and one.init and not _has_default(one):
            raise TypeError(f"{cls.__qualname__}.{one.name}: a field before it has a default")
        usual |= one.init and _has_default(one)


def _has_default(one: "Field[Any]") -> bool:
    return one.default is not MISSING or one.default_factory is not MISSING


def _field(cls: type, name: str, kind: Any) -> "Field[Any]":
    """One field, as the standard module describes it."""
    given = vars(cls).get(name, MISSING)
    one: Any = given if isinstance(given, Field) else field(default=given)
    one.name, one.type, one.kw_only = name, kind, False
    one._field_type = dataclasses._FIELD  # type: ignore[attr-defined]  # noqa: SLF001 - what `fields` goes by
    return one  # type: ignore[no-any-return]


def _values(fields: "Iterable[Field[Any]]") -> Callable[[Any], object]:
    """What gets the values of some fields; where there are none, all of a class are the same."""
    names = [one.name for one in fields] or ["__class__"]
    return attrgetter(*(names * 2 if len(names) == 1 else names))  # a tuple always


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
        usual = _usual(one, known)
        value = name if one.init else usual
        if one.default_factory is not MISSING:
            value = f"_make_{name}() if {value} is _missing else {value}"
        if one.init:
            arguments.append(f"{name}={usual}" if usual else name)
        if value:
            lines.append(f"_set_{name}(self, {value})")
    if hasattr(made, "__post_init__"):
        lines.append("self.__post_init__()")
    exec(f"def __init__({', '.join(arguments)}):\n {'; '.join(lines) or 'pass'}", known)  # noqa: S102 - a class's own names
    init: Callable[..., None] = known["__init__"]
    init.__qualname__ = f"{made.__qualname__}.__init__"
    return init


def _usual(one: "Field[Any]", known: dict[str, Any]) -> str:
    """How a field's default is written, if any; what it means is added to what is known."""
    if one.default_factory is not MISSING:
        known[f"_make_{one.name}"] = one.default_factory
        return "_missing"
    if one.default is not MISSING:
        known[f"_usual_{one.name}"] = one.default
        return f"_usual_{one.name}"
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


def _state(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self.__dataclass_fields__]


def _restore(self: Any, state: list[Any]) -> None:
    for name, value in zip(self.__dataclass_fields__, state, strict=True):
        object.__setattr__(self, name, value)


def _refuse(self: object, name: str, *_value: object) -> None:
    raise FrozenInstanceError(f"cannot change {name!r} of {type(self).__name__}")
