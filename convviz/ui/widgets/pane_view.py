"""A map on screen: which cells, how large, and what is marked on them."""

from dataclasses import replace
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from convviz.core.number_style import listed
from convviz.core.numbers import format_number
from convviz.engine.compute import View
from convviz.ui import theme
from convviz.ui.widgets.pane_caption import SIDE_PX, USUAL, Caption, Lettering
from convviz.ui.widgets.pane_content import Content, Mark, Shading
from convviz.ui.widgets.pane_geometry import Border, PaneGeometry
from convviz.ui.widgets.pane_paint import MARGIN_PX, Painter, Scene, draw_focus_ring
from convviz.ui.widgets.spoken import describe
from convviz.ui.widgets.viewport import Placement, Viewport

_NO_BORDER: Border = (0, 0, 0, 0)


class PaneView(QWidget):
    """A map on screen, without mouse and keyboard.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    view_changed = Signal()  # view() is different now
    _ready = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size: tuple[int, int] = (0, 0)
        self._placement, self._border = Placement(), _NO_BORDER
        self._content: Content | None = None
        self._shading, self._marks, self._caption = Shading(), cast(tuple[Mark, ...], ()), Caption()
        self._lettering = USUAL
        self._stale, self._waits, self._updating = False, True, ("", "")
        self._cursor: tuple[int, int] | None = None
        self._shows_cursor = False
        self._painter = Painter()
        self._located: tuple[tuple[object, ...], PaneGeometry] | None = None
        # Every pixel is painted here: what lies behind need not be painted first.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._announce)
        self._viewport = Viewport(self)
        self._viewport.changed.connect(self._moved)
        self._viewport.attach(self)
        self._announced = self.view()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._ready = True
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text in the language in force."""
        self._updating = self.tr("older settings"), self.tr("updating")
        self._describe()
        self.update()

    @property
    def viewport(self) -> Viewport:
        """Zoom and centre; every pane has its own until it is linked."""
        return self._viewport

    @property
    def content(self) -> Content | None:
        """The cells last given."""
        return self._content

    def set_viewport(self, viewport: Viewport) -> None:
        """Look at the same place as all other panes of ``viewport``."""
        if viewport is self._viewport:
            return
        old = self._viewport
        old.changed.disconnect(self._moved)
        old.detach(self)
        if old.parent() is self:
            old.deleteLater()
        self._viewport = viewport
        viewport.changed.connect(self._moved)
        viewport.attach(self)
        self._moved()

    def set_map(self, height: int, width: int, placement: Placement, border: Border = _NO_BORDER) -> None:
        """Say which map is shown; its cells follow with :meth:`set_content`.

        Parameters
        ----------
        height, width : int
            Cells of the map; 0 for none.
        placement : Placement
            Where it lies over the input.
        border : (int, int, int, int)
            Cells of padding drawn above, below, left and right of it.
        """
        if (height, width, placement, border) == (*self._size, self._placement, self._border):
            return
        self._size, self._placement, self._border = (height, width), placement, border
        if self._cursor is not None and not (self._cursor[0] < height and self._cursor[1] < width):
            self._cursor = None
        self._viewport.refresh()
        self._moved()

    def set_content(self, content: Content | None) -> None:
        """Show these cells; where they end, the map is blank."""
        self._content = content
        self._describe()
        # Only the cells: the line above them stays, and is not painted again.
        self.update(self.geometry_now().exposed)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The cells that are marked."""
        return self._marks

    @property
    def revealed(self) -> int | None:
        """How many cells are shown, row by row; None while all are."""
        return self._shading.revealed

    @property
    def stale(self) -> bool:
        """Whether the numbers are older than the settings."""
        return self._stale

    def set_marks(self, marks: tuple[Mark, ...]) -> None:
        """Mark these cells and no others."""
        if marks != self._marks:
            self._marks = marks
            self.update()

    def set_unread(self, rows: NDArray[np.bool_] | None, columns: NDArray[np.bool_] | None) -> None:
        """Hatch the rows and columns of the map that are never read, counted from the first of its border."""
        shading = self._shading.with_unread(rows, columns)
        if shading is not self._shading:
            self._shading = shading
            self._describe()
            self.update()

    def _is_unread(self, cell: tuple[int, int]) -> bool:
        lines = self._shading.unread_rows, self._shading.unread_columns
        before = self._border[0], self._border[2]
        return any(
            flags is not None and bool(flags[at + first])
            for flags, at, first in zip(lines, cell, before, strict=True)
        )

    def set_revealed(self, count: int | None, predict: int | None = None) -> None:
        """Show only the first ``count`` cells, row by row, and a question mark in cell number ``predict``."""
        if (count, predict) != (self._shading.revealed, self._shading.predict):
            self._shading = replace(self._shading, revealed=count, predict=predict)
            self.update()

    def set_stale(self, stale: bool, *, waits: bool = True) -> None:
        """Say whether the numbers are older than the settings, and whether newer ones are awaited."""
        if (stale, waits) != (self._stale, self._waits):
            self._stale, self._waits = stale, waits
            self.update()

    def set_caption(self, title: str, detail: str = "", channel: int | None = None, short: str = "") -> None:
        """Write a line above the map.

        Parameters
        ----------
        title, detail : str
            What the map is, and its size.
        channel : int or None
            0, 1, 2 write the title in red, green, blue.
        short : str
            Stands for a title that does not fit.
        """
        caption = Caption(title, detail, channel, short)
        if caption == self._caption:
            return
        had = self._caption.height(theme.current())
        self._caption = caption
        self.setAccessibleName(f"{title} {detail}".strip())
        if self._caption.height(theme.current()) != had:
            self._viewport.refresh()
            self._moved()
        self.update()

    @property
    def caption(self) -> Caption:
        """What is to be written above the map."""
        return self._caption

    def set_lettering(self, lettering: Lettering) -> None:
        """Write the title like those of the panes beside this one."""
        if lettering != self._lettering:
            self._lettering = lettering
            self.update()

    def title_room(self) -> float:
        """Return how wide a title may be."""
        return self._canvas().width() + 2 * theme.current().px(SIDE_PX)

    def title_shown(self) -> str:
        """Return what of the title is written above the map."""
        return self._painter.caption(self._scene(), theme.current()).title

    def view(self) -> View:
        """Return which cells are on screen, border and a margin of one included, and how densely."""
        return self.geometry_now().view()

    def geometry_now(self) -> PaneGeometry:
        """Return where the cells of the map are."""
        zoom, centre, ratio = self._viewport.zoom, self._viewport.centre, self.devicePixelRatioF()
        key = (zoom, centre, ratio, self.width(), self.height(), theme.current())
        if self._located is None or key != self._located[0]:
            canvas = self._canvas()
            area = canvas.left(), canvas.top(), canvas.width(), canvas.height()
            geometry = PaneGeometry(area, zoom, centre, self._placement, *self._size, self._border, ratio)
            self._located = key, geometry
        return self._located[1]

    def values_at(self, cell: tuple[int, int]) -> tuple[float, ...]:
        """Return the values of a cell, one or three; none where they are not known."""
        return () if self._content is None else self._content.values_at(cell)

    def text_at(self, cell: tuple[int, int]) -> tuple[str, ...]:
        """Return what is written in a cell: one line or three, none while it is a mere picture or blank."""
        return self._painter.written(self._scene(), cell, theme.current())

    def extent(self) -> QRectF:
        """Return the rectangle the map covers with its border, in input cells."""
        (height, width), (top, bottom, left, right) = self._size, self._border
        if not height or not width:
            return QRectF()
        scale = self._placement.scale
        return QRectF(
            self._placement.left - left * scale,
            self._placement.top - top * scale,
            (width + left + right) * scale,
            (height + top + bottom) * scale,
        )

    def canvas_size(self) -> QSizeF:
        """Return the size of the area the map is drawn in."""
        return self._canvas().size()

    def placement(self) -> Placement:
        """Return where the map lies over the input."""
        return self._placement

    def _canvas(self) -> QRectF:
        now = theme.current()
        margin = now.px(MARGIN_PX)
        area = QRectF(self.rect()).adjusted(margin, margin + self._caption.height(now), -margin, -margin)
        return QRectF(area.left(), area.top(), max(1.0, area.width()), max(1.0, area.height()))

    def _moved(self) -> None:
        self._located = None
        self.update()
        self._timer.start(0)

    def _announce(self) -> None:
        view = self.view()
        if view != self._announced:
            self._announced = view
            self.view_changed.emit()

    def _describe(self) -> None:
        """Keep the spoken description of the cursor's cell up to date."""
        text = ""
        if self._cursor is not None:
            values = listed([format_number(value) for value in self.values_at(self._cursor)])
            pattern = self.tr("row {row}, column {column}, value {value}")
            if self._is_unread(self._cursor):
                pattern = self.tr("row {row}, column {column}, value {value}, read by no window")
            text = pattern.format(row=self._cursor[0], column=self._cursor[1], value=values)
        describe(self, text)

    def _scene(self) -> Scene:
        return Scene(
            geometry=self.geometry_now(),
            content=self._content,
            shading=self._shading,
            marks=self._marks,
            caption=self._caption,
            cursor=self._cursor if self._shows_cursor and self.hasFocus() else None,
            updating=self._updating[self._waits] if self._stale else "",
            lettering=self._lettering,
        )

    def scene(self) -> Scene:
        """Return everything shown at this moment, as it is painted."""
        return self._scene()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw caption, cells and marks."""
        now = theme.current()
        painter = QPainter(self)
        self._painter.paint(painter, self._scene(), now, QRectF(event.rect()))
        if self._shows_cursor and self.hasFocus():
            draw_focus_ring(painter, QRectF(self.rect()), now)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit anew."""
        super().resizeEvent(event)
        self._viewport.refresh()
        self._moved()

    def showEvent(self, event: QShowEvent) -> None:
        """Take part in the fit."""
        super().showEvent(event)
        self._viewport.refresh()
        self._moved()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the fit to the panes on screen."""
        super().hideEvent(event)
        self._viewport.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        kinds = (QEvent.Type.StyleChange, QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if self._ready and event.type() in kinds:
            self.updateGeometry()
            self._viewport.refresh()
            self._moved()

    def minimumSizeHint(self) -> QSize:
        """Return a size at which a picture is still a picture."""
        return QSize(theme.current().px(96), theme.current().px(96))

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(theme.current().px(320), theme.current().px(300))
