"""Ids in a file are what a vector of them in memory is."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.library.kept_ids import KeptIds
from reader.model.paper import ID_TYPE

IDS = st.lists(st.integers(1, 2**32 - 1) | st.integers(1, 300) | st.just(0x01010101), max_size=40)


@given(IDS, st.integers(0, 9), st.integers(-50, 50), st.integers(-50, 50))
def test_they_are_a_vector(tmp_path_factory, ids, begin, start, stop):
    file = tmp_path_factory.mktemp("kept") / "ids"
    vector = array(ID_TYPE, ids)
    file.write_bytes(b"\1" * begin + b"\n" + vector.tobytes())
    with file.open("rb") as opened:
        kept = KeptIds(opened, begin + 1)
    file.unlink()
    assert len(kept) == len(vector)
    assert list(kept) == ids
    assert kept[start:stop] == vector[start:stop]
    assert bytes(kept.data) == vector.tobytes()
    for paper in {*ids, 1, 0x01010101, 2**32, -1}:
        assert (paper in kept) == (paper in ids)
        if paper in ids:
            assert kept.index(paper) == vector.index(paper)
        else:
            with pytest.raises(ValueError, match=str(paper)):
                kept.index(paper)
    kept.forget()
    assert list(reversed(kept)) == ids[::-1]


def test_a_file_that_ends_within_an_id_is_none(tmp_path):
    (tmp_path / "ids").write_bytes(b"12345")
    with (tmp_path / "ids").open("rb") as opened, pytest.raises(ValueError, match="within"):
        KeptIds(opened, 0)
