"""What the groups of a Rich Text file hold, and what holds until one ends.

(Rich Text Format Specification 1.9.1.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

USUAL = 24
"""The size of a text that names none, in half points: the specification's default."""
SHOWN, HIDDEN, BESIDE, PICTURE, LABEL = "shown", "hidden", "beside", "picture", "label"
# What a group that begins with such a word holds; one with \* before it and not named, is hidden.
GROUPS: Mapping[str, str] = {
    **dict.fromkeys(
        "aftncn aftnsep aftnsepc annotation atnauthor atnid bkmkend bkmkstart colortbl datastore "
        "fldinst fonttbl ftncn ftnsep ftnsepc generator info listoverridetable listtable "
        "nesttableprops nonesttables nonshppict object pgdsctbl pn revtbl rsidtbl rxe shprslt sn "
        "stylesheet sv tc txe upr xe xmlnstbl".split(),
        HIDDEN,
    ),
    **dict.fromkeys(
        "header headerf headerl headerr footer footerf footerl footerr".split(), BESIDE
    ),
    **dict.fromkeys("dptxbxtext footnote result shptxt ud".split(), SHOWN),
    **dict.fromkeys(("listtext", "pntext"), LABEL),
    "pict": PICTURE,
}
# What stands in a paragraph and has paragraphs of its own, and pictures.
BOXES = frozenset({"dptxbxtext", "shptxt"})
PARTS = BOXES | {"footnote", "pict"}
# Left out for pandoc, which would show them, or could not read them.
LEFT_OUT = frozenset(
    "aftncn aftnsep aftnsepc annotation atnauthor atnid ftncn ftnsep ftnsepc listtext "
    "nesttableprops nonesttables nonshppict pn pntext rxe shprslt tc txe upr xe".split()
)
# The other groups with \* that the specification has, and programs are known to write: what is in
# them is for programs and not for readers.
KNOWN = frozenset(
    "atnaccept atndate atnicon atnparent atnref atntime atrfend atrfstart background blipuid "
    "bookmarkstart bookmarkend cchs colorschememapping company datafield defchp defpap do docvar "
    "ebcend ebcstart expandedcolortbl factoidname falt fchars ffdeftext ffentrymcr ffexitmcr "
    "ffformat ffhelptext ffl ffname ffstattext file filetbl fname fontemb fontfile formfield "
    "ftnnalt gridtbl hl hlfr hlinkbase hlloc hlsrc hsv htmltag hyphen keycode keywords "
    "latentstyles lchars levelmarker levelnumbers levelpicture leveltext lfolevel linkval list "
    "listlevel listname listoverride listpicture liststylename lsdlockedexcept mailmerge manager "
    "mmathPr nextfile objalias objclass objname objsect objtime oldcprops oldpprops oldsprops "
    "oldtprops oleclsid operator panose password passwordhash pgdsc pgp pgptbl picprop pnseclvl "
    "pntxta pntxtb posturl private propname propinfo protend protstart protusertbl pxe shpgrp "
    "shpinst shppict sp staticval svb template themedata title ts txfieldstart txfieldend "
    "txfielddef userprops wgrffmtfilter windowcaption writereservation writereservhash xform "
    "xmlattr xmlattrname xmlattrvalue xmlclose xmlname xmlopen".split()
)
# Old kinds of text box under the names that pandoc reads; cells of a table in a table's cell.
RENAMED: Mapping[bytes, bytes] = {
    b"\\do": b"\\shpinst",
    b"\\dptxbxtext": b"\\shptxt",
    b"\\nestcell": b"\\par",
}
# Pandoc is not to act on these; text in a typewriter's letters (`fmodern`) would become code.
DROPPED = frozenset({"deleted", "fmodern", "uc", "ud"})
# What ends a paragraph.
ENDS = frozenset({"cell", "column", "nestcell", "nestrow", "page", "par", "row", "sect"})


NAMED = frozenset(GROUPS) | KNOWN
# What no reader here can read, and what to do about it.
FORMULA = (
    "a formula is in it, which can't be read",
    "Save it as .docx in Word, where it can, or write the formula as plain text.",
)
REFUSED: Mapping[str, tuple[str, str]] = {
    "objdata": (
        "another program's file is in it",
        "Remove the object (or put a picture in its place), save, and try again.",
    ),
    "moMath": FORMULA,
    "moMathPara": FORMULA,
}


@dataclass(frozen=True, slots=True)
class State:
    """What holds until a group ends: its kind, letters' code page and size, what is not shown."""

    kind: str = SHOWN
    group: str = ""
    codec: str = "cp1252"
    fallback: int = 1
    size: int = USUAL
    font: int = -1
    signs: str = ""
    is_hidden: bool = False
    is_deleted: bool = False
    is_left_out: bool = False
    is_unknown: bool = False
    is_box: bool = False

    @property
    def is_unseen(self) -> bool:
        """Say whether text is here that a reader would see, were it not set as hidden."""
        return self.is_hidden and self.kind != HIDDEN

    def after(self, word: str, number: int | None, codec: str) -> State:
        """Return what holds after a word; `codec` is that of a text without a font."""
        match word:
            case "uc":
                return replace(self, fallback=min(max(0, number or 0), 16))
            case "fs":
                return replace(self, size=min(max(2, number or USUAL), 4000))
            case "plain":
                plain = replace(self, is_hidden=False, is_deleted=False)
                return replace(plain, size=USUAL, codec=codec, signs="")
            case "v":
                return replace(self, is_hidden=number != 0)
            case "deleted":
                return replace(self, is_deleted=number != 0)
        return self
