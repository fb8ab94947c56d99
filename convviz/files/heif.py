"""What is particular about HEIC pictures: their orientation, and more than eight bits per channel."""

from typing import Any, BinaryIO

import numpy as np
from PIL import Image

from convviz.files.deep import Samples


def heif_orientation(file: BinaryIO, image: Image.Image) -> int:
    """Return the EXIF orientation that remains to be applied to a decoded HEIC picture.

    The format turns pictures by properties of its own (``irot`` and ``imir``; ISO/IEC 23008-12, 6.5.10 and
    6.5.12), which the decoder has applied, and which overrule EXIF. Where neither is there, EXIF counts.
    """
    value = image.info.get("original_orientation")
    if not isinstance(value, int) or not 1 <= value <= 8:
        return 1
    meta = _meta_box(file)
    return 1 if b"irot" in meta or b"imir" in meta else value


def _meta_box(file: BinaryIO) -> bytes:
    """Return the content of the box that describes the pictures, or nothing."""
    file.seek(0)
    while len(head := file.read(8)) == 8:
        length = int.from_bytes(head[:4], "big")
        if head[4:] == b"meta":
            return file.read(max(length - 8, 0))
        if length < 8:
            break
        file.seek(length - 8, 1)
    return b""


def heif_bits(image: Image.Image) -> int:
    """Return the bits per channel that the file has."""
    return int(image.info.get("bit_depth", 8))


def read_deep_heif(file: BinaryIO, orientation: int) -> tuple[Samples, bytes | None]:
    """Return the values of a HEIC picture of 10 or 12 bits, which Pillow would reduce to 8."""
    import pillow_heif

    file.seek(0)
    whole: Any = pillow_heif.open_heif(file, convert_hdr_to_8bit=False, hdr_to_16bit=False)
    values = np.asarray(whole[whole.primary_index])
    values = values.reshape(*values.shape[:2], -1)
    samples = Samples(
        values,
        int(whole.info.get("bit_depth", 16)),
        alpha=values.shape[2] in (2, 4),
        premultiplied=str(whole.mode).startswith("RGBa"),
        orientation=orientation,
    )
    return samples, whole.info.get("icc_profile")
