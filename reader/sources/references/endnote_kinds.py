"""The kinds of works that EndNote names, whole or by a part of the name."""

from reader.model import details as names

_KINDS = (
    ("journal article", names.ARTICLE), ("electronic article", names.ARTICLE),
    ("conference", names.CONFERENCE), ("book section", names.CHAPTER),
    ("electronic book section", names.CHAPTER), ("chapter", names.CHAPTER),
    ("edited book", names.BOOK), ("book", names.BOOK), ("thesis", names.THESIS),
    ("dissertation", names.THESIS), ("report", names.REPORT), ("manuscript", "manuscript"),
    ("unpublished", "manuscript"), ("preprint", names.PREPRINT), ("web", names.WEBPAGE),
    ("magazine", "article-magazine"), ("newspaper", "article-newspaper"), ("patent", "patent"),
    ("dataset", names.DATASET), ("computer program", names.SOFTWARE), ("standard", "standard"),
    ("journal", names.ARTICLE),
)  # fmt: skip


def kind_of(name: str) -> str:
    """The kind of work that EndNote's name of a reference type means."""
    lowered = name.replace(",", " ").strip().lower()
    lowered = " ".join(lowered.split())
    return next((kind for part, kind in _KINDS if part in lowered), names.OTHER)
