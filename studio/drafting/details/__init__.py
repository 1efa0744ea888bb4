"""Parts that every garment may have: bands, ribs, pockets, darts, marks."""
