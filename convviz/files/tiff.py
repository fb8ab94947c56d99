"""TIFF pictures: eight bits through Pillow, more through tifffile, or Pillow where that lacks the codec."""

import logging
import sys
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from convviz.core.text import QT_TRANSLATE_NOOP, Sentence
from convviz.files.deep import Samples
from convviz.files.ordinary import orientation_of
from convviz.files.pillow import open_image, samples_of, two_passes
from convviz.files.refusals import check_memory, check_size, cut_short, unsupported

_TITLE = "TIFF"
_BITS_PER_SAMPLE, _PHOTOMETRIC, _ORIENTATION, _PLANAR, _SAMPLE_FORMAT = 258, 262, 274, 284, 339
_WHITE_IS_ZERO, _BLACK_IS_ZERO, _RGB, _CMYK = 0, 1, 2, 5
_UNCOMPRESSED, _DEFLATE = 1, (8, 32946)
_FLOAT_PREDICTOR = 3
_SIGNED = 2
_PREMULTIPLIED, _STRAIGHT = 1, 2

# Its complaints about damaged files would go to the terminal; the user gets a sentence instead.
logging.getLogger("tifffile").addHandler(logging.NullHandler())


def open_tiff(file: BinaryIO, name: str) -> Image.Image | tuple[Samples, bytes | None]:
    """Return an 8-bit TIFF as an unloaded Pillow image, any other as its values and colour profile.

    Raises
    ------
    Problem
        If it is too large, cut short, or of a kind that neither Pillow nor tifffile reads.
    """
    try:
        image = open_image(file, "TIFF")
    except UnidentifiedImageError:
        image = None
    if image is not None:
        check_size(name, *image.size)
        # Pillow takes signed bytes for unsigned ones.
        unsigned = _SIGNED not in _tag(image, _SAMPLE_FORMAT, (1,))
        if (not is_reduced(image) and unsigned) or _tag(image, _PHOTOMETRIC, 0) == _CMYK:
            return image
    samples = _through_tifffile(file, name)
    if samples is None and image is not None:
        samples = _through_pillow(file, image)
    if samples is None:
        raise unsupported(name, _TITLE)
    return samples, image.info.get("icc_profile") if image is not None else None


def is_reduced(image: Image.Image) -> bool:
    """Whether Pillow decodes this TIFF to fewer bits than it has."""
    return bool(max(_tag(image, _BITS_PER_SAMPLE, (1,))) > 8)


def grey_bits(image: Image.Image) -> int:
    """Return the bits per pixel of an open TIFF."""
    return int(_tag(image, _BITS_PER_SAMPLE, (1,))[0])


def _tag(image: Image.Image, number: int, default: Any) -> Any:
    tags: Any = getattr(image, "tag_v2", {})
    return tags.get(number, default)


def _through_tifffile(file: BinaryIO, name: str) -> Samples | None:
    import tifffile

    file.seek(0)
    with tifffile.TiffFile(file) as tiff:
        page = tiff.pages.first
        check_size(name, page.imagewidth, page.imagelength)
        if not _tifffile_reads(page):
            return None
        assert page.dtype is not None
        check_memory(name, page.imagewidth * page.imagelength * page.samplesperpixel, page.dtype.itemsize)
        _check_complete(file, page, name)
        values = page.asarray()
        if page.planarconfig == 2 and page.samplesperpixel > 1:
            values = np.moveaxis(values, 0, -1)
        values = values.reshape(page.imagelength, page.imagewidth, page.samplesperpixel)
        orientation = page.tags.get(_ORIENTATION)
        return _described(
            values,
            int(page.bitspersample),
            int(page.photometric),
            tuple(int(extra) for extra in page.extrasamples),
            1 if orientation is None or orientation.value not in range(1, 9) else int(orientation.value),
        )


def _tifffile_reads(page: Any) -> bool:
    """Whether tifffile decodes the page alone, without its large companion of codecs."""
    return (
        page.dtype is not None
        and page.dtype.kind in "uif"
        and page.bitspersample == page.dtype.itemsize * 8
        and page.imagedepth == 1
        and page.compression in (_UNCOMPRESSED, *_DEFLATE)
        and page.predictor != _FLOAT_PREDICTOR
        and page.photometric in (_WHITE_IS_ZERO, _BLACK_IS_ZERO, _RGB)
    )


def _check_complete(file: BinaryIO, page: Any, name: str) -> None:
    """Raise :class:`Problem` if strips lie beyond the end of the file; tifffile would read them as zeros."""
    end = file.seek(0, 2)
    if any(start + count > end for start, count in zip(page.dataoffsets, page.databytecounts, strict=False)):
        raise cut_short(name, _TITLE)
    if page.compression == _UNCOMPRESSED and sum(page.databytecounts) < page.nbytes:
        raise cut_short(name, _TITLE)


def _described(
    values: NDArray[Any], bits: int, photometric: int, extras: tuple[int, ...], orientation: int
) -> Samples:
    """Sort out the channels: which are colours, which is alpha, which are to be left out."""
    colours = 3 if photometric == _RGB else 1
    if photometric == _RGB and values.shape[2] == 4 and not extras:
        extras = (_STRAIGHT,)
    notes: tuple[Sentence, ...] = ()
    alpha = bool(extras) and extras[0] in (_PREMULTIPLIED, _STRAIGHT)
    if values.shape[2] > colours + alpha:
        notes = (
            Sentence(
                QT_TRANSLATE_NOOP("Sentence", "Channels beyond the colours were left out: {count}."),
                {"count": values.shape[2] - colours - alpha},
            ),
        )
        values = values[..., : colours + alpha]
    if photometric == _WHITE_IS_ZERO and values.dtype.kind == "u":
        values[..., 0] = np.iinfo(values.dtype).max - values[..., 0]
    return Samples(
        values,
        bits,
        alpha=alpha,
        premultiplied=alpha and extras[0] == _PREMULTIPLIED,
        orientation=orientation,
        notes=notes,
    )


def _through_pillow(file: BinaryIO, image: Any) -> Samples | None:
    """Return values that only Pillow's libtiff can unpack, such as LZW."""
    bits = int(_tag(image, _BITS_PER_SAMPLE, (1,))[0])
    photometric = int(_tag(image, _PHOTOMETRIC, 0))
    extras = tuple(_tag(image, 338, ()))
    sample_format = _tag(image, _SAMPLE_FORMAT, (1,))[0]
    if image.mode in ("RGB", "RGBA"):
        args = image.tile[0].args if image.tile else ("",)
        if bits != 16 or _tag(image, _PLANAR, 1) != 1 or not args[0].endswith(";16N"):
            return None
        base = args[0].split(";")[0].replace("a", "A")
        native, other = ("16L", "16B") if sys.byteorder == "little" else ("16B", "16L")
        values: NDArray[Any]
        values, image = two_passes(file, "TIFF", base, native, other)
        if base == "RGBX":
            extras = ()
        return _described(values, bits, photometric, extras, 1)
    if image.mode not in ("I;16", "I;16B", "I;16L", "I;16N", "I", "F"):
        return None
    image.load()
    values = samples_of(image)
    if image.mode == "I" and sample_format == 1:
        # Pillow holds unsigned 32-bit numbers in signed ones.
        values = values.view(np.uint32)
    # Pillow has turned the picture upright already.
    return _described(values, bits, photometric, (), orientation_of(image))
