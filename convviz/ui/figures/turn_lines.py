"""A formula as pieces in lines: products coloured by sign, sum signs with their index below."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF

from convviz.ui import theme
from convviz.ui.figures.scene import Label, Scene, advance, line_height


class Role(Enum):
    """How a piece is written."""

    PLAIN = auto()
    SUM = auto()
    INDEX = auto()
    POSITIVE = auto()
    NEGATIVE = auto()
    ZERO = auto()
    RESULT = auto()


@dataclass(frozen=True)
class Piece:
    """Letters of one look; of a sum sign, ``below`` is its index. What is not ``seen`` keeps its room."""

    text: str
    role: Role = Role.PLAIN
    below: str = ""
    seen: bool = True


Line = Sequence[Piece]
_SCALE = {Role.SUM: 1.5, Role.INDEX: 0.65}
_LEAST_PX = 6
_GAP = 0.3


def add_lines(scene: Scene, lines: Sequence[Line], room: QRectF, most: int) -> None:
    """Write ``lines`` into ``room`` one below the other, as large as they fit, up to ``most`` pixels."""
    size = next((px for px in range(most, _LEAST_PX, -1) if _fits(lines, room, px)), _LEAST_PX)
    spare = room.height() - sum(_height(line, size) for line in lines)
    gap = min(size * _GAP, spare / max(len(lines), 1))
    top = room.top()
    for line in lines:
        _add_line(scene, line, QPointF(room.left(), top), size)
        top += _height(line, size) + gap


def _fits(lines: Sequence[Line], room: QRectF, size: int) -> bool:
    wide = all(sum(_width(piece, size) for piece in line) <= room.width() for line in lines)
    return wide and sum(_height(line, size) for line in lines) <= room.height()


def _pixels(role: Role, size: int) -> int:
    return max(round(size * _SCALE.get(role, 1.0)), _LEAST_PX)


def _width(piece: Piece, size: int) -> float:
    own = advance(theme.digits_font(_pixels(piece.role, size), bold=_bold(piece)), piece.text)
    below = advance(theme.digits_font(_pixels(Role.INDEX, size)), piece.below)
    return max(own, below) + 1


def _height(line: Line, size: int) -> float:
    tall = max(line_height(theme.digits_font(_pixels(piece.role, size))) for piece in line)
    below = line_height(theme.digits_font(_pixels(Role.INDEX, size)))
    return tall + (below if any(piece.below for piece in line) else 0.0)


def _bold(piece: Piece) -> bool:
    return piece.role in (Role.POSITIVE, Role.NEGATIVE, Role.RESULT)


def _ink(role: Role) -> str:
    colours = theme.current().colours
    return {
        Role.POSITIVE: colours.positive,
        Role.NEGATIVE: colours.negative,
        Role.ZERO: colours.muted,
        Role.RESULT: colours.focus,
    }.get(role, colours.text)


def _add_line(scene: Scene, line: Line, corner: QPointF, size: int) -> None:
    tall = max(line_height(theme.digits_font(_pixels(piece.role, size))) for piece in line)
    small = theme.digits_font(_pixels(Role.INDEX, size))
    x = corner.x()
    for piece in line:
        width = _width(piece, size)
        # An index stands lower than what it belongs to.
        drop = size * 0.3 if piece.role is Role.INDEX else 0.0
        font = theme.digits_font(_pixels(piece.role, size), bold=_bold(piece))
        if piece.seen:
            place = QRectF(x, corner.y() + drop, width, tall)
            scene.add(Label(place, piece.text, font, _ink(piece.role)))
            if piece.below:
                under = QRectF(x, corner.y() + tall, width, line_height(small))
                scene.add(Label(under, piece.below, small, theme.current().colours.muted))
        x += width
