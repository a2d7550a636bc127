"""Notices: which sentences are marked as emergency, safety or credential, and why."""

from clinicpress.model import Marked
from clinicpress.notices import judging, marker
from clinicpress.notices.marker import Decided
from clinicpress.notices.rules import Rules, guess_language, load
from clinicpress.tree import Nodes

__all__ = ["Decided", "Rules", "guess_language", "load", "mark"]


def mark(blocks: Nodes, rules: Rules, decided: Decided | None = None) -> Marked:
    """Return the blocks with notices around the statements that are judged to need one.

    `decided` has what a person said of a sentence, by its number among all of them: that wins.
    """
    return marker.mark(blocks, rules, judging.judge, decided)
