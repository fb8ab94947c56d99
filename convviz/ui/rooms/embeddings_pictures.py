"""Pictures as large as there is room for: one, and a changed one beside or below its original."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from convviz.ui.widgets.labels import label
from convviz.ui.widgets.pane_paint import STALE_OPACITY
from convviz.ui.widgets.thumbnails import fitted

_GAP_PX = 8
# Below each other only where that makes the pictures this much larger: beside each other they compare better.
_WORTH = 1.15


class PictureView(QWidget):
    """A picture as large as there is room for.

    Parameters
    ----------
    name : str
        Object name.
    at_corner : bool
        Whether it is in the upper left corner, below its caption, rather than in the middle.
    parent : QWidget, optional
        Owner.
    """

    def __init__(self, name: str, parent: QWidget | None = None, *, at_corner: bool = False) -> None:
        super().__init__(parent)
        self._at_corner = at_corner
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(60, 60)
        self._image = QImage()
        self._stale = False

    def show_image(self, image: QImage) -> None:
        """Show ``image``; an empty one shows nothing."""
        self._image = image
        self.update()

    def set_stale(self, stale: bool) -> None:
        """Pale the picture while it is older than the sliders."""
        self._stale = stale
        self.update()

    def image(self) -> QImage:
        """Return the picture shown."""
        return self._image

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture."""
        del event
        if self._image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(STALE_OPACITY if self._stale else 1.0)
        place = fitted(self._image, self.rect().toRectF())
        if self._at_corner:
            place.moveTopLeft(QPointF(0, 0))
        painter.drawImage(place, self._image)
        painter.end()


class PicturePair(QWidget):
    """The original and the changed picture, beside or below each other: whichever makes them larger.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trial-pictures")
        self.original = PictureView("trial-original", self, at_corner=True)
        self.changed = PictureView("trial-changed", self, at_corner=True)
        self.captions = label("caption"), label("caption")
        self._below: bool | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP_PX)
        self._arrange()

    @property
    def is_below(self) -> bool:
        """Whether the changed picture is below the original."""
        return bool(self._below)

    def show_original(self, image: QImage) -> None:
        """Show the original."""
        self.original.show_image(image)
        self._arrange()

    def _arrange(self) -> None:
        below = self._height(below=True) > _WORTH * self._height(below=False)
        if below == self._below:
            return
        self._below = below
        for number, (caption, view) in enumerate(
            zip(self.captions, (self.original, self.changed), strict=True)
        ):
            row, column = (2 * number, 0) if below else (0, number)
            self._grid.addWidget(caption, row, column)
            self._grid.addWidget(view, row + 1, column)
        for place in range(4):
            self._grid.setRowStretch(place, place % 2 if below or place < 2 else 0)
            self._grid.setColumnStretch(place, 1 if place < (1 if below else 2) else 0)

    def _height(self, *, below: bool) -> float:
        """Return how high the pictures would be."""
        image = self.original.image()
        shape = image.width() / image.height() if not image.isNull() else 1.5
        head = self.captions[0].sizeHint().height() + _GAP_PX
        if below:
            return min((self.height() - 2 * head - _GAP_PX) / 2, self.width() / shape)
        return min(self.height() - head, (self.width() - _GAP_PX) / 2 / shape)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the best of the room."""
        super().resizeEvent(event)
        self._arrange()
