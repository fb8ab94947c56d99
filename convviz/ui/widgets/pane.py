"""The one pane for pictures and numbers: far away a picture, close by a matrix."""

from typing import cast

import numpy as np
from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from convviz.core.geometry import Rect
from convviz.core.numbers import MINUS
from convviz.ui import theme
from convviz.ui.widgets.pane_content import Content, Mark, MarkKind
from convviz.ui.widgets.pane_editor import PaneEditor
from convviz.ui.widgets.pane_pointer import PointedPane
from convviz.ui.widgets.refusal import Refusal
from convviz.ui.widgets.viewport import Placement, Viewport

__all__ = ["Content", "Mark", "MarkKind", "Pane", "Placement", "Viewport"]

_Key = Qt.Key
_STEPS = {_Key.Key_Up: (-1, 0), _Key.Key_Down: (1, 0), _Key.Key_Left: (0, -1), _Key.Key_Right: (0, 1)}
_ENTER = (_Key.Key_Return, _Key.Key_Enter)


class Pane(PointedPane):
    """A map on screen that is zoomed, panned, pointed at and, where allowed, edited.

    The wheel zooms at the pointer, dragging pans, a double click fits. Arrows move a cell cursor, Enter pins
    its cell, + and − zoom, 0 fits, 1 shows one pixel per pixel. In an editable grid a double click, F2 or a
    digit edits a cell.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    unpinned = Signal()  # Esc: nothing is pinned any more
    edited = Signal(int, int, float)  # row and column of a cell, and the number typed into it
    _editor: PaneEditor | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.space_pins = False
        self._editable = False
        self._refusal: Refusal | None = None
        self._edits = (0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def retranslate(self) -> None:
        """Set every text in the language in force."""
        super().retranslate()
        self.setWhatsThis(
            self.tr(
                "Wheel: zoom. Drag: move. Double click: show everything. "
                "Arrow keys: go from cell to cell. Enter: pin the cell. Esc: unpin."
            )
        )

    @property
    def cursor_cell(self) -> tuple[int, int] | None:
        """The cell (y, x) the keyboard acts on."""
        return self._cursor

    def set_editable(self, editable: bool) -> None:
        """Say whether the numbers may be typed over."""
        self._editable = editable
        if not editable:
            self._close_editor()

    def event(self, event: QEvent) -> bool:
        """Keep plain keys from the window's shortcuts while this pane has the focus."""
        is_plain = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_plain and self._wants(cast(QKeyEvent, event)):
            event.accept()
            return True
        return super().event(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit the cell where that is allowed, else show everything."""
        cell = self.cell_at(event.position())
        if self._editable and cell is not None and event.button() == Qt.MouseButton.LeftButton:
            self._edit(cell)
        else:
            super().mouseDoubleClickEvent(event)

    # Keyboard

    def _wants(self, event: QKeyEvent) -> bool:
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        key = event.key()
        if key == _Key.Key_Space:
            return self.space_pins
        if key in _STEPS and self.revealed is not None:
            return False
        if self._editable and (key == _Key.Key_F2 or self._starts_number(event)):
            return True
        return key in _STEPS or key in _ENTER or self._zoom_action(event) is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cursor, pin, zoom, or edit."""
        key = event.key()
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif key in _STEPS and self.revealed is None:
            self._step(*_STEPS[_Key(key)])
        elif key in _ENTER or (key == _Key.Key_Space and self.space_pins):
            if self._cursor is not None:
                self.pinned.emit(self._cursor)
        elif key == _Key.Key_Escape:
            self.unpinned.emit()
        elif self._editable and self._cursor is not None and key == _Key.Key_F2:
            self._edit(self._cursor)
        elif self._editable and self._cursor is not None and self._starts_number(event):
            self._edit(self._cursor, event.text())
        elif not self._zoom_key(event):
            super().keyPressEvent(event)

    def _starts_number(self, event: QKeyEvent) -> bool:
        text = event.text()
        return self._cursor is not None and len(text) == 1 and (text.isdecimal() or text in "-.," + MINUS)

    def _zoom_action(self, event: QKeyEvent) -> str | None:
        text = {"=": "+", MINUS: "-"}.get(event.text(), event.text())
        return text if text in ("+", "-", "0", "1") else None

    def _zoom_key(self, event: QKeyEvent) -> bool:
        match self._zoom_action(event):
            case "+":
                self._viewport.zoom_in()
            case "-":
                self._viewport.zoom_out()
            case "0":
                self._viewport.fit()
            case "1":
                self._viewport.actual_size()
            case _:
                return False
        return True

    def _step(self, rows: int, columns: int) -> None:
        """Move the cursor; the first time it comes out where one is looking."""
        height, width = self._size
        if not height or not width:
            return
        if self._cursor is None:
            view = self.view()
            cell = self._hovers or (max(view.rows.start, 0), max(view.columns.start, 0))
        else:
            y, x = self._cursor[0] + rows, self._cursor[1] + columns
            cell = min(max(y, 0), height - 1), min(max(x, 0), width - 1)
        self._go_to(cell)

    def _go_to(self, cell: tuple[int, int]) -> None:
        self._cursor = cell
        self._shows_cursor = True
        self.ensure_visible(Rect(*cell))
        self._describe()
        self.update()
        self._hover(cell)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard acts, unless the mouse brought it here."""
        super().focusInEvent(event)
        self._shows_cursor = event.reason() != Qt.FocusReason.MouseFocusReason
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the focus ring."""
        super().focusOutEvent(event)
        self.update()

    # Editing

    def _edit(self, cell: tuple[int, int], typed: str = "") -> None:
        """Open an editor in ``cell``; ``typed`` replaces its number."""
        values = self.values_at(cell)
        if len(values) != 1:
            return
        self._close_editor()
        self._go_to(cell)
        self._edits = cell
        editor = self._editor = PaneEditor(self)
        editor.setText(typed or _exactly(values[0]))
        editor.committed.connect(self._committed)
        editor.refused.connect(self._refuse)
        editor.textEdited.connect(self._forgive)
        editor.left.connect(self._left_editor)
        self._place_editor()
        editor.show()
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if typed:
            editor.setCursorPosition(len(typed))
        else:
            editor.selectAll()

    def _moved(self) -> None:
        super()._moved()
        self._place_editor()

    def _place_editor(self) -> None:
        """Keep the editor over its cell, and large enough to type in."""
        if self._editor is None:
            return
        now, cell = theme.current(), self.cell_rect(self._edits)
        size = max(now.px(15), min(int(cell.height() * 0.4), now.px(32)))
        self._editor.setStyleSheet(f"font-size: {size}px; padding: 0px;")
        self._editor.setFont(now.digits())
        area = QRectF(cell)
        grow_x = max(0.0, now.px(72) - area.width()) / 2
        grow_y = max(0.0, now.px(28) - area.height()) / 2
        area.adjust(-grow_x, -grow_y, grow_x, grow_y)
        area.moveLeft(min(max(area.left(), 0), self.width() - area.width()))
        area.moveTop(min(max(area.top(), 0), self.height() - area.height()))
        self._editor.setGeometry(area.toRect())
        if self._refusal is not None:
            self._refusal.say(self._refusal.text(), self._editor.geometry())

    def _committed(self, value: float, rows: int, columns: int) -> None:
        y, x = self._edits
        self._close_editor(keep_focus=rows != 0 or columns != 0)
        self.edited.emit(y, x, value)
        height, width = self._size
        if columns:
            y, x = divmod(min(max(y * width + x + columns, 0), height * width - 1), width)
        else:
            y = min(max(y + rows, 0), height - 1)
        if rows or columns:
            self._go_to((y, x))

    def _refuse(self, why: str) -> None:
        self._forgive()
        if self._editor is not None:
            self._refusal = Refusal(self)
            self._refusal.say(why, self._editor.geometry())

    def _forgive(self) -> None:
        if self._refusal is not None:
            self._refusal.hide()
            self._refusal.deleteLater()
            self._refusal = None

    def _left_editor(self) -> None:
        self._close_editor(keep_focus=self._editor is not None and self._editor.hasFocus())

    def _close_editor(self, *, keep_focus: bool = False) -> None:
        editor, self._editor = self._editor, None
        self._forgive()
        if editor is None:
            return
        editor.blockSignals(True)
        if keep_focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        editor.hide()
        editor.deleteLater()


def _exactly(value: float) -> str:
    """Return the shortest text that means the same 32-bit number, so that confirming it changes nothing."""
    text = str(np.float32(value)).removesuffix(".0")
    return text.replace("e+", "e").replace("-", MINUS)
