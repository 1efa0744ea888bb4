"""Clauses about style: what is there or not, which neckline, sleeve, colour; keeping, swapping, turning into."""

from __future__ import annotations

from collections.abc import Sequence

from studio.language.lexicon import Item
from studio.language.reader import PART_OF_CHOICE, Reader, said
from studio.language.size_clauses import grow
from studio.language.wishes import Choose, Kind, Lock, Measure, Puzzle, Size, Walk

WHOLE_GARMENT = frozenset({"colour", "fit", "pattern", "fabric", "silhouette", "closure", "construction", "fullness"})
SLEEVE_LENGTHS = {"short": "short", "long": "long"}


def walk(reader: Reader, items: Sequence[Item]) -> None:
    reader.wishes.append(Walk(items[0].tag == "B", said(items)))


def keep(reader: Reader, items: Sequence[Item]) -> None:
    names = tuple(item.entry.name for item in items if item.tag in "TFXxGJ")
    reader.wishes.append(Lock(names, said(items)))
    reader.last = ()


def negated(reader: Reader, items: Sequence[Item]) -> None:
    names = [item.entry.name for item in items if item.tag in "TFXx" and item.entry.name != "it"]
    names += [f"it {item.entry.dimension}" for item in items if item.tag in "CVJ" and not names]
    if names and any(item.tag in "mVPRWD" for item in items):
        reader.wishes.append(Lock(tuple(names), said(items)))
    else:
        reader.wishes.append(Puzzle(said(items), "what should it be instead?", stops=True))


def swap(reader: Reader, items: Sequence[Item]) -> None:
    at = next(n for n, item in enumerate(items) if item.tag in "ohb")
    old, new = items[1:at], items[at + 1 :]
    fields = {item.entry.name for item in new} | {field for item in new for field, _ in item.entry.choices}
    part = next((item.entry.name for item in old if item.tag == "T"), "") or next(
        (PART_OF_CHOICE.get(item.entry.name, "") for item in old if item.tag == "X"), "it"
    )
    for item in old:
        if item.tag == "F" and item.entry.name not in fields:
            reader.absent(item, said(items))
    for item in new:
        if item.tag == "G":
            garment(reader, [item])
        elif item.tag == "J":
            adjective(reader, item, part=part, words=said(items))
        elif item.tag in "XxF":
            reader.choose(item, said(items))
        elif item.entry.name == "sleeve" and not any(i.tag in "XxJ" for i in new):
            reader.choose(Item("F", item.words, item.entry))


def part_choice(reader: Reader, items: Sequence[Item]) -> None:
    """'neckline: boat', 'sleeves short', 'colour red', 'make it long'."""
    parts, value = reader.parts(items), items[-1]
    for part, dimension in parts:
        name = "length" if dimension == "length" and part == "it" else part
        if value.tag == "J":
            adjective(reader, value, part="it" if name == "length" else part, words=said(items))
        elif part == "fullness" and ("sleeve", "three_quarter") in value.entry.choices:
            reader.wishes.append(Choose("fullness", "three_quarter", said(items)))
        elif suits(value, name):
            reader.choose(value, said(items))
        else:
            why = f"“{value.words}” can only be said of the whole garment, not of “{said([i for i in items if i.tag == 'T'])}”"
            reader.wishes.append(Puzzle(said(items), why))


def suits(value: Item, part: str) -> bool:
    fields = {field for field, _ in value.entry.choices}
    whole = {"it", "length", "hem"} | ({"skirt", "leg"} if fields & {"silhouette", "length"} else set())
    if "fullness" in fields or {("silhouette", "gathered"), ("silhouette", "pleated")} & set(value.entry.choices):
        whole |= {"waist", "skirt"}
    return part in fields or (part in whole and value.tag == "X")


