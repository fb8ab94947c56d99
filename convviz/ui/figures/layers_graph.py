"""A network as its graph of computation: a box for every layer, an arrow for every output."""

from itertools import groupby

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSizeF

from convviz.core.layer_list import POOLINGS, Counted, Dims, ListedKind, total_sum
from convviz.core.shown import grouped
from convviz.ui import theme
from convviz.ui.figures.listed_layers import dims_text, layer_title, setting_lines
from convviz.ui.figures.scene import LEFT, Box, Label, Lines, Scene, advance, line_height
from convviz.ui.figures.scene_figure import NOTHING

_LARGEST, _SMALLEST, _STEP = 1.5, 0.4, 0.05
_MOST_IN_ROW = 4
# How far lines to the next row pass beside the boxes.
_ASIDE = 14
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def rows_of(counted: tuple[Counted, ...]) -> list[list[int]]:
    """Return the layers in rows: one for each block that begins with a convolution, one for the dense end."""
    rows: list[list[int]] = []
    for number, one in enumerate(counted):
        before = counted[number - 1].layer.kind if number else None
        kind = one.layer.kind
        begins = (kind is ListedKind.CONV and before is not ListedKind.CONV) or kind is ListedKind.FLATTEN
        if not rows or begins or len(rows[-1]) >= _MOST_IN_ROW:
            rows.append([])
        rows[-1].append(number)
    return rows


def _word(kind: ListedKind) -> str:
    if kind in POOLINGS:
        return QCoreApplication.translate("LayersFigure", "pooling")
    return {
        ListedKind.CONV: QCoreApplication.translate("LayersFigure", "convolution"),
        ListedKind.ACTIVATION: QCoreApplication.translate("LayersFigure", "activation"),
        ListedKind.FLATTEN: QCoreApplication.translate("LayersFigure", "flatten"),
        ListedKind.DENSE: QCoreApplication.translate("LayersFigure", "dense"),
    }[kind]


def pattern(counted: tuple[Counted, ...]) -> str:
    """Return the plan of a network, ``(convolution → activation → pooling)² → flatten → dense``."""
    blocks = [" → ".join(_word(counted[n].layer.kind) for n in row) for row in rows_of(counted)]
    parts = []
    for words, run in groupby(blocks):
        times = len(list(run))
        parts.append(words if times == 1 else f"({words}){str(times).translate(_RAISED)}")
    return " → ".join(parts)


