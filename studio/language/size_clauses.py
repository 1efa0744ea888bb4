"""Clauses about sizes: 'sleeves 5 cm longer', 'shorten it by a third', 'bust 96', 'too long', 'longer and wider legs'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studio.fields import Making
from studio.language.fitting import FULL_SKIRTS
from studio.language.lexicon import Item
from studio.language.reader import Reader, said
from studio.language.wishes import Choose, Measure, Puzzle
from studio.vocabulary import Silhouette


def too(reader: Reader, items: Sequence[Item]) -> None:
    excess = items[[item.tag for item in items].index("q") + 1]
    if excess.tag == "J":
        reader.measure(items, mode="delta", sign=-excess.entry.sign, dimension=excess.entry.dimension)
        return
    values = dict(excess.entry.choices)
    if "fit" not in values:
        reader.wishes.append(Puzzle(said(items), "what should it be instead?", stops=True))
        return
    reader.measure(items, mode="delta", sign=-1 if values["fit"] == "loose" else 1, dimension="fit")


def added_amount(reader: Reader, items: Sequence[Item]) -> None:
    """'add 5 cm to the sleeves'; but 'add 1.5 cm seam allowance' says how much it is."""
    sign = 1 if items[0].tag == "P" else -1
    sized = next((item for item in items if item.tag in "CJ"), None)
    if sized and sized.tag == "C":
        sign = sized.entry.sign
    allowed = any(item.tag == "T" and item.entry.name in Making.model_fields for item in items)
    if sign > 0 and allowed and not any(item.tag in "oCJ" for item in items):
        reader.measure(items, mode="set", sign=1, dimension="")
        return
    reader.measure(items, mode="delta", sign=sign, dimension=sized.entry.dimension if sized else "")
    reader.verb = (sign, "")


def cut_by(reader: Reader, items: Sequence[Item]) -> None:
    reader.measure(items, mode="delta", sign=-1, dimension="")
    reader.verb = (-1, "")


def grow(reader: Reader, items: Sequence[Item]) -> None:
    verb = items[0].entry
    absolute = any(item.tag == "o" for item in items) and any(item.tag == "A" for item in items)
    reader.measure(items, mode="set" if absolute else "delta", sign=verb.sign, dimension=verb.dimension)
    reader.verb = None if absolute else (verb.sign, verb.dimension)


def multiply(reader: Reader, items: Sequence[Item]) -> None:
    for target, dimension in reader.targets(items):
        reader.wishes.append(Measure(target, dimension, f"times {items[0].entry.factor:g}", 1, said(items)))
    reader.last = reader.targets(items)


def stray_multiple(reader: Reader, items: Sequence[Item]) -> None:
    reader.wishes.append(Puzzle(said(items), f"{said(items)} what?", stops=True))


def compare(reader: Reader, items: Sequence[Item]) -> None:
    degree = next(item for item in items if item.tag == "C").entry
    part = next((item for item in items if item.tag == "X"), None)
    if part and part.entry.name == "fit" and degree.name in ("more", "less"):
        looser = ("fit", "loose") in part.entry.choices
        reader.measure(items, mode="delta", sign=degree.sign * (1 if looser else -1), dimension="fit")
        return
    shape = dict(part.entry.choices).get("silhouette") if part else None
    if shape in FULL_SKIRTS and degree.name in ("more", "less"):
        reader.wishes.append(Choose("fullness", degree.name, said(items)))
    if shape == Silhouette.A_LINE and degree.name == "less":
        reader.measure(items, mode="delta", sign=-1, dimension="flare")
        return
    if part and (shape not in FULL_SKIRTS or degree.name != "less"):
        reader.choose(part)
    if part and (degree.name == "more" or shape in FULL_SKIRTS):
        return
    reader.measure(items, mode="delta", sign=degree.sign, dimension=degree.dimension)


def chain(reader: Reader, items: Sequence[Item]) -> None:
    """'longer and wider sleeves': each comparative speaks of the noun at the end."""
    starts = [n for n, item in enumerate(items) if item.tag == "C"]
    end = [item for item in items[starts[-1] :] if item.tag == "T"]
    begin = 0
    for n in starts:
        compare(reader, [item for item in items[begin : n + 1] if item.tag != "&"] + end)
        begin = n + 1


def absolute(reader: Reader, items: Sequence[Item]) -> None:
    """A part with an amount. After 'shorten the sleeves 3 cm and ...' the verb still holds for 'the body by 5 cm'."""
    amount = next(item.amount for item in items if item.tag == "A")
    assert amount is not None
    sized = next((item.entry for item in items if item.tag == "J"), None)
    tags = "".join(item.tag for item in items)
    exactly = any(item.tag == "o" and item.words.lower() not in (":", "=") for item in items)
    if amount.signed and not exactly:
        reader.measure(items, mode="delta", sign=1, dimension=sized.dimension if sized else "")
    elif "b" in tags and reader.verb:
        reader.measure(items, mode="delta", sign=reader.verb[0], dimension=reader.verb[1])
    elif "b" in tags or (reader.verb and "o" not in tags and sized is None):
        why = "longer or shorter?" if "b" in tags else "exactly that much, or changed by that much?"
        reader.wishes.append(Puzzle(said(items), why, stops=True))
    else:
        reader.measure(items, mode="set", sign=1, dimension=sized.dimension if sized else "")


def wide_cloth(reader: Reader, items: Sequence[Item]) -> None:
    """'from 140 cm wide linen': cloth is measured, every other style word stands beside the amount."""
    cloth = items[-1]
    cloth_width = cloth.entry.name == "fabric" and items[1].entry.dimension == "width"
    measured = replace(cloth, tag="T", entry=replace(cloth.entry, tag="T", name="fabric")) if cloth_width else None
    absolute(reader, [*items[:2], measured] if measured else items[:2])
    reader.choose(cloth)


def rigid(reader: Reader, items: Sequence[Item]) -> None:
    reader.wishes.append(Puzzle(said(items), "it has no size of its own that I can change", stops=True))


def afterthought(reader: Reader, items: Sequence[Item]) -> None:
    """'more flare, about 5 cm': the amount belongs to the comparative before it."""
    before = reader.wishes[-1] if reader.wishes else None
    if not isinstance(before, Measure) or before.amount or before.mode != "delta" or reader.fog:
        stray_amount(reader, items[1:])
        return
    reader.wishes[-1] = replace(before, amount=items[-1].amount, words=f"{before.words}, {items[-1].words}")


def counted(reader: Reader, items: Sequence[Item]) -> None:
    """'6 box pleats': pleats there are, their number is not kept."""
    amount, shape = items[0].amount, items[-1]
    if shape.entry.name != "silhouette" or (amount and amount.unit):
        stray_amount(reader, items[:1])
    else:
        reader.wishes.append(Puzzle(items[0].words, f"how many {shape.words} is not kept"))
    reader.choose(shape)


def stray_amount(reader: Reader, items: Sequence[Item]) -> None:
    reader.wishes.append(Puzzle(said(items), f"what should be {said(items)}?", stops=True))


def degree(reader: Reader, items: Sequence[Item]) -> None:
    """'less deep', 'more wide'."""
    degree = next(item for item in items if item.tag == "C").entry
    sized = next(item for item in items if item.tag == "J").entry
    sign = degree.sign * sized.sign if degree.name in ("more", "less") else sized.sign
    reader.measure(items, mode="delta", sign=sign, dimension=sized.dimension)
