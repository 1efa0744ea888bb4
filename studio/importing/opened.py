"""Any file that the studio opens: a saved design, a GarmentCode pattern of ours, or a measurement set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from studio.design import GarmentDesign
from studio.errors import DesignError
from studio.fields import title_of
from studio.importing.garmentcode import read_garmentcode
from studio.importing.measurement_sets import read_measurements
from studio.importing.plain_json import json_object, text_of


@dataclass(frozen=True)
class Opened:
    """What a file holds: a whole `design`, or `changes` to the design in hand; `said` tells it in one sentence."""

    said: str
    design: GarmentDesign | None = None
    changes: Mapping[str, object] = field(default_factory=dict)


def open_file(name: str, data: bytes) -> Opened:
    """The design or the measurements in a file called `name`. Raises DesignError in plain words."""
    if not name.lower().endswith(".json"):
        return _measured(name, data)
    values = json_object(data, what="file")
    if "garment_type" in values:
        return Opened("Opened the saved design.", GarmentDesign.from_json(text_of(data, what="saved design")))
    if "pattern" in values or "panels" in values:
        design = read_garmentcode(data).design
        if design is None:
            raise DesignError(
                "this GarmentCode pattern was not made here: it holds pieces but no design to edit. "
                "Convert it on the command line: python pattern_generator.py --from FILE --out NAME.pdf"
            )
        return Opened("Opened the design of this GarmentCode pattern.", design)
    return _measured(name, data)


def _measured(name: str, data: bytes) -> Opened:
    read = read_measurements(name, data)
    if not read.changes:
        raise DesignError(f"there is no measurement in {name[:60]!r} that is known here")
    taken = ", ".join(title_of(field_name).lower() for field_name in read.changes)
    left = f"; {len(read.ignored)} others have no use here" if read.ignored else ""
    return Opened(f"Took over {taken} from the {read.system} file{left}.", changes=dict(read.changes))
