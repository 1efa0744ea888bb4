"""Which garment a photo shows: a small residual network, opened on first use.

torch and transformers are imported inside `open_type_network` alone, so that importing this module stays cheap.
The network is He et al., "Deep Residual Learning" (2015), one basic block a stage, 2.8 M weights, trained from
nothing by training/train_type.py on sixteen fine labels; a type's probability is the sum of its labels'.
"""

from __future__ import annotations

import functools
import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from studio.arrays import AnyArray, Floats, Mask, Picture
from studio.errors import MissingModel
from studio.vision.labels import TYPE_OF_LABEL
from studio.vocabulary import GarmentType

ASSETS = Path(__file__).resolve().parents[2] / "assets"
WEIGHTS = "garment_type.safetensors"
FACTS = "garment_type.json"
INPUT_SIDE = 112
STORED_SIDE = 160
GROUND = 127  # grey: what the photo leaves free of the square
MARGIN = 1.16
"""The side of the square over the longer side of the garment's box."""

NETWORK_SHAPE: dict[str, Any] = {
    "num_channels": 4,
    "embedding_size": 48,
    "hidden_sizes": [48, 96, 192, 384],
    "depths": [1, 1, 1, 1],
    "layer_type": "basic",
}


@dataclass(frozen=True)
class TypeGuess:
    """How likely each garment type and each fine label is; both sum to 1."""

    types: Mapping[GarmentType, float]
    labels: Mapping[str, float]

    @property
    def best(self) -> GarmentType:
        return max(self.types, key=lambda kind: self.types[kind])

    @property
    def best_label(self) -> str:
        """The likeliest fine label among those of the best type."""
        return max((name for name in self.labels if TYPE_OF_LABEL[name] == self.best), key=lambda name: self.labels[name])

    def corrected(self, kind: GarmentType) -> TypeGuess:
        """This guess when somebody says that the garment is a `kind`: only its fine labels stay, in their proportion."""
        kept = {name: share + 1e-9 if TYPE_OF_LABEL[name] == kind else 0.0 for name, share in self.labels.items()}
        total = sum(kept.values())
        labels = {name: share / total for name, share in kept.items()}
        return TypeGuess({each: float(each == kind) for each in self.types}, labels)

    @property
    def top_two(self) -> tuple[tuple[GarmentType, float], tuple[GarmentType, float]]:
        first, second = sorted(self.types.items(), key=lambda item: -item[1])[:2]
        return first, second


Scores = Callable[[AnyArray], Floats]


def stored(picture: Picture) -> Picture:
    """`picture` shrunk so that its longer side is STORED_SIDE pixels."""
    height, width = picture.shape[:2]
    scale = STORED_SIDE / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(picture, size, interpolation=method), dtype=np.uint8)


def framed(picture: Picture, mask: Mask) -> tuple[Picture, Mask, Floats]:
    """What the network looks at: the stored picture (h, w, 3), its mask, and the square that holds the garment.

    The square is (centre x, centre y, side) in stored pixels: the garment's box and a margin, or the whole photo
    where the mask is empty.
    """
    small = stored(picture)
    height, width = small.shape[:2]
    shape = (width, height)
    low = np.asarray(cv2.resize(mask.astype(np.float32), shape, interpolation=cv2.INTER_AREA) > 0.5)
    rows, columns = np.flatnonzero(low.any(axis=1)), np.flatnonzero(low.any(axis=0))
    if len(rows) == 0:
        return small, low, np.array([width / 2, height / 2, max(width, height)])
    left, right, top, bottom = columns[0], columns[-1] + 1, rows[0], rows[-1] + 1
    side = MARGIN * max(right - left, bottom - top)
    return small, low, np.array([(left + right) / 2, (top + bottom) / 2, side])


def squared(picture: Picture, mask: Mask) -> Picture:
    """(INPUT_SIDE, INPUT_SIDE, 4): red, green, blue and the mask (255 on the garment), the garment filling the square."""
    small, low, (x, y, side) = framed(picture, mask)
    scale = INPUT_SIDE / side
    place = np.array([[scale, 0, INPUT_SIDE / 2 - scale * x], [0, scale, INPUT_SIDE / 2 - scale * y]])
    layers = np.dstack([small, low.astype(np.uint8) * 255])
    square = cv2.warpAffine(layers, place, (INPUT_SIDE, INPUT_SIDE), flags=cv2.INTER_LINEAR, borderValue=(*(GROUND,) * 3, 0))
    return np.asarray(square, dtype=np.uint8)


def views(square: Picture) -> AnyArray:
    """(4, 4, side, side) in -1..1: the square, the garment alone on grey, and both in the mirror."""
    alone = square.copy()
    alone[square[..., 3] < 128, :3] = GROUND
    pair = np.stack([square, alone]).astype(np.float32) / 127.5 - 1
    both = np.concatenate([pair, pair[:, :, ::-1]])
    return np.ascontiguousarray(both.transpose(0, 3, 1, 2))


def guess_type(picture: Picture, mask: Mask, *, assets: Path = ASSETS) -> TypeGuess:
    """The garment type of `picture` (h, w, 3) with `mask` (h, w). Raises MissingModel when the weights are not there."""
    scores_of, facts = open_type_network(assets)
    scores = scores_of(views(squared(picture, mask))) / float(facts["temperature"])
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    labels = dict(zip(facts["labels"], (float(share) for share in shares), strict=True))
    types = {kind: sum(share for name, share in labels.items() if TYPE_OF_LABEL[name] == kind) for kind in GarmentType}
    return TypeGuess(types=types, labels=labels)


_OPENING = threading.Lock()


def open_type_network(assets: Path = ASSETS) -> tuple[Scores, dict[str, Any]]:
    """A callable from (n, 4, 112, 112) views to their mean (16,) scores, and the facts saved with the weights; opened once.

    The packages behind it cannot be imported by two threads at a time. Raises MissingModel.
    """
    with _OPENING:
        return _opened(assets)


@functools.lru_cache(maxsize=2)
def _opened(assets: Path) -> tuple[Scores, dict[str, Any]]:
    weights, facts_file = assets / WEIGHTS, assets / FACTS
    if not weights.is_file() or not facts_file.is_file():
        raise MissingModel(
            f"the weights of the garment type network ({WEIGHTS} and {FACTS}) are not in the {assets.name} folder; "
            "fetch the large files of this project, or train them with training/train_type.py"
        )
    try:
        import torch
        from safetensors.torch import load_file
        from transformers import ResNetConfig, ResNetForImageClassification
    except ImportError as error:
        raise MissingModel(f"reading the garment type needs the package {error.name}; pip install -r requirements.txt") from None
    try:
        facts = json.loads(facts_file.read_text(encoding="utf-8"))
        network: Any = ResNetForImageClassification(ResNetConfig(**NETWORK_SHAPE | {"num_labels": len(facts["labels"])}))
        network.load_state_dict(
            {name: value.float() if value.is_floating_point() else value for name, value in load_file(weights).items()}
        )
    except Exception as error:
        raise MissingModel(f"the weights of the garment type network are damaged ({error}); fetch {WEIGHTS} again") from None
    network.eval()

    def scores_of(seen: AnyArray) -> Floats:
        with torch.inference_mode():
            return np.asarray(network(torch.from_numpy(seen)).logits.double().mean(dim=0).numpy())

    return scores_of, facts
