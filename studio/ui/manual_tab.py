"""Manual: every choice, feature and measurement of the garment in hand, redrawn while a slider moves."""

from __future__ import annotations

from typing import Any

import gradio as gr

from studio.errors import DesignError
from studio.fields import title_of
from studio.history import Document, Patch
from studio.sizes import Table, body_of
from studio.ui.desk import Desk, Views

MAX_FIELDS = 64
SIZE = "size"
"""The panel's field for a standard size: not a field of the document, it sets the body's."""


def add_manual_tab(desk: Desk, views: Views) -> None:
    """The panel's edits go to the document, as patches against the revision that the visitor saw."""

    def edit(payload: object, request: gr.Request) -> list[Any]:
        edits, answered, base = edits_sent(payload)

        def work(document: Document) -> str:
            for name, value, stroke in edits:
                changes = size_changes(value) if name == SIZE else {name: value}
                document.apply(Patch(changes, base, control=name, stroke=stroke, title=title_of(name).lower()))
            return ""

        return desk.attempt(request, work, answered=answered)

    views.panel.edit(  # type: ignore[attr-defined]
        edit,
        inputs=views.panel,
        outputs=views.components,
        trigger_mode="multiple",
        show_progress="hidden",
        api_visibility="private",
        queue=False,
    )


def size_changes(value: object) -> dict[str, object]:
    """The body of a standard size, said as "women M". Raises DesignError."""
    table, _, size = str(value)[:40].partition(" ")
    if table not in set(Table):
        raise DesignError(f"there is no size table {table[:20]!r}; choose one of {', '.join(Table)}", field=SIZE)
    return dict(body_of(Table(table), size))


def edits_sent(payload: object) -> tuple[list[tuple[str, object, str]], int, int]:
    """Field, value and stroke of every edit the browser sent, the number of the sending, and the revision it had seen.

    The browser is not trusted: what has another shape is left out, what is out of bounds is for the document to refuse.
    """
    sent = payload.get("sent") if isinstance(payload, dict) else None
    if not isinstance(sent, dict):
        return [], 0, 0
    listed = sent.get("edits")
    edits = [
        (str(edit[0])[:40], edit[1], str(edit[2])[:40])
        for edit in (listed if isinstance(listed, list) else [])[:MAX_FIELDS]
        if isinstance(edit, list) and len(edit) == 3
    ]
    seq, base = sent.get("seq"), sent.get("revision")
    return edits, seq if isinstance(seq, int) else 0, base if isinstance(base, int) else 0
