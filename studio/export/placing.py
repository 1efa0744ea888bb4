"""Where a flat piece stands round the body before it is sewn: about one axis turned, none in the way of another.

Space is that of GarmentCode: cm, y up from the floor, z to the front, x to the wearer's left.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from studio.pattern import INSIDE, Pattern, Piece, Role, Side
from studio.sizing import Measures

_AWAY = 12.0
"""Room between the body and a piece, cm."""
_BACKS = frozenset({Role.BACK, Role.SKIRT_BACK, Role.TROUSER_BACK, Role.YOKE_BACK, Role.COLLAR, Role.STAND})
_AT_WAIST = frozenset({Role.SKIRT_FRONT, Role.SKIRT_BACK, Role.TROUSER_FRONT, Role.TROUSER_BACK, Role.WAISTBAND, Role.FLY})
_TROUSERS = frozenset({Role.TROUSER_FRONT, Role.TROUSER_BACK})
_ON_ARM = frozenset({Role.SLEEVE, Role.UNDER_SLEEVE, Role.CUFF, Role.PLACKET})
_ON_NECK = frozenset({Role.COLLAR, Role.STAND, Role.HOOD, Role.HOOD_STRIP})


@dataclass(frozen=True)
class Standing:
    """A point p of the piece (z = 0) stands at R p + `translation`; `rotation` in degrees about x, y, z, one of them."""

    translation: tuple[float, float, float]
    rotation: tuple[float, float, float]


def standing(pattern: Pattern, piece: Piece) -> Standing:
    """The place of a piece: fronts before the body, backs behind it, sleeves beside it, its face outwards."""
    m = pattern.measures
    if piece.laid_on is not None and piece.laid_on.piece in pattern and piece.laid_on.piece != piece.name:
        return _on_host(pattern, piece, piece.laid_on.piece, piece.laid_on.at.tolist())
    if piece.role in _ON_ARM or (piece.role == Role.HOOD and piece.side != Side.CENTRE):
        return _beside(piece, m)
    return _before_or_behind(piece, m)


def _height(piece: Piece, m: Measures) -> float:
    """Height above the floor of the piece's y = 0."""
    if piece.role in _AT_WAIST:
        return m.waist_height
    shoulder = m.waist_height + m.bodice_length
    _, low, _, high = piece.bounds
    if piece.role in _ON_NECK:
        return shoulder + 2 - low
    if piece.role in (Role.SLEEVE, Role.UNDER_SLEEVE):
        return shoulder - 2 - high
    if piece.role in (Role.CUFF, Role.PLACKET):
        return shoulder - m.sleeve_length - 4 - high
    if piece.role == Role.HEM_RIB:
        return shoulder - m.back_length - 2 - high
    return shoulder


def _before_or_behind(piece: Piece, m: Measures) -> Standing:
    back = piece.role in _BACKS or "back" in piece.name.split("_")
    depth = m.bust / (2 * math.pi) + _AWAY - (4 if piece.role in INSIDE else 0)
    x0, _, x1, _ = piece.bounds
    shift = 0.0
    if piece.role in _TROUSERS or piece.role == Role.FLY:
        way = 1.0 if piece.side == Side.LEFT else -1.0
        shift = way * ((x1 - x0) / 2 + 1) - (x0 + x1) / 2 * (-1 if back else 1)
    place = (shift, _height(piece, m), -depth if back else depth)
    return Standing(place, (0.0, 180.0, 0.0) if back else (0.0, 0.0, 0.0))


def _beside(piece: Piece, m: Measures) -> Standing:
    way = -1.0 if piece.side == Side.RIGHT else 1.0
    x0, _, x1, _ = piece.bounds
    on_neck = piece.role == Role.HOOD
    out = (m.neck / (2 * math.pi) if on_neck else m.shoulder_width / 2) + _AWAY
    out += {Role.UNDER_SLEEVE: -8.0, Role.PLACKET: 4.0}.get(piece.role, 0.0)
    return Standing((way * out, _height(piece, m), way * (x0 + x1) / 2), (0.0, 90.0 * way, 0.0))


def _on_host(pattern: Pattern, piece: Piece, host: str, at: list[float]) -> Standing:
    """Four centimetres in front of the piece that it is stitched onto."""
    base = standing(pattern, pattern[host])
    turn = math.radians(base.rotation[1])
    x, z = at[0] * math.cos(turn) + 4 * math.sin(turn), -at[0] * math.sin(turn) + 4 * math.cos(turn)
    tx, ty, tz = base.translation
    return Standing((tx + x, ty + at[1], tz + z), base.rotation)
