"""PNG pictures of 16 bits per channel, all 16 of them kept."""

import io
import zlib
from typing import BinaryIO

import numpy as np

from convviz.files.deep import Samples
from convviz.files.ordinary import orientation_of
from convviz.files.pillow import open_image, samples_of, two_passes

# Offsets in a file whose first chunk is IHDR, as the PNG specification demands (section 11.2.2).
_DEPTH, _COLOUR_TYPE, _CRC = 24, 25, 29
_GREY, _GREY_ALPHA, _RGB_ALPHA = 0, 4, 6


def png_header(head: bytes) -> tuple[int, int]:
    """Return the bits per channel and the colour type, or (8, 2) if the header is not where it must be."""
    if head[12:16] != b"IHDR" or len(head) < _CRC:
        return 8, 2
    return head[_DEPTH], head[_COLOUR_TYPE]


def read_png16(file: BinaryIO, colour_type: int) -> tuple[Samples, bytes | None]:
    """Return the 16-bit values of a PNG, and its colour profile.

    Parameters
    ----------
    file : binary file
        Holding a PNG whose header says 16 bits.
    colour_type : int
        Of its header: 0 grey, 2 RGB, 4 grey and alpha, 6 RGB and alpha.
    """
    if colour_type == _GREY:
        image = open_image(file, "PNG")
        image.load()
        values = samples_of(image)
    elif colour_type == _GREY_ALPHA:
        image = open_image(_as_rgba(file), "PNG")
        image.load()
        values = samples_of(image).view(">u2")
    else:
        base = "RGBA" if colour_type == _RGB_ALPHA else "RGB"
        values, image = two_passes(file, "PNG", base, "16B", "16L")
    alpha = colour_type in (_GREY_ALPHA, _RGB_ALPHA)
    key = None if alpha else image.info.get("transparency")
    samples = Samples(
        values,
        16,
        alpha=alpha,
        key=(key,) if isinstance(key, int) else key,
        orientation=orientation_of(image),
    )
    return samples, image.info.get("icc_profile")


def _as_rgba(file: BinaryIO) -> BinaryIO:
    """Return the file with a header that calls two 16-bit values four 8-bit ones.

    The filters of PNG work on bytes, four to a pixel in both, so every byte is decoded as it is.
    """
    file.seek(0)
    data = bytearray(file.read())
    data[_DEPTH], data[_COLOUR_TYPE] = 8, _RGB_ALPHA
    data[_CRC : _CRC + 4] = np.array(zlib.crc32(data[12:_CRC]), ">u4").tobytes()
    return io.BytesIO(data)
