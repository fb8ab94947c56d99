"""The maps of the convolution room, column by column, in linked panes."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from convviz.core.geometry import unread
from convviz.core.picture import PictureKind
from convviz.core.specs import ConvSpec, Op, PoolSpec
from convviz.engine.frames import Frame, MapFrame, MapOrder
from convviz.ui import theme
from convviz.ui.arrangement import (
    Column,
    ColumnKind,
    MapPlace,
    columns,
    input_tint,
    kernel_of,
    renewed,
)
from convviz.ui.stage_captions import StageCaptions, sign_text
from convviz.ui.stage_content import border_of, content, input_display, kernel_content
from convviz.ui.stage_layout import Block, Box, Plan, plan
from convviz.ui.state import State
from convviz.ui.widgets.labels import label
from convviz.ui.widgets.pane import Pane
from convviz.ui.widgets.pane_cells import DIGIT_CELL_PX
from convviz.ui.widgets.viewport import Placement, Viewport

SIGN_PX = 34
CAPTION_PX = 30
MINIMUM_PX = 110

Flags = NDArray[np.bool_]


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
        # A click beside the maps takes the keyboard away from the fields: the keys step again.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.viewport = Viewport(self)
        self.columns: tuple[Column, ...] = ()
        self._state: State | None = None
        self._captions = StageCaptions(self)
        self._panes: dict[str, Pane] = {}
        self._places: dict[str, MapPlace] = {}
        self._kinds: dict[str, ColumnKind] = {}
        self._signs: list[QLabel] = []
        self._hatched = False
        self._shown: dict[str, MapFrame] = {}

    @property
    def panes(self) -> dict[str, Pane]:
        """The panes by the keys of their maps."""
        return self._panes

    @property
    def signs(self) -> tuple[QLabel, ...]:
        """What stands between the columns."""
        return tuple(self._signs)

    def place(self, key: str) -> MapPlace:
        """Return where map ``key`` comes from."""
        return self._places[key]

    def kind(self, key: str) -> ColumnKind:
        """Return what map ``key`` is."""
        return self._kinds[key]

    def keys(self, stage: int, kind: ColumnKind | None = None) -> Iterator[str]:
        """Yield the keys of the maps of one stage, those of partial results only if asked for."""
        for key, place in self._places.items():
            aside = self._kinds[key] in (ColumnKind.PARTIAL, ColumnKind.KERNEL)
            wanted = self._kinds[key] is kind if kind else not aside
            if place.stage == stage and wanted:
                yield key

    def arrange(self, columns: tuple[Column, ...], state: State) -> None:
        """Show ``columns`` of ``state``; panes that stay keep their pictures."""
        layout = [[m.key for m in c.maps] for c in columns]
        if layout != [[m.key for m in c.maps] for c in self.columns]:
            self._rebuild(columns)
        before = self._state.picture if self._state is not None else None
        now = state.picture
        new_picture = before is None or (before.values.shape, before.kind) != (now.values.shape, now.kind)
        self.columns, self._state = columns, state
        self._places = {m.key: m for c in columns for m in c.maps}
        self._kinds = {m.key: c.kind for c in columns for m in c.maps}
        for column in columns:
            for place in column.maps:
                self._update_pane(column, place)
        self._place_all()
        self._shade_unread()
        self.retranslate()
        if new_picture:
            # The old maps must not be painted, cell by cell, at the zoom of the new ones.
            self._shown.clear()
            for key, pane in self._panes.items():
                if self._kinds[key] is not ColumnKind.KERNEL:
                    pane.set_content(None)
            self.viewport.fit()

    def renew(self, state: State) -> None:
        """Go over to ``state``, which is like the one arranged; its new numbers move nothing."""
        self._state, self.columns = state, renewed(self.columns, state)
        self._places = {m.key: m for c in self.columns for m in c.maps}
        for key, place in self._places.items():
            if self._kinds[key] is ColumnKind.KERNEL:
                self._panes[key].set_content(kernel_content(kernel_of(state, place.channel)))

    def _rebuild(self, columns: tuple[Column, ...]) -> None:
        wanted = [m.key for c in columns for m in c.maps]
        for key, pane in self._panes.items():
            if key not in wanted:
                self._shown.pop(key, None)
                self.viewport.detach(pane)
                # Without a parent it would be a window of its own until it is deleted.
                pane.hide()
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
        if not self.columns or self._state is None:
            return
        found = self._plan(self.columns, self._state)
        for column, boxes in zip(self.columns, found.maps, strict=True):
            for place, box in zip(column.maps, boxes, strict=True):
                self._panes[place.key].setGeometry(_pixels(box))
        for sign, box in zip(self._signs, found.signs, strict=True):
            sign.setGeometry(_pixels(box))
        self._captions.fit(self.columns, self._panes)

    def fitting_columns(self, state: State, *, every_stage: bool, alone: bool) -> tuple[Column, ...]:
        """Return the columns to show: of a number grid as many as leave the numbers readable.

        Parameters
        ----------
        state : State
            Its chain must fit its picture.
        every_stage : bool
            Whether to show what lies between the input and the result.
        alone : bool
            Whether the panels are hidden: the kernel is then shown, and what lies between gives way to
            readable numbers. Otherwise only several kernels are shown.
        """
        plain = columns(state, every_stage=every_stage)
        if state.picture.kind is not PictureKind.GRID:
            return plain
        choices = [plain]
        if alone:
            choices.append(columns(state, every_stage=False))
        if alone or state.bank.count * state.bank.weights.shape[1] > 1:
            choices.insert(0, columns(state, every_stage=every_stage, kernels=True))
        zooms = [self._plan(choice, state).zoom for choice in choices]
        readable = (c for c, zoom in zip(choices, zooms, strict=True) if zoom >= DIGIT_CELL_PX)
        return next(readable, choices[zooms.index(max(zooms))])

    def _plan(self, columns: tuple[Column, ...], state: State) -> Plan:
        now, blocks = theme.current(), []
        for column in columns:
            place = column.maps[0]
            top, bottom, left, right = border_of(column, state)
            height = place.shape[0] * place.spot.scale + top + bottom
            width = place.shape[1] * place.spot.scale + left + right
            blocks.append(Block(len(column.maps), height, width))
        return plan(blocks, self.width(), self.height(), sign=now.px(SIGN_PX), caption=now.px(CAPTION_PX))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place everything anew."""
        super().resizeEvent(event)
        self._place_all()

    def _new_pane(self, key: str) -> Pane:
        pane = Pane(self)
        pane.setObjectName(f"pane-{key}")
        pane.set_viewport(self.viewport)
        pane.view_changed.connect(self.view_changed)
        if not key.startswith("kernel-"):
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
        sign.setTextFormat(Qt.TextFormat.RichText)
        sign.setParent(self)
        sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        sign.show()
        return sign

    def _update_pane(self, column: Column, place: MapPlace) -> None:
        assert self._state is not None
        pane = self._panes[place.key]
        border = border_of(column, self._state)
        if column.kind is ColumnKind.KERNEL:
            pane.set_content(kernel_content(kernel_of(self._state, place.channel)))
        spot = place.spot
        pane.set_map(*place.shape, Placement(spot.scale, spot.top, spot.left), border)
        pane.set_editable(column.kind is ColumnKind.INPUT and self._is_grid())

    def _is_grid(self) -> bool:
        """Whether the input is a number grid: it is edited, and the border is drawn where it can be seen."""
        return self._state is not None and self._state.picture.kind is PictureKind.GRID

    @property
    def hatched(self) -> bool:
        """Whether cells of number grids are hatched; the lines of a photograph are too thin to be seen so."""
        return self._hatched and self._is_grid()

    def _shade_unread(self) -> None:
        """Hatch the rows and columns that the next operation never reads."""
        aside = (ColumnKind.PARTIAL, ColumnKind.KERNEL)
        self._hatched = False
        for stage, column in enumerate(c for c in self.columns if c.kind not in aside):
            chain = self.columns[-1].maps[0].chain
            op = chain[stage] if stage < len(chain) else None
            for place in column.maps:
                rows, cols = self._unread(op, column, place)
                self._panes[place.key].set_unread(rows, cols)
                self._hatched = self._hatched or rows is not None or cols is not None

    def _unread(self, op: Op | None, column: Column, place: MapPlace) -> tuple[Flags | None, Flags | None]:
        """Return the rows and the columns of a map that ``op`` never reads; None where it reads all."""
        assert self._state is not None
        if not isinstance(op, ConvSpec | PoolSpec):
            return None, None
        top, bottom, left, right = border_of(column, self._state)
        rows = unread(op, place.shape[0], 0, (top, bottom))
        cols = unread(op, place.shape[1], 1, (left, right))
        return (rows if rows.any() else None), (cols if cols.any() else None)

    def orders(self, conv: ConvSpec | None) -> tuple[MapOrder, ...]:
        """Return what is to be computed for what is in view."""
        state = self._state
        assert state is not None
        out = []
        for key, place in self._places.items():
            if self._kinds[key] is ColumnKind.KERNEL:
                continue
            view = self._panes[key].view()
            if self._kinds[key] is ColumnKind.INPUT:
                border = conv if self._is_grid() else None
                tint = input_tint(state, place.channel) if state.tinted else None
                out.append(
                    MapOrder(key, (), 0, (place.channel,), view, input_display(state.picture), tint, border)
                )
            else:
                out.append(
                    MapOrder(key, place.chain, place.stage, (place.channel,), view, state.shown_display)
                )
        return tuple(out)

    def show_frame(self, frame: Frame) -> None:
        """Show the maps of a frame."""
        for key, shown in frame.maps.items():
            # What has not changed need not be painted again.
            if key in self._panes and self._shown.get(key) is not shown:
                self._shown[key] = shown
                self._panes[key].set_content(content(shown))

    def set_stale(self, stale: bool, *, waits: bool = True, inputs: bool = False) -> None:
        """Mark every computed map as older than the settings, or as up to date.

        Parameters
        ----------
        stale : bool
            Whether they are older.
        waits : bool
            Whether newer ones are awaited; not when the settings cannot work.
        inputs : bool
            Whether the input belongs to another picture too; it is then not to be edited.
        """
        for key, pane in self._panes.items():
            if self._kinds[key] is ColumnKind.KERNEL:
                continue
            if self._kinds[key] is ColumnKind.INPUT:
                pane.set_stale(stale and inputs, waits=waits)
                pane.set_editable(self._is_grid() and not (stale and inputs))
            else:
                pane.set_stale(stale, waits=waits)

    def clear_marks(self) -> None:
        """Remove every outline."""
        for pane in self._panes.values():
            pane.set_marks(())

    def retranslate(self) -> None:
        """Write every caption in the language in force."""
        state = self._state
        if state is None:
            return
        self._captions.write(self.columns, self._panes, state)
        for sign, (previous, column) in zip(self._signs, pairwise(self.columns), strict=True):
            sign.setText(sign_text(previous.kind, column.kind, state))

    def minimumSizeHint(self) -> QSize:
        """Return a size at which maps can be made out."""
        return QSize(theme.current().px(MINIMUM_PX), theme.current().px(MINIMUM_PX))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.columns:
            self.retranslate()
            self._place_all()


def _pixels(box: Box) -> QRect:
    left, top = round(box.left), round(box.top)
    return QRect(left, top, round(box.left + box.width) - left, round(box.top + box.height) - top)
