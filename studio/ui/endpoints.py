"""The named endpoints: the studio for programs, with no widgets and no session. docs/api.md describes them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import gradio as gr
from gradio.events import api

from studio.design import GarmentDesign, starting_design
from studio.errors import DesignError, StudioError
from studio.pattern import Pattern
from studio.ui.photo_tab import OpenPhoto, ReadPhoto
from studio.ui.report import seam_row
from studio.ui.top_bar import Counter, Writers
from studio.ui.wording import ReadText

Answer = TypeVar("Answer")

MAX_TEXT_CHARACTERS = 200_000


def add_endpoints(
    *,
    draft: Callable[[GarmentDesign], Pattern],
    read_text: ReadText,
    open_photo: OpenPhoto,
    read_photo: ReadPhoto,
    writers: Writers,
) -> None:
    """/draft, /read_text, /read_photo and /export."""

    def draft_garment(garment_type: str, params: Any = None) -> dict[str, Any]:
        """Draft a garment. `params`: flat measurements in cm, has_* flags, fit and style words, as an object or JSON text."""
        return _answered(lambda: pattern_facts(draft(starting_design(garment_type).changed(_object(params, "params")))))

    def read_sentence(text: str, design: Any = None) -> dict[str, Any]:
        """Read a sentence: a new garment without `design`, an edit or a question with one."""

        def work() -> dict[str, Any]:
            reading = read_text(_text(text), _design(design) if design else None)
            after = reading.design
            plain = None if after is None else after.model_dump(mode="json")
            return {"action": str(reading.action), "reply": reading.reply, "design": plain}

        return _answered(work)

    api(draft_garment, api_name="draft", concurrency_limit=4)
    api(read_sentence, api_name="read_text", concurrency_limit=4)
    _add_file_endpoints(draft=draft, open_photo=open_photo, read_photo=read_photo, writers=writers)


def _add_file_endpoints(
    *, draft: Callable[[GarmentDesign], Pattern], open_photo: OpenPhoto, read_photo: ReadPhoto, writers: Writers
) -> None:
    """The two endpoints that take or give a file go through components, which check the path."""
    counter = Counter()

    def read_file(photo: str | None) -> dict[str, Any]:
        """Read a photo of one garment: types with their shares, the design, and what was assumed."""

        def work() -> dict[str, Any]:
            if not photo:
                raise DesignError("photo: no file was given", field="photo")
            reading = read_photo(open_photo(photo))
            return {
                "design": reading.design.model_dump(mode="json"),
                "types": {str(kind): round(float(share), 4) for kind, share in reading.types.items()},
                "notes": list(reading.notes),
                "mask_share": round(float(reading.mask.mean()), 4),
            }

        return _answered(work)

    def export_design(design: Any, format: str) -> str:
        """Write the pattern of a design as a file: pdf, a4.pdf, svg, dxf, techpack.pdf, garmentcode.json ... or json."""

        def work() -> str:
            write = writers.get(f".{str(format).lower().lstrip('.')}")
            if write is None:
                formats = ", ".join(suffix[1:] for suffix in writers)
                raise DesignError(f"format: {str(format)[:40]!r} is not one of {formats}", field="format")
            pattern = draft(_design(design))
            return counter.hand_out(f"{pattern.design.garment_type}_pattern.{str(format).lower().lstrip('.')}", write(pattern))

        return _answered(work)

    with gr.Group(visible=False):
        photo = gr.File(label="photo", type="filepath")
        reading, design = gr.JSON(label="reading"), gr.JSON(label="design")
        wanted, file = gr.Textbox(label="format", value="pdf"), gr.File(label="file")
        run = gr.Button("run")
    run.click(read_file, photo, reading, api_name="read_photo", concurrency_id="vision", concurrency_limit=2)
    run.click(export_design, [design, wanted], file, api_name="export", concurrency_limit=2)


def pattern_facts(pattern: Pattern) -> dict[str, Any]:
    """A draft as plain values: the design, what was completed, findings, seams and the size of each piece."""
    sizes = {piece.name: piece.bounds for piece in pattern.parts}
    return {
        "design": pattern.design.model_dump(mode="json"),
        "findings": [
            {"kind": str(f.kind), "check": f.check, "message": f.message, "piece": f.piece, "edge": f.edge, "mm": f.mm}
            for f in pattern.findings
        ],
        "seams": [
            {
                **seam_row(check),
                "length_a_cm": round(check.length_a, 3),
                "length_b_cm": round(check.length_b, 3),
                "ease_cm": round(check.seam.ease, 3),
                "mismatch_mm": round(check.mismatch_mm, 3),
            }
            for check in pattern.seam_checks
        ],
        "pieces": {
            name: {"width_cm": round(x1 - x0, 2), "height_cm": round(y1 - y0, 2)} for name, (x0, y0, x1, y1) in sizes.items()
        },
        "sewable": all(check.is_sewable for check in pattern.seam_checks),
    }


def _answered(work: Callable[[], Answer]) -> Answer:
    """What `work` gives; a StudioError becomes the message that the caller reads."""
    try:
        return work()
    except StudioError as error:
        raise gr.Error(str(error), print_exception=False) from None


def _text(text: object) -> str:
    if not isinstance(text, str):
        raise DesignError(f"text: expected words, not {type(text).__name__}", field="text")
    if len(text) > MAX_TEXT_CHARACTERS:
        raise DesignError(f"text: {len(text):,} characters; at most {MAX_TEXT_CHARACTERS:,} are read", field="text")
    return text


def _object(value: object, name: str) -> Mapping[str, object]:
    """A JSON object, given as such or as text. Raises DesignError naming the argument."""
    if value is None or value == "":
        return {}
    if isinstance(value, str):
        if len(value) > MAX_TEXT_CHARACTERS:
            raise DesignError(f"{name}: {len(value):,} characters; at most {MAX_TEXT_CHARACTERS:,} are read", field=name)
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            raise DesignError(f"{name}: this is not JSON", field=name) from None
    if not isinstance(value, dict):
        raise DesignError(f"{name}: expected an object of field names and values, not {type(value).__name__}", field=name)
    return value


def _design(value: object) -> GarmentDesign:
    fields = _object(value, "design")
    if not fields:
        raise DesignError("design: no design was given", field="design")
    return GarmentDesign.checked(fields)
