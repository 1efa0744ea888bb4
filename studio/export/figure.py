"""The paper pieces as a matplotlib figure (object API): cutting and seam lines, notches, marks and words on a cm grid."""

from __future__ import annotations

import io

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from studio.cutting import paper_pieces
from studio.export.drawing import STYLES, Dash, Drawing, Layer, piece_drawing
from studio.export.layout import ROLE_COLOURS
from studio.export.packing import LaidSheet, packed
from studio.pattern import Pattern

FAULT = "#c0392b"
_DASHES = {Dash.SOLID: "solid", Dash.DASHED: (0, (5, 3)), Dash.DASH_DOT: (0, (8, 2, 1, 2)), Dash.DOTTED: (0, (1, 2))}
_POINTS_PER_MM = 2.2
"""Pens are drawn this much wider than in print, in points for every mm of their width."""


_TYPE = 0.88
"""This picture's typeface is wider than the one that the labels were measured with."""


def draw_pattern(pattern: Pattern, *, width_inches: float = 9.0) -> Figure:
    """All paper pieces of a pattern on a 1 cm grid (bold every 10 cm); pieces of faulty seams in red."""
    sheet = _screen_sheet(pattern)
    figure = Figure(figsize=(width_inches, width_inches * sheet.height / sheet.width), dpi=100, facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, sheet.width)
    axes.set_ylim(0, sheet.height)
    axes.set_aspect("equal")
    axes.set_axis_off()
    _grid(axes, sheet.width, sheet.height)
    wrong = [check.seam for check in pattern.seam_checks if not check.is_sewable]
    faulty = {ref.piece for seam in wrong for ref in (*seam.a, *seam.b)}
    points_per_cm = 72 * width_inches / sheet.width
    for item in sheet.laid:
        drawing = piece_drawing(item, pattern)
        colour = FAULT if item.paper.piece.name in faulty else ROLE_COLOURS[item.paper.piece.role]
        axes.add_patch(Polygon(item.placed(item.paper.cut_line), facecolor=colour, edgecolor="none", gid=drawing.name, zorder=2))
        _draw(axes, drawing, points_per_cm)
    return figure


def pattern_png(pattern: Pattern) -> bytes:
    """`draw_pattern` as PNG bytes."""
    buffer = io.BytesIO()
    draw_pattern(pattern, width_inches=14.0).savefig(buffer, format="png", dpi=120)
    return buffer.getvalue()


def _screen_sheet(pattern: Pattern, aspect: float = 1.15) -> LaidSheet:
    """The pieces in the width, of several, that shows them largest in a window `aspect` times as wide as high."""
    papers = paper_pieces(pattern)
    sheets = [packed(papers, width=width, orientations=1) for width in (70.0, 100.0, 130.0, 160.0, 200.0, 240.0)]
    return min(sheets, key=lambda sheet: max(sheet.width, aspect * sheet.height))


def _grid(axes: Axes, width: float, height: float) -> None:
    for step, colour, thickness in ((1, "#eef1f4", 0.4), (10, "#d5dce3", 0.7)):
        axes.vlines(np.arange(0, width, step), 0, height, color=colour, linewidth=thickness, zorder=0)
        axes.hlines(np.arange(0, height, step), 0, width, color=colour, linewidth=thickness, zorder=0)


def _draw(axes: Axes, drawing: Drawing, points_per_cm: float) -> None:
    for layer in Layer:
        for dash, pattern in _DASHES.items():
            lines = [
                np.concatenate((stroke.points, stroke.points[:1])) if stroke.closed else stroke.points
                for stroke in drawing.strokes
                if stroke.layer == layer and stroke.dash == dash
            ]
            if lines:
                style = STYLES[layer]
                width = _POINTS_PER_MM * style.width
                pens = LineCollection(lines, colors=style.colour, linewidths=width, linestyles=[pattern], zorder=3)
                axes.add_collection(pens, autolim=False)
    for words in drawing.words:
        axes.text(
            words.at[0],
            words.at[1],
            words.text,
            ha="center",
            va="center",
            rotation=words.turned,
            rotation_mode="anchor",
            fontsize=_TYPE * words.size * points_per_cm,
            fontweight="bold" if words.bold else "normal",
            color=STYLES[words.layer].colour,
            zorder=5,
        )
