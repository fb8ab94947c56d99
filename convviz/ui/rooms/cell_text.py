"""What is written about the cell under the pointer: in the arithmetic line and in the status bar."""

from PySide6.QtCore import QCoreApplication, QObject

from convviz.core.arithmetic import ActivationCell
from convviz.core.numbers import format_number
from convviz.core.picture import Picture
from convviz.core.specs import Pair
from convviz.core.wording import MORE, Line, Piece, PieceKind, lines
from convviz.ui.arrangement import ColumnKind, map_names
from convviz.ui.explanation import Explanation
from convviz.ui.stage_view import StageView
from convviz.ui.state import State

# More products than this are not read by anybody; the middle ones are summed up.
MOST_TERMS = 27

_NAMES = {
    ColumnKind.INPUT: "input",
    ColumnKind.PARTIAL: "part",
    ColumnKind.CONVOLUTION: "output",
    ColumnKind.ACTIVATION: "activation",
    ColumnKind.POOLING: "pooled",
    ColumnKind.MIX: "mixed",
    ColumnKind.MAGNITUDE: "magnitude",
}


def place_name(found: Explanation, stages: StageView) -> str:
    """Return the cell's name as in a program: ``output[1, 2]``, the map first if there are several."""
    kind = stages.kind(found.key)
    channel = stages.place(found.key).channel
    several = sum(1 for key in stages.panes if stages.kind(key) is kind) > 1
    index = (channel, *found.cell) if several else found.cell
    return f"{_NAMES[kind]}[{', '.join(map(str, index))}]"


def pixel_text(picture: Picture, cell: Pair) -> str:
    """Return position, value and colour of a pixel: ``x 161 y 106 · R 150 G 139 B 128 · #968B80``."""
    values = picture.values[cell]
    where = f"x {cell[1]} y {cell[0]}"
    if picture.is_colour:
        text = " ".join(f"{c} {format_number(float(v))}" for c, v in zip("RGB", values, strict=True))
    else:
        text = " ".join(format_number(float(v)) for v in values[:8])
    if picture.is_colour and picture.low == 0 and picture.high == 255:
        hexadecimal = "".join(f"{round(min(max(float(v), 0), 255)):02X}" for v in values)
        return f"{where} · {text} · #{hexadecimal}"
    return f"{where} · {text}"


class CellText(QObject):
    """Finds the words for an explanation."""

    def describe(
        self, found: Explanation, stages: StageView, state: State | None
    ) -> tuple[str, tuple[Line, ...], float | None]:
        """Return a heading, the lines of arithmetic, and the value before the activation if there is one."""
        title = f"{place_name(found, stages)} ="
        if found.parts is None:
            return title, self._input_lines(found), None
        names = channel_names(found, stages, state)
        before = found.parts.before if isinstance(found.parts, ActivationCell) else None
        return (
            title,
            lines(
                found.parts,
                limit=MOST_TERMS,
                channel_names=names,
                more=QCoreApplication.translate("Sentence", MORE),
            ),
            before,
        )

    def _input_lines(self, found: Explanation) -> tuple[Line, ...]:
        value = Piece(format_number(found.value), PieceKind.RESULT)
        if found.fed is None:
            told = self.tr("no output reads this value")
        else:
            rect = found.fed
            rows = f"{rect.top}–{rect.top + rect.height - 1}" if rect.height > 1 else str(rect.top)
            cols = f"{rect.left}–{rect.left + rect.width - 1}" if rect.width > 1 else str(rect.left)
            told = self.tr("read by the outputs in rows {0}, columns {1}").format(rows, cols)
        return ((value, Piece("   " + told, PieceKind.PLAIN)),)


def channel_names(found: Explanation, stages: StageView, state: State | None) -> tuple[str, ...]:
    """Return what the maps are called that the cell was computed from; empty for a single one."""
    if state is None:
        return ()
    stage = stages.place(found.key).stage - 1
    kind = next((stages.kind(key) for key in stages.keys(stage)), ColumnKind.CONVOLUTION)
    names = map_names(state, ColumnKind.INPUT if stage == 0 else kind)
    return names if len(names) > 1 else ()
