"""Rich Text (.rtf) inside: its words counted by a reader of our own, and made plain for pandoc.

Pandoc takes letters of other code pages for Western ones, halves those beyond the first 65,536 and
shows text that tracked changes have deleted: `Inside.plain` is the file without these traps.
(Rich Text Format Specification 1.9.1.)
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from clinicpress.errors import ClinicpressError

MAX_DEPTH = 200
LARGER = 1.12
"""Times the usual size of letters from which on a line counts as larger; as `looks` has it."""
USUAL = 24
"""The size of a text that names none, in half points: the specification's default."""
SAVE_AGAIN = "Open it in Word or LibreOffice, save it as .docx, and try again."
TOKEN = re.compile(
    rb"\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<word>[a-zA-Z]+)(?P<number>-?\d{1,10})? ?"
    rb"|\\(?P<sign>[^a-zA-Z])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\",
    re.S,
)
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
ENDS = frozenset({"cell", "nestcell", "page", "par", "row", "sect"})
SIGNS: Mapping[str, str] = {
    "tab": "\t",
    "line": " ",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "~": "\u00a0",
    "_": "\u2011",
    "-": "\u00ad",
    "{": "{",
    "}": "}",
    "\\": "\\",
}
CHARSETS: Mapping[int, str] = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gbk",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
PAGES: Mapping[str, str] = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}


@dataclass(frozen=True, slots=True)
class Inside:
    """What is in a file: paragraphs, page headers and footers, hidden text, larger lines, pictures.

    `plain` is the file as pandoc reads it right, but for `marks` that stand for other letters in
    it; pictures go by the SHA-1 of their content.
    """

    paragraphs: tuple[str, ...]
    furniture: tuple[str, ...]
    unseen: tuple[str, ...]
    larger: Mapping[str, float]
    pictures: Mapping[str, bytes]
    plain: bytes
    marks: Mapping[str, str]


def look_inside(data: bytes, place: str) -> Inside:
    """Return the text of a Rich Text file.

    Raises ClinicpressError where it is none, cut short, nested too deeply, or holds an object.
    """
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        raise ClinicpressError(place, "this is not a Rich Text (.rtf) file inside", SAVE_AGAIN)
    reader = _Reader(data, place)
    reader.read()
    return Inside(
        tuple(text for text, _ in reader.found[SHOWN]),
        tuple(text for text, _ in reader.found[BESIDE]),
        tuple(text for text, _ in reader.found[HIDDEN]),
        _larger(reader.found[SHOWN]),
        reader.pictures,
        b"".join(reader.out),
        reader.marks,
    )


def _larger(found: list[tuple[str, int]]) -> Mapping[str, float]:
    weights: Counter[int] = Counter()
    for text, size in found:
        weights[size] += len(text)
    usual = max(weights, key=lambda size: weights[size], default=USUAL)
    return {text: size / usual for text, size in found if size >= LARGER * usual}


@dataclass(frozen=True, slots=True)
class _State:
    """What holds until a group ends: its kind, letters' code page and size, what is not shown."""

    kind: str = SHOWN
    group: str = ""
    codec: str = "cp1252"
    fallback: int = 1
    size: int = USUAL
    is_hidden: bool = False
    is_deleted: bool = False
    is_left_out: bool = False


@dataclass
class _Line:
    """A paragraph not yet at its end."""

    pieces: list[str] = field(default_factory=list)
    sizes: set[int] = field(default_factory=set)


