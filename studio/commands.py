"""What the front doors' command lines share: a design from arguments, and errors as one line with exit code 2."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable
from pathlib import Path

from studio.design import GarmentDesign, starting_design
from studio.errors import DesignError, StudioError
from studio.fields import Measurements

_WORDS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def add_design_arguments(parser: argparse.ArgumentParser) -> None:
    """--garment, --design and repeatable --set key=value."""
    parser.add_argument(
        "--garment", default=None, help="shirt, dress, skirt, pants, jacket, hoodie, vest (or blouse, jeans, blazer ...)"
    )
    parser.add_argument("--design", type=Path, default=None, help="a design saved as JSON; --garment and --set change it")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="a measurement in cm, a has_* flag or a style word; may repeat",
    )


def design_from(options: argparse.Namespace) -> GarmentDesign:
    """The design the arguments describe. Raises DesignError."""
    if options.design is not None:
        try:
            design = GarmentDesign.from_json(options.design.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise DesignError(f"cannot read the design {options.design}: {error}", field="design") from None
        if options.garment:
            design = design.changed({"garment_type": options.garment})
    elif options.garment:
        design = starting_design(options.garment)
    else:
        raise DesignError("name a garment with --garment or a design file with --design", field="garment_type")
    changes = dict(_pair(text) for text in options.set)
    return design.changed(changes)


def _pair(text: str) -> tuple[str, object]:
    key, equals, value = text.partition("=")
    key, value = key.strip(), value.strip()
    if not equals or not key or not value:
        raise DesignError(f"--set takes KEY=VALUE, not {text[:60]!r}", field=key)
    if key in Measurements.model_fields:
        try:
            return key, float(value)
        except ValueError:
            return key, value
    return key, _WORDS.get(value.lower(), value)


def run(work: Callable[[], None]) -> int:
    """Exit code of a command: 0, or 2 with one line on stderr for an error the user can mend."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    try:
        work()
    except StudioError as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    except OSError as error:
        sys.stderr.write(f"error: cannot write: {error}\n")
        return 2
    return 0