def adjective(reader: Reader, item: Item, *, part: str, words: str) -> None:
    """A size adjective said of a part: a class where there is one, else a usual step that way."""
    name = item.entry.name
    if part == "sleeve" and name in SLEEVE_LENGTHS:
        reader.wishes.append(Choose("sleeve", SLEEVE_LENGTHS[name], words))
        reader.last = (("sleeve", ""),)
    elif part in ("it", "hem", "skirt", "leg") and item.entry.dimension == "length":
        reader.wishes.append(Choose("length", name, words))
        reader.last = (("it", ""),)
    else:
        reader.wishes.append(Measure(part, item.entry.dimension, "delta", item.entry.sign, words))


def sized_part(reader: Reader, items: Sequence[Item]) -> None:
    """'short sleeves', 'long lace sleeves' (lace is named as not understood)."""
    nouns = [item for item in items if item.tag == "T"]
    for part, _ in reader.parts(nouns) or (("it", ""),):
        for item in items:
            if item.tag == "J":
                adjective(reader, item, part=part, words=said([item, *nouns]))
            elif item.tag == "X":
                misfit(reader, [item, nouns[-1]])
    for item in items:
        if item.tag in "Us":
            reader.unread.append(item.words)


def unfinished_swap(reader: Reader, items: Sequence[Item]) -> None:
    reader.wishes.append(Puzzle(said(items), "what should take its place?", stops=True))


def removed(reader: Reader, items: Sequence[Item]) -> None:
    """'remove the collar and the zip'. Style words later in the list are not removed but chosen ('no collar, v neck').

    So is a kind of collar, hood or pocket after 'no' and a comma ('no patch pockets, side seam pockets').
    """
    first = True
    spares_kinds = items[0].entry.name in ("no", "without", "w/o", "minus") and all(item.tag != "v" for item in items)
    if items[0].tag == "n" and any(item.tag == "J" for item in items):
        reader.wishes.append(Puzzle(said(items), "what should it be instead?", stops=True))
        return
    for n, item in enumerate(items[1:], 1):
        follows = items[n + 1].tag if n + 1 < len(items) else ""
        if item.tag in "Us":
            reader.unread.append(item.words)
        elif item.tag == "X" and follows in tuple("FT"):
            reader.wishes.append(Puzzle(item.words, f"it is not kept which {items[n + 1].words}"))
        elif (item.tag == "X" and not first and item.entry.name != "closure") or (
            item.tag == "F" and item.entry.choices and spares_kinds and items[n - 1].words == ","
        ):
            reader.choose(item)
        elif item.tag in "FXT":
            reader.absent(item, f"{items[0].words} {item.words}")
            first = False
    reader.last = ()


def instead(reader: Reader, items: Sequence[Item]) -> None:
    at = [item.tag for item in items].index("i")
    new, old = items[:at], items[at + 1 :]
    for item in new:
        if item.tag == "J":
            part = next(iter(reader.parts(items)), ("it", ""))[0]
            adjective(reader, item, part=part, words=said(items))
        elif item.tag in "FXx":
            reader.choose(item, said(items))
    named = {item.entry.name for item in new}
    for item in old:
        if item.tag == "F" and item.entry.name not in named:
            reader.absent(item, said(items))


def misfit(reader: Reader, items: Sequence[Item]) -> None:
    """A word of the whole garment said of a part: 'red sleeves'."""
    part = items[-1]
    if part.tag == "T" and suits(items[0], part.entry.name):
        for item in items[:-1]:
            reader.choose(item, said(items))
        return
    why = f"“{items[0].words}” can only be said of the whole garment, not of “{part.words}”"
    reader.wishes.append(Puzzle(said(items[:-1]), why))
    if part.tag == "F":
        reader.choose(part)


def choices(reader: Reader, items: Sequence[Item]) -> None:
    """Style words; of two colours side by side the first is kept and said."""
    shade = [item for item in items if item.tag == "s"]
    first = next(item for item in items if item.tag in "Xx")
    reader.choose(first, said([*shade, first]))
    for other in [item for item in items if item.tag == "X"][1:]:
        reader.wishes.append(Puzzle(other.words, f"one {first.entry.name} a garment: I keep “{first.words}”"))


def bare_choice(reader: Reader, items: Sequence[Item]) -> None:
    if len(items) > 1 and items[-1].entry.name == items[0].entry.name:
        reader.choose(items[0], said(items))
    else:
        reader.wishes.append(Puzzle(said(items), "I do not know what it belongs to"))


