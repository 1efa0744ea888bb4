"""What can go wrong, split by what the person can do about it."""

from __future__ import annotations


class StudioError(Exception):
    """Base of every error that is shown to the user as a plain sentence."""


class DesignError(StudioError):
    """A value in the design is unknown, of the wrong kind or out of bounds: change the value.

    `field` names the offending field, or is empty when several are at fault.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class DraftError(StudioError):
    """The values are each allowed but cannot be sewn together: the message says why."""


class PhotoError(StudioError):
    """The photo cannot be read or holds no garment: use another photo, or mark the garment."""


class MissingModel(StudioError):
    """Weights that this step needs are not there."""
