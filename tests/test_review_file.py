"""The review file: each mistake in it is told with its line, and signing changes nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicpress.errors import ClinicpressError
from clinicpress.model import Kind
from clinicpress.review import beside, reviewfile, signatures, signoff
from clinicpress.review.decisions import Review, SignOff

DIGEST = "sha256:" + "0123456789abcdef" * 4
GOOD = f"""\
# Decided at the meeting in May.
page-level: 2

sentences:
  - text: "Note: do not drive."   # the doctor was sure
    kind: safety
  - {{text: Bring a friend., kind: none, section: Afterwards, by: A. Example}}
  - text: >
      Rest for
      an hour.
    kind: Emergency
    occurrence: all

headings:
  - text: Important points
    as: text
  - text: Going home
    as: heading
    level: 2
    occurrence: 2

sign-off:
  name: A. Example   # in person
  role: example role
  reviewed: 2026-05-04
  next-review: 2027-05-04
  digest: {DIGEST}
"""
AGAIN = SignOff("B. Example", "another: role", "2027-05-01", "2028-05-01", DIGEST[::-1][:64])


def parse(text: str | bytes) -> Review:
    data = text.encode() if isinstance(text, str) else text
    return reviewfile.parse(data, "documents/l.review.yml")


def test_a_good_file_is_read_whole() -> None:
    read = parse(GOOD)
    assert read.findings == ()
    assert read.page_level == 2
    assert [(d.wording.text, d.kind, d.wording.line) for d in read.kinds] == [
        ("Note: do not drive.", Kind.SAFETY, 5),
        ("Bring a friend.", Kind.NONE, 7),
        ("Rest for an hour.", Kind.EMERGENCY, 8),
    ]
    assert (read.kinds[1].wording.section, read.kinds[1].by) == ("Afterwards", "A. Example")
    assert [d.wording.occurrence for d in read.kinds] == [None, None, 0]
    assert [(d.is_heading, d.level, d.wording.occurrence) for d in read.headings] == [
        (False, None, None), (True, 2, 2),
    ]  # fmt: skip
    assert read.sign_off == SignOff(
        "A. Example", "example role", "2026-05-04", "2027-05-04", DIGEST, 23
    )


@pytest.mark.parametrize(
    "text", ["", "# nothing yet\n", "sentences:\n", "sentences: []\nsign-off:\n", "\ufeff---\n"]
)
def test_an_empty_file_decides_nothing(text: str) -> None:
    assert parse(text) == Review("documents/l.review.yml")


def item(lines: str) -> str:
    return f"sentences:\n  - text: One.\n{lines}"


def sign_off(**changed: str) -> str:
    rows = {
        "name": "A", "role": "B", "reviewed": "2026-05-04", "next-review": "2027-05-04",
        "digest": DIGEST,
    } | {key.replace("_", "-"): value for key, value in changed.items()}  # fmt: skip
    return "sign-off:\n" + "".join(f"  {key}: {value}\n" for key, value in rows.items() if value)


BAD: dict[str, tuple[str | bytes, int, str, str]] = {
    "typo at the top": ("\nsentenses:\n", 2, "`sentenses` is not known", "`sentences`?"),
    "typo in one": (item("    knd: safety\n"), 3, "`knd` is not known", "`kind`?"),
    "strange key": (item("    kind: none\n    zz: 1\n"), 4, "`zz` is not known", "text, kind"),
    "unknown kind": (item("    kind: saftey\n"), 3, "“saftey” is no `kind`", "`safety`?"),
    "no kind": (item(""), 2, "`kind` is missing", "kind: safety"),
    "no text": ("sentences:\n  - kind: none\n", 2, "which text is meant", "- text:"),
    "key twice": ("page-level: 1\npage-level: 2\n", 2, "second time", "one of the two"),
    "decision twice": (
        item("    kind: none\n  - text: one.\n    kind: safety\n"), 4, "line 2 already", "out"
    ),
    "unknown fate": ("headings:\n  - {text: A, as: txt}\n", 2, "“txt” is no `as`", "`text`?"),
    "level": ("headings:\n  - {text: A, as: heading, level: 9}\n", 2, "“9”", "from 1 to 6"),
    "page level": ("page-level: all\n", 1, "“all” is not such a number", "from 0 to 6"),
    "occurrence": (item("    kind: none\n    occurrence: -1\n"), 4, "“-1”", "from 1 to 999"),
    "not a list": ("sentences: One.\n", 1, "`sentences` is not a list", "- text:"),
    "not a decision": ("sentences:\n  - One.\n", 2, "none of its fields", "- text:"),
    "text that is none": ("sentences:\n  - text: [a]\n    kind: none\n", 2, "not a text", "quot"),
    "not settings": ("- a\n", 1, "no settings", "sentences"),
    "not YAML": ("a: 1\nb: [\n", 3, "can't be read", "quotation marks"),
    "a colon": ("sentences:\n  - text: Note: no\n    kind: none\n", 2, "second colon", "quotation"),
    "tabs": ("sentences:\n\t- text: a\n", 2, "there is a tab", "with spaces"),
    "open quotation": (
        'sentences:\n  - text: "One.\n    kind: none\n', 4, "never closed", "Close it"
    ),
    "indented otherwise": (
        "sentences:\n - text: A\n   kind: none\n  - text: B\n", 4, "doesn't fit", "Indent"
    ),
    "two files in one": ("page-level: 1\n---\npage-level: 2\n", 2, "can't be read", "Mend"),
    "control character": ("a: \x07\n", 1, "can't be read", "Mend the line"),
    "not UTF-8": (b"# one\n# caf\xe9\n", 2, "UTF-8", "UTF-8"),
    "alias bomb": ("a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n", 1, "no meaning", "quotation"),
    "alias of all": ("a: *a\n", 1, "no meaning", "quotation"),
    "deep": ("a: " + "[" * 100_000, 1, "nested too deeply", "- text:"),
    "forged digest": (sign_off(digest="sha256:beef"), 6, "not made by the tool", "--approve"),
    "digest of capitals": (sign_off(digest=DIGEST.upper()), 6, "not made by the tool", "again"),
    "no date": (sign_off(reviewed="May 2026"), 4, "“May 2026” is no date", "2027-03-31"),
    "impossible date": (sign_off(next_review="2027-02-30"), 5, "is no date", "2027-03-31"),
    "week date": (sign_off(next_review="2027-W01-1"), 5, "is no date", "2027-03-31"),
    "due before": (sign_off(next_review="2026-05-04"), 5, "not after this one", "--approve"),
    "due never": (sign_off(next_review="3027-05-04"), 5, "more than 10 years", "--approve"),
    "no name": (sign_off(name=""), 2, "has no `name`", "--approve"),
    "a tag": (item("    kind: !!str none\n"), 3, "`!` at the beginning", "quotation"),
    "a tag for a text": ("sentences:\n  - text: !Note it\n    kind: none\n", 2, "`!`", "quotation"),
    "sign-off in words": ("sign-off: yes\n", 1, "this is no sign-off", "--approve"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_mistake_is_told_with_its_line_and_what_to_do(case: str) -> None:
    text, line, problem, remedy = BAD[case]
    read = parse(text)
    assert read.sign_off is None
    (finding,) = read.findings
    assert (finding.place.path, finding.place.line) == ("documents/l.review.yml", line), finding
    assert problem in finding.problem
    assert remedy in finding.remedy


def test_a_mistake_in_one_decision_leaves_the_others() -> None:
    read = parse(GOOD.replace("kind: none", "kind: nun"))
    assert len(read.findings) == 1
    assert [d.kind for d in read.kinds] == [Kind.SAFETY, Kind.EMERGENCY]


def test_a_giant_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "l.md").touch()
    with (tmp_path / "l.review.yml").open("wb") as file:
        file.truncate(beside.MAX_BYTES + 1)
    (finding,) = beside.load(tmp_path / "l.md", "l.md").findings
    assert "larger than 200 kB" in finding.problem


@given(st.text(max_size=200) | st.text(alphabet="-: \n&*[]{}#'\"abtexknid", max_size=80))
def test_any_text_is_read_or_told(text: str) -> None:
    read = parse(text.encode("utf-8", "replace"))
    assert all(finding.problem and finding.remedy for finding in read.findings)


# --- Whose file it is


def test_documents_that_differ_in_their_ending_each_need_a_file(tmp_path: Path) -> None:
    for name in ("l.md", "l.docx", "other.txt"):
        (tmp_path / name).touch()
    (tmp_path / "l.review.yml").write_text("page-level: 1\n", encoding="utf-8")
    shared = beside.load(tmp_path / "l.md", "documents/l.md")
    assert shared.page_level is None
    (finding,) = shared.findings
    assert "l.review.yml could belong to l.md or to l.docx" in finding.problem
    assert "l.md.review.yml" in finding.remedy
    (tmp_path / "l.review.yml").rename(tmp_path / "l.docx.review.yml")
    assert beside.load(tmp_path / "l.docx", "l.docx").page_level == 1
    assert beside.load(tmp_path / "l.md", "l.md") == Review("l.md.review.yml")


def test_a_file_with_another_ending_is_told_rather_than_ignored(tmp_path: Path) -> None:
    (tmp_path / "l.md").touch()
    (tmp_path / "l.review.yaml").write_text("page-level: 1\n", encoding="utf-8")
    (finding,) = beside.load(tmp_path / "l.md", "l.md").findings
    assert (finding.problem, finding.remedy) == (
        "l.review.yaml is not read", "Rename it to l.review.yml."
    )  # fmt: skip


def test_a_file_without_its_document_is_an_orphan(tmp_path: Path) -> None:
    for name in ("a.md", "a.review.yml", "b.review.yml", "c.md", "c.md.review.yml"):
        (tmp_path / name).touch()
    assert [path.name for path in beside.orphans(tmp_path)] == ["b.review.yml"]


# --- Signing


@pytest.mark.parametrize(
    "before",
    ["", "# mine\n", GOOD, "page-level: 1\nsign-off:\n", "sign-off: ~\npage-level: 1\n",
     "sign-off: {name: A}\npage-level: 1\n", "sign-off:\n    digest: x\n    name: A # in person\n",
     "sign-off: yes", "page-level: 1", "sign-off:\n  name:\n  role:\npage-level: 1\n"],
)  # fmt: skip
def test_signing_writes_the_sign_off_and_leaves_every_comment(before: str) -> None:
    text = signoff.signed(before, AGAIN, "l.md")
    read = parse(text.replace(AGAIN.digest, DIGEST))
    assert read.findings == (), text
    assert read.sign_off is not None
    assert (read.sign_off.name, read.sign_off.role) == ("B. Example", "another: role")
    assert (read.sign_off.reviewed, read.sign_off.due) == ("2027-05-01", "2028-05-01")
    assert read.page_level == parse(before).page_level
    assert read.kinds == parse(before).kinds
    assert text.startswith(before.partition("sign-off:")[0])
    assert all(comment in text for comment in ("# in person",) if comment in before)
    assert signoff.signed(text, AGAIN, "l.md") == text


# --- Earlier sign-offs

FIRST = SignOff("A. Example", "example role", "2026-05-04", "2027-05-04", DIGEST)
SECOND = SignOff("B. Example", "another: role", "2027-05-01", "2028-05-01", DIGEST[:-1] + "0")
THIRD = SignOff("A. Example", "example role", "2028-04-30", "2029-05-01", DIGEST)


def without_line(given: SignOff) -> SignOff:
    return replace(given, line=1)


def signed(folder: Path, before: bytes, given: SignOff) -> bytes:
    file = folder / "l.review.yml"
    file.write_bytes(before)
    return beside.signed(file, "l.review.yml", given, "l.md")


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize(
    "more", ["", "\n# the end", "\nearlier:\n", "\nearlier: []\npage-level: 1\n"]
)
def test_an_earlier_sign_off_is_kept_and_nothing_else_changes(
    ends: str, start: bytes, more: str, tmp_path: Path
) -> None:
    text = GOOD.replace("page-level: 2\n", "") + more
    before = start + text.replace("\n", ends).encode()
    once = signed(tmp_path, before, SECOND)
    twice = signed(tmp_path, once, THIRD)
    assert signed(tmp_path, twice, THIRD) == twice
    for data, earlier in ((once, [FIRST]), (twice, [FIRST, SECOND])):
        read = parse(data)
        assert read.findings == (), data.decode()
        assert [without_line(each) for each in read.earlier] == earlier
        rows = [row for row in data.decode().split(ends) if row.strip()]
        assert "\n" not in "".join(rows)
        assert data.startswith(start)
        kept = [row for row in before.decode().split(ends) if row.strip()]
        own = ("name:", "role:", "reviewed:", "next-review:", "digest:", "earlier:")
        for row in kept:
            assert row in rows or row.strip().startswith(own), row
        assert sum("in person" in row for row in rows) == 1


@pytest.mark.parametrize(
    "written",
    [
        "earlier: [{0}]\n",
        "earlier:\n- {0}   # kept\n\n# the end\n",
        "earlier:\n      - {0}\npage-level: 1",
        "page-level: 1\nearlier:\n  - name: A. Example\n    role: example role\n"
        "    reviewed: 2026-05-04\n    next-review: 2027-05-04\n    digest: " + DIGEST + "\n",
    ],
)
def test_one_more_is_put_below_the_others_however_they_are_written(
    written: str, tmp_path: Path
) -> None:
    row = "name: A. Example, role: example role, reviewed: 2026-05-04, next-review: 2027-05-04"
    row = f"{{{row}, digest: {DIGEST}}}"
    present = sign_off(reviewed="2027-05-01", next_review="2028-05-01")
    before = written.replace("{0}", row).rstrip("\n") + "\n" + present
    made = signed(tmp_path, before.encode(), THIRD).decode()
    read = parse(made)
    assert read.findings == (), made
    assert [each.reviewed for each in read.earlier] == ["2026-05-04", "2027-05-01"]
    for comment in ("# kept", "# the end"):
        assert made.count(comment) == before.count(comment)


def test_a_file_that_can_not_take_a_sign_off_is_left_alone(tmp_path: Path) -> None:
    before = b'{page-level: 1, sentences: [{text: "One.", kind: none}]}\n'
    with pytest.raises(ClinicpressError, match="as it is written"):
        signed(tmp_path, before, THIRD)
    assert (tmp_path / "l.review.yml").read_bytes() == before


def earlier(*entries: SignOff | str, present: SignOff | None = THIRD) -> str:
    written = [
        each
        if isinstance(each, str)
        else f"{{name: {each.name}, role: '{each.role}', reviewed: {each.reviewed}, "
        f"next-review: {each.due}, digest: '{each.digest}'}}"
        for each in entries
    ]
    now = "" if present is None else signoff.signed("", present, "l.md")
    return "earlier:\n" + "".join(f"  - {each}\n" for each in written) + now


BAD_EARLIER = {
    "not a list": ("earlier: A. Example in May\n", 1, "not a list"),
    "not an entry": (earlier("A. Example in May"), 2, "none of its fields"),
    "no digest": (earlier(FIRST).replace(f", digest: '{DIGEST}'", "", 1), 2, "no `digest`"),
    "forged digest": (earlier(replace(FIRST, digest="sha256:12")), 2, "not made by the tool"),
    "no date": (earlier(replace(FIRST, reviewed="May")), 2, "“May” is no date"),
    "due before": (earlier(replace(FIRST, due="2020-01-01")), 2, "not after this one"),
    "strange key": (earlier(FIRST).replace("role", "rôle", 1), 2, "`rôle` is not known"),
    "later than the present": (earlier(replace(FIRST, reviewed="2028-12-01", due="2029-12-01")), 2,
                               "is older"),
    "not in order": (earlier(SECOND, FIRST), 2, "is older"),
    "twice": (earlier(FIRST, FIRST), 3, "second time"),
    "the present one": (earlier(THIRD), 2, "second time"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_EARLIER)
def test_a_mistake_in_an_earlier_sign_off_is_told_and_that_one_left_out(case: str) -> None:
    text, line, problem = BAD_EARLIER[case]
    read = parse(text)
    first, *_ = read.findings
    assert (first.rule, first.place.line) == (signatures.EARLIER, line), first
    assert problem in first.problem
    assert first.remedy
    assert len(read.earlier) == text.count("  - ") - 1 + (case == "not a list")
