"""Neurons and lines, with one neuron and what it reads standing out."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from convviz.ui import theme
from convviz.ui.figures.scene import LEFT, Box, Dot, Label, Lines, Scene, advance, line_height, mixed
from convviz.ui.figures.wiring_layout import WiringLayout
from convviz.ui.figures.wiring_nets import INPUTS, KERNEL, Edge, numbered

# Of a line, from its start, where the name of its weight is.
_NAME_AT = 0.3
_PATTERNS: tuple[tuple[float, ...], ...] = ((), (6, 2.5), (1.2, 1.8), (7, 2, 1.2, 2))
"""How the lines of a kernel's four weights look: solid, dashed, dotted, dashes and dots."""


@dataclass(frozen=True)
class Wiring:
    """What is drawn.

    Parameters
    ----------
    place : WiringLayout
        Where everything is, and what is written.
    picked : tuple of int
        Network, column and number of the neuron that stands out.
    stage : int
        0 for the drawing, 1 with the formulas, 2 with the totals.
    """

    place: WiringLayout
    picked: tuple[int, int, int]
    stage: int

    def scene(self, equation: str) -> Scene:
        """Return everything in its place, with the ``equation`` of the neuron that is picked."""
        scene, place, colours = Scene(), self.place, theme.current().colours
        self._add_picture(scene)
        for number in range(len(place.panels)):
            self._add_lines(scene, number)
            self._add_neurons(scene, number)
            self._add_words(scene, number)
        if any(edge.shared for panel in place.panels for edge in panel.net.edges):
            self._add_kernel(scene)
        sum_, note = place.last_lines()
        scene.add(Label(sum_, equation, place.digits, colours.focus))
        scene.add(Label(note, place.around.note, place.words, colours.muted))
        return scene

    @property
    def _reads(self) -> tuple[Edge, ...]:
        panel, column, number = self.picked
        return self.place.panels[panel].net.reads(column, number)

    def _add_picture(self, scene: Scene) -> None:
        now, place, colours = theme.current(), self.place, theme.current().colours
        read = {edge.start for edge in self._reads if edge.column == 1}
        caption = place.caption(place.picture())
        scene.add(Label(caption, place.around.picture, place.words, colours.muted, LEFT))
        # What is read comes last, so that its frame lies over its neighbours'.
        for number in sorted(range(INPUTS), key=lambda one: one in read):
            cell, is_read = place.picture_cell(number), number in read
            ink, width = (colours.focus, now.px(2)) if is_read else (colours.shade, now.px(1))
            fill = colours.focus_soft if is_read else colours.surface
            scene.add(Box(_framed(cell, width), fill, ink, width))
            scene.add(Label(cell, numbered("x", number + 1), place.digits, colours.text))

    def _add_kernel(self, scene: Scene) -> None:
        now, place, colours = theme.current(), self.place, theme.current().colours
        shared = any(edge.shared for edge in self._reads)
        caption = place.caption(place.kernel())
        scene.add(Label(caption, place.around.kernel, place.words, colours.muted, LEFT))
        for number in range(KERNEL * KERNEL):
            cell = place.kernel_cell(number)
            ink, width = (colours.focus, now.px(2)) if shared else (colours.shade, now.px(1))
            scene.add(Box(_framed(cell, width), colours.surface, ink, width))
            upper = cell.adjusted(0, cell.height() * 0.1, 0, -cell.height() * 0.35)
            scene.add(Label(upper, numbered("w", number + 1), place.digits, colours.text))
            at, aside = cell.bottom() - cell.height() * 0.22, cell.width() * 0.12
            ends = (QPointF(cell.left() + aside, at), QPointF(cell.right() - aside, at))
            ink = colours.focus if shared else colours.text
            scene.add(Lines(ends, ink, now.px(2), pattern=_PATTERNS[number]))

    def _add_lines(self, scene: Scene, panel: int) -> None:
        read = self._reads if panel == self.picked[0] else ()
        edges = self.place.panels[panel].net.edges
        for edge in (edge for edge in edges if edge not in read):
            scene.add(self._line(panel, edge, False))
        for edge in read:
            scene.add(self._line(panel, edge, True))
        for edge in read:
            if edge.shared:
                self._add_name(scene, panel, edge)

    def _line(self, panel: int, edge: Edge, is_read: bool) -> Lines:
        now, colours = theme.current(), theme.current().colours
        ends = self._ends(panel, edge)
        pattern = _PATTERNS[edge.weight - 1] if edge.shared else ()
        if is_read:
            return Lines(ends, colours.focus, now.px(2.2), pattern=pattern)
        faint = mixed(colours.plot, colours.surface, 0.35)
        ink, width = (colours.muted, now.px(1.4)) if edge.shared else (faint, 1.0)
        return Lines(ends, ink, width, pattern=pattern)

    def _ends(self, panel: int, edge: Edge) -> tuple[QPointF, QPointF]:
        start = self.place.neuron(panel, edge.column - 1, edge.start)
        return start, self.place.neuron(panel, edge.column, edge.end)

    def _add_name(self, scene: Scene, panel: int, edge: Edge) -> None:
        place, colours = self.place, theme.current().colours
        start, end = self._ends(panel, edge)
        text = numbered("w", edge.weight)
        wide, tall = advance(place.names, text) + 4, line_height(place.names) * 0.8
        # Beside the circle at the line's start, where the columns are close.
        beside = (place.radius() + wide / 2 + theme.current().px(3)) / (end.x() - start.x())
        centre = start + (end - start) * max(_NAME_AT, beside)
        box = QRectF(centre.x() - wide / 2, centre.y() - tall / 2, wide, tall)
        scene.add(Box(box, colours.window, radius=3), Label(box, text, place.names, colours.focus))

    def _add_neurons(self, scene: Scene, panel: int) -> None:
        net, radius = self.place.panels[panel].net, self.place.radius()
        index = sum(len(list(one.net.units())) for one in self.place.panels[:panel])
        for column, one in enumerate(net.columns):
            for number in range(one.size):
                centre = self.place.neuron(panel, column, number)
                box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
                self._add_neuron(scene, box, one.name(number), (panel, column, number))
                if column:
                    scene.targets.append((box, index))
                    index += 1

    def _add_neuron(self, scene: Scene, box: QRectF, name: str, who: tuple[int, int, int]) -> None:
        now, colours, (panel, column, number) = theme.current(), theme.current().colours, who
        reads = panel == self.picked[0] and any(
            (edge.column - 1, edge.start) == (column, number) for edge in self._reads
        )
        fill, ink, text = colours.surface, colours.shade, colours.text
        if who == self.picked:
            fill, ink, text = colours.focus, colours.focus, colours.on_focus
        elif reads:
            fill, ink = colours.focus_soft, colours.focus
        width = now.px(2) if ink == colours.focus else now.px(1.2)
        scene.add(Dot(box.center(), box.width() / 2 - width / 2, fill, ink, width))
        scene.add(Label(box, name, self.place.names, text))

    def _add_words(self, scene: Scene, panel: int) -> None:
        place, one, colours = self.place, self.place.panels[panel], theme.current().colours
        scene.add(Label(place.titles(panel), one.title, place.title, colours.text))
        for column, head in enumerate(one.heads):
            count, words = place.head(panel, column)
            scene.add(Label(count, str(one.net.columns[column].size), place.digits, colours.text))
            scene.add(Label(words, head, place.words, colours.muted))
        formula, total = place.below(panel)
        if self.stage > 0:
            scene.add(Label(formula, one.formula, place.digits, colours.text))
        if self.stage > 1:
            scene.add(Label(total, one.total, place.strong, colours.text))


def _framed(cell: QRectF, width: float) -> QRectF:
    """Return a cell's box whose outline lies on that of its neighbours."""
    return cell.adjusted(-width / 2, -width / 2, width / 2, width / 2)
