"""One photo to one garment design: segment, name, measure, and say what was only assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from studio.arrays import Mask, Picture
from studio.design import GarmentDesign, starting_design
from studio.images import Photo
from studio.sizing import Measures, completed
from studio.vision import attributes as words
from studio.vision.cloth import cloth_pixels, main_colour
from studio.vision.measure import Measured, leg_measures, skirt_measures, top_measures
from studio.vision.segment import Segmentation, segment
from studio.vision.silhouette import Outline, leg_shape, skirt_shape, top_shape, upright
from studio.vision.type_net import ASSETS, TypeGuess, guess_type
from studio.vocabulary import GarmentType, Sleeve

SURE = 0.6


@dataclass(frozen=True, eq=False)
class PhotoReading:
    """What one photo says.

    `mask` (h, w) and `box` (left, top, right, bottom; pixels) at the size of the picture read; `types` and `labels`
    are probabilities; `quality` is the mask's expected overlap with the truth, 0..1; `attributes` are flat design
    fields that were read or guessed; `notes` say what is assumed.
    """

    mask: Mask
    box: tuple[int, int, int, int]
    quality: float
    types: Mapping[GarmentType, float]
    labels: Mapping[str, float]
    label: str
    attributes: Mapping[str, object]
    measured: Mapping[str, float]
    design: GarmentDesign
    notes: tuple[str, ...]

    @property
    def garment_type(self) -> GarmentType:
        return self.design.garment_type

    @property
    def confidence(self) -> float:
        return self.types[self.garment_type]

    @property
    def top_two(self) -> tuple[tuple[GarmentType, float], tuple[GarmentType, float]]:
        return TypeGuess(self.types, self.labels).top_two


def read_photo(
    photo: Photo | Picture, *, wearer: GarmentDesign | None = None, garment_type: GarmentType | None = None, assets: Path = ASSETS
) -> PhotoReading:
    """The reading of a photo, or of its picture (h, w, 3) RGB.

    The body of `wearer` is taken for scale and kept, else the usual one; `garment_type` corrects what the network says.
    Raises PhotoError where no garment stands out, MissingModel where the type network's weights are not there.
    """
    picture, opaque = (photo.picture, photo.opaque) if isinstance(photo, Photo) else (photo, None)
    found = segment(picture, opaque=opaque)
    guess = guess_type(picture, found.mask, assets=assets)
    return read_garment(picture, found, guess if garment_type is None else guess.corrected(garment_type), wearer=wearer)


def read_garment(picture: Picture, found: Segmentation, guess: TypeGuess, *, wearer: GarmentDesign | None = None) -> PhotoReading:
    """The reading of a picture (h, w, 3) whose garment is already found and named."""
    outline = upright(found.mask)
    body = wearer.body() if wearer else {}
    start = starting_design(guess.best).changed(body)
    shaped, measured = _shape_words(outline, guess, completed(start))
    colour = main_colour(cloth_pixels(picture, found.mask))
    usual = dict(words.USUAL.get(guess.best_label, {}))
    if shaped.get("sleeve") in (Sleeve.NONE, Sleeve.SHORT):
        usual["has_cuffs"] = False
    told = {**usual, **shaped, "colour": colour}
    design = start.changed({**told, **measured.values})
    notes = (*found.notes, *_doubts(guess, usual), _body_note(body, completed(start)), *measured.notes)
    return PhotoReading(
        mask=found.mask,
        box=box_of(found.mask),
        quality=found.quality,
        types=guess.types,
        labels=guess.labels,
        label=guess.best_label,
        attributes=told,
        measured=measured.values,
        design=design,
        notes=notes,
    )


def box_of(mask: Mask) -> tuple[int, int, int, int]:
    """(left, top, right, bottom) of a mask, right and bottom exclusive."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _shape_words(outline: Outline, guess: TypeGuess, body: Measures) -> tuple[dict[str, object], Measured]:
    """What the outline says: design words, and centimetres on this body."""
    if guess.best == GarmentType.PANTS:
        legs = leg_shape(outline)
        length = words.leg_length(legs, guess)
        return {"length": length}, leg_measures(legs, body, length)
    if guess.best == GarmentType.SKIRT:
        skirt = skirt_shape(outline)
        told: dict[str, object] = {"length": words.skirt_length_class(skirt), "silhouette": words.skirt_silhouette(skirt)}
        return told, skirt_measures(skirt, body)
    dress = guess.best == GarmentType.DRESS
    top = top_shape(outline, dress=dress)
    sleeve = words.sleeve_of(top, guess)
    body_known = sleeve != Sleeve.LONG or words.sleeves_visible(top)
    told_top: dict[str, object] = {"sleeve": sleeve}
    if dress:
        told_top |= {"length": words.dress_length(top), "silhouette": words.dress_silhouette(top)}
    else:
        told_top["length"] = words.top_length(top, body_known=body_known)
    if body_known:
        return told_top, top_measures(top, body, guess.best, sleeve)
    return told_top, Measured({}, ("The sleeves lie on the body, so its width is hidden: lengths are the usual ones.",))


def _doubts(guess: TypeGuess, usual: Mapping[str, object]) -> tuple[str, ...]:
    (first, chance), (second, other) = guess.top_two
    notes = []
    if chance < SURE:
        notes.append(f"Not sure of the garment: {first} ({chance:.0%}) or {second} ({other:.0%}). Please confirm.")
    assumed = sorted(name.removeprefix("has_") for name in usual)
    if assumed:
        notes.append(
            f"{', '.join(assumed).capitalize()}: what a garment of this kind ({guess.best_label}) usually has, not read."
        )
    notes.append("The cloth is taken as plain: stripes, checks and prints are not read.")
    return tuple(notes)


def _body_note(body: Mapping[str, object], measures: Measures) -> str:
    if body:
        return f"Taken to fit the body you entered (height {measures.height:.0f}, bust {measures.bust:.0f} cm)."
    return "The body is the usual one (height 170, bust 92 cm): enter your own measurements."
