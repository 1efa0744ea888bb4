"""Pairs of pictures of drawn garments: worn on the body, and the same garment of the same cloth laid flat.

    PYTHONPATH=. python training/make_pictures.py --out PICTURES --count 10000 --seed 1

For every number there are NNNNNN_worn.png, _mask.png (how much of a pixel the garment covers, 0 to 255), _pieces.png (number of
the piece, 0 mannequin, 255 nothing), _flat.png, _flat_mask.png, and NNNNNN.json, written last: caption, design, names of the
pieces, landmarks of both pictures in pixels, camera and light. What has its .json is left alone, so a broken run goes on
where it stopped; every number depends on the seed and itself alone and comes out the same, bit for bit, in any order.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from garment_3d import Assembly, assemble
from pattern_generator import draft_pattern
from studio.arrays import Point2
from studio.design import GarmentDesign
from studio.errors import StudioError
from studio.flat import laid_flat
from studio.judging.backdrop import Backdrop, surround_of
from studio.judging.camera import Camera, bounding_box
from studio.judging.flat_lay import LaidPicture, laid_picture
from studio.judging.landmarks import landmark_places
from studio.judging.projection import landmark_pixels
from studio.judging.scene import Scene
from studio.judging.shading import Light, Shot, photographed
from studio.pattern import Pattern
from studio.sizes import Table
from studio.textures import ClothTexture, cloth_texture
from training.drawn_designs import caption, drawn_design

SIZE = (512, 384)
ATTEMPTS = 30
MANNEQUINS = ("#cfc6ba", "#e6e2dc", "#b9b4ae", "#8d8983", "#d8c3ab", "#c9a98c", "#f2f0ec")
TABLES = (0.86, 0.8, 0.7, 0.45, 0.3)


@dataclass(frozen=True, eq=False)
class Garment:
    """A drawn garment that can be sewn, on its wearer."""

    design: GarmentDesign
    table: Table
    size: str
    pattern: Pattern
    worn: Assembly
    dressed: str


@dataclass(frozen=True, eq=False)
class Pair:
    """Both pictures of one garment, and everything that is known about them."""

    worn: Shot
    flat: LaidPicture
    notes: Mapping[str, object]


def worn_garment(pattern: Pattern, *, drape: bool) -> tuple[Assembly, str]:
    """The garment on its wearer and how it came there: wrapped, or hung under its own weight. Pictures are dressed only here."""
    wrapped = assemble(pattern)
    if not drape:
        return wrapped, "wrapped"
    from studio.draping.drape import drape as hung  # a run of wrapped garments need not load what hangs them

    points, triangles = wrapped.mannequin.mesh
    fabric = pattern.design.style.fabric
    draped = hung(pattern, wrapped, fabric=fabric, body_points=points, body_triangles=triangles)
    if not draped.ok:
        return wrapped, f"wrapped: {draped.reason}"
    return Assembly(wrapped.mannequin, draped.surfaces), "draped"


def drawn_garment(seed: int, number: int, *, drape: bool = False) -> Garment:
    """The garment of that number: the first of its drafts that can be sewn. Raises StudioError if none of ATTEMPTS can."""
    last: StudioError | None = None
    for attempt in range(ATTEMPTS):
        rng = np.random.default_rng((seed, number, attempt))
        try:
            design, table, size = drawn_design(rng)
            pattern = draft_pattern(design)
            return Garment(pattern.design, table, size, pattern, *worn_garment(pattern, drape=drape))
        except StudioError as error:
            last = error
    raise StudioError(f"number {number}: no garment after {ATTEMPTS} drafts; the last: {last}")


def pair_of(seed: int, number: int, *, drape: bool = False, size: tuple[int, int] = SIZE) -> Pair:
    """Both pictures of a number, (height, width) `size`."""
    garment = drawn_garment(seed, number, drape=drape)
    rng = np.random.default_rng((seed, number, ATTEMPTS))
    style = garment.design.style
    texture = cloth_texture(style.fabric, style.colour, style.pattern, seed=int(rng.integers(1, 2**31)))
    worn, seen = _worn(garment, texture, rng, size)
    front = bool(seen["front"])
    flat = laid_flat(garment.pattern, sleeve_angle_deg=float(rng.uniform(32, 58)))
    ground = np.array((1.0, 0.985, 0.96)) ** rng.uniform(-1, 2) * TABLES[int(rng.integers(len(TABLES)))]
    laid = laid_picture(flat.front if front else flat.back, texture, size=size, ground=ground, turn_deg=float(rng.uniform(-3, 3)))
    notes = {
        "number": number,
        "seed": seed,
        "caption": caption(garment.design, garment.table, front=front),
        "wearer": garment.table,
        "size": garment.size,
        "dressed": garment.dressed,
        "design": json.loads(garment.design.to_json()),
        **seen,
        "flat_landmarks": _rounded(laid.landmarks),
    }
    return Pair(worn, laid, notes)


def _worn(
    garment: Garment, texture: ClothTexture, rng: np.random.Generator, size: tuple[int, int]
) -> tuple[Shot, dict[str, object]]:
    """The garment on the body from a drawn place under a drawn light, and what there is to note."""
    front = bool(rng.random() < 0.72)
    azimuth = float(rng.uniform(-35, 35)) + (0.0 if front else 180.0)
    elevation, fov = float(rng.uniform(-4, 14)), float(rng.uniform(14, 38))
    surfaces = [surface.points for surface in garment.worn.surfaces]
    whole = rng.random() < 0.3
    box = bounding_box(garment.worn.mannequin.mesh[0], *surfaces) if whole else bounding_box(*surfaces)
    camera = Camera.framing(
        box, size=size, azimuth_deg=azimuth, elevation_deg=elevation, fov_deg=fov, margin=float(rng.uniform(0.04, 0.12))
    )
    warmth, strength = rng.uniform(-0.05, 0.07), rng.uniform(0.55, 0.85)
    tint = np.array((1 + warmth, 1.0, 1 - warmth))
    light = Light(
        azimuth_deg=float(rng.uniform(-60, 60)),
        elevation_deg=float(rng.uniform(25, 60)),
        key=strength * tint,
        fill=(1.24 - strength) * (2 - tint),
        soft=float(rng.uniform(1.0, 3.0)),
    )
    backdrop = tuple(Backdrop)[int(rng.integers(len(Backdrop)))]
    room = surround_of(backdrop, seed=int(rng.integers(2**31)))
    scene = Scene.of(garment.worn)
    mannequin = MANNEQUINS[int(rng.integers(len(MANNEQUINS)))]
    shot = photographed(scene, camera, texture, light=light, surround=room, mannequin=mannequin)
    places = landmark_places(garment.pattern, garment.worn, front=front)
    pixels, hidden = landmark_pixels(places, camera, shot.depth)
    seen = {"azimuth_deg": azimuth, "elevation_deg": elevation, "fov_deg": fov, "backdrop": backdrop, "front": front}
    return shot, {**seen, "pieces": list(scene.names), "landmarks": _rounded(pixels), "hidden": sorted(hidden)}


def _rounded(landmarks: Mapping[str, Point2]) -> dict[str, list[float]]:
    return {name: [round(float(place), 2) for place in spot] for name, spot in sorted(landmarks.items())}


def save_pair(pair: Pair, folder: Path, number: int) -> None:
    """Writes the files of one number, the .json last and in one step."""
    stem = f"{number:06d}"
    images = {
        "worn": pair.worn.picture,
        "mask": np.rint(255 * pair.worn.coverage).astype(np.uint8),
        "pieces": pair.worn.pieces,
        "flat": pair.flat.picture,
        "flat_mask": pair.flat.mask.astype(np.uint8) * 255,
    }
    for name, image in images.items():
        Image.fromarray(image).save(folder / f"{stem}_{name}.png", compress_level=3)
    unfinished = folder / f"{stem}.part"
    unfinished.write_text(json.dumps(pair.notes, indent=1, sort_keys=True), encoding="utf-8")
    unfinished.replace(folder / f"{stem}.json")


def contact_sheet(folder: Path, numbers: Sequence[int], *, columns: int = 4, height: int = 384) -> Image.Image:
    """The pictures of these numbers as pairs, worn and flat side by side."""
    tiles = []
    for number in numbers:
        sides = [Image.open(folder / f"{number:06d}_{name}.png").convert("RGB") for name in ("worn", "flat")]
        wide = round(sides[0].width * height / sides[0].height)
        tile = Image.new("RGB", (2 * wide + 12, height + 12), "white")
        for place, side in enumerate(sides):
            tile.paste(side.resize((wide, height), Image.Resampling.LANCZOS), (place * wide + 4 * place, 0))
        tiles.append(tile)
    rows = -(-len(tiles) // columns)
    sheet = Image.new("RGB", (columns * tiles[0].width, rows * tiles[0].height), "white")
    for place, tile in enumerate(tiles):
        sheet.paste(tile, (place % columns * tile.width, place // columns * tile.height))
    return sheet


def main(arguments: Sequence[str] | None = None) -> int:
    """Makes the missing pairs and, if asked, a sheet of the first of them to look at."""
    parser = argparse.ArgumentParser(description="Make pairs of pictures: garments worn and laid flat.")
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures; never inside the repository")
    parser.add_argument("--count", type=int, default=100, help="how many pairs, numbered from --first")
    parser.add_argument("--first", type=int, default=0, help="number of the first pair")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--drape", action="store_true", help="let the cloth hang under its own weight")
    parser.add_argument("--contact-sheet", type=Path, help="picture of up to 24 pairs to look at")
    options = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    options.out.mkdir(parents=True, exist_ok=True)
    numbers = range(options.first, options.first + options.count)
    missing = [number for number in numbers if not (options.out / f"{number:06d}.json").exists()]
    start = time.process_time()
    for number in missing:
        save_pair(pair_of(options.seed, number, drape=options.drape), options.out, number)
    spent = time.process_time() - start
    rate = 2 * len(missing) / max(spent, 1e-9)
    print(f"{len(missing)} pairs made, {len(numbers) - len(missing)} were there, {rate:.1f} pictures/s")
    if options.contact_sheet is not None:
        contact_sheet(options.out, list(numbers)[:24]).save(options.contact_sheet)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
