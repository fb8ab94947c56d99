"""The pages of the network room, of which one is up: maps, a vector, one map large, funnel, table."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from convviz.ui.rooms.network_bar import FUNNEL, MAPS, TABLE
from convviz.ui.rooms.network_face import NetworkFace
from convviz.ui.widgets.viewport import Viewport


class NetworkPages(QObject):
    """Brings up the page that the view and the kind of layer ask for.

    Parameters
    ----------
    face : NetworkFace
        Whose pages they are.
    """

    changed = Signal()  # a page is up, perhaps another one
    ideal_left = Signal()  # the picture that excites a map is not looked at any more

    def __init__(self, face: NetworkFace) -> None:
        super().__init__(face)
        self._face, self._is_vector = face, False

    @property
    def now(self) -> QWidget:
        """The page that is up."""
        page = self._face.stack.currentWidget()
        assert page is not None
        return page

    @property
    def shows_large(self) -> bool:
        """Whether one map is shown large."""
        return self.now is self._face.large

    @property
    def shows_vector(self) -> bool:
        """Whether a vector is shown."""
        return self.now is self._face.vector

    @property
    def shows_units(self) -> bool:
        """Whether what is shown has cells that are computed."""
        face = self._face
        return self.now in (face.mosaic, face.vector, face.large)

    @property
    def viewport(self) -> Viewport:
        """Zoom and centre of the map that is looked at."""
        return (self._face.large if self.shows_large else self._face.panel).map.viewport

    def show_layer(self, *, vector: bool) -> None:
        """Bring up the page for a layer whose output is a vector, or maps."""
        self._is_vector = vector
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Bring up what the view and the kind of layer ask for."""
        face = self._face
        page: QWidget = {FUNNEL: face.funnel, TABLE: face.table}.get(face.bar.view.choice(), face.mosaic)
        if page is face.mosaic and self._is_vector:
            page = face.vector
        elif page is face.mosaic and self.shows_large:
            page = face.large
        self._bring(page)

    def set_view(self, view: str) -> None:
        """Go over to a view, from a large map as well."""
        self._face.bar.view.set_choice(view)
        if self.shows_large:
            self._face.stack.setCurrentWidget(self._face.mosaic)
        self.refresh()

    def bring_large(self) -> None:
        """Show one map large beside the photograph."""
        self._face.bar.view.set_choice(MAPS)
        self._bring(self._face.large)
        self._face.setFocus()

    @Slot()
    def bring_ideal(self) -> None:
        """Show the picture that excites a map."""
        if self.now is not self._face.ideal:
            self._bring(self._face.ideal)

    @Slot()
    def leave(self) -> None:
        """Go back from a large map, or from what excites one, to all of them."""
        if self.now is self._face.ideal:
            self.ideal_left.emit()
            self.refresh()
        elif self.shows_large:
            self._bring(self._face.mosaic)
            self._face.mosaic.setFocus()

    def _bring(self, page: QWidget) -> None:
        face = self._face
        focused = face.focusWidget()
        had_focus = focused is not None and face.stack.isAncestorOf(focused)
        face.stack.setCurrentWidget(page)
        self.changed.emit()
        # In a low room the large map takes the place of the layers; the keys go through them all the same.
        face.strip.setVisible(not (page is face.large and face.is_low()))
        face.order.setVisible(page is face.mosaic)
        face.each.setVisible(page in (face.mosaic, face.large))
        face.panel.set_panes_visible(page is not face.large)
        if had_focus:
            face.setFocus() if page is face.large else page.setFocus()
