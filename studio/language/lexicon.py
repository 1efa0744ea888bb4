"""The words we know, from `lexicon.json`, and the sentence cut into tagged items.

Tags (one letter an item, so that `clauses` can match them with regular expressions):
T part or measurement, A amount, C comparative, J adjective of size, H hedge, V growth verb, D multiplier, F feature,
X choice, x choice only beside its part, G garment, Z size, s shade; m make, W change, P add, h with, R remove, n no,
K keep, N not, q too, i instead of, o to, b by, f from, p in/at/of, & and, v or, ; clause end, a/d articles, B undo, E redo,
Y a part that is drawn without being asked for, U not understood.
"""

from __future__ import annotations

import functools
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.language.amounts import Amount, amount_at

FUZZY_LETTERS = 5
FUZZY_SCORE = 88.0
LONGEST_PHRASE = 6


@dataclass(frozen=True)
class Entry:
    """What a phrase means. `choices` are the (field, value) pairs that it decides."""

    tag: str
    name: str = ""
    choices: tuple[tuple[str, str | bool], ...] = ()
    sign: int = 0
    dimension: str = ""
    factor: float = 1.0
    note: str = ""


@dataclass(frozen=True)
class Item:
    """One understood (or, tag U, not understood) piece of a sentence."""

    tag: str
    words: str
    entry: Entry
    amount: Amount | None = None
    typo: str = ""


@functools.cache
def _file() -> Mapping[str, Any]:
    words: Mapping[str, Any] = json.loads(Path(__file__).with_name("lexicon.json").read_text(encoding="utf-8"))
    return words


def word_list(section: str) -> frozenset[str]:
    """A plain list of the lexicon file ('hostile', 'off_topic', 'unsupported', 'glue')."""
    return frozenset(_file()[section].split("|"))


@functools.cache
def size_girths() -> Mapping[str, tuple[float, float, float]]:
    """Women's EU size to bust, waist and hip girth in cm."""
    return {name: (girths[0], girths[1], girths[2]) for name, girths in _file()["women_sizes"].items()}


@functools.cache
def letter_sizes() -> Mapping[str, str]:
    """What is said for a letter size to its name in the tables of `studio.sizes`."""
    sizes: Mapping[str, str] = _file()["letter_sizes"]
    return sizes


@functools.cache
def wearers() -> Mapping[str, str]:
    """Words for the wearer to 'women', 'men' or 'children'."""
    return {word: who for who, listed in _file()["wearers"].items() for word in listed.split("|")}


KIND_OF: Mapping[str, str] = {"has_collar": "collar", "has_hood": "hood", "has_pockets": "pocket"}
"""A feature and the field that says which kind of it."""
FEATURE_OF: Mapping[str, str] = {kind: feature for feature, kind in KIND_OF.items()}


@functools.cache
def phrases() -> Mapping[str, Entry]:
    """Every known phrase, lower case, words parted by one space. The first meaning listed wins; plurals follow."""
    known: dict[str, Entry] = {}
    for phrase, entry in (*_garments(), *_choices(), *_other_choices(), *_parts(), *_moves(), *_small_words()):
        known.setdefault(phrase, entry)
    for phrase, entry in list(known.items()):
        if entry.tag in "GXFTxY" and not phrase.endswith("s"):
            known.setdefault(phrase + "s", entry)
    return known


def _garments() -> Iterator[tuple[str, Entry]]:
    for phrase, kind in _file()["garments"].items():
        shorts = (("length", "short"),) if kind == "shorts" else ()
        yield phrase, Entry("G", "pants" if shorts else kind, shorts)
    for phrase, (kind, implied) in _file()["styled_garments"].items():
        yield phrase, Entry("G", kind, tuple(implied.items()), note=phrase)


def _choices() -> Iterator[tuple[str, Entry]]:
    for section, tag in (("choices", "X"), ("nearest_choices", "X"), ("bare_choices", "x")):
        for field, values in _file()[section].items():
            for value, listed in values.items():
                for phrase in listed.split("|"):
                    note = f"{phrase} is kept as {value}" if section == "nearest_choices" else ""
                    yield phrase, Entry(tag, field, _with_feature(field, value), note=note)


