"""JSON text from anywhere, read with bounds: size, depth, finite numbers only."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from studio.errors import DesignError

MAX_BYTES = 8_000_000


def text_of(data: bytes | str, *, what: str) -> str:
    """The text of a file. Raises DesignError if it is too large or not UTF-8."""
    if len(data) > MAX_BYTES:
        raise DesignError(f"this {what} has {len(data) / 1e6:.0f} MB; the most is {MAX_BYTES / 1e6:.0f} MB")
    if isinstance(data, str):
        return data
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DesignError(f"this {what} is not UTF-8 text") from None


def json_object(data: bytes | str, *, what: str) -> dict[str, Any]:
    """The JSON object of a file. Raises DesignError for anything else, also for NaN and infinities."""
    try:
        values = json.loads(text_of(data, what=what), parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise DesignError(f"this {what} is not a JSON file: {reason}") from None
    if not isinstance(values, dict):
        raise DesignError(f"a {what} holds one JSON object, {{...}}")
    return values


def _refused(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a number")
