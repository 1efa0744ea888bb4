"""Standard bodies: women and men XS to 3XL, children 98 to 164, and any design drafted over them.

Girths follow the steps of EN 13402-3: the letter sizes are its bands of bust or chest girth, taken in the middle; the
women's waist lies 16 cm below the bust, the men's 12 cm below the chest, and the women's hip grows 4 cm with the bust up to
104 cm and 5 cm for every 6 above it. The other measurements are our own straight lines through bust, hip and height, laid
so that they agree with the proportions of `studio.sizing` in the middle sizes; children grow along the height.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType

from studio.design import GarmentDesign
from studio.errors import DesignError
from studio.fields import BODY_MEASUREMENTS, bounds_of
from studio.pattern import Pattern

Body = Mapping[str, float]


class Table(StrEnum):
    """Whom the sizes are for."""

    WOMEN = "women"
    MEN = "men"
    CHILDREN = "children"


LETTERS = ("XS", "S", "M", "L", "XL", "2XL", "3XL")
_WOMEN_BANDS = (74, 82, 90, 98, 107, 119, 131, 143)
_MEN_BANDS = (78, 86, 94, 102, 110, 118, 129, 141)
_WOMEN_HEIGHTS = (164.0, 166.0, 168.0, 169.0, 170.0, 171.0, 172.0)
_MEN_HEIGHTS = (174.0, 176.0, 178.0, 180.0, 182.0, 183.0, 184.0)
CHILD_HEIGHTS = tuple(range(98, 165, 6))
BASE_SIZES: Mapping[Table, str] = {Table.WOMEN: "M", Table.MEN: "M", Table.CHILDREN: "128"}
"""The size in which a pattern of this table is usually made first."""


def _crotch(rise: float, hip: float) -> float:
    """Down the front, through the legs and up the back: twice the rise and the depth of the body, a fifth of the hip girth."""
    return 2 * rise + 0.2 * hip


def _woman(bust: float, height: float) -> Body:
    hip = bust + 8 if bust <= 104 else 112 + (bust - 104) * 5 / 6
    wide, long, broad = bust - 92, height - 168, hip - 98
    rise = 26.5 + 0.05 * broad + 0.1 * long
    return {
        "height": height,
        "bust": bust,
        "waist": bust - 16,
        "hip": hip,
        "neck": 36.0 + 0.18 * wide,
        "head": 56.0 + 0.03 * wide,
        "shoulder_width": 39.2 + 0.13 * wide + 0.1 * long,
        "bodice_length": 40.8 + 0.04 * wide + 0.22 * long,
        "bicep": 28.5 + 0.28 * wide,
        "wrist": 16.2 + 0.07 * wide,
        "rise": rise,
        "thigh": 57.0 + 0.55 * broad,
        "crotch_length": _crotch(rise, hip),
        "hip_depth": 20.0 + 0.02 * broad + 0.1 * long,
    }


def _man(chest: float, height: float) -> Body:
    wide, long = chest - 98, height - 178
    broad = 0.75 * wide
    hip, rise = 100.0 + broad, 26.0 + 0.05 * broad + 0.1 * long
    return {
        "height": height,
        "bust": chest,
        "waist": chest - 12,
        "hip": hip,
        "neck": 39.0 + 0.24 * wide,
        "head": 57.5 + 0.03 * wide,
        "shoulder_width": 45.0 + 0.15 * wide + 0.1 * long,
        "bodice_length": 44.0 + 0.04 * wide + 0.22 * long,
        "bicep": 31.0 + 0.27 * wide,
        "wrist": 17.5 + 0.06 * wide,
        "rise": rise,
        "thigh": 57.5 + 0.52 * broad,
        "crotch_length": _crotch(rise, hip),
        "hip_depth": 20.5 + 0.02 * broad + 0.1 * long,
    }


def _child(height: float) -> Body:
    grown = height - 98
    hip, rise = 58.0 + 0.38 * grown + 0.0014 * grown**2, 17.5 + 0.115 * grown
    return {
        "height": height,
        "bust": 55.0 + 0.33 * grown + 0.0015 * grown**2,
        "waist": 52.5 + 0.22 * grown,
        "hip": hip,
        "neck": 26.5 + 0.114 * grown,
        "head": 50.5 + 0.075 * grown,
        "shoulder_width": 25.5 + 0.19 * grown,
        "bodice_length": 24.0 + 0.22 * grown,
        "bicep": 17.0 + 0.128 * grown,
        "wrist": 12.0 + 0.052 * grown,
        "rise": rise,
        "thigh": 33.0 + 0.29 * grown,
        "crotch_length": _crotch(rise, hip),
        "hip_depth": 11.5 + 0.115 * grown,
    }


def _rounded(body: Body) -> Body:
    return MappingProxyType({name: round(body[name], 1) for name in BODY_MEASUREMENTS})


def _lettered(bands: Sequence[int], heights: Sequence[float], body: Callable[[float, float], Body]) -> Mapping[str, Body]:
    middles = [(low + high) / 2 for low, high in pairwise(bands)]
    sizes = zip(LETTERS, middles, heights, strict=True)
    return MappingProxyType({name: _rounded(body(girth, height)) for name, girth, height in sizes})


TABLES: Mapping[Table, Mapping[str, Body]] = MappingProxyType({
    Table.WOMEN: _lettered(_WOMEN_BANDS, _WOMEN_HEIGHTS, _woman),
    Table.MEN: _lettered(_MEN_BANDS, _MEN_HEIGHTS, _man),
    Table.CHILDREN: MappingProxyType({str(height): _rounded(_child(float(height))) for height in CHILD_HEIGHTS}),
})  # fmt: skip
"""Every size of every table: all BODY_MEASUREMENTS in cm."""


def size_names(table: Table) -> tuple[str, ...]:
    """The sizes of a table, smallest first."""
    return tuple(TABLES[table])


def body_of(table: Table, size: str) -> dict[str, float]:
    """All BODY_MEASUREMENTS of a size, cm. Raises DesignError for a size that the table does not have."""
    sizes = TABLES[table]
    if size not in sizes:
        raise DesignError(f"there is no size {size[:20]!r} for {table}; choose one of {', '.join(sizes)}", field="size")
    return dict(sizes[size])


def sized(design: GarmentDesign, table: Table, size: str) -> GarmentDesign:
    """The same garment for a wearer of that size; its own decided lengths stay. Raises DesignError for an unknown size."""
    return design.changed(body_of(table, size))


_GROWS_WITH: Mapping[str, tuple[str, ...]] = {
    "back_length": ("height",),
    "sleeve_length": ("height",),
    "skirt_length": ("height",),
    "inseam": ("height",),
    "neckline_depth": ("neck",),
    "neckline_width": ("neck",),
    "cap_height": ("height", "bust"),
    "flare": ("hip",),
    "knee": ("thigh", "height"),
    "hem": ("thigh", "height"),
}
"""The garment's own lengths, and the body measurements whose mean growth they follow."""


