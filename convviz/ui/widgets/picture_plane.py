"""Pictures in their places on a plane: near means alike."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from convviz.core.distances import Numbers
from convviz.core.projection import Plane
from convviz.ui import theme
from convviz.ui.widgets.pair import PairChoice
from convviz.ui.widgets.pane_paint import STALE_OPACITY, draw_focus_ring
from convviz.ui.widgets.plane_geometry import PlaneGeometry
from convviz.ui.widgets.thumbnails import draw_thumbnail

_WORD_PX = 13
ZOOM_STEP = 1.25
# A press that moves further is a drag.
_DRAG_PX = 4
_Key = Qt.Key


class PicturePlane(QWidget):
    """A map of pictures; the wheel zooms at the pointer, dragging pans, a double click fits.

    A click and the arrows choose the first of the pair, with Shift the second; + − 0 zoom.

    Parameters
    ----------
    pair : PairChoice
        Which two are chosen.
    parent : QWidget, optional
        Owner.
    """

    told = Signal(str)  # name of the picture under the mouse; empty for none

    _theme: theme.Theme | None = None

    def __init__(self, pair: PairChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("picture-plane")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._pair = pair
        self._plane = Plane(np.zeros((0, 2)), (0.0, 0.0))
        self._names: Sequence[str] = ()
        self._thumbnails: Sequence[QImage] = ()
        self._stale = False
        self._zoom, self._centre = 1.0, np.zeros(2)
        self._ground_key: tuple[object, ...] | None = None
        self._pixmap = QPixmap()
        self._pressed: QPointF | None = None
        self._dragged = False
        self._theme = theme.current()
        pair.changed.connect(self._follow)
        self.retranslate()

    def set_plane(self, plane: Plane, names: Sequence[str], thumbnails: Sequence[QImage]) -> None:
        """Show pictures at places (N, 2)."""
        same = len(plane.places) == len(self._plane.places)
        self._plane, self._names, self._thumbnails = plane, names, thumbnails
        self._ground_key = None
        if not same:
            self.fit()
        self._describe()
        self.update()

    def set_stale(self, stale: bool) -> None:
        """Pale everything while it belongs to another network, layer or set of pictures."""
        self._stale = stale
        self.update()

    @Slot()
    def _follow(self) -> None:
        self._describe()
        self.update()

    # Where things are

    @property
    def _geometry(self) -> PlaneGeometry:
        return PlaneGeometry(self._plane.places, self.width(), self.height(), self._zoom, self._centre)

    @property
    def _on_top(self) -> tuple[int, int]:
        """The pair, which is drawn over all others."""
        return self._pair.second, self._pair.first

    def points(self) -> Numbers:
        """Return where the pictures' middles are on the widget, shape (N, 2): x and y."""
        return self._geometry.points()

    def picture_at(self, point: QPointF) -> int | None:
        """Return the number of the picture at a point of the widget, the uppermost of several."""
        return self._geometry.picture_at(point, self._on_top)

    # Looking

    def fit(self) -> None:
        """Show everything."""
        self._zoom, self._centre = 1.0, np.zeros(2)
        self.update()

    def zoom_in(self) -> None:
        """Zoom one step in around the middle."""
        self._zoom_at(QPointF(self.width() / 2, self.height() / 2), ZOOM_STEP)

    def zoom_out(self) -> None:
        """Zoom one step out around the middle."""
        self._zoom_at(QPointF(self.width() / 2, self.height() / 2), 1 / ZOOM_STEP)

    @property
    def zoom(self) -> float:
        """How much larger than fitted."""
        return self._zoom

    def _zoom_at(self, point: QPointF, factor: float) -> None:
        self._zoom, self._centre = self._geometry.zoomed(point, factor)
        self.update()

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(theme.current().px(600), theme.current().px(400))

    def minimumSizeHint(self) -> QSize:
        """Return the least in which pictures are told apart."""
        return QSize(theme.current().px(240), theme.current().px(120))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the axes and the pictures in sight."""
        del event
        painter, now = QPainter(self), theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(now.colours.surface))
        if len(self._plane.places):
            self._paint_axes(painter, now)
            painter.setOpacity(STALE_OPACITY if self._stale else 1.0)
            self._paint_pictures(painter, now)
            painter.setOpacity(1.0)
            self._paint_words(painter, now)
        if self.hasFocus():
            draw_focus_ring(painter, QRectF(self.rect()), now)
        painter.end()

    def _paint_axes(self, painter: QPainter, now: theme.Theme) -> None:
        zero = self._geometry.origin()
        painter.setPen(QPen(QColor(now.colours.line), now.px(1)))
        painter.drawLine(QPointF(zero[0], 0), QPointF(zero[0], self.height()))
        painter.drawLine(QPointF(0, zero[1]), QPointF(self.width(), zero[1]))

    def _paint_pictures(self, painter: QPainter, now: theme.Theme) -> None:
        """Paint all pictures, kept as one while nothing moves, and the pair over them."""
        geometry = self._geometry
        points, side = geometry.points(), geometry.side()
        painter.drawPixmap(0, 0, self._ground(geometry, now))
        first, second = self._pair.first, self._pair.second
        if not (0 <= first < len(points) and 0 <= second < len(points)):
            return
        if first != second:
            painter.setPen(QPen(QColor(now.colours.focus), now.px(2), Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(*points[first]), QPointF(*points[second]))
        for number in dict.fromkeys((second, first)):
            box = _square(points[number], side)
            image = self._thumbnails[number]
            draw_thumbnail(painter, image, box, now, first=number == first, second=number == second)

    def _ground(self, geometry: PlaneGeometry, now: theme.Theme) -> QPixmap:
        """Return all pictures in sight without the marks of the pair."""
        ratio = self.devicePixelRatioF()
        key = (self._zoom, *self._centre, self.width(), self.height(), ratio, now)
        if key == self._ground_key:
            return self._pixmap
        self._ground_key = key
        self._pixmap = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        self._pixmap.setDevicePixelRatio(ratio)
        self._pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(self._pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        points, side = geometry.points(), geometry.side()
        order = geometry.order(self._on_top)
        covered = geometry.covered(order)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(now.colours.plot))
        for number in order:
            if number in covered:
                painter.drawEllipse(QPointF(*points[number]), now.px(3), now.px(3))
        for number in order:
            if number not in covered:
                draw_thumbnail(painter, self._thumbnails[number], _square(points[number], side), now)
        painter.end()
        return self._pixmap

    def _paint_words(self, painter: QPainter, now: theme.Theme) -> None:
        font = now.words(_WORD_PX)
        painter.setFont(font)
        painter.setPen(QColor(now.colours.muted))
        first, second = (f"{100 * share:.0f}" for share in self._plane.shares)
        text = self.tr("1st principal component: {0} % of the variance →").format(first)
        box = QRectF(self.rect()).adjusted(now.px(8), now.px(4), -now.px(8), -now.px(4))
        align = Qt.AlignmentFlag
        self._write_over(painter, box, align.AlignRight | align.AlignBottom, text, now)
        text = self.tr("↑ 2nd principal component: {0} %").format(second)
        self._write_over(painter, box, align.AlignLeft | align.AlignTop, text, now)
        painter.setPen(QColor(now.colours.text))
        self._write_over(painter, box, align.AlignHCenter | align.AlignTop, self.note(), now)

    @staticmethod
    def _write_over(
        painter: QPainter, box: QRectF, where: Qt.AlignmentFlag, text: str, now: theme.Theme
    ) -> None:
        """Write where there may be a picture: on ground of its own."""
        if text:
            ground = QColor(now.colours.surface)
            ground.setAlphaF(0.85)
            painter.fillRect(painter.boundingRect(box, int(where), text), ground)
            painter.drawText(box, int(where), text)

    def note(self) -> str:
        """Return what is said of pictures that cannot be told apart."""
        equal = len(self._plane.places) > 1 and not np.ptp(self._plane.places, axis=0).any()
        return self.tr("Equal vectors: all pictures lie in one place.") if equal else ""

    # Mouse and keyboard

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Be ready to drag or to choose."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position(), False
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan, or tell which picture is under the mouse."""
        if self._pressed is None:
            number = self.picture_at(event.position())
            self.told.emit("" if number is None else self._names[number])
            return
        moved = event.position() - self._pressed
        if self._dragged or moved.manhattanLength() > theme.current().px(_DRAG_PX):
            self._dragged, self._pressed = True, event.position()
            self._centre = self._geometry.dragged(moved)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose what was clicked."""
        number = self.picture_at(event.position())
        if self._pressed is not None and not self._dragged and number is not None:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._pair.choose(second=number)
            else:
                self._pair.choose(first=number)
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show everything again."""
        del event
        self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        notches = (event.angleDelta().y() or event.angleDelta().x()) / 120
        self._zoom_at(event.position(), ZOOM_STEP**notches)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Tell of no picture any more."""
        super().leaveEvent(event)
        self.told.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with the arrows; zoom with + − 0."""
        does = {
            _Key.Key_Plus: self.zoom_in,
            _Key.Key_Equal: self.zoom_in,
            _Key.Key_Minus: self.zoom_out,
            _Key.Key_0: self.fit,
        }.get(_Key(event.key()))
        if does is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            does()
        else:
            self._pair.step(event)

    def event(self, event: QEvent) -> bool:
        """Tell which picture is under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = self.picture_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if number is None else self._names[number], self)
            return True
        return super().event(event)

    # Housekeeping

    def _describe(self) -> None:
        first = self._pair.first
        self.setAccessibleDescription(self._names[first] if 0 <= first < len(self._names) else "")

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self.setAccessibleName(self.tr("Map of the pictures"))
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._theme = theme.current()
            self.updateGeometry()
            self.update()


def _square(middle: Numbers, side: float) -> QRectF:
    return QRectF(middle[0] - side / 2, middle[1] - side / 2, side, side)
