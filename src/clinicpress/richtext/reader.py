"""Goes through a Rich Text file once: its text is counted, and written for pandoc on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from clinicpress.errors import ClinicpressError
from clinicpress.richtext import alphabets, groups, tokens
from clinicpress.richtext.alphabets import NOT_A_LETTER, SIGNS
from clinicpress.richtext.counting import Paragraphs
from clinicpress.richtext.groups import BESIDE, HIDDEN, PICTURE, SHOWN, State
from clinicpress.richtext.plain import Plain
from clinicpress.richtext.tokens import Token

MAX_DEPTH = 200
SAVE_AGAIN = "Open it in Word or LibreOffice, save it as .docx, and try again."


class Reader:
    """Reads a file: `found` is its text, `plain` what pandoc is to read, `pictures` by digest."""

    def __init__(self, data: bytes, place: str) -> None:
        self._data = data
        self._place = place
        self._state = State()
        self._outer: list[State] = []
        self._bytes = bytearray()
        self._pairs = alphabets.Pairs()
        self._skip = 0
        self._is_first = self._is_starred = False
        self._codec = "cp1252"
        self._font = 0
        self._fonts: dict[int, str] = {}
        self._hex: list[bytes] = []
        self._pictures: dict[str, bytes] = {}
        self.found = Paragraphs()
        self.plain = Plain()

    @property
    def pictures(self) -> Mapping[str, bytes]:
        """Return the pictures by the SHA-1 of their content."""
        return self._pictures

    def read(self) -> None:
        """Read it all; ClinicpressError where that can't be done."""
        at, end = self._data.index(b"{"), len(self._data)
        while at < end and (token := tokens.TOKEN.match(self._data, at)):
            at = self._take(token)
            if not self._outer:
                break
        if self._outer:
            raise self._error("the file is cut short or broken")
        if self._data[at:].strip(b" \t\r\n\0\x1a"):
            raise self._error("more stands in it behind its end")
        self.found.end_all()

    def _error(self, problem: str) -> ClinicpressError:
        return ClinicpressError(self._place, problem, SAVE_AGAIN)

    def _take(self, token: Token) -> int:
        given = tokens.raw(token)
        if given is not None:
            self._raw(given)
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
            raise self._error("its parts are nested too deeply")
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
        self._pictures[hashlib.sha1(data, usedforsecurity=False).hexdigest()] = data
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
        self._letters(self._pairs.rest() + given.decode(self._state.codec, "replace"))

    def _letters(self, text: str) -> None:
        """Take text as it is meant."""
        state = self._state
        if state.is_deleted or state.is_left_out:
            return
        if state.kind in (SHOWN, BESIDE):
            if NOT_A_LETTER in text and not state.is_hidden:
                problem = "a letter in it is not in the file's own alphabet, and can't be read"
                raise self._error(problem)
            self.found.add(HIDDEN if state.is_hidden else state.kind, text, state.size)
        if not state.is_unseen:
            self.plain.letters(text)

    def _emit(self, data: bytes) -> None:
        if not self._state.is_left_out:
            self.plain.emit(data)

    def _sign(self, sign: bytes) -> None:
        self._flush()
        if sign == b"*":
            self._is_starred = self._is_first
            return
        if self._skip:
            self._skip -= 1
        elif sign in b"\r\n":
            self._emit(b"\\par ")
            self.found.end(self._state.kind)
        elif sign.decode("latin-1") in SIGNS:
            self._letters(self._pairs.rest() + SIGNS[sign.decode("latin-1")])
        self._is_first = False

    def _word(self, token: Token) -> int:
        """Take a control word; return where the next token is."""
        self._flush()
        word = token["word"].decode()
        number = tokens.number(token)
        if word == "bin":
            return self._skip_binary(token.end(), number or 0)
        is_first, self._is_first = self._is_first, False
        if word == "u" and number is not None:
            self._skip = self._state.fallback
            self._letters(self._pairs.letter(number))
        elif self._skip:
            self._skip -= 1
        elif word in SIGNS and len(word) > 1:
            self._letters(self._pairs.rest() + SIGNS[word])
        else:
            self._set(word, number, is_first)
            if word not in groups.DROPPED:
                # LibreOffice stars its notes, which pandoc would skip.
                star = b"\\*" if self._is_starred and word != "footnote" else b""
                named = token[0].strip()
                self._emit(star + groups.RENAMED.get(named, named) + b" ")
        self._is_starred = False
        return token.end()

    def _skip_binary(self, at: int, count: int) -> int:
        end = at + max(0, count)
        if self._state.kind == PICTURE:
            self._raw(self._data[at:end].hex().encode())
        return end

    def _set(self, word: str, number: int | None, is_first: bool) -> None:
        """Change what holds from here, as a control word says."""
        if is_first and (self._is_starred or word in groups.GROUPS):
            self._begin(word)
        if word in groups.ENDS:
            self.found.end(self._state.kind)
        if word in alphabets.PAGES or word == "ansicpg":
            name = alphabets.PAGES.get(word) or self._page(number or 0)
            self._codec = name
            self._state = replace(self._state, codec=name)
        elif word in ("f", "fcharset"):
            self._set_font(word, number or 0)
        elif word == "uc":
            self._state = replace(self._state, fallback=min(max(0, number or 0), 16))
        elif word == "fs":
            self._state = replace(self._state, size=min(max(2, number or groups.USUAL), 4000))
        elif word == "plain":
            self._state = replace(
                self._state, size=groups.USUAL, is_hidden=False, is_deleted=False, codec=self._codec
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
        kind = groups.GROUPS.get(word, HIDDEN)
        outer = self._state
        is_beside = kind == BESIDE or any(state.kind == BESIDE for state in self._outer)
        kind = BESIDE if kind == SHOWN and is_beside else kind
        if kind in (SHOWN, BESIDE):
            self.found.part(kind)
        left_out = outer.is_left_out or word in groups.LEFT_OUT
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
        elif number in alphabets.CHARSETS:
            self._fonts[self._font] = alphabets.CHARSETS[number]

    def _page(self, number: int) -> str:
        try:
            return alphabets.page(number)
        except LookupError:
            problem = f"its letters are of code page {number}, which can't be read"
            raise self._error(problem) from None
