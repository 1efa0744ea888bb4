"""Which garment a sentence is about: a new one, the present one, or another that the present one turns into."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from studio.design import GarmentDesign
from studio.language.lexicon import Entry, Item
from studio.language.wishes import Kind, Unclear
from studio.vocabulary import GarmentType

_NEW = re.compile(r"a[XxJsU&AFTHh]*G")
_SHAPED = re.compile(r"[ad]*[TG]+[pad]*[sX]")
"""What follows 'cut' where it takes nothing away: 'cut it in one piece', 'cut the skirt as a half circle'."""
_AS_MODIFIER: dict[str, tuple[tuple[str, str | bool], ...]] = {
    "shirt": (("has_collar", True), ("closure", "buttons")),
    "hoodie": (("has_hood", True),),
}


@dataclass(frozen=True)
class Subject:
    """The items with their garment nouns sorted out: `head` is a new garment, None where the present one is edited."""

    items: tuple[Item, ...]
    head: Kind | None = None


def subject(items: Sequence[Item], design: GarmentDesign | None) -> Subject:
    """The garment that `items` speak of. Raises Unclear for two garments at once."""
    plain = _compounds(_pointed([item for item in items if item.tag != " "]))
    tags = "".join(item.tag for item in plain)
    if "G" not in tags:
        return Subject(tuple(plain))
    at = _head(tags, plain, design)
    if at is None:
        assert design is not None
        return Subject(tuple(_mentioned(n, plain, tags, design) for n in range(len(plain))))
    entry = plain[at].entry
    head = Kind(entry.name, plain[at].words, entry.choices, entry.note)
    return Subject(tuple(_beside(item, head) if item.tag == "G" else item for item in plain), head)


def _head(tags: str, items: Sequence[Item], design: GarmentDesign | None) -> int | None:
    """Place of the noun of a new garment, or None where the present garment is meant."""
    if design is None:
        return tags.index("G")
    for found in _NEW.finditer(tags):
        before = tags[: found.start()]
        turned = re.search(r"W[^;&]*o$", before) or (before.endswith("T") and items[found.start() - 1].entry.name == "it")
        if not turned and not re.search(r"[PR]$", before) and not _is_its_skirt(found.end() - 1, items, tags, design):
            return found.end() - 1
    return None


def _is_its_skirt(n: int, items: Sequence[Item], tags: str, design: GarmentDesign) -> bool:
    """'give it a pleated skirt', 'and a gathered skirt': said of a dress, its skirt and no new garment."""
    if design.garment_type != GarmentType.DRESS or items[n].entry.name != GarmentType.SKIRT:
        return False
    before = tags[:n].rstrip("XxJsU").removesuffix("a")
    given = re.search(r"m[Td]*$", before)
    return before.endswith(("P", "h", "&")) or (
        given is not None and items[given.start()].words.lower() in ("give", "have", "put")
    )


def _pointed(items: Sequence[Item]) -> list[Item]:
    """'these sleeves': the pointing word is no part by itself; 'deep red' is a shade; 'lower the hem' is a verb."""
    kept: list[Item] = []
    for n, item in enumerate(items):
        after = items[n + 1].tag if n + 1 < len(items) else ""
        pointing = item.tag == "T" and item.words.lower() in ("this", "that", "these", "its")
        if pointing and after in tuple("TFG"):
            kept.append(replace(item, tag="d"))
        elif item.tag == "J" and item.entry.name == "deep" and after == "X" and items[n + 1].entry.name == "colour":
            kept.append(replace(item, tag="s"))
        elif item.tag == "C" and item.entry.name == "lower" and after == "d":
            kept.append(replace(item, tag="V"))
        elif item.entry.name == "cut" and _SHAPED.match("".join(other.tag for other in items[n + 1 :])):
            kept.append(replace(item, tag="m"))
        elif item.entry.name == "drop" and _noun_after(n, items) in ("hem", "neckline"):
            kept.append(replace(item, tag="V", entry=Entry("V", "drop", sign=-1, dimension="level")))
        else:
            kept.append(item)
    return kept


def _noun_after(n: int, items: Sequence[Item]) -> str:
    follows = next((item for item in items[n + 1 :] if item.tag not in "ad"), None)
    return follows.entry.name if follows and follows.tag == "T" else ""


def _compounds(items: Sequence[Item]) -> list[Item]:
    """Of adjacent garment nouns the last is the head; the ones before only name its style."""
    kept: list[Item] = []
    for n, item in enumerate(items):
        if item.tag == "G" and n + 1 < len(items) and items[n + 1].tag == "G":
            choices = _AS_MODIFIER.get(item.entry.name, ())
            kept.append(replace(item, tag="X" if choices else "U", entry=Entry("X", "style", choices)))
        else:
            kept.append(item)
    return kept


def _beside(item: Item, head: Kind) -> Item:
    """Another garment noun of a sentence that describes `head`."""
    if item.entry.name == head.kind:
        return replace(item, tag="g")
    if head.kind == GarmentType.DRESS and item.entry.name == GarmentType.SKIRT:
        return replace(item, tag="T", entry=Entry("T", "skirt"))
    raise Unclear(f"One garment at a time, please: {head.words} or {item.words}?")


def _mentioned(n: int, items: Sequence[Item], tags: str, design: GarmentDesign) -> Item:
    """A garment noun of a sentence that edits the present garment."""
    item = items[n]
    if item.tag != "G":
        return item
    before = tags[:n].rstrip("XxJs")
    same = item.entry.name == design.garment_type
    if same and not item.entry.choices:
        return replace(item, tag="T" if before.endswith("d") else "g", entry=Entry("T", "it"))
    if re.search(r"W[^;&]*o[ad]*$", before):
        return item
    its_skirt = design.garment_type == GarmentType.DRESS and item.entry.name == GarmentType.SKIRT
    if its_skirt and (not before.endswith("a") or _is_its_skirt(n, items, tags, design)):
        return replace(item, tag="T", entry=Entry("T", "skirt"))
    if re.search(r"[dPRh]a*$", before) and not same:
        raise Unclear(f"The garment here is a {design.garment_type}, not a {item.words}. Shall I turn it into a {item.words}?")
    return item
