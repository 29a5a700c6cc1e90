"""Lays two transcripts of one script beside each other."""

import hashlib
from difflib import SequenceMatcher
from typing import NamedTuple

from . import answers

SILENT = "(not said)"

# Longer answers are told by their digest.
FEW = 12


class Difference(NamedTuple):
    """`theirs` and `ours` answered `line` of `script`; what both have in common may be left out as …"""

    script: str
    line: str
    theirs: str
    ours: str


def differences(script, theirs, ours):
    """How two transcripts differ, and how many exchanges were compared."""
    theirs, ours = answers.read(theirs), answers.read(ours)
    pairs = list(paired(theirs, ours))
    found = []
    for their, our in pairs:
        line = (their or our).line
        if not (their and our):
            told = [whole(it.heard) if it else SILENT for it in (their, our)]
            found.append(Difference(script, line, *told))
        elif their.heard != our.heard:
            found.append(Difference(script, line, *apart(their.heard, our.heard)))
    return found, len(pairs)


def paired(theirs, ours):
    """Exchanges that begin with the same line, in order; None stands for one that is not there."""
    match = SequenceMatcher(None, [it.line for it in theirs], [it.line for it in ours], autojunk=False)
    for _, begin, end, our_begin, our_end in match.get_opcodes():
        if end - begin == our_end - our_begin and [it.line for it in theirs[begin:end]] == [
            it.line for it in ours[our_begin:our_end]
        ]:
            yield from zip(theirs[begin:end], ours[our_begin:our_end])
        else:
            yield from ((it, None) for it in theirs[begin:end])
            yield from ((None, it) for it in ours[our_begin:our_end])


def whole(lines):
    """An answer on one line."""
    if len(lines) <= FEW:
        return " | ".join(lines) or "(nothing)"
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
    return f"{lines[0]} | {len(lines) - 1} lines, sha256 {digest}"


def apart(theirs, ours):
    """Two answers of several lines by the lines that differ, others whole."""
    if min(len(theirs), len(ours)) < 3:
        return whole(theirs), whole(ours)
    match = SequenceMatcher(None, theirs, ours, autojunk=False)
    only = [[], []]
    for kind, begin, end, our_begin, our_end in match.get_opcodes():
        if kind != "equal":
            only[0] += theirs[begin:end]
            only[1] += ours[our_begin:our_end]
    return tuple("… " + whole(lines) if lines else "…" for lines in only)
