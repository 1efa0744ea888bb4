"""The page's named endpoints through gradio_client, bad payloads included, and what the page must never do."""

import json
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError
from pypdf import PdfReader

from studio.design import GarmentDesign, starting_design

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def client(address, tmp_path_factory):
    return Client(address, verbose=False, download_files=str(tmp_path_factory.mktemp("fetched")))


def refused(client, *values, api_name):
    """The message that a call is refused with."""
    with pytest.raises(AppError) as caught:
        client.predict(*values, api_name=api_name)
    return str(caught.value)


def test_only_the_named_endpoints_are_public(client):
    assert set(client.view_api(return_format="dict", print_info=False)["named_endpoints"]) == {
        "/draft",
        "/read_text",
        "/read_photo",
        "/export",
    }


@pytest.mark.parametrize("kind", ["shirt", "dress", "skirt", "pants", "jacket", "hoodie", "vest", "jeans"])
def test_draft_gives_design_findings_and_seams(client, kind):
    answer = client.predict(kind, {}, api_name="/draft")
    assert GarmentDesign.checked(answer["design"])
    assert answer["sewable"]
    assert answer["seams"]
    assert all(abs(seam["mismatch_mm"]) <= 2 for seam in answer["seams"])
    assert all(size["width_cm"] > 1 for size in answer["pieces"].values())


def test_draft_takes_measurements_features_and_style(client):
    answer = client.predict("dress", {"bust": 104, "has_pockets": True, "neckline": "v", "fit": "loose"}, api_name="/draft")
    design = GarmentDesign.checked(answer["design"])
    assert design == starting_design("dress").changed({"bust": 104, "has_pockets": True, "neckline": "v", "fit": "loose"})


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ('{"bust": NaN}', ("bust", "40", "200")),
        ({"bust": -5}, ("bust", "40", "200")),
        ({"sleeve_length": 1_000_000}, ("sleeve_length", "0", "90")),
        ({"bust": "wide"}, ("bust", "40", "200")),
        ({"bust": [1, 2]}, ("bust", "40", "200")),
        ({"bust": True}, ("bust", "40", "200")),
        ({"bustt": 90}, ("bustt", "bust")),
        ({"has_hood": "maybe"}, ("has_hood",)),
        ({"neckline": "triangle"}, ("neckline", "crew")),
        ("[1, 2]", ("params", "object")),
        ("not json", ("params", "JSON")),
        ("[" * 100_000, ("params", "JSON")),
        ("x" * 1_000_000, ("params", "1,000,000")),
    ],
)
def test_draft_refuses_bad_values_by_name_and_bounds(client, params, words):
    message = refused(client, "shirt", params, api_name="/draft")
    assert all(word in message for word in words), message
    assert "Traceback" not in message


@pytest.mark.parametrize("kind", ["sock", "", 5, None, ["shirt"]])
def test_draft_refuses_unknown_garments(client, kind):
    assert "garment type" in refused(client, kind, {}, api_name="/draft")


def test_read_text_makes_and_edits_a_design(client):
    made = client.predict("a red midi skirt, waist 70", None, api_name="/read_text")
    assert made["action"] == "create"
    assert made["design"]["measurements"]["waist"] == 70
    edited = client.predict("make it 5 cm longer", made["design"], api_name="/read_text")
    assert edited["action"].startswith("edit")
    assert edited["design"] != made["design"]
    assert edited["reply"]


@pytest.mark.parametrize("text", ["", "   ", "<img src=x onerror=alert(1)>", "${alert(1)}", "🧵" * 50])
def test_read_text_answers_any_text(client, text):
    answer = client.predict(text, None, api_name="/read_text")
    assert answer["reply"]
    assert answer["design"] is None


def test_read_text_refuses_a_megabyte_and_a_bad_design(client):
    assert "1,000,000" in refused(client, "a" * 1_000_000, None, api_name="/read_text")
    assert "bust" in refused(client, "longer", {"garment_type": "shirt", "measurements": {"bust": 1e9}}, api_name="/read_text")
    assert "text" in refused(client, 7, None, api_name="/read_text")


def test_read_photo_gives_a_design_and_its_assumptions(client, garment_photo):
    answer = client.predict(handle_file(str(garment_photo)), api_name="/read_photo")
    assert GarmentDesign.checked(answer["design"])
    assert sum(answer["types"].values()) == pytest.approx(1, abs=0.01)
    assert 0.02 < answer["mask_share"] < 0.98
    assert answer["notes"]


def test_read_photo_refuses_what_is_no_photo(client, bare_photo, tmp_path):
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n" + b"no picture" * 40)
    words = tmp_path / "words.jpg"
    words.write_text("<svg onload=alert(1)>")
    assert "garment" in refused(client, handle_file(str(bare_photo)), api_name="/read_photo")
    assert "broken.png" in refused(client, handle_file(str(broken)), api_name="/read_photo")
    assert "words.jpg" in refused(client, handle_file(str(words)), api_name="/read_photo")
    assert "photo" in refused(client, None, api_name="/read_photo")


@pytest.mark.parametrize("form", ["pdf", "svg", "png", "json"])
def test_export_writes_every_format(client, form):
    design = starting_design("skirt").model_dump(mode="json")
    path = Path(client.predict(design, form, api_name="/export"))
    content = path.read_bytes()
    assert path.name == f"skirt_pattern.{form}"
    assert content.startswith({"pdf": b"%PDF", "svg": b"<?xml", "png": b"\x89PNG", "json": b"{"}[form])
    if form == "pdf":
        assert len(PdfReader(path).pages) == 1
    if form == "json":
        assert GarmentDesign.from_json(content.decode()) == starting_design("skirt")


def test_export_refuses_unknown_formats_and_designs(client):
    design = starting_design("skirt").model_dump(mode="json")
    assert "pdf, a4.pdf, letter.pdf, a3.pdf, a0.pdf, svg" in refused(client, design, "exe", api_name="/export")
    assert "format" in refused(client, design, "../../etc/passwd", api_name="/export")
    assert "design" in refused(client, {}, "pdf", api_name="/export")
    assert "garment_type" in refused(client, {"fit": "loose"}, "pdf", api_name="/export")


def test_files_of_the_machine_are_not_served(address):
    for path in ("/etc/passwd", str(ROOT / "app.py"), str(ROOT / "assets" / "garment_type.json")):
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(f"{address}gradio_api/file={path}")
        assert caught.value.code in (403, 404)
        caught.value.close()


def test_the_page_asks_nobody_else_for_anything(address):
    with urllib.request.urlopen(address) as answer:
        page = answer.read().decode()
    with urllib.request.urlopen(f"{address}theme.css") as answer:
        style = answer.read().decode()
    assert "fonts.googleapis" not in page + style
    with urllib.request.urlopen(f"{address}config") as answer:
        config = json.loads(answer.read())
    assert not config["analytics_enabled"]


def test_importing_app_starts_nothing_and_loads_no_torch():
    code = "import sys, threading, app; assert 'torch' not in sys.modules; assert threading.active_count() < 4; print('fine')"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=90, check=False)
    assert done.stdout.strip() == "fine", done.stderr


def test_a_port_that_is_no_number_is_refused():
    done = subprocess.run(
        [sys.executable, "app.py", "--port", "x"], cwd=ROOT, capture_output=True, text=True, timeout=90, check=False
    )
    assert done.returncode == 2
    assert "--port" in done.stderr
