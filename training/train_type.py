"""Train the garment type network from nothing: `python training/train_type.py PHOTOS --minutes 35 --out assets`.

One thread of a plain processor is enough. The learning rate falls with the time spent, so a busier machine gives
fewer epochs, not a broken schedule. The figures are those of the last epoch; none was picked on validation.
"""

from __future__ import annotations

import argparse
import copy
import json
import time
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from garment_photos import SALT, GarmentPhoto, garment_photos
from safetensors.torch import save_file
from torch.nn import functional
from transformers import ResNetConfig, ResNetForImageClassification
from type_figures import figures, fitted_temperature

from studio.errors import PhotoError
from studio.vision.labels import LABELS, TYPE_OF_LABEL
from studio.vision.segment import segment
from studio.vision.type_net import FACTS, GROUND, INPUT_SIDE, NETWORK_SHAPE, WEIGHTS, framed, squared, stored, views
from studio.vocabulary import GarmentType

TYPES = tuple(GarmentType)
LABEL_TO_TYPE = torch.tensor([[TYPE_OF_LABEL[name] == kind for kind in TYPES] for name in LABELS]).float()
BATCH = 64
PEAK_RATE = 1.5e-3
EARLY_SIDE = 96


@dataclass(frozen=True, eq=False)
class Held:
    """The senders set aside: squares, label numbers (n,), senders."""

    squares: list[np.ndarray]
    truth: np.ndarray
    senders: list[str]


def read_rgb(path: Path) -> np.ndarray:
    """(h, w, 3) RGB."""
    return cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB)


def masks_of(photos: tuple[GarmentPhoto, ...], cache: Path) -> dict[str, np.ndarray]:
    """The garment mask of every photo at its stored size, by file stem; made once, then read from `cache`."""
    if not cache.is_file():
        masks = {}
        for photo in photos:
            picture = stored(read_rgb(photo.path))
            try:
                masks[photo.path.stem] = segment(picture).mask
            except PhotoError:
                masks[photo.path.stem] = np.zeros(picture.shape[:2], dtype=bool)
        np.savez_compressed(cache, **masks)
    with np.load(cache) as saved:
        return {name: saved[name] for name in saved}


def bent(layers: np.ndarray, square: np.ndarray, side: int, rng: np.random.Generator) -> np.ndarray:
    """The garment in `square` (x, y, side) turned, scaled, sheared, shifted and perhaps mirrored: (side, side, 4)."""
    x, y, reach = square
    angle = rng.uniform(-30, 30) if rng.random() < 0.2 else rng.normal(0, 6)
    scale = side / reach * np.exp(rng.uniform(-0.3, 0.2))
    stretch = np.exp(rng.uniform(-0.14, 0.14))
    turn = np.deg2rad(angle)
    linear = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    linear = linear @ np.array([[stretch, rng.normal(0, 0.06)], [0, 1 / stretch]]) * scale
    if rng.random() < 0.5:
        linear[:, 0] *= -1
    shift = side / 2 + rng.uniform(-0.07, 0.07, 2) * side - linear @ np.array([x, y])
    return cv2.warpAffine(layers, np.column_stack([linear, shift]), (side, side), borderValue=(*(GROUND,) * 3, 0))


