"""Files of entries that are kept up to date within somebody's own text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.export.bibliography import cited, digest, entries, merge

OWN = """% A comment of mine
@string{jx = {Journal of X}}

@article{mine, title = {Mine with {braces} and a \\} one}, journal = jx,
  note = {@article{not, an = {entry}}}}
Words between.
@comment{ignored}
@book{ours,
  title = {Written here},
}
  % the end"""
OURS = "@book{ours,\n  title = {Written here},\n}"


def test_entries_are_found_where_they_are():
    found = entries(OWN)
    assert [one.key for one in found] == ["mine", "ours"]
    assert OWN[found[1].start : found[1].end] == OURS


def test_only_what_is_ours_is_changed():
    new = OURS.replace("Written", "Rewritten")
    merged = merge(OWN, {"ours": new, "more": "@misc{more,\n}"}, {"ours": digest(OURS)})
    assert merged.text == OWN.replace(OURS, new) + "\n@misc{more,\n}\n"
    assert (merged.added, merged.changed, merged.removed) == (["more"], ["ours"], [])
    assert merged.written == {"ours": digest(new), "more": digest("@misc{more,\n}")}


def test_what_belongs_no_longer_goes():
    merged = merge(OWN, {}, {"ours": digest(OURS)})
    assert "Written here" not in merged.text
    assert merged.text.replace("\n", "") == OWN.replace(OURS, "").replace("\n", "")
    assert merged.removed == ["ours"]


@pytest.mark.parametrize("written", [{}, {"ours": "another digest"}])
def test_entries_of_others_and_those_changed_by_hand_stand(written):
    merged = merge(OWN, {"ours": "@book{ours, title = {Other}}"}, written)
    assert (merged.text, merged.foreign, merged.written) == (OWN, ["ours"], {})
    assert merge(OWN, {}, written).text == OWN


def test_a_file_that_is_not_closed_is_left_alone():
    text = "@article{open, title = {never closed\n@misc{x, a = {b}}\n"
    merged = merge(text, {"new": "@misc{new,\n}"}, {})
    assert merged.text == text + "@misc{new,\n}\n"


keys = st.sampled_from(["a", "b:1", "c-2", "d.e"])
bodies = st.text(st.characters(codec="utf-8", exclude_characters="{}\\@"), max_size=20)
own_texts = st.lists(st.one_of(
    bodies.map(lambda text: f"% {text}"),
    st.builds(lambda key, text: f"@misc{{{key}, t = {{{text}}}}}", st.sampled_from(["x", "y"]),
              bodies),
)).map("\n".join)  # fmt: skip


@given(own_texts, st.lists(st.dictionaries(keys, bodies, max_size=4), max_size=5))
def test_any_sequence_of_versions_leaves_the_rest_as_it_was(own, versions):
    text, written = own, {}
    for version in versions:
        ours = {key: f"@misc{{{key},\n  title = {{{body}}}\n}}" for key, body in version.items()}
        merged = merge(text, ours, written)
        text, written = merged.text, merged.written
        assert set(written) == set(ours)
        found = [one.key for one in entries(text)]
        assert [key for key in found if key not in ("x", "y")].sort() == list(ours).sort()
        assert merge(text, ours, written).text == text
    last = merge(text, {}, written).text
    assert "".join(last.split()) == "".join(own.split())


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.tex", r"\cite{one, two} \citep[see][p.~3]{three} \textcite*{four} % \cite{no}",
         ["one", "two", "three", "four"]),
        ("a.tex", r"\nocite{*} 50\% \cite{five}", ["five"]),
        ("a.md", "As @one says [@two; see @{three}], not me@mail.org.", ["one", "two", "three"]),
        ("a.typ", "@one and #cite(<two>)", ["one", "two"]),
        ("a.org", "[cite:@one;@two]", ["one", "two"]),
    ],
)  # fmt: skip
def test_citations_in_texts(name, text, expected):
    assert [key for key, _ in cited(name, text)] == expected
