"""The technical flat as a part of a PDF page."""

from __future__ import annotations

import numpy as np
from reportlab.lib import colors
from reportlab.platypus import Flowable

from studio.arrays import Points2
from studio.flat import Flat, FlatView, Stroke

_WIDTHS = {Stroke.SEAM: 0.45, Stroke.STITCH: 0.4, Stroke.EDGE: 0.7}
_APART = 24.0
_WORDS = 14.0


class FlatDrawing(Flowable):  # type: ignore[misc]
    """Front and back of a flat side by side, as large as `width` x `height` points allow, and no higher than that takes."""

    def __init__(self, flat: Flat, *, width: float, height: float) -> None:
        super().__init__()
        self._views = (("front", flat.front), ("back", flat.back))
        sizes = [np.ptp(view.outline, axis=0) for _, view in self._views]
        wide, tall = float(sum(size[0] for size in sizes)), float(max(size[1] for size in sizes))
        self._scale = min((width - _APART) / wide, (height - _WORDS) / tall)
        self.width, self.height = width, self._scale * tall + _WORDS

    def draw(self) -> None:
        """Called by the page: both views to one scale, their words below."""
        boxes = [(view.outline.min(axis=0), view.outline.max(axis=0)) for _, view in self._views]
        wide = sum(float(high[0] - low[0]) for low, high in boxes)
        low_y, scale = min(float(low[1]) for low, _ in boxes), self._scale
        left = (self.width - scale * wide - _APART) / 2
        for (name, view), (low, high) in zip(self._views, boxes, strict=True):
            origin = np.array((left - scale * low[0], _WORDS - scale * low_y))
            self._draw_view(view, scale, origin)
            self.canv.setFont("Helvetica", 8)
            self.canv.setFillColor(colors.black)
            self.canv.drawCentredString(left + scale * (high[0] - low[0]) / 2, 0, name)
            left += scale * float(high[0] - low[0]) + _APART

    def _draw_view(self, view: FlatView, scale: float, origin: Points2) -> None:
        canvas = self.canv
        canvas.setStrokeColor(colors.black)
        canvas.setFillColor(colors.white)
        canvas.setLineWidth(1.1)
        self._path(view.outline * scale + origin, closed=True, fill=True)
        for line in view.lines:
            canvas.setLineWidth(_WIDTHS[line.stroke])
            canvas.setDash(*((2.2, 1.6) if line.stroke == Stroke.STITCH else ()))
            self._path(line.points * scale + origin, closed=line.filled, fill=line.filled)
        canvas.setDash()
        canvas.setLineWidth(0.5)
        for x, y in view.buttons * scale + origin:
            canvas.circle(x, y, max(0.55 * scale, 1.2), stroke=1, fill=1)

    def _path(self, points: Points2, *, closed: bool, fill: bool) -> None:
        path = self.canv.beginPath()
        path.moveTo(*points[0])
        for place in points[1:]:
            path.lineTo(*place)
        if closed:
            path.close()
        self.canv.drawPath(path, stroke=1, fill=int(fill))
