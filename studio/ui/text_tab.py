"""Text: a garment described in words becomes a new design."""

from __future__ import annotations

from typing import Any

import gradio as gr

from studio.history import Document
from studio.ui.desk import Desk, Views
from studio.ui.drawn import drawn
from studio.ui.wording import ReadText

EXAMPLES = (
    "A fitted red dress with short sleeves and a V-neck, knee length",
    "A loose hoodie with pockets for a child 128 cm tall",
    "High-waisted A-line midi skirt, waist 68, hip 96",
    "Straight linen trousers, inseam 78 cm, with pockets",
)


def add_text_tab(desk: Desk, views: Views, *, read_text: ReadText) -> None:
    """A description, its new design, and the reply."""
    gr.HTML('<p class="lead">Describe a garment: type, fit, lengths, neckline, measurements in cm or inches.</p>')
    box = gr.Textbox(label="Description", placeholder=EXAMPLES[0], lines=3, max_lines=8, max_length=2000, elem_id="describe")
    draft = gr.Button("Draft this garment", variant="primary", elem_id="describe-draft")
    reply = drawn({}, source="notice", elem_id="describe-reply", elem_classes="reply")
    gr.HTML('<h3 class="minor">Examples</h3>')
    examples = [gr.Button(text, size="sm", elem_classes="example") for text in EXAMPLES]

    def describe(text: str, request: gr.Request) -> list[Any]:
        told: list[str] = []

        def work(document: Document) -> str:
            reading = read_text(text or "", None)
            told.append(reading.reply)
            if reading.design is not None:
                document.start_over(reading.design, title="description")
            return ""

        answer = desk.attempt(request, work)
        refused = answer[-1]["tone"] == "refused"
        return [text, {"text": answer[-1]["text"] if refused else told[0], "tone": "refused" if refused else "said"}, *answer]

    outputs = [box, reply, *views.components]
    gr.on([draft.click, box.submit], describe, inputs=box, outputs=outputs, show_progress="hidden", api_visibility="private")
    for example in examples:
        example.click(describe, inputs=example, outputs=outputs, show_progress="hidden", api_visibility="private")
