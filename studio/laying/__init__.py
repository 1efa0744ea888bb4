"""How each part of a garment lies on the table: the formulas behind `studio.flat`."""
