"""Pictures come in here, from wherever and however broken: out goes 8-bit RGB the right way up, or a plain refusal."""

from __future__ import annotations

import io
import logging
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from studio.arrays import AnyArray, Mask, Picture
from studio.errors import PhotoError

log = logging.getLogger(__name__)

MAX_MEGAPIXELS: Final = 100
MAX_FILE_MEGABYTES: Final = 100
MAX_SIDE_PX: Final = 4096
MIN_SIDE_PX: Final = 32
MAX_ASPECT: Final = 20
FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "MPO", "AVIF")
"""Never Pillow's whole list: some of its readers start other programs."""

Source = str | Path | bytes | bytearray | IO[bytes] | Image.Image | AnyArray


@dataclass(frozen=True, eq=False)
class Photo:
    """A picture (h, w, 3), white where it was transparent, and what was known about it before it was shrunk.

    `opaque` (h, w) is given only for a cut-out: a picture of which at least one part in a hundred is transparent.
    `full_size` is (height, width) in pixels after the camera's rotation was applied, before any shrinking.
    """

    picture: Picture
    opaque: Mask | None
    full_size: tuple[int, int]
    name: str


def open_picture(source: Source, *, name: str = "") -> Picture:
    """The picture (h, w, 3) of `source`: see `open_photo`. Raises PhotoError."""
    return open_photo(source, name=name).picture


