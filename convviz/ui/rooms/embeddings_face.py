"""The widgets of the embeddings room and their places."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from convviz.core.distances import Distance
from convviz.ui import theme
from convviz.ui.embedding_trial import TrialRunner
from convviz.ui.rooms.embeddings_bar import EmbeddingsBar
from convviz.ui.rooms.embeddings_panel import EmbeddingsPanel
from convviz.ui.rooms.embeddings_trial import TrialPage
from convviz.ui.rooms.network_bar import ProgressLine
from convviz.ui.widgets.arithmetic_line import ArithmeticLine
from convviz.ui.widgets.colour_bar import ColourBar
from convviz.ui.widgets.distance_matrix import DistanceMatrix
from convviz.ui.widgets.labels import label
from convviz.ui.widgets.pair import PairChoice
from convviz.ui.widgets.picture_plane import PicturePlane
from convviz.ui.widgets.problem_bar import ProblemBar
from convviz.ui.widgets.vector_strips import VectorStrips

# Only a room this high has one for the scale of the strips' colours as well.
_TALL_PX = 600


class EmptyPage(QWidget):
    """What to do while there are no pictures.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("no-pictures")
        self.hint = label("heading", wrap=True, name="no-pictures-hint")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.samples = QPushButton(self)
        self.samples.setObjectName("embedding-samples")
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addStretch(1)
        layout.addWidget(self.hint)
        layout.addWidget(self.samples, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        self.retranslate()

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self.hint.setText(self.tr("Drop pictures or a folder here."))
        self.samples.setText(self.tr("Take the photographs that come with convviz"))
        self.samples.setToolTip(self.tr("Show the photographs that come with convviz as vectors"))


class AlonePage(QWidget):
    """Why there is nothing to see of one picture alone.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("one-picture")
        self.hint = label("heading", wrap=True, name="one-picture-hint")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.add = QPushButton(self)
        self.add.setObjectName("one-picture-add")
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addStretch(1)
        layout.addWidget(self.hint)
        layout.addWidget(self.add, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        self.setFocusProxy(self.add)
        self._of_map = False
        self.retranslate()

    def set_of_map(self, of_map: bool) -> None:
        """Say it of the map, or of the matrices."""
        self._of_map = of_map
        self.retranslate()

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self.hint.setText(
            self.tr("One picture alone makes no map. Add another.")
            if self._of_map
            else self.tr("One picture alone has no distance to another. Add one.")
        )
        self.add.setText(self.tr("Add…"))
        self.add.setToolTip(self.tr("Add pictures; they can also be dropped on the window"))


class MatricesPage(QWidget):
    """The three matrices beside each other, and what is not in them.

    Parameters
    ----------
    pair : PairChoice
        Which two are chosen.
    parent : QWidget, optional
        Owner.
    """

    told = Signal(str)  # the pair under the mouse and its distance; empty for none

    def __init__(self, pair: PairChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("distance-matrices")
        self.matrices = {kind: DistanceMatrix(kind, pair, self) for kind in Distance}
        for matrix in self.matrices.values():
            matrix.told.connect(self.told)
        self.note = label("muted", wrap=True, name="matrices-note")
        line = QHBoxLayout()
        line.setSpacing(16)
        for matrix in self.matrices.values():
            line.addWidget(matrix, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(line, 1)
        layout.addWidget(self.note)
        self.setFocusProxy(self.matrices[Distance.EUCLIDEAN])

    def set_stale(self, stale: bool) -> None:
        """Pale everything while it belongs to another network, layer or set of pictures."""
        for matrix in self.matrices.values():
            matrix.set_stale(stale)


class EmbeddingsFace(QWidget):
    """What the embeddings room looks like; what it does is the business of its subclass.

    Parameters
    ----------
    parent : QWidget
        Owner.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("embeddings-desk")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.pair = PairChoice(self)

    def build(self, runner: TrialRunner) -> None:
        """Make the widgets and lay them out; ``runner`` computes the experiment."""
        self.bar = EmbeddingsBar(self)
        self.problem, self.progress = ProblemBar(self), ProgressLine(self)
        self.empty, self.alone = EmptyPage(self), AlonePage(self)
        self.strips, self.plane = VectorStrips(self.pair, self), PicturePlane(self.pair, self)
        self.matrices = MatricesPage(self.pair, self)
        self.trial = TrialPage(runner, self)
        self.stack = QStackedWidget(self)
        for page in (self.empty, self.alone, self.strips, self.matrices, self.plane, self.trial):
            self.stack.addWidget(page)
        # Otherwise every page would need as much as the one that needs most.
        self.stack.setMinimumHeight(120)
        self.colours = ColourBar(self)
        # What the pair means where its numbers alone do not say so, and how they come about.
        self.meaning = label("", wrap=True, name="pair-meaning")
        self.line = ArithmeticLine(self, small=True)
        self.panel = EmbeddingsPanel(self)
        self.side = QScrollArea(self)
        self._lay_out()

    def _lay_out(self) -> None:
        centre = QVBoxLayout()
        centre.setContentsMargins(12, 12, 12, 8)
        centre.setSpacing(8)
        for widget in (self.bar, self.problem, self.progress):
            centre.addWidget(widget)
        centre.addWidget(self.stack, 1)
        centre.addWidget(self.colours)
        centre.addWidget(self.meaning)
        centre.addWidget(self.line)
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

    def show_meaning(self) -> None:
        """Show what the pair means where there is something to say, and the pair is written out."""
        self.meaning.setVisible(bool(self.meaning.text()) and not self.line.isHidden())

    def set_panel_visible(self, visible: bool) -> None:
        """Show or hide the panel at the right."""
        self.side.setVisible(visible)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the panel its share."""
        super().resizeEvent(event)
        self.side.setFixedWidth(self.panel.suited_width(self.width()))
        self.show_colours()

    def show_colours(self) -> None:
        """Show which colour is which number below the strips, where a row less does not hurt."""
        tall = self.height() >= theme.current().px(_TALL_PX)
        self.colours.setVisible(tall and self.stack.currentWidget() is self.strips)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "side"):
            self.side.setFixedWidth(self.panel.suited_width(self.width()))
