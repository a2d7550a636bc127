"""Addresses from titles: short, readable, in any script, never twice."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicpress import slugs


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("After the operation", "after-the-operation"),
        ("2.1 Wound care", "wound-care"),
        ("3) Wound care", "wound-care"),
        ("iv. Wound care", "wound-care"),
        ("5 days later", "days-later"),
        ("2026", "2026"),
        ("Mix it", "mix-it"),
        ("I. Mix it", "mix-it"),
        ("¿Qué debe saber?", "que-debe-saber"),
        ("Après l’opération", "apres-loperation"),
        ("Œdème & Straße", "oedeme-strasse"),
        ("手术前", "手术前"),
        ("До операции", "до-операции"),
        ("قبل العملية", "قبل-العملية"),
        ("한국어 안내", "한국어-안내"),
        ("COVID-19: what now?", "covid-19-what-now"),
        ("a_b", "a-b"),
        ("../../etc/passwd", "etc-passwd"),
        ("<script>alert(1)</script>", "script-alert-1-script"),
        ("?!", "section"),
        ("", "section"),
        ("\U0001f489", "section"),
    ],
)
def test_slug(title: str, slug: str) -> None:
    assert slugs.slug(title) == slug


def test_what_stands_in_for_a_title_without_letters_can_be_chosen() -> None:
    assert slugs.slug("***", "leaflet") == "leaflet"


def test_a_long_title_is_cut_at_a_word() -> None:
    slug = slugs.slug("What happens on the day of your operation and on each of the days after it")
    assert slug == "what-happens-on-the-day-of-your-operation-and-on-each-of-the"
    assert len(slug) == slugs.MAX_LENGTH


def test_a_long_word_is_cut() -> None:
    assert slugs.slug("a" * 200) == "a" * slugs.MAX_LENGTH


@given(st.text())
def test_a_slug_is_always_fit_for_a_file_name(title: str) -> None:
    slug = slugs.slug(title)
    assert all(c == "-" or c.isalnum() or unicodedata.category(c).startswith("M") for c in slug)
    assert all(any(map(str.isalnum, word)) for word in slug.split("-"))
    assert len(slug) <= slugs.MAX_LENGTH


@pytest.mark.parametrize(
    ("wanted", "taken", "given"),
    [
        ([], [], []),
        (["a", "b"], [], ["a", "b"]),
        (["a", "a", "a"], [], ["a", "a-2", "a-3"]),
        (["a", "a-2", "a"], [], ["a", "a-2", "a-3"]),
        (["a", "a", "a-2"], [], ["a", "a-2", "a-2-2"]),
        (["index"], ["index"], ["index-2"]),
    ],
)
def test_unique(wanted: list[str], taken: list[str], given: list[str]) -> None:
    assert slugs.unique(wanted, taken) == given


@given(st.lists(st.sampled_from(["a", "a-2", "a-2-2", "b"])))
def test_no_slug_twice(wanted: list[str]) -> None:
    made = slugs.unique(wanted, ["b"])
    assert len({*made, "b"}) == len(made) + 1


@pytest.mark.parametrize("title", ["ऑपरेशन के बाद", "หลังการผ่าตัด แล้ว กลับบ้าน", "عَمَلِيَّة فِي يَوْم"])
def test_a_word_whose_vowels_are_marks_stays_one_word(title: str) -> None:
    assert slugs.slug(title).count("-") == title.count(" ")


def test_twins_are_told_apart_by_what_stands_before_each() -> None:
    before = ["drug-a", "risks", "drug-b", "risks"]
    assert slugs.distinct(before) == ["drug-a", "drug-a-risks", "drug-b", "drug-b-risks"]
    after = ["drug-c", "risks", *before]
    assert slugs.distinct(after)[2:] == slugs.distinct(before)
    assert slugs.distinct(["risks", "risks", "a", "risks"]) == ["risks", "risks-2", "a", "a-risks"]
    assert slugs.distinct(["a", "risks"], ["a"]) == ["a-2", "risks"]
