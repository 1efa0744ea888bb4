"""The garment in its cloth: a textured model beside the coloured pieces, made when a visitor asks to see it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import gradio as gr

from studio.errors import StudioError
from studio.pattern import Pattern
from studio.ui.desk import Desk, Views, sentence
from studio.ui.drawn import drawn
from studio.ui.top_bar import Counter

log = logging.getLogger(__name__)

Dressed = Callable[[Pattern], bytes]
"""A pattern to a GLB of the garment in its cloth."""


def add_cloth_view(desk: Desk, *, dress: Dressed) -> tuple[gr.HTML, gr.Model3D, Callable[..., Any]]:
    """Buttons that choose what the right column shows, the model itself, and what fills it."""
    buttons = drawn({}, source="worn", elem_id="worn")
    model = gr.Model3D(None, show_label=False, container=False, clear_color=(0, 0, 0, 0), elem_id="model", height="100%")
    counter = Counter()

    def fill(payload: object, request: gr.Request) -> Any:
        if not (isinstance(payload, dict) and payload.get("shows") == "cloth"):
            return gr.skip()
        design = desk.document(request).snapshot().design
        try:
            content = dress(desk.pattern(design))
        except StudioError as error:
            log.warning("no textured model: %s", error)
            gr.Warning(sentence(str(error)), duration=8)
            return gr.skip()
        return counter.hand_out(f"{design.garment_type}.glb", content)

    return buttons, model, fill


def follow_cloth(buttons: gr.HTML, model: gr.Model3D, views: Views, fill: Callable[..., Any]) -> None:
    """The model is made when its button is pressed, and again after every change while it is shown."""
    settings: dict[str, Any] = {
        "inputs": buttons,
        "outputs": model,
        "trigger_mode": "always_last",
        "show_progress": "hidden",
        "api_visibility": "private",
        "concurrency_limit": 2,
    }
    buttons.shown(fill, **settings)
    views.sheet.painted(fill, **settings)  # type: ignore[attr-defined]
