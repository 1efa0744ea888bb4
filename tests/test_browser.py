"""The real page in a real Chromium: photo, words, sliders, chat, undo, files, phone, hostile text, two visitors."""

import json
import re

import pytest
from pypdf import PdfReader

from pattern_generator import draft_pattern
from studio.design import GarmentDesign, starting_design
from studio.export.cover import FOOT
from studio.export.pdf import roll_sheet
from tests.pages import body_spread, open_file, outline, revision, save, say, wait_revision

POINTS_PER_CM = 72 / 2.54
HOSTILE = "<img src=x onerror=window.hurt=1> ${window.hurt=2} {{window.hurt=3}} <script>window.hurt=4</script> **b**"


def test_first_sight(opened):
    page = opened()
    assert page.title() == "Garment Pattern Studio"
    pieces = page.locator(".sheet g[data-piece]").evaluate_all("all => all.map(g => g.dataset.piece)")
    assert sorted(pieces) == sorted(draft_pattern(starting_design("shirt")))
    assert page.locator("#undo").is_disabled()
    boxes = [page.locator(place).bounding_box() for place in ("#rail", "#sheet", "#right")]
    assert boxes[0]["x"] < boxes[1]["x"] < boxes[2]["x"]
    assert all(box["y"] < 100 and box["height"] > 400 for box in boxes)
    assert "close" in page.locator(".seams summary").inner_text()
    page.locator(".seams summary").click()
    assert page.locator(".seams tbody tr.good").count() == len(draft_pattern(starting_design("shirt")).seam_checks)


def test_photo_to_pattern_and_correction(opened, garment_photo):
    page = opened()
    page.get_by_role("tab", name="Photo").click()
    page.locator("#photo input[type=file]").set_input_files(garment_photo)
    page.locator(".verdict .guess").nth(1).wait_for()
    wait_revision(page, 1)
    shown = page.locator("#photo img")
    page.wait_for_function("document.querySelector('#photo img')?.naturalWidth > 50")
    assert shown.is_visible()
    outlined = page.evaluate(
        """() => { const img = document.querySelector('#photo img'), c = document.createElement('canvas');
          c.width = img.naturalWidth; c.height = img.naturalHeight; const g = c.getContext('2d'); g.drawImage(img, 0, 0);
          const d = g.getImageData(0, 0, c.width, c.height).data; let n = 0;
          for (let k = 0; k < d.length; k += 4) if (d[k] > 200 && Math.abs(d[k + 1] - 106) < 40 && d[k + 2] < 80) n++;
          return n; }"""
    )
    assert outlined > 100
    assert re.search(r"\d+ %", page.locator(".verdict").inner_text())
    assert page.locator(".verdict .notes li").count() >= 1
    page.locator("#retype input").click()
    page.get_by_role("option", name="Skirt").click()
    wait_revision(page, 2)
    assert page.locator(".status .kind").inner_text() == "Skirt"


def test_bad_photo_leaves_the_design(opened, bare_photo, tmp_path):
    page = opened()
    say(page, "make it a dress")
    wait_revision(page, 1)
    before = outline(page)
    page.get_by_role("tab", name="Photo").click()
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n no picture")
    for bad, words in ((bare_photo, "garment"), (broken, "broken.png")):
        page.locator("#photo input[type=file]").set_input_files(bad)
        page.locator("#photo-said .refused", has_text=words).wait_for()
        assert "Your design is as it was" in page.locator("#photo-said").inner_text()
        page.get_by_label("Remove Image").click()
        page.locator("#photo-said .refused").wait_for(state="hidden")
    assert (outline(page), revision(page)) == (before, 1)


