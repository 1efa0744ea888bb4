"""How good a type network is: accuracy, confusion, recall and precision a type, and whether its confidence is honest."""

from __future__ import annotations

import hashlib

import numpy as np

from studio.vision.labels import LABELS, TYPE_OF_LABEL
from studio.vocabulary import GarmentType

TYPES = tuple(GarmentType)
SUMS = np.array([[TYPE_OF_LABEL[name] == kind for kind in TYPES] for name in LABELS], dtype=np.float64)
TYPE_NUMBER = SUMS.argmax(axis=1)


def type_shares(scores: np.ndarray, temperature: float) -> np.ndarray:
    """(n, 7) type probabilities of (n, 16) fine scores."""
    scaled = scores.astype(np.float64) / temperature
    shares = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return (shares / shares.sum(axis=1, keepdims=True)) @ SUMS


def fitted_temperature(scores: np.ndarray, truth: np.ndarray) -> float:
    """The temperature of least type log loss (Guo et al., "On Calibration of Modern Neural Networks", 2017)."""
    choices = np.exp(np.linspace(np.log(0.3), np.log(3.0), 93))
    kinds = TYPE_NUMBER[truth]
    losses = [-np.log(type_shares(scores, t)[np.arange(len(truth)), kinds] + 1e-9).mean() for t in choices]
    return round(float(choices[int(np.argmin(losses))]), 4)


def calibration_error(shares: np.ndarray, kinds: np.ndarray, bins: int = 10) -> float:
    """Mean gap between confidence and accuracy over equally wide bins of confidence."""
    confidence, right = shares.max(axis=1), shares.argmax(axis=1) == kinds
    box = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        abs(right[box == b].mean() - confidence[box == b].mean()) * (box == b).mean() for b in range(bins) if (box == b).any()
    ]
    return float(sum(gaps))


def crossed_calibration(scores: np.ndarray, truth: np.ndarray, senders: list[str]) -> float:
    """Calibration error where each half of the senders uses the temperature that the other half gave."""
    half = np.array([hashlib.sha256(sender.encode()).digest()[0] % 2 == 0 for sender in senders])
    shares = np.empty((len(truth), len(TYPES)))
    for part in (half, ~half):
        shares[part] = type_shares(scores[part], fitted_temperature(scores[~part], truth[~part]))
    return calibration_error(shares, TYPE_NUMBER[truth])


def figures(scores: np.ndarray, truth: np.ndarray, senders: list[str], *, temperature: float) -> dict[str, object]:
    """Everything that is reported, from (n, 16) scores and (n,) label numbers."""
    shares, kinds = type_shares(scores, temperature), TYPE_NUMBER[truth]
    best = shares.argmax(axis=1)
    confusion = np.zeros((len(TYPES), len(TYPES)), dtype=int)
    np.add.at(confusion, (kinds, best), 1)
    second = np.argsort(-shares, axis=1)[:, :2]
    each = {
        kind: {
            "n": int(confusion[i].sum()),
            "recall": round(float(confusion[i, i] / max(confusion[i].sum(), 1)), 3),
            "precision": round(float(confusion[i, i] / max(confusion[:, i].sum(), 1)), 3),
        }
        for i, kind in enumerate(TYPES)
    }
    return {
        "n": len(truth),
        "senders": len(set(senders)),
        "type_accuracy": round(float((best == kinds).mean()), 4),
        "type_accuracy_top2": round(float((second == kinds[:, None]).any(axis=1).mean()), 4),
        "label_accuracy": round(float((scores.argmax(axis=1) == truth).mean()), 4),
        "mean_confidence": round(float(shares.max(axis=1).mean()), 4),
        "calibration_error": round(calibration_error(shares, kinds), 4),
        "calibration_error_crossed": round(crossed_calibration(scores, truth, senders), 4),
        "each": each,
        "confusion": {kind: dict(zip(TYPES, map(int, row), strict=True)) for kind, row in zip(TYPES, confusion, strict=True)},
    }
