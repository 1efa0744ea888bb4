"""Which garment can have which style: what a garment cannot have is left out or taken as the nearest, and always said."""

from __future__ import annotations

from collections.abc import Sequence

from studio.design import GarmentDesign
from studio.language.edits import Edit, apply_edits
from studio.vocabulary import (
    KNIT_FABRICS,
    TOPS,
    Collar,
    Fabric,
    Fullness,
    GarmentType,
    PocketKind,
    Silhouette,
)

FULL_SKIRTS = frozenset({Silhouette.CIRCLE, Silhouette.GATHERED, Silhouette.PLEATED})
"""Silhouettes that `Style.fullness` speaks of."""
FULLNESS_STEPS = (Fullness.QUARTER, Fullness.HALF, Fullness.THREE_QUARTER, Fullness.FULL)
_SKIRTED = frozenset({GarmentType.SKIRT, GarmentType.DRESS})
_LOWER = frozenset({GarmentType.SKIRT, GarmentType.PANTS})

Placed = list[tuple[int, Edit]]


def fitting(chosen: Placed, design: GarmentDesign) -> tuple[Placed, list[str]]:
    """The `chosen` edits that suit the garment which `design` becomes, and what to say about the others."""
    garment = apply_edits(design, [edit for _, edit in chosen])
    kept: Placed = []
    notes: list[str] = []
    dropped: set[str] = set()
    for n, edit in chosen:
        instead, note = _suited(edit, garment)
        notes += [note] if note else []
        if instead is None:
            dropped |= {edit.words} if edit.field == "pocket" else set()
        else:
            kept.append((n, edit if instead == edit.value else edit.model_copy(update={"value": instead})))
    return [(n, edit) for n, edit in kept if edit.field != "has_pockets" or edit.words not in dropped], notes


def fullness_note(edits: Sequence[Edit], design: GarmentDesign) -> str:
    """How full a circle, gathered or pleated skirt is cut where only the kind of skirt was named."""
    said = {edit.field: edit.value for edit in edits}
    shape = said.get("silhouette")
    if shape not in FULL_SKIRTS or "fullness" in said or design.garment_type not in _SKIRTED:
        return ""
    share = str(design.style.fullness).replace("_", " ")
    if shape == Silhouette.CIRCLE:
        return f"the skirt is cut as a {share} circle; say quarter, half, three quarter or full for another"
    if design.style.fullness == Fullness.FULL:
        return "as much cloth again is taken in at the waist"
    return f"a {share} of the waist is added as cloth; say full fullness for twice the waist".replace("a half", "half")


def _suited(edit: Edit, garment: GarmentDesign) -> tuple[str | bool | None, str]:
    """(value to set, None for none at all; what to say) of one choice."""
    kind = garment.garment_type
    match edit.field, edit.value:
        case ("silhouette", Silhouette.GATHERED | Silhouette.PLEATED) if kind not in _SKIRTED:
            return None, f"only a skirt or a dress is {edit.value} here, {_a(kind)} is not"
        case ("fullness", _) if kind not in _SKIRTED or garment.style.silhouette not in FULL_SKIRTS:
            return None, "fullness is said of circle, gathered and pleated skirts and dresses only"
        case ("collar", Collar.NOTCHED) if kind != GarmentType.JACKET:
            return (
                Collar.CONVERTIBLE.value,
                f"lapels and a notched collar need a jacket: on {_a(kind)} it is a convertible collar",
            )
        case ("pocket", PocketKind.KANGAROO) if kind in _LOWER:
            return None, f"a kangaroo pocket needs the front of a hoodie, {_a(kind)} has none"
        case ("pocket", PocketKind.KANGAROO) if kind != GarmentType.HOODIE:
            return PocketKind.PATCH.value, "a kangaroo pocket needs the front of a hoodie: these are patch pockets"
        case "has_yoke" | "has_ribs" | "has_waist_seam", _:
            return _suited_part(edit, garment)
    return _plain(edit), ""


def _suited_part(edit: Edit, garment: GarmentDesign) -> tuple[str | bool | None, str]:
    kind = garment.garment_type
    if edit.field == "has_yoke" and edit.value:
        if kind != GarmentType.SHIRT:
            return None, f"a yoke is cut for shirts only, {_a(kind)} has none"
        if garment.style.fabric in KNIT_FABRICS:
            return True, f"a yoke is cut for woven cloth only: in {Fabric(garment.style.fabric)} it is left off"
    if edit.field == "has_ribs" and edit.value and kind not in TOPS:
        return None, f"a rib hem is sewn to tops only, {_a(kind)} has none"
    if edit.field == "has_waist_seam":
        if kind != GarmentType.DRESS:
            return None, f"only a dress has a waist seam or none, {_a(kind)} does not"
        if not edit.value and garment.style.silhouette in FULL_SKIRTS:
            return None, f"a {garment.style.silhouette} skirt is sewn on at the waist: the waist seam stays"
    return _plain(edit), ""


def _plain(edit: Edit) -> str | bool:
    return edit.value if isinstance(edit.value, bool | str) else str(edit.value)


def _a(kind: GarmentType) -> str:
    return "a pair of pants" if kind == GarmentType.PANTS else f"a {kind}"
