"""One map large beside the photograph it was made from."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convviz.ui.rooms.map_pane import MapPane, PhotoPane
from convviz.ui.rooms.why_chooser import WhyNote


class LargeMap(QWidget):
    """The photograph and one map, as large as there is room for.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.photo = PhotoPane("network-photo-large", self)
        self.photo.setObjectName("pane-network-photo-large")
        self.map = MapPane(self)
        self.map.setObjectName("pane-network-map-large")
        panes = QHBoxLayout()
        panes.setContentsMargins(0, 0, 0, 0)
        panes.setSpacing(10)
        panes.addWidget(self.photo, 1)
        panes.addWidget(self.map, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(panes, 1)
        self.note = WhyNote(self)
        layout.addWidget(self.note)
