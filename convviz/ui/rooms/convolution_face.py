"""The widgets of the convolution room and their places."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from convviz.core.channels import ChannelMode
from convviz.ui import theme
from convviz.ui.rooms.filters_panel import FiltersPanel
from convviz.ui.rooms.kernel_panel import KernelPanel
from convviz.ui.rooms.result_panel import ResultPanel
from convviz.ui.rooms.settings_panel import SettingsPanel
from convviz.ui.rooms.side_panel import side_panel
from convviz.ui.session import Session
from convviz.ui.stage_view import StageView
from convviz.ui.widgets import activation_plot
from convviz.ui.widgets.arithmetic_line import ArithmeticLine
from convviz.ui.widgets.hatch_note import HatchNote
from convviz.ui.widgets.kernel_miniature import KernelMiniature
from convviz.ui.widgets.problem_bar import ProblemBar
from convviz.ui.widgets.segmented import Segmented
from convviz.ui.widgets.transport import Transport

LEFT_PX = 290
RIGHT_PX = 290
# In a room lower than this the kernel is drawn smaller.
LOW_PX = 780
KERNEL_PX, KERNEL_LOW_PX = 250, 170


class ConvolutionFace(QWidget):
    """What the convolution room looks like; what it does is the business of its subclass.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("convolution-room")

    def build(self, session: Session) -> None:
        """Make the widgets, the panels of which show and edit ``session``, and lay them out."""
        self.kernel = KernelPanel(session, self)
        self.settings = SettingsPanel(session, self)
        self.filters = FiltersPanel(session, self)
        self.values = ResultPanel(session, self)
        self.mode = Segmented(self)
        self.mode.setObjectName("channel-mode")
        self.every_stage = QCheckBox(self)
        self.every_stage.setObjectName("every-stage")
        self.every_stage.setChecked(True)
        self.glance = KernelMiniature(self)
        self.glance.setObjectName("kernel-glance")
        self.glance.hide()
        # What the settings show of the activation, for when they are hidden.
        self.curve = activation_plot.ActivationPlot(self, activation_plot.LOW_PX)
        self.curve.setObjectName("activation-glance")
        self.curve.hide()
        self.problem = ProblemBar(self)
        self.stages = StageView(self)
        self.hatch_note = HatchNote(self)
        self.hatch_note.hide()
        self.line = ArithmeticLine(self)
        self.transport = Transport(self)
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._left = side_panel(self.kernel, self.settings)
        self._right = side_panel(self.values, self.filters)
        centre = QVBoxLayout()
        centre.setContentsMargins(12, 10, 12, 10)
        centre.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(self.glance)
        top.addWidget(self.mode)
        top.addStretch(1)
        # Near the maps of the activation, which are at the right.
        top.addWidget(self.curve)
        top.addWidget(self.every_stage)
        centre.addLayout(top)
        centre.addWidget(self.problem)
        centre.addWidget(self.stages, 1)
        centre.addWidget(self.hatch_note)
        centre.addWidget(self.line)
        centre.addWidget(self.transport)
        layout.addWidget(self._left)
        layout.addLayout(centre, 1)
        layout.addWidget(self._right)
        self._resize_sides()

    def _resize_sides(self) -> None:
        self._left.setFixedWidth(theme.current().px(LEFT_PX))
        self._right.setFixedWidth(theme.current().px(RIGHT_PX))

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self.mode.set_options(
            [
                (ChannelMode.RED.value, "R", self.tr("The red channel alone")),
                (ChannelMode.GREEN.value, "G", self.tr("The green channel alone")),
                (ChannelMode.BLUE.value, "B", self.tr("The blue channel alone")),
                (ChannelMode.EACH.value, self.tr("Each"), self.tr("Each channel on its own")),
                (
                    ChannelMode.SUM.value,
                    self.tr("Σ channels"),
                    self.tr("One kernel per channel; the results are added up"),
                ),
                (ChannelMode.GREY.value, self.tr("Grey"), self.tr("Luminance: 0.299 R + 0.587 G + 0.114 B")),
            ]
        )
        self.every_stage.setText(self.tr("All stages"))
        self.every_stage.setToolTip(self.tr("Show what lies between the input and the result"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_right"):
            self._resize_sides()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave room for the settings below the kernel in a low window."""
        super().resizeEvent(event)
        low = event.size().height() < theme.current().px(LOW_PX)
        self.kernel.grid.set_extent(KERNEL_LOW_PX if low else KERNEL_PX)
