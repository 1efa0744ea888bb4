"""Questions about the present garment: 'how long are the sleeves?', 'does it have a hood?'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from studio.design import GarmentDesign
from studio.fields import Features
from studio.language.edits import is_length, length_in
from studio.language.fitting import FULL_SKIRTS
from studio.language.lexicon import KIND_OF, Item
from studio.language.reply import sentence, shown
from studio.language.targets import check_worn, field_of, title
from studio.language.wishes import Unclear
from studio.sizing import completed

_ASKS = re.compile(
    r"(?:what(?!\s+(?:about|if)\b)|how (?!about\b)|which\b|does\b|is\b|are\b|has\b|do(?!\s+not\b)(?!n't)\b|tell me"
    r"|show me the (?:value|size)|where\b|why\b|when\b|who\b)",
    re.IGNORECASE,
)
_ASKS_HOW_TO = re.compile(r"(?:how (?:do|can|to|would|could|should|does)|where|why|when|who)\b", re.IGNORECASE)
_DIMENSIONS = {"long": "length", "wide": "width", "deep": "depth", "tall": "height"} | {
    d: d for d in ("length", "width", "depth")
}
_STYLE = frozenset({"neckline", "silhouette", "length", "closure", "colour", "pattern", "fabric", "fit"})


def is_question(text: str) -> bool:
    """True for a sentence that asks for a value instead of a change."""
    return _ASKS.match(text) is not None


def is_about_the_garment(text: str) -> bool:
    """False for a question that no value of the document answers ('how do I ...', 'why ...')."""
    return _ASKS_HOW_TO.match(text) is None


def answer(items: Sequence[Item], design: GarmentDesign) -> str | None:
    """What the document says about the parts named in `items`, or None where it says nothing."""
    dimension = next((_DIMENSIONS[i.entry.name] for i in items if i.entry.name in _DIMENSIONS), "")
    names = [i.entry.name for i in items if i.tag == "T" and i.entry.name not in _DIMENSIONS]
    facts = [_fact(name, dimension, design) for name in dict.fromkeys(names) if name != "it"]
    facts += [_part(i.entry.name, design) for i in items if i.tag == "F"]
    for item in items:
        if item.tag in "Xx" and item.entry.choices and item.entry.choices[0][0] in KIND_OF:
            facts.append(_part(item.entry.choices[0][0], design))
        elif item.tag in "Xx" and len(item.entry.choices) == 1:
            field = item.entry.choices[0][0]
            facts.append(f"{title(field).lower()} {shown(design.value(field))}")
    if not facts and (dimension or "it" in names) and dimension:
        facts.append(_fact("it", dimension, design))
    kept = [fact for fact in dict.fromkeys(facts) if fact]
    return sentence(kept) if kept else None


def _part(feature: str, design: GarmentDesign) -> str:
    """Whether a part is there, and of which kind."""
    there = bool(design.value(feature))
    kind = f", {shown(design.value(KIND_OF[feature]))}" if there and feature in KIND_OF else ""
    return f"{title(feature).lower()} {shown(there)}{kind}"


def _fact(name: str, dimension: str, design: GarmentDesign) -> str:
    if name in Features.model_fields:
        return f"{title(name).lower()} {shown(design.value(name))}"
    if name == "size":
        from studio.sizes import nearest_size  # late: numpy comes with it

        measures, near = completed(design), nearest_size(design)
        nearest = f", nearest to size {near[1]} for {near[0]}" if near else ""
        return f"bust {shown(measures.bust)}, waist {shown(measures.waist)}, hip {shown(measures.hip)} cm{nearest}"
    if name == "fullness" and design.style.silhouette in FULL_SKIRTS:
        return f"fullness {shown(design.style.fullness)}"
    if name in _STYLE and not (name in ("neckline", "fabric") and dimension):
        return f"{title(name).lower()} {shown(design.value(name))}"
    try:
        field = field_of(name, dimension, design.garment_type)
        check_worn(field, design.garment_type)
    except Unclear:
        return ""
    if not is_length(field):
        return f"{title(field).lower()} {shown(design.value(field))}"
    value = length_in(design, field)
    return f"{title(field).lower()} {shown(value)} cm" if value is not None else f"{title(field).lower()} not decided yet"
