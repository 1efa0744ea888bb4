"""C12: do the measurements look like one body? Typing errors and mixed-up tapes, mostly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from studio.checking.words import warning
from studio.design import GarmentDesign
from studio.fields import title_of
from studio.pattern import Finding
from studio.sizing import Measures
from studio.vocabulary import GarmentType

FULL_LEG_SHARE = 0.4
"""An inseam shorter than this share of the height is that of shorts, and says nothing about the leg."""


@dataclass(frozen=True)
class _Share:
    """One body measurement as a share of another: what bodies from child to giant have."""

    part: str
    whole: str
    low: float
    high: float


_SHARES = (
    _Share("waist", "bust", 0.55, 1.25),
    _Share("hip", "bust", 0.7, 1.5),
    _Share("neck", "bust", 0.28, 0.56),
    _Share("shoulder_width", "bust", 0.28, 0.62),
    _Share("bicep", "bust", 0.2, 0.46),
    _Share("wrist", "bicep", 0.38, 0.9),
    _Share("thigh", "hip", 0.44, 0.74),
    _Share("bust", "height", 0.36, 1.0),
    _Share("bodice_length", "height", 0.17, 0.32),
    _Share("shoulder_width", "height", 0.16, 0.32),
    _Share("rise", "height", 0.11, 0.22),
    _Share("hip_depth", "height", 0.07, 0.17),
    _Share("head", "height", 0.26, 0.62),
)


def body_findings(design: GarmentDesign, measures: Measures) -> Iterator[Finding]:
    """C12: pairs of measurements of which at least one was taken, and which no usual body has together.

    Rise, crotch and inseam are compared for trousers only.
    """
    taken = {name for name, value in design.measurements if value is not None}
    for share in _SHARES:
        part, whole = float(getattr(measures, share.part)), float(getattr(measures, share.whole))
        if {share.part, share.whole} & taken and not share.low <= part / whole <= share.high:
            side = "small" if part / whole < share.low else "large"
            one, other = title_of(share.part).lower(), title_of(share.whole).lower()
            yield _unusual(f"{one} {part:.0f} cm and {other} {whole:.0f} cm are an unusual pair ({one} is very {side})")
    if design.garment_type == GarmentType.PANTS:
        yield from _below_the_waist(measures, taken)


def _below_the_waist(m: Measures, taken: set[str]) -> Iterator[Finding]:
    if m.hip_depth > m.rise and {"hip_depth", "rise"} & taken:
        yield _unusual(f"the hip lies {m.hip_depth:.0f} cm below the waist, deeper than the crotch at {m.rise:.0f} cm")
    waist_height = m.rise + m.inseam
    if m.inseam > FULL_LEG_SHARE * m.height and {"inseam", "rise"} & taken and not 0.52 <= waist_height / m.height <= 0.72:
        yield _unusual(
            f"rise {m.rise:.0f} cm and inseam {m.inseam:.0f} cm put the waist {waist_height:.0f} cm above the floor, "
            f"which is unusual for a height of {m.height:.0f} cm"
        )
    if m.crotch_length is not None and not 0 <= m.crotch_length - 2 * m.rise <= 0.45 * m.hip:
        yield _unusual(f"a crotch length of {m.crotch_length:.0f} cm does not go with a rise of {m.rise:.0f} cm")


def _unusual(words: str) -> Finding:
    return warning("C12", f"{words}: check the measurements")
