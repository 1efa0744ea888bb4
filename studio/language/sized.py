"""Garment sizes to body measurements: letter and children's sizes from `studio.sizes`, EU, UK and US women's numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from studio.language.edits import Edit, Op
from studio.language.lexicon import Item, letter_sizes, size_girths, wearers
from studio.language.wishes import Clauses, Size, Unclear, Wish

_ABROAD = {"uk": 28, "us": 32}
"""What is added to a women's number of that country to give the EU size."""
_KNOWN = "women's and men's sizes XS to 3XL, women's EU 34 to 52 (even numbers) and children's 98 to 164 (the height in cm)"


def for_wearer(clauses: Clauses, items: Sequence[Item]) -> Clauses:
    """`clauses` whose sizes know the wearer named anywhere in the sentence ('a men's shirt, size L')."""
    words = [word for item in items for word in item.words.lower().split()]
    named = list(dict.fromkeys(wearers()[word] for word in words if word in wearers()))
    who = named[0] if len(named) == 1 else ""
    told = (replace(wish, wearer=wearers().get(wish.system, who)) if isinstance(wish, Size) else wish for wish in clauses.wishes)
    return Clauses(tuple(told), clauses.unread)


def size_edits(wishes: Sequence[Wish]) -> list[Edit]:
    """The body of the size that `wishes` name, if any. Raises Unclear for an unknown size, or for two of them."""
    sizes = {(wish.code, wish.system): wish for wish in wishes if isinstance(wish, Size)}
    if len(sizes) > 1:
        raise Unclear(f"Which size is it: {' or '.join(wish.words for wish in list(sizes.values())[:3])}?")
    return [edit for wish in sizes.values() for edit in _edits(wish)]


def _edits(wish: Size) -> list[Edit]:
    if wish.code in letter_sizes():
        return _lettered(wish, letter_sizes()[wish.code])
    number = int(wish.code)
    if wish.wearer == "children" or (98 <= number <= 176 and wish.wearer != "men"):
        return _childs(wish, number)
    if wish.wearer == "men":
        raise Unclear(f"I know {_KNOWN}. Which one, or which chest, waist and hip?")
    return _numbered(wish, number)


def _lettered(wish: Size, name: str) -> list[Edit]:
    from studio.sizes import Table, body_of  # late: numpy comes with it

    if wish.wearer == "children":
        raise Unclear("Children's sizes are heights: 98 to 164 cm. Which one?")
    table = Table(wish.wearer or Table.WOMEN)
    return _body_edits(wish, body_of(table, name), "" if wish.wearer else f"women's size {name}")


def _childs(wish: Size, number: int) -> list[Edit]:
    from studio.sizes import Table, body_of, size_names

    note = "" if wish.wearer else f"children's size {number}"
    if str(number) in size_names(Table.CHILDREN):
        return _body_edits(wish, body_of(Table.CHILDREN, str(number)), note)
    if not 86 <= number <= 176:
        raise Unclear("Children's sizes are heights: 98 to 164 cm. Which one?")
    return _body_edits(wish, {"height": float(number)}, f"children's size {number} as {number} cm tall")


def _numbered(wish: Size, number: int) -> list[Edit]:
    """Girths of a women's size. US and UK numbers need their system named, since 12 is not the same in both."""
    shift = _ABROAD.get(wish.system, 0)
    eu = str(number + shift)
    if eu not in size_girths():
        if 2 <= number <= 24 and not shift:
            raise Unclear(f"Is size {number} a UK size (EU {number + _ABROAD['uk']}) or a US size (EU {number + _ABROAD['us']})?")
        raise Unclear(f"I know {_KNOWN}. Which one, or which bust, waist and hip?")
    bust, waist, hip = size_girths()[eu]
    note = f"women's size {wish.code.upper()} (EU {eu}) as bust {bust:g}, waist {waist:g}, hip {hip:g} cm"
    return _body_edits(wish, {"bust": float(bust), "waist": float(waist), "hip": float(hip)}, note)


def _body_edits(wish: Size, body: Mapping[str, float], note: str) -> list[Edit]:
    return [
        Edit(op=Op.SET, field=field, value=value, unit="cm", words=wish.words, assumption=note) for field, value in body.items()
    ]
