"""The only module that runs pandoc. It is GPL and stays a command: never imported, never linked."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from typing import Any

from clinicpress.errors import ClinicpressError
from clinicpress.tree import Nodes

TIME_LIMIT_S = 60
HEAP_LIMIT = "512m"
# CommonMark, as editors and code hosts show it, with tables, notes and definition lists. Without
# formulas, raw formats or attributes in braces, which clinics do not mean, and without rewriting of
# quotes. Boxes (`::: warning`) are read, and alerts (`> [!WARNING]`) as the quotations they are.
# (In pandoc's own dialect a wrapped line that begins with "2012." would become a list.)
MARKDOWN_IN = (
    "commonmark_x+yaml_metadata_block+autolink_bare_uris"
    "-smart-tex_math_dollars-raw_attribute-attributes-bracketed_spans-alerts-emoji-fancy_lists"
)
# What Python-Markdown reads, with the extensions that `rendering` names.
MARKDOWN_OUT = (
    "markdown_strict+fenced_code_blocks+pipe_tables+definition_lists+footnotes+four_space_rule"
    "+backtick_code_blocks+startnum+superscript+subscript+strikeout+header_attributes+all_symbols_escapable"
)


def read(text: str, place: str) -> dict[str, Any]:
    """Return pandoc's tree of a Markdown text."""
    tree: dict[str, Any] = json.loads(_run(["--from", MARKDOWN_IN, "--to", "json"], text, place))
    return tree


def read_html(text: str, place: str) -> dict[str, Any]:
    """Return pandoc's tree of an HTML text."""
    tree: dict[str, Any] = json.loads(_run(["--from", "html-smart", "--to", "json"], text, place))
    return tree


def read_file(data: bytes, kind: str, place: str) -> dict[str, Any]:
    """Return pandoc's tree of a file; tracked changes accepted, comments left out."""
    tree: dict[str, Any] = json.loads(_run(["--from", kind, "--to", "json"], data, place))
    return tree


def write(blocks: Nodes, place: str) -> str:
    """Return blocks as the Markdown that Python-Markdown reads."""
    return _run(
        [*FROM_JSON, "--to", MARKDOWN_OUT, "--wrap=none", "--markdown-headings=atx"],
        _json(blocks),
        place,
    )


def write_html(blocks: Nodes, place: str) -> str:
    """Return blocks as HTML, for what Markdown can't say."""
    return _run([*FROM_JSON, "--to", "html-smart", "--wrap=none"], _json(blocks), place)


def write_typst(blocks: Nodes, place: str) -> str:
    """Return blocks as Typst markup."""
    return _run([*FROM_JSON, "--to", "typst-citations", "--wrap=none"], _json(blocks), place)


FROM_JSON = ["--from", "json"]
API_VERSION = [1, 23, 1, 1]


def _json(blocks: Nodes) -> str:
    return json.dumps({"pandoc-api-version": API_VERSION, "meta": {}, "blocks": blocks})


@cache
def _command() -> str:
    # Imported here: it is slow to import, and only some commands come this far.
    import pypandoc

    return str(pypandoc.get_pandoc_path())


def _run(options: list[str], text: str | bytes, place: str) -> str:
    command = [_command(), "+RTS", f"-M{HEAP_LIMIT}", "-RTS", "--sandbox", *options]
    try:
        given = text if isinstance(text, bytes) else text.encode()
        done = subprocess.run(command, input=given, capture_output=True, timeout=TIME_LIMIT_S)
    except subprocess.TimeoutExpired:
        problem = f"reading it took longer than {TIME_LIMIT_S} seconds"
        raise ClinicpressError(
            place, problem, "Split it into smaller documents and try again."
        ) from None
    if done.returncode != 0:
        raise _failure(done.stderr.decode("utf-8", "replace"), place)
    return done.stdout.decode()


def _failure(said: str, place: str) -> ClinicpressError:
    if "+RTS -M" in said:
        problem = "reading it takes more memory than it should"
        remedy = "Look for a footnote that refers to itself, or split the document."
        return ClinicpressError(place, problem, remedy)
    detail = said.strip().splitlines()[-1:] or ["no reason given"]
    problem = f"it could not be converted ({detail[0].removeprefix('pandoc: ')})"
    return ClinicpressError(place, problem, "Open it in its own program, save it again, and retry.")
