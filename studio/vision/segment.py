"""Photo to mask without a network: several GrabCut runs that start from different beliefs, and a choice between them.

GrabCut is Rother, Kolmogorov and Blake, "GrabCut: interactive foreground extraction" (2004). No single start works
everywhere: a start that trusts the frame fails where a sleeve touches it, one that trusts the frame's colours loses
a garment of the ground's colour, one that does not takes the floor between the trouser legs along.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from studio.arrays import AnyArray, Mask, Picture
from studio.errors import PhotoError
from studio.vision.outline_quality import cues_of, edge_steps, expected_overlap

WORKING_SIDE = 256
FINE_SIDE = 1024
COARSE_SIDE = 96
ROUNDS = 4
PALETTE = 5
LIKE_GROUND = 9.0
GRAIN = 3.0
SMALLEST, LARGEST = 0.02, 0.97
FAINTEST_EDGE = 4.0
DOUBTFUL = 0.85
STRIP = 7
SEED = 1
GROUND, GARMENT, MAYBE_GROUND, MAYBE_GARMENT = cv2.GC_BGD, cv2.GC_FGD, cv2.GC_PR_BGD, cv2.GC_PR_FGD


@dataclass(frozen=True, eq=False)
class Segmentation:
    """The garment's mask (h, w) at the photo's size, how good it promises to be (expected overlap with the truth,
    0..1), which start gave it, and what the user should know."""

    mask: Mask
    quality: float
    start: str
    notes: tuple[str, ...] = ()


def segment(picture: Picture, *, opaque: Mask | None = None) -> Segmentation:
    """The garment on `picture` (h, w, 3); a cut-out's `opaque` (h, w) part is taken at its word.

    Always the same mask for the same picture. Raises PhotoError where no garment stands out.
    """
    if opaque is not None and SMALLEST < opaque.mean() < LARGEST:
        return Segmentation(tidied(opaque), 1.0, "transparency", ("The mask is the opaque part of the picture.",))
    small = smoothed(picture)
    lab = cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    if float(np.percentile(np.linalg.norm(lab - np.median(lab, axis=(0, 1)), axis=2), 98)) < FAINTEST_EDGE:
        raise PhotoError("the picture is one even colour: no garment stands out; use a photo of one garment on a plain ground")
    proposals = proposed_masks(small, lab)
    if not proposals:
        raise PhotoError("no garment was found in the picture; use a photo of one garment on a plain ground of another colour")
    voters = {name: mask for name, mask in proposals.items() if name != "vote"}
    quality = {name: expected_overlap(cues_of(mask, small, lab, voters)) for name, mask in proposals.items()}
    start = max(quality, key=lambda name: quality[name])
    _check_edge(proposals[start], lab)
    _check_form(proposals[start])
    mask = sharpened(proposals[start], picture)
    return Segmentation(mask, round(quality[start], 3), start, _notes(mask, quality[start]))


def proposed_masks(small: Picture, lab: AnyArray) -> dict[str, Mask]:
    """Every start's tidied mask of plausible size, and the pixels that most of them agree on as 'vote'."""
    found: dict[str, Mask] = {}
    for name, belief in _beliefs(lab).items():
        mask = _grabbed(small, belief)
        if mask is not None and SMALLEST < (tidy := tidied(mask)).mean() < LARGEST:
            found[name] = tidy
    if len(found) > 2:
        votes = np.sum(list(found.values()), axis=0)
        vote = tidied(votes > len(found) / 2)
        if SMALLEST < vote.mean() < LARGEST:
            found["vote"] = vote
    return found


