"""Sewn cloth on a body: the wrap's surfaces are welded along the pattern's seams and hang until they are at rest."""
