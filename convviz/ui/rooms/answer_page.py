"""The page on which it is reckoned why a network calls a class so many per cent probable."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from convviz.core.pieces import Line
from convviz.core.shown import grouped
from convviz.ui import theme
from convviz.ui.widgets.arithmetic_line import ArithmeticLine
from convviz.ui.widgets.class_table import Classes, ClassTable
from convviz.ui.widgets.labels import label
from convviz.ui.widgets.pale import set_pale

# The softmax has four, of which the sum may need a second.
_LINES = 5
_SEARCH_PX, _TABLE_PX = 320, 124
_Key = Qt.Key


class AnswerPage(QScrollArea):
    """All classes with a field to find one, and the arithmetic of the chosen one; in a low room it scrolls.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    chosen = Signal(int)  # number of the class the user has chosen
    opened = Signal(int)  # number of the class whose score is to be taken apart
    pointed = Signal(object)  # number of the class whose term is pointed at, or None
    left = Signal()  # the page is not needed any more

    _theme: theme.Theme | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("answer-page")
        self._chosen: int | None = None
        self._brief = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.search = QLineEdit(self)
        self.search.setObjectName("class-search")
        self.count = label("muted", name="class-count")
        self.close_button = QPushButton("×", self)
        self.close_button.setObjectName("answer-close")
        self.table = ClassTable(self)
        self.note = label("muted", wrap=True, name="answer-note")
        self.score = QPushButton(self)
        self.score.setObjectName("score-apart")
        self.line = ArithmeticLine(self, grows_to=_LINES)
        self._lay_out()
        self.setFocusProxy(self.table)
        self.search.textChanged.connect(self._find)
        self.search.returnPressed.connect(self._choose_first)
        self.table.chosen.connect(self.chosen)
        self.table.opened.connect(self.opened)
        self.score.clicked.connect(self._open)
        self.close_button.clicked.connect(self.left)
        self.line.term_hovered.connect(self._point)
        self._restyle()
        self.retranslate()

    def _lay_out(self) -> None:
        self._head = QHBoxLayout()
        self._head.addWidget(self.search, 1)
        self._head.addWidget(self.count, 1)
        self._head.addWidget(self.score)
        self._head.addWidget(self.close_button)
        content = QWidget(self)
        self._layout = QVBoxLayout(content)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addLayout(self._head)
        self._layout.addWidget(self.table, 1)
        self._layout.addWidget(self.line)
        self._layout.addWidget(self.note)
        self.setWidget(content)

    def show_classes(self, classes: Classes | None, chosen: int | None) -> None:
        """Show all classes, one of them chosen."""
        self._chosen = chosen
        self.table.set_classes(classes, chosen)
        self._write_count()

    def set_chosen(self, number: int | None) -> None:
        """Select a class, without announcing it."""
        self._chosen = number
        self.table.set_chosen(number)

    def show_arithmetic(self, title: str, lines: tuple[Line, ...], note: str, *, has_unit: bool) -> None:
        """Write how the probability comes about; ``note`` says what it means, or why there is none."""
        if lines:
            self.line.set_cell(title, lines)
        self.line.setVisible(bool(lines))
        self.note.setText(note)
        self._show_note()
        self.score.setVisible(has_unit)

    def set_brief(self, brief: bool) -> None:
        """Leave out what the arithmetic means: a low room has no place for it."""
        self._brief = brief
        self._show_note()

    def _show_note(self) -> None:
        """Show the note, unless it is brief and there is arithmetic to see; then it is a tooltip."""
        hidden = self._brief and not self.line.isHidden()
        self.note.setVisible(not hidden)
        self.count.setToolTip(self.note.text() if hidden else "")

    def set_stale(self, stale: bool) -> None:
        """Pale everything while it belongs to another picture or network."""
        set_pale(self.table, stale)
        set_pale(self.line, stale)

    @Slot(str)
    def _find(self, part: str) -> None:
        self.table.find_part(part, self._chosen)
        self._write_count()

    @Slot()
    def _choose_first(self) -> None:
        """Choose the likeliest class that is found."""
        rows = self.table.classes.rows
        if rows:
            self.table.set_chosen(rows[0])
            self.chosen.emit(rows[0])

    @Slot()
    def _open(self) -> None:
        if self._chosen is not None:
            self.opened.emit(self._chosen)

    @Slot(object)
    def _point(self, number: int | None) -> None:
        self.table.point(number)
        self.pointed.emit(number)

    def _write_count(self) -> None:
        found = len(self.table.classes.rows)
        if self.search.text().strip() and not found:
            self.count.setText(self.tr("No class has that in its name."))
        else:
            self.count.setText(self.tr("Classes: {0}").format(grouped(found)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from the field down to the classes; Esc empties the field first, then leaves."""
        in_field = self.search.hasFocus()
        if in_field and event.key() == _Key.Key_Down:
            self.table.setFocus()
        elif event.key() == _Key.Key_Escape and self.search.text():
            self.search.clear()
        elif event.key() == _Key.Key_Escape:
            self.left.emit()
        elif in_field and event.key() in (_Key.Key_Up, _Key.Key_Return, _Key.Key_Enter):
            # The room would step through the maps that are not in sight.
            event.accept()
        else:
            event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._restyle()

    def _restyle(self) -> None:
        self._theme = theme.current()
        px = self._theme.px
        for layout in (self._layout, self._head):
            layout.setSpacing(px(8))
        self.search.setMaximumWidth(px(_SEARCH_PX))
        self.table.verticalHeader().setDefaultSectionSize(px(28))
        # A heading and three classes.
        self.table.setMinimumHeight(px(_TABLE_PX))

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self.search.setPlaceholderText(self.tr("Find a class"))
        self.search.setAccessibleName(self.tr("Find a class"))
        self.search.setToolTip(
            self.tr("Part of a name, in English or in the language of the window, or the number of a class")
        )
        self.close_button.setAccessibleName(self.tr("Close"))
        self.close_button.setToolTip(self.tr("Back to the maps (Esc)"))
        self.score.setText(self.tr("Score z taken apart →"))
        self.score.setToolTip(
            self.tr("Go to the layer that computes this score, and see its weights and values (Enter)")
        )
        self._write_count()
