"""A text to be read in a window of its own, scrolled where it is longer than the screen is high."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from convviz.ui import theme

_WIDE_PX, _AROUND_PX = 640, 84


class ReadingDialog(QDialog):
    """Shows lines of text, each broken where it is too long.

    Parameters
    ----------
    title : str
        Of the window.
    text : str
        Plain text.
    parent : QWidget
        Above which it opens, no larger than it is.
    """

    def __init__(self, title: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("reading-dialog")
        self.setWindowTitle(title)
        words = QPlainTextEdit(text, self)
        words.setObjectName("reading-text")
        words.setReadOnly(True)
        words.setTabChangesFocus(True)
        words.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        words.setAccessibleName(title)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(words, 1)
        layout.addWidget(buttons)
        px, room = theme.current().px, parent.size()
        wide = min(px(_WIDE_PX), room.width() - 40)
        lines, flags = QFontMetrics(theme.current().words()), int(Qt.TextFlag.TextWordWrap)
        written = lines.boundingRect(0, 0, wide - px(_AROUND_PX), 0, flags, text).height()
        self.resize(wide, min(written + buttons.sizeHint().height() + px(_AROUND_PX), room.height() - 60))
