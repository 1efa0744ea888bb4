"""The top bar: name, undo and redo, open a saved design, take the pattern away as a file."""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

import gradio as gr

from studio.design import GarmentDesign
from studio.errors import DesignError, StudioError
from studio.history import Document, Patch
from studio.pattern import Pattern
from studio.ui.desk import Desk, Views, sentence
from studio.ui.drawn import drawn

Writers = Mapping[str, Callable[[Pattern], bytes]]
"""File suffix -> pattern as bytes."""

OPENS = [".json", ".vit", ".smis", ".yaml", ".yml"]
"""What can be opened: a saved design, a GarmentCode pattern of ours, and the measurement sets of other programs."""

MAX_FILE_BYTES = 8_000_000
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


class Opened(Protocol):
    """What a file holds: a whole design, or changes to the one in hand, and a sentence that says so."""

    @property
    def said(self) -> str: ...
    @property
    def design(self) -> GarmentDesign | None: ...
    @property
    def changes(self) -> Mapping[str, object]: ...


OpenFile = Callable[[str, bytes], Opened]
"""File name and content -> what it holds. Raises DesignError."""


def opened_file(path: str, open_file: OpenFile) -> Opened:
    """What the uploaded file at `path` holds. Raises DesignError."""
    file = Path(path)
    try:
        if file.stat().st_size > MAX_FILE_BYTES:
            raise DesignError("this file is too large to be a saved design or a measurement file")
        return open_file(file.name, file.read_bytes())
    except OSError:
        raise DesignError("this file cannot be read") from None


def add_brand(first: dict[str, Any]) -> gr.HTML:
    """Name of the studio, the garment in hand and the status."""
    gr.HTML('<h1 class="brand"><span class="mark" aria-hidden="true"></span>Garment Pattern Studio</h1>', elem_id="brand")
    return drawn(first, source="status", elem_id="status")


def go_on_with_last(desk: Desk, views: Views) -> None:
    """The design that the visitor's browser kept from an earlier visit, taken up again."""

    def again(payload: object, request: gr.Request) -> list[Any]:
        text = payload.get("again") if isinstance(payload, dict) else None

        def work(document: Document) -> str:
            document.start_over(GarmentDesign.from_json(str(text or "")), title="last garment")
            return "This is the garment of your last visit."

        return desk.attempt(request, work)

    views.status.again(  # type: ignore[attr-defined]
        again, inputs=views.status, outputs=views.components, show_progress="hidden", api_visibility="private", queue=False
    )


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


QUICK = (".pdf", ".svg", ".png", ".json")
FORMAT_TITLES: Mapping[str, str] = {
    ".a4.pdf": "PDF, A4 pages to tape together",
    ".letter.pdf": "PDF, US Letter pages",
    ".a3.pdf": "PDF, A3 pages",
    ".a0.pdf": "PDF, A0 sheets",
    ".pdf": "PDF, one copyshop sheet",
    ".techpack.pdf": "Tech pack (PDF)",
    ".graded.pdf": "All sizes nested (PDF)",
    ".graded.svg": "All sizes nested (SVG)",
    ".svg": "SVG with layers, for projector or laser",
    ".flat.svg": "Technical flat (SVG)",
    ".marker.svg": "Marker: pieces on the cloth (SVG)",
    ".glb": "3D garment in its cloth (GLB)",
    ".draped.glb": "3D garment, draped (GLB)",
    ".obj.zip": "3D garment (OBJ, zipped)",
    ".dxf": "DXF, plain layers",
    ".aama.dxf": "DXF-AAMA",
    ".astm.dxf": "DXF-ASTM D6673",
    ".garmentcode.json": "GarmentCode JSON",
    ".making.txt": "Cut list and order of sewing (text)",
    ".png": "Picture (PNG)",
    ".json": "Design, to open again (JSON)",
}
"""File formats in the words of the page, in the order of the menu."""


def add_files(desk: Desk, *, writers: Writers) -> gr.UploadButton:
    """Open a saved design, buttons for the usual formats and a menu of all; each hands the file out at once."""
    opened = gr.UploadButton(
        "Open", size="sm", file_types=OPENS, type="filepath", elem_id="open", elem_classes="quiet", min_width=64
    )
    counter = Counter()
    handed = gr.DownloadButton("File", visible="hidden", elem_id="handed-out")

    def written(suffix: str, request: gr.Request) -> str:
        design = desk.document(request).snapshot().design
        try:
            content = writers[suffix](desk.pattern(design))
        except StudioError as error:
            raise gr.Error(sentence(str(error)), print_exception=False) from None
        return counter.hand_out(f"{design.garment_type}_pattern{suffix}", content)

    for suffix in QUICK:
        button = gr.Button(suffix[1:].upper(), size="sm", elem_id=f"save-{suffix[1:]}", elem_classes="save", min_width=52)

        def write(request: gr.Request, suffix: str = suffix) -> str:
            return written(suffix, request)

        button.click(write, outputs=handed, show_progress="hidden", api_visibility="private").then(None, js=_PRESS)
    menu = gr.Dropdown(
        [("More formats …", ""), *((title, suffix) for suffix, title in FORMAT_TITLES.items() if suffix in writers)],
        value="",
        show_label=False,
        label="Save as",
        container=False,
        filterable=False,
        elem_id="save-more",
        min_width=150,
    )

    def write_chosen(suffix: str, request: gr.Request) -> tuple[Any, Any]:
        if suffix not in writers:
            return gr.skip(), ""
        return written(suffix, request), ""

    chosen = menu.input(
        write_chosen, inputs=menu, outputs=[handed, menu], show_progress="hidden", api_visibility="private", concurrency_limit=2
    )
    chosen.success(None, js=_PRESS)
    return opened


def open_on_upload(opened: gr.UploadButton, desk: Desk, views: Views, *, open_file: OpenFile) -> None:
    """A saved design takes the place of the present one; measurements are laid on it."""

    def read(path: str, request: gr.Request) -> list[Any]:
        def work(document: Document) -> str:
            found = opened_file(path, open_file)
            if found.design is not None:
                document.start_over(found.design, title="opened file")
            else:
                seen = document.snapshot()
                document.apply(Patch(found.changes, seen.revision, title="opened measurements"))
            return f"{found.said} Undo brings back what was before."

        return desk.attempt(request, work)

    opened.upload(read, inputs=opened, outputs=views.components, show_progress="hidden", api_visibility="private")
