"""The kernel: its cells, the line for one weight, and what is applied when convolution turns it."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from convviz.core.kernels import rotate
from convviz.core.limits import MAX_KERNEL, check_weights
from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.files.matrices import format_matrix, parse_matrix
from convviz.ui import theme
from convviz.ui.motion import motion_wanted
from convviz.ui.widgets.cell_editor import CellEditor
from convviz.ui.widgets.kernel_cells import KernelCells
from convviz.ui.widgets.kernel_miniature import KernelMiniature
from convviz.ui.widgets.kernel_paint import SMALLEST_DIGITS, Weights
from convviz.ui.widgets.labels import label
from convviz.ui.widgets.turn_animation import TurnAnimation

EXTENT = 250


class KernelGrid(QWidget):
    """A kernel from 1 × 1 to 31 × 31 to look at and to change, as described at :class:`KernelCells`.

    Ctrl+C copies the kernel and Ctrl+V pastes one of any size. From eight rows or columns on, the cells show
    only their colours and the selected weight is typed into a line below them.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    extent : int
        Design pixels the cells may take either way.
    smallest : int
        Design pixels below which digits are left out.
    """

    # The new weights, a read-only array (kh, kw), at every keystroke, spin and drag, and after a paste.
    weights_changed = Signal(object)
    # The changes so far are one undo step.
    gesture_finished = Signal()
    # A Sentence: why the clipboard could not be pasted.
    problem = Signal(object)

    _theme: theme.Theme | None = None

    def __init__(
        self, parent: QWidget | None = None, extent: int = EXTENT, smallest: int = SMALLEST_DIGITS
    ) -> None:
        super().__init__(parent)
        self._turned = False
        self._cells = KernelCells(extent, self, smallest)
        self._line = QWidget(self)
        self._line_label = QLabel(self._line)
        self._field = CellEditor(self._line, tabs=False)
        self._field.setObjectName("kernel-weight")
        self._applied = QWidget(self)
        self._miniature = KernelMiniature(self._applied)
        self._miniature.setObjectName("kernel-applied")
        self._caption = label("muted", wrap=True, name="kernel-applied-caption")
        self._turn = TurnAnimation(self)
        self.destroyed.connect(self._turn.deleteLater)
        self._lay_out()
        self._connect()
        self._restyle()
        self.retranslate()
        self._refresh()

    def _lay_out(self) -> None:
        line = QHBoxLayout(self._line)
        line.addWidget(self._line_label)
        line.addWidget(self._field, 1)
        applied = QHBoxLayout(self._applied)
        applied.addWidget(self._miniature)
        applied.addWidget(self._caption, 1)
        layout = QVBoxLayout(self)
        layout.addWidget(self._cells, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._line)
        layout.addWidget(self._applied)
        for part in (line, applied, layout):
            part.setContentsMargins(0, 0, 0, 0)
        self._line.hide()
        self._applied.hide()
        self.setFocusProxy(self._cells)

    def _connect(self) -> None:
        self._cells.weights_changed.connect(self._changed)
        self._cells.gesture_finished.connect(self.gesture_finished)
        self._cells.selection_changed.connect(self._show_line)
        self._cells.typing_started.connect(self._type_below)
        self._field.value_changed.connect(self._cells.set_weight)
        self._field.gesture_finished.connect(self.gesture_finished)
        self._field.moved_on.connect(self._back_to_cells)
        self._turn.finished.connect(self._turn_over)

    # What is shown

    def weights(self) -> Weights:
        """Return the kernel shown, shape (kh, kw), read-only."""
        return self._cells.weights()

    def set_weights(self, weights: Weights) -> None:
        """Show ``weights``, shape (kh, kw), without announcing them.

        Text being typed stays as it is while it means the same weight, and so does a turn that ends there.
        """
        self._cells.set_weights(weights)
        self._refresh()

    def cells(self) -> KernelCells:
        """Return the part that holds the cells, for their geometry and selection."""
        return self._cells

    def set_extent(self, extent: int) -> None:
        """Let the cells take ``extent`` design pixels either way."""
        self._cells.set_extent(extent)
        self._refresh()

    def set_applied_turned(self, turned: bool, *, animated: bool = True) -> None:
        """Show below the cells that the kernel is applied turned by 180°, or no longer.

        When this changes in sight of the user, a copy of the kernel leaves the cells, turns and lands below,
        or comes back; unless ``animated`` is False or the desktop asks for stillness.
        """
        if turned == self._turned:
            return
        self._turned = turned
        self._turn.stop()
        fly = animated and motion_wanted(self)
        if turned:
            self._applied.show()
            self._settle()
        if fly:
            self._fly(turned)
        if not turned:
            self._applied.hide()

    def animate_turn(self, animated: bool = True) -> None:
        """Turn the cells by 180° before the eyes, from the weights now shown.

        It only moves what is seen: call it just before ``set_weights`` with the turned weights. While a turn
        is under way nothing happens.
        """
        if animated and motion_wanted(self) and not self._turn.running:
            centre = self._on_sheet(self._cells, QRectF(self._cells.cells_rect()).center())
            self._turn.play(self._cells.picture(), centre, centre)
            self._cells.set_blank(True)

    def _fly(self, turned: bool) -> None:
        above = self._on_sheet(self._cells, QRectF(self._cells.cells_rect()).center())
        below = self._on_sheet(self._miniature, QRectF(self._miniature.rect()).center())
        picture = self._cells.picture()
        size = self._miniature.side() / picture.layout.side
        if turned:
            self._turn.play(picture, above, below, (1.0, size))
            self._miniature.set_blank(True)
        else:
            self._turn.play(picture.turned(), below, above, (size, 1.0))

    def _on_sheet(self, widget: QWidget, point: QPointF) -> QPointF:
        """Return ``point`` of ``widget`` on the sheet, which covers the whole window."""
        window = self.window()
        if self._turn.parentWidget() is not window:
            self._turn.setParent(window)
        return widget.mapTo(window, point)

    def _turn_over(self) -> None:
        self._cells.set_blank(False)
        self._miniature.set_blank(False)

    def _settle(self) -> None:
        """Lay everything out now, so that it is known where things land."""
        self._refresh()
        widget: QWidget | None = self
        while widget is not None:
            layout = widget.layout()
            if layout is not None:
                layout.activate()
            widget = widget.parentWidget()

    def _refresh(self) -> None:
        if self._turned:
            self._miniature.show_weights(rotate(self._cells.weights()))
        self._line.setVisible(not self._cells.shows_all_digits())
        self._show_line(*self._cells.selected())

    def _show_line(self, row: int, column: int) -> None:
        self._line_label.setText(f"w[{row}, {column}] =")
        self._field.set_value(self._cells.weight())

    # What the user does

    def _changed(self, weights: Weights) -> None:
        self.weights_changed.emit(weights)
        self._refresh()

    def _type_below(self, event: QKeyEvent | None) -> None:
        self._field.start(event)

    def _back_to_cells(self, rows: int, columns: int) -> None:
        self._cells.setFocus(Qt.FocusReason.OtherFocusReason)
        self._cells.move_selection(rows, columns)

    def copy(self) -> None:
        """Put the kernel on the clipboard as text: tabs between columns, line ends between rows."""
        QGuiApplication.clipboard().setText(format_matrix(self._cells.weights()))

    def paste(self) -> None:
        """Take the kernel that the clipboard holds as text, of any size, or say why it is none."""
        try:
            weights = parse_matrix(QGuiApplication.clipboard().text())
            if max(weights.shape) > MAX_KERNEL:
                raise Problem(
                    QT_TRANSLATE_NOOP(
                        "Sentence", "A kernel has from 1 to {most} rows and columns, not {height} × {width}."
                    ),
                    most=MAX_KERNEL,
                    height=weights.shape[0],
                    width=weights.shape[1],
                )
            check_weights(weights)
        except Problem as problem:
            self.problem.emit(problem.sentence)
        else:
            self._cells.replace(weights)

    def event(self, event: QEvent) -> bool:
        """Keep copy and paste from the window's shortcuts while the cells have the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence.StandardKey
            if event.matches(keys.Copy) or event.matches(keys.Paste):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy and paste."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer copy, paste and 0 at the pointer, or at the selected cell for the menu key."""
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self._cells.mapToGlobal(self._cells.cell_rect(*self._cells.selected()).bottomLeft())
        menu = QMenu(self)
        menu.setObjectName("kernel-menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        keys = QKeySequence.StandardKey
        for name, text, key, slot in (
            ("kernel-copy", self.tr("&Copy kernel"), keys.Copy, self.copy),
            ("kernel-paste", self.tr("&Paste kernel"), keys.Paste, self.paste),
            ("kernel-clear", self.tr("&Set weight to 0"), keys.Delete, self._cells.clear_cell),
        ):
            action = QAction(text, menu)
            action.setObjectName(name)
            action.setShortcut(QKeySequence(key))
            # Shown for information: the keys themselves are handled where the focus is.
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(slot)
            menu.addAction(action)
        menu.popup(place)

    # Looks

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self.setAccessibleName(self.tr("Kernel"))
        # The number stays with the word before it.
        self._caption.setText(self.tr("Applied turned by 180°").replace(" 180", "\u00a0180"))
        self._miniature.setAccessibleName(self.tr("The kernel as it is applied, turned by 180°"))
        self._miniature.setToolTip(self.tr("The kernel as it is applied, turned by 180°"))
        self._field.setAccessibleName(self.tr("Selected weight"))
        self._field.retranslate()
        self._cells.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._restyle()
            self._turn.stop()

    def _restyle(self) -> None:
        self._theme = theme.current()
        self._line_label.setFont(self._theme.digits())
        for part in (self, self._line, self._applied):
            layout = part.layout()
            assert layout is not None
            layout.setSpacing(self._theme.px(8))
        for part in (self._line, self._applied):
            # In line with the cells, which leave room for the frame about one of them.
            part.setContentsMargins(self._cells.cells_rect().left(), 0, 0, 0)
        self._refresh()
