"""A network drawn to scale, above the table of its layers with their counts."""

from PySide6.QtCore import QCoreApplication, QRectF, QSizeF, Qt

from convviz.core.layer_list import Counted, Dims, total_sum
from convviz.core.shown import grouped
from convviz.ui import theme
from convviz.ui.figures.layers_blocks import Block, BlockRow, blocks_of
from convviz.ui.figures.listed_layers import dims_text, layer_words
from convviz.ui.figures.scene import LEFT, RIGHT, Box, Label, Lines, Scene, advance, line_height
from convviz.ui.figures.scene_figure import NOTHING

_LARGEST, _SMALLEST, _STEP = 1.4, 0.4, 0.05
# Of the height, what the table may take at most; the rest shows the blocks.
_TABLE_SHARE = 0.55


def _table(given: Dims, counted: tuple[Counted, ...]) -> list[tuple[str, ...]]:
    """Return the rows of the table: headings, input, layers."""
    heads = (
        "",
        QCoreApplication.translate("LayersFigure", "Layer"),
        QCoreApplication.translate("LayersFigure", "Output"),
        QCoreApplication.translate("LayersFigure", "Weights"),
        QCoreApplication.translate("LayersFigure", "Multiply-adds"),
    )
    first = ("", QCoreApplication.translate("LayersFigure", "Input"), dims_text(given), "", "")
    rows = [
        (
            str(number),
            layer_words(one.layer),
            dims_text(one.after),
            one.weight_sum,
            grouped(one.multiply_adds),
        )
        for number, one in enumerate(counted, 1)
    ]
    return [heads, first, *rows]


