"""The plot of accuracy against size: axes, marks, and names that do not lie over each other."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSizeF

from convviz.core.numbers import format_number
from convviz.ui import theme
from convviz.ui.figures.label_places import Named, place_names
from convviz.ui.figures.plot_axes import linear_axis, log_axis
from convviz.ui.figures.scatter_points import NetworkPoint
from convviz.ui.figures.scene import LEFT, RIGHT, Box, Dot, Item, Label, Lines, Scene, advance, line_height
from convviz.ui.figures.scene_figure import NOTHING

_LARGEST, _SMALLEST, _STEP = 1.3, 0.35, 0.05
_RADIUS = 7.0
# How far the ring around the picked mark reaches, in radii of a mark.
_RING = 1.7
# Corners of the marks of families other than the one that is joined, and how far they are turned, in degrees.
_MARKS = ((4, 45.0), (3, -90.0), (4, 0.0), (3, 90.0), (5, -90.0), (6, 0.0))
_TICKS = 6


@dataclass(frozen=True)
class PlotTexts:
    """Names of the axes, what is said of each point when picked, the figures' source, and what one can do."""

    up: str
    across: str
    said: tuple[str, ...]
    source: str
    hint: str


class ScatterPlot:
    """Everything's place in ``size``; texts as large as can be without lying over each other.

    Parameters
    ----------
    points : sequence of NetworkPoint
        The networks.
    line : str
        The family that is joined.
    log : bool
        Whether the axis of the parameters is logarithmic.
    texts : PlotTexts
        What is written around the plot.
    size : QSizeF
        Of the figure.
    """

    def __init__(
        self,
        points: Sequence[NetworkPoint],
        line: str,
        log: bool,
        texts: PlotTexts,
        size: QSizeF,
    ) -> None:
        self._points, self._texts, self._size = points, texts, size
        self._family, self._now = line, theme.current()
        others = dict.fromkeys(point.family for point in points if point.family != line)
        self._marks = {family: _MARKS[n % len(_MARKS)] for n, family in enumerate(others)}
        self._line = [n for n, point in enumerate(points) if point.family == line]
        parameters = [point.parameters for point in points]
        self.across = log_axis(parameters) if log else linear_axis(parameters, _TICKS)
        self.up = linear_axis([point.accuracy for point in points], _TICKS, ceiling=100.0)
        self._scale = _LARGEST
        while not self._fits() and self._scale > _SMALLEST + _STEP / 2:
            self._scale -= _STEP

    def _px(self, size: float) -> int:
        return self._now.px(size * self._scale)

    def _fits(self) -> bool:
        now, scale = self._now, self._scale
        self._words, self._digits = now.words(15 * scale), now.digits(15 * scale)
        self._names, self._said = now.words(16 * scale, bold=True), now.words(18 * scale, bold=True)
        self._margin, self.radius = now.px(16), now.px(_RADIUS) * min(1.2, scale)
        line, digits = line_height(self._words), line_height(self._digits)
        ticks = max(advance(self._digits, format_number(tick)) for tick in self.up.ticks)
        top = self._margin + line_height(self._said) + self._px(8) + line + self._px(8)
        bottom = self._margin + digits + self._px(4) + line
        if self._texts.source:
            bottom += self._px(8) + line
        self.area = QRectF(
            self._margin + ticks + self._px(8),
            top,
            self._size.width() - 2 * self._margin - ticks - self._px(8),
            max(1.0, self._size.height() - top - bottom),
        )
        named = [
            Named(self.spot(n), self.radius * _RING, self._name_size(point.label))
            for n, point in enumerate(self._points)
        ]
        if len(self._line) > 1:
            named.append(Named(self._line_middle(), now.px(4), self._name_size(self._family)))
        inside = self.area.adjusted(2, 2, -2, -2)
        self._places = place_names(named, [self.spot(n) for n in self._line], inside)
        room = self._size.width() - 2 * self._margin
        widest = max(
            *(advance(self._said, text) for text in self._texts.said),
            *(advance(self._words, text) for text in self._around()),
        )
        return self._places is not None and widest <= room and self._ticks_fit()

    def _around(self) -> tuple[str, ...]:
        return self._texts.up, self._texts.across, self._texts.source, self._texts.hint

    def _ticks_fit(self) -> bool:
        ends = [self._tick_place(tick) for tick in self.across.ticks]
        space = self._px(8)
        return all(one.right() + space <= other.left() for one, other in pairwise(ends))

    def _name_size(self, text: str) -> QSizeF:
        return QSizeF(advance(self._names, text) + 2, line_height(self._names))

    def _line_middle(self) -> QPointF:
        """Return the middle of the line's middle stretch, where its family is named."""
        second = len(self._line) // 2
        return (self.spot(self._line[second - 1]) + self.spot(self._line[second])) / 2

    def spot(self, number: int) -> QPointF:
        """Return where a network's mark is."""
        point = self._points[number]
        return QPointF(
            self.area.left() + self.across.share(point.parameters) * self.area.width(),
            self.area.bottom() - self.up.share(point.accuracy) * self.area.height(),
        )

    def name_places(self) -> list[QRectF]:
        """Return where the names stand, that of the line last; none if even the smallest have no room."""
        return self._places or []

    def _tick_place(self, tick: float) -> QRectF:
        text = format_number(tick)
        width = advance(self._digits, text)
        centre = self.area.left() + self.across.share(tick) * self.area.width()
        left = min(max(centre - width / 2, 0.0), self._size.width() - width)
        return QRectF(left, self.area.bottom() + self._px(4), width, line_height(self._digits))

    # Painting

    def scene(self, picked: int) -> Scene:
        """Return everything in its place."""
        scene = Scene()
        self._add_axes(scene)
        if picked != NOTHING:
            self._add_guides(scene, picked)
        # Guides and grid keep off the names; the line goes over this ground, as names keep off it themselves.
        for place in self.name_places():
            scene.add(Box(place, self._now.colours.surface))
        ink = self._now.colours.text
        if len(self._line) > 1:
            scene.add(Lines([self.spot(n) for n in self._line], ink, self._now.px(2)))
        for number in range(len(self._points)):
            self._add_mark(scene, number, number == picked)
        names = [*(point.label for point in self._points), self._family]
        for number, (place, name) in enumerate(zip(self.name_places(), names, strict=False)):
            colour = self._now.colours.focus if number == picked else ink
            scene.add(Label(place, name, self._names, colour))
        self._add_words(scene, picked)
        return scene

    def _add_axes(self, scene: Scene) -> None:
        now, colours, area = self._now, self._now.colours, self.area
        scene.add(Box(area, colours.surface, colours.line, now.px(1)))
        for tick in self.up.ticks:
            y = area.bottom() - self.up.share(tick) * area.height()
            scene.add(Lines((QPointF(area.left(), y), QPointF(area.right(), y)), colours.line, now.px(1)))
            half = line_height(self._digits) / 2
            place = QRectF(self._margin, y - half, area.left() - self._margin - self._px(8), 2 * half)
            scene.add(Label(place, format_number(tick), self._digits, colours.muted, RIGHT))
        for tick in self.across.ticks:
            x = area.left() + self.across.share(tick) * area.width()
            scene.add(Lines((QPointF(x, area.top()), QPointF(x, area.bottom())), colours.line, now.px(1)))
            scene.add(Label(self._tick_place(tick), format_number(tick), self._digits, colours.muted))

    def _add_guides(self, scene: Scene, picked: int) -> None:
        spot, colours = self.spot(picked), self._now.colours
        for end in (QPointF(self.area.left(), spot.y()), QPointF(spot.x(), self.area.bottom())):
            scene.add(Lines((spot, end), colours.focus, self._now.px(2), dashed=True))

    def _add_mark(self, scene: Scene, number: int, is_picked: bool) -> None:
        colours, spot, radius = self._now.colours, self.spot(number), self.radius
        reach = 2 * radius
        scene.targets.append((QRectF(spot.x() - reach, spot.y() - reach, 2 * reach, 2 * reach), number))
        mark = self._marks.get(self._points[number].family)
        fill = colours.focus if is_picked else colours.text if mark is None else colours.plot
        ink = colours.focus if is_picked else colours.text
        item: Item = Dot(spot, radius, fill)
        if mark is not None:
            item = Lines(_corners(spot, radius * 1.25, *mark), ink, self._now.px(1.4), fill=fill)
        if is_picked:
            scene.add(Dot(spot, radius * _RING, colours.focus_soft, colours.focus, self._now.px(2)))
        scene.add(item)

    def _add_words(self, scene: Scene, picked: int) -> None:
        colours, line = self._now.colours, line_height(self._words)
        width = self._size.width() - 2 * self._margin
        said = QRectF(self._margin, self._margin, width, line_height(self._said))
        if picked != NOTHING:
            scene.add(Label(said, self._texts.said[picked], self._said, colours.focus, LEFT))
        else:
            scene.add(Label(said, self._texts.hint, self._words, colours.muted, LEFT))
        up = QRectF(self._margin, said.bottom() + self._px(8), width, line)
        scene.add(Label(up, self._texts.up, self._words, colours.muted, LEFT))
        top = self.area.bottom() + self._px(4) + line_height(self._digits)
        across = QRectF(self._margin, top, width, line)
        scene.add(Label(across, self._texts.across, self._words, colours.muted, RIGHT))
        if self._texts.source:
            source = QRectF(self._margin, self._size.height() - self._margin - line, width, line)
            scene.add(Label(source, self._texts.source, self._words, colours.muted, LEFT))


def _corners(centre: QPointF, radius: float, count: int, turn: float) -> list[QPointF]:
    angles = [math.radians(turn + 360 * n / count) for n in range(count)]
    return [centre + QPointF(math.cos(angle), math.sin(angle)) * radius for angle in angles]
