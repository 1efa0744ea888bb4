"""Photo to facts: where the garment is, what it is, how it is cut. The network's packages are imported on first use."""

from studio.vision.read import PhotoReading, read_photo
from studio.vision.segment import Segmentation, segment

__all__ = ["PhotoReading", "Segmentation", "read_photo", "segment"]
