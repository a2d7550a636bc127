"""A Rich Text file written anew as pandoc reads it right."""

from __future__ import annotations

from collections.abc import Mapping


class Plain:
    """The file as pandoc is to have it, letters that it can't have behind marks."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._marks: dict[str, str] = {}

    @property
    def marks(self) -> Mapping[str, str]:
        """Return the letters that stand for others in it."""
        return {mark: letter for letter, mark in self._marks.items()}

    def data(self) -> bytes:
        """Return the bytes of the file."""
        return b"".join(self._pieces)

    def emit(self, data: bytes) -> None:
        """Write braces, words, or a picture's data as they are."""
        self._pieces.append(data)

    def letters(self, text: str) -> None:
        """Write text, whatever letters it has."""
        self._pieces.append("".join(map(self._escaped, text)).encode("ascii"))

    def _escaped(self, letter: str) -> str:
        if letter < " " and letter != "\t":
            return f"\\'{ord(letter):02x}"
        if letter.isascii():
            return f"\\{letter}" if letter in "{}\\" else letter
        if letter > "\uffff" or "\ue000" <= letter < "\uf000":
            letter = self._marks.setdefault(letter, chr(0xE000 + len(self._marks) % 0x1000))
        # Pandoc would take the word after a bare fallback for a part of it.
        return f"\\u{ord(letter)}\\'3f"
