"""Goes through a Rich Text file once: its text is counted, and written for pandoc on the way."""

from __future__ import annotations

from dataclasses import replace

from clinicpress.errors import ClinicpressError
from clinicpress.richtext import alphabets, fonts, groups, symbols, tokens
from clinicpress.richtext.alphabets import NOT_A_LETTER, SIGNS
from clinicpress.richtext.beside import Beside
from clinicpress.richtext.counting import Paragraphs
from clinicpress.richtext.fonts import Fonts
from clinicpress.richtext.forms import Forms
from clinicpress.richtext.groups import BESIDE, HIDDEN, LABEL, PICTURE, SHOWN, State
from clinicpress.richtext.pictures import Pictures
from clinicpress.richtext.plain import Plain
from clinicpress.richtext.tokens import Token

MAX_DEPTH = 200
BYTES = 0x100
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
        self._fonts = Fonts()
        self.pictures = Pictures()
        self.found = Paragraphs()
        self.plain = Plain()
        self.forms = Forms()
        self.beside = Beside(self.forms)

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
        self.plain.end()

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
        if not self._state.is_left_out:
            self.plain.open()

    def _close(self) -> None:
        self._is_first = False
        inner, self._state = self._state, self._outer.pop()
        if inner.is_box and not self._state.is_box:
            self.found.part(SHOWN)
        if inner.kind == PICTURE and self._state.kind != PICTURE:
            self.pictures.end()
        if not self._state.is_left_out:
            self.plain.close()
        if inner.group == "pn" != self._state.group and not self._state.is_left_out:
            self.plain.old_list()
        if shown := self.forms.end(len(self._outer) + 1):
            self._letters(shown)

    def _raw(self, data: bytes) -> None:
        if self._skip:
            skipped = min(self._skip, len(data))
            self._skip -= skipped
            data = data[skipped:]
        if data:
            self._is_first = False
        if self._state.kind == PICTURE:
            self.pictures.add(data)
            self._emit(data)
        else:
            self._bytes += data

    def _flush(self) -> None:
        if not self._bytes:
            return
        given, self._bytes = bytes(self._bytes), bytearray()
        if signs := self._state.signs:
            text = "".join(self._known(fonts.sign(signs, byte)) for byte in given)
        else:
            text = given.decode(self._state.codec, "replace")
        self._letters(self._pairs.rest() + text)

    def _known(self, sign: str, *, is_sure: bool = False) -> str:
        """Return a sign of a font without letters; where it is a guess, the report says so."""
        state = self._state
        is_guess = sign == symbols.UNKNOWN or state.signs == symbols.OTHER
        is_guess |= not (is_sure or self._fonts.is_sure(state.font))
        if is_guess and sign.strip() and state.kind in (SHOWN, BESIDE) and not state.is_left_out:
            self.beside.sign(self._fonts.name(state.font), sign)
        return sign

    def _letters(self, text: str) -> None:
        """Take text as it is meant."""
        state = self._state
        if state.group == "fonttbl":
            self._fonts.named(text)
        elif state.kind == HIDDEN and state.is_unknown and not state.is_left_out:
            self.beside.text(state.group, text)
        elif state.kind == LABEL:
            self.plain.label(text)
        self.forms.text(state.group, text, state.kind == SHOWN)
        if state.is_deleted or state.is_left_out:
            return
        if state.kind in (SHOWN, BESIDE):
            if NOT_A_LETTER in text and not state.is_hidden:
                problem = "a letter in it is not in the file's own alphabet, and can't be read"
                raise self._error(problem)
            if state.is_box:
                self.beside.in_box(text)
            self.found.add(HIDDEN if state.is_hidden else state.kind, text, state.size)
        if not state.is_unseen:
            self.plain.letters(text, state.kind == SHOWN)

    def _line(self) -> None:
        """Take a break within a paragraph, which parts words as a space does."""
        state = self._state
        if state.kind != SHOWN or state.is_deleted or state.is_left_out or state.is_hidden:
            self._letters(" ")
            return
        self.found.part(SHOWN)
        self.plain.line()

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
            if not self._state.is_left_out:
                self.plain.end_line()
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
            self._letters(self._letter(number))
        elif self._skip:
            self._skip -= 1
        elif word == "line":
            self._letters(self._pairs.rest())
            self._line()
        elif word in SIGNS and len(word) > 1:
            self._letters(self._pairs.rest() + SIGNS[word])
        else:
            self._set(word, number, is_first)
            if not self._state.is_left_out:
                # LibreOffice stars its notes, which pandoc would skip.
                if self._is_starred and word not in ("footnote", "ud"):
                    self.plain.emit(b"\\*")
                self.plain.word(word, number, token[0].strip())
        self._is_starred = False
        return token.end()

    def _skip_binary(self, at: int, count: int) -> int:
        end = at + max(0, count)
        if self._state.kind == PICTURE:
            self._raw(self._data[at:end].hex().encode())
        return end

    def _letter(self, number: int) -> str:
        code = number % 0x10000
        is_private = symbols.PRIVATE <= code < symbols.PRIVATE + BYTES
        if not (self._state.signs and (is_private or code < BYTES)):
            return self._pairs.letter(number)
        sign = fonts.sign(self._state.signs, code)
        return self._pairs.rest() + self._known(sign, is_sure=is_private)

    def _set(self, word: str, number: int | None, is_first: bool) -> None:
        """Change what holds from here, as a control word says."""
        if is_first and (self._is_starred or word in groups.GROUPS):
            self._begin(word)
        elif is_first and word == "field":
            self.forms.begin(len(self._outer))
        if word in groups.ENDS:
            self.found.end(self._state.kind)
            self.beside.in_box(" ") if self._state.is_box else None
        self.forms.take(word, number)
        if self._state.group == "pn":
            self.plain.lists.take_old(word, number)
        elif self._state.group in ("listtable", "listoverridetable"):
            self.plain.lists.take(word, number or 0)
        elif word in alphabets.PAGES or word == "ansicpg":
            self._codec = alphabets.PAGES.get(word) or self._page(number or 0)
            self._state = replace(self._state, codec=self._codec)
        elif self._state.group == "fonttbl":
            self._fonts.take(word, number or 0)
        elif word == "f":
            self._set_font(number or 0)
        else:
            self._state = self._state.after(word, number, self._codec)

    def _begin(self, word: str) -> None:
        """Begin a group of its own kind; one in a page header or footer belongs to that."""
        if word in groups.REFUSED:
            raise ClinicpressError(self._place, *groups.REFUSED[word])
        outer = self._state
        if word == "ud":
            # What stands around is the same in letters that old programs know.
            outer = next((s for s in reversed(self._outer) if s.group != "upr"), outer)
        kind = HIDDEN if outer.is_left_out else groups.GROUPS.get(word, HIDDEN)
        is_beside = kind == BESIDE or any(state.kind == BESIDE for state in self._outer)
        kind = BESIDE if kind == SHOWN and is_beside else kind
        if kind in (SHOWN, BESIDE) and word != "ud":
            self.found.part(kind)
        is_box = kind == SHOWN and word in groups.BOXES
        if is_box and not outer.is_box:
            self.beside.box()
        elif word == "annotation" and not outer.is_left_out:
            self.beside.comments += 1
        is_known = word in groups.NAMED or any(s.group == "stylesheet" for s in self._outer)
        self._state = replace(
            outer,
            kind=kind,
            group=word,
            is_left_out=outer.is_left_out or word in groups.LEFT_OUT,
            is_unknown=outer.is_unknown or not is_known,
            is_box=is_box or outer.is_box,
        )

    def _set_font(self, number: int) -> None:
        codec, signs = self._fonts.codec(number, self._codec), self._fonts.signs(number)
        self._state = replace(self._state, codec=codec, signs=signs, font=number)

    def _page(self, number: int) -> str:
        try:
            return alphabets.page(number)
        except LookupError:
            problem = f"its letters are of code page {number}, which can't be read"
            raise self._error(problem) from None
