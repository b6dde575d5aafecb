"""What the tag palette offers for what was typed."""

from collections.abc import Sequence

from reader.errors import TagNameError
from reader.frozen import frozen
from reader.model.change import TagChange
from reader.model.paper import Tag
from reader.model.tags import parse_tag


@frozen
class Candidate:
    """One line of the palette: a tag, or the making of one.

    Attributes:
        papers: How many papers have it.
        on: On how many of the chosen papers it is.
        suggested: Whether papers like the chosen ones have it.
    """

    name: str
    papers: int = 0
    on: int = 0
    new: bool = False
    suggested: bool = False


def candidates(
    text: str, tags: Sequence[Tag], on: dict[str, int], suggested: Sequence[str] = ()
) -> list[Candidate]:
    """The tags that fit what was typed, the most used first, and the tag that it would make.

    Making one comes first unless a tag begins with the text. What is suggested is
    marked where it stands, for it comes late and nothing may move under the cursor.
    """
    try:
        wanted = parse_tag(text) if text.strip() else ""
    except TagNameError:
        return []
    fitting = [tag for tag in tags if _fits(wanted, tag.name)]
    ordered = sorted(
        fitting, key=lambda tag: (not _begins(wanted, tag.name), -tag.papers, tag.name)
    )
    listed = [
        Candidate(tag.name, tag.papers, on.get(tag.name, 0), suggested=tag.name in suggested)
        for tag in ordered
    ]
    if not wanted or any(tag.name == wanted for tag in tags):
        return listed
    create = Candidate(wanted, new=True)
    begun = any(_begins(wanted, tag.name) for tag in fitting)
    return [*listed, create] if begun else [create, *listed]


def _begins(wanted: str, name: str) -> bool:
    return name.startswith(wanted) or f"/{wanted}" in name


def _fits(wanted: str, name: str) -> bool:
    """Whether the letters of `wanted` occur in the name in this order."""
    rest = iter(name)
    return all(char in rest for char in wanted)


def several(text: str) -> bool:
    """Whether the text names several tags or takes one away: `a, b` or `-c`."""
    return "," in text or text.strip().startswith("-") or " -" in text


def parse_several(text: str, papers: tuple[int, ...]) -> TagChange:
    """`a, b -c` as a change.

    Raises:
        TagNameError: One of the names is none.
    """
    add: list[str] = []
    remove: list[str] = []
    for part in text.replace(" -", ",-").split(","):
        name = part.strip()
        if name.startswith("-"):
            remove.append(parse_tag(name[1:]))
        elif name:
            add.append(parse_tag(name.removeprefix("+")))
    return TagChange(papers, tuple(add), tuple(remove))


def toggle(candidate: Candidate, papers: tuple[int, ...]) -> TagChange:
    """Add the tag unless all the papers have it; then remove it."""
    names = (candidate.name,)
    if candidate.on == len(papers):
        return TagChange(papers, remove=names)
    return TagChange(papers, add=names)
