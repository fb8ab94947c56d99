"""A text to be read in a window of its own, scrolled where it is longer than the screen is high."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from convviz.ui import theme
from convviz.ui.widgets.labels import label

_WIDE_PX = 640


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
        words = label(wrap=True, name="reading-text")
        words.setText(text)
        words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        words.setAccessibleName(title)
        words.setAlignment(Qt.AlignmentFlag.AlignTop)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidgetResizable(True)
        scroll.setWidget(words)
        scroll.setAccessibleName(title)
        scroll.setObjectName("reading-scroll")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(scroll, 1)
        layout.addWidget(buttons)
        px, room = theme.current().px, parent.size()
        wide = min(px(_WIDE_PX), room.width() - 40)
        inner = wide - px(40)
        lines = QFontMetrics(theme.current().words())
        flags = int(Qt.TextFlag.TextWordWrap)
        high = lines.boundingRect(0, 0, inner, 0, flags, text).height() + buttons.sizeHint().height() + px(60)
        self.resize(wide, min(high, room.height() - 60))
