"""Parts of the page that draw themselves: a fixed template, a JSON value, and a script that writes text as text.

The template holds no placeholder, so no value is ever compiled as HTML or script; the scripts in `browser/` use
`textContent` alone. What a visitor, a file or a photo says can therefore be shown as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import gradio as gr

_BROWSER = Path(__file__).with_name("browser")


def script(name: str) -> str:
    """The text of a file in `browser/`."""
    return (_BROWSER / name).read_text(encoding="utf-8")


def drawn(value: Mapping[str, Any] | None = None, *, source: str, elem_id: str, elem_classes: str = "") -> gr.HTML:
    """A part of the page drawn from a JSON value by `browser/<source>.js`.

    A plain gr.HTML, not a class of ours: for every subclass of a component Gradio writes a stub file beside the source.
    """
    return gr.HTML(
        value=dict(value or {}),
        html_template=f'<div class="{source}"></div>',
        js_on_load=f"{script('draw.js')}\n{script(f'{source}.js')}",
        apply_default_css=False,
        elem_id=elem_id,
        elem_classes=elem_classes or None,
        container=False,
    )
