"""Hovering, pinning and stepping: which cell is talked about, and what is said of it."""

from PySide6.QtCore import QObject, Signal, Slot

from convviz.core.arithmetic import ConvolutionCell, MagnitudeCell, PoolingCell
from convviz.core.geometry import Rect
from convviz.core.prediction import Slip, SlipKind, agrees, find_slip
from convviz.core.specs import Pair
from convviz.ui.arrangement import ColumnKind
from convviz.ui.explanation import Explanation, Outline, Pointer
from convviz.ui.stage_view import StageView
from convviz.ui.widgets.pane import Mark, MarkKind
from convviz.ui.widgets.transport import Transport

_KINDS = {
    Outline.FOCUS: MarkKind.FOCUS,
    Outline.TAP: MarkKind.TAP,
    Outline.WINNER: MarkKind.WINNER,
    Outline.SOFT: MarkKind.SOFT,
}


class Pointing(QObject):
    """Turns the pointer, a pinned cell and the transport into outlines and arithmetic.

    Parameters
    ----------
    stages : StageView
        Where the outlines are drawn.
    transport : Transport
        What steps through the cells.
    parent : QObject
        Owner.
    """

    explained = Signal(object)  # Explanation of the cell talked about, or None

    def __init__(self, stages: StageView, transport: Transport, parent: QObject) -> None:
        super().__init__(parent)
        self._stages, self._transport = stages, transport
        self._pointer: Pointer | None = None
        self._hovered: tuple[str, Pair] | None = None
        self._pinned: tuple[str, Pair] | None = None
        self._step: int | None = None
        self._step_key = ""
        self._answered = False
        self.explanation: Explanation | None = None
        stages.hovered.connect(self._hover)
        stages.pinned.connect(self._pin)
        stages.unpinned.connect(self.unpin)
        transport.position_changed.connect(self._go_to)
        transport.stopped.connect(self.stop)
        transport.predict_toggled.connect(self._start_predicting)
        transport.answer_given.connect(self._check_answer)

    @property
    def pinned_cell(self) -> Pair | None:
        """The cell of the last map that is pinned."""
        pinned = self._pinned
        return pinned[1] if pinned is not None and pinned[0] == self._last_key() else None

    def look_at(self, cell: Pair | None, step: int | None, *, predict: bool) -> None:
        """Pin a cell of the last map, or have stepped to one, perhaps asking for its value."""
        self._step_key = self._last_key()
        length = self._length()
        self._transport.set_length(length)
        if step is not None and length:
            self._transport.set_predict(predict)
            self._transport.set_position(min(step, length - 1))
            self._go_to(min(step, length - 1))
        elif cell is not None:
            self._pin(self._step_key, cell)

    @property
    def pointer(self) -> Pointer | None:
        """What takes the cells of the present arrangement apart."""
        return self._pointer

    @property
    def stepping(self) -> bool:
        """Whether cells are stepped through."""
        return self._step is not None

    def await_pointer(self) -> None:
        """Explain nothing until the next pointer: panes are arranged of which the present one knows nothing.

        The mouse may come upon one of them, or lose it, at any time meanwhile.
        """
        self._pointer = None

    def set_pointer(self, pointer: Pointer) -> None:
        """Explain the cells of another arrangement; what no longer exists is unpinned."""
        self._pointer = pointer
        self._hovered = self._kept(self._hovered)
        self._pinned = self._kept(self._pinned)
        length = self._choose_map()
        if self._step is not None and length:
            self._step = min(self._step, length - 1)
            self._transport.set_position(self._step)
            self._pinned = (self._step_key, self._cell_of(self._step))
        elif self.stepping:
            self._step = None
            self._transport.set_position(None)
        self._reveal()

    def _choose_map(self) -> int:
        """Let the last map be stepped through unless another is talked about; return its number of cells."""
        if (not self.stepping and self._pinned is None) or self._step_key not in self._stages.panes:
            self._step_key = self._last_key()
        length = self._length()
        self._transport.set_length(length)
        return length

    def renew(self, pointer: Pointer) -> None:
        """Explain the cells of the same arrangement under new numbers; :meth:`refresh` shows them."""
        self._pointer = pointer

    @Slot()
    def refresh(self) -> None:
        """Explain the cell talked about anew, if there is one."""
        self._choose_map()
        if self.explanation is not None:
            self._show()

    def _kept(self, at: tuple[str, Pair] | None) -> tuple[str, Pair] | None:
        if at is None or at[0] not in self._stages.panes:
            return None
        shape = self._stages.place(at[0]).shape
        return at if at[1][0] < shape[0] and at[1][1] < shape[1] else None

    def _last_key(self) -> str:
        return self._stages.columns[-1].maps[0].key if self._stages.columns else ""

    def _length(self) -> int:
        if self._step_key not in self._stages.panes or self._stages.place(self._step_key).stage == 0:
            return 0
        height, width = self._stages.place(self._step_key).shape
        return height * width

    def _cell_of(self, index: int) -> Pair:
        width = self._stages.place(self._step_key).shape[1]
        return divmod(index, width)

    def _hover(self, key: str, cell: Pair | None) -> None:
        self._hovered = self._kept((key, cell)) if cell is not None else None
        if self._hovered is not None and self._gives_away(*self._hovered):
            self._hovered = None
        self._show()

    def _gives_away(self, key: str, cell: Pair) -> bool:
        """Whether explaining ``cell`` would show a value that is still to be predicted or stepped to."""
        if self._step is None:
            return False
        stage, place = self._stages.place(self._step_key).stage, self._stages.place(key)
        if self._stages.kind(key) is ColumnKind.PARTIAL:
            return self._hidden()
        index = cell[0] * place.shape[1] + cell[1]
        last = self._step - 1 if self._hidden() else self._step
        return place.stage > stage or (place.stage == stage and index > last)

    def _pin(self, key: str, cell: Pair) -> None:
        if self._kept((key, cell)) is None:
            return
        if self._gives_away(key, cell) and self._hidden():
            return
        self._pinned = (key, cell)
        if self._stages.kind(key) not in (ColumnKind.INPUT, ColumnKind.PARTIAL):
            self._step_key = key
            self._transport.set_length(self._length())
            if self.stepping:
                self._step, self._answered = cell[0] * self._stages.place(key).shape[1] + cell[1], False
                self._transport.set_position(self._step)
        elif self.stepping:
            # The step stays where it is; what was clicked is explained until the pointer moves on.
            self._hovered, self._pinned = (key, cell), (self._step_key, self._cell_of(self._step or 0))
        self._reveal()

    @Slot()
    def unpin(self) -> None:
        """Let go of the pinned cell and stop stepping."""
        self._pinned = None
        self._transport.set_predict(False)
        self.stop()

    @Slot()
    def stop(self) -> None:
        """Stop stepping: every cell is shown again."""
        self._step = None
        self._transport.set_position(None)
        self._reveal()

    @Slot(int)
    def _go_to(self, index: int) -> None:
        self._step = index
        if not self._step_key:
            self._step_key = self._last_key()
        self._pinned = (self._step_key, self._cell_of(index))
        self._hovered = None
        self._answered = False
        self._reveal()

    @Slot(bool)
    def _start_predicting(self, on: bool) -> None:
        self._answered = False
        if on and not self.stepping:
            self._transport.first()
        self._reveal()

    @Slot()
    def _reveal(self) -> None:
        """Blank the cells that stepping has not reached, as on a blackboard."""
        stage = self._stages.place(self._step_key).stage if self._step_key in self._stages.panes else 0
        for key, pane in self._stages.panes.items():
            place = self._stages.place(key)
            if self._step is None or place.stage < stage or place.stage == 0:
                pane.set_revealed(None)
            elif place.stage == stage:
                count = self._step if self._hidden() else self._step + 1
                pane.set_revealed(count, self._step if self._hidden() else None)
            else:
                pane.set_revealed(0)
        self._show()

    def _hidden(self) -> bool:
        return self.stepping and self._transport.predicting and not self._answered

    def _show(self) -> None:
        at = self._hovered or self._pinned
        if self._pointer is None or at is None:
            self._stages.clear_marks()
            self.explanation = None
            self.explained.emit(None)
            return
        found = self._pointer.explain(*at)
        for key, pane in self._stages.panes.items():
            pane.set_marks(self._marks(found, key))
        self.explanation = found
        self.explained.emit(found)

    def _marks(self, found: Explanation, key: str) -> tuple[Mark, ...]:
        return marks_of(found, key, without_answer=self.hides_result)

    @property
    def hides_result(self) -> bool:
        """Whether the value of the cell talked about is to be predicted."""
        return self._hidden() and self._hovered is None

    @property
    def asks(self) -> bool:
        """Whether the cell talked about is the one whose value is asked for."""
        return self._hovered is None

    @Slot(float)
    def _check_answer(self, answer: float) -> None:
        if self._pointer is None or self._pinned is None or not self.stepping:
            return
        found = self._pointer.explain(*self._pinned)
        if found.parts is None:
            return
        if self._answered:
            # Enter once more, after the right answer, goes on.
            self._transport.forward()
            return
        if agrees(answer, found.value):
            self._answered = True
            self._reveal()
            self._transport.set_verdict(self.tr("Right."), True)
            return
        slip = find_slip(found.parts, answer)
        self._transport.set_verdict(self._slip_text(slip), False)
        self._show_slip(slip, found)

    def _slip_text(self, slip: Slip | None) -> str:
        if slip is None:
            return self.tr("Not yet: check each product.")
        return {
            SlipKind.LEFT_OUT: self.tr("A product was left out: see the amber cell."),
            SlipKind.SIGN: self.tr("One product has the wrong sign: see the amber cell."),
            SlipKind.BIAS: self.tr("The bias was forgotten."),
            SlipKind.OTHER_VALUE: self.tr("That value is in the window, but it is not the one kept."),
        }[slip.kind]

    def _show_slip(self, slip: Slip | None, found: Explanation) -> None:
        if slip is not None and slip.term is not None:
            self._mark_term(found, slip.term, MarkKind.WRONG)

    @Slot(object)
    def point_at_term(self, index: int | None) -> None:
        """Outline the cell of one term of the arithmetic, as when the pointer is over it; None for none."""
        found = self.explanation
        if found is None:
            return
        for key in found.marks:
            if key in self._stages.panes:
                self._stages.panes[key].set_marks(self._marks(found, key))
        if index is not None:
            self._mark_term(found, index, MarkKind.FOCUS)

    def _mark_term(self, found: Explanation, index: int, kind: MarkKind) -> None:
        if not isinstance(found.parts, ConvolutionCell | PoolingCell | MagnitudeCell):
            return
        term = found.parts.terms[index]
        for key in self._stages.keys(self._stages.place(found.key).stage - 1):
            if self._stages.place(key).channel == term.channel:
                mark = Mark(Rect(*term.position), kind)
                kept = self._marks(found, key)
                # One cell stands out only if its neighbours step back.
                kept = tuple(m for m in kept if kind is MarkKind.WRONG or m.kind is not MarkKind.TAP)
                self._stages.panes[key].set_marks((*kept, mark))

    def retranslate(self) -> None:
        """Nothing is kept in words here; a verdict is dropped with its language."""
        self._transport.set_verdict("", None)


def marks_of(found: Explanation, key: str, *, without_answer: bool = False) -> tuple[Mark, ...]:
    """Return what is outlined in map ``key``, or only what does not tell the value of the cell."""
    return tuple(
        Mark(m.cells, _KINDS[m.outline]) for m in found.marks.get(key, ()) if not (m.tells and without_answer)
    )
