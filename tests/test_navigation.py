"""The menu in mkdocs.yml: only the lines of the leaflets that change are touched."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from clinicpress import catalog, lists, navigation, rendering
from clinicpress.catalog import Catalog
from clinicpress.errors import ClinicpressError
from clinicpress.lists import Front
from conftest import clinicpress

OLD = ["index.md", "before.md"]
NEW = ["index.md", "before.md", "after.md"]

# `{x}` stands for the lines of the leaflet `x`; `{end}` for where a new leaflet goes.
COMMENTED = """\
# The settings.
site_name: A   clinic  # odd   spacing
theme: {{name: material}}

# Above the menu.
nav:  # The menu
{dash}# Before the first entry
{dash}- Home: index.md  # The home page
{dash}# Above x
{x}{dash}# Below x
{dash}- 'Ear: care':
{dash}    - ear/index.md
{dash}- News: https://example.org/news
{end}
# Below the menu
plugins: [search]   # as it was

extra:
  a: !ENV [B, false]
"""


def entry(dash: str, title: str, folder: str, names: Sequence[str]) -> str:
    return f"{dash}- {title}:\n" + "".join(f"{dash}    - {folder}/{name}\n" for name in names)


def updated(
    tmp_path: Path,
    text: str,
    wanted: dict[str, tuple[str, Sequence[str]]],
    gone: Sequence[str] = (),
) -> str:
    """Update, hold that doing it again changes nothing, and return the text."""
    config = tmp_path / "mkdocs.yml"
    config.write_bytes(text.encode())
    once = navigation.updated(config, wanted, gone)
    config.write_bytes(once)
    assert navigation.updated(config, wanted, gone) == once
    assert set(wanted) <= set(navigation.leaflets(config))
    return once.decode()


@pytest.mark.parametrize("dash", ["", "  ", "    "])
def test_an_entry_keeps_its_place_and_title_and_all_else_stays(tmp_path: Path, dash: str) -> None:
    before = COMMENTED.format(dash=dash, x=entry(dash, "Our title", "x", OLD), end="")
    after = COMMENTED.format(dash=dash, x=entry(dash, "Our title", "x", NEW), end="")
    assert updated(tmp_path, before, {"x": ("New title", NEW)}) == after
    assert updated(tmp_path, before, {"x": ("New title", OLD)}) == before


@pytest.mark.parametrize("dash", ["", "  ", "    "])
def test_a_new_entry_goes_to_the_end_of_the_menu(tmp_path: Path, dash: str) -> None:
    before = COMMENTED.format(dash=dash, x="", end="")
    after = COMMENTED.format(dash=dash, x="", end=entry(dash, "Title", "y", NEW))
    assert updated(tmp_path, before, {"y": ("Title", NEW)}) == after


@pytest.mark.parametrize("dash", ["", "  ", "    "])
def test_a_gone_entry_is_taken_out(tmp_path: Path, dash: str) -> None:
    before = COMMENTED.format(dash=dash, x=entry(dash, "Our title", "x", OLD), end="")
    assert updated(tmp_path, before, {}, ["x"]) == COMMENTED.format(dash=dash, x="", end="")
    assert updated(tmp_path, before, {}, ["z"]) == before


def test_several_leaflets_at_once(tmp_path: Path) -> None:
    before = "nav:\n  - Home: index.md\n" + entry("  ", "X", "x", OLD) + entry("  ", "Y", "y", OLD)
    after = "nav:\n  - Home: index.md\n" + entry("  ", "X", "x", NEW) + entry("  ", "Z", "z", OLD)
    assert updated(tmp_path, before, {"x": ("X", NEW), "z": ("Z", OLD)}, ["y"]) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("site_name: A\n", "site_name: A\n\nnav:\n{}"),
        ("site_name: A", "site_name: A\n\nnav:\n{}"),
        ("nav:\n", "nav:\n{}"),
        ("nav:", "nav:\n{}"),
        ("nav: []\nplugins: []\n", "nav:\n{}plugins: []\n"),
        ("nav: []", "nav:\n{}"),
        ("a: 1\nnav: null\nb: 2\n", "a: 1\nnav:\n{}b: 2\n"),
        ("nav: # none yet\nb: 2\n", "nav: # none yet\n{}b: 2\n"),
        ("nav: []  # none yet\nb: 2\n", "nav:  # none yet\n{}b: 2\n"),
        ("nav:\n  # none yet\nb: 2\n", "nav:\n{}  # none yet\nb: 2\n"),
        ("nav:\n  - Home: index.md", "nav:\n  - Home: index.md\n{}"),
        ("nav:\n  - index.md\n\n", "nav:\n  - index.md\n{}\n"),
    ],
)
def test_a_menu_that_is_empty_missing_or_unfinished(
    tmp_path: Path, before: str, after: str
) -> None:
    made = updated(tmp_path, before, {"x": ("X", NEW)})
    assert made == after.format(entry("  ", "X", "x", NEW))


@pytest.mark.parametrize(
    "nav",
    [
        "nav: [index.md, {Ear: [ear/index.md, ear/a.md]}]\n",
        "nav:\n  - Home: index.md\n  - Ear: [ear/index.md, ear/a.md]\n",
        "nav:\n  - Home: index.md\n  - Ear: [\n      ear/index.md,\n      ear/a.md,\n    ]\n",
        "nav:\n  - {Ear: [ear/index.md, ear/a.md]}\n",
        "nav:\n- Ear:\n  - ear/index.md\n  - ear/a.md\n- Home: index.md\n",
        "nav:\n  - Ear:\n      - Start: ear/index.md\n      - The next: ear/a.md\n",
        "nav:\n  -   Ear:\n        - ear/index.md\n        - ear/a.md\n",
        "nav:\r\n  - Ear:\r\n      - ear/index.md\r\n      - ear/a.md\r\n",
    ],
)
def test_other_ways_to_write_a_menu(tmp_path: Path, nav: str) -> None:
    text = f"site_name: A\n{nav}# below\nplugins: [search]\n"
    made = updated(tmp_path, text, {"ear": ("New", NEW), "x": ("X", OLD)})
    found = yaml.safe_load(made)
    paths = [
        [next(iter(page.values())) if isinstance(page, dict) else page for page in item["Ear"]]
        for item in found["nav"]
        if "Ear" in item
    ]
    assert paths == [[f"ear/{name}" for name in NEW]]
    assert found["nav"][-1] == {"X": [f"x/{name}" for name in OLD]}
    assert found["plugins"] == ["search"]
    assert "# below\n" in made
    assert updated(tmp_path, made, {}, ["x", "ear"]).count(".md") == nav.count("index.md") - 1


@pytest.mark.parametrize(
    "title",
    [
        "Ear: care",
        'A "quoted" title',
        "It's here",
        "# Not a comment",
        "Care # of the ear",
        "Yes",
        "no",
        "null",
        "True",
        "on",
        "5 days later",
        "12",
        "1.5",
        "2026-05-03",
        "- dash",
        "?",
        "? key",
        "*star",
        "&anchor",
        "!tag",
        "{a: b}",
        "[a]",
        "back\\slash",
        "Œdème – où ?",
        "手术前",
        "a ",
        " a",
        "~",
        "a, b (c) d/e",
        "&lt;b&gt;",
        "%percent",
        "@at",
        "`tick",
        "|",
        ">",
        "<<",
        "=",
        "\U0001f489",
    ],
)
def test_any_title_is_read_back_as_it_was(tmp_path: Path, title: str) -> None:
    made = updated(tmp_path, "nav:\n  - Home: index.md\n", {"x": (title, NEW)})
    assert yaml.safe_load(made)["nav"][1] == {title: [f"x/{name}" for name in NEW]}


def test_a_title_given_by_hand_in_quotes_stays(tmp_path: Path) -> None:
    text = "nav:\n" + entry("  ", "'It: mine' ", "x", OLD)
    made = updated(tmp_path, text, {"x": ("Other", NEW)})
    assert list(yaml.safe_load(made)["nav"][0]) == ["It: mine"]


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ("site_name: A\nnav: [\n", "mkdocs.yml:3", ""),
        ("a: 1\n b: 2\n", "mkdocs.yml:2", ""),
        ("a: 'open\n", "mkdocs.yml:2", ""),
        ("a: 1\nb: \x01\n", "mkdocs.yml", ""),
        ("- a\n", "mkdocs.yml", "it has no settings"),
        ("", "mkdocs.yml", "it has no settings"),
        ("nav: text\n", "mkdocs.yml:1", "`nav` is not a list"),
        ("nav:\n  a: b\n", "mkdocs.yml:1", "`nav` is not a list"),
        ("nav: []\nb: 1\nnav: []\n", "mkdocs.yml:3", "`nav` stands here a second time"),
    ],
)
def test_a_broken_file_is_named_with_its_line(
    tmp_path: Path, text: str, place: str, problem: str
) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text(text, encoding="utf-8")
    with pytest.raises(ClinicpressError) as stopped:
        navigation.updated(config, {"x": ("X", NEW)})
    assert stopped.value.place == place
    assert problem in stopped.value.problem
    assert stopped.value.remedy


def test_a_file_that_is_not_there_or_not_text_is_named(tmp_path: Path) -> None:
    config = tmp_path / "mkdocs.yml"
    with pytest.raises(ClinicpressError, match=r"mkdocs\.yml: it can't be read"):
        navigation.leaflets(config)
    config.write_bytes(b"site_name: \xe9\n")
    with pytest.raises(ClinicpressError, match=r"mkdocs\.yml: it can't be read"):
        navigation.leaflets(config)


def test_a_leaflet_is_an_entry_whose_first_page_is_its_landing_page(tmp_path: Path) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text(
        "nav:\n  - Home: index.md\n  - X: [x/index.md, x/a.md]\n  - Y: [y/a.md]\n  - z/index.md\n"
        "  - Deep:\n      - a/b/index.md\n  - Empty: []\n  - Out: https://example.org\n",
        encoding="utf-8",
    )
    assert navigation.leaflets(config) == {
        "x": ["x/index.md", "x/a.md"],
        "a/b": ["a/b/index.md"],
    }


HOME = """\
# Home

