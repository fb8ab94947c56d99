"""Pictures of up to eight bits per channel, through Pillow."""

from typing import Any

import numpy as np
from PIL import Image

from convviz.core.text import QT_TRANSLATE_NOOP, Sentence
from convviz.files.colour import Convert, to_srgb
from convviz.files.pixels import (
    Colour,
    Pixels,
    black_and_white_note,
    is_grey,
    orientation_note,
    row_blocks,
    transparency_note,
    upright_array,
)

_ORIENTATION = 0x0112
_GREY_MODES = ("1", "L", "LA", "La")


def ordinary(image: Image.Image, background: Colour, grey_bits: int, orientation: int) -> Pixels:
    """Return a loaded Pillow image as 8-bit sRGB or grey pixels.

    Parameters
    ----------
    image : Image
        Loaded, of any 8-bit mode.
    background : (int, int, int)
        Colour that shows through transparency.
    grey_bits : int
        Bits per pixel of the file if it is grey; Pillow stretches fewer than eight to 0..255.
    orientation : int
        EXIF orientation that is still to be applied.

    Returns
    -------
    Pixels
        ``uint8``, shape (H, W, 1) or (H, W, 3).
    """
    mode = "L" if image.mode in _GREY_MODES else image.mode if image.mode in ("CMYK", "LAB") else "RGB"
    transparent = image.has_transparency_data
    convert, colour_notes = to_srgb(image.info.get("icc_profile"), mode)
    channels = 1 if mode == "L" and (not transparent or is_grey(background)) else 3
    upright, stored = upright_array(image.height, image.width, channels, np.uint8, orientation)
    see_through = False
    for rows in row_blocks(image.height, image.width * 4):
        strip = image.crop((0, rows.start, image.width, rows.stop))
        if transparent:
            pixels, any_transparent = _flattened(strip, mode, convert, background, channels)
            see_through |= any_transparent
        else:
            pixels = convert(strip if strip.mode == mode else strip.convert(mode))
        stored[rows] = np.asarray(pixels).reshape(stored[rows].shape)
    notes = [*orientation_note(orientation), *_mode_notes(image.mode, grey_bits), *colour_notes]
    if see_through:
        notes.append(transparency_note(background))
    return Pixels(upright, notes=tuple(notes))


def orientation_of(image: Image.Image) -> int:
    """Return the EXIF orientation of an image, 1 if it has none or it cannot be understood."""
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # whatever damaged EXIF data raises, the picture itself may be sound
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _flattened(
    strip: Image.Image, mode: str, convert: Convert, background: Colour, channels: int
) -> tuple[Image.Image, bool]:
    """Lay a strip over the background; also return whether any of it is transparent."""
    if strip.mode == "La":
        strip = strip.convert("LA")
    whole = strip.convert("RGBA")
    alpha = whole.getchannel("A")
    body = convert(whole.getchannel("R") if mode == "L" else whole.convert("RGB"))
    if channels == 3 and body.mode == "L":
        body = body.convert("RGB")
    paper: Any = background if channels == 3 else background[0]
    result = Image.new(body.mode, body.size, paper)
    result.paste(body, mask=alpha)
    lowest = alpha.getextrema()[0]
    assert isinstance(lowest, int)
    return result, lowest < 255


def _mode_notes(mode: str, grey_bits: int) -> tuple[Sentence, ...]:
    if mode == "1":
        return (black_and_white_note(),)
    if mode in ("P", "PA"):
        return (
            Sentence(
                QT_TRANSLATE_NOOP("Sentence", "The colours of its palette were written out as R, G and B.")
            ),
        )
    if mode in _GREY_MODES and grey_bits < 8:
        return (
            Sentence(
                QT_TRANSLATE_NOOP(
                    "Sentence", "Grey of {bits} bits per pixel (0 to {most}) was stretched to 0 to 255."
                ),
                {"bits": grey_bits, "most": 2**grey_bits - 1},
            ),
        )
    return ()
