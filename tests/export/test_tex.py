"""TeX on the way out: it means what it meant, compiles, and cannot do harm."""

import re
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.export.tex import escaped
from reader.export.tex_source import kept_source, with_capitals
from reader.model.latex import convert
from reader.model.text import clean


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("{D}irac equation in {Euler} spaces", "{D}irac equation in {Euler} spaces"),
        (r"Sorting in $\mathcal{O}(n\log n)$ time", r"Sorting in {$\mathcal{O}(n\log n)$} time"),
        (r"$x_{i,j}^{2}$ and $\sqrt{s}=7$", r"{$x_{i,j}^{2}$} and {$\sqrt{s}=7$}"),
        (r"$\bar{\nu}_e$ and $\hat{\theta}$", r"{$\bar{\nu}_e$} and {$\hat{\theta}$}"),
        (r"A {\'E}tude by G{\"o}del~II", "A {É}tude by G{ö}del~II"),
        (r"Szeg\H{o} and Erd\H os in \LaTeX of {\AA}s\o ", r"Szegő and Erdős in {\LaTeX} of {Å}sø"),
        ("Cats & dogs_1 at 5% #2", r"Cats \& dogs\_1 at 5\% \#2"),
        (r"\emph{E. coli} and $\frac{1}{2}$", r"\emph{E. coli} and {$\frac{1}{2}$}"),
    ],
)  # fmt: skip
def test_what_is_kept(source, kept):
    assert kept_source(source) == kept
    assert clean(convert(kept).text) == clean(convert(source).text)


@pytest.mark.parametrize(
    "source",
    [
        r"\input{/etc/passwd}", r"\write18{ls}", r"$\def\x{}$", "^^5cinput", r"\catcode`\{=12",
        "{unbalanced", "un}balanced", "$odd", "$$x$$", "${a$b}", r"$x^a^b$",
        r"$\frac{1}$", r"$\sqrt$", r"$x^$", r"$a & b$", r"\unknown", r"\csname input\endcsname",
        r"$\hat$", "$x_$", r"\begin{document}", "\\", r"$é$", r"\read x", r"\k{a}",
    ],
)  # fmt: skip
def test_what_is_not_kept(source):
    assert kept_source(source) is None


TEX = st.lists(
    st.sampled_from(
        ["$", "{", "}", "^", "_", "\\", "\\'", "\\alpha", "\\frac", "\\sqrt", "a", "B", "é", "&",
         "%", "#", "~", " ", "\\input", "\\mathcal", "\\emph", "1", "\\hat", "-"]
    ), max_size=14,
).map("".join)  # fmt: skip


@given(TEX)
def test_what_is_kept_is_balanced_and_knows_no_other_command(source):
    kept = kept_source(source)
    if kept is None:
        return
    bare = re.sub(r"\\.", "", kept)
    assert bare.count("{") == bare.count("}")
    assert bare.count("$") % 2 == 0
    assert not re.search(r"\\(?:input|write|def|catcode|csname|read)", kept)


def test_capitals_of_sources_without_braces():
    assert with_capitals("On GPT and {$x Y z$} of McKay") == "On {GPT} and {$x Y z$} of {McKay}"


def test_marks_that_are_composed_with_no_letter():
    assert escaped("ν̄ and θ̂") == r"\={\ensuremath{\nu}} and \^{\ensuremath{\theta}}"
    assert escaped("a\u0356b") == "ab", "LaTeX has no such mark"


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="LaTeX is not here")
@pytest.mark.heavy
def test_it_compiles(tmp_path):
    lines = [r"\documentclass{article}\begin{document}"]
    sources = [
        r"{D}irac $\mathcal{O}(n\log n)$", r"$x_{i,j}^{2}$, $\sqrt[3]{s}=7$", r"$\bar{\nu}_e$",
        r"$\frac{a_1}{b^2} \leq \infty$ \'{e} \H{o} \ss{} \LaTeX{}", r"$\widetilde{W}^\dagger$",
        r"Cats & dogs_1 at 5% #2 ^x", r"$f'(x)$ $\{a\}$ \textbf{x}~y", r"$\langle x \rangle$",
    ]  # fmt: skip
    lines += [f"{kept_source(one)}\n" for one in sources]
    lines += [
        escaped(one) + "\n"
        for one in ("ν̄ θ̂ ∑ → x² H₂O", "a\u0356 \\{}_^~#$%&", "ŵ ą́".replace("ą", "a"))
    ]
    (tmp_path / "t.tex").write_text("\n".join([*lines, r"\end{document}"]), "utf-8")
    done = subprocess.run(["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "t.tex"],
                          cwd=tmp_path, capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout[-1500:]
