"""The signs of Word's fonts of signs as letters that any page can show.

By the table that Unicode's proposal for them has (L2/12-368), with a sign that every phone knows in
place of a rare one that looks the same. Of Symbol and Wingdings, more is in `richtext.symbols`.
"""

from __future__ import annotations

from collections.abc import Mapping

from clinicpress.richtext import symbols

PRIVATE = range(0xF000, 0xF100)
NO_LETTER, FIRST_OTHER = 0x20, 0x100
ALIKE = {
    "symbolmt": "symbol",
    "symbol mt": "symbol",
    "wingdings2": "wingdings 2",
    "wingdings3": "wingdings 3",
    "zapf dingbats": "zapfdingbats",
    "itc zapf dingbats": "zapfdingbats",
    "itczapfdingbats": "zapfdingbats",
}


def _row(first: int, signs: str) -> Mapping[int, str]:
    return {first + at: sign for at, sign in enumerate(signs.split())}


SIGNS: Mapping[str, Mapping[int, str]] = {
    symbols.SYMBOL: {},
    symbols.WINGDINGS: {
        **_row(0x6F, "☐ ☐ ❑ ❒"), 0x76: "❖", 0xA8: "☐", 0xD8: "➢",
    },
    "wingdings 2": {
        **_row(0x27, "☎ 📞"), **_row(0x42, "👈 👉"), **_row(0x4A, "👆 👇"),
        **_row(0x4F, "✗ ✓ ☒ ☑ ☒ ☒"), **_row(0x69, "⓪ ① ② ③ ④ ⑤ ⑥ ⑦ ⑧ ⑨ ⑩"),
        **_row(0x74, "⓿ ❶ ❷ ❸ ❹ ❺ ❻ ❼ ❽ ❾ ❿"), **_row(0x95, "• ●"), **_row(0xA1, "■ ■ ☐"),
        0xAE: "◆", 0xAF: "◇", 0xEA: "★",
    },
    "wingdings 3": {
        **_row(0x21, "← → ↑ ↓ ↖ ↗ ↙ ↘"), **_row(0x31, "↔ ↕"), **_row(0x66, "← → ↑ ↓ ↖ ↗ ↙ ↘ ↔ ↕"),
        **_row(0x70, "▲ ▼ △ ▽ ◄ ► ◁ ▷"), **_row(0x7C, "◀ ▶ ▲"), **_row(0x80, "▼ ▲ ▼ ◀ ▶"),
    },
    "webdings": {
        **_row(0x33, "◄ ► ▲ ▼"), 0x48: "🏠", 0x4C: "🔍", **_row(0x4E, "👁 👂"),
        **_row(0x61, "✓ 🚲 ☐"), **_row(0x67, "■ 🚑 ℹ"), 0x6E: "●", **_row(0x72, "✗ ❓"), 0x78: "🚫",
        0x7A: "🚭", 0xC5: "📞", 0xC9: "☎", 0xE9: "♿",
    },
    "zapfdingbats": {
        0x25: "☎", **_row(0x33, "✓ ✔ ✕ ✖ ✗ ✘"), 0x48: "★", 0x6C: "●", 0x6E: "■", 0xD5: "→",
    },
}  # fmt: skip


def font(name: str) -> str:
    """Return a font of signs by the name it has here; "" for one that has letters."""
    plain = name.strip().casefold()
    plain = ALIKE.get(plain, plain)
    return plain if plain in SIGNS else ""


def sign(font: str, letter: str) -> str:
    """Return what a letter typed in a font of signs shows; "" where that is not known."""
    code = ord(letter) - PRIVATE.start if ord(letter) in PRIVATE else ord(letter)
    if code <= NO_LETTER or code >= FIRST_OTHER or letter.isspace():
        return letter if code >= FIRST_OTHER or letter.isspace() else chr(code)
    return SIGNS[font].get(code) or symbols.SIGNS.get(font, {}).get(code, "")
