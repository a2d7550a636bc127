"""What the groups of a Rich Text file hold, and what holds until one ends.

(Rich Text Format Specification 1.9.1.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

USUAL = 24
"""The size of a text that names none, in half points: the specification's default."""
SHOWN, HIDDEN, BESIDE, PICTURE = "shown", "hidden", "beside", "picture"
# What a group that begins with such a word holds; with \* before one not named here, it is hidden.
GROUPS: Mapping[str, str] = {
    **dict.fromkeys(
        "aftncn aftnsep aftnsepc annotation atnauthor atnid bkmkend bkmkstart colortbl datastore "
        "fldinst fonttbl ftncn ftnsep ftnsepc generator info listoverridetable listtable listtext "
        "nonshppict object pgdsctbl revtbl rsidtbl rxe shprslt sn stylesheet sv tc txe xe xmlnstbl"
        "".split(),
        HIDDEN,
    ),
    **dict.fromkeys(
        "header headerf headerl headerr footer footerf footerl footerr".split(), BESIDE
    ),
    **dict.fromkeys("dptxbxtext footnote result shptxt".split(), SHOWN),
    "pict": PICTURE,
}
# Left out for pandoc, which would show them.
LEFT_OUT = frozenset(
    "aftncn aftnsep aftnsepc annotation atnauthor atnid ftncn ftnsep ftnsepc nonshppict rxe "
    "shprslt tc txe xe".split()
)
# Old kinds of text box under the names that pandoc reads.
RENAMED: Mapping[bytes, bytes] = {b"\\do": b"\\shpinst", b"\\dptxbxtext": b"\\shptxt"}
# Pandoc is not to act on these; text in a typewriter's letters (`fmodern`) would become code.
DROPPED = frozenset({"deleted", "fmodern", "uc"})
# What ends a paragraph.
ENDS = frozenset({"cell", "nestcell", "page", "par", "row", "sect"})


@dataclass(frozen=True, slots=True)
class State:
    """What holds until a group ends: its kind, letters' code page and size, what is not shown."""

    kind: str = SHOWN
    group: str = ""
    codec: str = "cp1252"
    fallback: int = 1
    size: int = USUAL
    is_hidden: bool = False
    is_deleted: bool = False
    is_left_out: bool = False

    @property
    def is_unseen(self) -> bool:
        """Say whether text is here that a reader would see, were it not set as hidden."""
        return self.is_hidden and self.kind != HIDDEN
