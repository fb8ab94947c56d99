"""The widgets of the network room and their places."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from convviz.ui import theme
from convviz.ui.map_colours import Order
from convviz.ui.rooms.answer_page import AnswerPage
from convviz.ui.rooms.ideal_page import IdealPane
from convviz.ui.rooms.large_map import LargeMap
from convviz.ui.rooms.live_bar import LiveBar
from convviz.ui.rooms.network_bar import NetworkBar, ProgressLine
from convviz.ui.rooms.network_panel import NetworkPanel
from convviz.ui.rooms.network_tools import NetworkTools
from convviz.ui.rooms.patches_page import PatchesPage
from convviz.ui.widgets.arithmetic_line import ArithmeticLine
from convviz.ui.widgets.funnel import Funnel
from convviz.ui.widgets.labels import label
from convviz.ui.widgets.layer_strip import LayerStrip
from convviz.ui.widgets.layer_table import LayerTable
from convviz.ui.widgets.mosaic import Mosaic
from convviz.ui.widgets.parts_label import PartsLabel
from convviz.ui.widgets.problem_bar import ProblemBar
from convviz.ui.widgets.segmented import Segmented
from convviz.ui.widgets.two_lines import TwoLines
from convviz.ui.widgets.vector_bars import VectorBars

# What is excited: the whole map, or one cell of it.
WHOLE, CELL = "whole", "cell"
# How high a room must be, at a desk, for so many rows of parallel branches.
ROOM_FOR_ROWS = (0, 580, 880)
# A room lower than this, at a desk, has no place for a line without a message.
LOW_PX = 520
# The room may be made as low as this, at a desk: what does not fit makes way, and the window never grows.
LEAST_PX = 240
# What the maps are left with beside one row of layers, and beside more, before these make way for them.
LEAST_FOR_MAPS_PX, MORE_FOR_MAPS_PX = 72, 160
# In a room lower than this the panel is sparing.
LOW_FOR_PANEL_PX = 760


class NetworkFace(QWidget):
    """What the network room looks like; what it does is the business of its subclass.

    Parameters
    ----------
    parent : QWidget
        Owner.
    """

    lowness_changed = Signal()  # :meth:`is_low` says something else now

    _was_low: bool | None = None

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("network-desk")
        # A click beside everything takes the keyboard away from the fields: the keys step again.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._build()
        self._lay_out()

    def _build(self) -> None:
        self.bar = NetworkBar(self)
        self.progress = ProgressLine(self)
        self.problem = ProblemBar(self)
        self.player = LiveBar(self)
        self.strip = LayerStrip(self)
        self.title = label("heading", name="layer-title")
        self.facts = PartsLabel("formula", "layer-facts", self)
        self.order = Segmented(self)
        self.order.setObjectName("map-order")
        self.aim = Segmented(self)
        self.aim.setObjectName("excite-aim")
        self.each = QCheckBox(self)
        self.each.setObjectName("own-scale")
        self.mosaic, self.vector = Mosaic(self), VectorBars(self)
        self.large = LargeMap(self)
        self.funnel, self.table = Funnel(self), LayerTable(self)
        self.ideal, self.patches, self.answer = IdealPane(self), PatchesPage(self), AnswerPage(self)
        self.stack = QStackedWidget(self)
        self.line = ArithmeticLine(self)
        # Until there are maps there is nothing to sort, colour or take apart.
        for widget in (self.line, self.order, self.aim, self.each):
            widget.hide()
        self.tools = NetworkTools(self)
        self.panel = NetworkPanel(self)
        self.side = QScrollArea(self)

    def _lay_out(self) -> None:
        maps = self.mosaic, self.vector, self.large
        for page in (*maps, self.funnel, self.table, self.ideal, self.patches, self.answer):
            self.stack.addWidget(page)
        self._centre = centre = QVBoxLayout()
        centre.setContentsMargins(12, 10, 12, 8)
        centre.setSpacing(8)
        for choice in (self.order, self.aim):
            choice.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        chosen = self.order, self.aim, self.each
        self._heading = TwoLines((self.title, self.facts), chosen, self.facts, self, spacing=12)
        for widget in (self.bar, self.problem, self.progress, self.player, self.strip):
            centre.addWidget(widget)
        centre.addWidget(self._heading)
        centre.addLayout(self.tools.beside(self.stack), 1)
        centre.addWidget(self.line)
        # Where there is room everything fits; where there is not it scrolls, and the window grows no larger.
        self.side.setWidget(self.panel)
        self.side.setWidgetResizable(True)
        self.side.setProperty("role", "side")
        self.side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(centre, 1)
        layout.addWidget(self.side)

    def write_controls(self) -> None:
        """Write the texts of the controls above the maps in the language in force."""
        self.order.set_options(
            [
                (Order.NUMBER.value, self.tr("Number"), self.tr("In the order of the network")),
                (Order.MEAN.value, self.tr("Mean"), self.tr("The map that is strongest on average first")),
                (Order.MAXIMUM.value, self.tr("Maximum"), self.tr("The map with the largest value first")),
            ]
        )
        cell = self.tr(
            "One cell shall become as large as it can: the one that is kept by a click in the map, else the "
            "strongest. The frame is what it sees"
        )
        whole = self.tr("The mean of the whole map shall become as large as it can")
        self.aim.set_options([(WHOLE, self.tr("Whole map"), whole), (CELL, self.tr("One cell"), cell)])
        self.each.setText(self.tr("&Own scale"))
        self.each.setToolTip(self.tr("Give every map colours of its own, so that faint ones are seen"))

    def set_panel_visible(self, visible: bool) -> None:
        """Show or hide the panel at the right; without it the likeliest classes stand above the layers."""
        self.side.setVisible(visible)
        self.bar.says.setVisible(not visible)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the panel its share."""
        super().resizeEvent(event)
        self._fit_room()

    def is_low(self) -> bool:
        """Return whether there is little room below the layers."""
        return self.height() < LOW_PX * theme.current().scale

    def _fit_room(self) -> None:
        """Give the panel and the layers as much as the room has for them."""
        self.side.setFixedWidth(self.panel.suited_width(self.width()))
        self.panel.set_low(self.height() < LOW_FOR_PANEL_PX * theme.current().scale)
        self.answer.set_brief(self.is_low())
        self.large.note.set_brief(self.is_low())
        self.fit_strip()
        if self._was_low is not self.is_low():
            self._was_low = self.is_low()
            self.lowness_changed.emit()

    def fit_strip(self) -> None:
        """Show as many rows of layers as there is room for; where there is none the keys go through them."""
        height = self.height() / theme.current().scale
        rows = sum(height >= least for least in ROOM_FOR_ROWS)
        free, px = self._free_height(), theme.current().px
        self.stack.setMinimumHeight(px(LEAST_FOR_MAPS_PX))
        while rows and self.strip.height_of(rows) > free - px(
            MORE_FOR_MAPS_PX if rows > 1 else LEAST_FOR_MAPS_PX
        ):
            rows -= 1
        # In a low room these pages take the place of the layers; the table has all of them itself, and so
        # has the card on which the picture is moved.
        page = self.stack.currentWidget()
        lists_layers = page is self.table or not self.tools.shift.isHidden()
        takes_place = (page in (self.large, self.answer) or lists_layers) and self.is_low()
        self.strip.set_rows_shown(max(rows, 1))
        self.strip.setVisible(bool(rows) and not takes_place)

    def _free_height(self) -> int:
        """Return what is left for the strip of layers and the maps, in pixels."""
        margins = self._centre.contentsMargins()
        width = self.bar.width()
        shown = [
            w for w in (self.bar, self.problem, self.progress, self.player, self.line) if not w.isHidden()
        ]
        heights = [w.heightForWidth(width) if w.hasHeightForWidth() else w.sizeHint().height() for w in shown]
        heights.append(self._heading.sizeHint().height())
        # Between them, the strip and the stack.
        gaps = self._centre.spacing() * (len(heights) + 1)
        return self.height() - margins.top() - margins.bottom() - sum(heights) - gaps

    def minimumSizeHint(self) -> QSize:
        """Return a size that never makes the window grow: the room fits itself into what it is given."""
        found = super().minimumSizeHint()
        return QSize(found.width(), min(found.height(), theme.current().px(LEAST_PX)))

    def event(self, event: QEvent) -> bool:
        """Fit the layers in anew when something beside them has become higher, or is gone."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit_strip()
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "panel"):
            self._fit_room()
