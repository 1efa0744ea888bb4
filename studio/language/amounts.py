"""Numbers and units in running text: '5 cm', '1 1/2 inch', '2,5 cm', '5\\'7"', 'a third', '10%', 'two inches'."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pint import UnitRegistry

LENGTH_UNITS = frozenset({"mm", "cm", "m", "km", "in", "ft", "yd"})


@dataclass(frozen=True)
class Amount:
    """A number as it was said.

    `unit` is a length unit, '%', 'part' (a third: taken of the present value), 'times' (twice) or '' when none was said.
    """

    value: float
    unit: str
    signed: bool = False
    assumption: str = ""

    @property
    def relative(self) -> bool:
        """True where the amount is a share of the present value."""
        return self.unit in ("%", "part", "times")


_UNIT_WORDS = {
    "cm": "cm|cms|centimeters?|centimetres?",
    "mm": "mm|millimeters?|millimetres?",
    "km": "km|kilometers?|kilometres?",
    "m": "meters?|metres?|m",
    "in": r"inches|inch|ins|in(?!\s+(?:the|my|a|an|this|length|width|total|all|black|white|gr[ae]y|red|blue|green)\b)|\"|''",
    "ft": "feet|foot|ft",
    "yd": "yards?|yds?",
    "%": "%|percent|per cent",
    "times": "times|x",
}
_WORD_VALUES = {
    "zero": 0.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0, "eight": 8.0,
    "nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "fifteen": 15.0, "twenty": 20.0, "thirty": 30.0, "forty": 40.0,
    "fifty": 50.0, "sixty": 60.0, "seventy": 70.0, "eighty": 80.0, "ninety": 90.0, "hundred": 100.0, "a hundred": 100.0, 
    "a dozen": 12.0, "dozen": 12.0,
    "a couple of": 2.0, "a couple": 2.0, "couple of": 2.0, "a few": 3.0, "few": 3.0, "several": 4.0, "a": 1.0, "an": 1.0,
}  # fmt: skip
_PARTS = {
    "two thirds": 2 / 3, "2 thirds": 2 / 3, "three quarters": 0.75, "3 quarters": 0.75, "a half": 0.5, "one half": 0.5,
    "half": 0.5,
    "a third": 1 / 3, "one third": 1 / 3, "third": 1 / 3, "a quarter": 0.25, "one quarter": 0.25, "quarter": 0.25,
    "a fifth": 0.2, "one fifth": 0.2, "a tenth": 0.1, "one tenth": 0.1, "three fourths": 0.75, "a fourth": 0.25,
}  # fmt: skip
_VAGUE = frozenset({"a couple of", "a couple", "couple of", "a few", "few", "several"})

_DEFINITIONS = (
    "metre = [length] = m", "kilometre = 1000 metre = km", "centimetre = 0.01 metre = cm", "millimetre = 0.001 metre = mm",
    "inch = 2.54 centimetre = in", "foot = 12 inch = ft", "yard = 3 foot = yd",
)  # fmt: skip

_DIGITS = r"\d{1,9}(?:[.,]\d{1,6})?|\.\d{1,6}"
_FRACTION = r"\d{1,3}\s*/\s*[1-9]\d{0,2}"
_NUMBER = rf"(?:\d{{1,4}}(?:\s+|\s*-\s*|\s+and\s+){_FRACTION}|{_FRACTION}|{_DIGITS})"
_UNIT = "|".join(f"(?P<u{n}>{words})" for n, words in enumerate(_UNIT_WORDS.values()))
_END = r"(?![\w./]*\w)"


def _any_of(words: dict[str, float]) -> str:
    return "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))


_FEET_INCHES = re.compile(
    rf"(\d{{1,2}})\s*(?:'|ft\.?|feet|foot)\s*(?:and\s+)?({_NUMBER})\s*(?:\"|''|inches|inch|in\b)?{_END}", re.IGNORECASE
)
_METRES_CM = re.compile(rf"([12])\s*m\s*(\d\d){_END}", re.IGNORECASE)
_FEET_MARK = re.compile(rf"(\d{{1,2}})'{_END}")
_RANGE = re.compile(rf"({_DIGITS})\s*(?:-|\bto\b)\s*({_DIGITS})\s*(?:{_UNIT})(?![a-z])", re.IGNORECASE)
_MEASURE = re.compile(rf"(?P<sign>[+-]\s?)?(?P<number>{_NUMBER})\s*-?\s*(?:{_UNIT})(?![a-z0-9])", re.IGNORECASE)
_BARE = re.compile(rf"(?P<sign>[+-]\s?)?(?P<number>{_NUMBER})(?!\w|/\d|[.,]\d)", re.IGNORECASE)
_SAID = re.compile(
    rf"(?:(?P<part>{_any_of(_PARTS)})(?:\s+(?:an?|of\s+an?))?|(?P<word>{_any_of(_WORD_VALUES)})(?P<half>\s+and\s+a\s+half)?)"
    rf"[\s-]+(?:{_UNIT})(?![a-z0-9])(?P<and_half>\s+and\s+a\s+half\b)?",
    re.IGNORECASE,
)
_SAID_PART = re.compile(
    rf"(?:{_any_of(_PARTS)})\b(?!\s*(?:sleeve|length|an?\s+in|(?:of\s+an?\s+)?circle|fullness))", re.IGNORECASE
)
_SAID_NUMBER = re.compile(rf"(?:{_any_of({k: v for k, v in _WORD_VALUES.items() if v > 1})})\b", re.IGNORECASE)
_TIMES = re.compile(r"(?P<twice>twice|two times|thrice)\b", re.IGNORECASE)

_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "′": "'", "“": '"', "”": '"', "″": '"', "−": "-", "–": "-", "—": " - ", "×": "x", "⁄": "/"}
)


def plain_text(text: str) -> str:
    """`text` in one form: straight quotes and dashes, spelled-out fractions (½ becomes 1/2), no control characters."""
    spread = (unicodedata.normalize("NFKC", mark) if unicodedata.category(mark) == "No" else mark for mark in text)
    straight = unicodedata.normalize("NFKC", "".join(f" {mark}" if "⁄" in mark and len(mark) > 1 else mark for mark in spread))
    straight = straight.translate(_QUOTES)
    shown = "".join(mark if unicodedata.category(mark)[0] != "C" else " " for mark in straight)
    return re.sub(r"\s+", " ", shown).strip()


def amount_at(text: str, start: int) -> tuple[Amount, int] | None:
    """The amount that begins exactly at `start` and where it ends, or None."""
    for read in (_feet_and_inches, _range, _number, _said):
        found = read(text, start)
        if found is not None:
            return found
    return None


def in_cm(value: float, unit: str) -> float:
    """A length in cm. The unit registry is built at the first unit that is not cm."""
    if unit == "cm":
        return value
    return float(_registry().Quantity(value, unit).to("cm").magnitude)


@functools.cache
def _registry() -> UnitRegistry[float]:
    import pint

    registry: UnitRegistry[float] = pint.UnitRegistry(None)
    for line in _DEFINITIONS:
        registry.define(line)
    return registry


def _feet_and_inches(text: str, start: int) -> tuple[Amount, int] | None:
    if found := _METRES_CM.match(text, start):
        return Amount(float(found[1]) * 100 + float(found[2]), "cm"), found.end()
    if found := _FEET_INCHES.match(text, start):
        return Amount(float(found[1]) * 12 + _value(found[2]), "in"), found.end()
    if found := _FEET_MARK.match(text, start):
        return Amount(float(found[1]), "ft"), found.end()
    return None


def _range(text: str, start: int) -> tuple[Amount, int] | None:
    found = _RANGE.match(text, start)
    if not found:
        return None
    low, high = _value(found[1]), _value(found[2])
    middle, unit = (low + high) / 2, _unit(found)
    return Amount(middle, unit, assumption=f"the middle of {low:g} to {high:g}, {middle:g} {unit}"), found.end()


def _number(text: str, start: int) -> tuple[Amount, int] | None:
    found = _MEASURE.match(text, start)
    unit = _unit(found) if found else ""
    found = found or _BARE.match(text, start)
    if not found:
        return None
    sign = (found["sign"] or "").strip()
    number = found["number"]
    if not unit and "/" in number and not re.search(r"\d\s+\d|-", number):
        unit = "part"
    return Amount(_value(number) * (-1 if sign == "-" else 1), unit, bool(sign)), found.end()


def _said(text: str, start: int) -> tuple[Amount, int] | None:
    if found := _TIMES.match(text, start):
        return Amount(3.0 if found["twice"].lower() == "thrice" else 2.0, "times"), found.end()
    if found := _SAID.match(text, start):
        word = (found["part"] or found["word"]).lower()
        value = _PARTS[word] if found["part"] else _WORD_VALUES[word] + (0.5 if found["half"] or found["and_half"] else 0.0)
        unit = _unit(found)
        return Amount(value, unit, assumption=f"“{word}” as {value:g} {unit}" if word in _VAGUE else ""), found.end()
    if found := _SAID_PART.match(text, start):
        return Amount(_PARTS[found[0].lower()], "part"), found.end()
    if found := _SAID_NUMBER.match(text, start):
        return Amount(_WORD_VALUES[found[0].lower()], ""), found.end()
    return None


def _unit(found: re.Match[str]) -> str:
    return next(unit for n, unit in enumerate(_UNIT_WORDS) if found[f"u{n}"] is not None)


def _value(number: str) -> float:
    whole, slash, below = number.partition("/")
    if not slash:
        grouped = re.fullmatch(r"\d{1,3}(?:,\d{3})+", number)
        return float(number.replace(",", "") if grouped else number.replace(",", "."))
    pieces = re.findall(r"\d+", whole)
    over = float(pieces.pop()) / (float(below) or 1.0)
    return over + (float(pieces[0]) if pieces else 0.0)
