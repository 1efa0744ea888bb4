"""Readings against hand-made records: `python training/evaluate_reading.py PHOTOS [--assets FOLDER] [--sheet FILE.png]`.

Every figure is from the photo alone (own mask, own type). "unseen" are photos of senders that the type network did
not learn from; "or" counts the annotator's other defensible answers as right too.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from pathlib import Path

import cv2
import numpy as np
from evaluate_segmentation import annotated
from garment_photos import garment_photos

from studio.errors import PhotoError
from studio.images import open_picture
from studio.vision.read import read_photo
from studio.vision.type_net import ASSETS

FAMILY = {"none": "none", "cap": "short", "short": "short", "elbow": "long", "three_quarter": "long", "long": "long"}
NAMES = {"color": "colour", "sleeve": "sleeve", "length": "length", "closure": "closure", "neckline": "neckline"}


def judged(record: dict, design: object) -> dict[str, tuple[bool, bool]]:
    """Per attribute: right, and right or defensible. What does not apply to the garment is left out."""
    found = {}
    for theirs, ours in NAMES.items():
        truth, value = record[theirs], str(design.value(ours))
        if truth in ("n/a", None) or (ours == "closure" and record["garment_type"] in ("pants", "skirt", "dress")):
            continue
        others = [other for other in record["alternatives"].get(theirs, []) if other]
        found[ours] = (value == truth, value in [truth, *others])
        if ours == "sleeve":
            families = {FAMILY[word] for word in others if word in FAMILY}
            found["sleeve family"] = (FAMILY[value] == FAMILY[truth], FAMILY[value] in {FAMILY[truth], *families})
    for flag in ("has_collar", "has_hood"):
        if record[flag] is not None:
            found[flag] = (design.value(flag) == record[flag],) * 2
    return found


def tile(picture: np.ndarray, reading: object, side: int = 220) -> np.ndarray:
    shown = cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
    shown[~reading.mask] //= 3
    scale = side / max(shown.shape)
    shown = cv2.resize(shown, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    sheet = np.full((side, side, 3), 255, np.uint8)
    sheet[: shown.shape[0], : shown.shape[1]] = shown
    words = [f"{reading.garment_type} {reading.confidence:.2f} {reading.label}", " ".join(map(str, reading.attributes.values()))]
    words += [" ".join(f"{name[:6]}{value:.0f}" for name, value in reading.measured.items())]
    for line, text in enumerate(words):
        for ink, thickness in (((255, 255, 255), 3), ((160, 0, 0), 1)):
            cv2.putText(sheet, text[:44], (2, 12 + 13 * line), cv2.FONT_HERSHEY_SIMPLEX, 0.36, ink, thickness)
    return sheet


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--assets", type=Path, default=ASSETS)
    parser.add_argument("--sheet", type=Path)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    aside = {photo.path.stem for photo in garment_photos(options.photos) if photo.set_aside}
    scores: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    wrong: Counter[str] = Counter()
    tiles, seconds = [], []
    for record in annotated(options.photos):
        picture = open_picture(options.photos / f"{record['image']}.webp")
        began = time.process_time()
        try:
            reading = read_photo(picture, assets=options.assets)
        except PhotoError as error:
            print(record["image"], error)
            continue
        seconds.append(time.process_time() - began)
        right = reading.garment_type == record["garment_type"]
        scores["type, unseen senders" if record["image"] in aside else "type, seen senders"].append((right, right))
        if not right:
            wrong[f"{record['garment_type']} -> {reading.garment_type}"] += 1
        for name, value in judged(record, reading.design).items():
            scores[name].append(value)
            if record["image"] in aside:
                scores[f"{name}, unseen"].append(value)
        tiles.append(tile(picture, reading))
    for name, values in sorted(scores.items()):
        print(f"{name:24s} n {len(values):3d}  right {np.mean(values, axis=0)[0]:.3f}  or {np.mean(values, axis=0)[1]:.3f}")
    print(dict(wrong), f"{np.median(seconds):.2f} CPU s a photo")
    if options.sheet:
        rows = [np.hstack(tiles[start : start + 8]) for start in range(0, len(tiles) - 7, 8)]
        cv2.imwrite(str(options.sheet), np.vstack(rows))


if __name__ == "__main__":
    main()
