"""Pillow, asked for one format at a time, without its warnings and its own idea of a size limit."""

import contextlib
import logging
import threading
import warnings
from collections.abc import Iterator
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from convviz.files.pixels import row_blocks
from convviz.files.refusals import MAX_PIXELS

# Its complaints about damaged files would go to the terminal; the user gets a sentence instead.
logging.getLogger("PIL").addHandler(logging.NullHandler())

# Warning filters and Pillow's size limit belong to the whole process: one decoder at a time. That also keeps
# two large pictures from being in memory twice over.
_LOCK = threading.Lock()


@contextlib.contextmanager
def decoders() -> Iterator[None]:
    """Hold the decoders for one picture: no warnings from them, and no size limit of Pillow's."""
    with _LOCK, warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"(PIL|pillow_heif|tifffile|numpy|convviz\.files)(\.|$)")
        before = Image.MAX_IMAGE_PIXELS
        # The size is checked as soon as it is known, with a better sentence than Pillow's.
        Image.MAX_IMAGE_PIXELS = None
        try:
            yield
        finally:
            Image.MAX_IMAGE_PIXELS = before


def open_image(file: BinaryIO, key: str) -> Image.Image:
    """Return the picture in ``file``, not yet loaded; only Pillow's decoder ``key`` is tried.

    Only to be called while :func:`decoders` is held.
    """
    if key == "HEIF":
        _register_heif()
    file.seek(0)
    # Opening a WebP takes the memory for its pixels; Pillow refuses what is over twice its limit before that.
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2 if key == "WEBP" else None
    return Image.open(file, formats=(key,))


def _register_heif() -> None:
    import pillow_heif

    pillow_heif.register_heif_opener(thumbnails=False)


def samples_of(image: Image.Image) -> NDArray[Any]:
    """Return a loaded image's values, shape (H, W, S).

    Copied in strips: at once, Pillow would hold the whole picture three times.
    """
    dtype = np.asarray(image.crop((0, 0, 1, 1))).dtype
    values = np.empty((image.height, image.width, len(image.getbands())), dtype)
    _copy_values(image, values)
    return values


def _copy_values(image: Image.Image, out: NDArray[Any]) -> None:
    for rows in row_blocks(image.height, image.width * out.shape[2]):
        strip = np.asarray(image.crop((0, rows.start, image.width, rows.stop)))
        out[rows] = strip.reshape(out[rows].shape)


def two_passes(
    file: BinaryIO, key: str, base: str, high: str, low: str
) -> tuple[NDArray[np.uint16], Image.Image]:
    """Return 16-bit colour that Pillow can only decode to 8 bits.

    Pillow unpacks ``RGB;16B`` and ``RGB;16L`` by keeping the first or the second byte of each value. Decoding
    the same file once with each gives both bytes, and nothing else of the decoder changes.

    Parameters
    ----------
    file : binary file
        Holding the picture.
    key : str
        Pillow's name of the format.
    base : str
        Raw mode without its byte order: ``"RGB"``, ``"RGBX"`` or ``"RGBA"``.
    high, low : str
        Ends of the raw modes that keep the high and the low byte: ``"16B"`` or ``"16L"``.

    Returns
    -------
    values : ndarray of uint16, shape (H, W, S)
        All 16 bits.
    image : Image
        The loaded picture of the first pass, for its metadata.
    """
    image = _pass(file, key, f"{base};{high}")
    values = np.empty((image.height, image.width, len(image.getbands())), "<u2")
    halves = values.view(np.uint8)
    _copy_values(image, halves[..., 1::2])
    _copy_values(_pass(file, key, f"{base};{low}"), halves[..., ::2])
    return values, image


def _pass(file: BinaryIO, key: str, rawmode: str) -> Image.Image:
    image: Any = open_image(file, key)
    image.tile = [_with_rawmode(tile, rawmode) for tile in image.tile]
    image.load()
    loaded: Image.Image = image
    return loaded


def _with_rawmode(tile: Any, rawmode: str) -> Any:
    args = rawmode if isinstance(tile.args, str) else (rawmode, *tile.args[1:])
    return tile._replace(args=args)
