"""What stands beneath the headings and notices of a sheet: why, room to tick, lines to copy."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from clinicpress import notices
from clinicpress.model import Heading, Kind, Leaflet, Page, Sentence
from clinicpress.notices.reasons import told
from clinicpress.report import MARKED
from clinicpress.review import deciding, preview, reviewfile
from clinicpress.review.phrases import ReviewWords

NOTICE = re.compile(
    r'<div[^>]*\sclass="admonition (?:emergency|safety|credential)"'
    r'|<span[^>]*\sclass="row-notice (?:emergency|safety|credential)"'
)
DIV = re.compile(r"<div\b|</div>")
HEADING = re.compile(r"(<h([1-6])\b[^>]*>)(.*?)(</h\2>)", re.S)
TICKS = ("is_right", "no_notice", "other_kind")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says what the review says, as HTML: all that is filled in is escaped unless it is HTML."""

    words: ReviewWords

    def say(self, key: str, /, **filled: object) -> Markup:
        """Return what stands under a key, its braces filled in."""
        return escape(self.words.words[key]).format(**filled)

    @property
    def ticks(self) -> Markup:
        """A box for each answer to a notice; on paper they stand in the margin beside it."""
        boxes = Markup(" ").join(Markup("<span>☐ {}</span>").format(self.say(t)) for t in TICKS)
        line = Markup("<span>…………………………</span>")
        return Markup('<p class="paper" lang="{}" dir="ltr">{} {}</p>').format(
            self.words.language, boxes, line
        )

    def to_copy(self, how: Markup, lines: str, lang: str) -> Markup:
        """Return the lines of a decision, folded away until one chooses to change something."""
        return Markup(
            "<details><summary>{}</summary><p>{}</p>"
            '<pre tabindex="0" lang="{}" dir="auto">{}</pre></details>'
        ).format(self.say("change_it"), how, lang, lines)


def with_heading_reasons(html: str, own: Page, leaflet: Leaflet, speaker: Speaker) -> str:
    """Put the reason for each inferred heading below it."""
    reasons = iter(preview.headings_of(own))
    # The title of the landing page is none of its blocks.
    skip = own.name == "index.md"

    def below(found: re.Match[str]) -> str:
        nonlocal skip
        if skip:
            skip = False
            return found.group()
        heading = next(reasons, None)
        if heading is None or heading.reason in ("", MARKED):
            return found.group()
        return found.group() + _of_heading(heading, leaflet, speaker)

    return HEADING.sub(below, html)


def _of_heading(heading: Heading, leaflet: Leaflet, speaker: Speaker) -> str:
    how = speaker.say("copy_heading", headings=Markup("<code>headings:</code>"))
    lines = reviewfile.heading_entry(heading.text)
    made = Markup('\n<div lang="{}" dir="ltr" class="why of-heading"><p>{}</p>{}{}</div>').format(
        speaker.words.language,
        speaker.say("labeled", label=speaker.say("taken_for_heading"), what=""),
        speaker.words.heading(heading.reason),
        speaker.to_copy(how, lines, leaflet.document.lang),
    )
    return str(made)


def with_reasons(
    html: str, sentences: Sequence[Sequence[Sentence]], leaflet: Leaflet, speaker: Speaker
) -> str:
    """Put below each notice why its sentences are in it, and boxes to tick beside it."""
    starts = [found.start() for found in NOTICE.finditer(html)]
    if len(starts) != len(sentences):
        return html
    for start, own in reversed(list(zip(starts, sentences, strict=True))):
        in_row = html.startswith("<span", start)
        end = html.index("</table>", start) + 8 if in_row else _end_of_div(html, start)
        html = html[:end] + _why(own, leaflet, speaker, in_row) + html[end:]
        if own and not in_row:
            # Within the notice, so that a sheet of paper never ends between the two.
            inside = html.index(">", start) + 1
            html = f"{html[:inside]}\n{speaker.ticks}{html[inside:]}"
    return html


def _end_of_div(html: str, start: int) -> int:
    depth = 0
    for tag in DIV.finditer(html, start):
        depth += 1 if tag.group() == "<div" else -1
        if depth == 0:
            return tag.end()
    return len(html)


def _why(own: Sequence[Sentence], leaflet: Leaflet, speaker: Speaker, in_row: bool) -> str:
    """Return the reasons of a notice's sentences, and the lines that decide otherwise."""
    if not own:
        return ""
    entries = (reviewfile.entry(s, deciding.occurrence(s, leaflet.sentences)) for s in own)
    kinds = Markup(", ").join(("none", *(kind for kind in Kind if kind is not Kind.NONE)))
    key = Markup("<code>sentences:</code>")
    how = speaker.say("copy_sentences", sentences=key, kinds=kinds)
    made = Markup('\n<div lang="{}" dir="ltr" class="why"><p>{}</p>{}<ul>{}</ul>{}</div>').format(
        speaker.words.language,
        speaker.say("why_notice"),
        speaker.ticks if in_row else "",
        Markup("").join(_rows(own, leaflet, speaker)),
        speaker.to_copy(how, "".join(entries), leaflet.document.lang),
    )
    # As plain text: it goes between pieces of HTML, which are not to be escaped.
    return str(made)


def _rows(own: Sequence[Sentence], leaflet: Leaflet, speaker: Speaker) -> Iterator[Markup]:
    """Yield reasons, neighbours with one reason together; kinds only where they are several."""
    lang, rules = leaflet.document.lang, notices.load(leaflet.document.lang)
    is_mixed = len({sentence.label for sentence in own}) > 1
    for (label, why), run in groupby(own, key=lambda s: (s.label, told(s, rules))):
        kind = Markup("<b>{}</b> ").format(speaker.say(label).capitalize()) if is_mixed else ""
        quotes = " ".join(f"“{_short(sentence.text)}”" for sentence in run)
        yield Markup(
            "<li>{}<span lang='{}' dir='auto'>{}</span> "
            "<span class='reason' lang='{}' dir='auto'>{}</span></li>"
        ).format(kind, lang, quotes, lang, why)


def _short(text: str) -> str:
    """Return how a sentence begins: the whole of it stands right above."""
    return textwrap.shorten(text, preview.QUOTE, placeholder=" …")
