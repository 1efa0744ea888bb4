"""The look of the page: fonts of the visitor's own system, one accent, little else."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

FONTS = ("Inter", "Segoe UI", "SF Pro Text", "Helvetica Neue", "Helvetica", "Arial", "sans-serif")
MONO = ("ui-monospace", "SF Mono", "Menlo", "Consolas", "monospace")

HEAD = (
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<link rel=\"icon\" href=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'>"
    "<rect width='32' height='32' rx='7' fill='%231f4f8f'/><path d='M11 6 L21 6 L24 26 L8 26 Z' fill='none' stroke='white' "
    "stroke-width='2'/><path d='M16 9 V23' stroke='white' stroke-width='1.5' stroke-dasharray='3 2'/></svg>\">"
)


def studio_theme() -> gr.themes.Base:
    """Gradio's plain theme in the studio's colours."""
    theme = gr.themes.Base(
        primary_hue=gr.themes.colors.blue,
        neutral_hue=gr.themes.colors.slate,
        text_size=gr.themes.sizes.text_sm,
        spacing_size=gr.themes.sizes.spacing_sm,
        radius_size=gr.themes.sizes.radius_md,
        font=list(FONTS),
        font_mono=list(MONO),
    )
    return theme.set(
        body_background_fill="#eef1f5",
        body_background_fill_dark="#14181e",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_shadow="none",
        block_label_background_fill="transparent",
        block_label_border_width="0px",
        button_primary_background_fill="#1f4f8f",
        button_primary_background_fill_hover="#183f73",
        button_primary_text_color="white",
        form_gap_width="0px",
        border_color_primary="#dbe1e8",
        border_color_primary_dark="#2d3641",
        button_large_text_size="14px",
        button_large_text_weight="600",
        button_large_padding="9px 14px",
        input_background_fill="white",
        input_border_color="#cfd6df",
    )


def style_sheet() -> str:
    """The page's CSS."""
    return Path(__file__).with_name("browser").joinpath("style.css").read_text(encoding="utf-8")
