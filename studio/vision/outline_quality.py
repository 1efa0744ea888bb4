"""How much a proposed mask looks like a garment on a ground: what decides between several proposals.

Five things that can be seen without knowing the truth, weighed by a linear fit to the overlap with 146 hand-drawn
masks (training/evaluate_segmentation.py --fit): garments are symmetrical, their colours differ from the ground's,
their edge shows, they seldom lie along the sides of the frame, and independent proposals agree on them.
"""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np

from studio.arrays import AnyArray, Floats, Mask, Picture

CUES = ("weak_edge", "shared_colours", "along_sides", "symmetry", "agreement")
MEANS = np.array([0.020, 0.212, 0.005, 0.875, 0.930])
SPREADS = np.array([0.042, 0.208, 0.035, 0.080, 0.129])
WEIGHTS = np.array([-0.045, -0.234, -0.018, 0.221, 0.324])
OFFSET = 2.612
NEAR_PX = 9
SEEN = 6.0
"""Smallest CIELAB distance across an edge that an eye sees at a glance."""


def overlap(a: Mask, b: Mask) -> float:
    """Intersection over union."""
    return float((a & b).sum() / max(int((a | b).sum()), 1))


def expected_overlap(cues: Floats) -> float:
    """The overlap with the true mask that cues (5,) promise, 0..1."""
    score = float((cues - MEANS) / SPREADS @ WEIGHTS) + OFFSET
    return float(np.clip(1.03 - np.exp(-score), 0.0, 1.0))


def cues_of(mask: Mask, picture: Picture, lab: AnyArray, others: Mapping[str, Mask]) -> Floats:
    """The five CUES of `mask` (h, w) on `picture` (h, w, 3) with its CIELAB values `lab`; `others` are all proposals."""
    sides = float(np.concatenate([mask[:, 0], mask[:, -1]]).mean())
    agreement = float(np.mean([overlap(mask, other) for other in others.values()]))
    steps = edge_steps(mask, lab)
    weak = float((steps < SEEN).mean()) if len(steps) else 1.0
    return np.array([weak, shared_colours(mask, picture), sides, symmetry(mask), agreement])


def edge_steps(mask: Mask, lab: AnyArray) -> Floats:
    """CIELAB distance between the means just inside and just outside, at each edge pixel not on the frame."""
    inside, outside = _mean_near(mask, lab), _mean_near(~mask, lab)
    edge = mask & (cv2.erode(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) == 0)
    edge[[0, -1]] = False
    edge[:, [0, -1]] = False
    return np.asarray(np.linalg.norm(inside - outside, axis=2)[edge], dtype=np.float64)


def _mean_near(part: Mask, lab: AnyArray) -> AnyArray:
    window = (NEAR_PX, NEAR_PX)
    count = cv2.boxFilter(part.astype(np.float32), -1, window, normalize=False)
    total = cv2.boxFilter(lab * part[..., None].astype(np.float32), -1, window, normalize=False)
    return np.asarray(total / np.maximum(count, 1e-3)[..., None])


def shared_colours(mask: Mask, picture: Picture) -> float:
    """How far the colours of garment and ground overlap (Bhattacharyya), 0..1, in 8 x 8 x 8 colour boxes."""
    boxes = (picture >> 5).astype(np.int64) @ np.array([64, 8, 1])
    inside, outside = np.bincount(boxes[mask], minlength=512), np.bincount(boxes[~mask], minlength=512)
    product = inside / max(inside.sum(), 1) * (outside / max(outside.sum(), 1))
    return float(np.sqrt(product).sum())


def symmetry(mask: Mask) -> float:
    """Overlap of a mask with its mirror image about the best upright axis near its centre of mass, 0..1."""
    height, width = mask.shape
    small = mask.astype(np.uint8)
    columns = np.flatnonzero(mask.any(axis=0))
    if len(columns) == 0:
        return 0.0
    centre = float(np.nonzero(mask)[1].mean())
    best = 0.0
    for shift in (-6, -3, 0, 3, 6):
        mirror = np.array([[-1, 0, 2 * (centre + shift)], [0, 1, 0]])
        flipped = cv2.warpAffine(small, mirror, (width, height), flags=cv2.INTER_NEAREST) > 0
        best = max(best, overlap(mask, flipped))
    return best
