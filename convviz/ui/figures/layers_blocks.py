"""The outputs of a network as blocks to scale: height and depth are rows and columns, width is the maps."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from convviz.core.layer_list import Counted, Dims
from convviz.ui import theme
from convviz.ui.figures.listed_layers import dims_text
from convviz.ui.figures.scene import Box, Dot, Label, Lines, Scene, advance, line_height, mixed
from convviz.ui.figures.scene_figure import NOTHING

# How far a column reaches to the right and up, in rows.
_ACROSS, _UP = 0.40, 0.30
# Of a slot, what the depth of the largest block may take; the rest is for its maps.
_DEPTH_SHARE = 0.6
# Lines between rows, columns and maps are drawn where they are at least so far apart.
_LINES_PX = 5.0
_THINNEST_PX = 2.0
# A vector with more values than this shows the first and the last few.
_MOST_NEURONS, _ENDS = 10, 4


@dataclass(frozen=True)
class Block:
    """Outputs in a row that have the same shape; the layers they come from, empty for the input."""

    layers: tuple[int, ...]
    shape: Dims


def blocks_of(given: Dims, counted: tuple[Counted, ...]) -> tuple[Block, ...]:
    """Return what is drawn, the input first."""
    out = [Block((), given)]
    for number, one in enumerate(counted):
        if one.after == out[-1].shape and out[-1].layers:
            out[-1] = Block((*out[-1].layers, number), one.after)
        else:
            out.append(Block((number,), one.after))
    return tuple(out)


class BlockRow:
    """Blocks beside each other in ``place``, each in a slot of the same width.

    Parameters
    ----------
    blocks : tuple of Block
        The input first.
    place : QRectF
        Where they are drawn.
    scale : float
        Of the texts, 1 for their size on paper.
    """

    def __init__(self, blocks: tuple[Block, ...], place: QRectF, scale: float) -> None:
        now = theme.current()
        self._blocks, self._place, self._now = blocks, place, now
        self._font, self._name = now.digits(16 * scale, bold=True), now.words(15 * scale)
        self._slot = place.width() / len(blocks)
        self._gap = min(now.px(36), self._slot * 0.3)
        self._line = line_height(self._font)
        maps = [block.shape for block in blocks if len(block.shape) == 3]
        rows, columns = max(shape[1] for shape in maps), max(shape[2] for shape in maps)
        self._room = max(1.0, place.height() - 2 * self._line - 2 * now.px(8))
        inner = self._slot - self._gap
        self.cell = min(self._room / (rows + _UP * columns), _DEPTH_SHARE * inner / (_ACROSS * columns))
        self.sheet = min(self.cell, *((inner - _ACROSS * shape[2] * self.cell) / shape[0] for shape in maps))
        self._axis = place.top() + self._line + now.px(8) + self._room / 2

    @property
    def labels_fit(self) -> bool:
        """Whether every shape is narrower than its slot."""
        widest = max(advance(self._font, dims_text(block.shape)) for block in self._blocks)
        return widest + self._now.px(4) <= self._slot

    def face(self, number: int) -> QRectF:
        """Return the front of a block, maps × rows, or the column of a vector."""
        shape = self._blocks[number].shape
        centre = self._place.left() + (number + 0.5) * self._slot
        if len(shape) == 1:
            width, height = min(self._now.px(28), self._slot * 0.4), self._room * 0.8
            return QRectF(centre - width / 2, self._axis - height / 2, width, height)
        width = max(_THINNEST_PX, shape[0] * self.sheet)
        height = max(_THINNEST_PX, shape[1] * self.cell)
        across, up = shape[2] * self.cell * _ACROSS, shape[2] * self.cell * _UP
        return QRectF(centre - (width + across) / 2, self._axis - (height - up) / 2, width, height)

    def add_to(self, scene: Scene, picked: int) -> None:
        """Draw the blocks, what they are and the arrows between them."""
        for number, block in enumerate(self._blocks):
            slot = QRectF(
                self._place.left() + number * self._slot, self._place.top(), self._slot, self._place.height()
            )
            is_picked = picked != NOTHING and picked in block.layers
            if block.layers:
                scene.targets.append((slot, block.layers[0]))
            if len(block.shape) == 1:
                self._add_vector(scene, self.face(number), block.shape[0], is_picked)
            else:
                self._add_cuboid(scene, self.face(number), block.shape, is_picked)
            if number:
                self._add_arrow(scene, number)
            self._add_words(scene, slot, block, is_picked)

    def _add_words(self, scene: Scene, slot: QRectF, block: Block, is_picked: bool) -> None:
        colours = self._now.colours
        ink = colours.focus if is_picked else colours.text
        below = QRectF(slot.left(), slot.bottom() - self._line, slot.width(), self._line)
        scene.add(Label(below, dims_text(block.shape), self._font, ink))
        if block.layers:
            first, last = block.layers[0] + 1, block.layers[-1] + 1
            said = str(first) if first == last else f"{first}–{last}"
            above = QRectF(slot.left(), slot.top(), slot.width(), self._line)
            scene.add(Label(above, said, self._name, colours.focus if is_picked else colours.muted))

    def _right(self, number: int) -> float:
        shape, face = self._blocks[number].shape, self.face(number)
        return face.right() + (shape[2] * self.cell * _ACROSS if len(shape) == 3 else 0.0)

    def _add_arrow(self, scene: Scene, number: int) -> None:
        space = self._now.px(4)
        start, end = self._right(number - 1) + space, self.face(number).left() - space
        if end - start >= self._now.px(8):
            head = min(self._now.px(9), end - start)
            points = (QPointF(start, self._axis), QPointF(end, self._axis))
            scene.add(Lines(points, self._now.colours.muted, self._now.px(1.5), arrow=head))

    def _inks(self, is_picked: bool) -> tuple[str, str]:
        colours = self._now.colours
        return (colours.focus, colours.focus) if is_picked else (colours.plot, colours.shade)

    def _add_cuboid(self, scene: Scene, face: QRectF, shape: Dims, is_picked: bool) -> None:
        base, ink = self._inks(is_picked)
        surface, thin = self._now.colours.surface, 1.0
        back = QPointF(shape[2] * self.cell * _ACROSS, -shape[2] * self.cell * _UP)
        top = (face.topLeft(), face.topRight(), face.topRight() + back, face.topLeft() + back)
        side = (face.topRight(), face.bottomRight(), face.bottomRight() + back, face.topRight() + back)
        front = (face.topLeft(), face.topRight(), face.bottomRight(), face.bottomLeft())
        for points, share in ((top, 0.75), (side, 0.55), (front, 0.3)):
            scene.add(Lines(points, ink, thin, fill=mixed(base, surface, share)))
        line = mixed(ink, surface, 0.35)
        if shape[0] * self.sheet >= _LINES_PX * shape[0]:
            for sheet in range(1, shape[0]):
                down = QPointF(face.left() + sheet * self.sheet, face.top())
                scene.add(Lines((down + QPointF(0, face.height()), down, down + back), line, thin))
        if self.cell >= _LINES_PX:
            for row in range(1, shape[1]):
                start = QPointF(face.right(), face.top() + row * self.cell)
                scene.add(Lines((start, start + back), line, thin))
            for column in range(1, shape[2]):
                start = face.topRight() + back * (column / shape[2])
                scene.add(Lines((start, start + QPointF(0, face.height())), line, thin))

    def _add_vector(self, scene: Scene, face: QRectF, values: int, is_picked: bool) -> None:
        base, ink = self._inks(is_picked)
        colours, now = self._now.colours, self._now
        scene.add(Box(face, colours.surface, ink, now.px(1), radius=face.width() / 2))
        places = values if values <= _MOST_NEURONS else 2 * _ENDS + 1
        pitch = (face.height() - face.width() * 0.2) / places
        radius = min(face.width() * 0.32, pitch * 0.4)
        first = face.center().y() - pitch * (places - 1) / 2
        for place in range(places):
            centre = QPointF(face.center().x(), first + place * pitch)
            if values > _MOST_NEURONS and place == _ENDS:
                for step in (-0.28, 0.0, 0.28):
                    scene.add(Dot(centre + QPointF(0, step * pitch), max(1.0, radius * 0.2), colours.muted))
            else:
                scene.add(Dot(centre, radius, mixed(base, colours.surface, 0.3)))