def open_photo(source: Source, *, name: str = "") -> Photo:
    """A photo from a path, bytes, an open file, a PIL image or an array ((h, w), (h, w, 1 | 3 | 4)).

    The camera's rotation is applied, every colour mode becomes 8-bit RGB, an animation gives its first frame, and
    what is longer than MAX_SIDE_PX is shrunk to it. `name` replaces the file name in messages.
    Raises PhotoError for anything that is no usable picture, and nothing else.
    """
    label = name or _name_of(source)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _opened(source, label)
    except PhotoError:
        raise
    except (UnidentifiedImageError, FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise PhotoError(_file_words(label, error)) from None
    except Image.DecompressionBombError:
        raise PhotoError(f"{label} has more than {MAX_MEGAPIXELS} megapixels; use a smaller copy") from None
    except MemoryError:
        raise PhotoError(f"{label} does not fit in memory; use a smaller copy") from None
    except Exception as error:
        raise PhotoError(f"{label} is damaged or cut short and cannot be read ({_first_line(error)})") from None


def _opened(source: Source, label: str) -> Photo:
    if isinstance(source, np.ndarray):
        image = _image_of_array(source, label)
    elif isinstance(source, Image.Image):
        image = source
    else:
        stream = _stream(source, label)
        Image.init()
        image = Image.open(stream, formats=[name for name in FORMATS if name in Image.OPEN])
    _check_size(image.size, label)
    if getattr(image, "n_frames", 1) > 1:
        image.seek(0)
    full = image.size
    if image.format in ("JPEG", "MPO"):
        image.draft("RGB", (MAX_SIDE_PX, MAX_SIDE_PX))
    turned = _upright(image)
    if turned is not image and turned.size == image.size[::-1] and image.width != image.height:
        full = full[::-1]
    flat = _eight_bit(turned)
    flat.thumbnail((MAX_SIDE_PX, MAX_SIDE_PX), Image.Resampling.LANCZOS)
    picture, opaque = _on_white(flat)
    return Photo(picture=picture, opaque=opaque, full_size=(full[1], full[0]), name=label)


def _stream(source: Any, label: str) -> IO[bytes]:
    """An open binary stream at its start, no larger than allowed."""
    if isinstance(source, str | Path):
        path = Path(source)
        if path.stat().st_size > MAX_FILE_MEGABYTES * 1_000_000:
            raise PhotoError(f"{label} is larger than {MAX_FILE_MEGABYTES} MB; use a smaller copy")
        content = path.read_bytes()
    elif isinstance(source, bytes | bytearray):
        content = bytes(source)
    elif hasattr(source, "read"):
        content = source.read(MAX_FILE_MEGABYTES * 1_000_000 + 1)
    else:
        raise PhotoError("no photo was given" if source is None else f"a {type(source).__name__} is no photo")
    if not content:
        raise PhotoError(f"{label} is empty")
    if len(content) > MAX_FILE_MEGABYTES * 1_000_000:
        raise PhotoError(f"{label} is larger than {MAX_FILE_MEGABYTES} MB; use a smaller copy")
    return io.BytesIO(content)


def _image_of_array(array: AnyArray, label: str) -> Image.Image:
    if array.ndim == 3 and array.shape[2] == 1:
        array = array[:, :, 0]
    if array.size == 0 or not (array.ndim == 2 or (array.ndim == 3 and array.shape[2] in (3, 4))):
        raise PhotoError(f"an array of shape {array.shape} is no picture; (height, width, 3) is")
    _check_size((array.shape[1], array.shape[0]), label)
    if array.dtype == np.bool_ or (array.dtype.kind == "f" and np.nanmax(array) <= 1.0):
        array = array.astype(np.float64) * 255
    elif array.dtype == np.uint16:
        array = array.astype(np.float64) / 257
    if array.dtype != np.uint8:
        array = np.clip(np.rint(np.nan_to_num(array.astype(np.float64))), 0, 255).astype(np.uint8)
    return Image.fromarray(np.ascontiguousarray(array))


def _check_size(size: tuple[int, int], label: str) -> None:
    """Refuse by width and height alone, before a pixel is decoded."""
    width, height = size
    if width * height > MAX_MEGAPIXELS * 1_000_000:
        raise PhotoError(f"{label} has {width * height / 1e6:.0f} megapixels; at most {MAX_MEGAPIXELS} are read")
    if min(width, height) < MIN_SIDE_PX:
        raise PhotoError(f"{label} is {width} x {height} pixels; each side needs at least {MIN_SIDE_PX}")
    if max(width, height) > MAX_ASPECT * min(width, height):
        raise PhotoError(f"{label} is {width} x {height} pixels; that is a strip, not a photo of a garment")


def _upright(image: Image.Image) -> Image.Image:
    """The image the way the camera was held; a broken note of it counts as none, and is logged. A damaged image still raises."""
    image.load()
    try:
        return ImageOps.exif_transpose(image) or image
    except Exception as error:  # Pillow's EXIF reader raises whatever the broken bytes lead it into
        log.warning("the photo's orientation cannot be read, it is taken as upright: %s", error)
        return image


def _eight_bit(image: Image.Image) -> Image.Image:
    """RGB or RGBA, whatever the colour mode was; a new image."""
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        values = np.nan_to_num(np.asarray(image, dtype=np.float64))
        top = 1.0 if image.mode == "F" and values.max() <= 1 else 255.0 if values.max() <= 255 else 65535.0
        image = Image.fromarray(np.clip(np.rint(values * (255 / top)), 0, 255).astype(np.uint8))
    see_through = image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info
    if image.mode in ("La", "RGBa"):
        image = image.convert("LA" if image.mode == "La" else "RGBA")
    return image.convert("RGBA" if see_through else "RGB").copy()


def _on_white(image: Image.Image) -> tuple[Picture, Mask | None]:
    """The picture laid on white, and where it was opaque if it was a cut-out."""
    if image.mode != "RGBA":
        return np.array(image, dtype=np.uint8), None
    pixels = np.array(image, dtype=np.uint8)
    opaque = pixels[..., 3] > 127
    ground = Image.new("RGBA", image.size, "white")
    picture = np.array(Image.alpha_composite(ground, image).convert("RGB"), dtype=np.uint8)
    return picture, opaque if opaque.mean() <= 0.99 else None


def _name_of(source: object) -> str:
    if isinstance(source, str | Path):
        return Path(source).name or "the photo"
    held = getattr(source, "name", None) or getattr(source, "filename", None)
    return Path(held).name if isinstance(held, str) and held else "the photo"


def _file_words(label: str, error: OSError) -> str:
    if isinstance(error, UnidentifiedImageError):
        return f"{label} is not a picture that can be read; use JPEG, PNG, WebP, GIF, BMP or TIFF"
    if isinstance(error, FileNotFoundError):
        return f"there is no file {label}"
    return f"{label} is a folder" if isinstance(error, IsADirectoryError) else f"{label} may not be read"


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]
