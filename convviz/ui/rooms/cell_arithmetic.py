"""How the cell talked about is computed, below the maps of the convolution room and on its curves."""

from PySide6.QtCore import QObject

from convviz.core.specs import ConvSpec
from convviz.ui.arrangement import Column
from convviz.ui.explanation import Explanation, Pointer
from convviz.ui.rooms.cell_text import CellText
from convviz.ui.rooms.convolution_face import ConvolutionFace
from convviz.ui.rooms.pointing import Pointing
from convviz.ui.state import State


class CellArithmetic(QObject):
    """Writes an explanation into the arithmetic line, the question, and the curves of the activation.

    Parameters
    ----------
    face : ConvolutionFace
        Where it is written; also the owner.
    pointing : Pointing
        What knows whether the result is still to be predicted.
    """

    def __init__(self, face: ConvolutionFace, pointing: Pointing) -> None:
        super().__init__(face)
        self._face, self._pointing = face, pointing
        self._text = CellText(self)
        self._reserved: tuple[object, ...] = ()

    @property
    def has_room(self) -> bool:
        """Whether the line has the height it needs under the theme in force."""
        return bool(self._reserved)

    def forget_room(self) -> None:
        """Find the height of the line anew: under another theme it is another one."""
        self._reserved = ()

    def reserve_room(self, state: State, pointer: Pointer, last: Column) -> None:
        """Give the line the height it will need: the maps must not jump when a cell is pointed at."""
        shapes = tuple(op.weights.shape if isinstance(op, ConvSpec) else type(op) for op in state.chain())
        if shapes != self._reserved:
            self._reserved = shapes
            found = pointer.explain(last.maps[0].key, (0, 0))
            title, lines, _ = self._text.describe(found, self._face.stages, state)
            self._face.line.set_cell(title, lines)

    def show(self, found: Explanation | None, state: State | None) -> None:
        """Write how a cell of ``state``'s maps is computed; None for no cell."""
        line = self._face.line
        if found is None:
            hint = self.tr("Point at a cell, or step with → to see how it is computed.")
            line.clear(hint, keep_height=True)
            self._show_point(None)
            return
        title, lines, before = self._text.describe(found, self._face.stages, state)
        if self._pointing.asks:
            self._face.transport.set_question(title)
        line.set_hidden_result(self._pointing.hides_result)
        line.set_cell(title, lines)
        # The dot would give the answer away.
        self._show_point(None if self._pointing.hides_result else before)

    def _show_point(self, before: float | None) -> None:
        for plot in (self._face.settings.plot, self._face.curve):
            plot.set_point(before)
