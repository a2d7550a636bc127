"""A leaflet as one page to send to a clinician: every notice, heading and reason, and the sign-off.

It needs no script and nothing from anywhere, so it can be mailed, kept and printed.
"""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import PurePosixPath

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from clinicpress import dates, notices, rendering, writing
from clinicpress.model import Kind
from clinicpress.report import MARKED, Report
from clinicpress.review import beneath, overruled, phrases, preview, signed, signoff
from clinicpress.review.beneath import Speaker

# How such a page begins, by which it is told from other files.
BEGINS = "<!doctype html>\n<!-- A review page made by Clinicpress -->"
TYPES = {".jpg": "jpeg"}
# A table that is wider than a phone can be moved with the keyboard too.
WIDE = Markup('<div class="wide" role="group" aria-label="{}" tabindex="0"><table>')
ADDRESS = re.compile(r' (id|href|src)="([^"]*)"')


def page(report: Report, today: str, language: str = "en") -> str:
    """Return the page as HTML; `today` is the ISO date that it is made on.

    It speaks the language given, where there are words of it; the leaflet its own.
    """
    words = phrases.load(language)
    leaflet, standing = report.leaflet, report.standing
    counts = Counter(s.label for s in leaflet.sentences if s.label is not Kind.NONE)
    return _template().render(
        language=words.language,
        say=Speaker(words).say,
        code=Markup("<code>{}</code>").format,
        link=Markup('<a href="{}">{}</a>').format,
        css=_css,
        title=leaflet.document.title,
        name=leaflet.document.name,
        lang=leaflet.document.lang,
        origin=leaflet.document.origin,
        words=report.words,
        counts=[(kind, counts[kind]) for kind in reversed(Kind) if kind is not Kind.NONE],
        headings=len(leaflet.headings),
        inferred=sum(heading.reason != MARKED for heading in leaflet.headings),
        digest=standing.digest,
        short=signoff.short(standing.digest),
        made=dates.written(today, words.language),
        state=signed.state(report, words),
        overdue=standing.signed is not None and standing.signed.due < today,
        earlier=signed.earlier(report, words),
        signed=standing.signed is not None,
        findings=standing.findings,
        decided=standing.followed,
        by_hand=overruled.of(report, words),
        known=notices.is_known(leaflet.document.lang),
        file=standing.review.place,
        head=_css(words.say("to_review_title", title=leaflet.document.title)),
        foot=_css(f"{words.say('digest')} …{signoff.short(standing.digest)}"),
        removed=leaflet.removed,
        pages=list(_pages(report, Speaker(words))),
    )


def _css(text: str) -> Markup:
    """Return text as a string of a style sheet, every sign but letters and digits escaped."""
    # Nothing but letters, digits, spaces and backslashes is left between the quotes.
    signs = (c if c.isascii() and c.isalnum() else f"\\{ord(c):x} " for c in text)
    return Markup(f'"{"".join(signs)}"')  # noqa: S704


@cache
def _template() -> Template:
    text = (resources.files("clinicpress.review") / "sheet.html").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True).from_string(
        text
    )


def _pages(report: Report, speaker: Speaker) -> Iterator[Mapping[str, object]]:
    names = {name: f"page-{at}" for at, name in enumerate(report.pages)}
    reasons = preview.explained(report.leaflet)
    for own, sentences in zip(report.leaflet.pages, reasons, strict=True):
        html = rendering.render(writing.body_of(report.pages[own.name]))
        html = beneath.with_heading_reasons(html, own, report.leaflet, speaker)
        html = beneath.with_reasons(html, sentences, report.leaflet, speaker)
        html = _self_contained(html, own.name, names, report.leaflet.document.media)
        html = html.replace("<table>", WIDE.format(speaker.say("table"))).replace(
            "</table>", "</table></div>"
        )
        # It is our own rendering, proved to have nothing in it that acts.
        shown = Markup(html)  # noqa: S704
        yield {"anchor": names[own.name], "name": own.name, "title": own.title, "html": shown}


def _self_contained(
    html: str, own: str, names: Mapping[str, str], media: Mapping[str, bytes]
) -> str:
    """Keep every address within this one page: pictures in it, links between its parts."""
    home = names[own]

    def change(found: re.Match[str]) -> str:
        key, address = found.groups()
        if key == "id":
            return f' id="{home}-{address}"'
        if key == "src":
            return f' src="{_data(media.get(address, b""), address)}"'
        path, _, anchor = address.partition("#")
        if not path:
            return f' href="#{home}-{anchor}"'
        if path in names:
            return f' href="#{names[path]}{"-" + anchor if anchor else ""}"'
        # A leaflet beside this one is not in this page.
        return found.group() if ":" in address else ""

    return ADDRESS.sub(change, html)


def _data(data: bytes, address: str) -> str:
    suffix = PurePosixPath(address).suffix
    kind = TYPES.get(suffix, suffix.removeprefix("."))
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
