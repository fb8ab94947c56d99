"""A black screen, for when the class is to look at the lecturer and not at the wall."""

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

_MODIFIERS = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta)


class Blackout(QWidget):
    """Covers the window with black until any key or click; what is below stays as it is.

    Parameters
    ----------
    window : QWidget
        What it covers.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("blackout")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self._window = window
        self._focus: QWidget | None = None
        self.retranslate()
        self.hide()
        window.installEventFilter(self)

    @Slot()
    def toggle(self) -> None:
        """Cover the window, or uncover it and give the keys back to who had them."""
        if self.isVisible():
            self.hide()
            focus = self._focus or self._window
            self._keep(None)
            focus.setFocus()
            return
        self._keep(self._window.focusWidget())
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self.setFocus()

    def _keep(self, focus: QWidget | None) -> None:
        """Remember who has the keys, as long as it is there: fields come and go behind the black."""
        if self._focus is not None:
            self._focus.destroyed.disconnect(self._forget)
        self._focus = focus
        if focus is not None:
            focus.destroyed.connect(self._forget)

    @Slot()
    def _forget(self) -> None:
        self._focus = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Take every key before it is a shortcut: nothing may happen behind the black."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Uncover the window; a key that is only held with others does nothing yet."""
        if event.key() not in _MODIFIERS:
            self.toggle()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Uncover the window."""
        event.accept()
        self.toggle()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint black."""
        QPainter(self).fillRect(event.rect(), Qt.GlobalColor.black)

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self.setAccessibleName(self.tr("Black screen; any key brings the picture back"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
