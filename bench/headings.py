"""Measure how well headings are found: the labelled leaflets, in every look that clinics give them.

    python bench/headings.py [-v] [LOOK...]

Each leaflet of tests/cases/labelled is written anew in each look (text at several widths, Word,
HTML, Markdown) and read back; F1 is over heading texts and over texts with their levels.
With -v, each heading missed or invented is printed.
"""

from __future__ import annotations

import html
import io
import itertools
import sys
import tempfile
import textwrap
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from labelled import Leaflet
from labelled import read as read_labelled

from clinicpress import reading, tree
from clinicpress.errors import ClinicpressError

CASES = Path(__file__).parents[1] / "tests" / "cases" / "labelled"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
Blocks = list[tuple[str, list[str]]]


def blocks(leaflet: Leaflet, path: Path) -> Blocks:
    """Return (shape, texts): h1, h2, para, items, numbers, rows; a blank line ends a paragraph."""
    out: Blocks = []
    lines = iter(leaflet.lines)
    last = ""
    text_of = {"item": "items", "number": "numbers", "row": "rows", "row-header": "rows"}
    blank_before = _blank_before(path)
    for shape, text, _ in lines:
        kind = text_of.get(shape, shape)
        if kind in ("h1", "h2"):
            out.append((kind, [text]))
        elif kind == last and (kind != "para" or text not in blank_before):
            out[-1][1].append(text)
        else:
            out.append((kind, [text]))
        last = kind
    for kind, texts in out:
        if kind == "rows":
            width = max(row.count("|") for row in texts)
            texts[:] = [row + " | " * (width - row.count("|")) for row in texts]
    return [(kind, [" ".join(texts)] if kind == "para" else texts) for kind, texts in out]


