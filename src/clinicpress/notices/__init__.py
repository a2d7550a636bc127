"""Notices: which sentences are marked as emergency, safety or credential, and why."""

from functools import partial

from clinicpress.model import Marked
from clinicpress.notices import judging, marker
from clinicpress.notices.rules import Rules, guess_language, load
from clinicpress.tree import Nodes

__all__ = ["Rules", "guess_language", "load", "mark"]


def mark(blocks: Nodes, rules: Rules) -> Marked:
    """Return the blocks with notices around the statements that are judged to need one."""
    return marker.mark(blocks, partial(judging.judge, rules=rules))
