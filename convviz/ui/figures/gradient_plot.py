"""Two bars for each layer: its gradient without and with the skip connections, on a logarithmic axis."""

import math
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtWidgets import QWidget

from convviz.core.numbers import MINUS, format_number
from convviz.nets.gradient_sizes import GradientSizes, ratio
from convviz.ui import theme
from convviz.ui.figures.scene import LEFT, RIGHT, Box, Label, Lines, Scene, advance, line_height
from convviz.ui.figures.scene_figure import NOTHING, SceneFigure

_DIGIT_PX, _WORD_PX = 15, 15
# The legend is as large as there is room for.
_LEGEND_PX = (15, 14, 13, 12)
_RAISED = str.maketrans(f"0123456789{MINUS}", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_STEPS = (1, 5, 10, 20)


def size_text(value: float) -> str:
    """Return a size, or a ratio of two, with three digits."""
    return format_number(value, 4, 3)


class GradientPlot(SceneFigure):
    """The bars, what they stand for, and the first layer's in those of the last; a layer can be picked.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gradient-plot")
        self._sizes: GradientSizes | None = None
        self._both = False
        self._note = ""
        self.describe()

    def set_sizes(self, sizes: GradientSizes | None) -> None:
        """Show other sizes; None shows none."""
        self._sizes = sizes
        if self.picked >= self.count():
            self.pick(NOTHING)
        self.retranslate()

    def set_both(self, both: bool) -> None:
        """Show both networks, or only the one without skip connections."""
        self._both = both
        self.retranslate()

    def set_note(self, note: str) -> None:
        """Say at the bottom that sizes are awaited, or why there are none; an empty note says nothing."""
        self._note = note
        self.retranslate()

    def ratios(self) -> dict[str, str]:
        """Return the first layer's gradient in those of the last, for each network in sight."""
        if self._sizes is None:
            return {}
        out = {"plain": size_text(ratio(self._sizes.plain))}
        return {**out, "residual": size_text(ratio(self._sizes.residual))} if self._both else out

    # Laying out

    def compose(self) -> Scene:
        """Return the legend, the axes, the bars and the line below."""
        scene, now = Scene(), theme.current()
        words, digits = now.words(_WORD_PX), now.digits(_DIGIT_PX)
        line = max(line_height(words), line_height(digits))
        whole = QRectF(self.rect()).adjusted(now.px(8), now.px(6), -now.px(8), -now.px(6))
        top = self._add_legend(scene, whole, line)
        foot = QRectF(whole.left(), whole.bottom() - line, whole.width(), line)
        scene.add(Label(foot, self._foot(), words, now.colours.text, LEFT))
        if self._sizes is None:
            return scene
        low, high = self.decades()
        margin = max(advance(digits, _power(n)) for n in (low, high)) + now.px(8)
        bottom = foot.top() - now.px(4) - line
        head = line * 1.5 + now.px(4)
        chart = QRectF(whole.left() + margin, top + head, whole.width() - margin, bottom - top - head)
        name = QRectF(whole.left(), top, whole.width(), line)
        scene.add(Label(name, self.tr("mean |∂L/∂w|"), words, now.colours.muted, LEFT))
        self._add_axis(scene, chart, low, high)
        self._add_bars(scene, chart, low, high)
        self._add_numbers(scene, chart)
        return scene

    def decades(self) -> tuple[int, int]:
        """Return the powers of ten at the bottom and the top of the axis."""
        assert self._sizes is not None
        shown = [s for s in (*self._sizes.plain, *self._sizes.residual) if 0 < s < math.inf]
        if not shown:
            return -1, 0
        low, high = math.log10(min(shown)), math.log10(max(shown))
        # The shortest bar has a height too.
        return math.floor(low - 0.3), max(math.ceil(high), math.floor(low - 0.3) + 1)

    def _add_legend(self, scene: Scene, whole: QRectF, line: float) -> float:
        """Add a line for each network and return where the last of the two ends."""
        now = theme.current()
        side, top = now.px(14), whole.top()
        texts = self._legend()
        room = whole.width() - side - now.px(8)
        size = next((s for s in _LEGEND_PX if _widest(texts.values(), s) <= room), _LEGEND_PX[-1])
        for n, (key, text) in enumerate(texts.items()):
            y = top + n * (line + now.px(2))
            swatch = QRectF(whole.left(), y + (line - side) / 2, side, side)
            scene.add(self._bar(swatch, key))
            place = QRectF(swatch.right() + now.px(8), y, room, line)
            ink = now.colours.focus if key == "residual" else now.colours.text
            scene.add(Label(place, text, now.words(size, bold=True), ink, LEFT))
        return top + 2 * (line + now.px(2)) + now.px(6)

    def _legend(self) -> dict[str, str]:
        """Return what is said of each network in sight."""
        ratios = self.ratios()
        names = {"plain": self.tr("Without skip connections")}
        if self._both:
            names["residual"] = self.tr("With skip connections")
        if not ratios:
            return names
        said = self.tr("{0}: first : last = {1}")
        return {key: said.format(name, ratios[key]) for key, name in names.items()}

    def _bar(self, place: QRectF, key: str) -> Box:
        """Return a bar of a network: hollow without, full with skip connections."""
        colours = theme.current().colours
        if key == "residual":
            return Box(place, colours.focus, colours.focus, 1.0)
        return Box(place, colours.blank, colours.text, 1.0)

    def _add_axis(self, scene: Scene, chart: QRectF, low: int, high: int) -> None:
        now = theme.current()
        digits = now.digits(_DIGIT_PX)
        height = line_height(digits)
        room = chart.height() / (high - low)
        step = next((s for s in (1, 2, 5, 10, 20, 50) if s * room >= height * 1.1), 100)
        for power in range(low, high + 1):
            if power % step:
                continue
            y = chart.bottom() - (power - low) * room
            scene.add(Lines((QPointF(chart.left(), y), QPointF(chart.right(), y)), now.colours.line))
            place = QRectF(chart.left() - now.px(6) - now.px(200), y - height / 2, now.px(200), height)
            scene.add(Label(place, _power(power), digits, now.colours.muted, RIGHT))
        ends = (QPointF(chart.left(), chart.bottom()), QPointF(chart.right(), chart.bottom()))
        scene.add(Lines(ends, now.colours.shade))

    def _add_bars(self, scene: Scene, chart: QRectF, low: int, high: int) -> None:
        assert self._sizes is not None
        now, slot = theme.current(), chart.width() / self.count()
        series: list[tuple[str, Sequence[float]]] = [("plain", self._sizes.plain)]
        if self._both:
            series.append(("residual", self._sizes.residual))
        if self.picked != NOTHING:
            left = chart.left() + self.picked * slot
            scene.add(Box(QRectF(left, chart.top(), slot, chart.height()), now.colours.focus_soft))
        for layer in range(self.count()):
            left = chart.left() + layer * slot
            scene.targets.append((QRectF(left, chart.top(), slot, chart.height()), layer))
            for n, (key, sizes) in enumerate(series):
                if 0 < sizes[layer] < math.inf:
                    share = (math.log10(sizes[layer]) - low) / (high - low)
                    place = QRectF(left + slot * (0.1 + 0.4 * n), chart.bottom(), slot * 0.38, 0)
                    place.setTop(chart.bottom() - share * chart.height())
                    scene.add(self._bar(place, key))

    def _add_numbers(self, scene: Scene, chart: QRectF) -> None:
        """Write the numbers of as many layers below the axis as there is room for."""
        now, slot = theme.current(), chart.width() / self.count()
        digits = now.digits(_DIGIT_PX)
        wide = advance(digits, "00") + now.px(6)
        step = next((s for s in _STEPS if s * slot >= wide), _STEPS[-1])
        for layer in range(1, self.count() + 1):
            if layer == 1 or layer % step == 0:
                middle = chart.left() + (layer - 0.5) * slot
                room = QRectF(middle - wide / 2, chart.bottom() + now.px(2), wide, line_height(digits))
                scene.add(Label(room, str(layer), digits, now.colours.muted))

    # Words

    def count(self) -> int:
        """Return how many layers there are."""
        return 0 if self._sizes is None else len(self._sizes.plain)

    def tip(self, part: int) -> str:
        """Return the sizes of a layer's gradients."""
        assert self._sizes is not None
        said = self.tr("Layer {0}: {1} without").format(part + 1, size_text(self._sizes.plain[part]))
        if self._both:
            said += self.tr(", {0} with skip connections").format(size_text(self._sizes.residual[part]))
        return said

    def _foot(self) -> str:
        if self._note:
            return self._note
        if self.picked == NOTHING:
            return self.tr("Layers from the first to the last; click one, or ← →")
        return self.tip(self.picked)

    def describe(self) -> None:
        """Say the sizes of the picked layer, or of all."""
        self.setAccessibleName(self.tr("Size of the gradient in each layer"))
        if self.picked != NOTHING or self._note or self._sizes is None:
            self.setAccessibleDescription(self._foot() if self.picked == NOTHING else self.tip(self.picked))
            return
        self.setAccessibleDescription("; ".join(self.tip(layer) for layer in range(self.count())))

    def minimumSizeHint(self) -> QSize:
        """Return the least in which the bars are seen."""
        return QSize(theme.current().px(320), theme.current().px(200))


def _power(power: int) -> str:
    return "10" + format_number(power).translate(_RAISED)


def _widest(texts: Iterable[str], size: float) -> float:
    font = theme.current().words(size, bold=True)
    return max(advance(font, text) for text in texts)
