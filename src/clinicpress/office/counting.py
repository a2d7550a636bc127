"""Numbers in the forms that word processors give those of lists."""

from __future__ import annotations

LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Beyond these Word writes a letter so often that nobody counts them.
MOST_LETTERS, MOST_ROMAN, MOST_IN_WORDS = 780, 3999, 99
ROMANS = [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]  # fmt: skip
ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip
ENDINGS = {1: "st", 2: "nd", 3: "rd"}
TEENS = range(11, 14)


def formed(number: int, form: str, language: str = "") -> str | None:
    """Return a number as letters, Roman, plain or in words; None where the form is not known.

    Words are those of English, which a file without a language is in.
    """
    match form:
        case "decimal" | "":
            return str(number)
        case "none" | "bullet":
            return ""
        case "decimalZero":
            return f"{number:02}"
        case "lowerLetter" | "upperLetter" if 0 < number <= MOST_LETTERS:
            letter = LETTERS[(number - 1) % 26] * ((number - 1) // 26 + 1)
            return letter if form == "lowerLetter" else letter.upper()
        case "lowerRoman" | "upperRoman" if 0 < number <= MOST_ROMAN:
            return roman(number) if form == "lowerRoman" else roman(number).upper()
        case "numberInDash":
            return f"- {number} -"
    is_english = not language or language.lower().startswith("en")
    return _english(number, form) if is_english and 0 < number <= MOST_IN_WORDS else None


def roman(number: int) -> str:
    """Return a number in small Roman letters, "" of one that is not above 0."""
    letters = ""
    for value, sign in ROMANS:
        letters += sign * (number // value)
        number %= value
    return letters


def _english(number: int, form: str) -> str | None:
    match form:
        case "ordinal":
            ending = "th" if number in TEENS else ENDINGS.get(number % 10, "th")
            return f"{number}{ending}"
        case "cardinalText":
            return _words(number).capitalize()
        case "ordinalText":
            before, dash, last = _words(number).rpartition("-")
            return f"{before}{dash}{_ordinal(last)}".capitalize()
    return None


def _words(number: int) -> str:
    """Return a number below a hundred in words."""
    if number < len(ONES):
        return ONES[number]
    tens, ones = divmod(number, 10)
    return TENS[tens - 2] + (f"-{ONES[ones]}" if ones else "")


def _ordinal(word: str) -> str:
    """Return the last word of a number as that of a place in a row."""
    usual = f"{word[:-1]}ieth" if word.endswith("y") else f"{word}th"
    return ORDINALS.get(word, usual)
