"""Pattern -> paper: seam and hem allowances, cutting lines, notches, folds and pairs."""

from studio.cutting.allowance import edge_allowances
from studio.cutting.pieces_on_paper import paper_pieces

__all__ = ["edge_allowances", "paper_pieces"]
