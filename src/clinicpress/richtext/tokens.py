"""The tokens of Rich Text: words and signs after a backslash, braces, and text between them."""

from __future__ import annotations

import re

Token = re.Match[bytes]

TOKEN = re.compile(
    rb"\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<word>[a-zA-Z]+)(?P<number>-?\d{1,10})? ?"
    rb"|\\(?P<sign>[^a-zA-Z])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\",
    re.S,
)


def begins(data: bytes) -> bool:
    """Say whether data begins as a Rich Text file does."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")


def raw(token: Token) -> bytes | None:
    """Return the bytes that a token stands for, None where it is no text."""
    if token["hex"] is not None:
        return bytes.fromhex(token["hex"].decode())
    return token["text"]


def number(token: Token) -> int | None:
    """Return the number behind a word, None where there is none."""
    return int(token["number"]) if token["number"] else None
