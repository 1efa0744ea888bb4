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
Hung = Callable[[Pattern], tuple[bytes, str]]
"""A pattern to a GLB of the garment draped, and why it is shown as wrapped ('' where it hangs)."""


def add_cloth_view(desk: Desk, *, dress: Dressed, hang: Hung) -> tuple[gr.HTML, gr.Model3D, Callable[..., Any]]:
    """Buttons that choose what the right column shows, the model itself, and what fills it."""
    buttons = drawn({}, source="worn", elem_id="worn")
    model = gr.Model3D(None, show_label=False, container=False, clear_color=(0, 0, 0, 0), elem_id="model", height="100%")
    counter = Counter()

    def fill(payload: object, request: gr.Request) -> Any:
        shows = payload.get("shows") if isinstance(payload, dict) else None
        if shows not in ("cloth", "draped"):
            return gr.skip()
        design = desk.document(request).snapshot().design
        try:
            pattern = desk.pattern(design)
            content, reason = hang(pattern) if shows == "draped" else (dress(pattern), "")
        except StudioError as error:
            log.warning("no textured model: %s", error)
            gr.Warning(sentence(str(error)), duration=8)
            return gr.skip()
        if reason:
            gr.Warning(f"Not draped: {reason}", duration=10)
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
    views.sheet.settled(fill, **settings)  # type: ignore[attr-defined]
