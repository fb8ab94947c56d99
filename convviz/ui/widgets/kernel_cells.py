"""The cells of a kernel: typed, spun, dragged and cleared."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from convviz.ui import theme
from convviz.ui.widgets.cell_editor import CellEditor
from convviz.ui.widgets.gestures import Gesture, Scrub, WheelSteps, step_size, stepped
from convviz.ui.widgets.kernel_paint import SMALLEST_DIGITS, Weights
from convviz.ui.widgets.kernel_view import KernelView, frozen

_Key = Qt.Key
_Modifier = Qt.KeyboardModifier
_ARROWS: dict[int, tuple[int, int]] = {
    _Key.Key_Left: (0, -1),
    _Key.Key_Right: (0, 1),
    _Key.Key_Up: (-1, 0),
    _Key.Key_Down: (1, 0),
}
_ENTERS = (_Key.Key_Return, _Key.Key_Enter, _Key.Key_F2)
_CLEARS = (_Key.Key_Delete, _Key.Key_Backspace)
_ENDS = (_Key.Key_Home, _Key.Key_End)
_SPINS = (_Key.Key_Up, _Key.Key_Down)
_FIRST_CHARACTERS = frozenset("0123456789-−+./,")


class KernelCells(KernelView):
    """A kernel as coloured cells, each of which can be changed.

    Arrows, Home and End select a cell. Typing edits it, F2 and Enter too; Enter then goes to the cell below,
    Tab to the next, Esc takes back what was typed. Ctrl+↑ and Ctrl+↓ change a cell by 1, with Shift by 0.1;
    so do the wheel over it once the grid has the focus, and dragging it up or down. Delete sets it to 0.

    Parameters
    ----------
    extent : int
        Design pixels the cells may take either way.
    parent : QWidget
        Owner.
    smallest : int
        Design pixels below which digits are left out.
    """

    # The new weights, a read-only array (kh, kw), at every change by the user.
    weights_changed = Signal(object)
    # The changes so far are one undo step.
    gesture_finished = Signal()
    # A QKeyEvent that starts typing, or None, while cells are too small to be typed into.
    typing_started = Signal(object)

    def __init__(self, extent: int, parent: QWidget, smallest: int = SMALLEST_DIGITS) -> None:
        super().__init__(extent, parent, smallest)
        self.setObjectName("kernel-cells")
        self._scrub, self._wheel = Scrub(), WheelSteps()
        self._gesture = Gesture(self)
        self._gesture.finished.connect(self.gesture_finished)
        self._editor = CellEditor(self, tabs=True)
        self._editor.setObjectName("kernel-cell-0-0")
        self._editor.hide()
        self._editor.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._editor.value_changed.connect(self._edited)
        self._editor.gesture_finished.connect(self._gesture.finish)
        self._editor.moved_on.connect(self._moved_on)
        self._editor.left.connect(self._close_editor)
        self.retranslate()

    def set_weights(self, weights: Weights) -> None:
        """Show ``weights``, shape (kh, kw), without announcing them; a cell being typed stays open."""
        if weights.shape != self.weights().shape:
            self._close_editor()
        super().set_weights(weights)
        if self._editor.isVisible():
            self._editor.set_value(self.weight())

    def select(self, row: int, column: int) -> None:
        """Select a cell; one being typed is closed."""
        if (row, column) != self.selected():
            self._close_editor()
        super().select(row, column)

    def set_weight(self, value: float) -> None:
        """Change the selected cell, as a user's change that is announced."""
        if self.weight() != value:
            weights = self.weights().copy()
            weights[self.selected()] = value
            self._announce(weights)

    def replace(self, weights: Weights) -> None:
        """Change all weights at once, as a user's change that is announced and complete."""
        self._close_editor()
        self._gesture.finish()
        self._announce(weights)
        self._gesture.touch()
        self._gesture.finish()

    def clear_cell(self) -> None:
        """Set the selected weight to 0, as a user's change that is announced and complete."""
        self._gesture.touch()
        self.set_weight(0.0)
        self._gesture.finish()

    def move_selection(self, rows: int, columns: int) -> None:
        """Move the selection; past the end of a row it goes on with the next."""
        height, width = self.weights().shape
        row, column = self.selected()[0] + rows, self.selected()[1] + columns
        if not 0 <= column < width and 0 <= row + columns < height:
            row, column = row + columns, column % width
        self.select_near(row, column)

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self.setAccessibleName(self.tr("Kernel"))
        self.set_texts(
            self.tr("row {row}, column {column}, weight {weight}"),
            self.tr(
                "Type a number or a fraction, or drag the cell up or down. Ctrl+↑ and Ctrl+↓ or the wheel "
                "change it by 1, with Shift by 0.1. Delete sets it to 0."
            ),
        )
        self._editor.setAccessibleName(self.tr("Weight"))
        self._editor.retranslate()

    # Changes

    def _announce(self, weights: Weights) -> None:
        if weights.shape != self.weights().shape:
            self.set_weights(weights)
            self.weights_changed.emit(self.weights())
            return
        # Whoever computes with the weights begins before they are drawn here.
        self._weights = frozen(weights)
        self.weights_changed.emit(self._weights)
        self._show_numbers()
        if self._editor.isVisible():
            self._editor.set_value(self.weight())

    def _edited(self, value: float) -> None:
        self._gesture.touch(held=True)
        self.set_weight(value)

    def _spin(self, steps: float, *, held: bool = False) -> None:
        self._close_editor()
        self._gesture.touch(held=held)
        self.set_weight(stepped(self.weight(), steps))

    # The line over a cell

    def _open_editor(self, event: QKeyEvent | None = None) -> None:
        if self.cell_rect(*self.selected()).width() < theme.current().px(40):
            self.typing_started.emit(event)
            return
        self._editor.setObjectName("kernel-cell-{}-{}".format(*self.selected()))
        self._editor.set_value(self.weight())
        self._place_editor()
        self._editor.show()
        self._editor.start(event)

    def _place_editor(self) -> None:
        """Lay the line over the cell, wider than a small one."""
        cell, current = self.cell_rect(*self.selected()), theme.current()
        width = min(max(cell.width(), current.px(72)), self.width())
        left = min(max(0, cell.center().x() - width // 2), self.width() - width)
        height = min(cell.height(), current.px(38))
        self._editor.setGeometry(left, cell.center().y() - height // 2, width, height)

    def _close_editor(self) -> None:
        if self._editor.isVisible():
            if self._editor.hasFocus():
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            self._editor.hide()
            self.update()

    def _moved_on(self, rows: int, columns: int) -> None:
        self._close_editor()
        self.move_selection(rows, columns)

    # Keys

    def event(self, event: QEvent) -> bool:
        """Keep this grid's keys from the window's shortcuts, and say what is under the pointer."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if _is_kernel_key(event):
                event.accept()
                return True
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self.tell(event)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Select, spin, clear or start typing."""
        key = event.key()
        if not _is_kernel_key(event):
            super().keyPressEvent(event)
        elif event.modifiers() & _Modifier.ControlModifier:
            size = step_size(event.modifiers() & ~_Modifier.ControlModifier)
            self._spin(size if key == _Key.Key_Up else -size)
        elif key in _ARROWS:
            row, column = self.selected()
            self.select_near(row + _ARROWS[key][0], column + _ARROWS[key][1])
        elif key in _ENDS:
            self.select(self.selected()[0], 0 if key == _Key.Key_Home else self.weights().shape[1] - 1)
        elif key in _CLEARS:
            self.clear_cell()
        else:
            self._open_editor(None if key in _ENTERS else event)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the cell and be ready to drag it."""
        cell = self.cell_at(event.position())
        if cell is not None:
            self._close_editor()
            self._gesture.finish()
            self.select(*cell)
            if event.button() == Qt.MouseButton.LeftButton:
                self._scrub.press(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Turn the weight like a knob, or show which cell is meant."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            if steps := self._scrub.move(event.position()):
                self._spin(steps * step_size(event.modifiers()), held=True)
            if self._scrub.moving:
                self.setCursor(Qt.CursorShape.SizeVerCursor)
        else:
            self.hover(self.cell_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the drag."""
        del event
        if self._scrub.release():
            self.unsetCursor()
            self._gesture.finish()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Type into the cell."""
        cell = self.cell_at(event.position())
        if cell is not None:
            self._scrub.release()
            self.select(*cell)
            self._open_editor()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Spin the cell under the pointer once the grid has the focus; else let the panel scroll."""
        cell = self.cell_at(event.position())
        if cell is None or not (self.hasFocus() or self._editor.hasFocus()):
            event.ignore()
            return
        if cell != self.selected():
            self._gesture.finish()
            self.select(*cell)
        if notches := self._wheel.take(event):
            self._spin(notches * step_size(event.modifiers()))
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """End the gesture, unless the focus has gone to the line over the cell."""
        super().focusOutEvent(event)
        if not self._editor.isVisible():
            self._gesture.finish()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the line over its cell."""
        super().resizeEvent(event)
        if self.isVisible():
            self._place_editor()


def _is_kernel_key(event: QKeyEvent) -> bool:
    """Return whether the cells act on this key, so that no shortcut of the window may take it."""
    key, modifiers = event.key(), event.modifiers()
    if modifiers & (_Modifier.AltModifier | _Modifier.MetaModifier):
        return False
    if modifiers & _Modifier.ControlModifier:
        return key in _SPINS
    return event.text() in _FIRST_CHARACTERS or key in (*_ARROWS, *_ENDS, *_CLEARS, *_ENTERS)
