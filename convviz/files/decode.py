"""From the bytes of a file to pixels."""

import errno
import struct
import zlib
from typing import BinaryIO

from PIL import Image

from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.files.colour import is_srgb
from convviz.files.deep import Samples, keep_range
from convviz.files.heif import heif_bits, heif_orientation, read_deep_heif
from convviz.files.ordinary import ordinary, orientation_of
from convviz.files.pillow import decoders, open_image
from convviz.files.pixels import Colour, Pixels, black_and_white_note, orientation_note
from convviz.files.png16 import png_header, read_png16
from convviz.files.pnm import read_pnm
from convviz.files.refusals import check_memory, check_size, cut_short, damaged, too_large, too_many_pixels
from convviz.files.signatures import HEAD_LENGTH, Format
from convviz.files.sources import unreadable
from convviz.files.tiff import grey_bits, is_reduced, open_tiff

_CUT_SHORT = ("truncated", "unexpected end", "end of file", "too short", "premature", "not enough")
_WHOLE_FILE = 500_000_000


def decode(file: BinaryIO, form: Format, name: str, background: Colour) -> Pixels:
    """Decode a picture.

    Parameters
    ----------
    file : binary file
        Holding the picture, at any position.
    form : Format
        What :func:`~convviz.files.signatures.recognise` found it to be; not ``"NPY"``.
    name : str
        Name to use in sentences.
    background : (int, int, int)
        Colour that shows through transparency.

    Raises
    ------
    Problem
        If it cannot be decoded, whatever the reason.
    """
    try:
        with decoders():
            return _READERS.get(form.key, _read_other)(file, form, name, background)
    except Problem:
        raise
    except Image.DecompressionBombError as error:
        raise too_many_pixels(name) from error
    except MemoryError as error:
        raise too_large(name) from error
    except Exception as error:
        # Decoders meet damaged files with every kind of exception there is.
        raise _explained(error, form, name) from error


def _explained(error: Exception, form: Format, name: str) -> Problem:
    if isinstance(error, OSError) and error.errno in (errno.EIO, errno.ESTALE, errno.EACCES):
        return unreadable(name, error)
    text = str(error).lower()
    if isinstance(error, (EOFError, struct.error)) or any(words in text for words in _CUT_SHORT):
        return cut_short(name, form.title)
    if isinstance(error, zlib.error) and "incomplete" in text:
        return cut_short(name, form.title)
    return damaged(name, form.title)


def _read_png(file: BinaryIO, form: Format, name: str, background: Colour) -> Pixels:
    file.seek(0)
    bits, colour_type = png_header(file.read(HEAD_LENGTH))
    image = _checked(open_image(file, form.key), name)
    if bits != 16:
        if colour_type == 0 and bits in (2, 4) and "transparency" in image.info:
            # Pillow stretches such grey to 0..255, but not the grey that stands for transparent.
            image.info["transparency"] = image.info["transparency"] * 255 // (2**bits - 1)
        return _finish(image, background, bits if colour_type == 0 else 8)
    check_memory(name, image.width * image.height * len(image.getbands()), 2)
    samples, profile = read_png16(file, colour_type)
    return _keep(samples, profile, name, background, _several(image))


def _read_tiff(file: BinaryIO, form: Format, name: str, background: Colour) -> Pixels:
    found = open_tiff(file, name)
    if not isinstance(found, Image.Image):
        samples, profile = found
        return _keep(samples, profile, name, background)
    # Pillow turns a TIFF upright while it loads it.
    notes = orientation_note(orientation_of(found)) + (_reduced_note() if is_reduced(found) else ())
    return _finish(found, background, grey_bits(found), notes)


def _read_heif(file: BinaryIO, form: Format, name: str, background: Colour) -> Pixels:
    _check_whole(file, name)
    image = _checked(open_image(file, form.key), name)
    orientation = heif_orientation(file, image)
    if heif_bits(image) <= 8:
        return _finish(image, background, orientation=orientation)
    check_memory(name, image.width * image.height * len(image.getbands()), 2)
    samples, profile = read_deep_heif(file, orientation)
    return _keep(samples, profile, name, background, _several(image))


