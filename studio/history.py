"""One design document with its past: every change is a patch against a revision, none overwrites another.

A surface (slider, words, photo, chat) reads a `Snapshot`, and sends what it wants changed with the revision it had seen.
If the document has moved on meanwhile, the flat patch is laid on the present design: so a slow answer never takes back
a value that somebody set while it was working.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from studio.design import GarmentDesign, starting_design
from studio.fields import SECTION_OF

COALESCE_SECONDS = 1.0
MAX_STEPS = 200


@dataclass(frozen=True)
class Snapshot:
    """The document at one moment. `revision` only ever grows, also by undo and redo."""

    design: GarmentDesign
    revision: int
    undo_title: str
    redo_title: str

    @property
    def can_undo(self) -> bool:
        return bool(self.undo_title)

    @property
    def can_redo(self) -> bool:
        return bool(self.redo_title)


@dataclass(frozen=True)
class Patch:
    """Flat changes wanted by somebody who had seen revision `base`.

    Patches of the same `control` within COALESCE_SECONDS are one step of the history, and those of the same `stroke`
    (one slider drag, named by its surface) however long it takes; '' never joins. `title` says in a few words what
    undo takes back.
    """

    changes: Mapping[str, object]
    base: int
    control: str = ""
    stroke: str = ""
    title: str = "change"


@dataclass(frozen=True)
class _Step:
    """A design that was reached, how, and when (seconds of the clock)."""

    design: GarmentDesign
    title: str
    control: str
    stroke: str
    at_seconds: float

    def takes(self, other: _Step) -> bool:
        """Whether `other` is part of the same movement."""
        soon = other.at_seconds - self.at_seconds <= COALESCE_SECONDS
        same_stroke = bool(other.stroke) and other.stroke == self.stroke
        return bool(other.control) and other.control == self.control and (soon or same_stroke)


def differences(old: GarmentDesign, new: GarmentDesign) -> dict[str, object]:
    """The flat changes that lead from `old` to `new`; plain values, `None` where a measurement was given up."""
    before, after = flat(old), flat(new)
    return {name: after[name] for name in SECTION_OF if before[name] != after[name]}


def flat(design: GarmentDesign) -> dict[str, object]:
    """Every flat field of the document with its plain value."""
    plain = design.model_dump(mode="json")
    return {name: (plain[section] if section else plain)[name] for name, section in SECTION_OF.items()}


class Document:
    """A design shared by all surfaces of one visitor; safe to call from several threads.

    `check` is called with every new design before it is taken; what it raises leaves the document as it was.
    """

    def __init__(
        self,
        design: GarmentDesign | None = None,
        *,
        check: Callable[[GarmentDesign], object] = lambda design: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        start = design or starting_design("shirt")
        self._lock = threading.RLock()
        self._check = check
        self._clock = clock
        self._steps = [_Step(start, "start", "", "", clock())]
        self._at = 0
        self._revision = 0

    def snapshot(self) -> Snapshot:
        with self._lock:
            undo = self._steps[self._at].title if self._at else ""
            redo = self._steps[self._at + 1].title if self._at + 1 < len(self._steps) else ""
            return Snapshot(self._steps[self._at].design, self._revision, undo, redo)

    def apply(self, patch: Patch) -> Snapshot:
        """The document with `patch` laid on its present design. Raises DesignError or DraftError; then nothing changed."""
        with self._lock:
            present = self._steps[self._at].design
            return self._take(present.changed(patch.changes), title=patch.title, control=patch.control, stroke=patch.stroke)

    def propose(self, new: GarmentDesign, *, seen: Snapshot, title: str) -> Snapshot:
        """A design that was worked out from `seen`. Re-based when the document has moved on. Raises as `apply`."""
        with self._lock:
            if self._revision == seen.revision:
                return self._take(new, title=title)
            return self.apply(Patch(differences(seen.design, new), seen.revision, title=title))

    def start_over(self, new: GarmentDesign, *, title: str) -> Snapshot:
        """Another garment in place of the present one; undo brings the old one back. Raises as `apply`."""
        with self._lock:
            return self._take(new, title=title)

    def undo(self) -> Snapshot:
        """One step back; at the start nothing happens."""
        return self._walk(-1)

    def redo(self) -> Snapshot:
        """One step forward again; at the newest nothing happens."""
        return self._walk(1)

    def _walk(self, by: int) -> Snapshot:
        with self._lock:
            if 0 <= self._at + by < len(self._steps):
                self._at += by
                self._revision += 1
                self._steps[self._at] = replace(self._steps[self._at], control="", stroke="")
            return self.snapshot()

    def _take(self, design: GarmentDesign, *, title: str, control: str = "", stroke: str = "") -> Snapshot:
        present = self._steps[self._at]
        if design == present.design:
            return self.snapshot()
        self._check(design)
        step = _Step(design, title, control, stroke, self._clock())
        if self._at and present.takes(step):
            self._steps[self._at :] = [step]
        else:
            self._steps[self._at + 1 :] = [step]
            del self._steps[: max(0, len(self._steps) - MAX_STEPS)]
            self._at = len(self._steps) - 1
        self._revision += 1
        return self.snapshot()
