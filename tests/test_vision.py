"""Photo to facts: masks against hand-drawn ones, drawn silhouettes read back, every failure in plain words."""

from __future__ import annotations

import functools
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from studio.design import GarmentDesign, starting_design
from studio.errors import MissingModel, PhotoError
from studio.fields import bounds_of
from studio.images import open_photo, open_picture
from studio.vision import read_photo, segment
from studio.vision.__main__ import main
from studio.vision.labels import LABELS, TYPE_OF_LABEL
from studio.vision.outline_quality import overlap, symmetry
from studio.vision.read import read_garment
from studio.vision.silhouette import leg_shape, upright
from studio.vision.type_net import ASSETS, FACTS, WEIGHTS, TypeGuess, guess_type, views
from studio.vocabulary import Colour, GarmentType, Length, Print, Silhouette, Sleeve

ROOT = Path(__file__).resolve().parents[1]
PHOTOS = ROOT.parent / "shared" / "photos"
needs_photos = pytest.mark.skipif(not PHOTOS.is_dir(), reason="the folder of real garment photos is not beside the repository")
needs_weights = pytest.mark.skipif(not (ASSETS / WEIGHTS).is_file(), reason="the type network's weights were not fetched")

TEE = [(90, 60), (110, 70), (130, 60), (160, 70), (190, 104), (172, 124), (158, 108), (158, 240)]
TEE += [(220 - x, y) for x, y in reversed(TEE[2:])]
LONG = [
    (90, 60),
    (130, 60),
    (158, 72),
    (214, 220),
    (190, 228),
    (158, 140),
    (156, 240),
    (64, 240),
    (62, 140),
    (30, 228),
    (6, 220),
    (62, 72),
]
TANK = [
    (80, 50),
    (92, 50),
    (96, 90),
    (124, 90),
    (128, 50),
    (140, 50),
    (150, 110),
    (160, 125),
    (160, 250),
    (60, 250),
    (60, 125),
    (70, 110),
]
SKIRT = [(75, 70), (145, 70), (158, 110), (190, 210), (30, 210), (62, 110)]
MAXI_SKIRT = [(80, 30), (140, 30), (152, 80), (168, 300), (52, 300), (68, 80)]
TROUSERS = [(72, 30), (148, 30), (160, 110), (168, 300), (128, 300), (111, 130), (109, 130), (92, 300), (52, 300), (60, 110)]
SHORTS = [(65, 90), (155, 90), (170, 205), (118, 212), (111, 175), (109, 175), (102, 212), (50, 205)]


def drawn(outline, *, ink=(170, 30, 40), ground=(225, 222, 215), tilt=0.0, size=(220, 330)):
    """A flat garment on a plain, slightly grainy ground: picture and true mask."""
    mask = Image.new("L", size, 0)
    ImageDraw.Draw(mask).polygon(outline, fill=255)
    mask = mask.rotate(tilt, resample=Image.Resampling.BILINEAR)
    image = Image.composite(Image.new("RGB", size, ink), Image.new("RGB", size, ground), mask)
    grain = np.random.default_rng(0).normal(0, 2.5, (size[1], size[0], 1))
    return np.clip(np.array(image) + grain, 0, 255).astype(np.uint8), np.array(mask) > 127


def guess_of(label: str, chance: float = 0.9) -> TypeGuess:
    labels = {name: chance if name == label else (1 - chance) / (len(LABELS) - 1) for name in LABELS}
    return TypeGuess({kind: sum(v for n, v in labels.items() if TYPE_OF_LABEL[n] == kind) for kind in GarmentType}, labels)


@functools.cache
def segmented(outline, options):
    picture, _ = drawn(outline, **dict(options))
    return picture, segment(picture)


def reading_of(outline, label, **options):
    """The reading of a drawing whose type is given; each drawing is segmented once."""
    picture, found = segmented(tuple(outline), tuple(sorted(options.items())))
    return read_garment(picture, found, guess_of(label))


def assert_in_bounds(design: GarmentDesign) -> None:
    assert GarmentDesign.from_json(design.to_json()) == design
    for name, value in design.measurements.model_dump().items():
        if value is not None:
            assert bounds_of(name)[0] <= value <= bounds_of(name)[1]


