"""Pictures come in right way up and whole, or are refused in plain words."""

from __future__ import annotations

import contextlib
import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from studio.errors import PhotoError
from studio.images import MAX_MEGAPIXELS, MAX_SIDE_PX, open_photo, open_picture

RED, BLUE = (250, 10, 10), (10, 10, 250)


def halves(width: int = 80, height: int = 60, mode: str = "RGB") -> Image.Image:
    """Left half red, right half blue."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image.convert(mode)


def coded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be huge."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGB", "PNG"), ("RGB", "JPEG"), ("CMYK", "JPEG"), ("P", "PNG"), ("P", "GIF"), ("RGB", "WEBP")]
)
def test_colour_modes_become_rgb(mode, kind):
    picture = open_picture(coded(halves(mode=mode), kind))
    assert picture.shape == (60, 80, 3)
    assert picture.dtype == np.uint8
    assert picture[30, 10, 0] > 180 > 80 > picture[30, 10, 2]
    assert picture[30, 70, 2] > 180 > 80 > picture[30, 70, 0]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "I", "F", "HSV", "YCbCr", "LAB", "PA", "RGBa", "La"])
def test_every_pil_mode_is_read(mode):
    source = Image.new("L", (40, 40), 200)
    if mode == "LAB":
        image = Image.new("LAB", (40, 40), (200, 128, 128))
    elif mode in ("PA", "RGBa", "La"):
        image = source.convert({"PA": "RGBA", "RGBa": "RGBA", "La": "LA"}[mode]).convert(mode)
    else:
        image = source.convert("RGB").convert(mode) if mode in ("HSV", "YCbCr") else source.convert(mode)
    assert open_picture(image)[20, 20].mean() > 150


def test_sixteen_bit_grey():
    ramp = np.linspace(0, 65535, 64 * 64).reshape(64, 64).astype(np.uint16)
    from_file = open_picture(coded(Image.fromarray(ramp)))
    assert from_file[0, 0, 0] == 0
    assert from_file[-1, -1, 0] == 255
    assert np.abs(open_picture(ramp).astype(int) - from_file).max() <= 1


@pytest.mark.parametrize("orientation", range(1, 9))
def test_camera_rotation_is_applied(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    photo = open_photo(coded(halves(), "JPEG", exif=exif.tobytes(), quality=95))
    turned = orientation >= 5
    assert photo.picture.shape == ((80, 60, 3) if turned else (60, 80, 3))
    assert photo.full_size == photo.picture.shape[:2]


def test_transparency_is_laid_on_white_and_kept_as_a_cut_out():
    image = halves().convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 40, 60))
    photo = open_photo(coded(image))
    assert photo.picture[30, 10].tolist() == [255, 255, 255]
    assert photo.opaque is not None
    assert photo.opaque.mean() == pytest.approx(0.5)
    assert open_photo(coded(halves().convert("RGBA"))).opaque is None


def test_transparent_palette():
    image = halves().quantize(4)
    assert open_picture(coded(image, "PNG", transparency=0)).shape == (60, 80, 3)


def test_an_animation_gives_its_first_frame():
    frames = [Image.new("RGB", (40, 40), RED), Image.new("RGB", (40, 40), BLUE)]
    picture = open_picture(coded(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert picture[20, 20, 0] > 200


def test_arrays_and_streams_and_paths(tmp_path):
    picture = np.array(halves())
    for array in (picture, picture / 255.0, np.dstack([picture, np.full((60, 80), 255, np.uint8)])):
        assert np.abs(open_picture(array).astype(int) - picture).max() <= 1
    assert open_picture(picture[..., 0]).shape == (60, 80, 3)
    assert open_picture(picture[..., :1] > 100).max() == 255
    path = tmp_path / "shirt.png"
    path.write_bytes(coded(halves()))
    for source in (path, str(path), io.BytesIO(path.read_bytes()), bytearray(path.read_bytes())):
        assert (open_picture(source) == picture).all()
    assert open_photo(path).name == "shirt.png"


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_large_pictures_are_shrunk(kind):
    photo = open_photo(coded(Image.new("RGB", (9000, 3000), RED), kind))
    assert max(photo.picture.shape) == MAX_SIDE_PX
    assert photo.full_size == (3000, 9000)


@pytest.mark.parametrize("side", [10_100, 20_000, 60_000])
def test_too_many_megapixels_are_refused_before_decoding(side):
    with pytest.raises(PhotoError, match=f"{MAX_MEGAPIXELS}"):
        open_picture(bomb(side, side), name="bomb.png")


@pytest.mark.parametrize("size", [(31, 100), (100, 31), (1, 1), (4000, 33)])
def test_tiny_or_thin_pictures_are_refused(size):
    with pytest.raises(PhotoError, match=f"{size[0]} x {size[1]}"):
        open_picture(Image.new("RGB", size))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"hello, this is text", "not a picture"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "not a picture"),
        (b"\x89PNG\r\n\x1a\n", "odd"),
    ],
)
def test_what_is_no_picture_is_refused(content, words):
    with pytest.raises(PhotoError, match=words) as caught:
        open_picture(content, name="odd.jpg")
    assert "odd.jpg" in str(caught.value)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.7])
def test_cut_short_files_are_refused(kind, share):
    noise = np.random.default_rng(0).integers(0, 255, (90, 90, 3), dtype=np.uint8)
    content = coded(Image.fromarray(noise), kind)
    with pytest.raises(PhotoError):
        open_picture(content[: int(share * len(content))])


def test_missing_file_folder_and_nothing(tmp_path):
    with pytest.raises(PhotoError, match=r"no file gone\.jpg"):
        open_picture(tmp_path / "gone.jpg")
    with pytest.raises(PhotoError):
        open_picture(tmp_path)
    for odd in (None, 3, object(), np.zeros((5, 5, 5, 5)), np.zeros((0, 0, 3)), np.full((64, 64, 3), "a")):
        with pytest.raises(PhotoError):
            open_picture(odd)


def test_random_bytes_after_a_true_header_never_leak():
    rng = np.random.default_rng(1)
    for kind in ("PNG", "JPEG", "GIF", "TIFF", "WEBP", "BMP"):
        content = bytearray(coded(halves(), kind))
        for _ in range(25):
            broken = bytearray(content)
            for place in rng.integers(0, len(broken), 12):
                broken[place] = rng.integers(256)
            with contextlib.suppress(PhotoError):
                assert open_picture(bytes(broken)).ndim == 3
