"""Layer by layer, what comes out and how many weights there are, hidden until it is asked for."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSizeF
from PySide6.QtGui import QFont

from convviz.core.layer_list import Counted, Dims, total_sum
from convviz.core.shown import grouped
from convviz.ui import theme
from convviz.ui.figures.listed_layers import dims_text, layer_title, settings_in_two
from convviz.ui.figures.scene import LEFT, Box, Dot, Label, Scene, advance, line_height
from convviz.ui.figures.scene_figure import NOTHING

HIDDEN = "?"
# From the largest that looks well down to what still fits many layers into a small window.
_LARGEST, _SMALLEST, _STEP = 1.5, 0.4, 0.05


@dataclass(frozen=True)
class Row:
    """What stands in one row: its number, two lines of words, two answers with how they come about."""

    number: str
    title: str
    settings: tuple[str, ...]
    shape: str
    shape_sum: str
    weights: str
    weight_sum: str


@dataclass(frozen=True)
class Puzzle:
    """The question: an input, its layers, and how much of the answer is shown.

    Parameters
    ----------
    given : tuple of int
        Shape of the input.
    counted : tuple of Counted
        The layers.
    revealed : int
        How many layers' answers are shown; one more shows the total too.
    picked : int
        The layer we talk about; ``NOTHING`` for none.
    """

    given: Dims
    counted: tuple[Counted, ...]
    revealed: int
    picked: int = NOTHING

    def rows(self) -> list[Row]:
        """Return the rows from the input to the total."""
        return [self._input(), *map(self._layer, range(len(self.counted))), self._total()]

    def _input(self) -> Row:
        title = QCoreApplication.translate("LayersFigure", "Input")
        return Row("", title, (), dims_text(self.given), "", "", "")

    def _layer(self, number: int) -> Row:
        one = self.counted[number]
        known = number < self.revealed
        return Row(
            str(number + 1),
            layer_title(one.layer),
            settings_in_two(one.layer),
            dims_text(one.after) if known else HIDDEN,
            one.size_sum if known else "",
            grouped(one.weights) if known else HIDDEN,
            one.weight_sum if known and one.weights else "",
        )

    def _total(self) -> Row:
        known = self.revealed > len(self.counted)
        title = QCoreApplication.translate("LayersFigure", "All weights")
        weights = grouped(sum(one.weights for one in self.counted))
        whole = total_sum(self.counted)
        # A sum of one number would only say it twice.
        whole = whole if known and whole != weights else ""
        return Row("", title, (), "", "", weights if known else HIDDEN, whole)

    def scene(self, size: QSizeF) -> Scene:
        """Return the rows laid out in ``size``, as large as they can be."""
        scale = _LARGEST
        full = Puzzle(self.given, self.counted, len(self.counted) + 1).rows()
        grid = _Grid(full, size, scale)
        while not grid.fits and scale > _SMALLEST + _STEP / 2:
            scale -= _STEP
            grid = _Grid(full, size, scale)
        return grid.scene(self.rows(), self.picked)


class _Grid:
    """Where the rows lie, so that nothing moves when an answer is revealed."""

    def __init__(self, full: list[Row], size: QSizeF, scale: float) -> None:
        now = theme.current()
        self._now, self._scale, self._size, self._count = now, scale, size, len(full)
        self._title, self._words = now.words(19 * scale, bold=True), now.words(16 * scale)
        self._answer, self._digits = now.digits(22 * scale, bold=True), now.digits(16 * scale)
        self._head = now.words(16 * scale)
        self._margin = now.px(20)
        self._badge = line_height(self._title) * 1.15
        pad = self._px(14)
        titles = max(advance(self._title, row.title) for row in full)
        words = max(titles, *(advance(self._words, line) for row in full for line in ("", *row.settings)))
        most = max(len(row.settings) for row in full)
        self._words_high = line_height(self._title) + most * line_height(self._words)
        self._box = max(
            *(advance(self._answer, text) + 2 * pad for r in full for text in (r.shape, r.weights)),
            self._px(88),
        )
        heads = [advance(self._head, text) for text in self._heads()]
        shapes = max(self._box, heads[0], *(advance(self._digits, r.shape_sum) for r in full))
        weights = max(self._box, heads[1], *(advance(self._digits, r.weight_sum) for r in full))
        self._widths = (self._badge + self._px(12) + words, shapes, weights)
        self._top = self._margin + line_height(self._head) + self._px(8)
        self._row = (size.height() - self._top - self._margin) / self._count

    def _px(self, size: float) -> int:
        return self._now.px(size * self._scale)

    @staticmethod
    def _heads() -> tuple[str, str]:
        return (
            QCoreApplication.translate("LayersFigure", "Output, rows × columns × channels"),
            QCoreApplication.translate("LayersFigure", "Weights"),
        )

    @property
    def _box_height(self) -> float:
        return line_height(self._answer) + self._px(8)

    @property
    def fits(self) -> bool:
        """Whether the rows are high enough and the columns lie beside each other."""
        inner = max(self._box_height + line_height(self._digits), self._words_high) + self._px(12)
        room = self._size.width() - 2 * self._margin - 2 * self._px(16)
        return self._row >= inner and sum(self._widths) + 2 * self._px(28) <= room

    def _lefts(self) -> tuple[float, float, float]:
        """Return where the three columns begin; what is left over lies between them."""
        room = self._size.width() - 2 * self._margin - 2 * self._px(16) - sum(self._widths)
        gap = max(0.0, min(room / 2, self._px(140)))
        first = self._margin + self._px(16) + max(0.0, room - 2 * gap) / 2
        second = first + self._widths[0] + gap
        return first, second, second + self._widths[1] + gap

    def scene(self, rows: list[Row], picked: int) -> Scene:
        """Return ``rows`` in their places."""
        scene, colours = Scene(), self._now.colours
        lefts = self._lefts()
        for left, width, text in zip(lefts[1:], self._widths[1:], self._heads(), strict=True):
            place = QRectF(left, self._margin, width, line_height(self._head))
            scene.add(Label(place, text, self._head, colours.muted, LEFT))
        for number, row in enumerate(rows):
            place = QRectF(
                self._margin,
                self._top + number * self._row,
                self._size.width() - 2 * self._margin,
                self._row,
            )
            layer = number - 1
            if 0 <= layer < len(rows) - 2:
                scene.targets.append((place, layer))
            self._add_row(scene, row, place, is_picked=layer == picked and picked != NOTHING)
        return scene

    def _add_row(self, scene: Scene, row: Row, place: QRectF, *, is_picked: bool) -> None:
        colours, lefts = self._now.colours, self._lefts()
        inner = place.adjusted(0, self._px(2), 0, -self._px(2))
        fill = colours.focus_soft if is_picked else colours.surface
        outline = colours.focus if is_picked else colours.line
        scene.add(Box(inner, fill, outline, self._now.px(2 if is_picked else 1), radius=self._px(8)))
        lines = line_height(self._title), line_height(self._words)
        height = lines[0] + lines[1] * len(row.settings)
        top = place.center().y() - height / 2
        left = lefts[0] + self._badge + self._px(12)
        words = self._widths[0] - self._badge - self._px(12)
        scene.add(Label(QRectF(left, top, words, lines[0]), row.title, self._title, colours.text, LEFT))
        for number, text in enumerate(row.settings):
            below = QRectF(left, top + lines[0] + number * lines[1], words, lines[1])
            scene.add(Label(below, text, self._words, colours.muted, LEFT))
        if row.number:
            self._add_number(scene, row.number, QPointF(lefts[0] + self._badge / 2, place.center().y()))
        for column, text, whole in ((1, row.shape, row.shape_sum), (2, row.weights, row.weight_sum)):
            if text:
                self._add_answer(scene, text, whole, lefts[column], self._widths[column], place)

    def _add_number(self, scene: Scene, number: str, centre: QPointF) -> None:
        colours, half = self._now.colours, self._badge / 2
        font = QFont(self._words)
        scene.add(Dot(centre, half - 1, colours.blank))
        place = QRectF(centre.x() - half, centre.y() - half, 2 * half, 2 * half)
        scene.add(Label(place, number, font, colours.text))

    def _add_answer(
        self, scene: Scene, text: str, whole: str, left: float, width: float, row: QRectF
    ) -> None:
        colours = self._now.colours
        sums = line_height(self._digits)
        height = self._box_height + (self._px(2) + sums if whole else 0.0)
        box = QRectF(left, row.center().y() - height / 2, self._box, self._box_height)
        hidden = text == HIDDEN
        scene.add(
            Box(
                box,
                colours.blank if hidden else colours.surface,
                colours.focus if hidden else colours.text,
                self._now.px(2 if hidden else 1.4),
                dashed=hidden,
                radius=self._px(4),
            )
        )
        scene.add(Label(box, text, self._answer, colours.focus if hidden else colours.text))
        if whole:
            below = QRectF(left, box.bottom() + self._px(2), width, sums)
            scene.add(Label(below, whole, self._digits, colours.muted, LEFT))
