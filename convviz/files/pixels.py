"""What every decoder hands over, and what is common to all of them: blocks, orientation, transparency."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.text import QT_TRANSLATE_NOOP, Sentence

Colour = tuple[int, int, int]

# Work is done on this many values at a time: a large picture needs little more memory than its result.
_BLOCK = 1 << 22


@dataclass(frozen=True, eq=False)
class Pixels:
    """A decoded picture, upright and without transparency.

    Parameters
    ----------
    values : ndarray, shape (H, W, C)
        ``uint8`` or ``float32``.
    low, high : float
        Values shown as black and as white.
    notes : tuple of Sentence
        What was done to it.
    """

    values: NDArray[Any]
    low: float = 0.0
    high: float = 255.0
    notes: tuple[Sentence, ...] = ()


def row_blocks(height: int, row_values: int) -> Iterator[slice]:
    """Yield slices of rows of about four million values each, at least one row."""
    step = max(1, _BLOCK // max(1, row_values))
    for start in range(0, height, step):
        yield slice(start, min(start + step, height))


def upright_array(
    height: int, width: int, channels: int, dtype: type[np.generic], orientation: int
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return an empty upright picture and a view of it as the file stores it.

    Writing the stored rows into the view turns the picture without a second copy of it.

    Parameters
    ----------
    height, width : int
        Size as stored.
    channels : int
        Number of channels.
    dtype : numpy type
        ``uint8`` or ``float32``.
    orientation : int
        EXIF orientation, 1 to 8 (CIPA DC-008, tag 0x0112).

    Returns
    -------
    upright : ndarray, shape (H, W, C)
        C-contiguous.
    stored : ndarray, shape (height, width, C)
        View of ``upright``.
    """
    shape = (width, height) if orientation >= 5 else (height, width)
    upright = np.empty((*shape, channels), dtype)
    stored: NDArray[Any] = {
        2: upright[:, ::-1],
        3: upright[::-1, ::-1],
        4: upright[::-1],
        5: upright.swapaxes(0, 1),
        6: np.rot90(upright, 1),
        7: upright[::-1, ::-1].swapaxes(0, 1),
        8: np.rot90(upright, -1),
    }.get(orientation, upright)
    return upright, stored


def orientation_note(orientation: int) -> tuple[Sentence, ...]:
    """Return the note about a picture that was turned, or nothing for orientation 1."""
    if orientation == 1:
        return ()
    return (
        Sentence(
            QT_TRANSLATE_NOOP(
                "Sentence", "Turned upright, as the camera recorded (EXIF orientation {number})."
            ),
            {"number": orientation},
        ),
    )


def transparency_note(background: Colour) -> Sentence:
    """Return the note about transparency laid over ``background``."""
    return Sentence(
        QT_TRANSLATE_NOOP("Sentence", "Transparent parts were laid over the colour {colour}."),
        {"colour": "#{:02X}{:02X}{:02X}".format(*background)},
    )


def black_and_white_note() -> Sentence:
    """Return the note about a picture of one bit per pixel."""
    return Sentence(QT_TRANSLATE_NOOP("Sentence", "Black and white (1 bit per pixel) is shown as 0 and 255."))


def is_grey(background: Colour) -> bool:
    """Whether red, green and blue are equal."""
    return len(set(background)) == 1