def _with_feature(field: str, value: str) -> tuple[tuple[str, str | bool], ...]:
    """A kind of collar, hood or pocket says too that there is one."""
    feature = FEATURE_OF.get(field)
    return ((feature, True), (field, value)) if feature else ((field, value),)


def _other_choices() -> Iterator[tuple[str, Entry]]:
    for phrase, both in _file()["double_choices"].items():
        yield phrase, Entry("X", "fit", tuple(both.items()))
    for value, listed in _file()["length_words"].items():
        for phrase in listed.split("|"):
            yield phrase, Entry("X", "length", (("length", value),))
    for phrase, (field, there) in _file()["feature_adjectives"].items():
        yield phrase, Entry("X", field, ((field, there),))


def _parts() -> Iterator[tuple[str, Entry]]:
    yield from _kinds()
    for field, listed in _file()["features"].items():
        for phrase in listed.split("|"):
            yield phrase, Entry("F", field)
    for name, listed in _file()["targets"].items():
        for phrase in listed.split("|"):
            yield phrase, Entry("T", name)
    for phrase in _file()["drawn_parts"].split("|"):
        yield phrase, Entry("Y", phrase)


def _kinds() -> Iterator[tuple[str, Entry]]:
    for section in ("feature_kinds", "nearest_kinds"):
        for feature, fields in _file()[section].items():
            for field, values in fields.items():
                for value, listed in values.items():
                    for phrase in listed.split("|"):
                        shown = f"{value.replace('_', ' ')} {field}"
                        note = f"{phrase} is kept as {shown}" if section == "nearest_kinds" else ""
                        yield phrase, Entry("F", feature, ((field, value),), note=note)


def _moves() -> Iterator[tuple[str, Entry]]:
    for section, tag in (("comparatives", "C"), ("growth_verbs", "V"), ("adjectives", "J")):
        for phrase, (sign, dimension) in _file()[section].items():
            yield phrase, Entry(tag, phrase, sign=sign, dimension=dimension)
    for phrase, factor in _file()["multipliers"].items():
        yield phrase, Entry("D", phrase, factor=factor)
    for level, listed in _file()["hedges"].items():
        for phrase in listed.split("|"):
            yield phrase, Entry("H", level)


def _small_words() -> Iterator[tuple[str, Entry]]:
    for phrase in _file()["shades"].split("|"):
        yield phrase, Entry("s", phrase)
    for tag, listed in _file()["words"].items():
        for phrase in listed.split("|"):
            yield phrase, Entry(tag, phrase)
    for phrase in _file()["glue"].split("|"):
        yield phrase, Entry(" ", phrase)
    for phrase in _file()["unsupported"].split("|"):
        yield phrase, Entry("U", phrase, note="unsupported")


@functools.cache
def _single_words() -> tuple[str, ...]:
    words = {word for phrase in phrases() for word in phrase.split() if word.isalpha()}
    return tuple(sorted(word for word in words if len(word) >= FUZZY_LETTERS))


_WORD = re.compile(r"w/o?(?![^\W_])|\d/\d(?![^\W_])|[^\W_]+(?:(?:'|(?<=\d)[./](?=\d))[^\W_]+)*'?")
_HYPHEN = re.compile(r"(?<=[a-z])-(?=[a-z0-9])|(?<=\d)-(?=[a-z])")
_CODE = "extra small|extra large|xx?-?\\s?large|small|medium|large|xxxl|xxl|xl|xs|[23]xl|[23]x|s|m|l"
_WHO = (
    r"(?:women|men|wom[ae]n's|m[ae]n's|womens|mens|ladies'?|gents|male|female"
    r"|kids'?|kid's|child|child's|children's|childrens|boys'?|girls'?)"
)
_SYSTEM = rf"eu|uk|us|european|german|{_WHO}"
_YOUNG = r"(?:child|kid|girl|boy|toddler|son|daughter)"
_SIZE = re.compile(
    rf"(?:(?P<system>{_SYSTEM})\s+)?sizes?\s*(?:is\s+|to\s+)?:?\s*(?P<code>\d{{1,3}}|{_CODE})\b"
    r"|(?P<system2>eu|uk|us)\s?(?P<code2>\d{1,2})\b"
    rf"|(?P<system3>{_WHO})\s+(?P<code3>\d{{2,3}}(?!\s*(?:cm|mm|in|%|\"))|{_CODE})(?![\w'-])"
    r"|(?P<code4>xs|xl|xxl|xxxl|[23]xl)(?![\w'-])"
    rf"|(?P<system5>{_YOUNG})\s+(?:of\s+)?(?P<code5>\d{{2,3}})(?:\s*cm)?(?:\s+tall)?(?![\w.,]*\w)"
    rf"|(?P<code6>\d{{2,3}})\s*cm\s+(?P<system6>{_YOUNG})\b"
)
_LETTER = re.compile(r"(?<![\w'-])[SML](?![\w'-])")
_PUNCTUATION = {
    ",": "&",
    "(": "&",
    ")": "&",
    ".": ";",
    ";": ";",
    "!": ";",
    ":": "o",
    "=": "o",
    "&": "&",
    "?": " ",
    "/": "&",
    "+": "P",
}