def regrounded(square: np.ndarray, other: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The garment of `square` on another ground: grey, a plain colour, or a piece of the photo `other`."""
    choice = rng.random()
    if choice < 0.45:
        return square
    if choice < 0.7:
        ground = np.full_like(square[..., :3], GROUND)
    elif choice < 0.8:
        ground = np.broadcast_to(rng.integers(0, 256, 3).astype(np.uint8), square[..., :3].shape)
    else:
        ground = cv2.resize(other[..., :3], square.shape[1::-1])
    changed = square.copy()
    outside = square[..., 3] < 128
    changed[outside, :3] = ground[outside]
    return changed


def recoloured(square: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Another light, another dye, a hole in the picture: (side, side, 4) float32 in about -1..1."""
    layers = square.astype(np.float32) / 127.5 - 1
    pixels, mask = layers[..., :3], layers[..., 3:]
    if rng.random() < 0.25:
        pixels = pixels[..., rng.permutation(3)]
    grey = pixels.mean(axis=2, keepdims=True)
    pixels = grey + (pixels - grey) * rng.uniform(0.2, 1.6)
    pixels = pixels * rng.uniform(0.7, 1.35) * rng.uniform(0.9, 1.1, 3) + rng.uniform(-0.25, 0.25) + rng.normal(0, 0.05, 3)
    if rng.random() < 0.5:
        side = square.shape[0]
        tall, wide = rng.integers(side // 10, side // 3, 2)
        top, left = rng.integers(0, side - tall), rng.integers(0, side - wide)
        pixels[top : top + tall, left : left + wide] = rng.normal(0, 0.4, 3)
    if rng.random() < 0.08:
        mask = -np.ones_like(mask)
    return np.concatenate([np.clip(pixels, -1.3, 1.3), mask], axis=2).astype(np.float32)


Seen = tuple[np.ndarray, np.ndarray]
"""A stored photo with its mask as fourth layer, and the square round the garment."""


def batch_of(seen: list[Seen], chosen: np.ndarray, side: int, rng: np.random.Generator) -> torch.Tensor:
    """(batch, 4, side, side), changed at random."""
    rows = []
    for i in chosen:
        other = seen[int(rng.integers(len(seen)))][0]
        rows.append(recoloured(regrounded(bent(*seen[i], side, rng), other, rng), rng))
    return torch.from_numpy(np.stack(rows)).permute(0, 3, 1, 2).contiguous(memory_format=torch.channels_last)


def loss_of(logits: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Cross-entropy of the fine labels plus half that of the types they sum to; `target` is (batch, labels), soft."""
    smooth = target * 0.92 + 0.08 / len(LABELS)
    shares = functional.log_softmax(logits, dim=1)
    types = torch.log(shares.exp() @ LABEL_TO_TYPE + 1e-6)
    return -(smooth * shares).sum(1).mean() - 0.5 * ((target @ LABEL_TO_TYPE) * types).sum(1).mean()


@torch.inference_mode()
def scores_of(network: torch.nn.Module, squares: list[np.ndarray]) -> np.ndarray:
    """(n, labels) mean scores over the views of each square, as the studio asks for them."""
    network.eval()
    rows = []
    for first in range(0, len(squares), 16):
        part = torch.from_numpy(np.concatenate([views(square) for square in squares[first : first + 16]]))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = network(part.contiguous(memory_format=torch.channels_last)).logits.float()
        rows.append(logits.view(-1, 4, len(LABELS)).mean(dim=1))
    return torch.cat(rows).numpy()


def follow(average: torch.nn.Module, network: torch.nn.Module, keep: float) -> None:
    """The running mean of the weights takes one step."""
    with torch.no_grad():
        for slow, fast in zip(average.state_dict().values(), network.state_dict().values(), strict=True):
            if slow.is_floating_point():
                slow.lerp_(fast, 1 - keep)
            else:
                slow.copy_(fast)


def save(network: torch.nn.Module, folder: Path, facts: dict[str, object]) -> None:
    """Weights (matrices in half precision) and what must be known to use them."""
    folder.mkdir(parents=True, exist_ok=True)
    state = {name: (value.half() if value.ndim > 1 else value).contiguous() for name, value in network.state_dict().items()}
    save_file(state, folder / WEIGHTS)
    (folder / FACTS).write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")


def report(average: torch.nn.Module, held: Held, out: Path, *, epochs: int, finished: bool, seed: int) -> dict[str, object]:
    """Save the weights with their figures on the senders set aside; gives the figures."""
    scores = scores_of(average, held.squares)
    temperature = fitted_temperature(scores, held.truth)
    result = figures(scores, held.truth, held.senders, temperature=temperature)
    known = {"labels": LABELS, "temperature": temperature, "epochs": epochs, "finished": finished, "seed": seed}
    save(average, out, {**known, "split_salt": SALT, **result})
    return result


def rate_at(step: int, done: float) -> float:
    """The learning rate: a short rise, then half a cosine over the time given."""
    return PEAK_RATE * min(1.0, (step + 1) / 150) * (0.5 + 0.5 * float(np.cos(np.pi * done)))


def mixed(batch: torch.Tensor, target: torch.Tensor, rng: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """Now and then each photo with a shadow of another (Zhang et al., "mixup", 2017)."""
    if rng.random() < 0.6:
        return batch, target
    share = float(rng.beta(0.4, 0.4))
    return share * batch + (1 - share) * batch.flip(0), share * target + (1 - share) * target.flip(0)


def train(seen: list[Seen], truth: np.ndarray, held: Held, *, minutes: float, out: Path, seed: int) -> None:
    counts = np.bincount(truth, minlength=len(LABELS))
    chance = 1 / np.sqrt(counts[truth])
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    network = ResNetForImageClassification(ResNetConfig(**NETWORK_SHAPE, num_labels=len(LABELS))).to(
        memory_format=torch.channels_last
    )
    average = copy.deepcopy(network)
    optimizer = torch.optim.AdamW(network.parameters(), lr=PEAK_RATE, weight_decay=0.05)
    start, epoch, step, done = time.monotonic(), 0, 0, 0.0
    while done < 1:
        order = rng.choice(len(seen), len(seen), p=chance / chance.sum())
        side, total = EARLY_SIDE if done < 0.4 else INPUT_SIDE, 0.0
        network.train()
        for first in range(0, len(order) - BATCH + 1, BATCH):
            done = min((time.monotonic() - start) / (60 * minutes), 1.0)
            optimizer.param_groups[0]["lr"] = rate_at(step, done)
            chosen = order[first : first + BATCH]
            target = functional.one_hot(torch.from_numpy(truth[chosen]), len(LABELS)).float()
            batch, target = mixed(batch_of(seen, chosen, side, rng), target, rng)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = network(batch).logits
            loss = loss_of(logits.float(), target)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            step += 1
            follow(average, network, min(0.998, step / (step + 10)))
            total += float(loss.detach())
        epoch += 1
        if epoch % 5 == 0 or done >= 1:
            result = report(average, held, out, epochs=epoch, finished=done >= 1, seed=seed)
            shown = f"loss {total * BATCH / len(order):.3f}  types {result['type_accuracy']}  labels {result['label_accuracy']}"
            print(f"{time.monotonic() - start:6.0f} s  epoch {epoch}  {shown}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--masks", type=Path, default=Path("garment_masks.npz"), help="where the masks are kept between runs")
    parser.add_argument("--minutes", type=float, default=35.0)
    parser.add_argument("--out", type=Path, default=Path("assets"))
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    photos = garment_photos(options.photos)
    masks = masks_of(photos, options.masks)
    seen, truth, squares, aside = [], [], [], []
    for photo in photos:
        picture, mask = read_rgb(photo.path), masks[photo.path.stem]
        mask = cv2.resize(mask.astype(np.uint8), picture.shape[1::-1], interpolation=cv2.INTER_NEAREST) > 0
        if photo.set_aside:
            squares.append(squared(picture, mask))
            aside.append(photo)
        else:
            small, low, square = framed(picture, mask)
            seen.append((np.dstack([small, low.astype(np.uint8) * 255]), square))
            truth.append(LABELS.index(photo.label))
    held = Held(squares, np.array([LABELS.index(photo.label) for photo in aside]), [photo.sender for photo in aside])
    print(f"{len(seen)} photos to learn from, {len(aside)} of other senders set aside", flush=True)
    train(seen, np.array(truth), held, minutes=options.minutes, out=options.out, seed=options.seed)


if __name__ == "__main__":
    main()