def _beliefs(lab: AnyArray) -> dict[str, AnyArray]:
    """What each start believes of every pixel: GrabCut's four labels, (h, w) uint8."""
    height, width = lab.shape[:2]
    band = max(3, round(0.03 * min(height, width)))
    frame = np.ones((height, width), dtype=bool)
    frame[band:-band, band:-band] = False
    rows, columns = np.mgrid[:height, :width]
    away = np.hypot((rows - height / 2) / (height / 2), (columns - width / 2) / (width / 2))
    like_ground = _distance_to_frame(lab, frame) < LIKE_GROUND

    trusting = np.where(frame, GROUND, MAYBE_GARMENT)
    by_colour = np.where(like_ground & (away > 0.35) & ~frame, MAYBE_GROUND, trusting)
    oval = np.where(frame, GROUND, np.where(away < 0.8, MAYBE_GARMENT, MAYBE_GROUND))
    ends = (rows < band) | (rows >= height - band)
    sides = ((columns < band) | (columns >= width - band)) & ~ends
    corners = sides & ((rows < 0.18 * height) | (rows > 0.82 * height))
    open_sides = np.where(ends | corners, GROUND, np.where(sides | (like_ground & (away > 0.5)), MAYBE_GROUND, MAYBE_GARMENT))
    behind = walled_in(lab)
    walled = np.where(behind, MAYBE_GARMENT, MAYBE_GROUND)
    walled[frame & ~behind] = GROUND
    beliefs = {"frame": trusting, "colours": by_colour, "oval": oval, "open sides": open_sides, "walls": walled}
    return {name: belief.astype(np.uint8) for name, belief in beliefs.items()}


def walled_in(lab: AnyArray) -> Mask:
    """What (h, w) cannot be reached from the frame without crossing colour steps.

    The least sum of colour steps on a path from the frame, on a grid of COARSE_SIDE points, split at Otsu's level.
    """
    height, width = lab.shape[:2]
    scale = COARSE_SIDE / max(height, width)
    size = (max(8, round(width * scale)), max(8, round(height * scale)))
    coarse = cv2.resize(lab, size, interpolation=cv2.INTER_AREA)
    number = np.arange(size[0] * size[1]).reshape(size[::-1])
    starts, ends, steps = [], [], []
    for down, right in ((0, 1), (1, 0), (1, 1), (1, -1)):
        left_cut, right_cut = max(0, -right), max(0, right)
        a = np.s_[: number.shape[0] - down, left_cut : number.shape[1] - right_cut]
        b = np.s_[down:, right_cut : number.shape[1] - left_cut]
        starts.append(number[a].ravel())
        ends.append(number[b].ravel())
        steps.append(np.linalg.norm(coarse[a] - coarse[b], axis=2).ravel())
    costs = np.maximum(np.concatenate(steps) - GRAIN, 1e-3)
    paths = coo_array((costs, (np.concatenate(starts), np.concatenate(ends))), shape=(number.size, number.size))
    rim = np.unique(np.concatenate([number[0], number[-1], number[:, 0], number[:, -1]]))
    far = dijkstra(paths.tocsr(), directed=False, indices=rim, min_only=True).reshape(number.shape)
    level = np.minimum(255 * far / max(float(np.percentile(far, 98)), 1e-6), 255).astype(np.uint8)
    split, _ = cv2.threshold(level, 0, 255, cv2.THRESH_OTSU)
    return np.asarray(cv2.resize(level.astype(np.float32), (width, height)) > split)


def _distance_to_frame(lab: AnyArray, frame: Mask) -> AnyArray:
    """CIELAB distance (h, w) to the nearest of the frame's main colours."""
    cv2.setRNGSeed(SEED)
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 20, 1.0)
    colours = np.ascontiguousarray(lab[frame], dtype=np.float32)
    _, _, centres = cv2.kmeans(colours, PALETTE, np.empty((0, 1), np.int32), stop, 2, cv2.KMEANS_PP_CENTERS)
    return np.asarray(np.min([np.linalg.norm(lab - centre, axis=2) for centre in centres], axis=0))


