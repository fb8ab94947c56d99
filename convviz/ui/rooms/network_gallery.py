"""The strongest patches of a folder's pictures, between the network, the page and the pictures."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from convviz.nets.network import Network
from convviz.nets.records import INPUT
from convviz.ui.network_patches import Cut, Looked, PatchFinder, Search, Wall
from convviz.ui.network_source import Traced
from convviz.ui.preferences import Preferences
from convviz.ui.rooms.network_face import NetworkFace
from convviz.ui.rooms.network_maps import NetworkMaps
from convviz.ui.rooms.network_pages import NetworkPages
from convviz.ui.rooms.network_pointing import NetworkPointing, Spot


class NetworkGallery(QObject):
    """Has a folder looked through, shows the patches of the map that is looked at, and opens their pictures.

    Parameters
    ----------
    face : NetworkFace
        Whose page it is.
    finder : PatchFinder
        Who looks through folders.
    preferences : Preferences
        What remembers the folder.
    pages : NetworkPages
        What brings the page up.
    maps : NetworkMaps
        The layer and the map that are looked at.
    pointing : NetworkPointing
        What keeps the unit of a picture that is opened.
    """

    picture_wanted = Signal(str)  # path of a picture the user wants to see
    begun = Signal()  # another folder is being looked through

    def __init__(
        self,
        face: NetworkFace,
        finder: PatchFinder,
        preferences: Preferences,
        pages: NetworkPages,
        maps: NetworkMaps,
        pointing: NetworkPointing,
    ) -> None:
        super().__init__(face)
        self._face, self._finder, self._preferences = face, finder, preferences
        self._pages, self._maps, self._pointing = pages, maps, pointing
        self._traced: Traced | None = None
        self._unedited: Network | None = None
        self._looked: Looked | None = None
        # The patch whose picture is being opened, and its layer and map.
        self._goal: tuple[Cut, int, int] | None = None
        self._shown: Wall | None = None
        finder.looked.connect(self._take_looked)
        finder.hung.connect(self._take_wall)
        finder.failed.connect(self.cancel)
        page = face.patches
        page.folder_wanted.connect(self.choose_folder)
        page.opened.connect(self._open)
        page.left.connect(pages.leave)

    def follow(self, traced: Traced, unedited: Network) -> None:
        """Go over to another trace; of another network nothing is known.

        Parameters
        ----------
        traced : Traced
            What is on screen.
        unedited : Network
            Its network without the filter that is being edited: while that stays, so do the patches.
        """
        before, self._unedited = self._unedited, unedited
        self._traced = traced
        if before is not unedited:
            self._finder.cancel()
            self._looked = self._shown = None
            if self._pages.shows_patches:
                self._pages.refresh()
        self._tell_age()
        goal, self._goal = self._goal, None
        if goal is not None and traced.picture.source == goal[0].path:
            self._go_to(*goal)

    @Slot()
    def begin(self) -> None:
        """Show the strongest patches of the map, in the folder that was looked through or one to choose."""
        if self._traced is None or self._maps.layer == INPUT:
            return
        if self._looked is None:
            self.choose_folder()
        else:
            self._pages.bring_patches()
            self.show()

    @Slot()
    def choose_folder(self) -> None:
        """Ask for a folder, and look through it."""
        title = self.tr("Look through the pictures of a folder")
        folder = QFileDialog.getExistingDirectory(self._face, title, self._preferences.folder)
        if folder and self._traced is not None:
            self._preferences.folder = folder
            self.begun.emit()
            path = str(Path(folder).absolute())
            self._finder.search(Search(self._traced.network, path, self._preferences.background))

    def show(self) -> None:
        """Show the patches of the map that is looked at."""
        if self._maps.layer == INPUT:
            self._pages.leave()
        elif self._looked is not None:
            self._finder.hang(self._looked, self._maps.layer, self._maps.number)

    @Slot()
    def cancel(self) -> None:
        """Give up what is awaited: what was found before stays."""
        self._finder.cancel()

    @Slot(object)
    def _take_looked(self, looked: Looked) -> None:
        self._looked = looked
        self._face.patches.show_looked(looked)
        self._tell_age()
        self._pages.bring_patches()
        self.show()

    def _tell_age(self) -> None:
        """Say whether the filter on screen is another one than that the patches were found with."""
        now, looked = self._traced, self._looked
        is_older = now is not None and looked is not None and looked.search.network is not now.network
        self._face.patches.set_older(is_older)

    @Slot(object)
    def _take_wall(self, wall: Wall) -> None:
        if wall.looked is self._looked:
            self._shown = wall
            self._face.patches.show_wall(wall)

    @Slot(object)
    def _open(self, cut: Cut) -> None:
        if self._shown is not None:
            self._goal = cut, self._shown.layer, self._shown.number
            self.picture_wanted.emit(cut.path)

    def _go_to(self, cut: Cut, layer: int, number: int) -> None:
        """Keep the patch's unit in its picture, which has come."""
        self._maps.choose_layer(layer)
        self._maps.choose_map(number)
        if len(cut.patch.index) > 1:
            self._maps.open_map(number)
            row, column = cut.patch.index[-2:]
            self._pointing.pin(Spot(False, (row, column)))
        else:
            self._pages.leave()
