"""The lines above the pictures of the embeddings room: which pictures, network and layer, and which view."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from convviz.nets.records import Architecture
from convviz.nets.vector_space import PIXELS, default_layer
from convviz.ui.layer_text import shape_text
from convviz.ui.rooms.network_chooser import Choice, NetworkChooser
from convviz.ui.widgets.elided_label import ElidedLabel
from convviz.ui.widgets.labels import label
from convviz.ui.widgets.segmented import Segmented

_GAP = 8

STRIPS, MATRICES, PLANE, TRIAL = "vectors", "distances", "map", "experiment"


class EmbeddingsBar(QWidget):
    """Buttons for pictures, lists of networks and layers, and the choice among the views."""

    network_chosen = Signal(str)  # key of the network
    layer_chosen = Signal(str)  # name of the layer, or PIXELS
    view_chosen = Signal(str)  # STRIPS, MATRICES, PLANE or TRIAL

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.add, self.folder, self.clear, self.save = (
            self._button(name) for name in ("add", "folder", "clear", "save")
        )
        self.networks = NetworkChooser("embedding-network", self)
        self.layers = QComboBox(self)
        self.layers.setObjectName("embedding-layer")
        for box in (self.networks, self.layers):
            box.setMaxVisibleItems(24)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(7)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.networks.activated.connect(self._choose_network)
        self.layers.activated.connect(self._choose_layer)
        self._network, self._layer = label("muted"), label("muted")
        self._network.setBuddy(self.networks)
        self._layer.setBuddy(self.layers)
        self.facts = ElidedLabel("formula", "embedding-facts", self)
        self.facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.view = Segmented(self)
        self.view.setObjectName("embedding-view")
        self.view.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.view.chosen.connect(self.view_chosen)
        self._architecture: Architecture | None = None
        self._lay_out()
        self.retranslate()

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(f"embedding-{name}")
        return button

    def _lay_out(self) -> None:
        self._buttons, self._lists, self._views = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for line in (self._buttons, self._lists, self._views):
            line.setSpacing(_GAP)
        for widget in (self.add, self.folder, self.clear):
            self._buttons.addWidget(widget)
        self._lists.addWidget(self._network)
        self._lists.addWidget(self.networks, 1)
        self._lists.addWidget(self._layer)
        self._lists.addWidget(self.layers, 1)
        self._views.addWidget(self.facts, 1)
        self._views.addWidget(self.view)
        self._views.addStretch()
        self._views.addWidget(self.save)
        QWidget.setTabOrder(self.layers, self.save)
        self._above = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._above.setSpacing(2 * _GAP)
        self._above.addLayout(self._buttons)
        self._above.addLayout(self._lists, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_GAP)
        layout.addLayout(self._above)
        layout.addLayout(self._views)

    @property
    def narrow(self) -> bool:
        """Whether the lists have a line of their own, as there is no room for them beside the buttons."""
        return self._above.direction() is QBoxLayout.Direction.TopToBottom

    def _flow(self) -> None:
        """Break the line of the buttons and the lists where it is too long."""
        wide = self._buttons.minimumSize().width() + 2 * _GAP + self._lists.minimumSize().width()
        narrow = self.width() < wide
        if narrow == self.narrow:
            return
        # What there is to know of the vectors, and where they are saved, goes where there is room left.
        old, new = (self._views, self._buttons) if narrow else (self._buttons, self._views)
        for widget in (self.facts, self.save):
            old.removeWidget(widget)
        new.insertWidget(new.count() if narrow else 0, self.facts, 1)
        new.addWidget(self.save)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._above.setDirection(down if narrow else across)
        self._above.setSpacing(_GAP if narrow else 2 * _GAP)

    def minimumSizeHint(self) -> QSize:
        """Return room for the longest of three lines."""
        lines = self._buttons, self._lists, self._views
        return QSize(max(line.minimumSize().width() for line in lines), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many lines as are needed."""
        super().resizeEvent(event)
        self._flow()

    def event(self, event: QEvent) -> bool:
        """Take as many lines as are needed where words or letters have become longer."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._flow()
        return super().event(event)

    def set_networks(self, choices: Sequence[Choice], key: str) -> None:
        """Offer these networks, ``key`` the chosen one."""
        self.networks.offer(choices)
        self.show_network(key)

    def show_network(self, key: str) -> None:
        """Show the network called ``key`` as the chosen one, without announcing it."""
        self.networks.setCurrentIndex(self.networks.findData(key))

    def set_layers(self, architecture: Architecture, layer: str) -> None:
        """Offer the layers of a network and the pixels, ``layer`` the chosen one."""
        if architecture is not self._architecture:
            self._architecture = architecture
            self._list_layers()
        self.layers.setCurrentIndex(self.layers.findData(layer))

    def _list_layers(self) -> None:
        chosen = self.layers.currentData()
        self.layers.clear()
        self.layers.addItem(self.tr("The pixels themselves"), PIXELS)
        if self._architecture is not None:
            usual = default_layer(self._architecture)
            for layer in self._architecture.layers:
                text = f"{layer.name} · {shape_text(layer.shape)}"
                if layer.name == usual:
                    text = self.tr("Features: {0}").format(text)
                self.layers.addItem(text, layer.name)
        self.layers.setCurrentIndex(self.layers.findData(chosen))

    @Slot(int)
    def _choose_network(self, index: int) -> None:
        key = self.networks.itemData(index)
        if key:
            self.network_chosen.emit(key)

    @Slot(int)
    def _choose_layer(self, index: int) -> None:
        self.layer_chosen.emit(self.layers.itemData(index))

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        for button, text, tip in (
            (self.add, self.tr("&Add…"), self.tr("Add pictures; they can also be dropped on the window")),
            (self.folder, self.tr("Folder…"), self.tr("Add all pictures of a folder and of its folders")),
            (self.clear, self.tr("Clear"), self.tr("Take all pictures away")),
            (self.save, self.tr("Save…"), self.tr("Save the vectors as .npy or .csv")),
        ):
            button.setText(text)
            button.setToolTip(tip)
        self._network.setText(self.tr("Network"))
        self._layer.setText(self.tr("Layer"))
        self.networks.setAccessibleName(self.tr("Network"))
        self.networks.setToolTip(self.tr("Which network turns the pictures into vectors"))
        self.layers.setAccessibleName(self.tr("Layer"))
        self.layers.setToolTip(
            self.tr("Whose output the vectors are; at first the layer before the classifier")
        )
        self.view.set_options(
            [
                (STRIPS, self.tr("Vectors"), self.tr("Every picture with its numbers as colours")),
                (MATRICES, self.tr("Distances"), self.tr("How far every picture is from every other")),
                (PLANE, self.tr("Map"), self.tr("The pictures on a plane: near means alike")),
                (
                    TRIAL,
                    self.tr("Experiment"),
                    self.tr("Change one picture, and watch where its vector goes"),
                ),
            ]
        )
        self._list_layers()
