"""Garment Pattern Studio, the page: python app.py [--port 7860].

Wiring only. Every tab works on the one document of its visitor; what a tab needs from the workshop is handed to it here.
"""

from __future__ import annotations

import os

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

import argparse
import importlib.util
import logging
import sys
from collections.abc import Sequence

import gradio as gr

from garment_3d import WORN_WRITERS, create_3d_figure, draped_glb
from pattern_generator import EXPORTS, draft_pattern, findings_on_paper, markers_of, sizes_of, workshop_of
from studio.design import starting_design
from studio.errors import StudioError
from studio.export.flat_svg import screen_flat_svg
from studio.export.marker_svg import marker_svg
from studio.export.nest import nested_svg
from studio.export.screen_svg import screen_svg
from studio.export.svg import pattern_svg
from studio.images import open_photo
from studio.importing.opened import open_file
from studio.language import read_text
from studio.pattern import Pattern
from studio.session import Sessions
from studio.ui.bench import BodyDrawing, add_body, add_report, add_sheet, check_paper_on_change, look_on_click, redraw_on_change
from studio.ui.chat_tab import add_chat_tab
from studio.ui.cloth_view import add_cloth_view, follow_cloth
from studio.ui.desk import Available, Desk, Look, Views
from studio.ui.drawn import drawn
from studio.ui.endpoints import add_endpoints
from studio.ui.make_tab import add_make_tab
from studio.ui.manual_tab import add_manual_tab
from studio.ui.photo_tab import add_photo_tab
from studio.ui.text_tab import add_text_tab
from studio.ui.theme import HEAD, studio_theme, style_sheet
from studio.ui.top_bar import add_brand, add_files, add_undo_redo, go_on_with_last, open_on_upload, walk_history
from studio.vision import read_photo
from studio.vision.type_net import ASSETS, WEIGHTS, open_type_network

log = logging.getLogger(__name__)

MAX_UPLOAD = "30mb"
START = "shirt"


WRITERS = {**EXPORTS, **WORN_WRITERS}
"""Every file that the page hands out, by suffix."""

LOOKS = {
    "pattern": Look("Pattern", screen_svg),
    "cutting": Look("Cutting lines", lambda pattern: pattern_svg(pattern).decode()),
    "flat": Look("Flat", screen_flat_svg),
    "sizes": Look("All sizes", lambda pattern: nested_svg(sizes_of(pattern)).decode()),
}
"""What the sheet can show."""


def draw_body(pattern: Pattern) -> object:
    """The garment on its mannequin, as a Plotly figure."""
    return create_3d_figure(pattern.design, pattern_pieces=pattern)


def available() -> list[Available]:
    """What this installation can do beyond the drawing table."""
    lacking = next((name for name in ("torch", "transformers") if importlib.util.find_spec(name) is None), "")
    lacking = lacking or ("" if (ASSETS / WEIGHTS).is_file() else WEIGHTS)
    return [
        Available("Text", True, "sentences are read on this machine"),
        Available("Photo", not lacking, f"{lacking} is missing" if lacking else "photos are read on this machine"),
    ]


def studio_page() -> gr.Blocks:
    """The page with all its tabs and endpoints."""
    sessions = Sessions(starting_design(START), check=draft_pattern)
    desk = Desk(sessions, draft=draft_pattern, check_paper=findings_on_paper, looks=LOOKS, available=available)
    first = desk.first()
    page: gr.Blocks
    with gr.Blocks(title="Garment Pattern Studio", fill_width=True, analytics_enabled=False, delete_cache=(1800, 3600)) as page:
        with gr.Row(elem_id="top"):
            status = add_brand(first["status"])
            with gr.Row(elem_classes="tools"):
                undo, redo = add_undo_redo()
            with gr.Row(elem_classes="tools"):
                opened = add_files(desk, writers=WRITERS)
        with gr.Row(elem_id="bench"):
            with gr.Column(elem_id="middle"):
                notice = drawn({}, source="notice", elem_id="notice")
                sheet, report = add_sheet(first["sheet"]), add_report(first["report"])
            with gr.Column(elem_id="right"):
                body = add_body(draw_body(draft_pattern(sessions.start)))
                worn, model, fill = add_cloth_view(desk, dress=WORN_WRITERS[".glb"], hang=draped_glb)
            with gr.Column(elem_id="rail"), gr.Tabs(selected="manual"):
                with gr.Tab("Photo", id="photo", render_children=True) as photo_place:
                    photo_tab = gr.Column()
                with gr.Tab("Text", id="text", render_children=True):
                    text_tab = gr.Column()
                with gr.Tab("Manual", id="manual", render_children=True):
                    panel = drawn(first["panel"], source="panel", elem_id="panel")
                with gr.Tab("Make", id="make", render_children=True) as make_place:
                    make_tab = gr.Column()
                with gr.Tab("Chat", id="chat", render_children=True):
                    chat_tab = gr.Column(elem_id="chat")
        views = Views(sheet, report, panel, status, undo, redo, notice)
        with photo_tab:
            add_photo_tab(desk, views, open_photo=open_photo, read_photo=read_photo)
        with text_tab:
            add_text_tab(desk, views, read_text=read_text)
        with make_tab:
            add_make_tab(desk, views, make_place, workshop=workshop_of, markers=markers_of, draw_marker=marker_svg)
        with chat_tab:
            add_chat_tab(desk, views, read_text=read_text)
        photo_place.select(warm_up, show_progress="hidden", api_visibility="private")
        add_manual_tab(desk, views)
        walk_history(desk, views)
        go_on_with_last(desk, views)
        open_on_upload(opened, desk, views, open_file=open_file)
        look_on_click(desk, sheet)
        check_paper_on_change(desk, views)
        follow_cloth(worn, model, views, fill)
        redraw_on_change(views, body, BodyDrawing(desk, draw_body))
        add_endpoints(draft=draft_pattern, read_text=read_text, open_photo=open_photo, read_photo=read_photo, writers=WRITERS)
    return page


def warm_up() -> None:
    """Open what the first photo would otherwise wait for, while its owner is still choosing it."""
    try:
        open_type_network()
    except StudioError as error:
        log.warning("photos cannot be read: %s", error)


def launch(page: gr.Blocks, *, host: str | None = None, port: int | None = None) -> str:
    """Serve `page` in the background; its address."""
    _, address, _ = page.launch(
        server_name=host,
        server_port=port,
        theme=studio_theme(),
        css=style_sheet(),
        head=HEAD,
        footer_links=[],
        max_file_size=MAX_UPLOAD,
        show_error=False,
        ssr_mode=False,
        share=False,
        prevent_thread_lock=True,
    )
    return address


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the page until it is interrupted."""
    parser = argparse.ArgumentParser(description="Serve Garment Pattern Studio.")
    parser.add_argument("--port", type=int, default=None, help="port; else GRADIO_SERVER_PORT, else 7860 or the next free one")
    parser.add_argument("--host", default=None, help="address; else GRADIO_SERVER_NAME, else 127.0.0.1")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    page = studio_page().queue(default_concurrency_limit=8, max_size=100)
    launch(page, host=options.host, port=options.port)
    page.block_thread()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
