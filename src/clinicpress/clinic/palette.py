"""A clinic's own colors: checked for contrast, and written as the site's stylesheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clinicpress.clinic.contrast import (
    BLACK,
    TEXT,
    WHITE,
    lit,
    luminance,
    mixed,
    nearest,
    normal,
    ratio,
)
from clinicpress.clinic.records import Record, shown

FORMS = {
    "primary": "'#0d4c5b'   (the header; in quotes, for # begins a note)",
    "on_primary": "'#ffffff'   (the words in the header; in quotes)",
    "accent": "'#0b5f73'   (links; in quotes)",
}
# What links stand on in clinicpress.css: the page, its soft ground, the tints of the notices.
LIGHT_GROUNDS = ("#ffffff", "#edf5f6", "#fdf1f1", "#fff9ec", "#f1f4fc")
DARK_GROUNDS = ("#101b20", "#17262c", "#2c1518", "#262011", "#161f38")
# How light links are by night, 0 to 1: light enough on every dark ground, and still of their hue.
LINK_LIGHT = 0.72
HEAD = "/* Made by Clinicpress from `colors` in mkdocs.yml, where they can be changed. */\n"


@dataclass(frozen=True, slots=True)
class Palette:
    """A clinic's colors, each as # and six hexadecimal digits, every pair with enough contrast."""

    primary: str
    on_primary: str
    accent: str


def read(record: Record) -> Palette:
    """Return the colors of a record; a pair that can't be read is refused with one that can."""
    primary = _color(record, "primary")
    on_primary = _color(record, "on_primary") or WHITE
    accent = _color(record, "accent")
    if not primary:
        raise record.wrong("primary", "the color `primary` is missing")
    if ratio(primary, on_primary) < TEXT:
        other = nearest(primary, (on_primary,))
        words = BLACK if ratio(primary, BLACK) > ratio(primary, WHITE) else WHITE
        raise record.wrong(
            "primary",
            f"words in {on_primary} on the header's {primary} are hard to read: their contrast "
            f"is {ratio(primary, on_primary):.2f}, and {TEXT} is the least (WCAG 2.2, 1.4.3)",
            f"The nearest that passes: primary: '{other}'. Or keep it, with on_primary: '{words}'.",
        )
    accent = accent or nearest(primary, LIGHT_GROUNDS)
    worst = min(LIGHT_GROUNDS, key=lambda ground: ratio(accent, ground))
    if ratio(accent, worst) < TEXT:
        raise record.wrong(
            "accent",
            f"links in {accent} on the page's {worst} are hard to read: their contrast is "
            f"{ratio(accent, worst):.2f}, and {TEXT} is the least (WCAG 2.2, 1.4.3)",
            f"The nearest that passes: accent: '{nearest(accent, LIGHT_GROUNDS)}'",
        )
    return Palette(primary, on_primary, accent)


def _color(record: Record, key: str) -> str:
    text = record.text(key)
    try:
        return normal(text) if text else ""
    except ValueError:
        raise record.wrong(key, f"`{key}` is not a color: {shown(text)}") from None


def light(palette: Palette) -> dict[str, str]:
    """Return the variables of the stylesheet by day."""
    away = BLACK if luminance(palette.on_primary) > luminance(palette.primary) else WHITE
    field = mixed(palette.primary, away, 0.2)
    foot = mixed(palette.primary, away, 0.2)
    return {
        "--md-primary-fg-color": palette.primary,
        "--md-primary-bg-color": palette.on_primary,
        "--md-primary-bg-color--light": palette.on_primary,
        "--cp-header-focus": palette.on_primary,
        "--cp-logo-ground": palette.primary,
        "--cp-search-field": field,
        "--md-accent-fg-color": palette.accent,
        "--md-typeset-a-color": palette.accent,
        "--md-footer-bg-color": foot,
        "--md-footer-bg-color--dark": mixed(foot, away, 0.15),
        "--md-footer-fg-color": palette.on_primary,
        "--md-footer-fg-color--light": palette.on_primary,
        "--md-footer-fg-color--lighter": palette.on_primary,
    }


def dark(palette: Palette) -> dict[str, str]:
    """Return the variables of the stylesheet by night: darker grounds, lighter links."""
    head = nearest(mixed(palette.primary, BLACK, 0.4), (WHITE,))
    link = nearest(lit(palette.accent, LINK_LIGHT), DARK_GROUNDS)
    return {
        "--md-primary-fg-color": head,
        "--md-primary-bg-color": WHITE,
        "--md-primary-bg-color--light": WHITE,
        "--cp-header-focus": WHITE,
        "--cp-search-field": mixed(head, BLACK, 0.3),
        "--md-accent-fg-color": link,
        "--md-typeset-a-color": link,
        "--md-footer-bg-color": mixed(head, BLACK, 0.3),
        "--md-footer-bg-color--dark": mixed(head, BLACK, 0.45),
        "--md-footer-fg-color": WHITE,
        "--md-footer-fg-color--light": WHITE,
        "--md-footer-fg-color--lighter": WHITE,
    }


def css(palette: Palette) -> str:
    """Return the stylesheet that goes after clinicpress.css; dark is for screens only."""
    day = _rule(":root, [data-md-color-scheme=default]", light(palette))
    night = _rule("[data-md-color-scheme=slate]", dark(palette))
    # Without script nobody asks the device; the style sheet does.
    bare = _rule(".no-js [data-md-color-scheme=default]", dark(palette))
    return (
        f"{HEAD}{day}@media screen {{\n{night}}}\n"
        f"@media screen and (prefers-color-scheme: dark) {{\n{bare}}}\n"
    )


def _rule(selector: str, values: Mapping[str, str]) -> str:
    lines = "".join(f"  {name}: {value};\n" for name, value in values.items())
    return f"{selector} {{\n{lines}}}\n"
