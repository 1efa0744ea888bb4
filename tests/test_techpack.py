"""The tech pack says what the pattern says, and files of every kind are opened or refused in plain words."""

import io
import json

import pytest
from pypdf import PdfReader

import pattern_generator
from pattern_generator import EXPORTS, draft_pattern, findings_on_paper, main, sizes_of, techpack_of, workshop_of, writer_for
from studio.design import starting_design
from studio.errors import DesignError
from studio.importing.opened import open_file
from studio.vocabulary import GarmentType


@pytest.mark.parametrize("kind", GarmentType)
def test_tech_pack_holds_measures_pieces_materials_steps_and_sizes(kind):
    pattern = draft_pattern(starting_design(kind).changed({"has_pockets": True}))
    pages = PdfReader(io.BytesIO(techpack_of(pattern))).pages
    words = " ".join(page.extract_text() for page in pages)
    made = workshop_of(pattern)
    for measure in made.finished:
        assert measure.title in words
        assert f"{measure.value:.1f}" in words
    assert all(row.title in words and row.words in words for row in made.cut)
    assert all(f"{step.number}. {step.title}." in words for step in made.steps)
    assert all(f"{size.name}" in words for size in sizes_of(pattern))
    assert "3XL" in words
    assert all(abs(float(page.mediabox.width) - 595.28) < 1 for page in pages)


def test_every_format_writes_a_file_for_every_garment(tmp_path):
    quick = [suffix for suffix in EXPORTS if suffix != ".marker.svg"]
    for kind in ("skirt", "jacket"):
        pattern = draft_pattern(starting_design(kind))
        assert all(len(EXPORTS[suffix](pattern)) > 500 for suffix in quick)


def test_the_longest_suffix_counts(tmp_path):
    assert writer_for(tmp_path / "dress.a4.pdf") is EXPORTS[".a4.pdf"]
    assert writer_for(tmp_path / "my.dress.pdf") is EXPORTS[".pdf"]
    assert writer_for(tmp_path / "A.GarmentCode.JSON") is EXPORTS[".garmentcode.json"]
    with pytest.raises(DesignError, match=r"choose one of NAME\.a0\.pdf"):
        writer_for(tmp_path / "dress.exe")


def test_a_garmentcode_file_is_converted_as_it_is(tmp_path, capsys):
    file, out = tmp_path / "vest.garmentcode.json", tmp_path / "vest.dxf"
    assert main(["--garment", "vest", "--out", str(file)]) == 0
    assert main(["--from", str(file), "--out", str(out)]) == 0
    assert b"ENTITIES" in out.read_bytes()
    assert main(["--from", str(tmp_path / "nothing.json"), "--out", str(out)]) == 2
    assert "cannot read" in capsys.readouterr().err


def test_saved_designs_patterns_and_measurements_are_told_apart():
    design = starting_design("hoodie").changed({"bust": 101})
    assert open_file("x.json", design.to_json().encode()).design == design
    pattern = EXPORTS[".garmentcode.json"](draft_pattern(design))
    assert open_file("x.json", pattern).design == design
    body = open_file("anna.yaml", b"measurements:\n  chest: 900\n  waist: 720\nunits: metric\n")
    assert body.design is None
    assert body.changes == {"bust": pytest.approx(90), "waist": pytest.approx(72)}
    assert "bust" in body.said


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.json", b"{", "not a JSON file"),
        ("a.json", b"[1]", "one JSON object"),
        ("a.json", b'{"garment_type": "cape"}', "garment_type"),
        ("a.json", json.dumps({"pattern": {"panels": {}}}).encode(), "panels"),
        ("a.vit", b"<vit>", "measurement file"),
        ("a.smis", b'<!DOCTYPE x [<!ENTITY a "b">]><smis/>', "measurement file"),
        ("a.yaml", b"\xff\xfe", "UTF-8"),
        ("a.yaml", b"colour: blue", "measure"),
    ],
)
def test_broken_files_are_refused_in_plain_words(name, data, words):
    with pytest.raises(DesignError) as caught:
        open_file(name, data)
    assert words in str(caught.value)
    assert "Traceback" not in str(caught.value)


def test_foreign_garmentcode_says_how_to_convert_it():
    square = {"vertices": [[0, 0], [20, 0], [20, 30], [0, 30]], "edges": [{"endpoints": [k, (k + 1) % 4]} for k in range(4)]}
    foreign = {"pattern": {"panels": {"front": {"translation": [0, 0, 0], "rotation": [0, 0, 0], **square}}, "stitches": []}}
    with pytest.raises(DesignError, match="--from FILE"):
        open_file("x.json", json.dumps(foreign).encode())


def test_checks_on_paper_find_nothing_at_the_start():
    assert all(not findings_on_paper(starting_design(kind)) for kind in GarmentType)
    assert pattern_generator.EXPORTS.keys() >= {".a4.pdf", ".aama.dxf", ".techpack.pdf", ".graded.svg"}
