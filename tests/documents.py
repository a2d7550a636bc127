"""Word and OpenDocument files made of their XML, for tests that need a certain thing in one."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

OPEN = "http://schemas.openxmlformats.org"
SPACES = (
    f'xmlns:w="{OPEN}/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    f'xmlns:r="{OPEN}/officeDocument/2006/relationships" '
    f'xmlns:wp="{OPEN}/drawingml/2006/wordprocessingDrawing" '
    f'xmlns:a="{OPEN}/drawingml/2006/main" xmlns:pic="{OPEN}/drawingml/2006/picture" '
    f'xmlns:mc="{OPEN}/markup-compatibility/2006" xmlns:m="{OPEN}/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMES = {
    "Title": "Title", "Subtitle": "Subtitle", "Caption": "caption", "TOCHeading": "TOC Heading",
    "TOC1": "toc 1", "Big": "Leaflet head", **{f"Heading{n}": f"heading {n}" for n in range(1, 7)},
}  # fmt: skip
LOOKS = {"Big": '<w:rPr><w:sz w:val="32"/></w:rPr>'}
RELATED = {
    "styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes",
    "comments": "comments", "header1": "header", "footer1": "footer",
}  # fmt: skip
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8"
    "cfc000000301010018dd8db00000000049454e44ae426082"
)


def run(text: str, look: str = "") -> str:
    """Return a run of text; `look` is its properties."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inner: str, style: str = "", look: str = "", more: str = "") -> str:
    """Return a paragraph of text, or of runs where `inner` has some; `more` is its properties."""
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + more
    runs = inner if inner.startswith("<w:") else run(inner, look)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def item(text: str, number: int, level: int = 0) -> str:
    """Return a list item of a list that the numbering part has."""
    return p(text, more=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def table(*rows: str) -> str:
    """Return a table of rows of cells."""
    columns = '<w:gridCol w:w="2000"/>' * max(row.count("<w:tc>") for row in rows)
    body = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>"


def cell(*paragraphs: str, properties: str = "") -> str:
    """Return a cell of a table; `properties` say which others it is merged with."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(p, paragraphs))}</w:tc>"


def picture(alternative: str, relation: str = "rPic") -> str:
    """Return a run with a picture in it."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="9525" cy="9525"/>'
        f'<wp:docPr id="1" name="p" descr="{alternative}"/><a:graphic><a:graphicData '
        f'uri="{OPEN}/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="p"/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/></pic:blipFill>'
        "<pic:spPr/></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def word(
    path: Path,
    body: str,
    parts: Mapping[str, str] | None = None,
    files: Mapping[str, bytes] | None = None,
    relations: str = "",
) -> Path:
    """Make a Word file: its body, the inside of `parts` by name, other files by their paths."""
    given = {"styles": _sheet(), **(parts or {})}
    roots = {"styles": "styles", "header1": "hdr", "footer1": "ftr"}
    entries: dict[str, str | bytes] = {
        "[Content_Types].xml": _types(given),
        "_rels/.rels": _relations(_relation("r1", "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": _relations(
            "".join(_relation(f"r-{n}", RELATED[n], f"{n}.xml") for n in given) + relations
        ),
        "word/document.xml": _root("document", f"<w:body>{body}</w:body>"),
        **{f"word/{name}.xml": _root(roots.get(name, name), xml) for name, xml in given.items()},
        **(files or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


def _root(tag: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{tag} {SPACES}>{inner}</w:{tag}>'


def _sheet() -> str:
    return "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>'
        f"{LOOKS.get(key, '')}</w:style>"
        for key, name in NAMES.items()
    )


def relation(identifier: str, kind: str, target: str, outside: bool = False) -> str:
    """Return a relation of the document to another part, or to an address outside."""
    return _relation(identifier, kind, target, ' TargetMode="External"' if outside else "")


def _relation(identifier: str, kind: str, target: str, mode: str = "") -> str:
    url = f"{OPEN}/officeDocument/2006/relationships/{kind}"
    return f'<Relationship Id="{identifier}" Type="{url}" Target="{target}"{mode}/>'


def _relations(inner: str) -> str:
    return f'<Relationships xmlns="{OPEN}/package/2006/relationships">{inner}</Relationships>'


def _types(parts: Mapping[str, str]) -> str:
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{WORD}.{RELATED[name]}+xml"/>'
        for name in parts
    )
    return (
        f'<Types xmlns="{OPEN}/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        '<Override PartName="/word/document.xml" ContentType="'
        f'{WORD}.document.main+xml"/>{overrides}</Types>'
    )


# --- OpenDocument

ODF = "urn:oasis:names:tc:opendocument:xmlns"
ODF_SPACES = (
    f'xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0" xmlns:table="{ODF}:table:1.0" '
    f'xmlns:draw="{ODF}:drawing:1.0" xmlns:svg="{ODF}:svg-compatible:1.0" '
    f'xmlns:style="{ODF}:style:1.0" xmlns:fo="{ODF}:xsl-fo-compatible:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
)


def open_document(
    path: Path, body: str, styles: str = "", files: Mapping[str, bytes] | None = None
) -> Path:
    """Make an OpenDocument text: its body, its automatic styles, other files by their paths."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODF_SPACES} '
        f'office:version="1.3"><office:automatic-styles>{styles}</office:automatic-styles>'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    sheet = f"<office:document-styles {ODF_SPACES}><office:styles/></office:document-styles>"
    kind = "application/vnd.oasis.opendocument.text"
    listed = f'<manifest:manifest xmlns:manifest="{ODF}:manifest:1.0"/>'
    entries: dict[str, str | bytes] = {
        "mimetype": kind, "META-INF/manifest.xml": listed, "content.xml": content,
        "styles.xml": sheet, **(files or {}),
    }  # fmt: skip
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path
