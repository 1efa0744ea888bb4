"""The photos that the type network is trained on, and the rule that sets some senders aside.

The folder is the public "Clothing dataset" (CC0 1.0): `labels.csv` with image, label, kids, sender_id, and one
`<image>.webp` a row. One sender's photos share a room, a sheet and a camera, so a sender is wholly in one part.
"""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

VESTS = Path(__file__).with_name("vests.txt")
SALT = 1237
"""Found by trying 3,000 salts for the one whose parts have the most even label shares; no model was looked at."""


@dataclass(frozen=True)
class GarmentPhoto:
    path: Path
    label: str
    sender: str

    @property
    def set_aside(self) -> bool:
        """Whether this photo belongs to the validation senders."""
        return is_set_aside(self.sender)


def is_set_aside(sender: str) -> bool:
    """One sender in five, by a hash of its number: the same on every machine, whatever else is in the folder."""
    return int(hashlib.sha256(f"{SALT}:{sender}".encode()).hexdigest(), 16) % 5 == 0


def garment_photos(folder: Path) -> tuple[GarmentPhoto, ...]:
    """Every photo of `folder` with its label; the sleeveless 'Outwear' of vests.txt are labelled 'Vest'."""
    vests = set(VESTS.read_text(encoding="utf-8").split())
    with (folder / "labels.csv").open(newline="", encoding="utf-8") as lines:
        return tuple(
            GarmentPhoto(folder / f"{row['image']}.webp", "Vest" if row["image"] in vests else row["label"], row["sender_id"])
            for row in csv.DictReader(lines)
        )
