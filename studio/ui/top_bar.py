"""The top bar: name, undo and redo, open a saved design, take the pattern away as a file."""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import gradio as gr

from studio.design import GarmentDesign
from studio.errors import DesignError
from studio.history import Document
from studio.pattern import Pattern
from studio.ui.desk import Desk, Views
from studio.ui.drawn import drawn

Writers = Mapping[str, Callable[[Pattern], bytes]]
"""File suffix -> pattern as bytes."""

MAX_DESIGN_BYTES = 1_000_000
KEEP_SECONDS = 600.0
_PRESS = "() => { document.querySelector('#handed-out a, a#handed-out, #handed-out button, button#handed-out')?.click(); }"


class Counter:
    """Files on their way to a visitor: written to a folder of this process, gone after a while."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="garment-", ignore_cleanup_errors=True)

    def hand_out(self, name: str, content: bytes) -> str:
        """Path of a file called `name` with this content."""
        self._sweep()
        folder = Path(self._folder.name) / hashlib.sha256(content).hexdigest()[:24]
        folder.mkdir(exist_ok=True)
        path = folder / name
        path.write_bytes(content)
        return str(path)

    def _sweep(self) -> None:
        for path in Path(self._folder.name).glob("*/*"):
            if time.time() - path.stat().st_mtime > KEEP_SECONDS:
                path.unlink(missing_ok=True)


def design_of_file(path: str) -> GarmentDesign:
    """The design saved in a file. Raises DesignError."""
    file = Path(path)
    try:
        if file.stat().st_size > MAX_DESIGN_BYTES:
            raise DesignError("this file is too large to be a saved design")
        return GarmentDesign.from_json(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise DesignError("this is not a saved design: it holds no text") from None
    except OSError:
        raise DesignError("this file cannot be read") from None


def add_brand(first: dict[str, Any]) -> gr.HTML:
    """Name of the studio, the garment in hand and the status."""
    gr.HTML('<h1 class="brand"><span class="mark" aria-hidden="true"></span>Garment Pattern Studio</h1>', elem_id="brand")
    return drawn(first, source="status", elem_id="status")


def add_undo_redo() -> tuple[gr.Button, gr.Button]:
    """Undo and redo buttons."""
    undo = gr.Button("Undo", size="sm", interactive=False, elem_id="undo", elem_classes="quiet", min_width=64)
    redo = gr.Button("Redo", size="sm", interactive=False, elem_id="redo", elem_classes="quiet", min_width=64)
    return undo, redo


def walk_history(desk: Desk, views: Views) -> None:
    """Undo and redo on the visitor's document."""

    def back(request: gr.Request) -> list[Any]:
        return desk.attempt(request, lambda document: _said("Undone", document.snapshot().undo_title, document.undo()))

    def forth(request: gr.Request) -> list[Any]:
        return desk.attempt(request, lambda document: _said("Done again", document.snapshot().redo_title, document.redo()))

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "trigger_mode": "multiple", "queue": False}
    views.undo.click(back, outputs=views.components, **quiet)  # type: ignore[attr-defined]
    views.redo.click(forth, outputs=views.components, **quiet)  # type: ignore[attr-defined]


def _said(verb: str, title: str, _: object) -> str:
    return f"{verb}: {title}." if title else ""


def add_files(desk: Desk, *, writers: Writers) -> gr.UploadButton:
    """Open a saved design, and one button a format that hands the file out at once."""
    opened = gr.UploadButton(
        "Open", size="sm", file_types=[".json"], type="filepath", elem_id="open", elem_classes="quiet", min_width=64
    )
    counter = Counter()
    handed = gr.DownloadButton("File", visible="hidden", elem_id="handed-out")
    for suffix in writers:
        button = gr.Button(suffix[1:].upper(), size="sm", elem_id=f"save-{suffix[1:]}", elem_classes="save", min_width=52)

        def write(request: gr.Request, suffix: str = suffix) -> str:
            design = desk.document(request).snapshot().design
            return counter.hand_out(f"{design.garment_type}_pattern{suffix}", writers[suffix](desk.pattern(design)))

        written = button.click(write, outputs=handed, show_progress="hidden", api_visibility="private")
        written.then(None, js=_PRESS)
    return opened


def open_on_upload(opened: gr.UploadButton, desk: Desk, views: Views) -> None:
    """A saved design takes the place of the present one."""

    def read(path: str, request: gr.Request) -> list[Any]:
        def work(document: Document) -> str:
            document.start_over(design_of_file(path), title="opened file")
            return "Opened the saved design; Undo brings the one before back."

        return desk.attempt(request, work)

    opened.upload(read, inputs=opened, outputs=views.components, show_progress="hidden", api_visibility="private")
