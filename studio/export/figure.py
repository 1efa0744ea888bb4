"""The pattern as a matplotlib figure (object API): all pieces on a centimetre grid, with names, grainlines and darts."""

from __future__ import annotations

import io

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from studio.arrays import Point2
from studio.curves import Curve
from studio.export.layout import ROLE_COLOURS, Placed, fitted_to_screen
from studio.pattern import Pattern

INK, GRAIN, FAULT = "#1d2733", "#3a6ea5", "#c0392b"


def draw_pattern(pattern: Pattern, *, width_inches: float = 9.0) -> Figure:
    """All pieces of a pattern on a 1 cm grid (bold every 10 cm); edges of faulty seams in red."""
    sheet = fitted_to_screen(pattern)
    figure = Figure(figsize=(width_inches, width_inches * sheet.height / sheet.width), dpi=100, facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, sheet.width)
    axes.set_ylim(0, sheet.height)
    axes.set_aspect("equal")
    axes.set_axis_off()
    _grid(axes, sheet.width, sheet.height)
    faulty = {
        (ref.piece, ref.edge) for check in pattern.seam_checks if not check.is_sewable for ref in (*check.seam.a, *check.seam.b)
    }
    for item in sheet.placed:
        _draw(axes, item, pattern, faulty, 72 * width_inches / sheet.width)
    return figure


def pattern_png(pattern: Pattern) -> bytes:
    """`draw_pattern` as PNG bytes."""
    buffer = io.BytesIO()
    draw_pattern(pattern, width_inches=14.0).savefig(buffer, format="png", dpi=120)
    return buffer.getvalue()


def _grid(axes, width: float, height: float) -> None:  # type: ignore[no-untyped-def]
    for step, colour, thickness in ((1, "#eef1f4", 0.4), (10, "#d5dce3", 0.7)):
        axes.vlines(np.arange(0, width, step), 0, height, color=colour, linewidth=thickness, zorder=0)
        axes.hlines(np.arange(0, height, step), 0, width, color=colour, linewidth=thickness, zorder=0)


def _path(curves: list[Curve], shift: Point2, *, closed: bool) -> Path:
    vertices, codes = [curves[0].start], [Path.MOVETO]
    for curve in curves:
        vertices += list(curve.control[1:])
        codes += [Path.LINETO] if curve.is_line else [Path.CURVE4] * 3
    if closed:
        vertices.append(curves[0].start)
        codes.append(Path.CLOSEPOLY)
    return Path(np.array(vertices) + shift, codes)


def _draw(axes, item: Placed, pattern: Pattern, faulty: set[tuple[str, str]], points_per_cm: float) -> None:  # type: ignore[no-untyped-def]
    piece, shift = item.piece, item.shift
    outline = _path([curve for edge in piece.edges for curve in edge.curves], shift, closed=True)
    axes.add_patch(PathPatch(outline, facecolor=ROLE_COLOURS[piece.role], edgecolor=INK, linewidth=1.1, zorder=2, gid=piece.name))
    for edge in piece.edges:
        if (piece.name, edge.name) in faulty:
            axes.add_patch(
                PathPatch(_path(list(edge.curves), shift, closed=False), fill=False, edgecolor=FAULT, linewidth=2.4, zorder=4)
            )
    for other in pattern.parts:
        if other.laid_on and other.laid_on.piece == piece.name:
            spot = _path([c for edge in other.edges for c in edge.curves], shift + other.laid_on.at, closed=True)
            axes.add_patch(PathPatch(spot, fill=False, edgecolor="#7a8794", linestyle="--", linewidth=0.8, zorder=3))
    start, end = piece.grainline + shift
    axes.annotate(
        "", xy=tuple(start), xytext=tuple(end), arrowprops={"arrowstyle": "<->", "color": GRAIN, "linewidth": 0.9}, zorder=3
    )
    x0, y0, x1, y1 = piece.bounds
    middle = np.array(((x0 + x1) / 2, (y0 + y1) / 2)) + shift
    size = float(np.clip(0.16 * (x1 - x0) * points_per_cm / max(len(piece.title) / 8, 1), 4.5, 11))
    axes.text(
        *middle,
        piece.title,
        ha="center",
        va="center",
        fontsize=size,
        color=INK,
        zorder=5,
        bbox={"facecolor": ROLE_COLOURS[piece.role], "edgecolor": "none", "pad": 0.8},
    )
