"""The golden patterns: every line of every piece where it was when somebody last looked at it."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from tests.golden import FOLDER, GOLDEN, drawn, golden_design, kept, read_drawing

TOLERANCE_MM = 0.05
LARGEST_FILE = 200_000
LARGEST_FOLDER = 1_200_000


@pytest.mark.parametrize("name", GOLDEN)
def test_a_garment_is_drawn_as_it_was_looked_at(name):
    fresh, golden = read_drawing(drawn(name)), read_drawing(kept(name))
    assert fresh.keys() == golden.keys()
    for place, was in golden.items():
        now = fresh[place]
        assert now.words == was.words, place
        assert [path.shape for path in now.paths] == [path.shape for path in was.paths], place
        for path, old in zip(now.paths, was.paths, strict=True):
            moved = np.abs(path - old).max()
            assert moved <= TOLERANCE_MM, f"{place}: a line moved by {moved:.2f} mm"


def test_a_moved_line_is_noticed():
    svg = kept("vest")
    where = svg.index(b'<path d="M') + len(b'<path d="M')
    number = svg[where : svg.index(b",", where)]
    other = svg.replace(b'<path d="M' + number, b'<path d="M' + str(float(number) + 0.2).encode(), 1)
    one, two = read_drawing(svg), read_drawing(other)
    shifts = [
        np.abs(a - b).max()
        for place in one
        for a, b in zip(one[place].paths, two[place].paths, strict=True)
        if a.shape == b.shape
    ]
    assert max(shifts) > TOLERANCE_MM


def test_the_golden_patterns_cover_every_garment_type_and_are_small():
    assert len({golden_design(name).garment_type for name in GOLDEN}) == 7
    sizes = {path.stem: path.stat().st_size for path in FOLDER.glob("*.svg")}
    assert sizes.keys() == GOLDEN.keys()
    assert max(sizes.values()) <= LARGEST_FILE
    assert sum(sizes.values()) <= LARGEST_FOLDER


@pytest.mark.parametrize("name", GOLDEN)
def test_every_golden_piece_can_be_cut(name):
    drawing = read_drawing(kept(name))
    pieces = {piece for _, piece in drawing}
    for layer, piece in itertools.product(("cut-lines", "grainlines", "labels"), pieces):
        assert (layer, piece) in drawing, f"{piece} has no {layer}"