@pytest.mark.parametrize("outline", [TEE, LONG, TANK, SKIRT, TROUSERS, SHORTS])
@pytest.mark.parametrize("ground", [(225, 222, 215), (120, 90, 60), (20, 20, 24)])
def test_a_drawn_garment_is_found_to_the_pixel(outline, ground):
    picture, truth = drawn(outline, ground=ground)
    found = segment(picture)
    assert found.mask.shape == truth.shape
    assert overlap(found.mask, truth) > 0.96
    assert found.quality > 0.8


def test_the_same_picture_gives_the_same_mask():
    picture, _ = drawn(TEE)
    assert (segment(picture).mask == segment(picture.copy()).mask).all()


def test_a_large_photo_gets_a_mask_of_its_own_size():
    picture, truth = drawn(TEE)
    large = np.array(Image.fromarray(picture).resize((1760, 2640), Image.Resampling.BICUBIC))
    mask = segment(large).mask
    assert mask.shape == (2640, 1760)
    assert overlap(mask, np.array(Image.fromarray(truth).resize((1760, 2640)))) > 0.97


def test_a_cut_out_is_taken_at_its_word():
    picture, truth = drawn(TEE, ground=(170, 30, 40))
    image = Image.fromarray(np.dstack([picture, truth.astype(np.uint8) * 255]))
    photo = open_photo(image)
    assert overlap(segment(photo.picture, opaque=photo.opaque).mask, truth) > 0.99


