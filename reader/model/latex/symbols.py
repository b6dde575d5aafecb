"""The LaTeX names that have a Unicode character, by the part they play in a formula.

Names are those of LaTeX2e, AMS and the common astronomy and physics packages; characters are
Unicode 15. No entry is longer than one name: everything else is done by rules.
"""

_GREEK = (
    "alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι "
    "kappa κ varkappa ϰ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ "
    "varsigma ς tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ "
    "Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω varGamma Γ varDelta Δ varOmega Ω"
)
_LETTERS = (
    "hbar ℏ hslash ℏ ell ℓ Re ℜ Im ℑ wp ℘ aleph ℵ beth ℶ partial ∂ nabla ∇ infty ∞ emptyset ∅ "
    "varnothing ∅ forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ top ⊤ bot ⊥ angle ∠ prime ′ "
    "backprime ‵ degree ° circ ∘ bullet • star ⋆ ast ∗ dagger † dag † ddagger ‡ ddag ‡ sun ☉ "
    "odot ⊙ oplus ⊕ otimes ⊗ ominus ⊖ oslash ⊘ square □ Box □ blacksquare ■ diamond ⋄ Diamond ◇ "
    "triangle △ bigtriangleup △ clubsuit ♣ heartsuit ♥ spadesuit ♠ sharp ♯ flat ♭ natural ♮ "
    "checkmark ✓ complement ∁ Bbbk 𝕜 imath ı jmath ȷ surd √ copyright © pounds £ S § P ¶ AA Å "
    "aa å ae æ AE Æ oe œ OE Œ o ø O Ø l ł L Ł ss ß i ı j ȷ eth ð th þ DH Ð dh ð DJ Đ "
    "dj đ TH Þ SS ẞ micro μ ohm Ω mho ℧ "
    "langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lvert | rvert | vert | lVert ‖ rVert ‖ "
    "Vert ‖ backslash \\ lbrace { rbrace } lbrack [ rbrack ] textdegree ° texttimes × textmu μ "
    "textpm ± textregistered ® texttrademark ™ textendash – textemdash — textbackslash \\ "
    "textasciitilde ~ textasciicircum ^ textbar | textless < textgreater > textbullet • "
    "textquoteleft ‘ textquoteright ’ textquotedblleft “ textquotedblright ” textdollar $ "
    "textunderscore _ textbraceleft { textbraceright } lq ‘ rq ’ colon : "
    "textquotesingle ' textquotedbl \" guillemotleft « guillemotright » guilsinglleft ‹ "
    "guilsinglright › quotedblbase „ quotesinglbase ‚ texteuro € textcent ¢ textsterling £ "
    "textyen ¥ textsection § textparagraph ¶ textcopyright © textdagger † textdaggerdbl ‡ "
    "textperiodcentered · textasteriskcentered ∗ textordfeminine ª textordmasculine º "
    "textexclamdown ¡ textquestiondown ¿ textonehalf ½ textonequarter ¼ textminus − "
    "textlangle ⟨ textrangle ⟩ textleftarrow ← textbardbl ‖ textnumero № textperthousand ‰ "
    "dots … ldots … dotsc … dotso … cdots ⋯ dotsb ⋯ dotsm ⋯ vdots ⋮ ddots ⋱ textellipsis … "
    "sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ bigcup ⋃ bigcap ⋂ bigvee ⋁ bigwedge ⋀ "
    "bigoplus ⨁ bigotimes ⨂ bigsqcup ⨆"
)
_RELATIONS = (
    "leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ approx ≈ approxeq ≊ sim ∼ simeq ≃ cong ≅ equiv ≡ propto ∝ "
    "varpropto ∝ ll ≪ gg ≫ lll ⋘ ggg ⋙ lesssim ≲ gtrsim ≳ lessapprox ⪅ gtrapprox ⪆ leqslant ≤ "
    "geqslant ≥ leqq ≦ geqq ≧ prec ≺ succ ≻ preceq ⪯ succeq ⪰ asymp ≍ doteq ≐ triangleq ≜ "
    "coloneqq ≔ coloneq ≔ eqqcolon ≕ in ∈ notin ∉ ni ∋ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ "
    "subsetneq ⊊ supsetneq ⊋ sqsubset ⊏ sqsubseteq ⊑ vdash ⊢ dashv ⊣ models ⊨ vDash ⊨ perp ⊥ "
    "parallel ∥ nparallel ∦ mid ∣ nmid ∤ to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ "
    "longrightarrow ⟶ longleftarrow ⟵ longleftrightarrow ⟷ Rightarrow ⇒ Leftarrow ⇐ "
    "Leftrightarrow ⇔ Longrightarrow ⟹ Longleftrightarrow ⟺ implies ⟹ iff ⟺ mapsto ↦ "
    "longmapsto ⟼ hookrightarrow ↪ hookleftarrow ↩ rightharpoonup ⇀ rightleftharpoons ⇌ "
    "uparrow ↑ downarrow ↓ updownarrow ↕ nearrow ↗ searrow ↘ leadsto ⇝ rightsquigarrow ⇝ "
    "twoheadrightarrow ↠ rightrightarrows ⇉ trianglelefteq ⊴ lessgtr ≶ gtrless ≷ bowtie ⋈ "
    "gtsim ≳ ltsim ≲ la ≲ ga ≳ nsim ≁ ncong ≇ nleq ≰ ngeq ≱ textrightarrow → nrightarrow ↛"
)
_BINARY = (
    "times × cdot · pm ± mp ∓ div ÷ cap ∩ cup ∪ setminus ∖ smallsetminus ∖ wedge ∧ land ∧ vee ∨ "
    "lor ∨ rtimes ⋊ ltimes ⋉ sqcup ⊔ sqcap ⊓ uplus ⊎ amalg ⨿ wr ≀ boxtimes ⊠ boxplus ⊞"
)
_UNITS = (
    "msun M☉ Msun M☉ msol M☉ rsun R☉ Rsun R☉ lsun L☉ Lsun L☉ zsun Z☉ kms km/s kmps km/s "
    "micron μm microns μm um μm mum μm arcsec ″ arcmin ′ deg ° angstrom Å fb fb pb pb "
    "GeV GeV MeV MeV TeV TeV keV keV eV eV Z ℤ R ℝ N ℕ Q ℚ C ℂ"
)


