"""Our frozen classes do what the standard ones do."""

import copy
import pickle
import re
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, is_dataclass, replace
from threading import Barrier
from typing import Any, Generic, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.frozen import frozen

Kind = TypeVar("Kind")


def paper() -> Any:
    """A class as it is written; both decorators take its defaults away."""

    class Paper:
        """A title, a year, what is not compared, what is not hashed, what is not told."""

        title: str
        year: int = 0
        seen: int = field(default=0, compare=False)
        tags: Mapping[str, str] = field(default_factory=dict, hash=False)
        key: str = field(default="none", repr=False)

        @property
        def label(self) -> str:
            """What a class says of itself stays."""
            return f"{self.title} ({self.year})"

    return Paper


OURS: Any = frozen(paper())
THEIRS: Any = dataclass(frozen=True, slots=True)(paper())


@frozen
class Kept:
    """One that can be found by its name."""

    title: str
    words: tuple[str, ...] = ()


values = st.fixed_dictionaries(
    {"title": st.sampled_from(["a", "b"])},
    optional={
        "year": st.sampled_from([0, 1]),
        "seen": st.integers(0, 1),
        "tags": st.sampled_from([{}, {"a": "b"}]),
        "key": st.sampled_from(["none", "secret"]),
    },
)


@given(values, values)
def test_two_are_equal_told_and_hashed_as_the_standard_ones_are(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    ours, others = OURS(**one), OURS(**other)
    theirs, other_theirs = THEIRS(**one), THEIRS(**other)
    assert (ours == others) is (theirs == other_theirs)
    assert (hash(ours) == hash(others)) is (hash(theirs) == hash(other_theirs))
    assert repr(ours) == repr(theirs)
    assert asdict(ours) == asdict(theirs)
    assert ours.label == theirs.label
    assert ours != theirs


@given(values, values)
def test_a_changed_copy_is_what_the_standard_one_would_be(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert asdict(replace(OURS(**one), **other)) == asdict(replace(THEIRS(**one), **other))


def test_its_fields_are_told_as_those_of_the_standard_one() -> None:
    told = [(one.name, one.type, one.default, one.compare, one.repr) for one in fields(OURS)]
    assert told == [
        (one.name, one.type, one.default, one.compare, one.repr) for one in fields(THEIRS)
    ]
    assert is_dataclass(OURS)
    assert OURS.__match_args__ == THEIRS.__match_args__
    assert OURS.__slots__ == THEIRS.__slots__
    assert OURS.__doc__ == THEIRS.__doc__


def test_nothing_of_it_can_be_changed() -> None:
    one = OURS("a")
    with pytest.raises(FrozenInstanceError, match="title"):
        one.title = "b"
    with pytest.raises(FrozenInstanceError, match="title"):
        del one.title
    with pytest.raises(FrozenInstanceError):
        one.other = 1
    assert one == OURS("a")
    assert not hasattr(one, "__dict__")


@pytest.mark.parametrize("wrong", [{}, {"titel": "a"}, {"title": "a", "pages": 1}])
def test_wrong_arguments_are_told_as_by_the_standard_one(wrong: dict[str, str]) -> None:
    with pytest.raises(TypeError) as theirs:
        THEIRS(**wrong)
    with pytest.raises(TypeError, match=re.escape(str(theirs.value))):
        OURS(**wrong)


def test_each_has_its_own_of_what_a_factory_makes() -> None:
    assert OURS("a").tags is not OURS("b").tags


def test_its_parts_can_be_matched_in_their_order() -> None:
    match OURS("a", 1999):
        case OURS(title, year):
            assert (title, year) == ("a", 1999)
        case _:
            pytest.fail("not matched")


def test_what_follows_from_its_fields_is_worked_out_once() -> None:
    @frozen
    class Line:
        words: tuple[str, ...]
        length: int = field(init=False, compare=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "length", sum(map(len, self.words)))

    assert Line(("ab", "c")).length == 3
    assert repr(replace(Line(("ab",)), words=("a",))).endswith("Line(words=('a',), length=1)")


def test_it_can_be_copied_and_kept() -> None:
    one = Kept("a", ("b",))
    for other in (copy.copy(one), copy.deepcopy(one), pickle.loads(pickle.dumps(one))):  # noqa: S301 - ours
        assert other == one
        assert other is not one


def test_what_is_not_given_has_its_default() -> None:
    @frozen
    class Line:
        text: str
        length: int = field(init=False, default=3)
        words: list[str] = field(init=False, default_factory=list)

    one = Line("abc")
    assert (one.length, one.words) == (3, [])
    assert one.words is not Line("abc").words
    assert Line.__match_args__ == ("text",)


def test_methods_of_its_own_stay() -> None:
    class Own:  # noqa: PLW1641 - it is what is tried
        size: float

        def __eq__(self, other: object) -> bool:
            return isinstance(other, type(self)) and round(self.size) == round(other.size)

    ours, theirs = frozen(Own), dataclass(frozen=True, slots=True)(Own)
    for made in (ours, theirs):
        assert made(1.2) == made(0.8)
        assert made(1.2) != made(2.2)
        assert hash(made(1.2)) == hash(made(1.2))


def test_the_same_is_the_same_even_where_it_is_no_number() -> None:
    def made(decorator: Any) -> Any:
        class One:
            size: float

        return decorator(One)

    nan = float("nan")
    for one in (made(frozen), made(dataclass(frozen=True))):
        assert one(nan) == one(nan)
        assert one(nan) != one(float("nan"))


def test_what_would_be_something_else_is_refused_where_it_is_written() -> None:
    for error, body, bases in (
        (ValueError, {"__annotations__": {"words": list}, "words": []}, ()),
        (TypeError, {"__annotations__": {"first": str, "second": str}, "first": ""}, ()),
        (TypeError, {"__annotations__": {"more": str}}, (OURS,)),
    ):
        with pytest.raises(error):
            frozen(type("Wrong", bases, body))


def test_those_without_fields_are_all_the_same() -> None:
    @frozen
    class Nothing:
        """No fields."""

    @frozen
    class Neither:
        """None either."""

    assert Nothing() == Nothing()
    assert len({Nothing(), Nothing(), Neither()}) == 2
    assert repr(Nothing()).endswith("Nothing()")


def test_it_may_be_generic_and_a_message_of_its_own() -> None:
    @frozen
    class Option(Generic[Kind]):
        value: Kind

        def __repr__(self) -> str:
            return f"<{self.value}>"

    assert repr(Option[int](1)) == "<1>"
    assert Option(1) == Option[int](1)


def test_the_first_ones_may_be_made_at_once() -> None:
    threads = 8
    often = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(50):
            made = frozen(paper())
            ready = Barrier(threads)

            def make(number: int, made: Any = made, ready: Barrier = ready) -> object:
                ready.wait()
                return made("a", number).year

            with ThreadPoolExecutor(threads) as pool:
                assert list(pool.map(make, range(threads))) == list(range(threads))
    finally:
        sys.setswitchinterval(often)
