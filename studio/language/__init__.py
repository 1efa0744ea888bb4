"""Words to design changes: an offline parser, and the typed edits that a vision-language model writes too."""

from studio.language.edits import Edit, Op, apply_edits
from studio.language.read_text import MAX_CHARACTERS, Action, TextReading, read_text
from studio.language.reply import Change

__all__ = ["MAX_CHARACTERS", "Action", "Change", "Edit", "Op", "TextReading", "apply_edits", "read_text"]
