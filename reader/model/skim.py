"""Skim highlights: which sentences of an abstract say what the paper set out to do and found.

Rules on cue phrases and position, offline. They prefer silence to a wrong mark (the advice of
Scim, arXiv 2205.04561): a sentence about earlier work is left plain whatever else it says.
"""

import re
from enum import Enum
from functools import lru_cache

from reader.frozen import frozen


class Role(Enum):
    """What a sentence does in an abstract."""

    GOAL = "goal"
    METHOD = "method"
    RESULT = "result"
    PLAIN = ""


@frozen
class Sentence:
    """Characters `start` to `end` of an abstract, and what they do there."""

    start: int
    end: int
    role: Role = Role.PLAIN


_MOST = {Role.GOAL: 2, Role.METHOD: 4, Role.RESULT: 3}
_GOAL_UNTIL = 0.75
_RESULT_FROM = 0.2
_SHORTEST = 20
_ABBREVIATION = 12
_LONGEST = 50_000

_END = re.compile(r"""[.!?]["”’')\]]*(?=\s+["“‘'(\[]*[A-Z0-9\u0370-\u03ff])|\n""")
_NO_END = re.compile(
    r"(?:\b(?:e\.g|i\.e|et al|cf|vs|resp|approx|Figs?|Eqs?|Refs?|Secs?|Thm|Prop|No|Dr|Prof|St|"
    r"viz|ca|etc|w\.r\.t|a\.k\.a|incl)|\b[A-Z])\.$"
)

# The cues are in lower case, as is what they are looked for in: half the time of ignoring it.
_OTHERS = re.compile(
    r"\b(?:prior|previous(?:ly)?|earlier|existing|recent|traditional|conventional|current|many|"
    r"most|several|other|past)\s+(?:\w+\s+){0,2}?(?:work|works|stud\w+|research|results?|methods?|"
    r"approach\w*|algorithms?|models?|authors?|techniques?|attempts?|literature|efforts?)\b"
    r"|\b(?:has|have) (?:been |recently |long |already )*(?:shown|demonstrated|proposed|studied|"
    r"achieved|become|emerged)\b|^(?:recently|traditionally|historically|conventionally)\b"
)
_OURS = re.compile(r"\b(?:we|our|ours|this (?:paper|work|study|article|letter|note))\b")

