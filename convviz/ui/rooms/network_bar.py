"""The line above the layers: which network it is, what it was trained on, and how its layers are shown."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from convviz.ui.rooms.network_chooser import Choice, NetworkChooser
from convviz.ui.widgets.elided_label import ElidedLabel
from convviz.ui.widgets.segmented import Segmented

MAPS, FUNNEL, TABLE = "maps", "funnel", "table"


class NetworkBar(QWidget):
    """Chooses a network and how its layers are shown."""

    network_chosen = Signal(str)  # key of the catalogue
    view_chosen = Signal(str)  # MAPS, FUNNEL or TABLE

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.networks = NetworkChooser("network", self)
        self.networks.activated.connect(self._choose)
        self.origin = ElidedLabel("muted", "network-origin", self)
        self.says = ElidedLabel("heading", "network-says", self)
        self.totals = ElidedLabel("formula", "network-totals", self)
        self.view = Segmented(self)
        self.view.setObjectName("network-view")
        self.view.chosen.connect(self.view_chosen)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.networks)
        # It gives way first; the others keep their place.
        self.origin.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.view.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        layout.addWidget(self.origin, 1)
        layout.addWidget(self.says)
        layout.addWidget(self.totals)
        layout.addWidget(self.view)
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
        role = "warning" if warns else "muted"
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
