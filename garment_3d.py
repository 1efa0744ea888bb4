"""Pieces -> garment on the body: which surface each piece goes to, and the figure that shows it.

    pieces = get_pattern_pieces("dress", {**analysis["measurements"], **analysis["features"]})
    figure = create_3d_figure(analysis, pattern_pieces=pieces)
    figure.write_html("dress.html")

Runs alone: python garment_3d.py --garment dress --set bust=92 --out dress.html
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import plotly.graph_objects as go

from studio.arrays import Points2, Points3, Triangles
from studio.body import Mannequin
from studio.commands import add_design_arguments, design_from, run
from studio.design import GarmentDesign, garment_type_of
from studio.errors import DesignError
from studio.pattern import Pattern, Piece, Role, Side
from studio.vocabulary import Colour, Neckline
from studio.wrapping.keep_out import keep_out
from studio.wrapping.laid import laid_on, lapped_over, strip_layers
from studio.wrapping.neck import STAND_SHARE, placed_collar, placed_hood
from studio.wrapping.sew import Cloth, Pins, Placed, Stitches, sewn
from studio.wrapping.torso import BodiceWrap, SkirtWrap
from studio.wrapping.triangulate import FlatMesh, triangulated
from studio.wrapping.tube import SleeveWrap, TrouserWrap, wrapped_band

GARMENT_TRIANGLES = 4300
COLLAR_STEP = 0.95
BODY_ROUNDS = 60
NECK_ROUNDS = 50
BEND = 0.003
HOLD = 0.04


@dataclass(frozen=True, eq=False)
class PieceSurface:
    """One piece on the body: (n, 3) points for its (n, 2) flat ones, joined by the same triangles."""

    name: str
    title: str
    role: Role
    side: Side
    flat: Points2
    points: Points3
    triangles: Triangles
    colour: str  # #rrggbb


@dataclass(frozen=True, eq=False)
class Assembly:
    """The sewn garment on its mannequin."""

    mannequin: Mannequin
    surfaces: tuple[PieceSurface, ...]


def assemble(pattern: Pattern) -> Assembly:
    """The pieces of `pattern` wrapped round the wearer's mannequin and sewn together.

    Lengths are kept: over all seven types half of the mesh edges are within 0.7 % of their length on the table and 95 %
    within 5 % (within 1.2 % and 8 % for each type, within 3 % and 13 % from child to giant). The rest lies where cloth is
    eased, rolled or folded: the roll of a collar, the crown of a hood, the shoulder ridge.
    Raises DraftError if an outline crosses itself.
    """
    mannequin = Mannequin.of(pattern.measures)
    area = sum(abs(piece.area) for piece in pattern.parts)
    step = max(math.sqrt(area / GARMENT_TRIANGLES / 0.433), 1.0)
    meshes = {piece.name: _mesh(pattern, piece, step) for piece in pattern.parts}
    placed = {part.piece.name: part for part in _sewn_body(pattern, meshes, mannequin)}
    placed |= {part.piece.name: part for part in _sewn_neck(pattern, meshes, mannequin, placed)}
    for piece in pattern.parts:
        if piece.laid_on is not None:
            host = placed[piece.laid_on.piece]
            at = meshes[piece.name].points + piece.laid_on.at
            placed[piece.name] = Placed(piece, meshes[piece.name], laid_on(at, host.mesh, host.points))
    colours = _colours(pattern)
    return Assembly(mannequin, tuple(_surface(placed[name], colours[name]) for name in pattern))


def _surface(placed: Placed, colour: str) -> PieceSurface:
    piece, mesh = placed.piece, placed.mesh
    return PieceSurface(piece.name, piece.title, piece.role, piece.side, mesh.points, placed.points, mesh.triangles, colour)


def _mesh(pattern: Pattern, piece: Piece, step: float) -> FlatMesh:
    """The flat mesh: finer for a collar, which rolls; creased where a band, cuff or turtleneck is folded in half."""
    is_turtleneck = piece.role == Role.COLLAR and pattern.design.style.neckline == Neckline.TURTLENECK
    if piece.role in (Role.WAISTBAND, Role.CUFF) or is_turtleneck:
        return triangulated(piece, step=step, crease=(piece.bounds[1] + piece.bounds[3]) / 2)
    return triangulated(piece, step=min(step, COLLAR_STEP) if piece.role == Role.COLLAR else step)


def _sewn_body(pattern: Pattern, meshes: Mapping[str, FlatMesh], mannequin: Mannequin) -> list[Placed]:
    """Everything but neck pieces and pockets, on the body and sewn."""
    parts = [piece for piece in pattern.parts if piece.role not in (Role.COLLAR, Role.HOOD, Role.POCKET)]
    by_role = {role: [piece for piece in parts if piece.role == role] for role in Role}
    fronts = by_role[Role.FRONT]
    bodice = BodiceWrap.of(mannequin, fronts, by_role[Role.BACK]) if fronts else None
    skirts = by_role[Role.SKIRT_FRONT]
    skirt = SkirtWrap.of(mannequin, skirts, by_role[Role.SKIRT_BACK]) if skirts else None
    sleeves = {piece.side: SleeveWrap.of(mannequin, piece) for piece in by_role[Role.SLEEVE]}

    def place(piece: Piece, points: Points2) -> Points3:
        if piece.role in (Role.FRONT, Role.BACK) and bodice:
            return bodice.placed(piece, points)
        if piece.role in (Role.SKIRT_FRONT, Role.SKIRT_BACK) and skirt:
            return skirt.placed(piece, points)
        if piece.role in (Role.TROUSER_FRONT, Role.TROUSER_BACK):
            return TrouserWrap(mannequin).placed(piece, points)
        if piece.role == Role.WAISTBAND:
            return wrapped_band(piece, points, ring=mannequin.waist_ring, seam="waist", upwards=True)
        sleeve = sleeves[piece.side]
        return sleeve.cuff(piece, points) if piece.role == Role.CUFF else sleeve.placed(points)

    cloth = Cloth([Placed(piece, meshes[piece.name], place(piece, meshes[piece.name].points)) for piece in parts])
    stitches = [*cloth.stitches(pattern.seams), *_fastenings(cloth, fronts)]
    points = sewn(cloth, stitches, keep_out(cloth, mannequin), rounds=BODY_ROUNDS, bend=BEND, hold=HOLD)
    return [_layered(part, is_upper_front=len(fronts) == 2 and part.piece is fronts[0]) for part in cloth.split(points)]


def _fastenings(cloth: Cloth, fronts: Sequence[Piece]) -> list[Stitches]:
    """Two fronts buttoned or zipped: their centre front lines (x = 0) lie on one another."""
    if len(fronts) != 2:
        return []
    top = min(piece.landmarks["neck_center"][1] for piece in fronts)
    low = max(piece.landmarks["hem_center"][1] for piece in fronts)
    line = np.stack((np.zeros(24), np.linspace(top - 0.2, low + 0.2, 24)), axis=1)
    return [Stitches(cloth.places(fronts[0].name, line), cloth.places(fronts[1].name, line))]


def _layered(part: Placed, *, is_upper_front: bool) -> Placed:
    """The piece with whatever lies over or under itself or its neighbour set apart."""
    if part.piece.role in (Role.WAISTBAND, Role.CUFF):
        return strip_layers(part, seam="waist" if part.piece.role == Role.WAISTBAND else "sleeve")
    low, _, high, _ = part.piece.bounds
    beyond = min(high, -low)
    return lapped_over(part, beyond=beyond) if is_upper_front and beyond > 0.1 else part


def _sewn_neck(
    pattern: Pattern, meshes: Mapping[str, FlatMesh], mannequin: Mannequin, placed: Mapping[str, Placed]
) -> list[Placed]:
    """Collar or hood, on the neckline of the sewn body."""
    on_neck = [s for s in pattern.seams if pattern[s.a[0].piece].role in (Role.COLLAR, Role.HOOD) and s.a[0].edge == "neck"]
    if not on_neck:
        return []
    body = Cloth(list(placed.values()))
    parts, necklines = [], []
    for seam in on_neck:
        piece = pattern[seam.a[0].piece]
        mesh = meshes[piece.name]
        neckline = body.run(seam.b, backwards=True, count=2 * len(mesh.chains["neck"])) @ body.points
        necklines.append(neckline)
        parts.append(Placed(piece, mesh, _on_neckline(pattern, piece, mesh.points, neckline, mannequin)))
    cloth = Cloth(parts)
    pins = [
        Pins(cloth.run(seam.a, backwards=False, count=len(neckline)), neckline)
        for seam, neckline in zip(on_neck, necklines, strict=True)
    ]
    stitches = cloth.stitches(pattern.seams)
    points = sewn(cloth, stitches, keep_out(cloth, mannequin), rounds=NECK_ROUNDS, pins=pins, bend=BEND, hold=HOLD)
    return cloth.split(points)


def _on_neckline(pattern: Pattern, piece: Piece, points: Points2, neckline: Points3, mannequin: Mannequin) -> Points3:
    if piece.role == Role.HOOD:
        side = 1.0 if piece.side == Side.LEFT else -1.0
        from_front = neckline if neckline[0, 1] < neckline[-1, 1] else neckline[::-1]
        crown = mannequin.heights["head_top"]
        return placed_hood(piece, points, from_front, side=side, half_head=mannequin.half_head + 1.5, crown=crown)
    if pattern.design.style.neckline == Neckline.TURTLENECK:
        return placed_collar(piece, points, neckline, stand=0.5, spread=0.02, tapered=False)
    return placed_collar(piece, points, neckline, stand=STAND_SHARE, spread=0.55, tapered=True)


MANNEQUIN_COLOUR = "#d9d0c5"
CLOTH_COLOURS: Mapping[Colour, str] = {
    Colour.BLACK: "#3a3a40",
    Colour.WHITE: "#f4f2ee",
    Colour.GREY: "#9a9ca3",
    Colour.RED: "#c9403a",
    Colour.ORANGE: "#e58a3c",
    Colour.YELLOW: "#e6c445",
    Colour.GREEN: "#4f9a62",
    Colour.BLUE: "#3f6fc4",
    Colour.PURPLE: "#7d5bb5",
    Colour.PINK: "#e38bb0",
    Colour.BROWN: "#8a6248",
}
PIECE_COLOURS: Mapping[Role, str] = {
    Role.FRONT: "#5b8def",
    Role.BACK: "#f0a35e",
    Role.SLEEVE: "#67bf9a",
    Role.COLLAR: "#f2d15c",
    Role.HOOD: "#b08be0",
    Role.CUFF: "#e77f9f",
    Role.WAISTBAND: "#d9688f",
    Role.SKIRT_FRONT: "#6fb3e8",
    Role.SKIRT_BACK: "#e3b04b",
    Role.TROUSER_FRONT: "#5b8def",
    Role.TROUSER_BACK: "#f0a35e",
    Role.POCKET: "#8fd0c0",
}
DESIGN_TINT = 0.22
CAMERA = {"eye": {"x": 0.8, "y": -1.64, "z": 0.33}, "center": {"x": 0, "y": 0, "z": 0}, "up": {"x": 0, "y": 0, "z": 1}}
"""Front three-quarter view of the whole figure; one for all garments, so that a slider or another type moves no camera."""
SHOWN_HEIGHT = 1.42
"""Height of the mannequin in Plotly's scene units, so that every wearer fills the view from head to toe."""
_LIGHT = {"ambient": 0.45, "diffuse": 0.62, "specular": 0.04, "roughness": 0.95, "fresnel": 0.02}
_LIGHT_AT = {"x": 1600, "y": -2600, "z": 1900}


