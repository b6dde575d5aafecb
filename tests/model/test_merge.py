"""What is shown of a paper, and by what titles are compared: each quick way is the other's."""

from hypothesis import given
from hypothesis import strategies as st

from reader.model.identity import letters_key
from reader.model.merge import shown
from reader.model.paper import Fields, SourceRecord
from tests.strategies import drafts


@given(drafts())
def test_what_one_source_says_is_shown_as_beside_one_that_says_nothing(draft):
    record = draft.records[0]
    silent = SourceRecord("reader", "silent", record.seen_at, "x", Fields())
    assert shown([record]) == shown([record, silent])


@given(st.text(st.characters(max_codepoint=127)))
def test_letters_are_the_same_by_either_way(text):
    assert letters_key(text) == letters_key(f"{text} é")[:-1]
