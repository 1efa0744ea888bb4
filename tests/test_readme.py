"""Every command that the README shows runs, word for word, in a folder that looks like the project."""

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import pattern_generator
from tests.pictures import tee_photo

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, flags=re.DOTALL)
COMMANDS = [line for language, block in BLOCKS if language == "bash" for line in block.strip().splitlines()]
RUNNABLE = [command for command in COMMANDS if command.startswith("python ")]
FRESH = [command for command in COMMANDS if command.startswith("pip ")]


@pytest.fixture
def project(tmp_path):
    """A folder with the project's files, where commands may write."""
    for entry in ROOT.iterdir():
        if not entry.name.startswith("."):
            (tmp_path / entry.name).symlink_to(entry)
    tee_photo().save(tmp_path / "photo.jpg")
    return tmp_path


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
        env=os.environ | {"PYTHONPATH": str(folder)},
    )
    assert done.returncode == 0, done.stderr
    return done


@pytest.mark.parametrize("command", RUNNABLE)
def test_command_runs(command, project):
    words = shlex.split(command)
    _run([sys.executable, *words[1:]], project)
    if "--out" in words:
        out = project / words[words.index("--out") + 1]
        assert out.exists()
        assert any(out.iterdir()) if out.is_dir() else out.stat().st_size > 500


def test_python_example_runs(project):
    example = next(block for language, block in BLOCKS if language == "python")
    done = _run([sys.executable, "-c", example], project)
    assert int(done.stdout.strip()) >= 7, "six pieces and the mannequin"
    assert (project / "test_dress.html").stat().st_size > 10_000


def test_fresh_machine_commands_are_the_two_promised():
    assert FRESH == [
        "pip install -r requirements.txt && python app.py",
        "pip install -r requirements-dev.txt && python -m pytest",
    ]
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "requirements-dev.txt && python -m pytest" in ci


def test_space_front_matter_matches_the_pins():
    pins = dict(line.split("==") for line in (ROOT / "requirements.txt").read_text().splitlines() if "==" in line)
    assert f"sdk_version: {pins['gradio']}" in README
    assert "app_file: app.py" in README
    assert 'python_version: "3.11"' in README
    assert (ROOT / "docs" / "screenshot.png").stat().st_size > 20_000


def test_links_in_the_readme_exist():
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_front_door_examples():
    assert doctest.testmod(pattern_generator, extraglobs={"starting_design": pattern_generator.starting_design}).failed == 0
