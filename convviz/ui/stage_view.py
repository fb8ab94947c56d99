"""The maps of the convolution room, column by column, in linked panes."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from convviz.core.geometry import unread
from convviz.core.picture import Picture, PictureKind
from convviz.core.specs import ConvSpec, PoolSpec
from convviz.engine.frames import Frame, MapFrame, MapOrder
from convviz.engine.render import Display
from convviz.ui import theme
from convviz.ui.arrangement import Column, ColumnKind, MapPlace, input_tint
from convviz.ui.stage_layout import Block, Box, plan
from convviz.ui.state import State
from convviz.ui.widgets.labels import label
from convviz.ui.widgets.pane import Content, Pane
from convviz.ui.widgets.viewport import Placement, Viewport

SIGN_PX = 34
CAPTION_PX = 30
MINIMUM_PX = 160
_CHANNEL_NAMES = ("R", "G", "B")


class StageView(QWidget):
    """Shows every map of every column and tells where the pointer is."""

    view_changed = Signal()  # some pane shows another part of its map
    hovered = Signal(str, object)  # key of the map, cell (y, x) or None
    pinned = Signal(str, object)  # key of the map, cell (y, x)
    unpinned = Signal()  # Escape in a pane
    edited = Signal(int, int, int, float)  # channel, row, column and new value of an input cell

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stage-view")
        self.viewport = Viewport(self)
        self.columns: tuple[Column, ...] = ()
        self._state: State | None = None
        self._panes: dict[str, Pane] = {}
        self._places: dict[str, MapPlace] = {}
        self._kinds: dict[str, ColumnKind] = {}
        self._signs: list[QLabel] = []
        self._shown: dict[str, MapFrame] = {}
        self.setMinimumSize(MINIMUM_PX, MINIMUM_PX)

    @property
    def panes(self) -> dict[str, Pane]:
        """The panes by the keys of their maps."""
        return self._panes

    def place(self, key: str) -> MapPlace:
        """Return where map ``key`` comes from."""
        return self._places[key]

    def kind(self, key: str) -> ColumnKind:
        """Return what map ``key`` is."""
        return self._kinds[key]

    def keys(self, stage: int, kind: ColumnKind | None = None) -> Iterator[str]:
        """Yield the keys of the maps of one stage, those of partial results only if asked for."""
        for key, place in self._places.items():
            wanted = self._kinds[key] is kind if kind else self._kinds[key] is not ColumnKind.PARTIAL
            if place.stage == stage and wanted:
                yield key

    def arrange(self, columns: tuple[Column, ...], state: State) -> None:
        """Show ``columns`` of ``state``; panes that stay keep their pictures."""
        layout = [[m.key for m in c.maps] for c in columns]
        if layout != [[m.key for m in c.maps] for c in self.columns]:
            self._rebuild(columns)
        new_picture = self._state is None or self._state.picture.values.shape != state.picture.values.shape
        self.columns, self._state = columns, state
        self._places = {m.key: m for c in columns for m in c.maps}
        self._kinds = {m.key: c.kind for c in columns for m in c.maps}
        conv = state.convolution()
        for column in columns:
            for place in column.maps:
                self._update_pane(column, place, conv)
        self._place_all()
        self._shade_unread()
        self.retranslate()
        if new_picture:
            self.viewport.fit()

    def _rebuild(self, columns: tuple[Column, ...]) -> None:
        wanted = [m.key for c in columns for m in c.maps]
        for key, pane in self._panes.items():
            if key not in wanted:
                self._shown.pop(key, None)
                self.viewport.detach(pane)
                pane.setParent(None)
                pane.deleteLater()
        self._panes = {key: self._panes.get(key) or self._new_pane(key) for key in wanted}
        for sign in self._signs[len(columns) - 1 :]:
            sign.setParent(None)
            sign.deleteLater()
        del self._signs[len(columns) - 1 :]
        while len(self._signs) < len(columns) - 1:
            self._signs.append(self._new_sign())
        # The keyboard goes through the maps as they are computed.
        for before, after in pairwise(self._panes.values()):
            QWidget.setTabOrder(before, after)

    def _place_all(self) -> None:
        """Give every pane the place where all are as large as they can be."""
        if not self.columns or not self._blocks():
            return
        now = theme.current()
        found = plan(
            self._blocks(), self.width(), self.height(), sign=now.px(SIGN_PX), caption=now.px(CAPTION_PX)
        )
        for column, boxes in zip(self.columns, found.maps, strict=True):
            for place, box in zip(column.maps, boxes, strict=True):
                self._panes[place.key].setGeometry(_pixels(box))
        for sign, box in zip(self._signs, found.signs, strict=True):
            sign.setGeometry(_pixels(box))

    def _blocks(self) -> list[Block]:
        out = []
        for column in self.columns:
            extent = self._panes[column.maps[0].key].extent()
            out.append(Block(len(column.maps), extent.height(), extent.width()))
        return out

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place everything anew."""
        super().resizeEvent(event)
        self._place_all()

    def _new_pane(self, key: str) -> Pane:
        pane = Pane(self)
        pane.setObjectName(f"pane-{key}")
        pane.set_viewport(self.viewport)
        pane.view_changed.connect(self.view_changed)
        pane.hovered.connect(lambda cell, key=key: self.hovered.emit(key, cell))
        pane.pinned.connect(lambda cell, key=key: self.pinned.emit(key, cell))
        pane.unpinned.connect(self.unpinned)
        if key.startswith("input-"):
            channel = int(key.removeprefix("input-"))
            pane.edited.connect(lambda y, x, v, c=channel: self.edited.emit(c, y, x, v))
        pane.show()
        return pane

    def _new_sign(self) -> QLabel:
        sign = label("sign")
        sign.setParent(self)
        sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        sign.show()
        return sign

    def _update_pane(self, column: Column, place: MapPlace, conv: ConvSpec | None) -> None:
        assert self._state is not None
        pane = self._panes[place.key]
        border = (0, 0, 0, 0)
        if column.kind is ColumnKind.INPUT and conv is not None and self._border_shown():
            border = (*conv.border(0), *conv.border(1))
        spot = place.spot
        pane.set_map(*place.shape, Placement(spot.scale, spot.top, spot.left), border)
        pane.set_editable(column.kind is ColumnKind.INPUT and self._state.picture.kind is PictureKind.GRID)

    def _border_shown(self) -> bool:
        """Whether the added border is drawn: around number grids, where it can be seen."""
        return self._state is not None and self._state.picture.kind is PictureKind.GRID

    def _shade_unread(self) -> None:
        """Hatch the rows and columns that the next operation never reads."""
        for stage, column in enumerate(c for c in self.columns if c.kind is not ColumnKind.PARTIAL):
            chain = self.columns[-1].maps[0].chain
            op = chain[stage] if stage < len(chain) else None
            for place in column.maps:
                if isinstance(op, ConvSpec | PoolSpec):
                    rows, cols = (unread(op, place.shape[axis], axis) for axis in (0, 1))
                    self._panes[place.key].set_unread(
                        rows if rows.any() else None, cols if cols.any() else None
                    )
                else:
                    self._panes[place.key].set_unread(None, None)

    def orders(self, conv: ConvSpec | None) -> tuple[MapOrder, ...]:
        """Return what is to be computed for what is in view."""
        state = self._state
        assert state is not None
        out = []
        for key, place in self._places.items():
            view = self._panes[key].view()
            if self._kinds[key] is ColumnKind.INPUT:
                border = conv if self._border_shown() else None
                tint = input_tint(state, place.channel) if state.tinted else None
                out.append(
                    MapOrder(key, (), 0, (place.channel,), view, input_display(state.picture), tint, border)
                )
            else:
                out.append(MapOrder(key, place.chain, place.stage, (place.channel,), view, state.display))
        return tuple(out)

    def show_frame(self, frame: Frame) -> None:
        """Show the maps of a frame."""
        for key, shown in frame.maps.items():
            # What has not changed need not be painted again.
            if key in self._panes and self._shown.get(key) is not shown:
                self._shown[key] = shown
                self._panes[key].set_content(content(shown))

    def set_stale(self, stale: bool, *, waits: bool = True) -> None:
        """Mark every computed map as older than the settings, or as up to date.

        Parameters
        ----------
        stale : bool
            Whether they are older.
        waits : bool
            Whether newer ones are awaited; not when the settings cannot work.
        """
        for key, pane in self._panes.items():
            pane.set_stale(stale and self._kinds[key] is not ColumnKind.INPUT, waits=waits)

    def clear_marks(self) -> None:
        """Remove every outline."""
        for pane in self._panes.values():
            pane.set_marks(())

    def retranslate(self) -> None:
        """Write every caption in the language in force."""
        for column in self.columns:
            for place in column.maps:
                title, detail = self._caption(column, place)
                tint = input_tint(self._state, place.channel) if self._state else None
                channel = tint if column.kind in (ColumnKind.INPUT, ColumnKind.PARTIAL) else None
                self._panes[place.key].set_caption(title, detail, channel)
        for sign, column in zip(self._signs, self.columns[1:], strict=True):
            previous = self.columns[self.columns.index(column) - 1]
            sign.setText("Σ" if previous.kind is ColumnKind.PARTIAL else "→")

    def _caption(self, column: Column, place: MapPlace) -> tuple[str, str]:
        height, width = place.shape
        one = f"{height} × {width} × {1 if len(column.maps) > 1 else column.shape[0]}"
        state = self._state
        assert state is not None
        tint = input_tint(state, place.channel)
        match column.kind:
            case ColumnKind.INPUT:
                if tint is not None:
                    return _CHANNEL_NAMES[tint], one
                if len(column.maps) > 1:
                    return self.tr("Channel {0}").format(place.channel + 1), one
                return self.tr("Input"), one
            case ColumnKind.PARTIAL:
                name = _CHANNEL_NAMES[tint] if tint is not None else str(place.channel + 1)
                return self.tr("Part {0}").format(name), one
            case ColumnKind.ACTIVATION:
                return self._numbered(self.tr("Activation"), column, place), one
            case ColumnKind.POOLING:
                return self._numbered(self.tr("Pooling"), column, place), one
            case ColumnKind.MIX:
                return self.tr("1×1 layer"), one
            case ColumnKind.MAGNITUDE:
                return self.tr("Magnitude"), one
            case ColumnKind.CONVOLUTION:
                return self._numbered(self.tr("Output"), column, place), one

    def _numbered(self, title: str, column: Column, place: MapPlace) -> str:
        if len(column.maps) == 1:
            return title
        state = self._state
        assert state is not None
        tint = input_tint(state, place.channel)
        if state.convolution() is None or state.convolution().groups > 1:  # type: ignore[union-attr]
            name = _CHANNEL_NAMES[tint] if tint is not None else str(place.channel + 1)
        else:
            name = state.bank.names[place.channel] or str(place.channel + 1)
        return f"{title} {name}"

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.columns:
            self.retranslate()
            self._place_all()


def _pixels(box: Box) -> QRect:
    left, top = round(box.left), round(box.top)
    return QRect(left, top, round(box.left + box.width) - left, round(box.top + box.height) - top)


def content(shown: MapFrame) -> Content:
    """Return a map of a frame as a pane draws it."""
    return Content(shown.view, np.ascontiguousarray(shown.pixels), shown.values)


def input_display(picture: Picture) -> Display:
    """Return how an input is coloured: numbers to be read on paper white, photographs as they are."""
    is_photo_range = (picture.low, picture.high) == (0.0, 255.0)
    return Display.PAPER if picture.kind is PictureKind.GRID and not is_photo_range else Display.LINEAR
