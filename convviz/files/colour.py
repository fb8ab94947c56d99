"""Colour profiles: whatever a picture's colours mean, as sRGB."""

import io
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from PIL import Image, ImageCms

from convviz.core.text import QT_TRANSLATE_NOOP, Sentence

Convert = Callable[[Image.Image], Image.Image]


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def to_srgb(profile: bytes | None, mode: str) -> tuple[Convert, tuple[Sentence, ...]]:
    """Return the function that turns pixels of ``mode`` into sRGB, and notes about it.

    Parameters
    ----------
    profile : bytes or None
        The picture's ICC profile.
    mode : str
        Pillow mode of the pixels: ``"L"``, ``"RGB"``, ``"CMYK"`` or ``"LAB"``.

    Returns
    -------
    convert : callable
        Takes a Pillow image of ``mode``; returns one of mode ``"L"`` for grey, else ``"RGB"``.
    notes : tuple of Sentence
        Empty if the colours are sRGB already.
    """
    plain = _without_profile(mode)
    if not profile:
        return plain, _plain_notes(mode)
    try:
        found = _from_profile(profile, mode)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return plain, (
            Sentence(QT_TRANSLATE_NOOP("Sentence", "The colour profile is damaged and was left out.")),
            *_plain_notes(mode),
        )
    if found is None:
        return plain, (
            Sentence(
                QT_TRANSLATE_NOOP("Sentence", "The colour profile does not fit the picture and was left out.")
            ),
            *_plain_notes(mode),
        )
    convert, title = found
    if mode in ("L", "RGB") and _changes_nothing(convert, mode):
        return plain, ()
    note = Sentence(
        QT_TRANSLATE_NOOP("Sentence", "Colours converted from the profile “{profile}” to sRGB."),
        {"profile": title},
    )
    return convert, (note,)


def is_srgb(profile: bytes | None, mode: str) -> bool:
    """Whether colours of ``mode`` with ``profile`` are sRGB as they stand."""
    return not to_srgb(profile, mode)[1]


def _from_profile(data: bytes, mode: str) -> tuple[Convert, str] | None:
    source = ImageCms.ImageCmsProfile(io.BytesIO(data))
    space = source.profile.xcolor_space.strip()
    title = (source.profile.profile_description or space).strip()
    inner = {"GRAY": "L", "RGB": "RGB", "CMYK": "CMYK", "Lab": "LAB"}.get(space, "")
    if inner != mode and (inner, mode) != ("RGB", "L"):
        return None
    transform = ImageCms.buildTransform(source, _srgb(), inner, "RGB")

    def convert(pixels: Image.Image) -> Image.Image:
        result = ImageCms.applyTransform(pixels if inner == mode else pixels.convert(inner), transform)
        assert result is not None
        # What is grey under its profile is neutral in sRGB: one channel says it all.
        return result.getchannel("G") if mode == "L" else result

    return convert, title


def _changes_nothing(convert: Convert, mode: str) -> bool:
    """Whether ``convert`` moves no colour of a coarse grid by more than rounding does."""
    levels = np.arange(0, 256, 15).astype(np.uint8)
    grid = levels[np.newaxis] if mode == "L" else np.stack(np.meshgrid(levels, levels, levels), -1)
    probe: Any = grid if mode == "L" else grid.reshape(1, -1, 3)
    after = np.asarray(convert(Image.fromarray(probe)))
    return int(np.abs(after.astype(int) - probe).max()) <= 1


def _without_profile(mode: str) -> Convert:
    if mode == "LAB":
        lab = ImageCms.buildTransform(ImageCms.createProfile("LAB"), _srgb(), "LAB", "RGB")

        def convert(pixels: Image.Image) -> Image.Image:
            result = ImageCms.applyTransform(pixels, lab)
            assert result is not None
            return result

        return convert
    if mode == "CMYK":
        return lambda pixels: pixels.convert("RGB")
    return lambda pixels: pixels


def _plain_notes(mode: str) -> tuple[Sentence, ...]:
    if mode == "CMYK":
        return (
            Sentence(
                QT_TRANSLATE_NOOP(
                    "Sentence",
                    "Printing colours (CMYK) without a profile were converted by the simple formula.",
                )
            ),
        )
    if mode == "LAB":
        return (Sentence(QT_TRANSLATE_NOOP("Sentence", "Colours converted from CIELAB to sRGB.")),)
    return ()
