"""Ids of papers in a file, of which only what is looked at takes memory."""

import mmap
from array import array
from collections.abc import Iterator, Sequence
from typing import BinaryIO, overload

from reader.model.paper import ID_TYPE

_SIZE = array(ID_TYPE).itemsize


class KeptIds(Sequence[int]):
    """The ids that stand in a file from one byte on, to its end, as they are in memory.

    The file may be replaced meanwhile, but not be changed.

    Attributes:
        data: The bytes of all ids.
    """

    def __init__(self, file: BinaryIO, begin: int) -> None:
        """Look into a file.

        Raises:
            ValueError: It ends within an id.
            OSError: It cannot be mapped.
        """
        self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._begin = begin
        self.data = memoryview(self._map)[begin:]
        if len(self.data) % _SIZE:
            raise ValueError("it ends within an id")
        self._ids: memoryview[int] = self.data.cast("I")

    def forget(self) -> None:
        """Keep nothing in memory of what was looked at; it is read again when it is needed."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def __len__(self) -> int:
        """How many they are."""
        return len(self._ids)

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> "array[int]": ...
    def __getitem__(self, place: int | slice) -> "int | array[int]":
        """One id, or some of them, which are in memory then."""
        if isinstance(place, int):
            return self._ids[place]
        return array(ID_TYPE, self._ids[place])

    def __iter__(self) -> Iterator[int]:
        """Each id."""
        return iter(self._ids)

    def __contains__(self, paper: object) -> bool:
        """Whether a paper is among them."""
        return isinstance(paper, int) and self._find(paper) >= 0

    def index(self, paper: int, start: int = 0, stop: int | None = None) -> int:
        """Where a paper is.

        Raises:
            ValueError: It is not among them.
        """
        place = self._find(paper, start)
        if place < 0 or (stop is not None and place >= stop):
            raise ValueError(paper)
        return place

    def _find(self, paper: int, start: int = 0) -> int:
        """Where a paper is, -1 for nowhere; faster than looking at one id after the other."""
        if not 0 < paper < 1 << 8 * _SIZE:
            return -1
        wanted = array(ID_TYPE, [paper]).tobytes()
        found = self._map.find(wanted, self._begin + start * _SIZE)
        while found >= 0 and (found - self._begin) % _SIZE:
            found = self._map.find(wanted, found + 1)
        self.forget()
        return (found - self._begin) // _SIZE if found >= 0 else -1
