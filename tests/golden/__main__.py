"""Write the golden SVGs anew: `python -m tests.golden` in the folder of the project."""

from __future__ import annotations

import sys

from tests.golden import regenerate

sys.stdout.write("\n".join(["changed, now look at:", *regenerate()]) + "\n")
