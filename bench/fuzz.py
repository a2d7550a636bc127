"""Press many generated and mutated documents of every format, and report what came of them.

    python bench/fuzz.py [HOW_MANY] [FIRST_SEED]

Each ends in one of three ways: pressed (every word proved on its page), told (a ClinicpressError,
the clear message a clinic sees; with `-v` last it is printed), or anything else, which is a fault
and printed with its seed. Told because the proof failed on a good file, so by a fault of our own
writing, is counted apart.
"""

from __future__ import annotations

import collections
import io
import random
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile
from pathlib import Path

import pypandoc

from clinicpress import build
from clinicpress.errors import ClinicpressError

SIGNS = (
    "/// {: #a .b} \\ ` * _ [x](y) <b> &amp; & | ~ ^ $ = + - : ! [^1] 1. # > '\" … — é 漢字 \\0 "
    "** __ ~~ ``` [a]: ![i](j.png) <script>alert(1)</script> <!-- c --> http://a.b/c_d_e a@b.c "
    ":smile: ==x== *a* _b_ **c** \\* (c) 2) i. &#60; &lt; \u00a0 \u00ad \u200b عربي"
).split(" ")
WORDS = "the risk call Do not 999 stop now pain it is fine. See you. Tell us if a".split()
STARTS = [
    "",
    "",
    "",
    "# ",
    "## ",
    "### ",
    "- ",
    "  - ",
    "1. ",
    "> ",
    "    ",
    "Term\n: ",
    "* ",
    "```\n",
]
STARTS += ["| a | b |\n|---|---|\n| ", "[^n]: ", "/// ", "!!! note ", "**", "\t"]
TAGS = "p div h1 h2 li ul table tr td b i script style span a blockquote pre br img".split()
KINDS = (".md", ".txt", ".html", ".docx", ".odt", ".rtf", ".epub")
# The part of each that holds its text, by how its name ends.
MAIN = {
    ".docx": "word/document.xml",
    ".odt": "content.xml",
    ".epub": (".xhtml", ".opf", "container.xml"),
}
# What the proof says when our own writing loses something of a good file.
OURS = "the source says"
VERBOSE = "-v" in sys.argv


def text_of(chance: random.Random) -> str:
    lines = []
    for _ in range(chance.randint(1, 14)):
        words = [
            chance.choice(WORDS if chance.random() < 0.7 else SIGNS)
            for _ in range(chance.randint(1, 10))
        ]
        lines.append(chance.choice(STARTS) + " ".join(words) + chance.choice(["\n", "\n\n"]))
    return "".join(lines)


def html_of(chance: random.Random) -> str:
    pieces = []
    for word in text_of(chance).split():
        tag = chance.choice(TAGS)
        pieces.append(
            chance.choice(
                [
                    word,
                    word,
                    f"<{tag}>{word}",
                    f"</{tag}>{word}",
                    f'<{tag} id="x" onclick=y>{word}</{tag}>',
                ]
            )
        )
    return " ".join(pieces)


def rich(chance: random.Random) -> bytes:
    """Return a Rich Text file of a generated text, half of them damaged."""
    command = [str(pypandoc.get_pandoc_path()), "-f", "commonmark_x", "-t", "rtf", "-s", "-o", "-"]
    plain = text_of(chance).replace("![i](j.png)", "")
    data = subprocess.run(command, input=plain.encode(), capture_output=True, check=True).stdout
    return data if chance.random() < 0.5 else damaged(chance, data)


def packed(chance: random.Random, suffix: str) -> bytes:
    """Return a Word, OpenDocument or EPUB file of a generated text, half of them damaged."""
    command = [str(pypandoc.get_pandoc_path()), "-f", "commonmark_x", "-t", suffix[1:], "-o", "-"]
    plain = text_of(chance).replace("[^n]", "").replace("![i](j.png)", "")
    data = subprocess.run(command, input=plain.encode(), capture_output=True, check=True).stdout
    if chance.random() < 0.5:
        return data
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, damaged(chance, part) if name.endswith(MAIN[suffix]) else part)
    return out.getvalue() if chance.random() < 0.8 else damaged(chance, out.getvalue())


def damaged(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data))
    match chance.randrange(4):
        case 0:
            return data[:at]
        case 1:
            return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
        case 2:
            end = min(len(data), at + chance.randrange(200))
            return data[:at] + data[end:]
        case _:
            end = min(len(data), at + chance.randrange(200))
            return data[:end] + data[at:]


def document(chance: random.Random, suffix: str) -> bytes:
    if suffix in MAIN:
        return packed(chance, suffix)
    if suffix == ".rtf":
        return rich(chance)
    data = (html_of(chance) if suffix == ".html" else text_of(chance)).encode()
    return damaged(chance, data) if data and chance.random() < 0.1 else data


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    ends: dict[str, collections.Counter[str]] = {suffix: collections.Counter() for suffix in KINDS}
    slowest = (0.0, "")
    with tempfile.TemporaryDirectory(prefix="clinicpress-fuzz-") as folder:
        for seed in range(first, first + count):
            chance = random.Random(seed)  # noqa: S311 - chance, not secrets
            suffix = KINDS[seed % len(KINDS)]
            path = Path(folder) / f"leaflet{suffix}"
            path.write_bytes(document(chance, suffix))
            start = time.perf_counter()
            end = press(path, seed)
            slowest = max(slowest, (time.perf_counter() - start, f"seed {seed}"))
            ends[suffix][end] += 1
        strays = [p.name for p in Path(folder).iterdir() if not p.name.startswith("leaflet.")]
    for suffix, counted in ends.items():
        print(f"{suffix:6} " + "  ".join(f"{end} {n}" for end, n in sorted(counted.items())))
    print(f"slowest {slowest[0]:.1f} s ({slowest[1]}); files beside the documents: {len(strays)}")
    return sum(counted["fault"] for counted in ends.values()) + len(strays)


def press(path: Path, seed: int) -> str:
    try:
        build.press(path, path.name, "leaflet")
    except ClinicpressError as error:
        if VERBOSE:
            print(f"seed {seed}: {error}")
        return "told, by the proof" if OURS in error.problem else "told"
    except Exception:
        print(f"seed {seed}:")
        traceback.print_exc(limit=-4)
        return "fault"
    return "pressed"


if __name__ == "__main__":
    sys.exit(min(main(), 1))
