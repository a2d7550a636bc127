"""A leaflet as one page to send to a clinician: every notice, heading and reason, and the sign-off.

It needs no script and nothing from anywhere, so it can be mailed, kept and printed.
"""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import groupby
from pathlib import PurePosixPath

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from clinicpress import dates, notices, rendering, writing
from clinicpress.model import Heading, Kind, Leaflet, Page, Sentence
from clinicpress.notices.reasons import told
from clinicpress.report import MARKED, Report
from clinicpress.review import (
    deciding,
    overruled,
    preview,
    reviewfile,
    signoff,
    wording,
)
from clinicpress.review.wording import ReviewWords

# How such a page begins, by which it is told from other files.
BEGINS = "<!doctype html>\n<!-- A review page made by Clinicpress -->"
TYPES = {".jpg": "jpeg"}
NOTICE = re.compile(
    r'<div[^>]*\sclass="admonition (?:emergency|safety|credential)"'
    r'|<span[^>]*\sclass="row-notice (?:emergency|safety|credential)"'
)
DIV = re.compile(r"<div\b|</div>")
HEADING = re.compile(r"(<h([1-6])\b[^>]*>)(.*?)(</h\2>)", re.S)
# A table that is wider than a phone can be moved with the keyboard too.
WIDE = Markup('<div class="wide" role="group" aria-label="{}" tabindex="0"><table>')
ADDRESS = re.compile(r' (id|href|src)="([^"]*)"')


def page(report: Report, today: str, language: str = "en") -> str:
    """Return the page as HTML; `today` is the ISO date that it is made on.

    It speaks the language given, the site's own, where there are words of it; the leaflet its own.
    """
    words = wording.load(language)
    leaflet, standing = report.leaflet, report.standing
    counts = Counter(s.label for s in leaflet.sentences if s.label is not Kind.NONE)
    given = standing.review.sign_off
    return _template().render(
        language=words.language,
        say=_Speaker(words).say,
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
        given=given,
        reviewed=dates.written(given.reviewed, words.language) if given else "",
        due=dates.written(given.due, words.language) if given else "",
        signed=standing.signed is not None,
        findings=standing.findings,
        decided=len(standing.review.kinds) + len(standing.review.headings),
        by_hand=overruled.of(report, words),
        known=notices.is_known(leaflet.document.lang),
        file=standing.review.place,
        head=_css(f"{leaflet.document.title}"),
        foot=_css(f"{words.say('digest')} …{signoff.short(standing.digest)}"),
        removed=leaflet.removed,
        pages=list(_pages(report, _Speaker(words))),
    )


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Says what the review says, as HTML: all that is filled in is escaped unless it is HTML."""

    words: ReviewWords

    def say(self, key: str, /, **filled: object) -> Markup:
        """Return what stands under a key, its braces filled in."""
        return escape(self.words.words[key]).format(**filled)

    @property
    def change_it(self) -> Markup:
        """What one chooses to see how a mark is changed."""
        return self.say("change_it")


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


def _pages(report: Report, speaker: _Speaker) -> Iterator[Mapping[str, object]]:
    names = {name: f"page-{at}" for at, name in enumerate(report.pages)}
    reasons = preview.explained(report.leaflet)
    for own, sentences in zip(report.leaflet.pages, reasons, strict=True):
        html = rendering.render(writing.body_of(report.pages[own.name]))
        html = _with_reasons(_headed(html, own, speaker), sentences, report.leaflet, speaker)
        html = _self_contained(html, own.name, names, report.leaflet.document.media)
        html = html.replace("<table>", WIDE.format(speaker.say("table"))).replace(
            "</table>", "</table></div>"
        )
        # It is our own rendering, proved to have nothing in it that acts.
        shown = Markup(html)  # noqa: S704
        yield {"anchor": names[own.name], "name": own.name, "title": own.title, "html": shown}


def _headed(html: str, own: Page, speaker: _Speaker) -> str:
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
        how = speaker.say("copy_heading", headings=Markup("<code>headings:</code>"))
        made = Markup(
            '\n<div lang="{}" class="why of-heading"><p>{}</p>{}<details><summary>{}</summary>'
            '<p>{}</p><pre tabindex="0">{}</pre></details></div>'
        ).format(
            speaker.words.language,
            speaker.say("taken_for_heading"),
            speaker.words.heading(why),
            speaker.change_it,
            how,
            reviewfile.heading_entry(heading.text) if heading else "",
        )
        return f"{found.group()}{made}"

    return HEADING.sub(below, html)


def _with_reasons(
    html: str, sentences: Sequence[Sequence[Sentence]], leaflet: Leaflet, speaker: _Speaker
) -> str:
    """Put below each notice why its sentences are in it."""
    starts = [found.start() for found in NOTICE.finditer(html)]
    if len(starts) != len(sentences):
        return html
    for start, own in reversed(list(zip(starts, sentences, strict=True))):
        in_row = html.startswith("<span", start)
        end = html.index("</table>", start) + 8 if in_row else _end_of_div(html, start)
        html = html[:end] + _why(own, leaflet, speaker) + html[end:]
    return html


def _end_of_div(html: str, start: int) -> int:
    depth = 0
    for tag in DIV.finditer(html, start):
        depth += 1 if tag.group() == "<div" else -1
        if depth == 0:
            return tag.end()
    return len(html)


def _why(sentences: Sequence[Sentence], leaflet: Leaflet, speaker: _Speaker) -> str:
    """Return the reasons of a notice's sentences, neighbours with one reason together."""
    if not sentences:
        return ""
    loaded = notices.load(leaflet.document.lang)
    row = Markup(
        "<li><b>{}</b>: <span lang='{}'>{}</span><br><span class='reason' lang='{}'>{}</span></li>"
    )
    lang = leaflet.document.lang
    rows = [
        row.format(
            speaker.say(label).capitalize(), lang, " ".join(f"“{s.text}”" for s in run), lang, why
        )
        for (label, why), group in groupby(sentences, key=lambda s: (s.label, told(s, loaded)))
        for run in [list(group)]
    ]
    decisions_of = "".join(
        reviewfile.entry(s, deciding.occurrence(s, leaflet.sentences)) for s in sentences
    )
    kinds = Markup(", ").join(("none", *(kind for kind in Kind if kind is not Kind.NONE)))
    key = Markup("<code>sentences:</code>")
    made = Markup(
        '\n<div lang="{}" class="why"><p>{}</p><ul>{}</ul><p class="paper">☐ {} &nbsp; ☐ {} &nbsp; '
        "☐ {}: ………………………………</p><details><summary>{}</summary><p>{}</p>"
        '<pre tabindex="0" lang="{}">{}</pre></details></div>'
    ).format(
        speaker.words.language,
        speaker.say("why_notice"),
        Markup("").join(rows),
        speaker.say("is_right"),
        speaker.say("no_notice"),
        speaker.say("other_kind"),
        speaker.change_it,
        speaker.say("copy_sentences", sentences=key, kinds=kinds),
        leaflet.document.lang,
        decisions_of,
    )
    # As plain text: it goes between pieces of HTML, which are not to be escaped.
    return str(made)


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
