"""Where sentences end: `|` in a case marks each place, and only there may one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicpress import sentences

PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            ". ! ? … 。 \n \t Dr. e.g. a.m. 3.5 “Yes.” ) ¿ A. word Word etc.".split(" ")
        ),
        st.sampled_from([" ", "\n", ".\n\n", "\u00a0"]),
        st.text(max_size=4),
    )
)


@pytest.mark.parametrize(
    "marked",
    [
        "Rest today.| Walk tomorrow.",
        "One sentence without an end",
        "Ask Dr. Ruiz or Mrs. Bell.| She knows.",
        "Take it with food, e.g. Bread or rice.| Wait.",
        "Take 2.5 ml at 8.30 in the morning.| Wait.",
        "Version 2.| Read it.",
        "Call J. Smith about it.| He will help.",
        "Some take iron, etc. before meals.",
        "Bring tests, scans, etc.| Come early.",
        "Come at 8 a.m. on Monday.",
        "Come at 8 a.m.| Bring this letter.",
        "We close at 5 p.m.",
        "“Does it hurt?” he asked.| It did.",
        "She said “It hurts.”| Then it stopped.",
        "Is it safe?| Yes!| Really?!| It is.",
        "Wait … then press.| Done.",
        "Wait… then press.",
        "Wait...| Then press.",
        "Wait... then press.",
        "See www.example.org/a.html?b=c.d for more.| Or call.",
        "(It may hurt.)| It passes.",
        "¿Duele?| No.| ¡Avise!| ¿Y después?",
        "El Dr. Ruiz y la Sra. Gil están aquí.| Pregunte.",
        "M. Durand est là.| Il arrive.",
        "手术前不要吃东西。|请告诉医生。|有问题吗？|有。",
        "First line\n|Second line",
        "One.| Two.\n\n|Three.",
        "Do not stop taking it\nwithout asking us.",
        "Do not:\n|drive",
        "Bring\n|b) your glasses",
        "Ask us\n|www.example.org",
        "It costs £3.50.| Pay by card.",
        "Registered charity no. 1099912.",
        "Do not stop taking it\nwithout asking us.",
        "Do not stop,\nwithout asking us. |Rest.",
        "Do not stop taking it\n|Élan",
        "Do not stop it.\n|walk",
        "Bring:\n|your tablets",
        "1. Wash hands\n|2. Dry them\n|3. Do not use cream",
        "Vitamin D.| It helps.",
        "Hepatitis B.| You need a vaccine.",
    ],
)
def test_sentences_end_where_marked(marked: str) -> None:
    text = marked.replace("|", "")
    found = [text[start:end] for start, end in sentences.split(text)]
    assert found == [part.strip() for part in marked.split("|")]


@pytest.mark.parametrize("text", ["", " ", "\n", "...", " . "])
def test_a_text_without_words_is_at_most_one_sentence(text: str) -> None:
    spans = sentences.split(text)
    assert [text[slice(*span)] for span in spans] == [text.strip()][: len(spans)]


@given(PIECES.map("".join))
def test_sentences_are_in_order_and_cover_all(text: str) -> None:
    spans = sentences.split(text)
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert (
        "".join(text[slice(*s)] for s in spans).split()
        == "".join(text[slice(*s)] for s in spans).strip().split()
    )
    solid = "".join("".join(text[slice(*s)] for s in spans).split())
    assert solid == "".join(text.split())
