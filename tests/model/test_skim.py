import gzip
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.skim import Role, result_sentence, sentences, skim

ABSTRACT = (
    "Deep networks are widely used. Prior work has shown that they generalise. In this paper we "
    "study their training, i.e. the dynamics of e.g. Fig. 2. We use a simple model by A. Author "
    "et al. for this. We find that r² ≈ 0.77 holds. Our results suggest that theory helps."
)


def test_goal_method_and_result_are_told_apart():
    told = {one.role: ABSTRACT[one.start : one.end] for one in skim(ABSTRACT)}
    assert told[Role.GOAL].startswith("In this paper we study")
    assert told[Role.METHOD].startswith("We use a simple model")
    assert told[Role.RESULT] == "Our results suggest that theory helps."
    assert result_sentence(ABSTRACT) == "We find that r² ≈ 0.77 holds."
    plain = [ABSTRACT[one.start : one.end] for one in skim(ABSTRACT) if one.role is Role.PLAIN]
    assert plain[1] == "Prior work has shown that they generalise."


def test_sentences_end_where_they_end():
    assert [ABSTRACT[one.start : one.end] for one in sentences(ABSTRACT)][2].endswith("Fig. 2.")
    text = 'He said "stop." Then (it) went. 3.5 m later! A new\nparagraph'
    parts = [text[one.start : one.end] for one in sentences(text)]
    assert parts == ['He said "stop."', "Then (it) went.", "3.5 m later!", "A new", "paragraph"]


@given(st.text(max_size=300))
def test_the_sentences_of_any_text_hold_all_of_its_words(text):
    parts = sentences(text)
    assert "".join("".join(text[one.start : one.end].split()) for one in parts) == "".join(
        text.split()
    )
    assert [one.start for one in parts] == sorted(one.start for one in parts)
    assert len(skim(text)) == len(parts)


HOSTILE = (
    "We " + "finally " * 4000 + "see.", "See Fig. A of this " * 2000, "our " + "really " * 4000,
    "(" * 30_000, ". " * 15_000,
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_hostile_texts_take_no_longer_than_twice_the_half(text):
    def seconds(part):
        skim.cache_clear()
        began = time.perf_counter()
        skim(part)
        return time.perf_counter() - began

    half, whole = seconds(text[: len(text) // 2]), seconds(text)
    assert whole < max(5 * half, 1)


def test_few_sentences_are_marked():
    text = "We show that this is so. " * 20
    assert sum(one.role is Role.RESULT for one in skim(text)) == 3


@pytest.mark.corpus
def test_marked_sentences_of_real_abstracts_are_a_minority(data):
    with gzip.open(data / "corpus" / "jsonl" / "papers-10k.jsonl.gz", "rt") as file:
        papers = [json.loads(next(file)) for _ in range(300)]
    told = [skim(paper["abstract"]) for paper in papers]
    goals = sum(any(one.role is Role.GOAL for one in parts) for parts in told)
    marked = sum(one.role in (Role.GOAL, Role.RESULT) for parts in told for one in parts)
    assert goals > len(told) // 2
    assert marked < sum(map(len, told)) / 3