/// html | nav.leaflets
    attrs: {{aria-label: Leaflets}}

{rows}///

Below.
"""


def test_the_home_page_lists_the_leaflets_of_the_menu() -> None:
    menu = "nav:\n  - Home: index.md\n  - 'Ear [a] *b* <i>': [ear/index.md]\n  - X: [x/index.md]\n"
    rows = "- [Ear \\[a\\] \\*b\\* \\<i\\>](ear/index.md)\n- [X](x/index.md)\n"
    made = lists.home(HOME.format(rows="- [Old](old/index.md)\n"), menu)
    assert made == HOME.format(rows=rows)
    assert lists.home(made, menu) == made
    assert lists.home(made, "site_name: A\n") == HOME.format(rows="")


def test_a_home_page_without_a_list_stays() -> None:
    assert lists.home("# Home\n", "nav:\n  - X: [x/index.md]\n") == "# Home\n"


@pytest.mark.parametrize(("line_end", "mark"), [("\r\n", ""), ("\n", "\ufeff"), ("\r\n", "\ufeff")])
def test_line_ends_and_byte_order_mark_stay(tmp_path: Path, line_end: str, mark: str) -> None:
    def text(names: Sequence[str]) -> str:
        page = COMMENTED.format(dash="  ", x=entry("  ", "Our title", "x", names), end="")
        return mark + page.replace("\n", line_end)

    assert updated(tmp_path, text(OLD), {"x": ("X", NEW)}) == text(NEW)


def test_leaflets_that_stand_in_a_group_stay_in_it(tmp_path: Path) -> None:
    def text(names: Sequence[str]) -> str:
        ear, eye = entry("      ", "Ear", "ear", names), entry("      ", "Eye", "eye", OLD)
        return f"nav:\n  - Home: index.md\n  - Our leaflets:\n{ear}{eye}  - About: about.md\n"

    wanted: dict[str, tuple[str, Sequence[str]]] = {"ear": ("Ear", NEW), "eye": ("Eye", OLD)}
    assert updated(tmp_path, text(NEW), wanted) == text(NEW)
    assert updated(tmp_path, text(OLD), wanted) == text(NEW)


def test_a_to_z_goes_by_letter_with_accents_folded_and_signs_passed_over() -> None:
    titles = {"a": "œdème", "b": "Ñandú", "c": "Nariz", "d": "Été", "e": "5 steps", "f": "«Oreja»"}
    made = catalog.a_to_z(Catalog(titles))
    headings = [line[3] for line in made.splitlines() if line[:3] == "## "]
    assert headings == ["0", "E", "N", "O"]
    spanish = catalog.a_to_z(Catalog(titles, "es")).splitlines()
    assert [line[3] for line in spanish if line[:3] == "## "] == ["0", "E", "N", "Ñ", "O"]
    assert "[«Oreja»](f)" in made


def test_titles_in_another_language_than_the_sites_say_so(tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text(HOME.format(rows=""), encoding="utf-8")
    menu = "nav:\n  - Ear: [ear/index.md]\n  - Oreja: [oreja/index.md]\n"
    tongues = {"ear": Front("en-GB"), "oreja": Front("es")}
    made = lists.updated(tmp_path, menu, tongues)["index.md"]
    card = '- [Oreja](oreja/index.md){lang=es} <span lang="es" dir="auto">Español</span>\n'
    rows = f"- [Ear](ear/index.md)\n{card}"
    assert made == HOME.format(rows=rows)
    assert '<a href="oreja/index.md" lang="es">Oreja</a>' in rendering.render(made)
    spanish = lists.updated(tmp_path, f"theme:\n  language: es\n{menu}", tongues)["index.md"]
    assert '(ear/index.md){lang=en-GB} <span lang="en-GB" dir="auto">English</span>\n' in spanish
    assert "- [Oreja](oreja/index.md)\n" in spanish
    unknown = lists.updated(tmp_path, menu, {"oreja": Front("xx")})["index.md"]
    assert "(oreja/index.md){lang=xx}\n" in unknown
    given = {"oreja": Front("pl", summary="Ucho")}
    assert ">Polski · Ucho</span>" in lists.updated(tmp_path, menu, given)["index.md"]


def test_a_title_keeps_its_language_when_another_leaflet_is_split(small_project: Path) -> None:
    spanish = "# Lavado de oído\n\nEl lavado de los oídos no duele.\n\n## Después\n\nNo los moje.\n"
    (small_project / "documents" / "oido.md").write_text(spanish, encoding="utf-8")
    clinicpress("split", cwd=small_project)
    row = "(oido/index.md){lang=es}"
    home = small_project / "docs" / "index.md"
    assert row in home.read_text(encoding="utf-8")
    assert clinicpress("split", "documents/shoulder.md", cwd=small_project).returncode == 0
    assert row in home.read_text(encoding="utf-8")


def test_a_title_cannot_act_on_the_a_to_z_page() -> None:
    titles = {"a/index.md": "<b>x](http://evil)", "b/index.md": "/// html"}
    made = catalog.a_to_z(Catalog(titles))
    assert "- [\\<b\\>x\\](http://evil)](a/index.md)" in made
    assert "\n///" not in made


def many(count: int) -> str:
    rows = "".join(entry("  ", f"Leaflet {n}", f"x{n}", OLD) for n in range(count))
    return f"theme: {{language: fr}}\nnav:\n  - Home: index.md\n{rows}"


def test_a_to_z_is_made_from_the_thirteenth_leaflet_on(tmp_path: Path) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text(many(12), encoding="utf-8")
    few = navigation.updated(config, {}).decode()
    assert few == many(12)
    assert lists.updated(tmp_path, few, {}) == {}
    (tmp_path / "index.md").write_text(HOME.format(rows=""), encoding="utf-8")
    made = updated(tmp_path, few, {"new": ("Neuf", OLD)})
    assert yaml.safe_load(made)["nav"][:2] == [{"Home": "index.md"}, {"De A à Z": "a-z.md"}]
    listed = lists.updated(tmp_path, made, {})
    assert listed["index.md"] == HOME.format(rows="- [Toutes les fiches, de A à Z](a-z.md)\n")
    assert listed["a-z.md"].count("/index.md)") == 13


def test_an_a_to_z_page_edited_by_hand_keeps_its_other_text(tmp_path: Path) -> None:
    page = "# Mine\n\n/// html | nav.leaflets.a-to-z\n\nold\n///\n\nBelow.\n"
    (tmp_path / "a-z.md").write_text(page, encoding="utf-8")
    made = lists.updated(tmp_path, "nav:\n" + entry("  ", "X", "x", OLD), {})["a-z.md"]
    assert made.startswith("# Mine\n")
    assert made.endswith("///\n\nBelow.\n")
    assert "old" not in made
    assert "- [X](x/index.md)" in made


def test_new_leaflets_stand_from_a_to_z(tmp_path: Path) -> None:
    updated(tmp_path, "nav:\n  - index.md\n", {f: (f, OLD) for f in ("bb", "aa", "cc")})
    assert [*navigation.leaflets(tmp_path / "mkdocs.yml")] == ["aa", "bb", "cc"]


SORTED = "nav:\n  - Home: index.md\n{ear}  # About the next\n{the}  - News: https://example.org\n"


def menu(text: str) -> list[str]:
    return [next(iter(item)) for item in yaml.safe_load(text)["nav"]]


@pytest.mark.parametrize(
    ("title", "at"), [("Arm", 1), ("The eye", 2), ("El ojo", 2), ("An arm", 1), ("Zinc", 4)]
)
def test_a_new_leaflet_goes_to_its_place(title: str, at: int, tmp_path: Path) -> None:
    ear, wax = entry("  ", "Ear", "ear", OLD), entry("  ", "The wax", "wax", OLD)
    given = SORTED.format(ear=ear, the=wax)
    config = tmp_path / "mkdocs.yml"
    config.write_text(given, encoding="utf-8")
    fronts = {"new": Front("es" if title.startswith("El") else "en")}
    made = navigation.updated(config, {"new": (title, OLD)}, (), fronts).decode()
    expected = menu(given)
    expected.insert(at, title)
    assert menu(made) == expected
    assert "  # About the next\n  - The wax:" in made, "a comment keeps its entry"


def test_an_order_that_somebody_chose_stays(tmp_path: Path) -> None:
    given = SORTED.format(ear=entry("  ", "Wax", "wax", OLD), the=entry("  ", "Ear", "ear", OLD))
    made = updated(tmp_path, given, {"new": ("Eye", OLD)})
    assert menu(made) == ["Home", "Wax", "Ear", "News", "Eye"]
