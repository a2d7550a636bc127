"""A letter that only its document's font shows never goes out unseen."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicpress import privateletters, reading, tree
from clinicpress.content import Content, WordsLostError
from clinicpress.errors import ClinicpressError
from clinicpress.model import Loss

GIVEN = {
    "a.txt": "Your knee\n\nYou may walk every day.\n\n\uf0fb smoke for a week after this.\n",
    "a.md": "# Your knee\n\n\uf0fb smoke `\uf0fb`\n\n```\n\uf0fb run\n```\n",
    "a.html": "<title>Your knee</title><p>\uf0fb smoke, or <b>&#xF0FB;</b> drink.</p>",
    "title.md": "# Your \U00100000 knee\n\nRest.\n",
    "a.rtf": r"{\rtf1\ansi {\fonttbl{\f0 Arial;}}\f0 Your knee \u-3845 ? smoke.\par}",
}


@pytest.mark.parametrize("name", GIVEN)
def test_such_a_letter_stops_the_run_and_is_named(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(GIVEN[name], encoding="utf-8")
    with pytest.raises(ClinicpressError, match="a sign that only its font has") as raised:
        reading.read(path)
    assert "□" in raised.value.problem
    assert "write the sign itself" in raised.value.remedy
    allowed = reading.read(path, losses=None)
    said = allowed.title + "".join(map(str, allowed.blocks))
    assert privateletters.UNKNOWN in said
    assert not privateletters.LETTER.search(said)
    assert reading.read(path, losses=allowed.losses) == allowed


DOTS = "Your knee\n\nDo this at home:\n\n\uf0b7 Rest it well.\n\uf0a7 Cool it with ice.\n"


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_the_dots_of_words_lists_are_dots(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(DOTS.replace("\n", "\n\n") if name == "a.md" else DOTS, encoding="utf-8")
    said = str(reading.read(path).blocks)
    assert "BulletList" in said or "'•'" in said


def test_a_letter_in_a_text_is_no_dot() -> None:
    blocks = [tree.para("\uf0b75 ml"), tree.para("5 \uf0b7 ml"), {"t": "Para", "c": []}]
    assert privateletters.without_bullets(blocks) == blocks


def test_words_that_are_lost_are_all_named() -> None:
    losses = tuple(Loss(f"word{n}", f"A word{n}.") for n in range(22))
    said = WordsLostError("a.docx", Content(None, []), losses).problem
    assert said.count("(in “A word") == 20
    assert said.endswith("and more in 2 other places")
    said = WordsLostError("a.docx", Content(None, []), losses[:2]).problem
    assert said.endswith("“word0” (in “A word0.”), “word1” (in “A word1.”)")