def _mixed(first: str, second: str, share: float) -> str:
    """`share` of the second colour in the first."""
    pairs = [(int(first[k : k + 2], 16), int(second[k : k + 2], 16)) for k in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _colours(pattern: Pattern) -> dict[str, str]:
    """A colour for each piece: its role's, tinted with the design's; the right one of a pair is lighter."""
    cloth = CLOTH_COLOURS[pattern.design.style.colour]
    tinted = {piece.name: _mixed(PIECE_COLOURS[piece.role], cloth, DESIGN_TINT) for piece in pattern.parts}
    return {
        name: _mixed(colour, "#ffffff", 0.32) if pattern[name].side == Side.RIGHT else colour for name, colour in tinted.items()
    }


def _trace(name: str, points: Points3, triangles: Triangles, colour: str) -> go.Mesh3d:
    x, y, z = points.astype(np.float32).T
    i, j, k = triangles.astype(np.int32).T
    return go.Mesh3d(
        x=x,
        y=y,
        z=z,
        i=i,
        j=j,
        k=k,
        name=name,
        color=colour,
        flatshading=False,
        lighting=_LIGHT,
        lightposition=_LIGHT_AT,
        hoverinfo="name",
        showlegend=True,
        showscale=False,
    )


def _shaded(part: PieceSurface) -> tuple[Points3, Triangles]:
    """Points and triangles to draw; the two halves of a folded strip share no point, so that its fold stays sharp."""
    if part.role not in (Role.WAISTBAND, Role.CUFF):
        return part.points, part.triangles
    y = part.flat[:, 1]
    upper = y[part.triangles].mean(axis=1) > (y.min() + y.max()) / 2
    return np.concatenate((part.points, part.points)), part.triangles + len(y) * upper[:, None]


def figure_of(assembly: Assembly, design: GarmentDesign) -> go.Figure:
    """One coloured mesh for each piece, in the legend by name, and the mannequin."""
    traces = [_trace(part.title, *_shaded(part), part.colour) for part in assembly.surfaces]
    traces.append(_trace("Mannequin", *assembly.mannequin.mesh, MANNEQUIN_COLOUR))
    everything = np.concatenate([assembly.mannequin.mesh[0], *(part.points for part in assembly.surfaces)])
    extent = np.ptp(everything, axis=0)
    hidden = {"visible": False}
    figure = go.Figure(traces)
    figure.update_layout(
        title={"text": f"{design.garment_type.capitalize()}, {design.fit.replace('_', ' ')}", "x": 0.02},
        scene={
            "aspectmode": "manual",
            "aspectratio": dict(zip("xyz", (SHOWN_HEIGHT * extent / extent[2]).tolist(), strict=True)),
            "xaxis": hidden,
            "yaxis": hidden,
            "zaxis": hidden,
            "camera": CAMERA,
        },
        uirevision="garment",
        margin={"l": 0, "r": 0, "t": 36, "b": 0},
        legend={"itemsizing": "constant", "x": 0.99, "xanchor": "right", "y": 0.98},
        paper_bgcolor="rgba(0,0,0,0)",
    )
    return figure


def create_3d_figure(analysis: GarmentDesign | Mapping[str, object], pattern_pieces: Pattern | None = None) -> go.Figure:
    """The garment of `pattern_pieces` on the wearer's mannequin.

    `analysis` is a GarmentDesign or a dict with 'garment_type' (and 'measurements', 'features'). The pieces say what is
    drawn: pass those that were drafted from this analysis. Raises DesignError if there are none or they are of another
    garment.
    """
    if not isinstance(pattern_pieces, Pattern):
        raise DesignError("draft the pieces first: create_3d_figure(analysis, pattern_pieces=get_pattern_pieces(...))")
    drafted = pattern_pieces.design
    if isinstance(analysis, GarmentDesign):
        kind = analysis.garment_type
    elif isinstance(analysis, Mapping):
        kind = garment_type_of(analysis.get("garment_type", drafted.garment_type))
    else:
        raise DesignError(f"an analysis is a dict or a GarmentDesign, not {type(analysis).__name__}", field="analysis")
    if kind != drafted.garment_type:
        raise DesignError(f"the analysis is of a {kind}, the pieces are of a {drafted.garment_type}", field="garment_type")
    return figure_of(assemble(pattern_pieces), drafted)


def main(arguments: Sequence[str] | None = None) -> int:
    """Draft one garment, put it on the body and write it as a page (.html) or as Plotly JSON (.json)."""
    parser = argparse.ArgumentParser(description="Show a garment on a mannequin: a page (.html) or Plotly JSON (.json).")
    add_design_arguments(parser)
    parser.add_argument("--out", type=Path, required=True, help="file to write: .html or .json")

    def work() -> None:
        from pattern_generator import draft_pattern  # the command alone drafts; the library is handed its pieces

        options = parser.parse_args(arguments)
        suffix = options.out.suffix.lower()
        if suffix not in (".html", ".json"):
            raise DesignError(f"cannot write {suffix or 'a file without a suffix'!r}; choose .html or .json", field="out")
        pattern = draft_pattern(design_from(options))
        figure = create_3d_figure(pattern.design, pattern_pieces=pattern)
        options.out.write_text(figure.to_html() if suffix == ".html" else figure.to_json(), encoding="utf-8")
        sys.stdout.write(f"{len(figure.data) - 1} pieces on the mannequin\nwrote {options.out}\n")

    return run(work)


if __name__ == "__main__":
    raise SystemExit(main())
