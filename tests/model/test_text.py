import re
import time
import unicodedata

import pytest
from hypothesis import given

from reader.model.text import clean, clean_lines, fold, printable
from tests.strategies import HOSTILE, HOSTILE_TITLE, hostile_text

FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff]")


@given(hostile_text)
def test_cleaned_text_cannot_act(text):
    for cleaned in (clean(text), clean_lines(text)):
        assert not FORBIDDEN.search(cleaned)
        assert unicodedata.is_normalized("NFC", cleaned)
        cleaned.encode("utf-8")


@given(hostile_text)
def test_cleaning_is_idempotent(text):
    assert clean(clean(text)) == clean(text)
    assert clean_lines(clean_lines(text)) == clean_lines(text)


def test_sequences_go_with_their_payload():
    assert clean("Before\x1b]52;c;cHduZWQ=\x07After") == "BeforeAfter"
    assert clean("\x1b[2J\x1b[31mred\x1b[0m") == "red"
    assert clean("\x9b31mred\x9d0;title\x9cend") == "redend"


def test_an_unterminated_sequence_takes_no_text_with_it():
    assert "readable" in clean("\x1b]0;still readable")


def test_markup_is_only_text():
    assert clean(HOSTILE_TITLE) == HOSTILE_TITLE


def test_paragraphs_are_kept():
    assert clean_lines("a  b\r\nc\n\n\n\nd \n") == "a b\nc\n\nd"


def test_marks_are_capped():
    cleaned = clean("z" + "\u0301" * 40)
    assert sum(map(bool, map(unicodedata.combining, cleaned))) <= 4


def test_folding():
    assert fold("Künin ŁØæ") == "kunin loae"


def test_printable_keeps_the_length():
    for text in HOSTILE:
        assert len(printable(text)) == len(text)


@pytest.mark.parametrize("token", ["\x1b]", "\x9d", "\x1b[", "\u0301", "\x1b", "\n"])
def test_time_grows_linearly(token):
    def cost(length):
        source = token * length
        start = time.process_time()
        clean(source)
        return time.process_time() - start

    long = min(cost(80_000) for _ in range(4))
    short = max(min(cost(20_000) for _ in range(4)), 0.002)
    assert long / short < 9