def _pairs(table: str) -> dict[str, str]:
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))


LETTERS = _pairs(_GREEK) | _pairs(_LETTERS)
"""Ordinary symbols: Greek, constants, delimiters, big operators, letters of other alphabets."""

RELATIONS = _pairs(_RELATIONS)
"""Relations and arrows: set with a space on both sides between operands."""

BINARY = _pairs(_BINARY)
"""Binary operators: spaced as the source is."""

UNITS = _pairs(_UNITS)
"""Macros that authors of physics and mathematics define for units and number sets."""

FUNCTIONS = frozenset(
    "log ln lg exp sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan min max inf "
    "sup lim limsup liminf arg argmin argmax det dim ker hom deg gcd Pr tr Tr rank sgn mod "
    "diag erf poly polylog".split()
)
"""Named functions: set upright, apart from the letters beside them."""

SPACES = frozenset(["quad", "qquad", "enspace", "thinspace", "hfill", "newline", "par", "space"])
"""Names that only make room."""

IGNORED = frozenset(
    "left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm middle "
    "displaystyle textstyle scriptstyle limits nolimits nonumber notag noindent protect relax "
    "centering small large Large tiny normalsize footnotesize xspace hspace vspace newpage "
    "itshape bfseries rmfamily sffamily ttfamily scshape upshape mdseries null strut "
    "allowbreak sloppy unboldmath boldmath smallskip medskip bigskip".split()
)
"""Names that only concern the typesetting of a page."""

STYLES = {
    "textbf": "bold", "mathbf": "bold", "boldsymbol": "bold", "bm": "bold", "pmb": "bold",
    "bold": "bold", "bf": "bold", "emph": "italic", "textit": "italic", "textsl": "italic",
    "it": "italic", "em": "italic", "sl": "italic", "itshape": "italic", "bfseries": "bold",
}  # fmt: skip
"""Names that emphasise, and how."""

