"""Front and back: bodice, shaping, yokes, openings and their facings."""
