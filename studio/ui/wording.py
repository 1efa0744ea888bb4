"""What the Text and Chat tabs need of a reader of sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from studio.design import GarmentDesign


class TextReading(Protocol):
    """What a sentence means: an action word, the design it leads to (or the one given), and the answer to say."""

    @property
    def action(self) -> str: ...
    @property
    def design(self) -> GarmentDesign | None: ...
    @property
    def reply(self) -> str: ...


ReadText = Callable[[str, GarmentDesign | None], TextReading]
