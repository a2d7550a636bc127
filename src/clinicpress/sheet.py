"""A leaflet as one page to send to a clinician: every notice, heading and reason, and the sign-off.

It needs no script and nothing from anywhere, so it can be mailed, kept and printed.
"""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import groupby
from pathlib import PurePosixPath

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from clinicpress import dates, deciding, notices, preview, rendering, reviewfile, writing
from clinicpress.model import Heading, Kind, Leaflet, Page, Sentence
from clinicpress.notices.reasons import told
from clinicpress.report import MARKED, Report

TYPES = {".jpg": "jpeg"}
NOTICE = re.compile(
    r'<div[^>]*\sclass="admonition (?:emergency|safety|credential)"'
    r'|<span[^>]*\sclass="row-notice (?:emergency|safety|credential)"'
)
DIV = re.compile(r"<div\b|</div>")
HEADING = re.compile(r"(<h([1-6])\b[^>]*>)(.*?)(</h\2>)", re.S)
# A table that is wider than a phone can be moved with the keyboard too.
WIDE = '<div class="wide" role="group" aria-label="Table" tabindex="0"><table>'
ADDRESS = re.compile(r' (id|href|src)="([^"]*)"')


def page(report: Report, today: str) -> str:
    """Return the page as HTML; `today` is the ISO date that it is made on."""
    leaflet, standing = report.leaflet, report.standing
    counts = Counter(s.label for s in leaflet.sentences if s.label is not Kind.NONE)
    given = standing.review.sign_off
    return _template().render(
        title=leaflet.document.title,
        name=leaflet.document.name,
        lang=leaflet.document.lang,
        words=report.words,
        counts=[(kind, counts[kind]) for kind in reversed(Kind) if kind is not Kind.NONE],
        headings=len(leaflet.headings),
        inferred=sum(heading.reason != MARKED for heading in leaflet.headings),
        digest=standing.digest,
        made=dates.written(today, "en"),
        given=given,
        reviewed=dates.written(given.reviewed, "en") if given else "",
        due=dates.written(given.due, "en") if given else "",
        signed=standing.signed is not None,
        findings=standing.findings,
        decided=len(standing.review.kinds) + len(standing.review.headings),
        file=standing.review.place,
        head=_css(f"{leaflet.document.title}"),
        foot=_css(f"Digest …{standing.digest[-12:]}"),
        removed=leaflet.removed,
        pages=list(_pages(report)),
    )


def _css(text: str) -> Markup:
    """Return text as a string of a style sheet, every sign but letters and digits escaped."""
    # Nothing but letters, digits, spaces and backslashes is left between the quotes.
    signs = (c if c.isascii() and c.isalnum() else f"\\{ord(c):x} " for c in text)
    return Markup(f'"{"".join(signs)}"')  # noqa: S704


@cache
def _template() -> Template:
    text = (resources.files("clinicpress") / "sheet.html").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True).from_string(
        text
    )


def _pages(report: Report) -> Iterator[Mapping[str, object]]:
    names = {name: f"page-{at}" for at, name in enumerate(report.pages)}
    reasons = preview.explained(report.leaflet)
    for own, sentences in zip(report.leaflet.pages, reasons, strict=True):
        html = rendering.render(writing.body_of(report.pages[own.name]))
        html = _with_reasons(_headed(html, own), sentences, report.leaflet)
        html = _self_contained(html, own.name, names, report.leaflet.document.media)
        html = html.replace("<table>", WIDE).replace("</table>", "</table></div>")
        # It is our own rendering, proved to have nothing in it that acts.
        shown = Markup(html)  # noqa: S704
        yield {"anchor": names[own.name], "name": own.name, "title": own.title, "html": shown}


def _headed(html: str, own: Page) -> str:
    """Put the reason for each inferred heading below it."""
    reasons = iter(preview.headings_of(own))
    # The title of the landing page is none of its blocks.
    skip = own.name == "index.md"

    def below(found: re.Match[str]) -> str:
        nonlocal skip
        if skip:
            skip = False
            return found.group()
        heading: Heading | None = next(reasons, None)
        why = heading.reason if heading else ""
        if not why or why == MARKED:
            return found.group()
        lines = escape(reviewfile.heading_entry(heading.text)) if heading else ""
        return (
            f'{found.group()}\n<div class="why of-heading"><p>Taken for a heading</p>{escape(why)}'
            "<details><summary>Change it</summary><p>Copy these lines below <code>headings:</code> "
            f'in the decisions file.</p><pre tabindex="0">{lines}</pre></details></div>'
        )

    return HEADING.sub(below, html)


def _with_reasons(html: str, sentences: Sequence[Sequence[Sentence]], leaflet: Leaflet) -> str:
    """Put below each notice why its sentences are in it."""
    starts = [found.start() for found in NOTICE.finditer(html)]
    if len(starts) != len(sentences):
        return html
    for start, own in reversed(list(zip(starts, sentences, strict=True))):
        in_row = html.startswith("<span", start)
        end = html.index("</table>", start) + 8 if in_row else _end_of_div(html, start)
        html = html[:end] + _why(own, leaflet) + html[end:]
    return html


def _end_of_div(html: str, start: int) -> int:
    depth = 0
    for tag in DIV.finditer(html, start):
        depth += 1 if tag.group() == "<div" else -1
        if depth == 0:
            return tag.end()
    return len(html)


def _why(sentences: Sequence[Sentence], leaflet: Leaflet) -> str:
    """Return the reasons of a notice's sentences, neighbours with one reason together."""
    if not sentences:
        return ""
    loaded = notices.load(leaflet.document.lang)
    lang = escape(leaflet.document.lang)
    rows = [
        f"<li><b>{escape(label.capitalize())}</b>: "
        f"<span lang='{lang}'>{' '.join(f'“{escape(s.text)}”' for s in run)}</span><br>"
        f"<span class='reason' lang='{lang}'>{escape(reason)}</span></li>"
        for (label, reason), group in groupby(sentences, key=lambda s: (s.label, told(s, loaded)))
        for run in [list(group)]
    ]
    decisions_of = "".join(
        reviewfile.entry(s, deciding.occurrence(s, leaflet.sentences)) for s in sentences
    )
    return (
        f'\n<div class="why"><p>Why this is a notice</p><ul>{"".join(rows)}</ul>'
        '<p class="paper">☐ right as it is &nbsp; ☐ no notice &nbsp; ☐ another kind: '
        "………………………………</p>"
        "<details><summary>Change it</summary><p>Copy these lines below <code>sentences:</code> in "
        "the decisions file, keep those you mean, and set their kind: none, safety, credential or "
        f'emergency.</p><pre tabindex="0" lang="{lang}">{escape(decisions_of)}</pre></details>'
        "</div>"
    )


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
