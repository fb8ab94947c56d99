"""The page with the patches of the user's pictures that excite a map most."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from convviz.core.numbers import format_number
from convviz.core.shown import grouped
from convviz.ui.language import say
from convviz.ui.network_patches import Cut, Looked, Wall
from convviz.ui.widgets.elided_label import ElidedLabel
from convviz.ui.widgets.labels import label, row
from convviz.ui.widgets.patch_grid import PatchGrid, Tile
from convviz.ui.widgets.segmented import Segmented

FEW, MANY = 9, 16
# Files that are named where several could not be read.
NAMED = 3


class PatchesPage(QWidget):
    """Nine or sixteen patches, from which folder they are, and which files were left out.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    opened = Signal(object)  # Cut: the user wants to see it in its picture
    left = Signal()  # the user wants back to the maps
    folder_wanted = Signal()  # the user wants to choose a folder

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("patches-page")
        self._wall: Wall | None = None
        self._looked: Looked | None = None
        self._is_older = False
        self._title = ElidedLabel("caption", "patches-title", self)
        self.most = Segmented(self)
        self.most.setObjectName("patches-most")
        self.folder = QPushButton(self)
        self.folder.setObjectName("patches-folder")
        self.grid = PatchGrid(self)
        self.note = label("muted", wrap=True, name="patches-note")
        head = row(self._title, self.most, self.folder, spacing=8)
        head.setStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.grid, 1)
        layout.addWidget(self.note)
        self.setFocusProxy(self.grid)
        self.most.chosen.connect(self._choose_most)
        self.folder.clicked.connect(self.folder_wanted)
        self.grid.opened.connect(self._open)
        self.grid.left.connect(self.left)
        self.retranslate()
        self.most.set_choice(str(FEW))

    def show_looked(self, looked: Looked) -> None:
        """Show that a folder was looked through; patches are to follow."""
        self._looked, self._wall = looked, None
        self._write()

    def show_wall(self, wall: Wall) -> None:
        """Show the patches of a map."""
        self._looked, self._wall = wall.looked, wall
        self._write()

    def set_older(self, is_older: bool) -> None:
        """Say whether a filter of the network has been edited, or put back, since the patches were found."""
        if is_older is not self._is_older:
            self._is_older = is_older
            self._write()

    @property
    def title(self) -> str:
        """What stands above the patches."""
        return self._title.whole()

    def cuts(self) -> tuple[Cut, ...]:
        """Return the patches that are shown."""
        return () if self._wall is None else self._wall.cuts[: int(self.most.choice())]

    @Slot(str)
    def _choose_most(self, most: str) -> None:
        self.most.set_choice(most)
        self._write()

    @Slot(int)
    def _open(self, number: int) -> None:
        self.opened.emit(self.cuts()[number])

    def _write(self) -> None:
        self.grid.set_tiles([self._tile(cut) for cut in self.cuts()])
        self._title.set_whole(self._heading())
        self.note.setText(" ".join(text for text in (self._age(), self._left_out()) if text))
        self.note.setVisible(bool(self.note.text()))

    def _tile(self, cut: Cut) -> Tile:
        value, name = format_number(cut.patch.value), Path(cut.path).name
        told = f"{cut.path}: {value}"
        if cut.image is None:
            told = self.tr("{0} cannot be read any more.").format(cut.path)
        elif len(cut.patch.index) > 1:
            told += " · " + self.tr("row {0}, column {1}").format(*cut.patch.index[-2:])
        return Tile(cut.image, value, name, told)

    def _heading(self) -> str:
        if self._looked is None:
            return ""
        folder = Path(self._looked.search.folder).name or self._looked.search.folder
        where = self.tr("“{0}”, pictures: {1}").format(folder, grouped(self._looked.gallery.seen))
        architecture = next(iter(self._looked.gallery.architectures()), None)
        if self._wall is None or architecture is None:
            return where
        name = architecture.layers[self._wall.layer].name
        return self.tr("What excites map {0} of {1}").format(self._wall.number, name) + f" · {where}"

    def _age(self) -> str:
        """Return that the patches belong to other weights, if they do."""
        if not self._is_older or self._looked is None:
            return ""
        return self.tr(
            "A filter was edited or put back since the folder was looked through: these patches were found "
            "with the weights before. “Folder…” finds those of now."
        )

    def _left_out(self) -> str:
        """Return how many files were left out, some of their names, and why the first was."""
        refused = [] if self._looked is None else self._looked.gallery.refused
        if self._looked is None or not refused:
            return ""
        names = [Path(self._looked.paths[number]).name for number, _ in refused[:NAMED]]
        listed = ", ".join(names) + (", …" if len(refused) > NAMED else "")
        told = self.tr("Left out: {0} ({1}). The first: {2}")
        return told.format(grouped(len(refused)), listed, say(refused[0][1]))

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        choice = self.most.choice() if self.most.options() else str(FEW)
        self.most.set_options(
            [
                (str(FEW), "9", self.tr("The nine strongest")),
                (str(MANY), "16", self.tr("The sixteen strongest")),
            ]
        )
        self.most.set_choice(choice)
        self.most.setAccessibleName(self.tr("Number of patches"))
        self.folder.setText(self.tr("Folder…"))
        self.folder.setToolTip(self.tr("Look through the pictures of another folder"))
        self.grid.setAccessibleName(self.tr("Patches, the strongest first"))
        self._write()
