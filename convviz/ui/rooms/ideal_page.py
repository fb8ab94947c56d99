"""The page with the picture that excites a map, or a cell of it, most."""

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from convviz.core.numbers import format_number
from convviz.engine.render import Display, Pixels, render, render_rgb
from convviz.ui.network_why import Ideal
from convviz.ui.widgets.pane import Content, Mark, MarkKind, Pane
from convviz.ui.widgets.viewport import Placement


class IdealPane(Pane):
    """Shows a picture that is being found, and how much it excites the map or cell.

    What a cell sees is framed.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        self._ideal: Ideal | None = None
        super().__init__(parent)
        self.setObjectName("pane-ideal")
        self.view_changed.connect(self._draw)

    def show_ideal(self, ideal: Ideal | None) -> None:
        """Show ``ideal``; None shows nothing."""
        self._ideal = ideal
        height, width = (0, 0) if ideal is None else ideal.planes.shape[1:]
        self.set_map(height, width, Placement())
        seen = None if ideal is None else ideal.wish.seen
        self.set_marks(() if seen is None else (Mark(seen, MarkKind.FOCUS),))
        self._write()
        self._draw()

    def _write(self) -> None:
        if self._ideal is None:
            self.set_caption("")
            return
        wish = self._ideal.wish
        name = wish.traced.trace.architecture.layers[wish.layer].name
        title = self.tr("What excites map {0} of {1}").format(wish.number, name)
        if wish.place is not None:
            title = self.tr("What excites cell ({0}, {1}) of map {2} of {3}").format(
                *wish.place, wish.number, name
            )
        value = format_number(self._ideal.value)
        if wish.place is None and len(wish.traced.trace.architecture.layers[wish.layer].shape) > 1:
            value = self.tr("mean {0}").format(value)
        if self._ideal.noise is not None:
            value = self.tr("{0}; on grey noise {1}").format(value, format_number(self._ideal.noise))
        self.set_caption(title, value)

    @Slot()
    def _draw(self) -> None:
        if self._ideal is None:
            self.set_content(None)
            return
        view = self.view()
        planes = self._ideal.planes[:, view.rows.positions][:, :, view.columns.positions]
        values = np.ascontiguousarray(planes)
        pixels: Pixels
        if len(values) == 3:
            pixels = render_rgb(values, 0.0, 1.0)
        else:
            values = values[:1]
            pixels = render(values[0], Display.LINEAR, 0.0, 1.0)
        self.set_content(Content(view, np.ascontiguousarray(pixels), values))

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        super().retranslate()
        self._write()
