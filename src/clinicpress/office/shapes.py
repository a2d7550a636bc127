"""Shapes of an OpenDocument file that have text in them: written as the text boxes they show."""

from __future__ import annotations

import re

BEGIN = re.compile(rb"<draw:(custom-shape|rect|ellipse|circle|polygon|line)(\s[^<>]*)?(?<!/)>")
# What a shape is drawn by, without words of its own.
DRAWN = re.compile(rb"</?draw:(?:enhanced-geometry|equation|handle|glue-point)\b[^<>]*>")
SAID = re.compile(rb">[^<]*[^<\s]")


def boxed(part: bytes) -> bytes:
    """Return a part of a file with its shapes that say something as text boxes."""
    out: list[bytes] = []
    at = 0
    for begin in BEGIN.finditer(part):
        end = part.find(b"</draw:" + begin[1] + b">", begin.end())
        if begin.start() < at or end < 0:
            continue
        inner = DRAWN.sub(b"", part[begin.end() : end])
        if not SAID.search(inner):
            continue
        box = b"<draw:text-box>" + inner + b"</draw:text-box></draw:frame>"
        out += [part[at : begin.start()], b"<draw:frame", begin[2] or b"", b">", box]
        at = end + len(b"</draw:" + begin[1] + b">")
    return b"".join([*out, part[at:]])
