"""Where a title stands from A to Z: without its article, accents and signs."""

from __future__ import annotations

import html
import re
import unicodedata

# "The Epley manoeuvre" stands under E. By language, each with what parts it from the next word.
ARTICLES = {
    "en": r"(?:the|an?)\s",
    "es": r"(?:el|la|los|las|un|una|unos|unas)\s",
    "fr": r"(?:(?:le|la|les|un|une|des)\s|l['’])",
}
# Behind every other letter that n may be followed by: in Spanish ñ stands between n and o.
BEHIND = "\uffff"


def key(title: str, language: str, alphabet: str = "") -> str:
    """Return a title to sort by: small letters with no accents, no signs and article before them.

    `language` is the title's, `alphabet` the language of the list where that is another.
    """
    text = unicodedata.normalize("NFC", html.unescape(title)).casefold()
    text = text.replace("ñ", f"n{BEHIND}") if (alphabet or language)[:2] == "es" else text
    text = text.replace("œ", "oe").replace("æ", "ae")
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    plain = re.sub(r"^[\W_]+", "", plain)
    article = ARTICLES.get(language.partition("-")[0].lower())
    return re.sub(rf"^{article}[“«‘\"'(]*(?=\w)", "", plain) if article else plain


def letter(key: str) -> str:
    """Return the letter that a title stands under, by what it is sorted by."""
    if key.startswith(f"n{BEHIND}"):
        return "Ñ"
    return "0–9" if key[:1].isdigit() else key[:1].upper()[:1] or "…"
