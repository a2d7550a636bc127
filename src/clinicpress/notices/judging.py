"""The kind of each statement of a leaflet, with the reasons for it and against it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence

from clinicpress.model import Kind
from clinicpress.notices import concepts, learned
from clinicpress.notices.evidence import Features, Statement, evidence
from clinicpress.notices.learned import KINDS, UNIT, Model, Shares
from clinicpress.notices.rules import Rules

Verdict = tuple[Kind, tuple[str, ...]]

NOTHING: Verdict = (Kind.NONE, ())
# How many times likelier than its share a kind is held to be: a missed emergency is the worst,
# then a missed safety statement, then a notice too many.
LEAN = (1.0, 4.0, 1.0, 1.0)
# Lists below a heading such as “Not for you if” are nearly always of safety (all of 17 labelled).
OPEN = 8.0
INVITING = frozenset({"booking", "benefit", "cost"})
FOR, AGAINST = 4, 2  # reasons told
LEAD = 60  # letters of the line that leads in
SMALL = 3  # letters: a word as short as this tells a reader nothing
# An emergency speaks of one of these at least, unless it asks: where soup is served is none.
HELP = frozenset(
    "contact crisis doctor emergency_number emergency_service emergency_word go_to".split()
)
URGENT = HELP | frozenset(
    "adverse at_once clinic condition harm_event if infection_sign medicine prohibit red_flag risk "
    "severe".split()
)


def judge(
    statements: Sequence[Statement], rules: Rules, model: Model | None = None
) -> list[Verdict]:
    """Return the verdict on each statement of a leaflet; they are judged together."""
    model = model or learned.load()
    found = evidence(statements, rules)
    alone = model.by_itself(found)
    verdicts: list[Verdict] = []
    continued = _continued(statements, alone, rules)
    for at, shares in enumerate(model.among(statements, alone)):
        statement = statements[at]
        if outright := rules.outright(statement.text):
            verdicts.append((Kind.EMERGENCY, outright))
        elif headed := _headed(statement, rules):
            verdicts.append((Kind.EMERGENCY, headed))
        elif statement.above in continued:
            verdicts.append((Kind.EMERGENCY, (rules.words["led"],)))
        elif led := _led(statement, _likeliest(alone[at]), verdicts):
            verdicts.append((led, (rules.words["led"],)))
        elif best := _likeliest(_held(statement, alone[at], shares, rules)):
            lead = "" if statement.lead is None else statements[statement.lead].text
            reasons = tuple(_reasons((statement, lead), found[at], best, rules, model))
            verdicts.append((KINDS[best], reasons))
        else:
            verdicts.append(NOTHING)
    return verdicts


def _likeliest(shares: Shares) -> int:
    """Return the place in `KINDS` of the kind that a statement is held to be."""
    return max(range(len(KINDS)), key=lambda kind: shares[kind] * LEAN[kind])


def _can_press(statement: Statement, alone: Shares, rules: Rules) -> bool:
    """Say whether a statement can be an emergency for what stands around it.

    Not one that says that nobody need call for help; nor a sentence that speaks of nothing of the
    kind; nor a table's row that is none by itself, for the next row says another thing; nor an
    item below a heading such as “Stay at home if you have”, which sends nobody for help.
    """
    text = statement.text
    spoken = concepts.spoken_of(text, rules.language)
    if rules.calm.search(text):
        return False
    match statement.shape:
        case "row":
            return max(alone) == alone[KINDS.index(Kind.EMERGENCY)]
        case "item":
            heading = _list_heading(statement)
            told = (*spoken, *concepts.spoken_of(heading, rules.language))
            return not rules.opens.search(heading) or not HELP.isdisjoint(told)
    return "?" in text or not URGENT.isdisjoint(spoken)


def _held(statement: Statement, alone: Shares, shares: Shares, rules: Rules) -> Shares:
    """Return the shares of a statement, in the light of what it can be."""
    presses = 1.0 if _can_press(statement, alone, rules) else 0.0
    heading = _list_heading(statement)
    invites = not INVITING.isdisjoint(concepts.spoken_of(heading, rules.language))
    warns = OPEN if rules.opens.search(heading) and not invites else 1.0
    none, emergency, safety, credential = shares
    return none, emergency * presses, safety * warns, credential


def _list_heading(statement: Statement) -> str:
    """Return the heading that a list stands right below; empty where a line leads it in."""
    leads = statement.shape == "item" and statement.lead is None
    return "".join(statement.headings[-1:]) if leads else ""


def _headed(statement: Statement, rules: Rules) -> tuple[str, ...]:
    """Return why an item is an emergency whose list a heading such as “Call 999 if” leads."""
    heading = _list_heading(statement)
    return (rules.words["heading"].format(heading=heading),) if rules.outright(heading) else ()


def _continued(
    statements: Sequence[Statement], alone: Sequence[Shares], rules: Rules
) -> frozenset[int]:
    """Return the emergencies that the list right below each goes on with.

    “Go to hospital if you are short of breath.”, then “Chest pain”: one item that is an emergency
    by itself tells that all are, though no colon leads them in.
    """
    below = {
        statement.above
        for statement, shares in zip(statements, alone, strict=True)
        if statement.above is not None and KINDS[_likeliest(shares)] is Kind.EMERGENCY
    }
    return frozenset(at for at in below if rules.outright(statements[at].text))


def _led(statement: Statement, alone: int, before: Sequence[Verdict]) -> Kind | None:
    """Return the sense an item takes from the line that leads in its list.

    None where that line is ordinary text, and for an item that by itself is an emergency.
    """
    if statement.lead is None or KINDS[alone] is Kind.EMERGENCY:
        return None
    led, _ = before[statement.lead]
    return None if led is Kind.NONE else led


def _reasons(
    stated: tuple[Statement, str], found: Features, best: int, rules: Rules, model: Model
) -> Iterator[str]:
    """Yield what spoke most for a kind rather than for ordinary text, then what spoke against.

    `stated` is the statement and the line that leads in its list.
    """
    gains = {
        name: strength * (row[best] - row[0]) / UNIT
        for name, strength in found.items()
        if (row := model.alone.get(name)) is not None
    }
    told: dict[str, float] = {}
    for name, gain in gains.items():
        if reason := _reason(name, *stated, rules):
            told[reason] = told.get(reason, 0.0) + gain
    ranked = sorted(told, key=lambda reason: -told[reason])
    spoke_for = [reason for reason in ranked if told[reason] > 0][:FOR]
    against = [reason for reason in reversed(ranked) if told[reason] < 0][:AGAINST]
    yield from (f"{told[reason]:+.1f} {reason}" for reason in (*spoke_for, *against))
    if not spoke_for:
        yield rules.words["around"]


def _reason(name: str, statement: Statement, lead: str, rules: Rules) -> str:
    """Return a piece of evidence in plain words; empty for what tells a reader nothing."""
    where, _, what = name.partition(" ")
    match where:
        case "C":
            concept = next(c for c in concepts.load(rules.language) if c.name == what)
            return rules.words["speaks"].format(what=concept.why, said=concept.said(statement.text))
        case "rw":
            return _ruled(what.partition(" ")[2], statement, rules)
        case "w" if len(what) > SMALL and what not in rules.function_words:
            word = re.compile(rf"(?<!\w){re.escape(what)}(?!\w)")
            said = concepts.as_written(statement.text, word) or what
            return rules.words["says"].format(said=said)
        case "l" | "lC" | "lr" | "lrw":
            return rules.words["follows"].format(
                lead=textwrap.shorten(lead, LEAD, placeholder=" …")
            )
        case "h" | "hC" | "rh":
            return rules.words["heading"].format(heading=statement.headings[-1])
        case "at":
            return rules.words["place"]
    return ""


def _ruled(why: str, statement: Statement, rules: Rules) -> str:
    """Return why a rule was met, and the words that met it."""
    hits = (cue.pattern.search(statement.text) for cue in rules.cues if cue.why == why)
    said = next((hit.group().strip() for hit in hits if hit), "")
    return f"{why} (“{said}”)" if said else why