def graded_design(design: GarmentDesign, table: Table, base: str, size: str) -> GarmentDesign:
    """`design`, made for size `base`, in another size of the table.

    The body is the table's; lengths that were decided for the garment itself (sleeve, skirt, neckline ...) grow with the part of
    the body that they lie on, kept inside their bounds. Raises DesignError for an unknown size.
    """
    before, after = body_of(table, base), body_of(table, size)
    changes: dict[str, object] = dict(after)
    for name, parts in _GROWS_WITH.items():
        value = getattr(design.measurements, name)
        if value is not None:
            growth = sum(after[part] / before[part] for part in parts) / len(parts)
            low, high = bounds_of(name)
            changes[name] = min(max(value * growth, low), high)
    if "sleeve_length" in changes:
        changes["sleeve"] = design.style.sleeve
    return design.changed(changes)


_SPREADS = {"bust": 8.0, "waist": 8.0, "hip": 8.0, "height": 16.0}
"""What counts as about one size away, cm."""


def nearest_size(design: GarmentDesign) -> tuple[Table, str] | None:
    """The size that fits the decided bust, waist, hip and height best, for labels.

    None if no girth was decided, or if the wearer is further than a size and a half away from all of them.
    """
    known = {name: value for name in _SPREADS if (value := getattr(design.measurements, name)) is not None}
    if not known.keys() - {"height"}:
        return None
    distances = {
        (table, size): (sum(((known[name] - body[name]) / _SPREADS[name]) ** 2 for name in known) / len(known)) ** 0.5
        for table, sizes in TABLES.items()
        for size, body in sizes.items()
    }
    best = min(distances, key=lambda place: distances[place])
    return best if distances[best] <= 1.5 else None


@dataclass(frozen=True, eq=False)
class GradedSize:
    """One size of a graded pattern."""

    name: str
    pattern: Pattern
    is_base: bool


def graded(
    design: GarmentDesign, draft: Callable[[GarmentDesign], Pattern], *, table: Table, sizes: Sequence[str] = (), base: str = ""
) -> tuple[GradedSize, ...]:
    """The pattern of a design in several sizes of a table, by default all, in the table's order.

    `base` is the size that the design's own lengths were decided for: by default the nearest to the design's body, or
    the table's usual base size. Raises DesignError for an unknown size, and what `draft` raises.
    """
    wanted = sizes or size_names(table)
    for size in wanted:
        body_of(table, size)
    near = nearest_size(design)
    start = base or (near[1] if near is not None and near[0] == table else BASE_SIZES[table])
    shown = start if start in wanted else wanted[len(wanted) // 2]
    return tuple(
        GradedSize(size, draft(graded_design(design, table, start, size)), size == shown)
        for size in size_names(table)
        if size in wanted
    )
