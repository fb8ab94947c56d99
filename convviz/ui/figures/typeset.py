"""Formulas set by painting: letters in italics, subscripts, and sum signs with limits."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFont

from convviz.ui import theme
from convviz.ui.figures.scene import Label, Lines, Scene, advance, line_height

# Of the size of letters: subscripts, limits, the height of a sum sign, and how far subscripts go down.
_SUB, _LIMIT, _SIGMA, _DROP = 0.62, 0.58, 1.7, 0.3


# The outline of a sum sign, point by point: how far right and down from its corner, in its heights.
_ACROSS = (0.0, 0.74, 0.77, 0.72, 0.64, 0.2, 0.5, 0.16, 0.66, 0.75, 0.8, 0.76, 0.0, 0.0, 0.36, 0.0)
_DOWN = (0.0, 0.0, 0.22, 0.22, 0.085, 0.085, 0.485, 0.905, 0.905, 0.76, 0.76, 1.0, 1.0, 0.96, 0.51, 0.04)
_SIGN_WIDTH = 0.8


@dataclass(frozen=True)
class Word:
    """Letters in a row: a variable in italics, the rest upright; ``sub`` is its subscript."""

    text: str
    italic: bool = False
    sub: str = ""
    ink: str = ""
    bold: bool = False


@dataclass(frozen=True)
class Sum:
    """A sum sign with what is below and above it."""

    below: str
    above: str


Atom = Word | Sum


def words(text: str) -> list[Atom]:
    """Return the atoms of ``text``, in which a subscript follows ``_`` and single letters are variables."""
    out: list[Atom] = []
    token = ""

    def close() -> None:
        nonlocal token
        if token:
            name, _, sub = token.partition("_")
            out.append(Word(name, len(name) == 1 and name.isalpha(), sub))
            token = ""

    for letter in text:
        if letter.isalnum() or letter == "_":
            token += letter
            continue
        close()
        last = out[-1] if out else None
        if isinstance(last, Word) and not last.sub and not last.italic and not last.text[-1].isalnum():
            out[-1] = Word(last.text + letter)
        else:
            out.append(Word(letter))
    close()
    return out


def spoken(atoms: Sequence[Atom]) -> str:
    """Return ``atoms`` as plain text, a sum sign with its limits in brackets."""
    out = ""
    for atom in atoms:
        if isinstance(atom, Sum):
            out += f"Σ[{atom.below} … {atom.above}] "
        else:
            out += f"{atom.text}_{atom.sub}" if atom.sub else atom.text
    return out


class Formula:
    """Atoms beside each other on one line.

    Parameters
    ----------
    atoms : sequence of Atom
        What is set.
    pixels : float
        Size of the letters in design pixels.
    """

    def __init__(self, atoms: Sequence[Atom], pixels: float) -> None:
        self._atoms, self._pixels = list(atoms), pixels

    @property
    def width(self) -> float:
        """How wide it is."""
        return sum(self._width(atom) for atom in self._atoms)

    @property
    def height(self) -> float:
        """How high it is, the limits of its sums included."""
        plain = self._measure("0").height()
        if not any(isinstance(atom, Sum) for atom in self._atoms):
            return plain * 1.25
        return self._sigma + 2 * self._measure("0", _LIMIT).height()

    @property
    def _sigma(self) -> float:
        return theme.current().px(self._pixels) * _SIGMA

    def _measure(self, text: str, share: float = 1.0, italic: bool = False, bold: bool = False) -> QSizeF:
        """Return the size of ``text`` at a share of the size of letters."""
        return QSizeF(*_measured(text, theme.current().px(self._pixels * share), italic, bold))

    def _width(self, atom: Atom) -> float:
        if isinstance(atom, Sum):
            limits = (self._measure(text, _LIMIT).width() for text in (atom.below, atom.above))
            return max(self._sigma * _SIGN_WIDTH, *limits) + theme.current().px(self._pixels * 0.4)
        sub = self._measure(atom.sub, _SUB, bold=atom.bold).width() if atom.sub else 0.0
        wide = self._measure(atom.text, italic=atom.italic, bold=atom.bold).width()
        return wide + sub + (theme.current().px(1) if atom.italic else 0)

    def add_to(self, scene: Scene, left: float, middle: float, ink: str) -> None:
        """Set it from ``left`` on, its letters around the height ``middle``."""
        for atom in self._atoms:
            wide = self._width(atom)
            if isinstance(atom, Sum):
                self._add_sum(scene, atom, QPointF(left + wide / 2, middle), wide, ink)
            else:
                self._add_word(scene, atom, left, middle, atom.ink or ink)
            left += wide

    def _add_word(self, scene: Scene, word: Word, left: float, middle: float, ink: str) -> None:
        font = _font(self._pixels, word.italic, word.bold)
        size = self._measure(word.text, italic=word.italic, bold=word.bold)
        high, wide = size.height(), size.width()
        scene.add(Label(QRectF(left, middle - high / 2, wide, high), word.text, font, ink))
        if word.sub:
            small = _font(self._pixels * _SUB, False, word.bold)
            size = self._measure(word.sub, _SUB, bold=word.bold)
            top = middle - size.height() / 2 + theme.current().px(self._pixels) * _DROP
            place = QRectF(QPointF(left + wide, top), size)
            scene.add(Label(place, word.sub, small, ink))

    def _add_sum(self, scene: Scene, atom: Sum, centre: QPointF, wide: float, ink: str) -> None:
        corner = centre - QPointF(_SIGN_WIDTH, 1.0) * (self._sigma / 2)
        points = [corner + QPointF(x, y) * self._sigma for x, y in zip(_ACROSS, _DOWN, strict=True)]
        scene.add(Lines(points, "", 0.0, fill=ink))
        small = _font(self._pixels * _LIMIT, False, False)
        high = self._measure("0", _LIMIT).height()
        for text, top in (
            (atom.above, centre.y() - self._sigma / 2 - high),
            (atom.below, centre.y() + self._sigma / 2),
        ):
            scene.add(Label(QRectF(centre.x() - wide / 2, top, wide, high), text, small, ink))


def _font(pixels: float, italic: bool, bold: bool) -> QFont:
    font = theme.current().words(pixels, bold=bold)
    font.setItalic(italic)
    return font


# Layouts are tried at many sizes, and again from cell to cell; measuring takes longer than all the rest.
@lru_cache(maxsize=4096)
def _measured(text: str, pixels: int, italic: bool, bold: bool) -> tuple[float, float]:
    """Return the width and height of ``text``, ``pixels`` screen pixels high."""
    font = theme.Theme().words(pixels, bold=bold)
    font.setItalic(italic)
    return advance(font, text), line_height(font)
