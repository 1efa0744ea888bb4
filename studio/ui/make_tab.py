"""Make: finished measures, cut list, what to buy, the order of sewing, and the marker on demand."""

from __future__ import annotations

import base64
import logging
from collections.abc import Callable, Sequence
from typing import Any

import gradio as gr

from studio.errors import StudioError
from studio.pattern import Pattern
from studio.ui.desk import Desk, Views, sentence
from studio.ui.drawn import drawn
from studio.workshop import Marker, Workshop

log = logging.getLogger(__name__)

WorkshopOf = Callable[[Pattern], Workshop]
MarkersOf = Callable[[Pattern], Sequence[Marker]]
MarkerSvg = Callable[[Sequence[Marker]], bytes]


def add_make_tab(
    desk: Desk, views: Views, tab: gr.Tab, *, workshop: WorkshopOf, markers: MarkersOf, draw_marker: MarkerSvg
) -> None:
    """What the workshop needs; kept in step with the pattern, the marker made when it is asked for."""
    lay = gr.Button("Lay the pieces on the cloth", variant="primary", elem_id="lay", size="sm")
    stop = gr.Button("Stop", size="sm", elem_id="lay-stop", visible=False)
    laid = drawn({}, source="laid", elem_id="laid")
    papers = drawn({}, source="make", elem_id="make")
    open_tab = gr.State(False)

    def follow(is_open: bool, request: gr.Request) -> Any:
        if not is_open:
            return gr.skip()
        seen = desk.document(request).snapshot()
        try:
            return make_view(workshop(desk.pattern(seen.design)), seen.revision)
        except StudioError as error:
            log.warning("no workshop papers at revision %d: %s", seen.revision, error)
            return {"refused": sentence(str(error)), "revision": seen.revision}

    def opened(request: gr.Request) -> tuple[bool, Any]:
        return True, follow(True, request)

    def laying(request: gr.Request) -> Any:
        seen = desk.document(request).snapshot()
        yield {"busy": "Nesting the pieces, about five seconds …"}, gr.Button(visible=True)
        try:
            found = markers(desk.pattern(seen.design))
        except StudioError as error:
            yield {"refused": sentence(str(error))}, gr.Button(visible=False)
            return
        yield laid_view(found, draw_marker(found), seen.revision), gr.Button(visible=False)

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    tab.select(opened, outputs=[open_tab, papers], **quiet)
    views.sheet.settled(follow, inputs=open_tab, outputs=papers, trigger_mode="always_last", **quiet)  # type: ignore[attr-defined]
    working = lay.click(laying, outputs=[laid, stop], concurrency_id="marker", concurrency_limit=1, **quiet)
    stop.click(lambda: ({}, gr.Button(visible=False)), outputs=[laid, stop], cancels=[working], **quiet)


def make_view(made: Workshop, revision: int) -> dict[str, Any]:
    """The workshop's papers as plain values."""
    return {
        "revision": revision,
        "finished": [
            [
                measure.title,
                f"{measure.value:.1f}",
                "" if measure.body is None else f"{measure.body:.1f}",
                "" if measure.ease is None else f"{measure.ease:+.1f}",
            ]
            for measure in made.finished
        ],
        "cut": [[row.title, row.words, str(row.material), str(row.interfacing or "")] for row in made.cut],
        "supplies": [[supply.name, supply.amount, supply.note] for supply in made.supplies],
        "steps": [{"title": step.title, "text": step.text, "seams": list(step.seams)} for step in made.steps],
    }


def laid_view(found: Sequence[Marker], svg: bytes, revision: int) -> dict[str, Any]:
    """The marker's picture and figures as plain values."""
    lines = [
        f"{marker.material}: {marker.length:.0f} cm of {marker.width:.0f} cm cloth, {marker.efficiency:.0%} used"
        for marker in found
    ]
    return {"picture": f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}", "lines": lines, "revision": revision}
