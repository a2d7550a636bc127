"""The pictures between the words of a Rich Text file, by the names that pandoc gives them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping


class Pictures:
    """Pictures by the SHA-1 of their content, and the digits of the one that is open."""

    def __init__(self) -> None:
        self._digits: list[bytes] = []
        self._found: dict[str, bytes] = {}

    @property
    def found(self) -> Mapping[str, bytes]:
        """Return the pictures that have ended."""
        return self._found

    def add(self, digits: bytes) -> None:
        """Take hexadecimal digits of the open picture."""
        self._digits.append(digits)

    def end(self) -> None:
        """End the open picture; one whose digits are none is empty."""
        try:
            data = bytes.fromhex(b"".join(self._digits).decode("ascii"))
        except ValueError:
            data = b""
        self._found[hashlib.sha1(data, usedforsecurity=False).hexdigest()] = data
        self._digits.clear()
