"""Pattern -> file, one module per format. `WRITERS` maps a file suffix to a function from Pattern to bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from studio.export.design_json import design_json
from studio.export.pdf import pattern_pdf
from studio.export.svg import pattern_svg
from studio.pattern import Pattern


def pattern_png(pattern: Pattern) -> bytes:
    """The pattern as a picture; matplotlib is loaded on first use."""
    from studio.export import figure

    return figure.pattern_png(pattern)


WRITERS: Mapping[str, Callable[[Pattern], bytes]] = {
    ".pdf": pattern_pdf,
    ".svg": pattern_svg,
    ".png": pattern_png,
    ".json": design_json,
}
