"""From the paper pieces to the workshop: what to cut, what to buy, how the pieces lie on the cloth, in which order to sew."""

from __future__ import annotations

from collections.abc import Sequence

from studio.finished import finished_measures
from studio.making.cut_list import cut_list, supplies
from studio.making.marker import markers
from studio.making.sewing_order import sewing_order
from studio.paper import PaperPiece
from studio.pattern import Pattern
from studio.workshop import Workshop

__all__ = ["cut_list", "markers", "sewing_order", "supplies", "workshop"]


def workshop(pattern: Pattern, papers: Sequence[PaperPiece]) -> Workshop:
    """Finished measures, cut list, what to buy and the order of sewing of a pattern."""
    return Workshop(finished_measures(pattern), cut_list(papers), supplies(pattern, papers), sewing_order(pattern))
