"""The line above the layers: which network it is, what it was trained on, and how its layers are shown."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from convviz.ui import theme
from convviz.ui.rooms.network_chooser import Choice, NetworkChooser
from convviz.ui.widgets.elided_label import ElidedLabel
from convviz.ui.widgets.parts_label import PartsLabel
from convviz.ui.widgets.segmented import Segmented

MAPS, FUNNEL, TABLE = "maps", "funnel", "table"

_GAP = 10
# Between one text and the next, at a desk.
_BETWEEN_PX = 12
# Less of where the weights come from says nothing.
_LEAST_ORIGIN_PX = 170
# So many letters of a network's name are seen even beside a long answer.
_LEAST_NAME = "m" * 6


class NetworkBar(QWidget):
    """Chooses a network and how its layers are shown, and says what the network answers.

    Where there is little room, first what the network was trained on gives way, then its size, then that its
    weights mean nothing, then the list's width beyond the name it shows, the second answer, and the end of
    the name. Where even then the answer is not whole, it has a line of its own.
    """

    network_chosen = Signal(str)  # key of the catalogue
    view_chosen = Signal(str)  # MAPS, FUNNEL or TABLE

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.networks = NetworkChooser("network", self)
        self.networks.activated.connect(self._choose)
        self.origin = ElidedLabel("muted", "network-origin", self)
        self._warns = False
        self.says = PartsLabel("heading", "network-says", self, keeps_first=True)
        self.totals = PartsLabel("formula", "network-totals", self)
        self.view = Segmented(self)
        self.view.setObjectName("network-view")
        self.view.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.view.chosen.connect(self.view_chosen)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.networks.currentTextChanged.connect(self._arrange)
        self.retranslate()

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these networks, under their headings in the order given."""
        key = self.networks.currentData()
        self.networks.offer(choices)
        self.show_network(key)

    def show_network(self, key: str) -> None:
        """Show the network called ``key`` as the chosen one, without announcing it."""
        index = self.networks.findData(key)
        self.networks.setCurrentIndex(index)

    @Slot(int)
    def _choose(self, index: int) -> None:
        key = self.networks.itemData(index)
        if key:
            self.network_chosen.emit(key)

    def show_origin(self, text: str, *, warns: bool) -> None:
        """Say where the weights come from; ``warns`` marks those that mean nothing."""
        self.origin.set_whole(text)
        self._warns, role = warns, "warning" if warns else "muted"
        if self.origin.property("role") != role:
            self.origin.setProperty("role", role)
            self.origin.style().unpolish(self.origin)
            self.origin.style().polish(self.origin)

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self.networks.setAccessibleName(self.tr("Network"))
        self.networks.setToolTip(self.tr("Which network looks at the picture"))
        self.view.set_options(
            [
                (MAPS, self.tr("Maps"), self.tr("The maps of the chosen layer")),
                (FUNNEL, self.tr("Funnel"), self.tr("The sizes of all layers, to scale")),
                (TABLE, self.tr("Table"), self.tr("All layers in a table")),
            ]
        )

    # Size

    def _names(self) -> tuple[int, int, int]:
        """Return how wide the list would like to be, how wide its name is, and how wide it is at least."""
        wide = self.networks.sizeHint().width()
        name = min(wide, self.networks.width_for(self.networks.currentText()))
        return wide, name, min(name, self.networks.width_for(_LEAST_NAME))

    def _has_own_line(self, width: int) -> bool:
        """Return whether there is no room for the answer beside the list and the buttons."""
        if self.says.isHidden() or not self.says.whole():
            return False
        beside = self._names()[2] + self.view.sizeHint().width() + 2 * _GAP
        return beside + self.says.first_width() > width

    def _line_height(self) -> int:
        return max(self.networks.sizeHint().height(), self.view.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        """Return that there may be two lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of one line, or of two where the answer needs one."""
        own = self.says.sizeHint().height() + theme.current().px(4) if self._has_own_line(width) else 0
        return self._line_height() + own

    def sizeHint(self) -> QSize:
        """Return room for everything on one line."""
        shown = [
            w for w in (self.networks, self.origin, self.says, self.totals, self.view) if not w.isHidden()
        ]
        width = sum(widget.sizeHint().width() + _GAP for widget in shown) - _GAP
        return QSize(width, self._line_height())

    def minimumSizeHint(self) -> QSize:
        """Return room for a few letters of the network's name and for the buttons."""
        return QSize(self._names()[2] + _GAP + self.view.sizeHint().width(), self._line_height())

    @Slot()
    def _arrange(self) -> None:
        """Give everything its place."""
        high, (wide, name, least) = self._line_height(), self._names()
        between = theme.current().px(_BETWEEN_PX)
        free = self.width() - self.view.sizeHint().width() - _GAP
        own_line = self._has_own_line(self.width())
        beside = 0 if own_line or self.says.isHidden() else self.says.sizeHint().width()
        origin, totals = self.origin.sizeHint().width(), self.totals.sizeHint().width()
        wanted = sum(width + between for width in (beside, totals, origin) if width)
        chooser = min(wide, max(name, free - wanted))
        answer = _GAP + self.says.first_width() if beside else 0
        chooser = max(least, min(chooser, free - answer))
        left = free - chooser - _GAP
        says = self.says.width_in(left) if beside else 0
        left -= says + between if says else 0
        warned = origin if self._warns and left >= origin else 0
        left -= warned + between if warned else 0
        totals = self.totals.width_in(left)
        left -= totals + between if totals else 0
        if self._warns:
            origin = warned
        else:
            origin = min(left, origin) if left >= min(origin, theme.current().px(_LEAST_ORIGIN_PX)) else 0
        self._place(self.networks, 0, chooser, high)
        self._place(self.origin, chooser + _GAP, origin, high)
        self._place(self.totals, free - totals, totals, high)
        self._place(self.view, free + _GAP, self.view.sizeHint().width(), high)
        if own_line:
            below = self.says.sizeHint().height()
            self.says.setGeometry(0, self.height() - below, self.width(), below)
        else:
            self._place(self.says, chooser + _GAP + (origin + between if origin else 0), says, high)

    @staticmethod
    def _place(widget: QWidget, x: int, width: int, high: int) -> None:
        """Put a widget into the middle of the first line."""
        height = widget.sizeHint().height()
        widget.setGeometry(QRect(x, (high - height) // 2, width, height))

    def event(self, event: QEvent) -> bool:
        """Find places anew when something has another text."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find places anew."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Find places for what was written meanwhile."""
        super().showEvent(event)
        self._arrange()


class ProgressLine(QWidget):
    """Says how far something is that takes a while, and lets the user call it off."""

    cancelled = Signal()  # the user does not want to wait

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = QLabel(self)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setObjectName("network-progress-text")
        self.bar = QProgressBar(self)
        self.bar.setObjectName("network-progress")
        self.bar.setTextVisible(False)
        self.cancel = QPushButton(self)
        self.cancel.setObjectName("network-cancel")
        self.cancel.clicked.connect(self.cancelled)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._said)
        layout.addWidget(self.bar, 1)
        layout.addWidget(self.cancel)
        self.hide()
        self.retranslate()

    def show_progress(self, fraction: float | None, text: str) -> None:
        """Show how far it is, 0 to 1, None for nobody knows; and what is being done."""
        self._said.setText(text)
        self.bar.setRange(0, 0 if fraction is None else 1000)
        self.bar.setValue(round(1000 * (fraction or 0.0)))

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self.cancel.setText(self.tr("Cancel"))
        self.cancel.setToolTip(self.tr("Stop, and keep what is on screen"))
        self.bar.setAccessibleName(self.tr("Progress"))
