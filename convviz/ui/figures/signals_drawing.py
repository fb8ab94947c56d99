"""Stems of a signal, the kernel below it, their products and the output as far as it is computed."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from convviz.core.numbers import format_number
from convviz.ui import theme
from convviz.ui.figures.scene import LEFT, Box, Dot, Label, Lines, Scene, line_height
from convviz.ui.figures.signals_layout import KERNEL, OUTPUT, SIGNAL, SignalsLayout
from convviz.ui.figures.signals_sums import Sliding


@dataclass(frozen=True)
class Stems:
    """What is drawn.

    Parameters
    ----------
    sliding : Sliding
        The signal and the kernel.
    layout : SignalsLayout
        Where everything is.
    place : int
        Where the kernel is, from 0.
    """

    sliding: Sliding
    layout: SignalsLayout
    place: int

    def scene(self, labels: Sequence[tuple[str, ...]], lines: Sequence[str]) -> Scene:
        """Return everything: ``labels`` beside the rows; formula, equation and note as ``lines`` below."""
        scene, layout, colours = Scene(), self.layout, theme.current().colours
        window = self.sliding.window(self.place)
        scene.add(Box(layout.band(window), colours.focus_soft, radius=theme.current().px(4)))
        result = layout.cell(self.sliding.index(self.place), layout.row(OUTPUT))
        scene.add(Box(result, colours.focus_soft, radius=theme.current().px(4)))
        self._add_signal(scene, window)
        self._add_kernel(scene, window)
        self._add_products(scene, window)
        self._add_output(scene)
        for row, said in enumerate(labels):
            self._add_label(scene, row, said)
        fonts = (layout.digits, layout.strong, layout.words)
        inks = (colours.text, colours.focus, colours.muted)
        for where, line, font, ink in zip(layout.text_lines(), lines, fonts, inks, strict=True):
            scene.add(Label(where, line, font, ink))
        return scene

    def _add_signal(self, scene: Scene, window: range) -> None:
        colours, sliding = theme.current().colours, self.sliding
        self._add_axis(scene, SIGNAL, sliding.signal)
        for index in range(sliding.first, sliding.last + 1):
            inside, met = 0 <= index < len(sliding.signal), index in window
            if inside or met:
                ink = colours.focus if met else colours.text
                self._add_stem(scene, SIGNAL, index, sliding.value(index), sliding.signal, ink, inside)

    def _add_kernel(self, scene: Scene, window: range) -> None:
        colours, taps = theme.current().colours, self.sliding.taps
        self._add_axis(scene, KERNEL, taps)
        for index, tap in zip(window, taps, strict=True):
            ink = colours.positive if tap > 0 else colours.negative if tap < 0 else colours.text
            self._add_stem(scene, KERNEL, index, tap, taps, ink)

    def _add_products(self, scene: Scene, window: range) -> None:
        layout, colours = self.layout, theme.current().colours
        products = self.sliding.products(self.place)
        # Where columns are too narrow for numbers, stems; as long as the largest product anywhere allows.
        most = max(max(map(abs, self.sliding.products(n))) for n in range(self.sliding.length)) or 1.0
        for index, product in zip(window, products, strict=True):
            cell = layout.cell(index, layout.products())
            if layout.has_values:
                scene.add(Label(cell, format_number(product), layout.values, colours.focus))
                continue
            foot = cell.center()
            top = QPointF(foot.x(), foot.y() - product / most * cell.height() * 0.4)
            radius = layout.column * 0.3
            scene.add(Lines((foot, top), colours.focus, radius * 0.8), Dot(top, radius, colours.focus))

    def _add_output(self, scene: Scene) -> None:
        layout, colours, sliding = self.layout, theme.current().colours, self.sliding
        self._add_axis(scene, OUTPUT, sliding.outputs)
        for place, value in enumerate(sliding.outputs):
            index, is_now = sliding.index(place), place == self.place
            if place <= self.place:
                ink = colours.focus if is_now else colours.text
                self._add_stem(scene, OUTPUT, index, value, sliding.outputs, ink)
            if layout.has_values or is_now:
                ink = colours.focus if is_now else colours.muted
                scene.add(Label(self._tick(index), format_number(index), layout.values, ink))
            whole = layout.cell(index, layout.row(SIGNAL)).united(layout.ticks(index))
            scene.targets.append((whole, place))

    def _tick(self, index: int) -> QRectF:
        """Return the place of an index; it may be wider than its column where only one is written."""
        ticks = self.layout.ticks(index)
        return ticks if self.layout.has_values else ticks.adjusted(-40, 0, 40, 0)

    def _add_axis(self, scene: Scene, row: int, values: Sequence[float]) -> None:
        layout, colours, sliding = self.layout, theme.current().colours, self.sliding
        zero, half = layout.height_of(row, 0.0, values), layout.column / 2
        ends = QPointF(layout.at(sliding.first) - half, zero), QPointF(layout.at(sliding.last) + half, zero)
        scene.add(Lines(ends, colours.shade, 1.0))

    def _add_stem(
        self,
        scene: Scene,
        row: int,
        index: int,
        value: float,
        values: Sequence[float],
        ink: str,
        is_filled: bool = True,
    ) -> None:
        now, layout = theme.current(), self.layout
        x, y = layout.at(index), layout.height_of(row, value, values)
        radius = min(now.px(5), layout.column * 0.3)
        zero, width = layout.height_of(row, 0.0, values), min(now.px(2.5), layout.column * 0.25)
        scene.add(Lines((QPointF(x, zero), QPointF(x, y)), ink, width))
        fill = ink if is_filled else now.colours.window
        scene.add(Dot(QPointF(x, y), radius, fill, ink, 1.0 if is_filled else width * 0.7))
        if layout.has_values:
            tall = line_height(layout.values)
            top = y + radius if value < 0 else y - radius - tall
            cell = QRectF(x - layout.column / 2, top, layout.column, tall)
            scene.add(Label(cell, format_number(value), layout.values, ink))

    def _add_label(self, scene: Scene, row: int, said: tuple[str, ...]) -> None:
        colours, layout = theme.current().colours, self.layout
        title, *rest = layout.labels(row)
        scene.add(Label(title, said[0], layout.title, colours.text, LEFT))
        for where, line in zip(rest, said[1:], strict=True):
            scene.add(Label(where, line, layout.words, colours.muted, LEFT))
