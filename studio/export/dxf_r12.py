"""The few DXF R12 entities that pattern exchange needs, written by hand: group codes and values, millimetres.

A library would add $Model_Space and $Paper_Space blocks, and cutting-room programs take every block for a piece.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from studio.arrays import Point2, Points2

Tag = tuple[int, str]
Tags = list[Tag]


def number(value: float) -> str:
    """A length in mm to a thousandth."""
    return f"{value:.3f}" if abs(value) >= 0.0005 else "0.000"


def _at(place: Point2, code: int = 10) -> Tags:
    x, y = place.tolist()
    return [(code, number(x)), (code + 10, number(y))]


def polyline(points: Points2, layer: str, *, closed: bool) -> Tags:
    """A POLYLINE through (n, 2) points."""
    tags: Tags = [(0, "POLYLINE"), (8, layer), (66, "1"), (70, "1" if closed else "0")]
    for point in points:
        tags += [(0, "VERTEX"), (8, layer), *_at(point)]
    return [*tags, (0, "SEQEND"), (8, layer)]


def line(start: Point2, end: Point2, layer: str) -> Tags:
    return [(0, "LINE"), (8, layer), *_at(start), *_at(end, 11)]


def mark(place: Point2, layer: str, *, depth: float | None = None, direction: float | None = None) -> Tags:
    """A POINT; of a notch, `depth` in mm is its thickness and `direction` in degrees its angle."""
    tags: Tags = [(0, "POINT"), (8, layer), *_at(place)]
    if depth is not None:
        tags.append((39, number(depth)))
    if direction is not None:
        tags.append((50, number(direction)))
    return tags


def text(words: str, place: Point2, layer: str, *, height: float = 5.0) -> Tags:
    """A TEXT line in ASCII; what is not is written as a question mark."""
    return [(0, "TEXT"), (8, layer), *_at(place), (40, number(height)), (1, words.encode("ascii", "replace").decode())]


def block(name: str, entities: Iterable[Tag]) -> Tags:
    head: Tags = [(0, "BLOCK"), (8, "1"), (2, name), (70, "0"), (10, "0.000"), (20, "0.000")]
    return [*head, *entities, (0, "ENDBLK"), (8, "1")]


def insert(name: str) -> Tags:
    """The block once, at the origin."""
    return [(0, "INSERT"), (8, "1"), (2, name), (10, "0.000"), (20, "0.000")]


def document(blocks: Iterable[Tag], entities: Iterable[Tag], *, layers: Sequence[str], size: tuple[Point2, Point2]) -> bytes:
    """A whole R12 file in mm: header, layer table, blocks, entities; `size` are the corners of what is drawn."""
    tags: Tags = [(0, "SECTION"), (2, "HEADER"), (9, "$ACADVER"), (1, "AC1009"), (9, "$INSUNITS"), (70, "4")]
    tags += [(9, "$MEASUREMENT"), (70, "1"), (9, "$EXTMIN"), *_at(size[0]), (9, "$EXTMAX"), *_at(size[1]), (0, "ENDSEC")]
    tags += [(0, "SECTION"), (2, "TABLES"), (0, "TABLE"), (2, "LAYER"), (70, str(len(layers)))]
    for layer in layers:
        tags += [(0, "LAYER"), (2, layer), (70, "0"), (62, "7"), (6, "CONTINUOUS")]
    tags += [(0, "ENDTAB"), (0, "ENDSEC"), (0, "SECTION"), (2, "BLOCKS"), *blocks, (0, "ENDSEC")]
    tags += [(0, "SECTION"), (2, "ENTITIES"), *entities, (0, "ENDSEC"), (0, "EOF")]
    return "".join(f"{code:>3}\n{value}\n" for code, value in tags).encode("ascii")
