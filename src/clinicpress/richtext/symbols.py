"""The signs of fonts whose bytes are no letters, as Unicode has them.

Symbol by Adobe's own table (Symbol Encoding to Unicode, 2.0); of Wingdings, the signs that Unicode
took over from it (Unicode 7.0, 9.0). Word gives such a byte as a number from U+F020 on.
"""

from __future__ import annotations

from collections.abc import Mapping

SYMBOL, WINGDINGS, OTHER = "symbol", "wingdings", "other"
UNKNOWN = "□"
"""Stands for a sign that no table has."""
PRIVATE = 0xF000
FIRST = 0x20


def _table(rows: Mapping[int, str]) -> Mapping[int, str]:
    return {first + at: sign for first, row in rows.items() for at, sign in enumerate(row.split())}


SIGNS: Mapping[str, Mapping[int, str]] = {
    SYMBOL: _table(
        {
            0x21: "! ∀ # ∃ % & ∋ ( ) ∗ + , − . / 0 1 2 3 4 5 6 7 8 9 : ; < = > ?",
            0x40: "≅ Α Β Χ Δ Ε Φ Γ Η Ι ϑ Κ Λ Μ Ν Ο Π Θ Ρ Σ Τ Υ ς Ω Ξ Ψ Ζ [ ∴ ] ⊥ _",
            0x61: "α β χ δ ε φ γ η ι ϕ κ λ μ ν ο π θ ρ σ τ υ ϖ ω ξ ψ ζ { | } ∼",
            0xA0: "€ ϒ ′ ≤ ⁄ ∞ ƒ ♣ ♦ ♥ ♠ ↔ ← ↑ → ↓ ° ± ″ ≥ × ∝ ∂ • ÷ ≠ ≡ ≈ …",
            0xBF: "↵ ℵ ℑ ℜ ℘ ⊗ ⊕ ∅ ∩ ∪ ⊃ ⊇ ⊄ ⊂ ⊆ ∈ ∉ ∠ ∇ ® © ™ ∏ √ ⋅ ¬ ∧ ∨ ⇔ ⇐ ⇑ ⇒ ⇓",
            0xE0: "◊ ⟨ ® © ™ ∑",
            0xF1: "⟩ ∫",
        }
    ),
    WINGDINGS: _table(
        {
            0x21: "✏ ✂ ✁ 👓 🕭 🕮 🕯 ☎ ✆ ✉ 🖃 📪 📫 📬 📭 📁 📂 📄 🗏 🗐 🗄 ⌛ 🖮 🖰 🖲 🖳 🖴 🖫 🖬 ✇ ✍",
            0x40: "🖎 ✌ 👌 👍 👎 ☜ ☞ ☝ ☟ 🖐 ☺ 😐 ☹ 💣 ☠ 🏳 🏱 ✈ ☼ 💧 ❄ 🕆 ✞ 🕈 ✠ ✡ ☪ ☯ ॐ ☸",
            0x5E: "♈ ♉ ♊ ♋ ♌ ♍ ♎ ♏ ♐ ♑ ♒ ♓ 🙰 & ● ❍ ■ □ 🞐 ❑ ❒ ⬧ ⧫ ◆ ❖ ⬥ ⌧ ⮹ ⌘",
            0x80: "⓪ ① ② ③ ④ ⑤ ⑥ ⑦ ⑧ ⑨ ⑩ ⓿ ❶ ❷ ❸ ❹ ❺ ❻ ❼ ❽ ❾ ❿",
            0x9E: "· • ▪ ○",
            0xA4: "◉ ◎",
            0xA7: "▪ □",
            0xAA: "✦ ★ ✶ ✴ ✹ ✵",
            0xD8: "➢",
            0xDF: "← → ↑ ↓ ↖ ↗ ↙ ↘ ⬅ ➔ ⬆ ⬇",
            0xEF: "⇦ ⇨ ⇧ ⇩ ⬄ ⇳",
            0xFB: "✗ ✓ ☒ ☑",
        }
    ),
}


def kind(name: str, charset: int | None) -> str:
    """Return which table a font's signs are in, "" for a font that has letters."""
    plain = name.strip().rstrip(";").strip().casefold()
    if plain in SIGNS and charset in (None, 2):
        return plain
    return OTHER if charset == 2 else ""


def sign(font: str, code: int) -> str:
    """Return what a byte of a font, or its number in the private area, stands for.

    Of a font without a table, bytes are the letters on the keys they came from.
    """
    byte = code - PRIVATE if code >= PRIVATE else code
    if byte <= FIRST:
        return chr(byte)
    if font == OTHER:
        return bytes([byte]).decode("cp1252", "replace").replace("\ufffd", UNKNOWN)
    return SIGNS[font].get(byte, UNKNOWN)