_GOAL = re.compile(
    r"\b(?:in (?:this|the present|our) (?:paper|work|article|study|letter|note|report|survey|"
    r"review|contribution|thesis|chapter)\b"
    r"|(?:this|the present) (?:paper|work|article|study|letter|note|report|survey|review|thesis|"
    r"chapter|tutorial) (?:\w+ly )?(?:presents?|introduces?|proposes?|investigates?|describes?|"
    r"studies|develops?|addresses|explores?|examines?|aims?|provides?|considers?|discusses|"
    r"reviews?|surveys?|analy[sz]es|argues?|focuses|deals?|tackles|seeks|reports?|is devoted)"
    r"|(?:we|here,? we) (?:\w+ly |also |first |here |therefore |thus )?(?:propose|introduce|"
    r"present|investigate|study|address|aim|explore|examine|consider|tackle|seek|ask|revisit|"
    r"initiate|pose|describe|review|survey|make the case|formali[sz]e|set out)\b"
    r"|(?:our|the|main|primary) (?:goal|aim|objective|purpose)s? (?:of|is|are|was|here|in)\b"
    r"|is (?:introduced|proposed|presented|investigated|studied) (?:in this|here))"
)
_RESULT = re.compile(
    r"\b(?:we (?:\w+ly |also |further |then |thus |therefore |can ){0,3}(?:show|find|"
    r"found|demonstrate[d]?|prove[d]?|observe[d]?|conclude[d]?|establish(?:ed)?|discover(?:ed)?|"
    r"reveal(?:ed)?|argue|showed|confirm(?:ed)?|obtain(?:ed)?|achieve[d]?|derive[d]? )\b"
    r"|(?:our|the|these|experimental|empirical|numerical|simulation|extensive|theoretical) "
    r"(?:\w+[ -]){0,3}?(?:results?|findings?|experiments?|evaluations?|simulations?|analys[ei]s|"
    r"observations?) (?:[\w,-]+ ){0,8}?(?:show|shows|showed|demonstrate|demonstrates|demonstrated|"
    r"indicate|indicates|suggest|suggests|reveal|reveals|confirm|confirms|validate|highlight|"
    r"highlights|establish|illustrate|imply|provide evidence|verify)\b"
    r"|our (?:\w+[ -]){0,3}?(?:method|model|approach|framework|algorithm|system|architecture|"
    r"scheme|estimator) (?:\w+ )?(?:outperforms|achieves|improves|reduces|surpasses|yields|"
    r"attains|exceeds)\b"
    r"|(?:it|they) (?:\w+ly )?(?:outperforms?|achieves?|surpass(?:es)?|improves?) "
    r"|(?:it is|is|are) (?:\w+ly )?(?:shown|found|proven|proved|demonstrated) (?:that|to)\b"
    r"|(?:consistently|significantly|substantially) (?:outperform|improve|surpass|exceed)\w*"
    r"|(?:achiev|attain|obtain|set)\w* (?:an? )?(?:new )?state[- ]of[- ]the[- ]art"
    r"|this (?:result|finding|observation)s? (?:\w+ )?(?:shows?|suggests?|implies|indicates?))"
)
_METHOD = re.compile(
    r"\b(?:we (?:\w+ly |also |then |further |first ){0,3}(?:use|apply|train|evaluate|employ|"
    r"combine|adopt|leverage|utili[sz]e|collect|conduct|perform|test|compare|analy[sz]e|develop|design|"
    r"construct|build|implement|model|formulate|simulate|measure|annotate|extend)d?\b"
    r"|our (?:\w+[ -]){0,3}?(?:method|model|approach|framework|algorithm|analysis|proof|pipeline) "
    r"(?:is based|uses|combines|relies|consists|builds|leverages|employs|exploits)"
    r"|(?:specifically|to this end|to achieve this|to address this|to that end|concretely)\b,?)"
)


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text, each without a role; together they hold all of its words."""
    found: list[Sentence] = []
    start = 0
    for end in _END.finditer(text):
        stop = end.end()
        before = text[max(start, end.start() - _ABBREVIATION) : end.start() + 1]
        if end.group() != "\n" and _NO_END.search(before):
            continue
        _add(found, text, start, stop)
        start = stop
    _add(found, text, start, len(text))
    return found


def _add(found: list[Sentence], text: str, start: int, end: int) -> None:
    inside = text[start:end]
    first = start + len(inside) - len(inside.lstrip())
    last = start + len(inside.rstrip())
    if first < last:
        found.append(Sentence(first, last))


@lru_cache(maxsize=64)
def skim(text: str) -> tuple[Sentence, ...]:
    """The sentences of an abstract with their roles: few of each, those that are surest.

    What is longer than any abstract is one plain sentence.
    """
    if len(text) > _LONGEST:
        return (Sentence(0, len(text)),)
    parts = sentences(text)
    left = dict(_MOST)
    told: list[Sentence] = []
    for number, one in enumerate(parts):
        role = _role(text[one.start : one.end], number / max(len(parts) - 1, 1))
        if role is not Role.PLAIN:
            left[role] -= 1
            role = role if left[role] >= 0 else Role.PLAIN
        told.append(Sentence(one.start, one.end, role))
    return tuple(told)


def _role(words: str, place: float) -> Role:
    """What a sentence does, from its words and its place between 0 and 1."""
    words = words.lower()
    if len(words) < _SHORTEST or (_OTHERS.search(words) and not _OURS.search(words)):
        return Role.PLAIN
    goal, result = _GOAL.search(words), _RESULT.search(words)
    if goal and place <= _GOAL_UNTIL and not (result and result.start() < goal.start()):
        return Role.GOAL
    if result and place >= _RESULT_FROM:
        return Role.RESULT
    return Role.METHOD if _METHOD.search(words) else Role.PLAIN


def result_sentence(text: str) -> str:
    """The sentence that says what was found: the first marked so, else the last of the abstract."""
    told = skim(text)
    chosen = next((one for one in told if one.role is Role.RESULT), told[-1] if told else None)
    return text[chosen.start : chosen.end] if chosen else ""
