"""The pages of the network room, of which one is up: maps, a vector, one map large, funnel, table, answer."""

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
    def shows_answer(self) -> bool:
        """Whether it is shown how probable each class is, and why."""
        return self.now is self._face.answer

    @property
    def shows_ideal(self) -> bool:
        """Whether a picture that excites a map is shown."""
        return self.now is self._face.ideal

    @property
    def shows_patches(self) -> bool:
        """Whether the strongest patches of a folder's pictures are shown."""
        return self.now is self._face.patches

    @property
    def explains_map(self) -> bool:
        """Whether a page is up that explains a map: it stays while other maps are looked at."""
        return self.shows_ideal or self.shows_patches

    @property
    def shows_units(self) -> bool:
        """Whether what is shown has cells that are computed."""
        face = self._face
        return self.now in (face.mosaic, face.vector, face.large)

    @property
    def viewport(self) -> Viewport:
        """Zoom and centre of the map that is looked at."""
        return (self._face.large if self.shows_large else self._face.panel).map.viewport

    def show_layer(self, *, vector: bool, chosen: bool) -> None:
        """Bring up the page for a layer whose output is a vector, or maps.

        Only a layer that was ``chosen`` takes the place of the answer: another picture has one as well.
        """
        self._is_vector = vector
        if not self.explains_map and (chosen or not self.shows_answer):
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

    def set_view_of_maps(self) -> None:
        """Choose the view of maps for the layer that is shown next."""
        self._face.bar.view.set_choice(MAPS)

    def bring_large(self) -> None:
        """Show one map large beside the photograph."""
        self._face.bar.view.set_choice(MAPS)
        self._bring(self._face.large)
        self._face.setFocus()

    def bring_answer(self) -> None:
        """Show how probable each class is, and why."""
        if not self.shows_answer:
            self._bring(self._face.answer)

    @Slot()
    def bring_ideal(self) -> None:
        """Show the picture that excites a map."""
        if not self.shows_ideal:
            self._bring(self._face.ideal)

    def bring_patches(self) -> None:
        """Show the strongest patches of a folder's pictures."""
        if not self.shows_patches:
            self._bring(self._face.patches)
            self._face.patches.setFocus()

    @Slot()
    def leave(self) -> None:
        """Go back from a large map, or from what explains one or the answer, to all of them."""
        if self.explains_map or self.shows_answer:
            self.refresh()
        elif self.shows_large:
            self._bring(self._face.mosaic)
            self._face.mosaic.setFocus()

    def _bring(self, page: QWidget) -> None:
        face = self._face
        if self.shows_ideal and page is not face.ideal:
            self.ideal_left.emit()
        focused = face.focusWidget()
        had_focus = focused is not None and face.stack.isAncestorOf(focused)
        face.stack.setCurrentWidget(page)
        self.changed.emit()
        face.fit_strip()
        face.order.setVisible(page is face.mosaic)
        face.aim.setVisible(page is face.ideal)
        face.each.setVisible(page in (face.mosaic, face.large))
        face.panel.set_panes_visible(page is not face.large)
        if had_focus:
            face.setFocus() if page is face.large else page.setFocus()
