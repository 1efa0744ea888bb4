"""The state of one pass over a sentence: wishes found, words not understood, and what a bare 'wider' would speak of."""

from __future__ import annotations

from collections.abc import Sequence

from studio.fields import Making
from studio.language.amounts import Amount
from studio.language.lexicon import KIND_OF, Item
from studio.language.wishes import Choose, Measure, Puzzle, Wish

DIMENSIONS = ("length", "width", "depth")
PART_OF_CHOICE = {"neckline": "neckline", "sleeve": "sleeve", "length": "it", "silhouette": "skirt"}


def said(items: Sequence[Item]) -> str:
    """The words of `items`."""
    return " ".join(item.words for item in items)


def _value(item: Item) -> str:
    """The choice that a removed word stands for, or 'any' where only its field was named."""
    return str(item.entry.choices[0][1]) if item.entry.choices else "any"


def _said_of(item: Item, field: str) -> str | bool | None:
    """What a style word says of `field`."""
    return dict(item.entry.choices).get(field)


class Reader:
    """One pass over a sentence; `last` are the parts that a following bare comparative speaks of."""

    def __init__(self) -> None:
        self.wishes: list[Wish] = []
        self.unread: list[str] = []
        self.last: tuple[tuple[str, str], ...] = ()
        self.fog = False
        self.verb: tuple[int, str] | None = None

    def small_word(self, item: Item, after: str = "") -> None:
        """A word that no rule took; `after` is the tag of the next one."""
        if item.tag in ";mPhRnWo":
            self.verb = None
        if item.tag in ";PhRnWg":
            self.last = ()
        if item.tag in ";&":
            self.fog = False
        elif item.tag in "Us":
            self.fog = True
            self.unread.append(item.words)
        elif item.tag == "v":
            self.wishes.append(Puzzle(item.words, "which of the two do you want?", stops=True))
        elif item.tag in "Rn" and after not in tuple("Us") and item.entry.name != "cut":
            self.wishes.append(Puzzle(item.words, "what should be left out?", stops=True))

    def parts(self, items: Sequence[Item]) -> tuple[tuple[str, str], ...]:
        """(part, dimension) of each noun phrase: 'length of the sleeves' is ('sleeve', 'length')."""
        phrases: list[list[str]] = [[]]
        for item in items:
            if item.tag == "&":
                phrases.append([])
            elif item.tag == "T":
                phrases[-1].append(item.entry.name)
        found = []
        for names in phrases:
            solid = [name for name in names if name not in DIMENSIONS]
            named = [name for name in solid if name != "it"] or solid
            dimension = next((name for name in names if name in DIMENSIONS), "")
            if names:
                found.append((named[-1] if named else "it", dimension))
        return tuple(found)

    def targets(self, items: Sequence[Item]) -> tuple[tuple[str, str], ...]:
        """The parts named in `items`, else those of the clause before, else the whole garment."""
        return self.parts(items) or self.last or (("it", ""),)

    def measure(self, items: Sequence[Item], *, mode: str, sign: int, dimension: str) -> None:
        """One wish for each part named in `items`."""
        named = self.parts(items)
        if not named and self.fog and dimension != "height":
            self.wishes.append(Puzzle(said(items), "I do not know what it belongs to"))
            return
        amount = next((item.amount for item in items if item.tag == "A"), None)
        hedge = next((item.entry.name for item in items if item.tag == "H"), "")
        targets = named or self.last or (("it", ""),)
        for target, own in targets:
            meant = own if own and dimension in ("", "size") else dimension
            self.wishes.append(Measure(target, meant, mode, sign, said(items), amount, hedge))
        self.last = targets

    def choose(self, item: Item, words: str = "") -> None:
        """The choices of one X, x or F item."""
        if item.tag == "F":
            self.wishes.append(Choose(item.entry.name, True, words or item.words, item.entry.note))
        for field, value in item.entry.choices:
            self.wishes.append(Choose(field, value, words or item.words, item.entry.note))
        part = PART_OF_CHOICE.get(item.entry.name)
        self.last = ((part, ""),) if part and item.tag != "F" else self.last if item.tag != "F" else ()

    def absent(self, item: Item, words: str) -> None:
        """`item` taken away."""
        field = item.entry.name
        feature = next((name for name, _ in item.entry.choices if name in KIND_OF), "")
        if item.tag == "F":
            self.wishes.append(Choose(field, False, words, item.entry.note, removed=_value(item) if item.entry.choices else ""))
        elif feature:
            self.wishes.append(Choose(feature, False, words, item.entry.note, removed=str(item.entry.choices[-1][1])))
        elif item.tag == "X" and isinstance(_said_of(item, field), bool):
            self.wishes.append(Choose(field, not _said_of(item, field), words))
        elif item.tag == "T" and field in Making.model_fields:
            self.wishes.append(Measure(field, "", "set", 1, words, Amount(0.0, "cm")))
        elif item.tag == "T" and field == "sleeve":
            self.wishes.append(Choose("sleeve", "none", words))
        elif item.tag in "TX" and field == "pattern":
            self.wishes.append(Choose("pattern", "plain", words, removed=_value(item)))
        elif item.tag in "TX" and field == "closure":
            self.wishes.append(Choose("closure", "none", words, removed=_value(item)))
        elif item.tag == "X" and ("neckline", "turtleneck") in item.entry.choices:
            self.wishes.append(Choose("neckline", "crew", words, removed="turtleneck"))
        else:
            self.wishes.append(Puzzle(words, f"what should take the place of “{item.words}”?", stops=True))
