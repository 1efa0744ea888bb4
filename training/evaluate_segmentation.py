"""Masks against hand-drawn ones: `python training/evaluate_segmentation.py PHOTOS [--fit]`.

PHOTOS/annotated holds masks/, ignore/ (pixels not scored) and labels.json. With --fit it also prints the cue
weights of studio/vision/outline_quality.py as a ridge fit to -log(1.03 - IoU), and how well a choice by them does
on photos that the fit did not see (five parts).
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from pathlib import Path

import cv2
import numpy as np

from studio.images import open_picture
from studio.vision.outline_quality import CUES, cues_of
from studio.vision.segment import proposed_masks, segment, sharpened, smoothed


def annotated(photos: Path) -> list[dict]:
    return json.loads((photos / "annotated" / "labels.json").read_text(encoding="utf-8"))


def truth_of(photos: Path, image: str) -> tuple[np.ndarray, np.ndarray]:
    """The hand mask and the scored pixels, both (h, w) bool."""
    mask = cv2.imread(str(photos / "annotated" / "masks" / f"{image}.png"), cv2.IMREAD_GRAYSCALE) > 0
    ignore = photos / "annotated" / "ignore" / f"{image}.png"
    scored = cv2.imread(str(ignore), cv2.IMREAD_GRAYSCALE) == 0 if ignore.is_file() else np.ones_like(mask)
    return mask, scored


def iou(mask: np.ndarray, truth: np.ndarray, scored: np.ndarray) -> float:
    return float((mask & truth & scored).sum() / max(((mask | truth) & scored).sum(), 1))


def summary(values: list[float]) -> str:
    found = np.array(values)
    shares = "  ".join(f">{level} {np.mean(found > level):.3f}" for level in (0.95, 0.9, 0.8))
    return f"n {len(found):3d}  mean {found.mean():.3f}  median {np.median(found):.3f}  {shares}"


def evaluate(photos: Path) -> None:
    groups: dict[str, list[float]] = defaultdict(list)
    quality, seconds = [], []
    for record in annotated(photos):
        picture = open_picture(photos / f"{record['image']}.webp")
        began = time.process_time()
        found = segment(picture)
        seconds.append(time.process_time() - began)
        value = iou(found.mask, *truth_of(photos, record["image"]))
        quality.append(found.quality)
        touches = "touches the frame" if record["touches_photo_edge"] else "free of the frame"
        for group in ("all", record["background"], record["garment_type"], touches, f"start: {found.start}"):
            groups[group].append(value)
    for group, values in groups.items():
        print(f"{group:20s} {summary(values)}")
    values = np.array(groups["all"])
    print(f"quality against IoU: correlation {np.corrcoef(quality, values)[0, 1]:.2f}; {np.median(seconds):.2f} CPU s a photo")
    for level in (0.75, 0.85):
        low = np.array(quality) < level
        print(f"quality < {level}: {low.sum()} photos, of them IoU < 0.9: {(values[low] < 0.9).sum()} of {(values < 0.9).sum()}")


def fit(photos: Path) -> None:
    cues, scores, owners = [], [], []
    for number, record in enumerate(annotated(photos)):
        picture = open_picture(photos / f"{record['image']}.webp")
        small = smoothed(picture)
        lab = cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
        proposals = proposed_masks(small, lab)
        voters = {name: mask for name, mask in proposals.items() if name != "vote"}
        for mask in proposals.values():
            cues.append(cues_of(mask, small, lab, voters))
            scores.append(iou(sharpened(mask, picture), *truth_of(photos, record["image"])))
            owners.append(number)
    x, y, owner = np.array(cues), np.array(scores), np.array(owners)
    means, spreads = x.mean(0), x.std(0)
    columns = np.column_stack([(x - means) / spreads, np.ones(len(x))])
    target, ridge = -np.log(1.03 - y), 3 * np.diag([1] * len(CUES) + [0])

    def solved(rows: np.ndarray) -> np.ndarray:
        return np.linalg.solve(columns[rows].T @ columns[rows] + ridge, columns[rows].T @ target[rows])

    part = np.random.default_rng(0).permutation(owner.max() + 1)[owner] % 5
    chosen = []
    for fold in range(5):
        weights = solved(part != fold)
        for number in np.unique(owner[part == fold]):
            rows = np.flatnonzero(owner == number)
            chosen.append(float(y[rows[np.argmax(columns[rows] @ weights)]]))
    print("chosen unseen ", summary(chosen))
    print("best possible ", summary([float(y[owner == number].max()) for number in np.unique(owner)]))
    weights = solved(np.ones(len(y), dtype=bool))
    for name, values in (("MEANS", means), ("SPREADS", spreads), ("WEIGHTS", weights[:-1]), ("OFFSET", weights[-1:])):
        print(name, [round(float(value), 3) for value in values])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    (fit if options.fit else evaluate)(options.photos)


if __name__ == "__main__":
    main()
