"""A map of a layer, and the photograph it comes from, in panes of their own."""

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from convviz.core.channels import ChannelMode
from convviz.core.geometry import Rect
from convviz.core.picture import Picture
from convviz.engine.compute import View
from convviz.engine.frames import Frame, FrameRequest, MapOrder
from convviz.engine.render import Display, Pixels, render
from convviz.nets import records
from convviz.ui.feed import Feed
from convviz.ui.map_colours import Maps, Scale
from convviz.ui.stage_content import content, input_display
from convviz.ui.widgets.pane import Content, Mark, MarkKind, Pane
from convviz.ui.widgets.viewport import Placement

Index = NDArray[np.int64]
Flags = NDArray[np.bool_]
# How much of a pixel's colour is the heat's.
HEAT_SHARE, SIGNED_SHARE = 0.55, 0.7
# What a unit sees is shown with as much around it on every side, and no fewer pixels than leave out digits.
AROUND, LEAST_SEEN = 3.0, 24.0


class Overlay(Protocol):
    """Something to be laid over the photograph."""

    def over(self, photo: Content) -> Pixels:
        """Return the pixels of ``photo`` with this over them."""


class MapPane(Pane):
    """One map of a layer, from far away a picture, close by its numbers.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: Maps = np.zeros((0, 0), np.float32)
        self._scale: Scale | None = None
        self.view_changed.connect(self._draw)

    def show_map(self, values: Maps | None, scale: Scale | None) -> None:
        """Show ``values`` (H, W) in the colours of ``scale``; None shows nothing."""
        before = self._values.shape
        self._values = np.zeros((0, 0), np.float32) if values is None else values
        self._scale = scale
        height, width = self._values.shape
        self.set_map(height, width, Placement())
        if self._values.shape != before:
            # What was looked at in a map of another size is elsewhere in this one.
            self.viewport.fit()
        self._draw()

    @Slot()
    def _draw(self) -> None:
        self.set_content(self.cells(self.view()))

    def cells(self, view: View) -> Content | None:
        """Return the cells of ``view``, on screen or not; None while nothing is shown."""
        if self._scale is None or not self._values.size:
            return None
        values = self._values[np.ix_(view.rows.positions, view.columns.positions)]
        pixels = np.ascontiguousarray(self._scale.pixels(values))
        return Content(view, pixels, np.ascontiguousarray(values)[np.newaxis])

    def mark(self, cells: Rect | None) -> None:
        """Outline ``cells`` and nothing else."""
        self.set_marks(() if cells is None else (Mark(cells, MarkKind.FOCUS),))


class PhotoPane(Pane):
    """The session's picture, drawn by the feed.

    Parameters
    ----------
    key : str
        What its pixels are asked for by.
    parent : QWidget, optional
        Owner.
    """

    wanted = Signal()  # other pixels are needed

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._picture: Picture | None = None
        self._plain: Content | None = None
        self._heat: Overlay | None = None
        self._seen: Rect | None = None
        self._marked: tuple[Rect | None, Rect | None] = None, None
        self.view_changed.connect(self.wanted)

    def show_picture(self, picture: Picture) -> None:
        """Show ``picture``; its pixels come with the next frame."""
        before = self._picture
        self._picture = picture
        self.set_map(picture.height, picture.width, Placement())
        if before is None or before.values.shape != picture.values.shape:
            self._plain = None
            self.set_content(None)
            self.viewport.fit()
        self.wanted.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for pixels: while it was hidden nobody did."""
        super().showEvent(event)
        self._come_close()
        self.wanted.emit()

    @property
    def picture(self) -> Picture | None:
        """What is shown."""
        return self._picture

    def order(self) -> MapOrder | None:
        """Return what is to be drawn; None while there is nothing to see."""
        if self._picture is None or not self.isVisible():
            return None
        channels = (0, 1, 2) if self._picture.is_colour else (0,)
        return MapOrder(self.key, (), 0, channels, self.view(), input_display(self._picture))

    def show_frame(self, frame: Frame) -> None:
        """Show what was drawn, if it is of this picture."""
        shown = frame.maps.get(self.key)
        if shown is not None and frame.request.picture is self._picture:
            self._plain = content(shown)
            self._lay_heat()

    def set_heat(self, heat: Overlay | None) -> None:
        """Lay ``heat`` over the photograph; None shows it as it is."""
        if heat is not self._heat:
            self._heat = heat
            self._lay_heat()

    @property
    def heat(self) -> Overlay | None:
        """What is laid over the photograph."""
        return self._heat

    @property
    def has_heat(self) -> bool:
        """Whether something is laid over the photograph."""
        return self._heat is not None

    def _lay_heat(self) -> None:
        plain = self._plain
        if plain is not None and self._heat is not None:
            plain = replace(plain, pixels=self._heat.over(plain))
        self.set_content(plain)

    def look_at(self, seen: Rect | None) -> None:
        """Outline the pixels a unit sees and keep them large, whatever the pane's size; None ends it."""
        ends = self._seen is not None and seen is None
        self._seen = seen
        self._mark()
        if ends:
            self.viewport.fit()
        elif self.isVisible():
            self._come_close()

    def _come_close(self) -> None:
        """Zoom to what a unit sees and as much around it; out to everything if that is not small."""
        if self._seen is None:
            return
        seen, viewport, canvas = self._seen, self.viewport, self.canvas_size()
        tall, wide = (max(AROUND * size, LEAST_SEEN) for size in (seen.height, seen.width))
        viewport.fit()
        zoom = min(canvas.height() / tall, canvas.width() / wide)
        if zoom > viewport.zoom:
            viewport.zoom_at(viewport.centre, zoom / viewport.zoom)
            y, x = viewport.centre
            viewport.pan(seen.top + seen.height / 2 - y, seen.left + seen.width / 2 - x)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep in sight what a unit sees."""
        super().resizeEvent(event)
        self._come_close()

    def mark(self, pixels: Rect | None, looked_at: Rect | None) -> None:
        """Outline ``pixels``, and thinly what the network looks at where that is not all of the picture."""
        self._marked = pixels, looked_at
        self._mark()

    def _mark(self) -> None:
        pixels, looked_at = self._marked
        focus = self._seen if pixels is None else pixels
        marks = () if looked_at is None else (Mark(looked_at, MarkKind.SOFT),)
        self.set_marks(marks if focus is None else (*marks, Mark(focus, MarkKind.FOCUS)))


@dataclass(frozen=True, eq=False)
class Heat:
    """How much each place of the network's input matters.

    Parameters
    ----------
    values : ndarray of float32, shape (H, W)
        0 to 1, one per input cell; −1 to 1 if signed.
    where : Placement
        Where the input lies on the photograph.
    signed : bool
        Whether they are shown in blue and orange, over the photograph in grey: its own blue and orange would
        pass for values.
    """

    values: Maps
    where: records.Placement
    signed: bool = False

    def over(self, photo: Content) -> Pixels:
        """Return the pixels of ``photo`` with the colours of the heat over them, where the network looked."""
        height, width = self.values.shape
        where = self.where
        rows, seen_rows = cells_below(photo.view.rows.positions, where.top, where.scale_y, height)
        columns, seen_columns = cells_below(photo.view.columns.positions, where.left, where.scale_x, width)
        shown = np.ascontiguousarray(self.values[np.ix_(rows, columns)])
        if self.signed:
            colours = render(shown, Display.SIGNED, -1.0, 1.0)
        else:
            colours = render(shown, Display.VIRIDIS, 0.0, 1.0)
        share = SIGNED_SHARE if self.signed else HEAT_SHARE
        mixed = mix(grey_pixels(photo.pixels) if self.signed else photo.pixels, colours, share)
        inside = seen_rows[:, np.newaxis] & seen_columns
        return np.where(inside, mixed, photo.pixels)


def cells_below(positions: Index, start: float, scale: float, size: int) -> tuple[Index, Flags]:
    """Return the cells of an input of ``size`` at pixels of the photograph, and which of those there are."""
    cells = np.floor((positions + 0.5 - start) / scale).astype(np.int64)
    return cells.clip(0, size - 1), (cells >= 0) & (cells < size)


def mix(below: Pixels, above: Pixels, share: float) -> Pixels:
    """Return pixels of which ``share`` is the colour of ``above``."""
    mixed = np.full_like(below, 0xFF000000)
    for shift in (0, 8, 16):
        under, over = (((p >> np.uint32(shift)) & np.uint32(255)) for p in (below, above))
        mixed |= ((1 - share) * under + share * over).astype(np.uint32) << np.uint32(shift)
    return mixed


def grey_pixels(pixels: Pixels) -> Pixels:
    """Return pixels without their colours: the luma of ITU-R BT.601."""
    red, green, blue = (((pixels >> np.uint32(shift)) & np.uint32(255)) for shift in (16, 8, 0))
    luma = (299 * red + 587 * green + 114 * blue) // 1000
    return np.asarray(luma * 0x010101, np.uint32)


class PhotoFeed(QTimer):
    """Asks for the pixels of several photograph panes at once, after all of them have their size.

    Parameters
    ----------
    feed : Feed
        Where pixels come from.
    panes : tuple of PhotoPane
        Who needs them.
    parent : QWidget
        Owner; nothing is asked for while it is hidden.
    """

    def __init__(self, feed: Feed, panes: tuple[PhotoPane, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self.setInterval(0)
        self._feed, self._panes, self._owner = feed, panes, parent
        self._picture: Picture | None = None
        self.timeout.connect(self._ask)
        feed.framed.connect(self._show)
        for pane in panes:
            pane.wanted.connect(self.start)

    def show_picture(self, picture: Picture) -> None:
        """Show ``picture`` in every pane."""
        self._picture = picture
        for pane in self._panes:
            pane.show_picture(picture)

    @Slot()
    def _ask(self) -> None:
        if self._picture is None or not self._owner.isVisible():
            return
        orders = tuple(order for pane in self._panes if (order := pane.order()) is not None)
        if orders:
            self._feed.ask(FrameRequest(self._picture, ChannelMode.EACH, orders))

    @Slot(object)
    def _show(self, frame: Frame) -> None:
        if self._owner.isVisible():
            for pane in self._panes:
                pane.show_frame(frame)