class Funnel:
    """The blocks and the table in ``size``, their texts as large as both can be."""

    def __init__(self, given: Dims, counted: tuple[Counted, ...], size: QSizeF) -> None:
        self._counted, self._size, self._now = counted, size, theme.current()
        self._rows = _table(given, counted)
        self._blocks = blocks_of(given, counted)
        self._margin = self._now.px(16)
        self._scale = _LARGEST
        while not self._fits() and self._scale > _SMALLEST + _STEP / 2:
            self._scale -= _STEP

    def _px(self, size: float) -> int:
        return self._now.px(size * self._scale)

    def _measure(self) -> None:
        now, scale = self._now, self._scale
        self._words, self._digits = now.words(15 * scale), now.digits(15 * scale)
        self._bold = now.digits(16 * scale, bold=True)
        self._row = line_height(self._digits) + self._px(6)
        fonts = (self._words, self._words, self._digits, self._digits, self._digits)
        self._widths = [
            max(advance(self._words if not n else font, row[column]) for n, row in enumerate(self._rows))
            for column, font in enumerate(fonts)
        ]
        self._widths[1] = max(self._widths[1], advance(self._words, self._total()))
        self._note = line_height(self._words)
        height = len(self._rows) * self._row + self._row * 1.25
        self._table_top = self._size.height() - self._margin - height
        picture = QRectF(
            self._margin,
            self._margin + self._note + self._px(4),
            self._size.width() - 2 * self._margin,
            self._table_top - self._margin - self._note - self._px(16),
        )
        self._picture = BlockRow(self._blocks, picture, scale)

    def _fits(self) -> bool:
        self._measure()
        room = self._size.width() - 2 * self._margin - 2 * self._px(12)
        high = self._size.height() - self._table_top <= self._size.height() * _TABLE_SHARE
        wide = max(sum(self._widths) + 4 * self._px(20), *self._foot_widths()) <= room
        return high and wide and self._picture.labels_fit and self._note_fits()

    def _foot_widths(self) -> tuple[float, float]:
        total = advance(self._words, self._total()) + advance(self._bold, self._sum())
        return total + self._px(12) + 2 * self._px(20) + advance(self._bold, self._products()), 0.0

    def _note_fits(self) -> bool:
        return advance(self._words, self._said()) <= self._size.width() - 2 * self._margin

    def _said(self) -> str:
        if any(_is_vector(block) for block in self._blocks):
            return QCoreApplication.translate(
                "LayersFigure", "To scale but for the vectors: height is rows, depth columns, width channels"
            )
        return QCoreApplication.translate(
            "LayersFigure", "To scale: height is rows, depth columns, width channels"
        )

    @staticmethod
    def _total() -> str:
        return QCoreApplication.translate("LayersFigure", "In all")

    def _sum(self) -> str:
        return total_sum(self._counted)

    def _products(self) -> str:
        return grouped(sum(one.multiply_adds for one in self._counted))

    def _columns(self) -> list[QRectF]:
        """Return left and right of every column; what is left over lies between them."""
        room = self._size.width() - 2 * self._margin - 2 * self._px(12)
        gap = (room - sum(self._widths)) / 4
        left, out = float(self._margin + self._px(12)), []
        # The number stands close to the layer.
        narrow = min(gap, self._px(12))
        gap += (gap - narrow) / 3
        for column, width in enumerate(self._widths):
            out.append(QRectF(left, 0, width, self._row))
            left += width + (gap if column else narrow)
        return out

    def scene(self, picked: int) -> Scene:
        """Return everything in its place."""
        scene, colours = Scene(), self._now.colours
        note = QRectF(self._margin, self._margin, self._size.width() - 2 * self._margin, self._note)
        scene.add(Label(note, self._said(), self._words, colours.muted, LEFT))
        self._picture.add_to(scene, picked)
        high = self._size.height() - self._margin - self._table_top
        card = QRectF(self._margin, self._table_top, self._size.width() - 2 * self._margin, high)
        scene.add(Box(card, colours.surface, colours.line, self._now.px(1), radius=self._px(8)))
        for number, row in enumerate(self._rows):
            self._add_row(scene, number, row, card, picked)
        self._add_total(scene, card)
        return scene

    def _add_row(self, scene: Scene, number: int, row: tuple[str, ...], card: QRectF, picked: int) -> None:
        colours, layer = self._now.colours, number - 2
        top = card.top() + number * self._row
        place = QRectF(card.left(), top, card.width(), self._row)
        if layer >= 0:
            scene.targets.append((place, layer))
        if layer >= 0 and picked != NOTHING and layer == picked:
            thick = self._now.px(2)
            scene.add(Box(place, colours.focus_soft, colours.focus, thick, radius=self._px(4)))
        for column, (where, text) in enumerate(zip(self._columns(), row, strict=True)):
            is_word = number == 0 or column <= 1
            ink = colours.muted if number == 0 or column == 0 else colours.text
            align = RIGHT if column == len(row) - 1 else LEFT
            font = self._words if is_word else self._digits
            if text:
                scene.add(Label(where.translated(0, top), text, font, ink, align))

    def _add_total(self, scene: Scene, card: QRectF) -> None:
        colours = self._now.colours
        foot = QRectF(card.left(), card.bottom() - self._row * 1.25, card.width(), self._row * 1.25)
        scene.add(Lines((foot.topLeft(), foot.topRight()), colours.line, self._now.px(1)))
        inner = foot.adjusted(self._px(12), 0, -self._px(12), 0)
        columns = self._columns()
        scene.add(
            Label(
                QRectF(columns[1].left(), foot.top(), columns[1].width(), foot.height()),
                self._total(),
                self._words,
                colours.text,
                LEFT,
            ),
            Label(inner, self._products(), self._bold, colours.text, RIGHT),
        )
        # The sum begins below its column if there is room for it, else as far left as it needs.
        wide = advance(self._bold, self._sum())
        last = inner.right() - advance(self._bold, self._products()) - self._px(20)
        left = min(columns[3].left(), last - wide)
        place = QRectF(left, foot.top(), wide, foot.height())
        scene.add(Label(place, self._sum(), self._bold, colours.text, Qt.AlignmentFlag(LEFT)))


def _is_vector(block: Block) -> bool:
    return len(block.shape) == 1
