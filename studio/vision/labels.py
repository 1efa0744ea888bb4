"""The words of the training photos, and what each says about the garment."""

from __future__ import annotations

from collections.abc import Mapping

from studio.vocabulary import GarmentType

TYPE_OF_LABEL: Mapping[str, GarmentType] = {
    "T-Shirt": GarmentType.SHIRT,
    "Longsleeve": GarmentType.SHIRT,
    "Shirt": GarmentType.SHIRT,
    "Polo": GarmentType.SHIRT,
    "Top": GarmentType.SHIRT,
    "Blouse": GarmentType.SHIRT,
    "Body": GarmentType.SHIRT,
    "Undershirt": GarmentType.SHIRT,
    "Outwear": GarmentType.JACKET,
    "Blazer": GarmentType.JACKET,
    "Hoodie": GarmentType.HOODIE,
    "Pants": GarmentType.PANTS,
    "Shorts": GarmentType.PANTS,
    "Dress": GarmentType.DRESS,
    "Skirt": GarmentType.SKIRT,
    "Vest": GarmentType.VEST,
}
"""Fine label -> garment type. An undershirt is a sleeveless top, hence a shirt; a vest is a sleeveless outer garment."""

LABELS: tuple[str, ...] = tuple(TYPE_OF_LABEL)