class _Reader:
    """Goes through a file once, collecting its text and writing what pandoc is to read."""

    def __init__(self, data: bytes, place: str) -> None:
        self._data = data
        self._place = place
        self._state = _State()
        self._outer: list[_State] = []
        self._bytes = bytearray()
        self._half = 0
        self._skip = 0
        self._is_first = self._is_starred = False
        self._codec = "cp1252"
        self._font = 0
        self._fonts: dict[int, str] = {}
        self._lines = {SHOWN: _Line(), BESIDE: _Line(), HIDDEN: _Line()}
        self._hex: list[bytes] = []
        self._marks: dict[str, str] = {}
        self.found: dict[str, list[tuple[str, int]]] = {SHOWN: [], BESIDE: [], HIDDEN: []}
        self.pictures: dict[str, bytes] = {}
        self.out: list[bytes] = []

    def read(self) -> None:
        """Read it all; ClinicpressError where that can't be done."""
        at, end = self._data.index(b"{"), len(self._data)
        while at < end and (token := TOKEN.match(self._data, at)):
            at = self._take(token)
            if not self._outer:
                break
        if self._outer:
            raise ClinicpressError(self._place, "the file is cut short or broken", SAVE_AGAIN)
        if self._data[at:].strip(b" \t\r\n\0\x1a"):
            raise ClinicpressError(self._place, "more stands in it behind its end", SAVE_AGAIN)
        for kind in self._lines:
            self._end_line(kind)

    def _take(self, token: re.Match[bytes]) -> int:
        if token["text"] is not None or token["hex"] is not None:
            self._raw(token["text"] or bytes.fromhex(token["hex"].decode()))
        elif token["brace"]:
            self._flush()
            self._skip = 0
            self._open() if token["brace"] == b"{" else self._close()
        elif token["word"]:
            return self._word(token)
        elif token["sign"]:
            self._sign(token["sign"])
        return token.end()

    def _open(self) -> None:
        self._outer.append(self._state)
        if len(self._outer) > MAX_DEPTH:
            raise ClinicpressError(self._place, "its parts are nested too deeply", SAVE_AGAIN)
        self._is_first, self._is_starred = True, False
        self._emit(b"{")

    def _close(self) -> None:
        self._is_first = False
        if self._state.kind == PICTURE and self._outer[-1].kind != PICTURE:
            self._keep_picture()
        self._state = self._outer.pop()
        self._emit(b"}")

    def _keep_picture(self) -> None:
        try:
            data = bytes.fromhex(b"".join(self._hex).decode("ascii"))
        except ValueError:
            data = b""
        self.pictures[hashlib.sha1(data, usedforsecurity=False).hexdigest()] = data
        self._hex.clear()

    def _raw(self, data: bytes) -> None:
        if self._skip:
            skipped = min(self._skip, len(data))
            self._skip -= skipped
            data = data[skipped:]
        if data:
            self._is_first = False
        if self._state.kind == PICTURE:
            self._hex.append(data)
            self._emit(data)
        else:
            self._bytes += data

    def _flush(self) -> None:
        if not self._bytes:
            return
        given, self._bytes = bytes(self._bytes), bytearray()
        text = given.decode(self._state.codec, "replace")
        self._letters(text)

    def _letters(self, text: str) -> None:
        """Take text as it is meant, with letters pandoc can't have behind marks."""
        state = self._state
        if self._half:
            text, self._half = f"\ufffd{text}", 0
        unseen = state.is_hidden and state.kind != HIDDEN
        if state.is_deleted or state.is_left_out:
            return
        if "\ufffd" in text and state.kind in (SHOWN, BESIDE) and not unseen:
            problem = "a letter in it is not in the file's own alphabet, and can't be read"
            raise ClinicpressError(self._place, problem, SAVE_AGAIN)
        if state.kind in (SHOWN, BESIDE):
            line = self._lines[HIDDEN if unseen else state.kind]
            line.pieces.append(text)
            line.sizes |= {state.size} if text.strip() else set()
        if not unseen:
            self._emit("".join(map(self._escaped, text)).encode("ascii"))

    def _escaped(self, letter: str) -> str:
        if letter < " " and letter != "\t":
            return f"\\'{ord(letter):02x}"
        if letter.isascii():
            return f"\\{letter}" if letter in "{}\\" else letter
        if letter > "\uffff" or "\ue000" <= letter < "\uf000":
            letter = self._marks.setdefault(letter, chr(0xE000 + len(self._marks) % 0x1000))
        # Pandoc would take the word after a bare fallback for a part of it.
        return f"\\u{ord(letter)}\\'3f"

    @property
    def marks(self) -> dict[str, str]:
        """Return the letters that stand for others in what pandoc reads."""
        return {mark: letter for letter, mark in self._marks.items()}

    def _emit(self, data: bytes) -> None:
        if not self._state.is_left_out:
            self.out.append(data)

    def _sign(self, sign: bytes) -> None:
        self._flush()
        if sign == b"*":
            self._is_starred = self._is_first
            return
        if self._skip:
            self._skip -= 1
        elif sign in b"\r\n":
            self._emit(b"\\par ")
            self._end_line(self._state.kind)
        elif sign.decode("latin-1") in SIGNS:
            self._letters(SIGNS[sign.decode("latin-1")])
        self._is_first = False

    def _end_line(self, kind: str) -> None:
        for ended in {kind, HIDDEN} & self._lines.keys():
            line, self._lines[ended] = self._lines[ended], _Line()
            if text := " ".join("".join(line.pieces).split()):
                self.found[ended].append((text, min(line.sizes, default=USUAL)))

    def _word(self, token: re.Match[bytes]) -> int:
        """Take a control word; return where the next token is."""
        self._flush()
        word = token["word"].decode()
        number = int(token["number"]) if token["number"] else None
        if word == "bin":
            return self._skip_binary(token.end(), number or 0)
        is_first, self._is_first = self._is_first, False
        if word == "u" and number is not None:
            self._unicode(number)
        elif self._skip:
            self._skip -= 1
        elif word in SIGNS and len(word) > 1:
            self._letters(SIGNS[word])
        else:
            self._set(word, number, is_first)
            if word not in DROPPED:
                # LibreOffice stars its notes, which pandoc would skip.
                star = b"\\*" if self._is_starred and word != "footnote" else b""
                named = token[0].strip()
                self._emit(star + RENAMED.get(named, named) + b" ")
        self._is_starred = False
        return token.end()

    def _skip_binary(self, at: int, count: int) -> int:
        end = at + max(0, count)
        if self._state.kind == PICTURE:
            self._raw(self._data[at:end].hex().encode())
        return end

    def _unicode(self, number: int) -> None:
        self._skip = self._state.fallback
        code = number % 0x10000 if number < 0x10000 else min(number, 0x10FFFF)
        if 0xD800 <= code < 0xDC00:
            self._half = code
            return
        if 0xDC00 <= code < 0xE000:
            pair = 0x10000 + ((self._half - 0xD800) << 10) + code - 0xDC00
            code = pair if self._half else 0xFFFD
        self._half = 0
        self._letters(chr(code))

    def _set(self, word: str, number: int | None, is_first: bool) -> None:
        """Change what holds from here, as a control word says."""
        if is_first and (self._is_starred or word in GROUPS):
            self._begin(word)
        if word in ENDS:
            self._end_line(self._state.kind)
        if word in PAGES or word == "ansicpg":
            name = PAGES.get(word) or self._page(number or 0)
            self._codec = name
            self._state = replace(self._state, codec=name)
        elif word in ("f", "fcharset"):
            self._set_font(word, number or 0)
        elif word == "uc":
            self._state = replace(self._state, fallback=min(max(0, number or 0), 16))
        elif word == "fs":
            self._state = replace(self._state, size=min(max(2, number or USUAL), 4000))
        elif word == "plain":
            self._state = replace(
                self._state, size=USUAL, is_hidden=False, is_deleted=False, codec=self._codec
            )
        elif word == "v":
            self._state = replace(self._state, is_hidden=number != 0)
        elif word == "deleted":
            self._state = replace(self._state, is_deleted=number != 0)

    def _begin(self, word: str) -> None:
        """Begin a group of its own kind; one in a page header or footer belongs to that."""
        if word == "objdata":
            remedy = "Remove the object (or put a picture in its place), save, and try again."
            raise ClinicpressError(self._place, "another program's file is in it", remedy)
        kind = GROUPS.get(word, HIDDEN)
        outer = self._state
        is_beside = kind == BESIDE or any(state.kind == BESIDE for state in self._outer)
        kind = BESIDE if kind == SHOWN and is_beside else kind
        if kind in self._lines and kind != HIDDEN:
            self._lines[kind].pieces.append(" ")
        left_out = outer.is_left_out or word in LEFT_OUT
        self._state = replace(
            outer, kind=HIDDEN if left_out else kind, group=word, is_left_out=left_out
        )

    def _set_font(self, word: str, number: int) -> None:
        if self._state.group != "fonttbl":
            if word == "f":
                codec = self._fonts.get(number, self._codec)
                self._state = replace(self._state, codec=codec)
        elif word == "f":
            self._font = number
        elif number in CHARSETS:
            self._fonts[self._font] = CHARSETS[number]

    def _page(self, number: int) -> str:
        name = {0: "cp1252", 10000: "mac_roman", 65001: "utf-8"}.get(number, f"cp{number}")
        try:
            return codecs.lookup(name).name
        except LookupError:
            problem = f"its letters are of code page {number}, which can't be read"
            raise ClinicpressError(self._place, problem, SAVE_AGAIN) from None
