"""The kernel on its way over the input, as a film. Painted and written in the worker."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter

from convviz.core.specs import Pair
from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.core.wording import PieceKind, lines
from convviz.files.animation import Film, Pixels, check_film_place, film_bytes, save_film
from convviz.ui.explanation import Pointer
from convviz.ui.export.paint import finer
from convviz.ui.rooms.cell_text import MOST_TERMS, channel_names, place_name
from convviz.ui.rooms.convolution_room import ConvolutionRoom
from convviz.ui.rooms.pointing import marks_of
from convviz.ui.theme import Theme
from convviz.ui.widgets.pane_paint import Painter, Scene
from convviz.work.jobs import JobContext

# More steps than this nobody watches, and no viewer holds.
MOST_STEPS = 1000
# Of how many pictures the size of the whole film is told.
_TRIED = 4
LINE_PX, _MEASURED, _MOST_ROWS = 17, 16, 24
# Where a piece of the arithmetic stands, from the left and in which row; None is the title.
Placed = tuple[float, int, str, PieceKind | None]


@dataclass(frozen=True, eq=False)
class Part:
    """A map in the film: where it is, what it shows, and at which stage it is."""

    left: int
    top: int
    width: int
    height: int
    scene: Scene
    stage: int


@dataclass(frozen=True, eq=False)
class Stepping:
    """Everything that the pictures of a film are painted from.

    Parameters
    ----------
    parts : mapping of str to Part
        The maps by their keys.
    signs : tuple of (QRectF, str)
        What stands between them.
    size : (int, int)
        Width and height at the size on screen, the line of arithmetic included.
    pointer : Pointer
        Takes cells apart; of the film's own.
    key : str
        The map that is filled cell by cell.
    shape : (int, int)
        Its rows and columns.
    title, names, more : str, tuple of str, str
        How the arithmetic calls the map, its sources and the terms it leaves out.
    theme : Theme
        Colours and sizes.
    rows : int
        How many lines the arithmetic may take.
    """

    parts: Mapping[str, Part]
    signs: tuple[tuple[QRectF, str], ...]
    size: tuple[int, int]
    pointer: Pointer
    key: str
    shape: tuple[int, int]
    title: str
    names: tuple[str, ...]
    more: str
    theme: Theme
    rows: int = 1

    @property
    def count(self) -> int:
        """How many steps there are."""
        return self.shape[0] * self.shape[1]


@dataclass(frozen=True, eq=False)
class FilmOrder:
    """A film to be written, or to be weighed.

    Parameters
    ----------
    stepping : Stepping
        What is seen.
    steps : int
        How many of the cells, from the first one on; at most :data:`MOST_STEPS`.
    milliseconds : int
        How long each is seen.
    scale : int
        How many pixels of the film are one on screen.
    path : str
        Where it is written.
    """

    stepping: Stepping
    steps: int
    milliseconds: int
    scale: int
    path: str


def stepping_of(room: ConvolutionRoom, theme: Theme, more: str) -> Stepping | None:
    """Return what a film of ``room`` as it is on screen is painted from; None while it shows no result."""
    stages, pointer, state = room.stages, room.pointing.pointer, room.shown_state
    if pointer is None or state is None or not stages.columns or room.stale:
        return None
    place = stages.columns[-1].maps[0]
    if not place.stage:
        return None
    parts = {
        key: Part(pane.x(), pane.y(), pane.width(), pane.height(), pane.scene(), stages.place(key).stage)
        for key, pane in stages.panes.items()
        if pane.isVisible()
    }
    if any(part.scene.content is None for part in parts.values()):
        return None
    own = Pointer(state, pointer.columns)
    found = own.explain(place.key, (0, 0))
    bare = Stepping(
        parts,
        tuple((QRectF(sign.geometry()), sign.text()) for sign in stages.signs),
        (stages.width(), stages.height()),
        own,
        place.key,
        place.shape,
        place_name(found, stages).partition("[")[0],
        channel_names(found, stages, state),
        more,
        theme,
    )
    return _with_room(bare)


def _with_room(bare: Stepping) -> Stepping:
    """Return the stepping with as much room below the maps as the arithmetic of its cells needs."""
    # Numbers are longer in one cell than in another: some of them tell, and the lines may be one more.
    some = range(0, bare.count, max(1, bare.count // _MEASURED))
    rows = 1 + max(row for step in some for _, row, _, _ in placed_pieces(bare, divmod(step, bare.shape[1])))
    rows = min(rows + (rows > 1), _MOST_ROWS)
    spacing = QFontMetricsF(bare.theme.digits(LINE_PX)).lineSpacing()
    below = round(rows * spacing) + bare.theme.px(24)
    return replace(bare, rows=rows, size=(bare.size[0], bare.size[1] + below))


def make_film(order: FilmOrder, context: JobContext) -> Sentence:
    """Write a film and say so.

    Raises
    ------
    Problem
        If it cannot be written; the old file is kept.
    """
    path = Path(order.path)
    check_film_place(path)
    _check(order)
    save_film(path, _film(order, range(order.steps), context))
    return Sentence(QT_TRANSLATE_NOOP("Sentence", "Saved as {name}."), {"name": path.name})


def weigh_film(order: FilmOrder, context: JobContext) -> int:
    """Return about how many bytes the film will have, from a few of its pictures."""
    _check(order)
    suffix = Path(order.path).suffix.lower()
    if order.steps <= _TRIED:
        return len(film_bytes(suffix, _film(order, range(order.steps), context)))
    start = (order.steps - _TRIED) // 2
    one, some = (len(film_bytes(suffix, _film(order, range(start, start + n), context))) for n in (1, _TRIED))
    return one + (some - one) * (order.steps - 1) // (_TRIED - 1)


def _check(order: FilmOrder) -> None:
    if not 1 <= order.steps <= min(MOST_STEPS, order.stepping.count):
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "A film has 1 to {most} steps here, not {steps}."),
            most=min(MOST_STEPS, order.stepping.count),
            steps=order.steps,
        )


def _film(order: FilmOrder, steps: range, context: JobContext) -> Film:
    painters = {key: Painter() for key in order.stepping.parts}
    # The last step shows every colour that there is.
    last = _picture(order.stepping, order.steps - 1, order.scale, painters)
    return Film(_pictures(order, steps, context), order.milliseconds, last)


def _pictures(order: FilmOrder, steps: range, context: JobContext) -> Iterator[Pixels]:
    painters = {key: Painter() for key in order.stepping.parts}
    for done, step in enumerate(steps):
        context.progress(done / len(steps), _PAINTING)
        yield _picture(order.stepping, step, order.scale, painters)


_PAINTING = Sentence(QT_TRANSLATE_NOOP("Sentence", "Painting the steps"))


def _picture(stepping: Stepping, step: int, scale: int, painters: Mapping[str, Painter]) -> Pixels:
    width, height = (side * scale for side in stepping.size)
    image = QImage(QSize(width, height), QImage.Format.Format_RGB32)
    image.fill(QColor(stepping.theme.colours.window))
    cell = divmod(step, stepping.shape[1])
    found = stepping.pointer.explain(stepping.key, cell)
    here = stepping.parts[stepping.key].stage
    painter = QPainter(image)
    painter.scale(scale, scale)
    for key, part in stepping.parts.items():
        revealed = None if part.stage < here else step + 1 if part.stage == here else 0
        shading = replace(part.scene.shading, revealed=revealed, predict=None)
        geometry = finer(part.scene.geometry, 1.0)
        geometry = replace(geometry, ratio=float(scale))
        scene = replace(
            part.scene,
            geometry=geometry,
            shading=shading,
            marks=marks_of(found, key),
            cursor=None,
            updating="",
        )
        painter.save()
        painter.translate(part.left, part.top)
        area = QRectF(0, 0, part.width, part.height)
        painter.setClipRect(area)
        painters[key].paint(painter, scene, stepping.theme, area)
        painter.restore()
    _write_signs(painter, stepping)
    _write_arithmetic(painter, stepping, placed_pieces(stepping, cell))
    painter.end()
    data = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine())
    return np.ascontiguousarray(data[:, : 4 * width].reshape(height, width, 4)[..., 2::-1])


def _write_signs(painter: QPainter, stepping: Stepping) -> None:
    painter.setFont(stepping.theme.words(26))
    painter.setPen(QColor(stepping.theme.colours.muted))
    for area, sign in stepping.signs:
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, sign)


def _write_arithmetic(painter: QPainter, stepping: Stepping, placed: list[Placed]) -> None:
    """Write the arithmetic below the maps in the colours of the line."""
    theme, metrics = stepping.theme, QFontMetricsF(stepping.theme.digits(LINE_PX))
    colours = theme.colours
    top = stepping.size[1] - stepping.rows * metrics.lineSpacing() - theme.px(12) + metrics.ascent()
    painter.setFont(theme.digits(LINE_PX))
    inks = {
        None: colours.muted,
        PieceKind.NEGATIVE: colours.negative,
        PieceKind.POSITIVE: colours.positive,
        PieceKind.RESULT: colours.focus,
        PieceKind.WINNER: colours.focus,
    }
    for x, row, text, kind in placed:
        painter.setPen(QColor(inks.get(kind, colours.text)))
        painter.drawText(QPointF(x, top + row * metrics.lineSpacing()), text)


def placed_pieces(stepping: Stepping, cell: Pair) -> list[Placed]:
    """Return the arithmetic of a cell, broken between pieces where a line is full."""
    found = stepping.pointer.explain(stepping.key, cell)
    if found.parts is None:
        return []
    metrics, inset = QFontMetricsF(stepping.theme.digits(LINE_PX)), float(stepping.theme.px(12))
    title = f"{stepping.title}[{cell[0]}, {cell[1]}] ="
    text = lines(found.parts, limit=MOST_TERMS, channel_names=stepping.names, more=stepping.more)
    out: list[Placed] = [(inset, 0, title, None)]
    x, row = inset + metrics.horizontalAdvance(f"{title} "), 0
    for number, line in enumerate(text):
        # Several lines, one for each channel, begin below the title.
        if number or len(text) > 1:
            x, row = inset, row + 1
        for piece in line:
            said = piece.text
            if x + metrics.horizontalAdvance(said) > stepping.size[0] - inset:
                x, row, said = inset, row + 1, said.lstrip()
            out.append((x, row, said, piece.kind))
            x += metrics.horizontalAdvance(said)
    return out
