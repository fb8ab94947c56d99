"""A line of parts of which those are shown that there is room for."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from convviz.ui.widgets.elided_label import ElidedLabel

BETWEEN = " · "


class PartsLabel(ElidedLabel):
    """Parts with dots between them: what does not fit is left out whole, from the end.

    A number that is cut in two is another number. The tooltip has all of the text.

    Parameters
    ----------
    role : str
        Of the style sheet.
    name : str
        Object name.
    parent : QWidget, optional
        Owner.
    keeps_first : bool
        Whether something of the first part is shown even where there is no room for all of it.
    """

    def __init__(
        self, role: str, name: str, parent: QWidget | None = None, *, keeps_first: bool = False
    ) -> None:
        super().__init__(role, name, parent)
        self._keeps_first = keeps_first

    def sizeHint(self) -> QSize:
        """Return room for all of the text."""
        return QSize(self._width_of(self._whole), super().sizeHint().height())

    def first_width(self) -> int:
        """Return the width of the first part; 0 without any."""
        return self._width_of(self._whole.split(BETWEEN)[0])

    def width_in(self, room: int) -> int:
        """Return how much of ``room`` the parts take that fit into it."""
        return self._width_of(self._fitting(room))

    def _width_of(self, text: str) -> int:
        # The width is measured in whole pixels, and cut by fractions of them.
        return self.fontMetrics().horizontalAdvance(text) + 2 if text else 0

    def _fitting(self, room: int) -> str:
        parts = self._whole.split(BETWEEN)
        lines = (BETWEEN.join(parts[:count]) for count in range(len(parts), 0, -1))
        return next((line for line in lines if self._width_of(line) <= room), "")

    def _elide(self) -> None:
        room = self.contentsRect().width()
        text = self._fitting(room)
        if not text and self._keeps_first:
            # Its end says as much as its beginning: what stands there is how probable it is.
            first = self._whole.split(BETWEEN)[0]
            text = self.fontMetrics().elidedText(first, Qt.TextElideMode.ElideMiddle, room)
        self.setText(text)
