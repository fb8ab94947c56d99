"""Grad-CAM and what excites a map, between the buttons that ask for them and the panes that show them."""

from PySide6.QtCore import QObject, Signal, Slot

from convviz.nets.why.grad_cam import GradCam
from convviz.ui.network_source import Traced
from convviz.ui.network_why import Ideal, Why
from convviz.ui.rooms.ideal_page import IdealPane
from convviz.ui.rooms.map_pane import Heat, PhotoPane
from convviz.ui.rooms.network_panel import NetworkPanel


class NetworkReasons(QObject):
    """Asks for reasons and shows them.

    Parameters
    ----------
    why : Why
        Where they come from.
    panel : NetworkPanel
        Its button, its class.
    photos : tuple of PhotoPane
        Where the evidence is shown.
    ideal : IdealPane
        Where the picture that excites a map is shown.
    parent : QObject
        Owner.
    """

    ideal_came = Signal()  # there is a picture that excites a map, or a better one

    def __init__(
        self, why: Why, panel: NetworkPanel, photos: tuple[PhotoPane, ...], ideal: IdealPane, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._why, self._panel, self._photos, self._ideal = why, panel, photos, ideal
        self._traced: Traced | None = None
        why.heated.connect(self._show_heat)
        why.drawn.connect(self._show_ideal)
        panel.cam.toggled.connect(self._toggle)
        panel.classes.chosen.connect(self._ask_heat)

    def follow(self, traced: Traced) -> None:
        """Go over to another trace: what was found out about the one before is not true of it."""
        self._traced = traced
        self._why.cancel()
        self._lay_heat(None)
        self._ask_heat()

    def cancel(self) -> None:
        """Give up what is awaited."""
        self._why.cancel()
        self._panel.cam.setChecked(self._panel.photo.has_heat)

    def excite(self, layer: int, number: int) -> None:
        """Look for the picture that excites map ``number`` of a layer most."""
        if self._traced is not None:
            self._ideal.show_ideal(None)
            self._why.ask_ideal(self._traced, layer, number)

    def forget_ideal(self) -> None:
        """Look no longer for a picture that excites a map."""
        if self._why.seeks_ideal:
            self._why.cancel()

    @Slot(bool)
    def _toggle(self, on: bool) -> None:
        if on:
            self._ask_heat()
        else:
            self._lay_heat(None)

    @Slot()
    def _ask_heat(self) -> None:
        """Ask what speaks for the chosen class, if that is to be shown."""
        number = self._panel.classes.chosen_class
        if self._panel.cam.isChecked() and self._traced is not None and number is not None:
            self._why.ask_heat(self._traced, number)

    @Slot(object, object)
    def _show_heat(self, traced: Traced, found: GradCam) -> None:
        if traced is self._traced and self._panel.cam.isChecked():
            self._lay_heat(Heat(found.heat, traced.trace.placement))

    def _lay_heat(self, heat: Heat | None) -> None:
        for photo in self._photos:
            photo.set_heat(heat)

    @Slot(object)
    def _show_ideal(self, ideal: Ideal) -> None:
        if ideal.wish.traced is self._traced:
            self._ideal.show_ideal(ideal)
            self.ideal_came.emit()
