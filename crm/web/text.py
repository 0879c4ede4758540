"""Folding text for matching and searching: case, accents and punctuation do not count."""

import re
import unicodedata

# Letters that carry a stroke or ligature instead of an accent, so NFKD leaves them as they are.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)
_APOSTROPHES = str.maketrans("", "", "'’‘`´ʼ")
_BREAKS = re.compile(r"[^\w]+")


def fold(text: str) -> str:
    """`text` in lower case, without accents or punctuation, words parted by single spaces.

    "L’Été – Ångström & Co." → "lete angstrom co"
    """
    if text.isascii():  # most is, and needs none of the rest
        return _BREAKS.sub(" ", text.translate(_APOSTROPHES).lower().replace("_", " ")).strip()
    text = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold().translate(_LETTERS)
    text = "".join(c for c in text if not unicodedata.combining(c))
    return _BREAKS.sub(" ", text.replace("_", " ")).strip()
