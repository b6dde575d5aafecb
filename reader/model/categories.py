"""The subject classes of arXiv, as listings abbreviate them.

Source: the category taxonomy of arXiv, https://arxiv.org/category_taxonomy
"""

_ARCHIVES = {
    "cs": "AI AR CC CE CG CL CR CV CY DB DC DL DM DS ET FL GL GR GT HC IR IT LG LO MA MM MS NA NE "
    "NI OH OS PF PL RO SC SD SE SI SY",
    "stat": "AP CO ME ML OT TH",
    "math": "AC AG AP AT CA CO CT CV DG DS FA GM GN GR GT HO IT KT LO MG MP NA NT OA OC PR QA RA "
    "RT SG SP ST",
    "eess": "AS IV SP SY",
    "econ": "EM GN TH",
    "q-bio": "BM CB GN MN NC OT PE QM SC TO",
    "q-fin": "CP EC GN MF PM PR RM ST TR",
    "nlin": "AO CD CG PS SI",
    "astro-ph": "CO EP GA HE IM SR",
    "cond-mat": "dis-nn mes-hall mtrl-sci other quant-gas soft stat-mech str-el supr-con",
    "physics": "acc-ph ao-ph app-ph atm-clus atom-ph bio-ph chem-ph class-ph comp-ph data-an ed-ph "
    "flu-dyn gen-ph geo-ph hist-ph ins-det med-ph optics plasm-ph pop-ph soc-ph space-ph",
}
_WHOLE = (
    "astro-ph cond-mat gr-qc hep-ex hep-lat hep-ph hep-th math-ph nucl-ex nucl-th q-bio quant-ph"
)
# One subject under two names: listings show either, the first archive here is the canonical one.
_ALIASES = {"cs.NA": "math.NA", "math.IT": "cs.IT", "cs.SY": "eess.SY", "math.MP": "math-ph",
            "stat.TH": "math.ST", "q-fin.EC": "econ.GN"}  # fmt: skip


def _by_code() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {name: (name,) for name in _WHOLE.split()}
    for archive, codes in _ARCHIVES.items():
        for code in codes.split():
            category = f"{archive}.{code}"
            table[category] = (category,)
            candidates = (*table.get(code, ()), _ALIASES.get(category, category))
            table[code] = tuple(dict.fromkeys(candidates))
    return table


_BY_CODE = _by_code()


def candidates(code: str) -> tuple[str, ...]:
    """The categories that a code of a listing can mean, the likeliest first; () when none.

    `ML` means stat.ML; `CV` means cs.CV, or math.CV; a whole category means itself.
    """
    return _BY_CODE.get(code, ())


def short_code(category: str) -> str:
    """A category without its archive: `LG` for cs.LG, `hep-th` for hep-th."""
    return category.rpartition(".")[2]


def categories() -> tuple[str, ...]:
    """The full names of all categories, those that are whole archives behind the others."""
    return tuple(sorted(name for name in _BY_CODE if "." in name) + _WHOLE.split())


def is_category(text: str) -> bool:
    """Whether a text is the full name of a category (cs.LG, hep-th) or of an archive (cs)."""
    return text in _ARCHIVES or text in _WHOLE.split() or ("." in text and text in _BY_CODE)
