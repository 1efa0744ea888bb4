"""What all tabs share: the visitor's document, and the parts of the page that every change redraws."""

from __future__ import annotations

import logging
import weakref
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from studio.design import GarmentDesign
from studio.errors import StudioError
from studio.history import Document, Snapshot
from studio.pattern import Finding, Pattern
from studio.session import Sessions
from studio.ui.panel import panel_view
from studio.ui.report import report_view

log = logging.getLogger(__name__)

Drafting = Callable[[GarmentDesign], Pattern]
Checking = Callable[[GarmentDesign], Sequence[Finding]]
"""What is wrong with the cutting lines and notches of a design's pattern."""
Work = Callable[[Document], str]
"""A change to the document; gives the sentence that tells the visitor about it, '' for none."""


@dataclass(frozen=True)
class Available:
    """Something this installation can do, or not, and why."""

    name: str
    there: bool
    note: str


@dataclass(frozen=True)
class Look:
    """One way to see the pattern on the sheet: its button's words, and the SVG of it."""

    title: str
    draw: Callable[[Pattern], str]


@dataclass(frozen=True)
class Views:
    """The parts of the page that show the document."""

    sheet: gr.Component
    report: gr.Component
    panel: gr.Component
    status: gr.Component
    undo: gr.Component
    redo: gr.Component
    notice: gr.Component

    @property
    def components(self) -> list[gr.Component]:
        return [self.sheet, self.report, self.panel, self.status, self.undo, self.redo, self.notice]


class Desk:
    """The documents by session, and how a document is shown."""

    def __init__(
        self,
        sessions: Sessions,
        *,
        draft: Drafting,
        check_paper: Checking,
        looks: Mapping[str, Look],
        available: Callable[[], Sequence[Available]],
    ) -> None:
        self.sessions = sessions
        self._draft = draft
        self._check_paper = check_paper
        self._looks = looks
        self._looking: weakref.WeakKeyDictionary[Document, str] = weakref.WeakKeyDictionary()
        self._available = available

    def document(self, request: gr.Request) -> Document:
        """The document of the visitor who sent this request."""
        return self.sessions.of(request.session_hash or "")

    def pattern(self, design: GarmentDesign) -> Pattern:
        return self._draft(design)

    def look(self, request: gr.Request, name: object) -> dict[str, Any]:
        """The sheet of this visitor in another look, from now on; an unknown name changes nothing."""
        document = self.document(request)
        if isinstance(name, str) and name in self._looks:
            self._looking[document] = name
        seen = document.snapshot()
        return self._sheet(seen, self.pattern(seen.design), self._look_of(document))

    def full_report(self, request: gr.Request) -> dict[str, Any]:
        """The report of this visitor's pattern with its cutting lines checked as well."""
        design = self.document(request).snapshot().design
        return report_view(self.pattern(design), self._check_paper(design))

    def _look_of(self, document: Document) -> str:
        return self._looking.get(document, next(iter(self._looks)))

    def attempt(self, request: gr.Request, work: Work, *, answered: int | None = None) -> list[Any]:
        """The views after `work`, or, where it is refused, the document as it was and the reason."""
        document = self.document(request)
        try:
            text, tone = work(document), "said"
        except StudioError as error:
            text, tone = sentence(str(error)), "refused"
        return self.views(document, text=text, tone=tone, answered=answered)

    def views(self, document: Document, *, text: str = "", tone: str = "", answered: int | None = None) -> list[Any]:
        """New values for `Views.components`."""
        seen = document.snapshot()
        drawn = self._drawn(seen, self._look_of(document))
        if answered is not None:
            drawn["panel"] |= {"answered": answered, "refused": tone == "refused"}
        buttons = [gr.Button(interactive=seen.can_undo), gr.Button(interactive=seen.can_redo)]
        return [drawn["sheet"], drawn["report"], drawn["panel"], drawn["status"], *buttons, {"text": text, "tone": tone}]

    def first(self) -> dict[str, dict[str, Any]]:
        """The values that the page is built with: the design every visitor starts from."""
        start = self.sessions.start
        drawn = self._drawn(Snapshot(start, 0, "", ""), next(iter(self._looks)))
        return drawn | {"report": report_view(self.pattern(start), self._check_paper(start))}

    def _sheet(self, seen: Snapshot, pattern: Pattern, look: str) -> dict[str, Any]:
        return {
            "svg": self._looks[look].draw(pattern),
            "revision": seen.revision,
            "kind": f"{seen.design.garment_type} {look}",
            "look": look,
            "looks": [[name, each.title] for name, each in self._looks.items()],
        }

    def _drawn(self, seen: Snapshot, look: str) -> dict[str, dict[str, Any]]:
        pattern = self._draft(seen.design)
        available = [{"name": item.name, "there": item.there, "note": item.note} for item in self._available()]
        return {
            "sheet": self._sheet(seen, pattern, look),
            "report": report_view(pattern),
            "panel": panel_view(seen.design, seen.revision),
            "status": {
                "garment": seen.design.garment_type.capitalize(),
                "revision": seen.revision,
                "available": available,
                "design": seen.design.model_dump_json(),
            },
        }


def sentence(text: str) -> str:
    """`text` with a capital and a full stop."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")
