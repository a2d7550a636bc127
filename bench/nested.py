"""Press documents with everything in everything, as no author writes, and report what came of them.

    python bench/nested.py [HOW_MANY] [FIRST_SEED] [.docx,.html]

Lists in tables in quotations in notes, with signs that mean something to Markdown: pandoc makes
each a file, and it is pressed. "told, by the proof" is a good file that our own writing or reading
would have changed; each such message is printed once by its kind of file.
"""

from __future__ import annotations

import collections
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pypandoc

from clinicpress import build
from clinicpress.errors import ClinicpressError

WORDS = (
    "the risk call Do not 999 is fine. Tell us if a 3 mg (x) 2. – e.g. and* H2 #1 5-10 a/b".split()
)
STYLES = "Emph Strong Strikeout Superscript Subscript Underline SmallCaps".split()
ADDRESSES = ("https://example.org/a_b?c=1&d=2", "mailto:a@example.org", "tel:+441632960000")
NONE: list[Any] = ["", [], []]
DEEP = 2  # from here on only paragraphs
SHOWN = 12
OURS = ("the source says", "on the pages", "active HTML")

Node = dict[str, Any]


def inlines(chance: random.Random, depth: int = 0) -> list[Node]:
    out: list[Node] = []
    for _ in range(chance.randint(1, 7)):
        out += [{"t": "Space"}] if out else []
        out.append(inline(chance, depth))
    return out


def inline(chance: random.Random, depth: int) -> Node:
    dice = chance.random()
    if dice < 0.75 or depth > DEEP:
        return {"t": "Str", "c": chance.choice(WORDS)}
    if dice < 0.83:
        return {"t": chance.choice(STYLES), "c": inlines(chance, depth + 1)}
    if dice < 0.88:
        return {"t": "Link", "c": [NONE, inlines(chance, DEEP + 1), [chance.choice(ADDRESSES), ""]]}
    if dice < 0.92:
        return {"t": "Quoted", "c": [{"t": "DoubleQuote"}, inlines(chance, depth + 1)]}
    if dice < 0.95:
        return {"t": "LineBreak"}
    if dice < 0.97 and depth == 0:
        return {"t": "Note", "c": blocks(chance, DEEP)}
    return {"t": "Code", "c": [NONE, chance.choice(["a b", "x*y"])]}


def blocks(chance: random.Random, depth: int) -> list[Node]:
    return [block(chance, depth) for _ in range(chance.randint(1, 2))]


def block(chance: random.Random, depth: int = 0) -> Node:
    dice = chance.random()
    items = (
        [blocks(chance, depth + 1) for _ in range(chance.randint(1, 4))] if depth <= DEEP else []
    )
    if dice < 0.45 or depth > DEEP:
        return {"t": "Para", "c": inlines(chance, min(depth, 1))}
    if dice < 0.58:
        return {"t": "BulletList", "c": items}
    if dice < 0.70:
        style = [chance.choice([1, 3]), {"t": "Decimal"}, {"t": "Period"}]
        return {"t": "OrderedList", "c": [style, items]}
    if dice < 0.78:
        return {"t": "BlockQuote", "c": items[0]}
    if dice < 0.82:
        return {"t": "CodeBlock", "c": [NONE, "line one\n  line two"]}
    if dice < 0.86:
        return {"t": "DefinitionList", "c": [[inlines(chance, 1), [items[0]]]]}
    return table(chance, chance.randint(1, 3))


def table(chance: random.Random, width: int) -> Node:
    def row() -> list[Any]:
        cells = [blocks(chance, DEEP) if chance.random() < 0.3 else [] for _ in range(width)]
        plain = [{"t": "Plain", "c": inlines(chance, DEEP)}]
        return [NONE, [[NONE, {"t": "AlignDefault"}, 1, 1, cell or plain] for cell in cells]]

    rows = [row() for _ in range(chance.randint(1, 3))]
    columns = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}]] * width
    return {
        "t": "Table",
        "c": [NONE, [None, []], columns, [NONE, [row()]], [[NONE, 0, [], rows]], [NONE, []]],
    }


def document(chance: random.Random) -> str:
    made: list[Node] = []
    for _ in range(chance.randint(2, 5)):
        title = [{"t": "Str", "c": "Care"}, {"t": "Space"}, {"t": "Str", "c": chance.choice(WORDS)}]
        made += [{"t": "Header", "c": [1, NONE, title]}, *blocks(chance, 0), block(chance)]
    return json.dumps({"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": made})


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    kinds = (sys.argv[3] if len(sys.argv) > 3 else ".docx,.odt,.html,.md,.rtf,.epub").split(",")
    ends: collections.Counter[tuple[str, str]] = collections.Counter()
    told: list[str] = []
    with tempfile.TemporaryDirectory(prefix="clinicpress-nested-") as folder:
        for seed in range(first, first + count):
            text = document(random.Random(seed))  # noqa: S311 - chance, not secrets
            for kind in kinds:
                path = Path(folder) / f"leaflet{kind}"
                options = ["-f", "json", "-s", "-o", str(path), "--metadata", "title=Leaflet"]
                command = [pypandoc.get_pandoc_path(), *options]
                subprocess.run(command, input=text, encoding="utf-8", check=True)
                end = press(path)
                ends[kind, end.partition(": ")[0]] += 1
                told += [f"{kind} seed {seed} {end}"] if ": " in end else []
    for (kind, end), number in sorted(ends.items()):
        print(f"{kind:6} {end} {number}")
    print("\n".join(told[:SHOWN]))


def press(path: Path) -> str:
    try:
        build.press(path, path.name, "leaflet")
    except ClinicpressError as error:
        ours = any(words in error.problem for words in OURS)
        return f"told, by the proof: {error.problem}" if ours else "told"
    return "pressed"


if __name__ == "__main__":
    main()
