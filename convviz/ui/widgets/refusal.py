"""The note beside an editor that says why what was typed is refused."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel, QWidget

from convviz.ui import theme


class Refusal(QLabel):
    """Says beside an editor why what was typed is not a number.

    Parameters
    ----------
    parent : QWidget
        The pane or window it lies on. Not a window of its own, as a tool tip would be: some platforms cannot
        raise those.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = parent
        self.setObjectName("pane-cell-problem")
        self.setProperty("role", "problem")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setMargin(theme.current().px(6))
        self.setStyleSheet(f"color: {theme.current().colours.problem_text};")

    def say(self, text: str, beside: QRect) -> None:
        """Show ``text`` below ``beside``, or above where there is no room."""
        area = self._ground.rect()
        self.setText(text)
        self.setAccessibleName(text)
        width = min(area.width(), theme.current().px(320))
        height = self.heightForWidth(width)
        below = beside.bottom() + theme.current().px(4)
        top = below if below + height <= area.bottom() else beside.top() - theme.current().px(4) - height
        left = min(max(area.left(), beside.center().x() - width // 2), area.right() + 1 - width)
        self.setGeometry(left, max(area.top(), top), width, height)
        self.show()
        self.raise_()
