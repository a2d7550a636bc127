"""Colors that can be read: contrast by WCAG 2.2, and the nearest color that has enough of it."""

from __future__ import annotations

import colorsys
import re

# WCAG 2.2, 1.4.3 Contrast (Minimum), for text; 1.4.11 Non-text Contrast, for lines and icons.
TEXT, LINE = 4.5, 3.0
BLACK, WHITE = "#000000", "#ffffff"
HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.I)
STEPS = 256


def normal(color: str) -> str:
    """Return a color as # and six small hexadecimal digits; ValueError if it is none."""
    if not HEX.fullmatch(color):
        raise ValueError(color)
    digits = color[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def ratio(one: str, other: str) -> float:
    """Return the contrast of two colors, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    """Return how light a color is, 0 to 1 (WCAG 2.2, "relative luminance")."""
    red, green, blue = (_linear(part / 255) for part in _parts(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mixed(color: str, other: str, share: float) -> str:
    """Return a color with a share, 0 to 1, of another in it."""
    pairs = zip(_parts(color), _parts(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def lit(color: str, light: float) -> str:
    """Return the color of the same hue and strength with another lightness, 0 to 1 (HSL)."""
    hue, _, strength = colorsys.rgb_to_hls(*(part / 255 for part in _parts(color)))
    parts = colorsys.hls_to_rgb(hue, light, strength)
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def nearest(color: str, grounds: tuple[str, ...], least: float = TEXT) -> str:
    """Return the color, or the one nearest to it on the way to black or white that passes.

    It has to have the least contrast with every one of the grounds; ValueError if none has.
    """
    for step in range(STEPS + 1):
        for end in (BLACK, WHITE):
            found = mixed(color, end, step / STEPS)
            if all(ratio(found, ground) >= least for ground in grounds):
                return found
    raise ValueError(color)


def _parts(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
