"""Flat pieces onto the body: triangulate, place each piece on its surface, sew the seams closed."""
