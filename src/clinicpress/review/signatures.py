"""Sign-offs as a review file has them: the present one, and those that it took the place of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ruamel.yaml.nodes import MappingNode

from clinicpress.review import fields, signoff
from clinicpress.review.decisions import Review, SignOff
from clinicpress.review.fields import Fields

SIGN_OFF, EARLIER = "sign-off", "sign-off-earlier"
SIGN_AGAIN = "Sign it off again: clinicpress review DOCUMENT --approve --name … --role … --until …"
TAKE_BACK = (
    "Put it back from an earlier copy of the file, or take the entry out. The tool writes these."
)
DATE = "Write year, month, day: 2027-03-31."


def with_signatures(review: Review, found: Fields, given: Mapping[str, Any]) -> Review:
    """Return a review with its sign-off, and the earlier ones from the oldest on."""
    before = len(found.findings)
    review = replace(review, sign_off=_present(found, given.get("sign-off")))
    _call(found, before, SIGN_OFF)
    before = len(found.findings)
    items = found.items(given, "earlier", TAKE_BACK)
    earlier = [made for item in items if (made := _read(found, item, TAKE_BACK))]
    review = replace(review, earlier=tuple(_in_order(found, earlier, review.sign_off)))
    _call(found, before, EARLIER)
    return review


def _call(found: Fields, first: int, rule: str) -> None:
    """Give the findings from the first on their rule."""
    found.findings[first:] = [replace(each, rule=rule) for each in found.findings[first:]]


def _present(found: Fields, node: Any) -> SignOff | None:
    if node is None or fields.is_nothing(node):
        return None
    if not isinstance(node, MappingNode):
        found.say(fields.line_of(node), "this is no sign-off", SIGN_AGAIN)
        return None
    return _read(found, node, SIGN_AGAIN)


def _read(found: Fields, node: MappingNode, remedy: str) -> SignOff | None:
    """Return a sign-off that is whole; None where anything in it is wrong."""
    before = len(found.findings)
    given = found.pairs(node, signoff.KEYS)
    texts = {key: found.text(given, key) for key in signoff.KEYS}
    for key in signoff.KEYS:
        if not texts[key]:
            found.say(fields.line_of(node), f"the sign-off has no `{key}`", remedy)
    for key in ("reviewed", "next-review"):
        if texts[key] and signoff.day(texts[key]) is None:
            found.say(fields.line_of(given[key]), f"“{texts[key][:40]}” is no date", DATE)
    if texts["digest"] and not signoff.DIGEST.fullmatch(texts["digest"]):
        problem = "this digest was not made by the tool"
        found.say(fields.line_of(given["digest"]), problem, remedy)
    if len(found.findings) > before:
        return None
    name, role, reviewed, due, digest = texts.values()
    if problem := signoff.wrong_dates(reviewed, due):
        found.say(fields.line_of(given["next-review"]), problem, remedy)
        return None
    return SignOff(name, role, reviewed, due, digest, fields.line_of(node))


def _in_order(
    found: Fields, earlier: Sequence[SignOff], present: SignOff | None
) -> Iterator[SignOff]:
    """Yield earlier sign-offs; one that is later than the next, or stands twice, is left out."""
    following = [*earlier[1:], *([present] if present else [])]
    seen: set[SignOff] = set()
    for each, after in zip(earlier, [*following, None], strict=False):
        same = replace(each, line=1)
        if same in seen or (present and same == replace(present, line=1)):
            found.say(each.line, "this sign-off stands in the file a second time", TAKE_BACK)
        elif after and each.reviewed > after.reviewed:
            problem = f"this earlier sign-off is of {each.reviewed}, and the one after it is older"
            found.say(each.line, problem, "They stand from the oldest on. " + TAKE_BACK)
        else:
            yield each
        seen.add(same)
