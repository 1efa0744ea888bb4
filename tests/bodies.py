"""Bodies from child to giant, and designs on them, for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from studio.design import GarmentDesign, starting_design
from studio.vocabulary import LENGTHS_FOR, Closure, Fabric, Fit, GarmentType, Neckline, Silhouette, Sleeve

FLAGS = ("has_collar", "has_cuffs", "has_pockets", "has_hood")


@st.composite
def bodies(draw: st.DrawFn) -> dict[str, float]:
    """Height and girths of one body, cm: children from 92 cm, adults to 205 cm, waist over bust 0.64 to 1.1."""
    height = draw(st.floats(92, 205))
    typical = 54 + (height - 98) * 0.42 if height < 160 else 92.0
    bust = max(typical * draw(st.floats(0.9, 1.55 if height >= 160 else 1.35)), 55.0)
    hip = bust * draw(st.floats(0.88, 1.25))
    waist = min(bust * draw(st.floats(0.64, 1.1)), 1.1 * hip)
    return {"height": height, "bust": bust, "waist": waist, "hip": hip}


@st.composite
def designs(draw: st.DrawFn, kind: GarmentType | None = None) -> GarmentDesign:
    """Any garment on any body, with any flags and style."""
    chosen = kind or draw(st.sampled_from(GarmentType))
    changes: dict[str, object] = {**draw(bodies()), **{flag: draw(st.booleans()) for flag in FLAGS}}
    for name, choices in (
        ("fit", Fit),
        ("neckline", Neckline),
        ("sleeve", Sleeve),
        ("silhouette", Silhouette),
        ("fabric", Fabric),
        ("closure", Closure),
    ):
        changes[name] = draw(st.sampled_from(choices))
    changes["length"] = draw(st.sampled_from(LENGTHS_FOR[chosen]))
    return starting_design(chosen).changed(changes)
