"""The words on a paper piece, and the place within its seam lines where they are read best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from reportlab.pdfbase.pdfmetrics import stringWidth

from studio.arrays import Floats, Mask, Point2, Points2, point
from studio.cutting.flatten import polyline
from studio.export.packing import Laid
from studio.paper import PaperPiece
from studio.pattern import Material, Pattern
from studio.vocabulary import GarmentType

_SCALES = (1.0, 0.8, 0.65, 0.55, 0.45, 0.38, 0.32, 0.26)
_TITLE, _PLAIN = 0.85, 0.46
"""Height of the type at full scale, cm."""
_LEADING = 1.35
_CELL = 0.4


@dataclass(frozen=True, eq=False)
class LabelLine:
    """One line of a label, centred on `at`; `size` is its height in cm."""

    text: str
    at: Point2
    size: float
    bold: bool


@dataclass(frozen=True, eq=False)
class Label:
    """The lines of a label, turned by `turned` degrees (0 or 90)."""

    lines: tuple[LabelLine, ...]
    turned: float


def made_for(pattern: Pattern) -> str:
    """For whom: 'made to measure: bust 92, waist 74, hip 98 cm', the girths that matter for the garment."""
    m = pattern.measures
    girths = [("bust", m.bust), ("waist", m.waist), ("hip", m.hip)]
    if pattern.design.garment_type in (GarmentType.SKIRT, GarmentType.PANTS):
        girths = girths[1:]
    return "made to measure: " + ", ".join(f"{name} {value:.0f}" for name, value in girths) + " cm"


def label_texts(paper: PaperPiece, pattern: Pattern) -> list[str]:
    """The lines of a piece's label, its title first."""
    making = pattern.design.making
    lines = [paper.title, f"{pattern.design.garment_type} · {paper.material}", paper.cutting_words]
    if paper.interfaced:
        lines.append(f"interface {paper.interfaced}")
    if making.seam_allowance > 0:
        lines.append(f"{making.seam_allowance:g} cm seam allowance included")
    if paper.material == Material.SHELL:
        lines.append(made_for(pattern))
    return lines


def placed_label(item: Laid, pattern: Pattern) -> Label:
    """The label of a laid piece at the largest size for which there is room within its seam lines, clear of its marks."""
    texts = label_texts(item.paper, pattern)
    return _placed(item, texts, beside=1) or _placed(item, texts, beside=0) or _small_label(item, texts)


def _small_label(item: Laid, texts: Sequence[str]) -> Label:
    """The title alone in the smallest type, in the middle of the piece whatever runs there."""
    ring = item.placed(item.paper.seam_line)
    return _label(texts[:1], (ring.min(axis=0) + ring.max(axis=0)) / 2, _SCALES[-1], 0.0)


def _placed(item: Laid, texts: Sequence[str], *, beside: int) -> Label | None:
    """The label where it keeps `beside` cells from every line, or None; on a narrow strip it is one line."""
    free, origin = _free_cells(item, beside)
    levels = np.arange(free.shape[0]), np.arange(free.shape[1])
    summed = np.pad(free.astype(np.int64).cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    inside = np.argwhere(free)
    middle = inside.mean(axis=0) if len(inside) else np.array([levels[0].mean(), levels[1].mean()])
    needed = texts[: 4 if item.paper.interfaced else 3]
    one = [" · ".join((texts[0], *needed[2:]))]
    choices = ((texts, 0.65), (needed, 0.55), (texts, 0.45), (one, 0.45), (needed, 0.38), (one, 0.26), (texts[:1], 0.0))
    for lines, smallest in choices:
        wide, high = _block(lines)
        for scale in (scale for scale in _SCALES if scale >= smallest):
            for turned in (0.0, 90.0):
                size = (high, wide) if turned == 0 else (wide, high)
                cells = tuple(int(np.ceil(scale * length / _CELL)) for length in size)
                spot = _spot(summed, cells, middle)
                if spot is not None:
                    centre = origin + _CELL * np.array((spot[1] + cells[1] / 2, spot[0] + cells[0] / 2))
                    return _label(lines, centre, scale, turned)
    return None


def _block(texts: Sequence[str]) -> tuple[float, float]:
    """Width and height of a label at full scale, cm."""
    widths = [_width(text, size) for text, size in zip(texts, _sizes(texts), strict=True)]
    return max(widths) + 0.3, _LEADING * sum(_sizes(texts))


def _sizes(texts: Sequence[str]) -> list[float]:
    return [_TITLE, *[_PLAIN] * (len(texts) - 1)]


def _width(text: str, size: float) -> float:
    return float(stringWidth(text, "Helvetica-Bold", size))


def _free_cells(item: Laid, beside: int) -> tuple[Mask, Point2]:
    """Cells of the sheet within the seam lines and `beside` cells off every line (rows upwards), and their lower left corner."""
    ring = item.placed(item.paper.seam_line)
    low, high = ring.min(axis=0), ring.max(axis=0)
    x = np.arange(low[0] + _CELL / 2, high[0], _CELL)
    y = np.arange(low[1] + _CELL / 2, high[1], _CELL)
    shape = shapely.Polygon(ring)
    shapely.prepare(shape)
    free: Mask = shapely.contains_xy(shape, *np.meshgrid(x, y))
    lines = [np.concatenate((ring, ring[:1])), item.placed(item.paper.grainline)]
    lines += (item.placed(polyline(mark.curves)) for mark in item.paper.marks)
    if item.paper.fold is not None:
        lines.append(item.placed(item.paper.fold + point(1.1, 0)))
    for line in lines:
        _block_out(free, line, low, beside)
    return free, low


def _block_out(free: Mask, line: Points2, low: Point2, beside: int) -> None:
    """Take the cells on a line, and so many beside it, out of the free ones."""
    steps = np.maximum(np.ceil(np.hypot(*np.diff(line, axis=0).T) / (_CELL / 2)).astype(int), 1)
    dense: Floats = np.concatenate([np.linspace(a, b, n + 1) for a, b, n in zip(line[:-1], line[1:], steps, strict=True)])
    cells = ((dense - low) / _CELL).astype(int)
    for right in range(-beside, beside + 1):
        for up in range(-beside, beside + 1):
            rows, columns = cells[:, 1] + up, cells[:, 0] + right
            kept = (rows >= 0) & (rows < free.shape[0]) & (columns >= 0) & (columns < free.shape[1])
            free[rows[kept], columns[kept]] = False


def _spot(summed: Floats, cells: tuple[int, ...], middle: Floats) -> Floats | None:
    """Lower left cell of the free block of that size nearest to the middle, or None."""
    rows, columns = cells
    if rows >= summed.shape[0] or columns >= summed.shape[1]:
        return None
    inside = summed[rows:, columns:] - summed[:-rows, columns:] - summed[rows:, :-columns] + summed[:-rows, :-columns]
    found = np.argwhere(inside == rows * columns)
    if not len(found):
        return None
    away = ((found + np.array(cells) / 2 - middle) ** 2).sum(axis=1)
    best: Floats = found[int(np.argmin(away))]
    return best


def _label(texts: Sequence[str], centre: Point2, scale: float, turned: float) -> Label:
    _, high = _block(texts)
    down = point(0, -1) if turned == 0 else point(1, 0)
    passed, lines = -high / 2, []
    for number, (text, size) in enumerate(zip(texts, _sizes(texts), strict=True)):
        at = centre + scale * (passed + _LEADING * size / 2) * down
        lines.append(LabelLine(text, at, scale * size, number == 0))
        passed += _LEADING * size
    return Label(tuple(lines), turned)
