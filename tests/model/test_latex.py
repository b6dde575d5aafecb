import json
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.latex import convert, symbols
from reader.model.text import fold
from tests.strategies import HOSTILE

FRAGMENTS = ["$", "$$", "{", "}", "\\", "_", "^", "~", "--", "``", "''", "\\alpha", "\\frac{a}{b}",
             "\\sqrt", "{\\bf ", "x_", "^{+1}_{-2}", "\\(", "\\[", "&amp;", "http://a_b/~c ",
             "\\not",             '\\"o', "\\c{c}", " ", "word", "7"]  # fmt: skip
soup = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=5), max_size=40).map("".join)

CASES = {
    r"slopes of $r^2 \sim 0.8$ at $z \le 3$": "slopes of r² ∼ 0.8 at z ≤ 3",
    r"Erd\H{o}s, Poincar\'e and \v{C}ech": "Erdős, Poincaré and Čech",
    r"rates near $10^{-7}$ per year": "rates near 10⁻⁷ per year",
    r"over $\mathbb{Q}_p$ and $\mathfrak{gl}_n$": "over ℚₚ and 𝔤𝔩ₙ",
    r"costs between $3 and $8 per run": "costs between $3 and $8 per run",
    r"see Sec.~2, about ~5% of it": "see Sec. 2, about ~5% of it",
    r"$\frac{x+1}{2y}$ and $\sqrt{ab}$": "(x+1)/(2y) and √(ab)",
    r"mass $5.2^{+0.3}_{-0.1}$ GeV": "mass 5.2 (+0.3/−0.1) GeV",
    r"the set $\{a, b\}$, $\|x\|$": "the set {a, b}, ‖x‖",
    r"\myopt beats \textsc{Adam}": "myopt beats Adam",
    r"an open $ sign and x_1^3": "an open $ sign and x₁³",
    r"$A \not\subset B$, $x \not= y$": "A ⊄ B, x ≠ y",
    r"files in /a_b/c~d at https://x.org/~u_1": "files in /a_b/c~d at https://x.org/~u_1",
}


@pytest.mark.parametrize("source", CASES)
def test_reads_as_a_careful_reader_would_write_it(source):
    assert convert(source).text == CASES[source]


def test_emphasis_becomes_spans():
    styled = convert(r"a \textbf{bold} and {\em slanted} \href{https://x.org}{link}")
    assert styled.text == "a bold and slanted link"
    told = [(styled.text[one.start : one.end], one.style) for one in styled.spans]
    assert told == [("bold", "bold"), ("slanted", "italic"), ("link", "link https://x.org")]


def test_text_without_latex_is_untouched():
    for text in ("", "plain", "100% of 3 < 4", "a-b", "naïve 日本"):
        assert convert(text).text == text
        assert convert(text).spans == ()


@given(soup | st.text() | st.sampled_from(HOSTILE))
def test_any_text_converts(source):
    styled = convert(source)
    assert all(0 <= one.start < one.end <= len(styled.text) for one in styled.spans)


@given(st.lists(st.sampled_from(["theory", "quantum", "learning", "lattice"]), min_size=1), soup)
def test_no_word_is_lost(words, noise):
    source = "".join(f" {word} {noise} " for word in words)
    if "\\href" in noise or "http" in noise:
        return
    # An accent or a raised letter does not lose a word: compare without them.
    text = fold(convert(source).text)
    for word in set(words):
        assert text.count(word) >= words.count(word)


@pytest.mark.parametrize("token", FRAGMENTS)
def test_time_grows_linearly(token):
    def cost(length):
        source = (token * length)[:length]
        best = 9.0
        for _ in range(4):
            start = time.process_time()
            convert(source)
            best = min(best, time.process_time() - start)
        return best

    # Four times the text: 4 when linear, 16 when quadratic.
    assert cost(32_000) / max(cost(8_000), 0.002) < 9


def test_no_table_holds_a_whole_fragment():
    tables = (
        symbols.LETTERS,
        symbols.RELATIONS,
        symbols.BINARY,
        symbols.UNITS,
        symbols.MATH_ACCENTS,
    )
    for table in tables:
        assert all(re.fullmatch(r"[A-Za-z]+", name) for name in table)


@pytest.mark.corpus
def test_the_hundred_cases(data):
    cases = json.loads((data / "corpus/latex_cases.json").read_text("utf-8"))
    right = 0
    for case in cases:
        styled = convert(case["src"])
        spans = [{"text": styled.text[s.start : s.end], "style": s.style} for s in styled.spans]
        right += styled.text == case["expected"] and case.get("spans", spans) == spans
    assert right >= 95