def test_slider_by_keyboard_and_mouse_redraws_both(opened):
    page = opened()
    flat, spread = outline(page), body_spread(page)
    slider = page.get_by_label("Bust", exact=True)
    slider.focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('#field-bust').value === '96'")
    page.wait_for_function("(old) => document.querySelector('.sheet path.piece').getAttribute('d') !== old", arg=flat)
    wait_revision(page, revision(page))
    assert body_spread(page) != spread
    flat = outline(page)
    box = page.locator("#field-sleeve_length").scroll_into_view_if_needed() or page.locator("#field-sleeve_length").bounding_box()
    start = revision(page)
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] / 2)
    page.mouse.down()
    for share in (0.55, 0.5, 0.45, 0.4):
        page.mouse.move(box["x"] + box["width"] * share, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    wait_revision(page, start + 1)
    page.wait_for_function("document.querySelector('#panel .length.set #field-sleeve_length')")
    value = float(page.locator("#field-sleeve_length").input_value())
    assert 25 < value < 45
    page.locator("#undo").click()
    page.wait_for_function("!document.querySelector('#panel .length.set #field-sleeve_length')")
    assert page.locator("#field-bust").input_value() == "96"


def test_exact_value_and_back_to_automatic(opened):
    page = opened()
    exact = page.get_by_label("Waist, cm")
    exact.fill("80")
    exact.press("Enter")
    wait_revision(page, 1)
    page.get_by_label("Reset Waist to automatic").click()
    wait_revision(page, 2)
    assert page.locator("#field-waist").input_value() == "73.5"
    assert page.get_by_label("Reset Waist to automatic").is_disabled()


def test_refused_value_says_why_and_snaps_back(opened):
    page = opened()
    exact = page.get_by_label("Bust, cm")
    exact.fill("1000")
    exact.press("Enter")
    page.locator("#notice .refused", has_text="between 40 and 200").wait_for()
    page.wait_for_function("document.querySelector('[aria-label=\"Bust, cm\"]').value === '92'")
    assert revision(page) == 0


def test_style_features_and_type(opened):
    page = opened()
    page.get_by_label("Garment type").select_option("hoodie")
    page.locator(".sheet g[data-piece^=hood]").first.wait_for()
    assert page.get_by_label("Hood", exact=True).is_checked()
    page.get_by_label("Pockets").check()
    page.locator(".sheet g[data-piece*=pocket]").first.wait_for()
    page.get_by_label("Neckline", exact=True).select_option("crew")
    page.locator(".sheet g[data-piece^=hood]").first.wait_for(state="detached")
    assert not page.get_by_label("Hood", exact=True).is_checked()
    page.get_by_label("Garment type").select_option("pants")
    page.get_by_label("Inseam", exact=True).wait_for()
    assert page.get_by_label("Neckline", exact=True).count() == 0


def test_words_make_a_garment(opened):
    page = opened()
    page.get_by_role("tab", name="Text").click()
    page.locator("#describe textarea").fill("A fitted red dress with short sleeves, bust 96")
    page.locator("#describe-draft").click()
    wait_revision(page, 1)
    assert "dress" in page.locator("#describe-reply").inner_text().lower()
    page.locator("button.example", has_text="midi skirt").first.click()
    wait_revision(page, 2)
    assert page.locator(".status .kind").inner_text() == "Skirt"
    page.get_by_role("tab", name="Manual").click()
    assert page.locator("#field-waist").input_value() == "68"


def test_chat_edits_undo_and_redo(opened):
    page = opened()
    flat, spread = outline(page), body_spread(page)
    page.get_by_role("tab", name="Chat").click()
    page.locator("#prompts button", has_text="sleeves longer").click()
    wait_revision(page, 1)
    assert "leeve" in page.locator("#talk .bot").last.inner_text()
    page.get_by_role("tab", name="Manual").click()
    assert page.locator("#panel .length.set #field-sleeve_length").count() == 1
    assert body_spread(page) != spread
    say(page, "undo")
    wait_revision(page, 2)
    assert page.locator("#redo").is_enabled()
    page.locator("#redo").click()
    wait_revision(page, 3)
    page.locator("#undo").click()
    wait_revision(page, 4)
    assert outline(page) == flat
    assert body_spread(page) == pytest.approx(spread)


def test_the_camera_stays_where_the_visitor_put_it(opened):
    page = opened()
    eye = "JSON.stringify(document.querySelector('#body .js-plotly-plot')._fullLayout.scene._scene.getCamera().eye)"

    def seen_from():
        return json.loads(page.evaluate(eye))

    first = seen_from()
    box = page.locator("#body").bounding_box()
    page.mouse.move(box["x"] + 200, box["y"] + 300)
    page.mouse.down()
    page.mouse.move(box["x"] + 320, box["y"] + 330, steps=5)
    page.mouse.up()
    page.wait_for_function(
        f"() => {{ const now = {eye}, still = now === window.seen; window.seen = now; return still; }}", polling=300
    )
    before = seen_from()
    page.get_by_label("Fit", exact=True).select_option("loose")
    wait_revision(page, 1)
    assert before != pytest.approx(first, abs=0.01)
    assert seen_from() == pytest.approx(before, abs=1e-6)


def test_pdf_is_true_to_scale(opened, tmp_path):
    page = opened()
    page.get_by_label("Garment type").select_option("skirt")
    wait_revision(page, 1)
    path = save(page, "pdf", tmp_path)
    sheet = PdfReader(path).pages[0]
    pattern = draft_pattern(starting_design("shirt").changed({"garment_type": "skirt"}))
    wanted = roll_sheet(pattern)
    assert float(sheet.mediabox.width) / POINTS_PER_CM == pytest.approx(wanted.width, abs=0.01)
    assert float(sheet.mediabox.height) / POINTS_PER_CM == pytest.approx(wanted.height + FOOT, abs=0.01)
    drawn = sheet.get_contents().get_data().decode("latin-1")
    rectangles = [tuple(map(float, found)) for found in re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re", drawn)]
    assert any(abs(w / POINTS_PER_CM - 5) < 0.01 and abs(h / POINTS_PER_CM - 5) < 0.01 for _, _, w, h in rectangles)
    starts = {(round(float(x)), round(float(y))) for x, y in re.findall(r"([\d.]+) ([\d.]+) m\s", drawn)}
    for item in wanted.laid:
        x, y = item.placed(item.paper.cut_line)[0] * POINTS_PER_CM
        assert (round(x), round(y)) in starts


def test_saved_design_opens_again(opened, tmp_path):
    page = opened()
    say(page, "make it a jacket with bust 110")
    wait_revision(page, 1)
    saved = save(page, "json", tmp_path)
    design = GarmentDesign.from_json(saved.read_text())
    assert (design.garment_type, design.measurements.bust) == ("jacket", 110)
    other = opened()
    open_file(other, saved)
    wait_revision(other, 1)
    assert outline(other) == outline(page)
    for name, content in (("words.json", "no design"), ("wrong.json", json.dumps({"garment_type": "sock"}))):
        bad = tmp_path / name
        bad.write_text(content)
        open_file(other, bad)
        other.locator("#notice .refused").wait_for()
        assert revision(other) == 1
        other.get_by_label("Fit", exact=True).select_option("regular")


def test_pictures_are_handed_out_at_once(opened, tmp_path):
    page = opened()
    for form, start in (("svg", b"<?xml"), ("png", b"\x89PNG")):
        path = save(page, form, tmp_path)
        assert path.name == f"shirt_pattern.{form}"
        assert path.read_bytes().startswith(start)


def test_two_visitors_do_not_meet(opened, browser):
    other = browser.new_context()
    one, two = opened(), opened(context=other)
    one.get_by_label("Garment type").select_option("pants")
    wait_revision(one, 1)
    two.get_by_label("Fit", exact=True).select_option("loose")
    wait_revision(two, 1)
    assert one.locator(".status .kind").inner_text() == "Pants"
    assert two.locator(".status .kind").inner_text() == "Shirt"
    other.close()


def test_hostile_text_is_only_text(opened, tmp_path):
    page = opened()
    say(page, HOSTILE)
    page.locator("#talk .user", has_text="<img src=x onerror=window.hurt=1>").wait_for()
    page.get_by_role("tab", name="Text").click()
    page.locator("#describe textarea").fill(HOSTILE)
    page.locator("#describe-draft").click()
    page.locator("#describe-reply .notice:not(.empty)").wait_for()
    bad = tmp_path / "a.json"
    bad.write_text(json.dumps({"garment_type": HOSTILE}))
    open_file(page, bad)
    page.locator("#notice .refused", has_text="onerror").wait_for()
    page.get_by_role("tab", name="Photo").click()
    named = tmp_path / "${window.hurt=5}<img src=x onerror=window.hurt=6>.png"
    named.write_bytes(b"nothing")
    page.locator("#photo input[type=file]").set_input_files(named)
    page.locator("#photo-said .refused").wait_for()
    assert page.locator("#talk img, #notice img, #describe-reply img, #photo-said img").count() == 0
    assert page.evaluate("window.hurt") is None


def test_phone_has_no_sideways_scroll(opened):
    page = opened(390, 844)
    for tab in ("Photo", "Text", "Manual", "Make", "Chat"):
        page.get_by_role("tab", name=tab).click()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert too_wide(page) == []
    tops = [page.locator(place).bounding_box()["y"] for place in ("#sheet", "#rail", "#right")]
    assert tops == sorted(tops)


def too_wide(page):
    """The first words of every element that reaches past the right edge of a phone."""
    return page.evaluate(
        """() => [...document.querySelectorAll('#top button, #top #save-more, #bench *')].filter((e) => {
          const r = e.getBoundingClientRect(), aside = e.closest('#sheet svg, #body, .tab-container.visually-hidden');
          return r.width && r.right > 391 && !aside; }).map((e) => e.outerHTML.slice(0, 90))"""
    )


SLOW_ANSWERS = """(() => { const fetched = window.fetch; window.fetch = async (...asked) => {
  const answer = await fetched(...asked);
  if (window.slow && (asked[1]?.method || asked[0]?.method) === 'POST') await new Promise((go) => setTimeout(go, 900));
  return answer; }; })()"""


def test_an_edit_made_while_an_answer_is_on_its_way_is_not_lost(opened):
    page = opened()
    page.evaluate(SLOW_ANSWERS)
    page.evaluate("window.slow = true")
    for label, value in (("Bust, cm", "101"), ("Waist, cm", "88"), ("Sleeve length, cm", "41")):
        exact = page.get_by_label(label, exact=True)
        exact.fill(value)
        exact.press("Enter")
        page.wait_for_timeout(150)
    for name in ("bust", "waist", "sleeve_length"):
        page.wait_for_function("(name) => document.querySelector(`#panel .length.set #field-${name}`)", arg=name)
    assert [page.locator(f"#field-{name}").input_value() for name in ("bust", "waist", "sleeve_length")] == ["101", "88", "41"]
