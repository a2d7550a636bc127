"""The review file: each mistake in it is told with its line, and signing changes nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicpress.model import Kind
from clinicpress.review import beside, reviewfile, signoff
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
    "not a decision": ("sentences:\n  - One.\n", 2, "not a decision", "- text:"),
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
     "sign-off: yes", "\ufeffpage-level: 1", "sign-off:\n  name:\n  role:\npage-level: 1\n"],
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
    kept = before.removeprefix("\ufeff").partition("sign-off:")[0]
    assert text.startswith(kept.rstrip())
    assert all(comment in text for comment in ("# in person",) if comment in before)
    assert signoff.signed(text, AGAIN, "l.md") == text