def kind(reader: Reader, items: Sequence[Item]) -> None:
    """'pockets in the side seams', 'collar: mandarin'."""
    value = items[-1]
    reader.unread += [item.words for item in items if item.tag == "U"]
    reader.choose(items[0])
    if (items[0].entry.name, True) in value.entry.choices:
        reader.choose(value, said(items))
    else:
        reader.wishes.append(Puzzle(said(items), f"that is not said of a {items[0].words}"))


def drawn(reader: Reader, items: Sequence[Item]) -> None:
    """'with facings': drawn wherever the garment needs them, never one by one."""
    why = "it is drawn wherever the garment needs it, with all pieces; it cannot be chosen alone"
    reader.wishes.append(Puzzle(said(items), why))


def feature(reader: Reader, items: Sequence[Item]) -> None:
    reader.choose(items[-1], said(items))
    if items[0].tag == "A":
        reader.wishes.append(Puzzle(items[0].words, f"how many {items[-1].words} is not kept"))


def sleeves_there(reader: Reader, items: Sequence[Item]) -> None:
    """'with sleeves', 'add sleeves': long ones where there are none."""
    if items[-1].entry.name == "sleeve":
        reader.wishes.append(Choose("sleeve", "some", said(items)))
        reader.last = (("sleeve", ""),)
    else:
        lonely(reader, items[-1:])


def lonely(reader: Reader, items: Sequence[Item]) -> None:
    names = [item for item in items if item.tag == "T" and item.entry.name != "it"]
    self_evident = reader.fog or not names
    if names and not self_evident:
        reader.wishes.append(Puzzle(said(names), f"what should change about “{said(names)}”?"))
    reader.last = reader.parts(items)


def garment(reader: Reader, items: Sequence[Item]) -> None:
    entry = items[-1].entry
    reader.wishes.append(Kind(entry.name, items[-1].words, entry.choices, entry.note))
    reader.last = ()


def size(reader: Reader, items: Sequence[Item]) -> None:
    reader.wishes.append(Size(items[0].entry.name, items[0].entry.note, items[0].words))


def styled(reader: Reader, items: Sequence[Item]) -> None:
    """A run of style words, perhaps before a part."""
    part = items[-1] if items[-1].tag in "TF" else None
    said_of = [item for item in items if item.tag in "Xs"]
    whole = [item for item in said_of if item.tag == "X" and item.entry.name in WHOLE_GARMENT]
    if part is not None and whole:
        misfit(reader, [*whole[-1:], part])
        said_of = [item for item in said_of if item is not whole[-1]]
    elif part is not None and part.tag == "F":
        reader.choose(part)
    shades: list[Item] = []
    for item in said_of:
        if item.tag == "s":
            shades.append(item)
        else:
            choices(reader, [*shades, item])
            shades = []
    for item in shades:
        reader.small_word(item)


def two_colours(reader: Reader, items: Sequence[Item]) -> None:
    if items[0].entry.name == items[-1].entry.name:
        choices(reader, items)
        return
    for item in items:
        if item.tag == "X":
            reader.choose(item)


def sized_feature(reader: Reader, items: Sequence[Item]) -> None:
    """'a big hood': the hood is there, its size is not kept."""
    reader.choose(items[-1])
    for item in items[:-1]:
        if item.tag == "J":
            reader.wishes.append(Puzzle(item.words, f"the size of {items[-1].words} is not kept"))
        else:
            reader.unread.append(item.words)


def taken_off(reader: Reader, items: Sequence[Item]) -> None:
    """'cuffs off', 'off with the collar'."""
    for item in items:
        if item.tag in "FT":
            reader.absent(item, said(items))


def grown_to(reader: Reader, items: Sequence[Item]) -> None:
    """'shorten the dress to the knee': the class is the aim; other style words stand beside the verb."""
    aim = items[-1]
    if aim.entry.name not in ("length", "sleeve"):
        grow(reader, items[:-1])
    reader.choose(aim, said(items) if aim.entry.name in ("length", "sleeve") else "")
