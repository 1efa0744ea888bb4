"""Who may import whom (the table of docs/decisions/0001-layers.md); a file without a row fails."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = {
    "studio.design",
    "studio.fields",
    "studio.vocabulary",
    "studio.sizing",
    "studio.pattern",
    "studio.paper",
    "studio.workshop",
    "studio.sizes",
    "studio.finished",
    "studio.flat",
    "studio.laying",
    "studio.body",
    "studio.assembly",
    "studio.bodyform",
    "studio.textures",
    "studio.weaves",
    "studio.prints",
    "studio.session",
    "studio.history",
}
GROUND = {"studio.arrays", "studio.curves", "studio.errors", "studio.images", "studio.commands", "studio.settings"}
BASE = DOCUMENTS | GROUND
FRONT_DOORS = {"app", "pattern_generator", "garment_3d", "refinement_loop"}

ROWS: dict[str, set[str]] = {
    "app": {
        "pattern_generator",
        "garment_3d",
        "refinement_loop",
        "rag",
        "studio.ui",
        "studio.vision",
        "studio.language",
        "studio.export",
        "studio.importing",
        *BASE,
    },
    "pattern_generator": {
        "studio.drafting",
        "studio.checking",
        "studio.cutting",
        "studio.making",
        "studio.export",
        "studio.importing",
        *BASE,
    },
    "garment_3d": {"studio.wrapping", "studio.draping", "studio.judging", "studio.export", *BASE},
    "refinement_loop": {"garment_3d", "pattern_generator", "studio.judging", "studio.language", "studio.vision", *BASE},
    "studio.ui": {"rag.records", "studio.ui", *BASE},
    "studio.drafting": {"studio.drafting", *BASE},
    "studio.checking": {"studio.checking", "studio.cutting", *BASE},
    "studio.cutting": {"studio.cutting", *BASE},
    "studio.making": {"studio.making", *BASE},
    "studio.export": {"studio.export", "studio.cutting", "studio.making", *BASE},
    "studio.importing": {"studio.importing", *BASE},
    "studio.wrapping": {"studio.wrapping", *BASE},
    "studio.draping": {"studio.draping", *BASE},
    "studio.judging": {"studio.judging", *BASE},
    "studio.vision": {"studio.vision", *BASE},
    "studio.language": {"studio.language", *BASE},
    "rag": {"rag", "studio.flat", *GROUND},
    **dict.fromkeys(DOCUMENTS, BASE),
    **dict.fromkeys(GROUND - {"studio.commands"}, GROUND),
    "studio.commands": BASE,
    "studio": set(),
}
LATE = {("garment_3d", "pattern_generator")}
"""Imports allowed inside main() only: the command line of garment_3d drafts the pieces it dresses the body with."""
HEAVY = {"torch", "transformers", "diffusers"}
HEAVY_DOORS = {"studio.vision.type_net", "rag.models"}


def _modules() -> list[tuple[str, Path]]:
    files = [*ROOT.glob("*.py"), *ROOT.glob("studio/**/*.py"), *ROOT.glob("rag/**/*.py")]
    return [
        (".".join(f.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), f)
        for f in files
        if f.name != "conftest.py"
    ]


def _row(module: str) -> str | None:
    return max(
        (row for row in ROWS if module == row or (module.startswith(f"{row}.") and row != "studio")), key=len, default=None
    )


def _imports(path: Path) -> list[tuple[str, bool]]:
    """(module, at top level) of every import in a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = []
    for node in ast.walk(tree):
        top = node in tree.body
        if isinstance(node, ast.Import):
            found += [(alias.name, top) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.append((node.module or "", top))
    return found


@pytest.mark.parametrize(("module", "path"), _modules(), ids=lambda value: value if isinstance(value, str) else "")
def test_imports_follow_the_table(module, path):
    row = _row(module)
    assert row is not None, f"{module} has no row in the layer table"
    for imported, top in _imports(path):
        if imported.split(".")[0] not in {"studio", "rag", *FRONT_DOORS}:
            continue
        allowed = any(imported == a or imported.startswith(f"{a}.") for a in ROWS[row])
        assert allowed or ((module, imported) in LATE and not top), f"{module} ({row}) may not import {imported}"


@pytest.mark.parametrize(("module", "path"), _modules(), ids=lambda value: value if isinstance(value, str) else "")
def test_heavy_packages_come_in_through_one_door(module, path):
    heavy = {name.split(".")[0] for name, _ in _imports(path)} & HEAVY
    assert not heavy or any(module == door or module.startswith(f"{door}.") for door in HEAVY_DOORS), f"{module} imports {heavy}"


def test_importing_the_app_loads_no_heavy_package():
    code = "import sys, app; print(sorted({'torch', 'transformers', 'diffusers'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stdout.strip().endswith("[]")


def test_source_files_stay_readable():
    for module, path in _modules():
        lines = len(path.read_text(encoding="utf-8").splitlines())
        assert lines <= 400, f"{module} has {lines} lines"
