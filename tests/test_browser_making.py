"""What the page shows of the making: cutting lines, seams lit up, sizes, marker, file formats, cloth; in a real Chromium."""

import json
import re

from pattern_generator import draft_pattern
from studio.design import starting_design
from tests.pages import look, open_file, say, wait_revision


def test_the_sheet_shows_cutting_lines_flat_and_sizes(opened):
    page = opened()
    style = (
        "(() => { const s = getComputedStyle(document.querySelector('#rail label')); return s.fontSize + s.color + s.fill })()"
    )
    before = page.evaluate(style)
    look(page, "cutting")
    assert page.locator(".sheet svg #cut-lines path").count() >= 8
    page.get_by_label("Seam allowance, cm").fill("2")
    page.get_by_label("Seam allowance, cm").press("Enter")
    wait_revision(page, 1)
    assert page.locator(".looks button[data-look=cutting]").get_attribute("aria-pressed") == "true", "a change keeps the look"
    look(page, "flat")
    assert page.locator(".sheet svg .outline").count() == 2
    look(page, "sizes")
    assert page.locator(".sheet svg text", has_text="3XL").count() >= 1
    look(page, "pattern")
    assert page.locator(".sheet g[data-piece]").count() == len(draft_pattern(starting_design("shirt")))
    assert page.evaluate(style) == before, "no style leaks from a drawing"


def test_a_seam_lights_up_both_its_edges(opened):
    page = opened()
    page.locator(".seams summary").click()
    row = page.locator(".seams tbody tr", has_text="Left side").or_(page.locator(".seams tbody tr", has_text="left side")).first
    row.hover()
    lit = page.locator(".sheet .edge.lit").evaluate_all("all => all.map(e => e.dataset.edge.split('.')[0])")
    assert {"front_bodice_left", "back_bodice"} <= set(lit)
    page.locator("#top").hover()
    assert page.locator(".sheet .edge.lit").count() == 0
    assert page.locator(".check.good").count() == 12


def test_a_finding_of_a_check_marks_its_piece(opened):
    page = opened()
    page.get_by_label("Fabric width, cm").fill("50")
    page.get_by_label("Fabric width, cm").press("Enter")
    page.locator(".finding.warning", has_text="C11").first.wait_for()
    assert page.locator(".check.look", has_text="C11").count() == 1
    page.locator(".finding.warning", has_text="C11").first.hover()
    assert page.locator(".sheet .piece.lit").count() == 1


def test_standard_size_sets_the_body(opened):
    page = opened()
    page.get_by_label("Standard size").select_option("women XL")
    wait_revision(page, 1)
    assert page.locator("#field-bust").input_value() == "113"
    assert page.locator("#field-size").input_value() == "women XL"
    page.get_by_label("Bust, cm").fill("150")
    page.get_by_label("Bust, cm").press("Enter")
    wait_revision(page, 2)
    page.locator("#undo").click()
    wait_revision(page, 3)
    assert page.locator("#field-bust").input_value() == "113"


def test_make_tab_follows_and_lays_the_marker(opened):
    page = opened()
    page.get_by_role("tab", name="Make").click()
    page.locator(".make ol li").first.wait_for()
    assert page.locator(".make td", has_text="cut 1 pair").count() >= 3
    bust = page.locator(".make tr", has_text="Bust").first.inner_text()
    page.locator("#lay").click()
    page.locator(".laid img").wait_for(timeout=30_000)
    assert re.search(r"\d+ cm of 150 cm cloth, \d+% used", page.locator(".laid").inner_text())
    page.get_by_role("tab", name="Manual").click()
    page.get_by_label("Bust, cm").fill("120")
    page.get_by_label("Bust, cm").press("Enter")
    wait_revision(page, 1)
    page.get_by_role("tab", name="Make").click()
    page.wait_for_function("(old) => !document.querySelector('.make')?.innerText.includes(old)", arg=bust)


def test_more_formats_and_foreign_measurements(opened, tmp_path):
    page = opened()
    page.locator("#save-more input").click()
    with page.expect_download() as download:
        page.get_by_role("option", name="GarmentCode JSON").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.name == "shirt_pattern.garmentcode.json"
    assert "panels" in json.loads(path.read_text())["pattern"]
    say(page, "make it a dress")
    wait_revision(page, 1)
    open_file(page, path)
    page.locator("#notice", has_text="GarmentCode").wait_for()
    assert page.locator(".status .kind").inner_text() == "Shirt"
    body = tmp_path / "me.vit"
    body.write_text('<vit><unit>inch</unit><body-measurements><m name="bust_circ" value="40"/></body-measurements></vit>')
    open_file(page, body)
    page.locator("#notice", has_text="bust").wait_for()
    page.get_by_role("tab", name="Manual").click()
    assert page.locator("#field-bust").input_value() == "101.5"


def test_a_reload_offers_the_last_garment(opened, browser):
    context = browser.new_context()
    page = opened(context=context)
    assert page.locator(".status .again").count() == 0
    page.get_by_label("Garment type").select_option("vest")
    wait_revision(page, 1)
    page.reload()
    page.locator(".status .again").click()
    page.locator(".status .kind", has_text="Vest").wait_for()
    page.locator("#undo").click()
    page.locator(".status .kind", has_text="Shirt").wait_for()
    page.evaluate("localStorage.setItem('garment-pattern-studio', '{broken')")
    page.reload()
    page.locator(".status .again").click()
    page.locator("#notice .refused", has_text="JSON").wait_for()
    context.close()


def test_the_garment_in_its_cloth(opened):
    page = opened()
    models = []
    page.on("response", lambda answer: models.append(answer) if ".glb" in answer.url else None)
    page.locator(".worn button[data-shows=cloth]").click()
    page.locator("#model canvas").wait_for(timeout=30_000)
    page.wait_for_timeout(4000)
    assert models
    assert models[-1].body()[:4] == b"glTF"
    assert page.locator("#body").evaluate("e => getComputedStyle(e).visibility") == "hidden"
    page.get_by_label("Print").select_option("check")
    wait_revision(page, 1)
    page.wait_for_timeout(2500)
    assert len({answer.url for answer in models}) >= 2, "a change makes a new model"
    seen = len(models)
    page.locator(".worn button[data-shows=draped]").click()
    for _ in range(80):
        if len(models) > seen:
            break
        page.wait_for_timeout(500)
    assert len(models) > seen, "the draped model arrives, compiled or not"
    page.locator(".worn button[data-shows=pieces]").click()
    assert page.locator("#body").evaluate("e => getComputedStyle(e).visibility") == "visible"
