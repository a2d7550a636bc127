"""What the pages' security policy would block is found before a reader misses it."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest

from clinicpress.checks import policy
from conftest import clinicpress

STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"
OUTSIDE = "https://video.example/1"


def found(tmp_path: Path, body: str, given: str = STRICT, source: str | None = None) -> list[str]:
    """Return the problems of a page with a body, under a policy."""
    site, docs = tmp_path / "site", tmp_path / "docs"
    site.mkdir()
    docs.mkdir()
    meta = f'<meta http-equiv="Content-Security-Policy" content="{given}">' if given else ""
    (site / "own.html").write_text(f"<html><head>{meta}</head>{body}</html>", encoding="utf-8")
    (docs / "own.md").write_text(source if source is not None else body, encoding="utf-8")
    return [f"{f.place}: {f.problem}" for f in policy.check(site, docs, set())]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<p>One</p>\n<script>alert(1)</script>", "docs/own.md:2: browsers will block the script"),
        ("<style>p {color: red}</style>", "docs/own.md:1: browsers will block the style"),
        ('<p style="color: red">A</p>', "the style “color: red” of <p>"),
        ('<button onclick="go()">A</button>', "`onclick` of <button>"),
        (f'<iframe src="{OUTSIDE}"></iframe>', f"<iframe> with {OUTSIDE}"),
        (f'<img src="{OUTSIDE}.png" alt="">', f"<img> with {OUTSIDE}.png"),
        ('<img src="//video.example/a.png" alt="">', "<img> with //video.example/a.png"),
        (f'<script src="{OUTSIDE}"></script>', f"<script> with {OUTSIDE}"),
        (f'<link rel="stylesheet" href="{OUTSIDE}.css">', f"the style sheet {OUTSIDE}.css"),
    ],
)
def test_what_is_blocked_is_found_with_its_line(tmp_path: Path, body: str, told: str) -> None:
    (problem,) = found(tmp_path, body)
    assert told in problem


@pytest.mark.parametrize(
    "body",
    [
        '<script src="assets/own.js"></script>',
        '<script type="application/ld+json">{"a": 1}</script>',
        '<img src="images/a.png" alt=""><img src="data:image/png;base64,AA" alt="">',
        f'<a href="{OUTSIDE}">A video</a>',
        "<p>on the roof, style and all</p>",
    ],
)
def test_what_is_allowed_is_not(tmp_path: Path, body: str) -> None:
    assert found(tmp_path, body) == []


def test_a_digest_or_a_host_in_the_policy_gives_leave(tmp_path: Path) -> None:
    digest = base64.b64encode(hashlib.sha256(b"text-align: left;").digest()).decode()
    given = f"{STRICT} 'self'; style-src 'sha256-{digest}'; frame-src https://video.example"
    body = f'<p style="text-align: left;">A</p><iframe src="{OUTSIDE}"></iframe>'
    assert found(tmp_path, body, given) == []


def test_a_form_is_blocked_only_where_the_policy_speaks_of_forms(tmp_path: Path) -> None:
    body = f'<form action="{OUTSIDE}"></form>'
    for name, given, told in (("a", STRICT, 0), ("b", f"{STRICT}; form-action 'none'", 1)):
        (tmp_path / name).mkdir()
        assert len(found(tmp_path / name, body, given)) == told


def test_pages_without_a_policy_or_from_a_document_are_left(tmp_path: Path) -> None:
    assert found(tmp_path, "<script>alert(1)</script>", given="") == []
    assert policy.check(tmp_path / "site", tmp_path / "docs", {"own.md"}) == []


def test_our_own_pages_have_nothing_that_is_blocked(small_project: Path) -> None:
    page = small_project / "docs" / "film.md"
    page.write_text(f'# A film\n\nText.\n\n<iframe src="{OUTSIDE}"></iframe>\n', encoding="utf-8")
    done = clinicpress("build", cwd=small_project)
    assert done.returncode == 1
    assert "docs/film.md:5: browsers will block <iframe>" in done.stderr
    assert done.stderr.count("browsers will block") == 1
    page.unlink()
    assert clinicpress("build", cwd=small_project).returncode == 0
