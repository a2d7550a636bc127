"""The clinic's block in mkdocs.yml: what is right is read, what is wrong is told with its form."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import jinja2
import pytest
import yaml
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from clinicpress import notices
from clinicpress.clinic import (
    cards,
    contrast,
    countries,
    palette,
    records,
    register,
    regulators,
    settings,
)
from clinicpress.clinic.palette import Palette
from clinicpress.errors import ClinicpressError
from clinicpress.model import Kind
from conftest import ROOT, clinicpress, told

HEAD = "site_name: A\nextra:\n  clinic:\n"


def block(lines: str) -> str:
    return HEAD + "".join(f"    {line}\n" for line in lines.splitlines())


def refused(lines: str) -> ClinicpressError:
    with pytest.raises(ClinicpressError) as caught:
        settings.read(block(lines), "mkdocs.yml")
    return caught.value


def test_our_own_block_is_read() -> None:
    found = settings.read((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), "mkdocs.yml")
    assert found is not None
    assert found.name == "Clinicpress example clinic"
    assert found.example
    assert [country.code for country in found.countries] == ["GB"]
    assert [each.code for each in found.regulators] == ["HCPC", "GOsC"]
    assert found.address == ("1 Example Street", "Example Town")
    assert found.colors == Palette("#0d4c5b", "#ffffff", "#0b5f73")


@pytest.mark.parametrize("text", ["", "extra:\n", "extra: [a]\n", "- a\n"])
def test_a_site_needs_no_clinic(text: str) -> None:
    assert settings.read(text, "mkdocs.yml") is None


def test_a_clinic_with_nothing_below_it_is_a_mistake() -> None:
    with pytest.raises(ClinicpressError, match=r"mkdocs\.yml:2: `clinic` has nothing below it"):
        settings.read("extra:\n  clinic:\n", "mkdocs.yml")


@pytest.mark.parametrize(
    ("lines", "line", "says", "form"),
    [
        (
            "name: A\nphone: '1'",
            5,
            "`phone` is not of the right form: “1”",
            "phone: +44 1632 960000",
        ),
        ("example: true", 4, "`name` is missing", "name: Example Clinic"),
        ("name: A\nfone: 2", 5, "no such field: “fone”", "phone"),
        ("name: A\nname: B", 5, "stands here twice", "Keep one"),
        ("name: [A]", 4, "`name` has to be one line", "name: Example Clinic"),
        ("name: A\nexample: perhaps", 5, "`example` is true or false", "example: true"),
        ("name: A\nbooking: javascript:alert(1)", 5, "`booking`", "booking: https://"),
        ("name: A\nbooking: http://www.example.org", 5, "`booking`", "booking: https://"),
        ('name: A\nbooking: https://a.example/"onclick=x', 5, "`booking`", "https://"),
        ("name: A\nemail: someone", 5, "`email`", "email: hello@example.org"),
        ("name: A\nlogo: ../../secret.png", 5, "`logo`", "logo: assets/images/logo.svg"),
        ("name: A\nlogo: /etc/logo.png", 5, "`logo`", "logo: assets/images/logo.svg"),
        ("name: A\nlogo: notes.exe", 5, "`logo`", "logo: assets/images/logo.svg"),
        ("name: A\ncountries: [GB, ZZ]", 5, "no numbers are known for “ZZ”", "IE"),
        ("name: A\nregulators: [HCPCC]", 5, "the regulator “HCPCC” is not known", "lookup:"),
        ("name: A\nregulators: [{name: B}]", 5, "`lookup` is missing", "https://"),
        ("name: A\nregulators: [{name: B, lookup: 'javascript:x'}]", 5, "`lookup`", "https://"),
        ("name: A\ncolors: {primary: 'teal'}", 5, "not a color: “teal”", "'#0d4c5b'"),
        ("name: A\ncolors: blue", 5, "`colors` has no fields", "primary: '#0d4c5b'"),
        ("name: A\ncolors:\n  primary: #0d4c5b", 6, "`primary` is missing", "in quotes"),
        ("name: A\nhours: {Monday: 9}", 5, "`hours` has to be one line", "hours: ["),
        ('name: "A\\u202eB"', 4, "can't be seen (U+202E)", "Type the line again"),
        ("name: " + "x" * 500, 4, "500 letters", "name: Example Clinic"),
        ("name: A\ntopics: legs", 5, "`topics` has no fields", "name: Back and legs"),
        ("name: A\ntopics:\n- {leaflets: [a]}", 6, "`name` is missing", "name: Back and legs"),
        ("name: A\ntopics:\n- {name: B}", 6, "“B” has no leaflets", "leaflets: [dry-"),
        ("name: A\ntopics:\n- {name: B, leaflets: [a, a]}", 6, "“a” stands twice", "out"),
        (
            "name: A\ntopics:\n- {name: B, leaflets: [a]}\n- {name: B, leaflets: c}",
            7,
            "two topics “B”",
            "one of them",
        ),
        ("? [a, b]\n: c", 4, "no such field", "name"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_form(
    lines: str, line: int, says: str, form: str
) -> None:
    error = refused(lines)
    assert error.place == f"mkdocs.yml:{line}"
    assert says in error.problem
    assert form in error.remedy


def test_aliases_do_not_grow() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        bomb += f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    bomb += "extra:\n  clinic:\n    name: A\n    hours: *i\n"
    with pytest.raises(ClinicpressError, match="`hours` has to be one line"):
        settings.read(bomb, "mkdocs.yml")


@pytest.mark.parametrize(
    "text", ["[" * 2000, "a: [b\n", "a: \x00", "a: !!python/object:x.y {}\n b"]
)
def test_text_that_is_no_yaml_is_told(text: str) -> None:
    with pytest.raises(ClinicpressError) as caught:
        records.compose(text, "mkdocs.yml")
    assert caught.value.place.startswith("mkdocs.yml")


def test_a_wrong_line_stops_the_run_and_changes_nothing(small_project: Path) -> None:
    config = small_project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("phone: +44 1632 960000", "phone: call us"), encoding="utf-8")
    home = (small_project / "docs" / "index.md").read_bytes()
    line = text[: text.index("phone: +44")].count("\n") + 1
    told(clinicpress("split", cwd=small_project), f"mkdocs.yml:{line}", "phone: +44 1632 960000")
    assert (small_project / "docs" / "index.md").read_bytes() == home


def test_a_logo_that_is_not_there_is_told(small_project: Path) -> None:
    config = small_project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    assert "    logo: assets/images/leaflet.svg" in text
    text = text.replace("    logo: assets/images/leaflet.svg", "    logo: assets/our.svg")
    config.write_text(text, encoding="utf-8")
    told(clinicpress("split", cwd=small_project), "no picture assets/our.svg")


# --- Colors


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast.ratio("#000000", "#ffffff") == pytest.approx(21)
    assert contrast.ratio("#ffffff", "#ffffff") == 1
    # The best-known pair of grays: the first passes on white and the second does not.
    assert contrast.ratio("#767676", "#ffffff") >= contrast.TEXT
    assert contrast.ratio("#777777", "#ffffff") < contrast.TEXT


@pytest.mark.parametrize(
    ("colors", "words"),
    [
        ("primary: '#f0c040'", "words in #ffffff on the header's #f0c040"),
        ("primary: '#0d4c5b'\n  accent: '#7fc8d8'", "links in #7fc8d8"),
        ("primary: '#223344'\n  on_primary: '#445566'", "words in #445566"),
    ],
)
def test_a_pair_that_is_hard_to_read_is_refused_with_one_that_is_not(
    colors: str, words: str
) -> None:
    error = refused(f"name: A\ncolors:\n  {colors}")
    assert words in error.problem
    assert "4.5 is the least" in error.problem
    key, better = re.findall(r"(primary|accent): '(#[0-9a-f]{6})'", error.remedy)[0]
    mended = re.sub(rf"(?<!_){key}: '[^']*'", f"{key}: '{better}'", colors)
    assert settings.read(block(f"name: A\ncolors:\n  {mended}"), "mkdocs.yml") is not None


COLORS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@given(COLORS)
def test_the_nearest_color_passes_and_is_the_same_where_it_passed(color: str) -> None:
    found = contrast.nearest(color, palette.LIGHT_GROUNDS)
    assert all(contrast.ratio(found, ground) >= contrast.TEXT for ground in palette.LIGHT_GROUNDS)
    if all(contrast.ratio(color, ground) >= contrast.TEXT for ground in palette.LIGHT_GROUNDS):
        assert found == color


def test_where_no_color_would_pass_that_is_told() -> None:
    with pytest.raises(ValueError, match="#123456"):
        contrast.nearest("#123456", ("#000000", "#ffffff"), 7)


@given(COLORS, COLORS, COLORS)
def test_every_pair_of_an_accepted_palette_can_be_read(one: str, two: str, three: str) -> None:
    try:
        accepted = palette.read(
            records.record(
                records.compose(
                    f"primary: '{one}'\non_primary: '{two}'\naccent: '{three}'", "mkdocs.yml"
                ),
                "mkdocs.yml",
                palette.FORMS,
                "colors",
            )
        )
    except ClinicpressError:
        return
    for made, grounds in (
        (palette.light(accepted), palette.LIGHT_GROUNDS),
        (palette.dark(accepted), palette.DARK_GROUNDS),
    ):
        words = made["--md-primary-bg-color"]
        for ground in ("--md-primary-fg-color", "--cp-search-field"):
            assert contrast.ratio(words, made[ground]) >= contrast.TEXT
        foot = made["--md-footer-fg-color"]
        for ground in ("--md-footer-bg-color", "--md-footer-bg-color--dark"):
            assert contrast.ratio(foot, made[ground]) >= contrast.TEXT
        for ground in grounds:
            assert contrast.ratio(made["--md-typeset-a-color"], ground) >= contrast.TEXT


def test_the_grounds_are_those_of_the_stylesheet() -> None:
    styles = (ROOT / "overrides/assets/stylesheets/clinicpress.css").read_text(encoding="utf-8")
    light, dark = styles.split("[data-md-color-scheme=slate] {", 1)
    for part, grounds in ((light, palette.LIGHT_GROUNDS), (dark, palette.DARK_GROUNDS)):
        found = dict(re.findall(r"(--(?:cp-(?:soft|\w+-tint)|md-default-bg-color)): (#\w+);", part))
        assert set(found.values()) <= set(grounds)
        assert len(found) >= 4


# --- What YAML takes for something else


@pytest.mark.parametrize(
    ("lines", "remedy", "seen"),
    [
        ("phone: 01202555666", "phone: '01202555666'", "168483766"),
        ("phone: +441632960000", "phone: '+441632960000'", "441632960000"),
        ("phone: 1632.960000", "phone: '1632.960000'", "1632.96"),
        ("hours: [12:30]", "'12:30'", "750"),
        ("languages: [Polski, No]", "'No'", "yes or no"),
        ("topics: [{name: on, leaflets: [a]}]", "name: 'on'", "yes or no"),
        ("words: {no: {}}", "'no'", "yes or no"),
        ("address: 2024-13-45", "address: '2024-13-45'", "something other"),
        ("countries: [000]", "'000'", "0"),
    ],
)
def test_a_value_that_yaml_would_change_is_refused(lines: str, remedy: str, seen: str) -> None:
    error = refused(f"name: A\n{lines}")
    assert error.place == "mkdocs.yml:5"
    assert error.remedy == f"Put it in quotes: {remedy}"
    assert seen in error.problem


@pytest.mark.parametrize("more", [" ext 4", " x4", ", Extension: 12"])
def test_an_extension_is_told_where_it_can_go(more: str) -> None:
    error = refused(f"name: A\nphone: '020 7946 0123{more}'")
    assert error.place == "mkdocs.yml:5"
    assert "phone: '020 7946 0123', and the extension as a line of `hours`" in error.remedy


@pytest.mark.parametrize(
    "line", ["phone: '01202555666'", "phone: 1632960000", "phone: 01202 555666", "phone: Null"]
)
def test_a_value_that_every_reader_sees_alike_is_read(line: str) -> None:
    found = settings.read(block(f"name: A\n{line}"), "mkdocs.yml")
    given = yaml.safe_load(block(line))["extra"]["clinic"]["phone"]
    assert found is not None
    assert found.phone == str(given or "")


def test_a_tag_and_a_circle_in_the_settings_are_refused() -> None:
    assert "`!ENV` can't stand" in refused("name: A\nphone: !ENV [PHONE]").problem
    assert "one line of text" in refused("name: A\naddress: &here [*here]").problem


# --- The data files


def test_the_templates_have_the_numbers_of_the_data() -> None:
    folder = ROOT / "overrides" / "partials" / "clinicpress"
    strip = (folder / "emergency.html").read_text(encoding="utf-8")
    numbers = dict(re.findall(r'"([A-Z]{2})": "(\d+)"', strip))
    assert numbers == {code: country.emergency[0] for code, country in countries.load().items()}
    lost = (ROOT / "overrides" / "404.html").read_text(encoding="utf-8")
    assert dict(re.findall(r'"([A-Z]{2})": "(\d+)"', lost)) == numbers
    also = dict(re.findall(r'"([A-Z]{2})": \["(\d+)"\]', lost))
    assert also == {
        code: country.emergency[1]
        for code, country in countries.load().items()
        if len(country.emergency) > 1
    }
    names = re.findall(r'"([A-Z]{2})": {"en": "([^"]+)", "es": "([^"]+)", "fr": "([^"]+)"}', lost)
    assert names == [
        (code, country.name, country.called("es"), country.called("fr"))
        for code, country in countries.load().items()
    ]
    links = (folder / "credentials.html").read_text(encoding="utf-8")
    registers = dict(re.findall(r'"(\w+)": "(https://[^"]+)"', links))
    assert registers == {code: each.lookup for code, each in regulators.load().items()}


def test_the_templates_have_the_headings_of_the_rules() -> None:
    folder = ROOT / "overrides" / "partials" / "clinicpress"
    text = (folder / "words.html").read_text(encoding="utf-8")
    built = json.loads(text[text.index("built = ") + 8 : text.index("} %}") + 1])
    assert list(built) == ["en", "es", "fr"]
    for tag, said in built.items():
        assert said.keys() == built["en"].keys()
        rules = notices.load(tag)
        assert said["credential"] == rules.titles[Kind.CREDENTIAL]
        assert (said["read"], said["pdf"]) == (rules.words["emergency"], rules.words["pdf"])


def test_the_settings_name_every_country() -> None:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    named = re.findall(r"# ((?:[A-Z]{2}, )+[A-Z]{2}) and ([A-Z]{2}) are known", text)
    assert [*named[0][0].split(", "), named[0][1]] == list(countries.load())


@pytest.mark.parametrize("code", countries.load())
def test_a_country_has_numbers_and_names_their_source(code: str) -> None:
    country = countries.load()[code]
    assert country.emergency
    assert all(number.isdigit() for number in country.emergency)
    assert "https://" in country.source
    found = settings.read(block(f"name: A\ncountries: {code}"), "mkdocs.yml")
    html = "\n".join(cards.numbers(found, cards.words("en")))
    assert f'href="tel:{country.emergency[0]}"' in html


@pytest.mark.parametrize(
    ("lines", "calls"),
    [
        ("[{name: Norge, emergency: 113}]", ["113"]),
        ("{name: Norge, emergency: '113'}", ["113"]),
        ("[{name: Norge, emergency: ['10 111', 112]}, GB]", ["10 111", "112", "999", "112"]),
    ],
)
def test_a_country_that_is_not_known_has_its_own_numbers(lines: str, calls: list[str]) -> None:
    text = block(f"name: A\ncountries: {lines}")
    found = settings.read(text, "mkdocs.yml")
    dialed = [f'href="tel:{number.replace(" ", "")}">{number}<' for number in calls]
    html = "".join(cards.numbers(found, cards.words("en")))
    assert re.findall(r"href=[^<]*<", html) == dialed
    assert "Norge: " in html
    config = {**yaml.safe_load(text), "theme": {"language": "en"}}
    loader = jinja2.Environment(loader=jinja2.FileSystemLoader(ROOT / "overrides"), autoescape=True)
    lost = loader.get_template("404.html").render(config=config)
    assert re.findall(r"href=\"tel[^<]*<", lost) == dialed
    assert "Norge: " in lost
    strip = loader.get_template("partials/clinicpress/emergency.html")
    page = {"meta": {"leaflet": "B"}}
    assert re.findall(r"tel:\d+", strip.render(config=config, page=page)) == [
        f"tel:{calls[0].replace(' ', '')}"
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("countries: [NO]", "yes or no"),
        ("countries: [PL]", "no numbers are known for “PL”"),
        ("countries: [{name: Norge}]", "“Norge” has no emergency number"),
        ("countries: [{emergency: '113'}]", "`name` is missing"),
        ("countries: [{name: Norge, emergency: call}]", "not of the right form"),
        ("countries: [{name: A, emergency: '000x'}]", "not of the right form"),
        ("countries: [{name: Australia, emergency: 000}]", "is read as 0"),
    ],
)
def test_a_country_without_its_number_is_refused_with_the_right_form(
    line: str, problem: str
) -> None:
    assert problem in refused(f"name: A\n{line}").problem
    assert "emergency: '113'" in refused("name: A\ncountries: [PL]").remedy


@pytest.mark.parametrize("code", regulators.load())
def test_a_regulator_has_a_look_up_and_each_form_its_source(code: str) -> None:
    regulator = regulators.load()[code]
    assert re.fullmatch(settings.WEB, regulator.lookup)
    assert bool(regulator.pattern) == bool(regulator.form) == bool(regulator.source)
    if regulator.form:
        example = regulator.form.rpartition(" ")[2]
        assert regulator.accepts(example)


# --- What pages show


def test_all_that_is_shown_is_text() -> None:
    found = settings.read(block("name: A\nhours: ['x <b>\"&amp;[y](z) `a` *b*']"), "mkdocs.yml")
    html = "\n".join(cards.contact(found, cards.words("en")))
    assert "<b>" not in html
    assert "[y]" not in html
    assert "&lt;b&gt;&quot;&amp;amp;&#91;y&#93;(z) &#96;a&#96; &#42;b&#42;" in html


@pytest.mark.parametrize("language", ["en", "es", "fr", "de", "fr-CA"])
def test_every_language_has_every_word(language: str) -> None:
    words = cards.words(language)
    assert words.keys() == cards.words("en").keys()
    assert len(words["months"].split()) == 12
    assert (words == cards.words("en")) == (language in ("en", "de"))


def test_what_is_not_known_is_not_shown() -> None:
    words = cards.words("en")
    nothing = settings.read(block("name: A\ncountries: IE"), "mkdocs.yml")
    assert list(cards.contact(nothing, words)) == []
    assert list(cards.advice(nothing, words)) == []
    booking = settings.read(block("name: A\nbooking: https://www.example.org/book"), "mkdocs.yml")
    html = "\n".join(cards.contact(booking, words))
    assert "Book an appointment" in html
    assert "<dl" not in html
    registers = "\n".join(cards.registers(nothing, ()))
    assert "<ul>" not in registers


def test_a_page_without_blocks_stays_as_it_is() -> None:
    page = "# A\n\n/// html | div.other\n\ntext\n///\n"
    assert cards.filled(page, None, (), "en") == page


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_page_from_any_editor_is_filled(ends: str) -> None:
    page = ends.join(["# A", "", "/// html | div.clinic-numbers", "", "old", "///", "Text", ""])
    filled = cards.filled(page, None, (), "en")
    assert "tel:999" in filled
    assert "old" not in filled
    assert filled.endswith(f"///{ends}Text{ends}")


def test_filling_again_changes_nothing() -> None:
    found = settings.read((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), "mkdocs.yml")
    page = "# A\n\n" + "\n".join(
        f"/// html | div.{name}\n\n///\n"
        for name in (
            "clinic-tasks",
            "clinic-help",
            "clinic-contact",
            "clinic-numbers",
            "clinic-advice",
            "practitioners",
        )
    )
    once = cards.filled(page, found, (), "en")
    assert "Book an appointment" in once
    assert cards.filled(once, found, (), "en") == once
    emptied = cards.filled(once, None, (), "en")
    assert "Book an appointment" not in emptied
    assert "tel:000" in emptied


# --- Whatever is written


KEYS = st.sampled_from([*settings.FORMS, *palette.FORMS, "lookup", "what", "extra", "clinic"])
VALUES = st.recursive(
    st.text(max_size=12) | st.integers() | st.none() | st.booleans() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=8,
)


@runs(max_examples=60)
@given(st.dictionaries(KEYS, VALUES, max_size=6))
def test_whatever_is_written_is_read_or_told(block: dict[str, Any]) -> None:
    text = yaml.safe_dump({"extra": {"clinic": {"name": "A"} | block}}, allow_unicode=True)
    try:
        found = settings.read(text, "mkdocs.yml")
    except ClinicpressError as error:
        assert re.match(r"mkdocs\.yml(:[1-9]\d*)?$", error.place)
        assert error.remedy
        return
    assert found is not None
    html = "\n".join([*cards.contact(found, cards.words("en")), *cards.registers(found, ())])
    assert not re.search(r"<(?!/?(?:h2|p|a|dl|div|dt|dd|br|ul|li|!--)\b|!--)", html)
    assert all(
        re.match(r"(?:https://|tel:|mailto:)", address)
        for address in re.findall(r'href="([^"]*)"', html)
    )


@given(st.text(max_size=60))
def test_no_text_makes_a_traceback(text: str) -> None:
    for read in (settings.read, register.read):
        with suppress(ClinicpressError):
            read(text, "mkdocs.yml")


def test_the_code_that_the_british_write_is_put_right() -> None:
    with pytest.raises(ClinicpressError) as stopped:
        settings.read("extra: {clinic: {name: A, countries: [UK]}}", "mkdocs.yml")
    assert stopped.value.remedy == "GB is the code of the United Kingdom."


def test_no_country_is_refused_and_several_are_named_beside_their_lines() -> None:
    assert "no emergency number" in refused("name: A\ncountries: []").problem
    several = settings.read(block("name: A\ncountries: [GB, US]"), "mkdocs.yml")
    told = "".join(cards.advice(several, cards.words("en")))
    assert "United Kingdom: 111 health advice" in told
    assert "United States: " in told
    one = settings.read(block("name: A\ncountries: [GB]"), "mkdocs.yml")
    assert "United Kingdom" not in "".join(cards.advice(one, cards.words("en")))