def _blank_before(path: Path) -> set[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return {b.split(" ", 1)[-1].strip() for a, b in itertools.pairwise(lines) if not a}


Look = Callable[[str, Blocks], bytes]


def text(
    width: int | None = None, gaps: str = "all", head: Callable[[str, int, int], str] | None = None
) -> Look:
    """Return a writer of text: `gaps` all, before (headings stand close on their text), or none."""

    def write(title: str, given: Blocks) -> bytes:
        out: list[str] = [title, ""] if gaps != "none" else [title]
        sections = [0, 0]
        for kind, texts in given:
            if kind in ("h1", "h2"):
                sections = [sections[0] + 1, 0] if kind == "h1" else [sections[0], sections[1] + 1]
                out += [head(texts[0], *sections) if head else texts[0]]
                out += [""] if gaps == "all" else []
                continue
            out += list(_text_lines(kind, texts, width))
            out += [""] if gaps != "none" else []
        return "\n".join(out).encode()

    return write


def _text_lines(kind: str, texts: list[str], width: int | None) -> Iterator[str]:
    for number, item in enumerate(texts, 1):
        mark = {"items": "- ", "numbers": f"{number}. "}.get(kind, "")
        line = item.replace(" | ", "   |   ") if kind == "rows" else mark + item
        if width is None or kind == "rows":
            yield line
        else:
            yield from textwrap.wrap(
                line, width, subsequent_indent=" " * len(mark), break_on_hyphens=False,
                break_long_words=False,
            )  # fmt: skip


def capitals(text: str, section: int, part: int) -> str:
    return text if part else text.upper()


def numbered(text: str, section: int, part: int) -> str:
    if text[0].isdigit():
        return text
    return f"{section}.{part} {text}" if part else f"{section}. {text}"


def colon(text: str, section: int, part: int) -> str:
    return text if text.endswith(("?", ":")) else f"{text}:"


def ruled(text: str, section: int, part: int) -> str:
    return f"{text}\n{('-' if part else '=') * len(text)}"


# --- Word


def word(
    head: str = "", deep: str = "", title: str = "", sheet: str = "", change: str = ""
) -> Look:
    """Return a writer of Word files; `head`, `deep` and `title`: `style:NAME` or run properties."""

    def write(name: str, given: Blocks) -> bytes:
        body = _paragraph(name, title)
        for kind, texts in given:
            if kind in ("h1", "h2"):
                line = texts[0].upper() if change == "upper" and kind == "h1" else texts[0]
                body += _paragraph(line, head if kind == "h1" else deep or head)
            elif kind == "rows":
                body += _word_table(texts)
            else:
                marks = {"items": "• ", "numbers": "{}. "}.get(kind, "")
                body += "".join(
                    _paragraph(marks.format(n) + text) for n, text in enumerate(texts, 1)
                )
        return _packed(body, sheet)

    return write


def _paragraph(text: str, look: str = "") -> str:
    style = look.removeprefix("style:") if look.startswith("style:") else ""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    run = f"<w:rPr>{'' if style else look}</w:rPr>"
    run += f'<w:t xml:space="preserve">{html.escape(text)}</w:t>'
    return f"<w:p>{properties}<w:r>{run}</w:r></w:p>"


def _word_table(rows: list[str]) -> str:
    cells = (
        "".join(f"<w:tc>{_paragraph(cell)}</w:tc>" for cell in row.split(" | ")) for row in rows
    )
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def _packed(body: str, sheet: str) -> bytes:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{n}">'
        f'<w:name w:val="heading {n}"/></w:style>'
        for n in range(1, 7)
    )
    styles += '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
    parts = {
        "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/'
        'package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.'
        'openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
        f'ContentType="{WORD_TYPE}.document.main+xml"/><Override PartName="/word/styles.xml" '
        f'ContentType="{WORD_TYPE}.styles+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELS}"><Relationship Id="a" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELS}"><Relationship Id="s" '
        f'Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "word/styles.xml": f"<w:styles {W}>{styles}{sheet}</w:styles>",
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


# --- HTML and Markdown


def page(head: str, deep: str = "", title: str = "<h1>{}</h1>", css: str = "") -> Look:
    """Return a writer of web pages; the looks are patterns with `{}` for the text."""

    def write(name: str, given: Blocks) -> bytes:
        out = [f"<html><head><style>{css}</style></head><body>", title.format(html.escape(name))]
        for kind, texts in given:
            safe = [html.escape(item) for item in texts]
            match kind:
                case "h1" | "h2":
                    out.append((head if kind == "h1" else deep or head).format(safe[0]))
                case "para":
                    out.append(f"<p>{safe[0]}</p>")
                case "rows":
                    cells = (f"<tr><td>{row.replace(' | ', '</td><td>')}</td></tr>" for row in safe)
                    out.append(f"<table>{''.join(cells)}</table>")
                case _:
                    tag = {"items": "ul", "numbers": "ol"}[kind]
                    items = "".join(f"<li>{item}</li>" for item in safe)
                    out.append(f"<{tag}>{items}</{tag}>")
        return "\n".join([*out, "</body></html>"]).encode()

    return write


def marked(head: str, deep: str = "", title: str = "# {}") -> Look:
    """Return a writer of Markdown."""

    def write(name: str, given: Blocks) -> bytes:
        out = [title.format(name, "=" * len(name))]
        for kind, texts in given:
            match kind:
                case "h1" | "h2":
                    rule = "-" * len(texts[0])
                    out.append((head if kind == "h1" else deep or head).format(texts[0], rule))
                case "para":
                    out.append(texts[0])
                case "rows":
                    width = texts[0].count(" | ") + 1
                    rows = [f"| {row} |" for row in texts]
                    out.append("\n".join([rows[0], "|---" * width + "|", *rows[1:]]))
                case _:
                    mark = "- " if kind == "items" else "1. "
                    out.append("\n".join(mark + text for text in texts))
        return "\n\n".join(out).encode()

    return write


BIG, BIGGER = '<w:sz w:val="28"/>', '<w:sz w:val="40"/>'
SHEET = (
    '<w:style w:type="paragraph" w:styleId="Kop"><w:name w:val="Leaflet head"/><w:rPr><w:b/>'
    '<w:sz w:val="30"/></w:rPr></w:style>'
)
TEXTS = {
    f"{name}-{gaps}-{width or 'whole'}": text(width, gaps, head)
    for name, head in (
        ("bare", None), ("capitals", capitals), ("numbered", numbered), ("colon", colon),
        ("ruled", ruled),
    )
    for gaps in ("all", "before", "none")
    for width in (None, 40, 60, 72, 80)
}  # fmt: skip
LOOKS: dict[str, dict[str, Look]] = {
    ".txt": TEXTS,
    ".docx": {
        "styles": word("style:Heading2", "style:Heading3", "style:Heading1"),
        "title": word("style:Heading1", "style:Heading2", "style:Title"),
        "from-3": word("style:Heading3", "style:Heading4", "style:Title"),
        "skips": word("style:Heading2", "style:Heading5", "style:Title"),
        "bold": word("<w:b/>", "", "<w:b/>"),
        "bold-italic": word("<w:b/>", "<w:i/>", "<w:b/><w:sz w:val='40'/>"),
        "underlined": word('<w:u w:val="single"/>', "", "<w:b/>"),
        "larger": word(BIG, "", BIGGER),
        "larger-deep": word(BIGGER, BIG, "<w:sz w:val='60'/>"),
        "larger-bold": word(BIGGER, "<w:b/>", "<w:sz w:val='60'/>"),
        "own-style": word("style:Kop", "", BIGGER, SHEET),
        "upper": word("", "<w:b/>", "<w:b/>", change="upper"),
        "caps": word("<w:b/><w:caps/>", "<w:b/>", "<w:b/>"),
        "colour": word('<w:color w:val="2E74B5"/>', "", BIGGER),
        "plain": word(),
    },
    ".html": {
        "h2": page("<h2>{}</h2>", "<h3>{}</h3>"),
        "h1": page("<h1>{}</h1>", "<h2>{}</h2>"),
        "h4": page("<h4>{}</h4>", "<h6>{}</h6>", "<h2>{}</h2>"),
        "bold": page("<p><b>{}</b></p>", "", "<p><strong>{}</strong></p>"),
        "bold-close": page("<b>{}</b><br>", "", "<h1>{}</h1>"),
        "underlined": page("<p><u>{}</u></p>"),
        "font": page('<p><font size="5">{}</font></p>', "", '<font size="7">{}</font>'),
        "size": page('<p style="font-size: 18pt">{}</p>', "", '<p style="font-size:24pt">{}</p>'),
        "span": page('<p><span style="font-size:1.5em">{}</span></p>'),
        "weight": page('<div style="font-weight:bold">{}</div>'),
        "class": page('<p class="head">{}</p>', css=".head { font-size: 1.4em; color: red }"),
        "plain": page("<p>{}</p>", "", "<p>{}</p>"),
    },
    ".md": {
        "atx": marked("## {}", "### {}"),
        "atx-1": marked("# {}", "## {}"),
        "atx-3": marked("### {}", "##### {}"),
        "setext": marked("{}\n{}", "### {}", "{}\n{}"),
        "bold": marked("**{}**"),
        "bold-all": marked("**{}**", "*{}*", "**{}**"),
    },
}


@dataclass
class Tally:
    gold: int = 0
    found: int = 0
    text: int = 0
    level: int = 0

    def add(self, other: Tally) -> None:
        self.gold, self.found = self.gold + other.gold, self.found + other.found
        self.text, self.level = self.text + other.text, self.level + other.level

    def __str__(self) -> str:
        both = max(1, self.gold + self.found)
        return (
            f"F1 {2 * self.text / both:.4f}  with level {2 * self.level / both:.4f}  ({self.gold})"
        )


def key(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def main() -> None:
    verbose = "-v" in sys.argv
    wanted = [word for word in sys.argv[1:] if word != "-v"]
    leaflets = [(read_labelled(path), path) for path in sorted(CASES.glob("*.txt"))]
    with tempfile.TemporaryDirectory() as folder:
        for suffix, looks in LOOKS.items():
            total = Tally()
            for name, look in looks.items():
                if wanted and not any(w in f"{suffix}-{name}" for w in wanted):
                    continue
                tally = Tally()
                for leaflet, path in leaflets:
                    file = Path(folder) / f"{leaflet.name}{suffix}"
                    tally.add(measure(leaflet, blocks(leaflet, path), look, file, verbose))
                print(f"{suffix:6} {name:22} {tally}", flush=True)
                total.add(tally)
            if total.gold:
                print(f"{suffix:6} {'all':22} {total}\n", flush=True)


def measure(leaflet: Leaflet, given: Blocks, look: Look, file: Path, verbose: bool) -> Tally:
    title = leaflet.facts["title"]
    file.write_bytes(look(title, given))
    gold = [(key(texts[0]), int(kind[1])) for kind, texts in given if kind in ("h1", "h2")]
    try:
        document = reading.read(file, file.name)
    except ClinicpressError as error:
        print(f"    {file.name}: {error}")
        return Tally(len(gold))
    found = [
        (key(tree.text(block["c"][2])), block["c"][0])
        for block in document.blocks
        if block["t"] == "Header"
    ]
    found = [(_unnumbered(words, gold), level) for words, level in found if words != key(title)]
    wanted, have = Counter(t for t, _ in gold), Counter(t for t, _ in found)
    if verbose:
        for sign, words in (("missed", wanted - have), ("wrong", have - wanted)):
            for line in words:
                print(f"    {file.name} {sign}: {line}")
    both = Counter(gold) & Counter(found)
    return Tally(len(gold), len(found), (wanted & have).total(), both.total())


def _unnumbered(words: str, gold: list[tuple[str, int]]) -> str:
    """Return a heading without its number, as score.py compares it."""
    rest = words.lstrip("0123456789 ")
    return rest if words not in dict(gold) and rest in dict(gold) else words


if __name__ == "__main__":
    main()
