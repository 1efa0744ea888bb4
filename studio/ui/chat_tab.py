"""Chat: edits, questions, undo and redo in words, on the same document as every other tab."""

from __future__ import annotations

import html
from typing import Any

import gradio as gr

from studio.errors import StudioError
from studio.history import Document
from studio.ui.desk import Desk, Views, sentence
from studio.ui.wording import ReadText

PROMPTS = ("Make the sleeves longer", "Take the waist in by 4 cm", "Give it a V-neck", "How long is it?", "Undo")
MAX_MESSAGES = 60
WELCOME = "Tell me what to change, or ask about the garment. Every answer says what is different now."


def add_chat_tab(desk: Desk, views: Views, *, read_text: ReadText) -> None:
    """The conversation; what is said is shown as text, never as markup."""
    talk = gr.Chatbot(
        value=[{"role": "assistant", "content": WELCOME}],
        elem_id="talk",
        show_label=False,
        container=False,
        height="100%",
        layout="bubble",
        render_markdown=False,
        sanitize_html=True,
        allow_tags=False,
        latex_delimiters=[],
        buttons=[],
        feedback_options=None,
    )
    with gr.Row(elem_id="prompts"):
        prompts = [gr.Button(text, size="sm", elem_classes="example") for text in PROMPTS]
    with gr.Row(elem_id="say-row"):
        box = gr.Textbox(
            show_label=False,
            label="Message",
            placeholder="Make the sleeves 3 cm longer",
            max_length=2000,
            elem_id="say",
            container=False,
        )
        send = gr.Button("Send", variant="primary", elem_id="say-send", min_width=64)

    def say(text: str, messages: list[Any] | None, request: gr.Request) -> list[Any]:
        if not (text or "").strip():
            return [gr.skip()] * (2 + len(views.components))
        told: list[str] = []
        answer = desk.attempt(request, lambda document: answered(document, text, read_text, told))
        reply = answer[-1]["text"] if answer[-1]["tone"] == "refused" else told[0]
        answer[-1] = {"text": "", "tone": ""}
        new = [{"role": "user", "content": inert(text)}, {"role": "assistant", "content": inert(reply)}]
        return ["", [*(messages or []), *new][-MAX_MESSAGES:], *answer]

    outputs = [box, talk, *views.components]
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    gr.on([send.click, box.submit], say, inputs=[box, talk], outputs=outputs, **quiet)
    for prompt in prompts:
        prompt.click(say, inputs=[prompt, talk], outputs=outputs, **quiet)


def inert(text: str) -> str:
    """Text as the chat shows it letter for letter: Gradio takes even unformatted messages for HTML."""
    return html.escape(text, quote=False)


def answered(document: Document, text: str, read_text: ReadText, told: list[str]) -> str:
    """Do what `text` asks of the document; the reply goes to `told`. Raises StudioError where it is refused."""
    seen = document.snapshot()
    reading = read_text(text, seen.design)
    reply = reading.reply
    match str(reading.action):
        case "undo":
            reply = f"Undone: {seen.undo_title}." if seen.can_undo else "There is nothing to undo."
            document.undo()
        case "redo":
            reply = f"Done again: {seen.redo_title}." if seen.can_redo else "There is nothing to redo."
            document.redo()
        case "create" if reading.design is not None:
            document.start_over(reading.design, title="new garment")
        case _ if reading.design is not None and reading.design != seen.design:
            try:
                document.propose(reading.design, seen=seen, title="chat edit")
            except StudioError as error:
                raise type(error)(f"I left it as it was: {sentence(str(error))}") from None
    told.append(reply)
    return ""
