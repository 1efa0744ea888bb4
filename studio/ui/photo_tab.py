"""Photo: a picture of one garment becomes a mask, a type and a design; the type can be corrected."""

from __future__ import annotations

import abc
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import gradio as gr
import numpy as np

from studio.arrays import Mask, Picture
from studio.design import GarmentDesign
from studio.errors import StudioError
from studio.history import Document
from studio.ui.desk import Desk, Views, sentence
from studio.ui.drawn import drawn
from studio.ui.panel import shown_name
from studio.vocabulary import GarmentType

SHOWN_SIDE = 900
OUTLINE = (240, 106, 24)
GROUND_KEPT = 0.32
"""How much of the ground's colour is left outside the mask."""


class PhotoReading(Protocol):
    """What a photo shows: the garment's mask, how likely each type is, the design, and what was assumed."""

    @property
    def mask(self) -> Mask: ...
    @property
    def types(self) -> Mapping[GarmentType, float]: ...
    @property
    def design(self) -> GarmentDesign: ...
    @property
    def notes(self) -> Sequence[str]: ...


class Photo(Protocol):
    """An opened photo: its picture (h, w, 3), and whatever its reader knows beside that."""

    @property
    def picture(self) -> Picture: ...


OpenPhoto = Callable[[str], Any]
"""Opens a file as a `Photo`."""


class ReadPhoto(Protocol):
    """Reads an opened photo, on the wearer's body; a garment type that somebody named is believed."""

    def __call__(
        self, photo: Any, /, *, wearer: GarmentDesign | None = None, garment_type: GarmentType | None = None
    ) -> PhotoReading: ...


def _unopened(_: gr.Image, payload: Any) -> str | None:
    """The path of an uploaded file, as it is: decoding belongs to the studio, which is careful about it."""
    return payload.path if payload is not None else None


PhotoInput: Any = abc.ABCMeta.__new__(
    type(gr.Image),
    "PhotoInput",
    (gr.Image,),
    {"__module__": __name__, "preprocess": _unopened, "get_block_name": lambda _: "image"},
)
"""An image input that hands over its file unopened. Made past Gradio's metaclass, which for every subclass that it sees
writes a stub file beside the source."""


def outlined(picture: Picture, mask: Mask) -> Picture:
    """The picture with its ground faded and the mask's edge drawn, at most SHOWN_SIDE pixels long."""
    step = max(1, -(-max(mask.shape) // SHOWN_SIDE))
    small, inside = picture[::step, ::step], mask[::step, ::step]
    shown = np.where(inside[..., None], small, 255 - GROUND_KEPT * (255 - small.astype(np.float64))).astype(np.uint8)
    reach = max(1, round(max(inside.shape) / 150))
    core = inside.copy()
    for axis in (0, 1):
        for by in (-reach, reach):
            core &= np.roll(inside, by, axis=axis)
    shown[inside & ~core] = OUTLINE
    return shown


def verdict(reading: PhotoReading) -> dict[str, Any]:
    """The two likeliest types and what was assumed, as plain values."""
    likeliest = sorted(reading.types.items(), key=lambda item: -item[1])[:2]
    guesses = [{"name": shown_name(kind), "share": float(share)} for kind, share in likeliest]
    return {"title": "Read as", "guesses": guesses, "notes": [sentence(note) for note in reading.notes]}


def add_photo_tab(desk: Desk, views: Views, *, open_photo: OpenPhoto, read_photo: ReadPhoto) -> None:
    """Upload, mask, type and its correction."""
    gr.HTML('<p class="lead">One garment, laid flat or hanging, on a plain ground. The photo stays on this machine.</p>')
    photo = PhotoInput(
        label="Photo of a garment",
        show_label=False,
        type="filepath",
        sources=["upload", "clipboard"],
        buttons=[],
        elem_id="photo",
        height=300,
    )
    said = drawn({}, source="notice", elem_id="photo-said", elem_classes="reply")
    found = drawn({}, source="verdict", elem_id="verdict")
    retype = gr.Dropdown(
        [(shown_name(kind), str(kind)) for kind in GarmentType],
        label="Correct the type",
        value=None,
        visible=False,
        elem_id="retype",
    )

    source = gr.State(None)  # the uploaded file as it came: the photo shown has the outline drawn on it

    def read(path: str | None, request: gr.Request) -> list[Any]:
        if not path:
            return [gr.skip()] * (5 + len(views.components))
        seen = desk.document(request).snapshot()
        try:
            opened: Photo = open_photo(path)
            reading = read_photo(opened, wearer=seen.design)
            answer = desk.attempt(request, lambda document: _taken(document, reading))
        except StudioError as error:
            told = {"text": f"{sentence(str(error))} Your design is as it was.", "tone": "refused"}
            return [gr.skip(), told, {}, gr.Dropdown(visible=False), None, *desk.views(desk.document(request))]
        told = {"text": "This garment is on the table now. Undo brings back the one before.", "tone": "said"}
        if answer[-1]["tone"] == "refused":
            told = answer[-1]
        kind = str(reading.design.garment_type)
        shown = outlined(opened.picture, reading.mask)
        return [shown, told, verdict(reading), gr.Dropdown(value=kind, visible=True), path, *answer]

    def correct(kind: str | None, path: str | None, request: gr.Request) -> list[Any]:
        """The same photo measured again as the garment that it is said to be."""

        def work(document: Document) -> str:
            if kind and path:
                wearer = document.snapshot().design
                return _taken(document, read_photo(open_photo(path), wearer=wearer, garment_type=GarmentType(kind)))
            return ""

        return desk.attempt(request, work)

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    photo.input(
        read,
        inputs=photo,
        outputs=[photo, said, found, retype, source, *views.components],
        show_progress="minimal",
        show_progress_on=photo,
        api_visibility="private",
        concurrency_id="vision",
        concurrency_limit=2,
    )
    photo.clear(lambda: ({}, {}, gr.Dropdown(visible=False)), outputs=[said, found, retype], **quiet)
    retype.input(
        correct,
        inputs=[retype, source],
        outputs=views.components,
        show_progress="minimal",
        show_progress_on=retype,
        api_visibility="private",
        concurrency_id="vision",
        concurrency_limit=2,
    )


def _taken(document: Document, reading: PhotoReading) -> str:
    document.start_over(reading.design, title="photo")
    return ""
