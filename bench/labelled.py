"""Read the labelled leaflets that the notices are developed and measured on.

    python bench/labelled.py FILE...      check files and count their labels

A file begins with `lang:`, `title:`, `voice:` lines. After that, one line each:

    # Section heading            ## Subsection heading
    N A sentence of a paragraph. (a blank line ends the paragraph)
    * S A bulleted item.         1. S A numbered item.
    | N a cell | a cell          a table row; the first row of a table is `|h cell | cell`

The letter is the label: N none, S safety, C credential, E emergency. `N/S` is a borderline
sentence: either label is right, the first is the likelier.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

LABELS = {"N": "none", "S": "safety", "C": "credential", "E": "emergency"}
MARKED = re.compile(r"(?P<shape>\* |\d+\. |\| |)(?P<label>[NSCE](?:/[NSCE])?) (?P<text>\S.*)")
HEADING = re.compile(r"(?P<marks>##?) (?P<text>\S.*)")
SHAPES = {"*": "item", "|": "row", "": "para"}


@dataclass
class Leaflet:
    """A labelled leaflet: its lines in order, as (shape, text, labels that are right)."""

    name: str
    facts: dict[str, str] = field(default_factory=dict)
    lines: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)

    def labelled(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return each labelled text with its labels, in reading order."""
        return [(text, labels) for _, text, labels in self.lines if labels]


def read(path: Path) -> Leaflet:
    """Read a file; raise `ValueError` with the line where it is not as described above."""
    leaflet = Leaflet(path.stem)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.rstrip()
        if not leaflet.lines and (found := re.match(r"(lang|title|voice): (\S.*)", line)):
            leaflet.facts[found[1]] = found[2]
        elif not line:
            continue
        elif found := HEADING.fullmatch(line):
            leaflet.lines.append((f"h{len(found['marks'])}", found["text"], ()))
        elif line.startswith("|h "):
            leaflet.lines.append(("row-header", line[3:].strip(), ()))
        elif found := MARKED.fullmatch(line):
            shape = SHAPES.get(found["shape"].strip(), "number")
            labels = tuple(LABELS[letter] for letter in found["label"].split("/"))
            leaflet.lines.append((shape, found["text"], labels))
        else:
            raise ValueError(f"{path}:{number}: not a labelled line: {line!r}")
    if missing := {"lang", "title", "voice"} - leaflet.facts.keys():
        raise ValueError(f"{path}: no {', '.join(sorted(missing))}")
    return leaflet


def main() -> None:
    total: Counter[str] = Counter()
    for name in sys.argv[1:]:
        try:
            leaflet = read(Path(name))
        except ValueError as error:
            sys.exit(str(error))
        counts = Counter("/".join(labels) for _, labels in leaflet.labelled())
        total += counts
        print(f"{leaflet.name:40} {leaflet.facts['lang']:6} {sum(counts.values()):4}", dict(counts))
    print(f"{'all':47} {sum(total.values()):4}", dict(total))


if __name__ == "__main__":
    main()
