"""Small pictures drawn with the outline that says which of the two chosen ones they are."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from convviz.ui.theme import Theme

_LINE_PX = 3


def fitted(image: QImage, box: QRectF) -> QRectF:
    """Return the largest rectangle of the image's shape in the middle of ``box``."""
    size = image.size().scaled(box.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(0, 0, max(1, size.width()), max(1, size.height()))
    place.moveCenter(box.center())
    return place


def draw_thumbnail(
    painter: QPainter, image: QImage, box: QRectF, now: Theme, *, first: bool = False, second: bool = False
) -> None:
    """Draw a picture into ``box``; the first of the pair outlined, the second with dashes."""
    place = fitted(image, box)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(place, image)
    if not (first or second):
        return
    pen = QPen(QColor(now.colours.focus), now.px(_LINE_PX))
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if not first:
        pen.setDashPattern([2.0, 1.4])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    half = pen.widthF() / 2
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(place.adjusted(half, half, -half, -half))
