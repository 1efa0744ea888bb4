"""`python -m studio.vision PHOTO_OR_FOLDER --out FOLDER`: a mask and a reading for every photo.

Writes `<stem>.mask.png` (255 on the garment; the size of the photo after the camera's rotation was applied) and
`<stem>.reading.json`. In a folder, a photo that cannot be read is reported on stderr and the rest go on; the exit
code is 2 if any photo failed.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from studio.errors import StudioError
from studio.images import open_photo
from studio.vision.read import PhotoReading, read_photo

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".avif"})
log = logging.getLogger("studio.vision")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m studio.vision", description="Photo to mask and garment design.")
    parser.add_argument("photo", type=Path, help="a photo, or a folder of photos")
    parser.add_argument("--out", type=Path, required=True, help="folder for <stem>.mask.png and <stem>.reading.json")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    photos = photos_of(options.photo)
    if not photos:
        sys.stderr.write(f"error: no photos in {options.photo}\n")
        return 2
    try:
        options.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        sys.stderr.write(f"error: cannot write to {options.out}: {error.strerror}\n")
        return 2
    failed = 0
    for photo, stem in zip(photos, stems_of(photos), strict=True):
        try:
            kind = write_reading(photo, options.out, stem)
            sys.stdout.write(f"{photo.name}: {kind}\n")
        except (StudioError, OSError) as error:
            failed += 1
            sys.stderr.write(f"error: {photo.name}: {error}\n")
    return 2 if failed else 0


def photos_of(place: Path) -> list[Path]:
    """The photo, or the pictures in a folder by name; files that are no pictures by name are passed over."""
    if not place.is_dir():
        return [place]
    return sorted(file for file in place.iterdir() if file.suffix.lower() in SUFFIXES and file.is_file())


def stems_of(photos: Sequence[Path]) -> list[str]:
    """One output name a photo: its stem, or its whole name where two photos share a stem."""
    stems = [photo.stem for photo in photos]
    return [photo.stem if stems.count(photo.stem) == 1 else photo.name for photo in photos]


def write_reading(file: Path, out: Path, stem: str) -> str:
    """Read one photo and write its two files; gives a line for the terminal. Raises StudioError, OSError."""
    photo = open_photo(file)
    reading = read_photo(photo)
    height, width = photo.full_size
    mask = reading.mask.astype(np.float32)
    if mask.shape != (height, width):
        mask = np.asarray(cv2.resize(mask, (width, height), interpolation=cv2.INTER_LINEAR))
    _, coded = cv2.imencode(".png", np.where(mask > 0.5, 255, 0).astype(np.uint8))
    (out / f"{stem}.mask.png").write_bytes(coded.tobytes())
    scale = width / reading.mask.shape[1]
    text = json.dumps(plain_reading(reading, box_scale=scale), indent=2)
    (out / f"{stem}.reading.json").write_text(text + "\n", encoding="utf-8")
    return f"{reading.garment_type} ({reading.confidence:.0%}), mask quality {reading.quality:.2f}"


def plain_reading(reading: PhotoReading, *, box_scale: float = 1.0) -> dict[str, object]:
    """A reading as JSON values, its box times `box_scale`."""
    return {
        "garment_type": reading.garment_type.value,
        "confidence": round(reading.confidence, 4),
        "types": {kind.value: round(chance, 4) for kind, chance in reading.types.items()},
        "label": reading.label,
        "attributes": {name: value if isinstance(value, bool) else str(value) for name, value in reading.attributes.items()},
        "measured": dict(reading.measured),
        "mask_quality": reading.quality,
        "box": [round(edge * box_scale) for edge in reading.box],
        "notes": list(reading.notes),
        "design": json.loads(reading.design.to_json()),
    }


if __name__ == "__main__":
    sys.exit(main())
