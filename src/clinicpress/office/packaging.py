"""A Word file whose parts are named or written in an unusual way: brought to the usual one.

The main part may have any name that the list of relations gives, XML any prefixes, and its bytes
may be UTF-16. Word opens all of that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from clinicpress.office import archive, relations
from clinicpress.office.markup import UTF_16

MAIN = "word/document.xml"
ROOT, TYPES = "_rels/.rels", "[Content_Types].xml"
USUAL = frozenset({"styles", "numbering", "footnotes", "endnotes", "comments"})
TARGET = re.compile(rb"(\bTarget\s*=\s*[\"'])([^\"']*)([\"'])")
PREFIXED = re.compile(rb"xmlns:([\w.-]+)\s*=\s*[\"']([^\"']*)[\"']")
TAG = re.compile(rb"<(?:[^\"'>]|\"[^\"]*\"|'[^']*')*>")
CODING = re.compile(r"(<\?xml[^>]*?encoding\s*=\s*)[\"'][^\"']*[\"']")
OPEN = b"http://schemas.openxmlformats.org/"
NAMES: Mapping[bytes, bytes] = {
    OPEN + b"wordprocessingml/2006/main": b"w",
    OPEN + b"officeDocument/2006/relationships": b"r",
    OPEN + b"officeDocument/2006/math": b"m",
    OPEN + b"drawingml/2006/main": b"a",
    OPEN + b"drawingml/2006/picture": b"pic",
    OPEN + b"drawingml/2006/wordprocessingDrawing": b"wp",
    OPEN + b"drawingml/2006/diagram": b"dgm",
    OPEN + b"markup-compatibility/2006": b"mc",
    b"http://schemas.microsoft.com/office/word/2010/wordprocessingShape": b"wps",
    b"urn:schemas-microsoft-com:vml": b"v",
}


def usual(data: bytes) -> bytes:
    """Return a Word file with its parts named and written as Word does; any other as it is."""
    names = archive.names(data)
    held = archive.parts(data, [ROOT, TYPES])
    known = relations.read(held.get(ROOT, b""), "")
    main = next((each.part for each in known.values() if each.kind == "officeDocument"), MAIN)
    if main not in names or not main.startswith("word/") or "/" in main.removeprefix("word/"):
        return data
    listed = relations.beside(main)
    held |= archive.parts(data, [listed])
    moved = {main: MAIN, listed: relations.beside(MAIN), **_beside(held.get(listed, b""), main)}
    # Of two for one name, the first.
    moved = {new: old for old, new in reversed(moved.items()) if old != new and old in names}
    moved = {old: new for new, old in moved.items()}
    texts = [name for name in names if name.startswith("word/") and name.endswith(".xml")]
    held |= archive.parts(data, texts)
    changed = {name: _written(name, part, moved) for name, part in held.items()}
    changed = {name: part for name, part in changed.items() if part != held[name]}
    return archive.with_parts(data, changed, moved) if changed or moved else data


def _beside(listed: bytes, main: str) -> Mapping[str, str]:
    """Return the usual names of the parts that the main one needs, by those they have."""
    known = relations.read(listed, main).values()
    return {each.part: f"word/{each.kind}.xml" for each in known if each.kind in USUAL}


def _written(name: str, part: bytes, moved: Mapping[str, str]) -> bytes:
    if name == TYPES:
        for old, new in moved.items():
            part = part.replace(f'"/{old}"'.encode(), f'"/{new}"'.encode())
        return part
    if name.endswith(".rels"):
        folder = "word/" if name != ROOT else ""
        short = {old.removeprefix(folder): new.removeprefix(folder) for old, new in moved.items()}
        short |= {f"/{old}": f"/{new}" for old, new in moved.items()}

        def target(found: re.Match[bytes]) -> bytes:
            given = found[2].decode("utf-8", "replace")
            return found[1] + short[given].encode() + found[3] if given in short else found[0]

        return TARGET.sub(target, part)
    return _prefixed(_utf_8(part))


def _utf_8(part: bytes) -> bytes:
    if not part.startswith(UTF_16):
        return part
    try:
        return CODING.sub(r'\1"UTF-8"', part.decode("utf-16")).encode()
    except UnicodeDecodeError:
        return part


def _prefixed(part: bytes) -> bytes:
    """Return a part with the prefixes that Word writes, where others stand for the same."""
    declared = {prefix: NAMES[uri] for prefix, uri in PREFIXED.findall(part) if uri in NAMES}
    taken = {prefix for prefix, _ in PREFIXED.findall(part)}
    wanted = {old: new for old, new in declared.items() if old != new and new not in taken}
    if not wanted or len(set(wanted.values())) < len(wanted):
        return part
    either = b"|".join(map(re.escape, wanted))
    inside = re.compile(rb"(</?|\s|xmlns:)(" + either + rb")(?=[:=\s])")
    return TAG.sub(lambda tag: inside.sub(lambda m: m[1] + wanted[m[2]], tag[0]), part)