def tagged(text: str) -> tuple[Item, ...]:
    """`text` (as `plain_text` gives it) as items, in order. Every word is in one item."""
    low = _HYPHEN.sub(" ", "".join(mark.lower() if len(mark.lower()) == 1 else mark for mark in text))
    items: list[Item] = []
    at = 0
    while at < len(low):
        if low[at].isspace():
            at += 1
            continue
        item, at = _item_at(low, at, text)
        items.append(item)
    return tuple(items)


def _item_at(low: str, at: int, text: str) -> tuple[Item, int]:
    if found := _SIZE.match(low, at):
        said = {name.rstrip("23456"): value for name, value in found.groupdict().items() if value}
        return Item("Z", text[at : found.end()], Entry("Z", said["code"], note=said.get("system", ""))), found.end()
    if len(low) == len(text) and _LETTER.match(text, at):
        return Item("Z", text[at], Entry("Z", low[at])), at + 1
    words = _words_from(low, at)
    for count in range(len(words), 1, -1):
        phrase = " ".join(word for word, _ in words[:count])
        if phrase in phrases():
            end = words[count - 1][1]
            return _known(phrases()[phrase], text[at:end]), end
    if amount := amount_at(low, at):
        return Item("A", text[at : amount[1]], Entry("A"), amount[0]), amount[1]
    if words:
        return _single(words[0][0], text[at : words[0][1]]), words[0][1]
    return _mark(low[at], text[at]), at + 1


def _words_from(low: str, at: int) -> list[tuple[str, int]]:
    words: list[tuple[str, int]] = []
    while len(words) < LONGEST_PHRASE and (found := _WORD.match(low, at)):
        words.append((found[0], found.end()))
        at = found.end()
        if at >= len(low) or low[at] != " ":
            break
        at += 1
    return words


def _known(entry: Entry, words: str, typo: str = "") -> Item:
    return Item(entry.tag, words, entry, typo=typo)


def _single(word: str, shown: str) -> Item:
    for form in (word, word.rstrip("'"), word.removesuffix("'s")):
        if form in phrases():
            return _known(phrases()[form], shown)
    if len(word) >= FUZZY_LETTERS and word.isascii():
        near = _nearest(word)
        if near in phrases():
            return _known(phrases()[near], shown, typo=near)
    return Item("U", shown, Entry("U"))


@functools.lru_cache(maxsize=4096)
def _nearest(word: str) -> str:
    """The known word that `word` is a slip of, or ''."""
    from rapidfuzz import fuzz, process

    near = process.extractOne(word, _single_words(), scorer=fuzz.ratio, score_cutoff=FUZZY_SCORE)
    return near[0] if near else ""


def _mark(mark: str, shown: str) -> Item:
    if mark in _PUNCTUATION:
        return Item(_PUNCTUATION[mark], shown, Entry(_PUNCTUATION[mark], mark))
    known = unicodedata.category(mark)[0] in "PZ" or mark in "-<>|`^~$*#@_'\""
    return Item(" " if known else "U", shown, Entry(" " if known else "U"))
