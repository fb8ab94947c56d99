"""Numbers written into cells: how many decimals, how large, and in which colour they can be read."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QStaticText

from convviz.core.number_style import NumberStyle, number_style
from convviz.core.numbers import MINUS, plain_number
from convviz.ui import theme

SMALLEST_PX, LEGIBLE_PX = 9, 15
LARGEST_PX = 64
# Shares of a cell: height of one line alone, of one of three, their distance, width of the longest text.
LINE, THIRD, PITCH, ROOM = 0.45, 0.32, 0.31, 0.86
# In a small cell a number takes more of the height, until it is read from the back row.
SMALL_LINE, READ_PX = 0.58, 24
# The last of these decimals are given up for digits that can be read from afar.
MOST_DECIMALS, LEAST_DECIMALS = 4, 2
ELLIPSIS, NEARLY_ZERO = "…", "≈0"
SHORT = 3
# Black and white read equally well on this luminance, √(1.05 · 0.05) − 0.05, with a contrast of 4.58.
EVEN_LUMINANCE = 0.0525**0.5 - 0.05
# Cells are told apart by luminance in steps of which this many lie below the even one.
DARK_LEVELS = 12

Lines = list[list[str]]


def cell_text(value: float, decimals: int) -> str:
    """Return ``value`` as written into a cell with at most ``decimals`` decimals, in the style in force."""
    return _cell_text(value, decimals, number_style())


@lru_cache(maxsize=1 << 16)
def _cell_text(value: float, decimals: int, style: NumberStyle) -> str:
    return style.written(_plain_cell_text(value, decimals))


def _plain_cell_text(value: float, decimals: int) -> str:
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("∞" if value > 0 else f"{MINUS}∞")
    if decimals > 0 or value == int(value):
        return plain_number(value, max(decimals, 1))
    if abs(value) < 0.5:  # zero would be wrong
        return plain_number(value, 1)
    return plain_number(math.copysign(math.floor(abs(value) + 0.5), value))


@dataclass(frozen=True)
class Digits:
    """Texts of the cells of a view, and their size.

    Parameters
    ----------
    texts : list of list of str
        For each plane, the texts of the cells in raster order.
    size : int
        Font size in device pixels.
    """

    texts: Lines
    size: int


def fit_digits(
    values: NDArray[np.float32], cell: float, smallest: float, largest: float, legible: float = 0
) -> Digits:
    """Choose texts and one font size for all cells, so that the longest text fits.

    Decimals are given up one by one rather than going below the smallest size, and down to two of them rather
    than below the legible one. What is too long even without any becomes an ellipsis, what is too small for
    the decimals left ``≈0``.

    Parameters
    ----------
    values : ndarray, shape (n, cells)
        Values to be written, n lines a cell.
    cell : float
        Width of a cell.
    smallest, largest : float
        Limits of the font size, in the same pixels as ``cell``.
    legible : float
        Size that is better than more than two decimals, in the same pixels; 0 if any size is good enough.
    """
    planes = len(values)
    one = max(LINE * cell, min(SMALL_LINE * cell, READ_PX))
    tallest = min(largest, one if planes == 1 else THIRD * cell)
    smallest = min(smallest, 0.4 * cell)
    width = ROOM * cell / _advance()
    numbers, back = np.unique(values, return_inverse=True)
    texts = _fitting_texts(numbers.tolist(), int(width / max(legible, smallest)), LEAST_DECIMALS)
    if texts is None:
        texts = _fitting_texts(numbers.tolist(), int(width / smallest), 0) or []
    # Photographs keep the size for three digits, or it would jump while panning.
    longest = max(1 if planes == 1 else 3, *map(len, texts)) if texts else 1
    size = max(smallest, min(tallest, width / longest))
    lines = [[texts[i] for i in plane] for plane in back.reshape(planes, -1).tolist()]
    return Digits(lines, int(size))


def _fitting_texts(values: list[float], room: int, least: int) -> list[str] | None:
    """Return texts of at most ``room`` letters, with the same largest number of decimals.

    None if that takes fewer decimals than ``least``. Where none have to be left, what is too small for those
    there are becomes ``≈0``, and what is too long without any an ellipsis.
    """
    for decimals in range(MOST_DECIMALS, least - 1, -1):
        texts = []
        for value in values:
            text = cell_text(value, decimals)
            if len(text) > room:
                tiny = 0 < abs(value) < 0.5 * 10.0**-decimals
                if least or (decimals and not tiny):
                    break
                text = NEARLY_ZERO if tiny else ELLIPSIS
            texts.append(text)
        else:
            return texts
    return None


@lru_cache(maxsize=1)
def _advance() -> float:
    """Return the width of a digit relative to the size of the font."""
    return QFontMetricsF(theme.digits_font(100)).horizontalAdvance("0") / 100


@lru_cache(maxsize=1)
def _linear() -> NDArray[np.float64]:
    """Return the linear light of each 8-bit sRGB level (WCAG 2.1, relative luminance)."""
    c = np.arange(256) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def luminance(pixels: NDArray[np.uint32]) -> NDArray[np.float64]:
    """Return the relative luminance, 0 to 1, of 0xFFRRGGBB pixels (WCAG 2.1)."""
    linear = _linear()
    red, green, blue = (linear[(pixels >> shift) & 255] for shift in (16, 8, 0))
    return np.asarray(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def contrast(a: float, b: float) -> float:
    """Return the contrast ratio, 1 to 21, of two luminances (WCAG 2.1)."""
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)


def levels(pixels: NDArray[np.uint32]) -> list[int]:
    """Return for each pixel, in raster order, its level of luminance; see :func:`text_colour`."""
    out: list[int] = (luminance(pixels) * (DARK_LEVELS / EVEN_LUMINANCE)).astype(int).ravel().tolist()
    return out


@lru_cache(maxsize=1024)
def text_colour(level: int, hue: int | None, wanted: float) -> int:
    """Return the colour of digits on a cell.

    Parameters
    ----------
    level : int
        Luminance of the cell, from :func:`levels`.
    hue : int or None
        0, 1, 2 for the red, green, blue line; None for black or white.
    wanted : float
        Contrast to be reached. Where it cannot be, the best there is: black or white, 4.5 on any cell.

    Returns
    -------
    int
        0xFFRRGGBB.
    """
    # Each step is judged by its worse end.
    ends = [end * EVEN_LUMINANCE / DARK_LEVELS for end in (level, level + 1)]
    light = level >= DARK_LEVELS
    ink = QColor.fromRgb(0xFF000000 if light else 0xFFFFFFFF)
    if hue is None:
        return ink.rgb()
    pure = _hue(hue, light)
    for share in range(11):
        mixed = _mix(pure, ink, share / 10)
        own = float(luminance(np.array([mixed.rgb()], np.uint32))[0])
        if min(contrast(own, end) for end in ends) >= wanted:
            return mixed.rgb()
    return ink.rgb()


def pure_colour(hue: int, digits: int) -> QColor:
    """Return the red, green or blue (``hue`` 0, 1, 2) that goes with digits in colour ``digits``."""
    return _hue(hue, float(luminance(np.array([digits], np.uint32))[0]) < EVEN_LUMINANCE)


def _hue(hue: int, on_light: bool) -> QColor:
    colours = theme.LIGHT if on_light else theme.DARK
    return QColor((colours.red, colours.green, colours.blue)[hue])


def _mix(a: QColor, b: QColor, share: float) -> QColor:
    return QColor.fromRgbF(
        a.redF() + (b.redF() - a.redF()) * share,
        a.greenF() + (b.greenF() - a.greenF()) * share,
        a.blueF() + (b.blueF() - a.blueF()) * share,
    )


class Writer:
    """Draws short texts centred on points.

    Laying a text out takes longer than drawing it. One to three letters come again and again, so they are
    laid out once; longer ones hardly ever, and are drawn as they come.
    """

    def __init__(self) -> None:
        self._painter = QPainter()
        self._size = 0
        self._font = theme.digits_font(1)
        self._laid_out: dict[str, tuple[QStaticText, float]] = {}
        self._advance = self._middle = self._rise = 0.0

    def begin(self, painter: QPainter, size: int) -> None:
        """Draw with ``painter`` from now on, in a font ``size`` of its pixels high."""
        self._painter = painter
        if size != self._size:
            self._size, self._font = size, theme.digits_font(size)
            metrics = QFontMetricsF(self._font)
            # Digits have no descenders: the middle of a capital is the middle of the line.
            self._middle = metrics.capHeight() / 2
            self._rise = metrics.ascent() - self._middle
            self._advance = metrics.horizontalAdvance("0")
            self._laid_out = {}
        painter.setFont(self._font)

    def write(self, text: str, x: float, y: float) -> None:
        """Draw ``text`` with its middle at (x, y)."""
        if len(text) > SHORT:
            left = round(x - len(text) * self._advance / 2)
            self._painter.drawText(left, round(y + self._middle), text)
            return
        laid_out = self._laid_out.get(text)
        if laid_out is None:
            static = QStaticText(text)
            static.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
            static.prepare(font=self._font)
            laid_out = self._laid_out[text] = (static, static.size().width() / 2)
        static, half = laid_out
        self._painter.drawStaticText(round(x - half), round(y - self._rise), static)