def _read_avif(file: BinaryIO, form: Format, name: str, background: Colour) -> Pixels:
    _check_whole(file, name)
    image = _checked(open_image(file, form.key), name)
    return _finish(image, background, notes=_reduced_note() if _is_deep_avif(file) else ())


def _read_pnm(file: BinaryIO, form: Format, name: str, background: Colour) -> Pixels:
    del form
    file.seek(0)
    samples = read_pnm(file, name)
    if samples.bits == 1 and samples.highest is None:
        return Pixels(samples.values, notes=(black_and_white_note(),))
    if samples.highest == 255:
        return Pixels(samples.values)
    return keep_range(samples, name, background)


def _read_other(file: BinaryIO, form: Format, name: str, background: Colour) -> Pixels:
    if form.key == "WEBP":
        _check_whole(file, name)
    return _finish(_checked(open_image(file, form.key), name), background)


_READERS = {
    "PNG": _read_png,
    "TIFF": _read_tiff,
    "HEIF": _read_heif,
    "AVIF": _read_avif,
    "PPM": _read_pnm,
}


def _checked(image: Image.Image, name: str) -> Image.Image:
    check_size(name, *image.size)
    return image


def _check_whole(file: BinaryIO, name: str) -> None:
    """Refuse files too large for decoders that read all of a file at once."""
    if file.seek(0, 2) > _WHOLE_FILE:
        raise too_large(name)


def _finish(
    image: Image.Image,
    background: Colour,
    bits: int = 8,
    notes: tuple[Sentence, ...] = (),
    orientation: int | None = None,
) -> Pixels:
    image.load()
    pixels = ordinary(image, background, bits, orientation_of(image) if orientation is None else orientation)
    return Pixels(pixels.values, notes=(*notes, *pixels.notes, *_several(image)))


def _keep(
    samples: Samples,
    profile: bytes | None,
    name: str,
    background: Colour,
    notes: tuple[Sentence, ...] = (),
) -> Pixels:
    pixels = keep_range(samples, name, background)
    if profile and not is_srgb(profile, "RGB" if pixels.values.shape[2] == 3 else "L"):
        notes = (
            Sentence(
                QT_TRANSLATE_NOOP(
                    "Sentence", "The colour profile was not applied, so that the values stay as they are."
                )
            ),
            *notes,
        )
    return Pixels(pixels.values, pixels.low, pixels.high, (*pixels.notes, *notes))


def _several(image: Image.Image) -> tuple[Sentence, ...]:
    """Return a note if the file holds further pictures."""
    try:
        further = bool(getattr(image, "is_animated", False))
    except (OSError, SyntaxError, ValueError, EOFError, struct.error):
        # What follows is damaged, the first picture is not.
        further = True
    if not further:
        return ()
    if image.format in ("GIF", "PNG", "WEBP"):
        return (
            Sentence(QT_TRANSLATE_NOOP("Sentence", "The picture is animated; its first frame is shown.")),
        )
    return (
        Sentence(QT_TRANSLATE_NOOP("Sentence", "The file holds several pictures; the first one is shown.")),
    )


def _reduced_note() -> tuple[Sentence, ...]:
    return (
        Sentence(
            QT_TRANSLATE_NOOP(
                "Sentence", "The picture has more than 8 bits per channel; it was reduced to 8."
            )
        ),
    )


def _is_deep_avif(file: BinaryIO) -> bool:
    """Whether the AV1 configuration says 10 or 12 bits (AV1-ISOBMFF, 2.3.3: high_bitdepth)."""
    file.seek(0)
    head = file.read(1 << 16)
    at = head.find(b"av1C")
    return 0 <= at < len(head) - 6 and bool(head[at + 6] & 0x40)