SWITCHES = frozenset(["bf", "it", "em", "sl", "rm", "tt", "sf", "sc", "cal", "frak", "bfseries",
                      "itshape"])  # fmt: skip
"""Names that change the letters up to the end of their group instead of taking an argument."""

UPRIGHT = frozenset(
    "text textrm textsf texttt textsc textnormal textup mathrm mathsf mathtt mathit mathnormal "
    "mbox hbox operatorname underline uline textmd rm tt sf sc mathop mathbin mathrel "
    "mathord mathstrut vphantom hphantom phantom smash fbox boxed lowercase uppercase".split()
)
"""Names whose argument is shown as it is."""

ALPHABETS = {
    "mathbb": 0x1D538, "mathds": 0x1D538, "Bbb": 0x1D538, "mathcal": 0x1D49C, "mathscr": 0x1D49C,
    "cal": 0x1D49C, "scr": 0x1D49C, "mathfrak": 0x1D504, "frak": 0x1D504,
}  # fmt: skip
"""Names of mathematical alphabets, and where their capital A is."""

# The letters that had a code point before the mathematical alphabets were added to Unicode.
_EARLIER = {
    0x1D538: dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)),
    0x1D49C: dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True)),
    0x1D504: dict(zip("CHIRZ", "ℭℌℑℜℨ", strict=True)),
}
_DIGIT_ZERO = {0x1D538: 0x1D7D8}

ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304",
    ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323",
    "b": "\u0331", "r": "\u030a", "k": "\u0328", "t": "\u0361",
}  # fmt: skip
"""Accents of text, and their combining characters."""

LETTER_ACCENTS = frozenset("uvHcdbrkt")
"""Accents of text whose names are letters: they need a group or a blank before their letter."""

MATH_ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303",
    "bar": "\u0304", "overline": "\u0305", "vec": "\u20d7", "overrightarrow": "\u20d7",
    "dot": "\u0307", "ddot": "\u0308", "dddot": "\u20db", "check": "\u030c", "breve": "\u0306",
    "acute": "\u0301", "grave": "\u0300", "mathring": "\u030a", "underbar": "\u0331",
}  # fmt: skip
"""Accents of mathematics, and their combining characters."""

SUPERSCRIPTS = dict(
    zip("0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ", strict=True)
)  # fmt: skip
"""Characters that have a raised form."""

SUBSCRIPTS = dict(
    zip("0123456789+-−=()aehijklmnoprstuvxβγρφχ",
        "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True)
)  # fmt: skip
"""Characters that have a lowered form."""

RAISED_ALREADY = frozenset("*∗°∘†‡′″±∓⋆★⊥∥#⊤∨∧ᵀ")
"""Characters that stand high by themselves and need no raised form."""

NEGATED = {"=": "≠", "∈": "∉", "∋": "∌", "⊂": "⊄", "⊆": "⊈", "≡": "≢", "∼": "≁", "≃": "≄",
           "≅": "≇", "≤": "≰", "≥": "≱", "<": "≮", ">": "≯", "∣": "∤", "∥": "∦", "→": "↛",
           "⇒": "⇏", "∃": "∄"}  # fmt: skip
"""What `\\not` makes of a relation."""


def in_alphabet(name: str, text: str) -> str:
    """The letters and digits of `text` in the mathematical alphabet `name`; others as they are."""
    return "".join(_letter(ALPHABETS[name], char) for char in text)


def _letter(start: int, char: str) -> str:
    if earlier := _EARLIER[start].get(char):
        return earlier
    if "A" <= char <= "Z":
        return chr(start + ord(char) - ord("A"))
    if "a" <= char <= "z":
        return chr(start + 26 + ord(char) - ord("a"))
    if char.isdecimal() and char.isascii() and start in _DIGIT_ZERO:
        return chr(_DIGIT_ZERO[start] + int(char))
    return char
