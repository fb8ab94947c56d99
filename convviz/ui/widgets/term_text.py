"""Selectable text made of terms, which knows the term under the pointer."""

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from convviz.ui import theme

_NO_BREAK_SPACE = "\u00a0"
_TERM = QTextFormat.Property.UserProperty + 1


def mark_term(look: QTextCharFormat, term: int) -> None:
    """Make text written in ``look`` belong to ``term``."""
    look.setProperty(_TERM, term)


def unbreakable(text: str) -> str:
    """Return ``text`` such that no line ends inside it."""
    return text.replace(" ", _NO_BREAK_SPACE)


class TermText(QTextEdit):
    """The selectable text; knows which term is under the pointer."""

    # Index of the term under the pointer or the text cursor, or None.
    term_changed = Signal(object)
    # The focus came or went; nothing.
    focus_changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("arithmetic-text")
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        flag = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flag.TextSelectableByMouse | flag.TextSelectableByKeyboard)
        # A single term wider than the card is better broken than cut off.
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        self.viewport().setMouseTracking(True)
        self.cursorPositionChanged.connect(self._cursor_moved)

    def sizeHint(self) -> QSize:
        """Return a modest width; the height is fixed anyway."""
        return QSize(theme.current().px(320), self.maximumHeight())

    def minimumSizeHint(self) -> QSize:
        """Return room for a few terms."""
        return QSize(theme.current().px(160), self.minimumHeight())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy everything when nothing is selected."""
        if event.matches(QKeySequence.StandardKey.Copy) and not self.textCursor().hasSelection():
            QGuiApplication.clipboard().setText(self.toPlainText())
            event.accept()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say which term is under the pointer."""
        super().mouseMoveEvent(event)
        self.term_changed.emit(self._term_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """Say that no term is under the pointer."""
        super().leaveEvent(event)
        self.term_changed.emit(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the frame."""
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the frame."""
        super().focusOutEvent(event)
        self.focus_changed.emit()
        self.term_changed.emit(None)

    def _cursor_moved(self) -> None:
        if self.hasFocus():
            self.term_changed.emit(_term(self.textCursor().charFormat()))

    def _term_at(self, point: QPoint) -> int | None:
        offset = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        layout = self.document().documentLayout()
        position = layout.hitTest((point + offset).toPointF(), Qt.HitTestAccuracy.ExactHit)
        if position < 0:
            return None
        cursor = QTextCursor(self.document())
        # The format of a cursor is that of the character before it.
        cursor.setPosition(min(position + 1, self.document().characterCount() - 1))
        return _term(cursor.charFormat())


def _term(look: QTextCharFormat) -> int | None:
    return look.intProperty(_TERM) if look.hasProperty(_TERM) else None
