"""Pieces -> garment on the body: which surface each piece goes to, and the figure that shows it.

    pieces = get_pattern_pieces("dress", {**analysis["measurements"], **analysis["features"]})
    figure = create_3d_figure(analysis, pattern_pieces=pieces)
    figure.write_html("dress.html")

Runs alone: python garment_3d.py --garment dress --set bust=92 --out dress.html
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import plotly.graph_objects as go

from studio.arrays import Points3, Triangles
from studio.assembly import Assembly, PieceSurface
from studio.commands import add_design_arguments, design_from, run
from studio.design import GarmentDesign, garment_type_of
from studio.errors import DesignError
from studio.export.glb import garment_glb
from studio.export.obj import garment_obj
from studio.pattern import INSIDE, Pattern, Role, Side
from studio.vocabulary import Colour
from studio.wrapping.worn import STRIPS, assemble

__all__ = ["Assembly", "PieceSurface", "assemble", "create_3d_figure", "figure_of", "main"]

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
    Role.YOKE_FRONT: "#4a76c9",
    Role.YOKE_BACK: "#d98d45",
    Role.STAND: "#d9b848",
    Role.UNDER_SLEEVE: "#4fa583",
    Role.HEM_RIB: "#c76d92",
    Role.HOOD_STRIP: "#9874cc",
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


def _colour(part: PieceSurface, design: GarmentDesign) -> str:
    """The colour of a piece: its role's, tinted with the design's; the right one of a pair is lighter."""
    tinted = _mixed(PIECE_COLOURS[part.role], CLOTH_COLOURS[design.style.colour], DESIGN_TINT)
    return _mixed(tinted, "#ffffff", 0.32) if part.side == Side.RIGHT else tinted


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


def _piece_trace(part: PieceSurface, colour: str) -> go.Mesh3d:
    """The trace of a piece; what is turned over (a lapel, a turn-up) a little darker."""
    trace = _trace(part.title, *_shaded(part), colour)
    if len(part.turned):
        faces = np.full(len(part.triangles), colour, dtype=object)
        faces[part.turned] = _mixed(colour, "#000000", 0.22)
        trace.update(facecolor=faces.tolist())
    return trace


def _shaded(part: PieceSurface) -> tuple[Points3, Triangles]:
    """Points and triangles to draw; the two sides of a fold share no point, so that it stays sharp."""
    beyond = np.zeros(len(part.triangles), dtype=bool)
    beyond[part.turned] = True
    if part.role in STRIPS:
        y = part.flat[:, 1]
        beyond = y[part.triangles].mean(axis=1) > (y.min() + y.max()) / 2
    if not beyond.any():
        return part.points, part.triangles
    return np.concatenate((part.points, part.points)), part.triangles + len(part.points) * beyond[:, None]


def figure_of(assembly: Assembly, design: GarmentDesign) -> go.Figure:
    """One coloured mesh for each piece, in the legend by name, and the mannequin."""
    traces = [_piece_trace(part, _colour(part, design)) for part in assembly.surfaces]
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


def drape_garment(pattern: Pattern) -> tuple[Assembly, str]:
    """The garment hung in its fabric from the wrapped one, and why not where a gate refused it (then as wrapped).

    The first drape of a process compiles for some seconds. Raises DraftError if an outline crosses itself.
    """
    from studio.draping.drape import drape  # numba is loaded when somebody asks for a drape

    wrapped = assemble(pattern)
    points, triangles = wrapped.mannequin.mesh
    fabric = pattern.design.style.fabric
    draped = drape(pattern, wrapped, fabric=fabric, body_points=points, body_triangles=triangles)
    return replace(wrapped, surfaces=tuple(draped.surfaces)), "" if draped.ok else draped.reason


def draped_glb(pattern: Pattern) -> tuple[bytes, str]:
    """The draped garment in its cloth as GLB, and why it is shown as wrapped, '' where it hangs."""
    assembly, reason = drape_garment(pattern)
    return garment_glb(assembly, pattern.design), reason


WORN_WRITERS: Mapping[str, Callable[[Pattern], bytes]] = {
    ".glb": lambda pattern: garment_glb(assemble(pattern), pattern.design),
    ".draped.glb": lambda pattern: draped_glb(pattern)[0],
    ".obj.zip": lambda pattern: garment_obj(assemble(pattern), pattern.design),
}
"""Files of the worn garment in its cloth, by suffix."""


def _written(path: Path, pattern: Pattern) -> bytes:
    """The file that the name asks for. Raises DesignError."""
    name = path.name.lower()
    for suffix in sorted(WORN_WRITERS, key=len, reverse=True):
        if name.endswith(suffix):
            return WORN_WRITERS[suffix](pattern)
    figure = create_3d_figure(pattern.design, pattern_pieces=pattern)
    if name.endswith(".html"):
        return str(figure.to_html()).encode()
    if name.endswith(".json"):
        return str(figure.to_json()).encode()
    known = ", ".join((".html", ".json", *WORN_WRITERS))
    raise DesignError(f"cannot write {path.suffix or 'a file without a suffix'!r}; choose {known}", field="out")


def main(arguments: Sequence[str] | None = None) -> int:
    """Draft one garment, put it on the body and write it: a page, Plotly JSON, a textured GLB or OBJ."""
    parser = argparse.ArgumentParser(description="Show a garment on a mannequin and write it to a file.")
    add_design_arguments(parser)
    parser.add_argument("--out", type=Path, required=True, help="file to write: .html, .json, .glb, .draped.glb or .obj.zip")

    def work() -> None:
        from pattern_generator import draft_pattern  # the command alone drafts; the library is handed its pieces

        options = parser.parse_args(arguments)
        pattern = draft_pattern(design_from(options))
        options.out.write_bytes(_written(options.out, pattern))
        sys.stdout.write(
            f"{sum(piece.role not in INSIDE for piece in pattern.parts)} pieces on the mannequin\nwrote {options.out}\n"
        )

    return run(work)


if __name__ == "__main__":
    raise SystemExit(main())