def nothing_to_see() -> dict[str, np.ndarray]:
    rng, across = np.random.default_rng(0), np.linspace(60, 200, 240)
    return {
        "white": np.full((300, 300, 3), 255, np.uint8),
        "black": np.zeros((300, 300, 3), np.uint8),
        "noise": rng.integers(0, 255, (320, 240, 3), dtype=np.uint8),
        "faint noise": np.clip(rng.normal(180, 6, (320, 240, 3)), 0, 255).astype(np.uint8),
        "gradient": np.broadcast_to(across[None, :, None], (320, 240, 3)).astype(np.uint8),
        "stripes": np.broadcast_to(((np.arange(240) // 16) % 2 * 150 + 50)[None, :, None], (320, 240, 3)).astype(np.uint8),
        "one dot": drawn([(105, 160), (115, 160), (115, 170), (105, 170)])[0],
        "filled": np.pad(np.full((316, 236, 3), 60, np.uint8), ((2, 2), (2, 2), (0, 0)), constant_values=230),
    }


@pytest.mark.parametrize("name", nothing_to_see())
def test_a_picture_without_a_garment_is_refused(name):
    with pytest.raises(PhotoError, match="garment"):
        segment(nothing_to_see()[name])


@pytest.mark.parametrize(
    ("outline", "label", "sleeve"),
    [(TEE, "T-Shirt", Sleeve.SHORT), (TEE, "Shirt", Sleeve.SHORT), (LONG, "Longsleeve", Sleeve.LONG),
     (LONG, "Outwear", Sleeve.LONG), (TANK, "Undershirt", Sleeve.NONE), (TANK, "Dress", Sleeve.NONE),
     (TANK, "Vest", Sleeve.NONE), (TEE, "Dress", Sleeve.SHORT)],
)  # fmt: skip
def test_sleeves_are_read(outline, label, sleeve):
    reading = reading_of(outline, label)
    assert reading.garment_type == TYPE_OF_LABEL[label]
    assert reading.design.style.sleeve == sleeve
    assert_in_bounds(reading.design)


def test_a_tee_is_no_buttoned_shirt():
    design = reading_of(TEE, "T-Shirt").design
    assert not design.features.has_collar
    assert not design.features.has_cuffs
    assert design.style.neckline == "crew"
    assert reading_of(LONG, "Shirt").design.features.has_collar


def test_a_longer_garment_measures_longer():
    stretched = [(x, 60 + 1.3 * (y - 60)) if y > 200 else (x, y) for x, y in TEE]
    assert reading_of(stretched, "T-Shirt").measured["back_length"] > reading_of(TEE, "T-Shirt").measured["back_length"] + 8
    assert reading_of(LONG, "Longsleeve").measured["sleeve_length"] > reading_of(TEE, "T-Shirt").measured["sleeve_length"] + 15
    assert reading_of(MAXI_SKIRT, "Skirt").measured["skirt_length"] > reading_of(SKIRT, "Skirt").measured["skirt_length"] + 30


def test_skirts_and_trousers_are_read():
    skirt, maxi = reading_of(SKIRT, "Skirt").design, reading_of(MAXI_SKIRT, "Skirt").design
    assert skirt.style.silhouette == Silhouette.A_LINE
    assert skirt.style.length in (Length.KNEE, Length.MIDI)
    assert maxi.style.length == Length.MAXI
    assert reading_of(TROUSERS, "Pants").design.style.length == Length.FULL
    assert reading_of(SHORTS, "Shorts").design.style.length == Length.SHORT
    shape = leg_shape(upright(drawn(TROUSERS)[1]))
    assert shape.crotch / shape.length == pytest.approx(100 / 270, abs=0.04)


@pytest.mark.parametrize("tilt", [-15, -8, 8, 15])
def test_a_tilted_garment_is_set_upright(tilt):
    picture, truth = drawn(TEE, tilt=tilt)
    assert symmetry(upright(truth).mask) > 0.93
    reading = read_garment(picture, segment(picture), guess_of("T-Shirt"))
    assert reading.measured["back_length"] == pytest.approx(reading_of(TEE, "T-Shirt").measured["back_length"], rel=0.08)


@pytest.mark.parametrize(
    ("ink", "colour"),
    [((20, 20, 22), Colour.BLACK), ((245, 245, 245), Colour.WHITE), ((128, 128, 128), Colour.GREY), ((180, 20, 30), Colour.RED),
     ((240, 130, 20), Colour.ORANGE), ((240, 215, 40), Colour.YELLOW), ((40, 130, 60), Colour.GREEN),
     ((30, 60, 150), Colour.BLUE),
     ((110, 40, 140), Colour.PURPLE), ((240, 150, 190), Colour.PINK), ((110, 70, 40), Colour.BROWN), ((25, 30, 70), Colour.BLUE)],
)  # fmt: skip
def test_colours_are_named(ink, colour):
    ground = (60, 60, 60) if sum(ink) > 330 else (235, 233, 228)
    reading = reading_of(TEE, "T-Shirt", ink=ink, ground=ground)
    assert reading.design.style.colour == colour
    assert reading.design.style.pattern == Print.PLAIN


def test_what_is_assumed_is_said():
    reading = reading_of(TEE, "T-Shirt")
    assert any("usual body" in note for note in reading.notes)
    assert any("not read" in note for note in reading.notes)
    doubtful = read_garment(drawn(TEE)[0], segment(drawn(TEE)[0]), guess_of("T-Shirt", 0.12))
    assert any("confirm" in note for note in doubtful.notes)


def test_the_wearers_body_is_kept_and_gives_the_scale():
    picture, found = segmented(tuple(TEE), ())
    usual = read_garment(picture, found, guess_of("T-Shirt"))
    wearer = starting_design("skirt").changed({"bust": 115, "height": 180, "skirt_length": 60})
    wide = read_garment(picture, found, guess_of("T-Shirt"), wearer=wearer)
    assert (wide.design.measurements.bust, wide.design.measurements.height) == (115, 180)
    assert wide.design.measurements.skirt_length is None, "the old garment's own measures do not stay"
    assert wide.design.measurements.back_length > 1.1 * usual.design.measurements.back_length
    assert any("body you entered" in note for note in wide.notes)


def test_a_corrected_type_is_believed_and_measured_again():
    picture, found = segmented(tuple(TEE), ())
    corrected = guess_of("T-Shirt").corrected(GarmentType.DRESS)
    assert corrected.best == GarmentType.DRESS
    assert sum(corrected.labels.values()) == pytest.approx(1)
    reading = read_garment(picture, found, corrected)
    assert reading.design.garment_type == GarmentType.DRESS
    assert "skirt_length" in reading.measured


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("outline", [TEE, SKIRT, TROUSERS, [(20, 150), (200, 150), (200, 190), (20, 190)]])
def test_designs_are_in_bounds_even_when_the_type_is_wrong(outline, label):
    assert_in_bounds(reading_of(outline, label).design)


def test_importing_vision_imports_no_torch():
    code = "import studio.vision, sys; print([n for n in ('torch', 'transformers', 'safetensors') if n in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert found.stdout.strip() == "[]"


def test_missing_and_damaged_weights_are_named(tmp_path):
    picture, mask = drawn(TEE)
    with pytest.raises(MissingModel, match=WEIGHTS):
        guess_type(picture, mask, assets=tmp_path)
    (tmp_path / WEIGHTS).write_bytes(b"version https://git-lfs.github.com/spec/v1")
    (tmp_path / FACTS).write_text("{}", encoding="utf-8")
    with pytest.raises(MissingModel, match="damaged"):
        guess_type(picture, mask, assets=tmp_path)


def test_views_are_the_square_the_garment_alone_and_both_mirrored():
    square = np.random.default_rng(0).integers(0, 255, (112, 112, 4), dtype=np.uint8)
    seen = views(square)
    assert seen.shape == (4, 4, 112, 112)
    assert (seen[2] == seen[0][..., ::-1]).all()
    assert np.abs(seen[1][:3, square[..., 3] < 128]).max() < 0.01


@needs_weights
def test_probabilities_sum_to_one_and_repeat():
    picture, mask = drawn(TROUSERS)
    guess = guess_type(picture, mask)
    assert sum(guess.types.values()) == pytest.approx(1)
    assert sum(guess.labels.values()) == pytest.approx(1)
    assert guess == guess_type(picture, mask)
    assert guess.best == GarmentType.PANTS


@needs_weights
def test_the_shipped_figures_clear_the_bar():
    facts = json.loads((ASSETS / FACTS).read_text(encoding="utf-8"))
    assert tuple(facts["labels"]) == LABELS
    assert facts["finished"]
    assert facts["type_accuracy"] >= 0.80
    assert facts["calibration_error_crossed"] < 0.08


def photo_records():
    """Every twelfth annotated photo."""
    return json.loads((PHOTOS / "annotated" / "labels.json").read_text(encoding="utf-8"))[::12] if PHOTOS.is_dir() else []


@needs_photos
def test_masks_of_real_photos():
    found = []
    for record in photo_records():
        truth = open_picture(PHOTOS / "annotated" / "masks" / f"{record['image']}.png")[..., 0] > 127
        ignore = PHOTOS / "annotated" / "ignore" / f"{record['image']}.png"
        scored = open_picture(ignore)[..., 0] < 128 if ignore.is_file() else np.ones_like(truth)
        mask = segment(open_picture(PHOTOS / f"{record['image']}.webp")).mask
        found.append(overlap(mask & scored, truth & scored))
    assert np.median(found) > 0.95
    assert np.mean(np.array(found) > 0.9) > 0.7


@needs_photos
@needs_weights
def test_types_of_senders_that_were_not_learnt():
    from training.garment_photos import garment_photos

    aside = [photo for photo in garment_photos(PHOTOS) if photo.set_aside][::25]
    readings = [read_photo(open_photo(photo.path)) for photo in aside]
    right = [reading.garment_type == TYPE_OF_LABEL[photo.label] for photo, reading in zip(aside, readings, strict=True)]
    assert np.mean(right) >= 0.75
    for reading in readings:
        assert_in_bounds(reading.design)


@needs_weights
def test_the_command_writes_a_mask_and_a_reading_and_goes_on_past_bad_photos(tmp_path, capsys):
    photos, out = tmp_path / "photos", tmp_path / "out"
    photos.mkdir()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(drawn(TEE)[0]).rotate(90, expand=True).save(photos / "a.jpg", exif=exif.tobytes(), quality=95)
    (photos / "b.png").write_bytes(b"no picture")
    Image.fromarray(drawn(TROUSERS)[0]).save(photos / "c.png")
    assert main([str(photos), "--out", str(out)]) == 2
    assert "b.png" in capsys.readouterr().err
    assert sorted(file.name for file in out.iterdir()) == ["a.mask.png", "a.reading.json", "c.mask.png", "c.reading.json"]
    mask = np.array(Image.open(out / "a.mask.png"))
    assert mask.shape == (330, 220)
    assert set(np.unique(mask)) == {0, 255}
    assert overlap(mask > 0, drawn(TEE)[1]) > 0.93
    reading = json.loads((out / "c.reading.json").read_text(encoding="utf-8"))
    assert reading["garment_type"] == reading["design"]["garment_type"] == "pants"
    assert_in_bounds(GarmentDesign.checked(reading["design"]))
    assert main([str(photos / "c.png"), "--out", str(out)]) == 0


def test_the_command_refuses_nothing_and_nowhere(tmp_path, capsys):
    assert main([str(tmp_path), "--out", str(tmp_path / "out")]) == 2
    assert main([str(tmp_path / "gone.jpg"), "--out", str(tmp_path / "out")]) == 2
    assert "gone.jpg" in capsys.readouterr().err