def _grabbed(small: Picture, belief: AnyArray) -> Mask | None:
    """GrabCut from a belief; None where it cannot start."""
    labels = belief.copy()
    if min(int((labels % 2 == 1).sum()), int((labels % 2 == 0).sum())) < 50:
        return None
    cv2.setRNGSeed(SEED)
    try:
        cv2.grabCut(small, labels, (0, 0, 1, 1), np.zeros((1, 65)), np.zeros((1, 65)), ROUNDS, cv2.GC_INIT_WITH_MASK)
    except cv2.error:
        return None
    return np.asarray((labels == GARMENT) | (labels == MAYBE_GARMENT))


def tidied(mask: Mask) -> Mask:
    """The largest part of a mask without whiskers, its small holes filled; holes at the frame stay."""
    opened = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    count, parts, facts, _ = cv2.connectedComponentsWithStats(opened)
    if count < 2:
        return np.zeros_like(mask)
    kept = np.asarray(parts == 1 + int(np.argmax(facts[1:, cv2.CC_STAT_AREA])))
    height, width = mask.shape
    count, holes, facts, _ = cv2.connectedComponentsWithStats((~kept).astype(np.uint8), connectivity=4)
    for hole in range(1, count):
        left, top, wide, tall, area = (int(value) for value in facts[hole])
        at_frame = left == 0 or top == 0 or left + wide == width or top + tall == height
        if not at_frame and area < 0.02 * height * width:
            kept |= holes == hole
    return kept


def sharpened(small: Mask, picture: Picture) -> Mask:
    """A working-size mask at the picture's size, its edge drawn to the picture's by a guided filter.

    He, Sun and Tang, "Guided Image Filtering" (2010), on the grey picture of at most FINE_SIDE pixels.
    """
    height, width = picture.shape[:2]
    scale = min(1.0, FINE_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    guide = cv2.cvtColor(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY).astype(np.float32) / 255
    soft = cv2.resize(small.astype(np.float32), size, interpolation=cv2.INTER_LINEAR)
    reach = 2 * max(1, round(max(size) / WORKING_SIDE)) + 1
    fine = _guided(soft, guide, (reach, reach)) > 0.5
    whole = cv2.resize(fine.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR) > 0.5
    return tidied(np.asarray(whole))


def _guided(soft: AnyArray, guide: AnyArray, window: tuple[int, int]) -> AnyArray:
    def mean(values: AnyArray) -> AnyArray:
        return np.asarray(cv2.blur(values, window))

    slope = (mean(guide * soft) - mean(guide) * mean(soft)) / (mean(guide * guide) - mean(guide) ** 2 + 1e-3)
    return np.asarray(mean(slope) * guide + mean(mean(soft) - slope * mean(guide)))


def smoothed(picture: Picture) -> Picture:
    """The working picture: its longer side WORKING_SIDE, grain smoothed away, edges kept."""
    height, width = picture.shape[:2]
    scale = WORKING_SIDE / max(height, width)
    size = (max(16, round(width * scale)), max(16, round(height * scale)))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    return np.asarray(cv2.bilateralFilter(small, 5, 25, 3), dtype=np.uint8)


def _check_edge(mask: Mask, lab: AnyArray) -> None:
    """Refuse a mask whose edge is not to be seen."""
    steps = edge_steps(mask, lab)
    if len(steps) == 0 or float(np.median(steps)) < FAINTEST_EDGE:
        raise PhotoError("no garment stands out from the ground; use a photo of one garment on a plain ground of another colour")


def _check_form(mask: Mask) -> None:
    """Refuse a strip: no garment is that narrow."""
    tall, wide = int(mask.any(axis=1).sum()), int(mask.any(axis=0).sum())
    if max(tall, wide) > STRIP * min(tall, wide):
        raise PhotoError("what stands out is a narrow strip, not a garment; use a photo of one garment on a plain ground")


def _notes(mask: Mask, quality: float) -> tuple[str, ...]:
    notes = []
    if quality < DOUBTFUL:
        notes.append("The outline is uncertain: compare it with the photo before using the measurements.")
    if mask[0].any() or mask[-1].any() or mask[:, 0].any() or mask[:, -1].any():
        notes.append("The garment touches the edge of the photo: what lies outside is not measured.")
    return tuple(notes)