class Graph:
    """Boxes in rows, read as text is, as large as ``size`` allows."""

    def __init__(self, given: Dims, counted: tuple[Counted, ...], size: QSizeF) -> None:
        self._given, self._counted, self._size, self._now = given, counted, size, theme.current()
        self._rows = rows_of(counted)
        self._margin = self._now.px(16)
        self._scale = _LARGEST
        while not self._fits() and self._scale > _SMALLEST + _STEP / 2:
            self._scale -= _STEP

    def _px(self, size: float) -> int:
        return self._now.px(size * self._scale)

    def _texts(self, number: int) -> list[str]:
        """Return the lines in a layer's box, its title first."""
        one = self._counted[number]
        lines = [layer_title(one.layer), *setting_lines(one.layer)]
        if one.weights:
            said = QCoreApplication.translate("LayersFigure", "weights: {0}")
            lines.append(said.format(grouped(one.weights)))
        return lines

    def _fits(self) -> bool:
        now, scale = self._now, self._scale
        self._title, self._words = now.words(17 * scale, bold=True), now.words(15 * scale)
        self._digits = now.digits(15 * scale)
        self._head = now.words(17 * scale)
        texts = [self._texts(number) for number in range(len(self._counted))]
        titles = max(advance(self._title, text[0]) for text in texts)
        words = max(advance(self._words, line) for text in texts for line in ("", *text[1:]))
        self._wide = max(titles, words) + 2 * self._px(12)
        most = max(map(len, texts))
        self._high = line_height(self._title) + (most - 1) * line_height(self._words) + 2 * self._px(8)
        shapes = [dims_text(self._given), *(dims_text(one.after) for one in self._counted)]
        self._edge = max(advance(self._digits, text) for text in shapes) + self._px(28)
        self._entry = line_height(self._title) + 2 * self._px(4)
        return self._place()

    def _place(self) -> bool:
        """Put the rows into the middle of what head and foot leave; return whether everything has room."""
        aside = self._px(_ASIDE)
        right = self._edge if len(self._rows[-1]) == max(map(len, self._rows)) else aside
        boxes = max(map(len, self._rows))
        whole = 2 * aside + boxes * self._wide + (boxes - 1) * self._edge + right
        across = self._size.width() - 2 * self._margin
        self._left = self._margin + max(0.0, across - whole) / 2 + 2 * aside
        line = line_height(self._digits)
        least = self._entry + line + self._px(22) + len(self._rows) * self._high
        count = len(self._rows) - 1
        least += count * (line + self._px(22))
        head = self._margin + line_height(self._head) + self._px(12)
        area = self._size.height() - 2 * head
        more = max(0.0, area - least)
        # Rows stay together when there is more room than they need.
        self._gap = line + self._px(22) + min(more / (count + 1), self._px(28))
        used = least + (count + 1) * (self._gap - line - self._px(22))
        self._top = head + max(0.0, area - used) / 2
        texts = max(advance(self._head, text) for text in (pattern(self._counted), self._total()))
        return whole <= across and least <= area and texts <= across

    @staticmethod
    def _input() -> str:
        return QCoreApplication.translate("LayersFigure", "Input")

    def _total(self) -> str:
        said = QCoreApplication.translate("LayersFigure", "All weights: {0}")
        return said.format(total_sum(self._counted))

    def box(self, number: int) -> QRectF:
        """Return the place of a layer's box."""
        row = next(n for n, layers in enumerate(self._rows) if number in layers)
        column = self._rows[row].index(number)
        left = self._left + column * (self._edge + self._wide)
        top = self._top + self._entry + self._gap + row * (self._high + self._gap)
        return QRectF(left, top, self._wide, self._high)

    def scene(self, picked: int) -> Scene:
        """Return everything in its place."""
        scene, colours = Scene(), self._now.colours
        head = QRectF(0, self._margin, self._size.width(), line_height(self._head))
        scene.add(Label(head, pattern(self._counted), self._head, colours.text))
        foot = QRectF(head)
        foot.moveBottom(self._size.height() - self._margin)
        scene.add(Label(foot, self._total(), self._head, colours.text))
        self._add_input(scene)
        for number in range(1, len(self._counted)):
            shape = dims_text(self._counted[number].before)
            self._add_edge(scene, self.box(number - 1), self.box(number), shape)
        for number in range(len(self._counted)):
            self._add_box(scene, number, number == picked and picked != NOTHING)
        last = self.box(len(self._counted) - 1)
        end = QRectF(last.right() + self._edge, last.top(), 0, last.height())
        self._add_edge(scene, last, end, dims_text(self._counted[-1].after))
        return scene

    def _add_input(self, scene: Scene) -> None:
        colours, first = self._now.colours, self.box(0)
        entry = QRectF(first.left(), self._top, first.width(), self._entry)
        scene.add(Box(entry, colours.blank, colours.shade, self._now.px(1.4), radius=self._entry / 2))
        scene.add(Label(entry, self._input(), self._title, colours.text))
        middle = entry.center().x()
        points = (QPointF(middle, entry.bottom()), QPointF(middle, first.top() - self._px(2)))
        scene.add(Lines(points, colours.muted, self._now.px(1.6), arrow=self._px(10)))
        beside = QRectF(middle + self._px(10), entry.bottom(), self._edge, first.top() - entry.bottom())
        scene.add(Label(beside, dims_text(self._given), self._digits, colours.text, LEFT))

    def _add_edge(self, scene: Scene, start: QRectF, end: QRectF, shape: str) -> None:
        colours, head = self._now.colours, self._px(10)
        line = line_height(self._digits)
        out = QPointF(start.right(), start.center().y())
        into = QPointF(end.left() - self._px(2), end.center().y())
        if out.x() < into.x():
            scene.add(Lines((out, into), colours.muted, self._now.px(1.6), arrow=head))
            above = QRectF(out.x(), out.y() - line - self._px(2), into.x() - head * 0.6 - out.x(), line)
        else:
            # Down and back to the beginning of the next row, as the eye goes.
            aside, between = self._px(_ASIDE), (start.bottom() + end.top()) / 2
            corners = (
                QPointF(out.x() + aside, out.y()),
                QPointF(out.x() + aside, between),
                QPointF(into.x() - aside * 2, between),
                QPointF(into.x() - aside * 2, into.y()),
            )
            scene.add(Lines((out, *corners, into), colours.muted, self._now.px(1.6), arrow=head))
            left = into.x() - aside * 2
            above = QRectF(left, between - line - self._px(1), out.x() + aside - left, line)
        scene.add(Label(above, shape, self._digits, colours.text))

    def _add_box(self, scene: Scene, number: int, is_picked: bool) -> None:
        colours, place = self._now.colours, self.box(number)
        scene.targets.append((place, number))
        fill = colours.focus_soft if is_picked else colours.surface
        ink = colours.focus if is_picked else colours.shade
        scene.add(Box(place, fill, ink, self._now.px(3 if is_picked else 1.4), radius=self._px(8)))
        texts = self._texts(number)
        fonts = [self._title, *[self._words] * (len(texts) - 1)]
        top = place.center().y() - sum(map(line_height, fonts)) / 2
        for text, font in zip(texts, fonts, strict=True):
            ink = colours.text if font is self._title else colours.muted
            line = QRectF(place.left(), top, place.width(), line_height(font))
            scene.add(Label(line, text, font, ink))
            top += line_height(font)
