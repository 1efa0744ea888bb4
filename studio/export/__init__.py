"""Pattern -> file, one module per format. `WRITERS` maps a file suffix to a function from Pattern to bytes.

Of several suffixes that a file name ends with, the longest counts: shirt.a4.pdf is printer pages, shirt.pdf one copyshop sheet.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping

from studio.export.design_json import design_json
from studio.export.dxf_pieces import aama_dxf, astm_dxf
from studio.export.flat_svg import pattern_flat_svg
from studio.export.garmentcode import garmentcode_json
from studio.export.pdf import Sheet, pattern_pdf
from studio.export.svg import pattern_svg
from studio.pattern import Pattern


def pattern_png(pattern: Pattern) -> bytes:
    """The pattern as a picture; matplotlib is loaded on first use."""
    from studio.export import figure

    return figure.pattern_png(pattern)


def flat_dxf(pattern: Pattern) -> bytes:
    """The pattern as flat DXF; ezdxf is loaded on first use."""
    from studio.export import dxf

    return dxf.flat_dxf(pattern)


WRITERS: Mapping[str, Callable[[Pattern], bytes]] = {
    ".pdf": pattern_pdf,
    ".a4.pdf": functools.partial(pattern_pdf, sheet=Sheet.A4),
    ".letter.pdf": functools.partial(pattern_pdf, sheet=Sheet.LETTER),
    ".a3.pdf": functools.partial(pattern_pdf, sheet=Sheet.A3),
    ".a0.pdf": functools.partial(pattern_pdf, sheet=Sheet.A0),
    ".svg": pattern_svg,
    ".flat.svg": pattern_flat_svg,
    ".png": pattern_png,
    ".json": design_json,
    ".garmentcode.json": garmentcode_json,
    ".dxf": flat_dxf,
    ".aama.dxf": aama_dxf,
    ".astm.dxf": astm_dxf,
}
