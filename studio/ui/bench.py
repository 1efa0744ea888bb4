"""The bench: the flat pattern, the garment on the body, the report below; and the one listener that redraws the body."""

from __future__ import annotations

import json
import logging
import threading
import weakref
from collections.abc import Callable
from typing import Any

import gradio as gr

from studio.errors import StudioError
from studio.history import Document
from studio.pattern import Pattern
from studio.ui.desk import Desk, Views, sentence
from studio.ui.drawn import drawn

log = logging.getLogger(__name__)

Body = Callable[[Pattern], Any]
"""A pattern to a Plotly figure of the garment on the body."""


def add_sheet(first: dict[str, Any]) -> gr.HTML:
    """The flat pattern on centimetre paper."""
    return drawn(first, source="sheet", elem_id="sheet")


def add_report(first: dict[str, Any]) -> gr.HTML:
    """Findings and seams."""
    return drawn(first, source="report", elem_id="report")


PLOT_SETTINGS = {
    "responsive": True,
    "displaylogo": False,
    "displayModeBar": False,
    "scrollZoom": True,
    "plotGlPixelRatio": 1.5,
}


FRAME = {
    "title": None,
    "margin": {"l": 0, "r": 0, "t": 8, "b": 0},
    "scene_domain_y": [0.1, 1.0],
    "legend": {
        "orientation": "h",
        "x": 0.02,
        "xanchor": "left",
        "y": 0.0,
        "yanchor": "bottom",
        "font": {"size": 11},
        "bgcolor": "rgba(0,0,0,0)",
        "itemsizing": "constant",
    },
}
"""How the figure sits in a column that is higher than wide."""


def framed(figure: Any) -> Any:
    """`figure` (Plotly) laid out for the page."""
    return figure.update_layout(FRAME)


def add_body(first: Any) -> gr.HTML:
    """The garment on the body: `first` is its first figure; what is returned takes the later ones.

    Gradio mounts its plot anew for each value, which costs a new drawing context and the visitor's camera. So the
    later figures go to the mounted plot by way of a part of their own, that tells Plotly what is different.
    """
    plot = gr.Plot(framed(first), show_label=False, elem_id="body", container=False)
    figure = json.loads(plot.value["plot"])
    plot.value["plot"] = json.dumps({**figure, "config": PLOT_SETTINGS})
    return drawn({"settings": PLOT_SETTINGS}, source="body", elem_id="body-feed")


class BodyDrawing:
    """Draws the body for the newest revision, and drops a picture that was overtaken by a newer one."""

    def __init__(self, desk: Desk, draw_body: Body) -> None:
        self._desk = desk
        self._draw = draw_body
        self._lock = threading.Lock()
        self._shown: weakref.WeakKeyDictionary[Document, int] = weakref.WeakKeyDictionary()

    def next(self, request: gr.Request) -> Any:
        """The figure of the present revision, or nothing new where it is shown already."""
        document = self._desk.document(request)
        if self._shown.get(document) == document.snapshot().revision:
            return gr.skip()
        return self._figure(document)

    def _figure(self, document: Document) -> Any:
        seen = document.snapshot()
        try:
            figure = self._draw(self._desk.pattern(seen.design))
        except StudioError as error:
            log.warning("no body drawing at revision %d: %s", seen.revision, error)
            gr.Warning(f"The 3D view shows the garment before this change: {sentence(str(error))}", duration=8)
            return gr.skip()
        with self._lock:
            if self._shown.get(document, -1) > seen.revision:
                return gr.skip()
            self._shown[document] = seen.revision
        return {"figure": framed(figure).to_json(), "settings": PLOT_SETTINGS, "revision": seen.revision}


def look_on_click(desk: Desk, sheet: gr.HTML) -> None:
    """The sheet's own buttons choose what it shows: the pattern, its cutting lines, the technical flat, all sizes."""

    def look(payload: object, request: gr.Request) -> Any:
        wanted = payload.get("wanted") if isinstance(payload, dict) else None
        try:
            return desk.look(request, wanted)
        except StudioError as error:
            gr.Warning(sentence(str(error)), duration=8)
            return gr.skip()

    sheet.look(look, inputs=sheet, outputs=sheet, trigger_mode="always_last", show_progress="hidden", api_visibility="private")


def check_paper_on_change(desk: Desk, views: Views) -> None:
    """Cutting lines and notches are checked once the pattern stands still on the screen."""

    def check(request: gr.Request) -> Any:
        try:
            return desk.full_report(request)
        except StudioError as error:
            log.warning("the cutting lines were not checked: %s", error)
            return gr.skip()

    views.sheet.settled(  # type: ignore[attr-defined]
        check, outputs=views.report, trigger_mode="always_last", show_progress="hidden", api_visibility="private", queue=False
    )


def redraw_on_change(views: Views, body: gr.HTML, drawing: BodyDrawing) -> None:
    """The one redraw listener: whoever changes the flat pattern, the body follows once the pattern is on the screen."""
    views.sheet.painted(  # type: ignore[attr-defined]
        drawing.next,
        outputs=body,
        trigger_mode="always_last",
        show_progress="hidden",
        api_visibility="private",
        queue=False,
    )
