"""What was pasted, dropped or typed, as a picture. Runs in a worker thread and touches no widget."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtGui import QImage

from convviz.core.picture import Picture, PictureKind
from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.files.arrays import from_array
from convviz.files.exact import to_float32
from convviz.files.matrices import parse_matrix
from convviz.files.ordinary import ordinary
from convviz.files.pictures import decode_picture
from convviz.files.pixels import Colour, row_blocks
from convviz.files.refusals import check_size, too_large

# English, as every name the application itself gives; the window translates it where it is shown.
PASTED = QT_TRANSLATE_NOOP("Sentence", "Pasted picture")
TYPED = QT_TRANSLATE_NOOP("Sentence", "Typed numbers")

_MODES = {
    True: ("RGBA", QImage.Format.Format_RGBA8888, 4),
    False: ("RGB", QImage.Format.Format_RGB888, 3),
}


def picture_of_numbers(planes: NDArray[np.float64], name: str) -> Picture:
    """Return numbers (C, H, W) as a grid whose shades reach from its smallest to its largest value.

    Raises
    ------
    Problem
        If there is a number that 32-bit floats cannot hold.
    """
    exact, rounded = planes.transpose(1, 2, 0), np.empty((*planes.shape[1:], len(planes)), np.float32)
    try:
        to_float32(exact, rounded, name)
        picture = from_array(rounded, name)
    except Problem as problem:
        raise _named(problem, name) from problem
    values = picture.values.astype(np.float32)
    low, high = float(values.min()), float(values.max())
    return replace(picture, values=values, kind=PictureKind.GRID, low=low, high=high)


def paste_text(text: str) -> Picture:
    """Return the matrix that ``text`` says as a picture.

    Raises
    ------
    Problem
        If it says none.
    """
    return picture_of_numbers(parse_matrix(text)[np.newaxis], TYPED)


def paste_png(data: bytes, background: Colour) -> Picture:
    """Return the picture that is pasted as the bytes of a PNG file.

    Raises
    ------
    Problem
        If it cannot be decoded, or is too large.
    """
    try:
        return decode_picture(data, PASTED, background=background)
    except Problem as problem:
        raise _named(problem, PASTED) from problem


def paste_image(image: QImage, background: Colour, check: Callable[[], None]) -> Picture:
    """Return a pasted image as a picture, what is transparent laid over ``background``.

    Parameters
    ----------
    image : QImage
        Of any format; not changed.
    background : (int, int, int)
        Colour that shows through transparency.
    check : callable
        Called between strips of rows; may raise.

    Returns
    -------
    Picture
        ``uint8``, shape (H, W, 3).

    Raises
    ------
    Problem
        If it is too large.
    """
    try:
        check_size(PASTED, image.width(), image.height())
        return _converted(image, background, check)
    except Problem as problem:
        raise _named(problem, PASTED) from problem
    except MemoryError as error:
        raise _named(too_large(PASTED), PASTED) from error


def _converted(image: QImage, background: Colour, check: Callable[[], None]) -> Picture:
    mode, form, channels = _MODES[image.hasAlphaChannel()]
    width = image.width()
    values = np.empty((image.height(), width, 3), np.uint8)
    notes: list[Sentence] = []
    for rows in row_blocks(image.height(), width * channels):
        check()
        strip = image.copy(0, rows.start, width, rows.stop - rows.start).convertToFormat(form)
        if strip.isNull():
            raise too_large(PASTED)
        pixels = Image.frombuffer(
            mode, (width, strip.height()), bytes(strip.constBits()), "raw", mode, strip.bytesPerLine(), 1
        )
        flat = ordinary(pixels, background, 8, 1)
        values[rows] = flat.values
        notes.extend(note for note in flat.notes if note not in notes)
    return Picture(values, PASTED, notes=tuple(notes))


def _named(problem: Problem, name: str) -> Problem:
    """Return ``problem`` with ``name`` as a sentence of its own, so that it is translated too."""
    values = {k: Sentence(name) if v == name else v for k, v in problem.sentence.values.items()}
    return Problem(problem.sentence.template, **values)
