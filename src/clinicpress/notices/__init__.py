"""Notices: which sentences are marked as emergency, safety or credential, and why."""

from clinicpress.model import Marked
from clinicpress.notices import judging, marker
from clinicpress.notices.marker import Decide, Decided, undecided
from clinicpress.notices.rules import FALLBACK, Rules, guess_language, is_known, load
from clinicpress.tree import Nodes

__all__ = ["FALLBACK", "Decide", "Decided", "Rules", "guess_language", "is_known", "load", "mark"]


def mark(blocks: Nodes, rules: Rules, decide: Decide = undecided) -> Marked:
    """Return the blocks with notices around the statements that are judged to need one.

    `decide` is handed all sentences and says which of them a person decided on: that wins.
    """
    return marker.mark(blocks, rules, judging.judge, decide)
