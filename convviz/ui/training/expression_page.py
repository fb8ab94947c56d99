"""The network as one expression F(P), and the weights by hand beside those that were learned."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from convviz.core.number_style import spelled
from convviz.nets.learn.compare import Comparison, Judged
from convviz.nets.learn.look import Look
from convviz.ui.widgets.arithmetic_line import ArithmeticLine
from convviz.ui.widgets.labels import label

_WEIGHTS, _RESULTS = ("filters", "neurons"), ("right", "loss", "lecture")
_ROWS = (*_WEIGHTS, *_RESULTS)
PICTURES = 64
# So many filters, or neurons, are written.
_MOST = 6
# So many lines an expression grows to before it is written smaller: of what was learned, which stands there
# in symbols as well, and of what was thought out by hand; and the same in a low room, and in a lower one.
_LINES, _FEW_LINES, _FEWEST_LINES = (8, 8), (6, 3), (4, 3)
# In a room lower than this the expressions and the table are not in sight at once: the expressions stand
# above it. In one lower than that they are not both in sight unless they are written smaller.
_LOW_PX, _LOWER_PX = 500, 370


class ExpressionPage(QWidget):
    """What was learned and what was thought out by hand: weights, three results, and both expressions.

    Where there is nothing by hand to compare with, the expression of the network alone.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training-expression")
        self.table = QWidget(self)
        self.table.setObjectName("training-compared")
        self.table.setProperty("role", "panel")
        self._grid = grid = QGridLayout(self.table)
        grid.setContentsMargins(12, 8, 12, 8)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        self._heads = [label("heading", name=f"compared-{name}") for name in ("learned", "hand")]
        self._captions = {name: label("caption", wrap=True) for name in _ROWS}
        self._cells: dict[str, list[QLabel]] = {}
        for column, head in enumerate(self._heads):
            grid.addWidget(head, 0, column + 1)
        for row, name in enumerate(_ROWS):
            grid.addWidget(self._captions[name], row + 1, 0, Qt.AlignmentFlag.AlignTop)
            cells = [
                label("formula", wrap=name in _WEIGHTS, name=f"compared-{name}-{who}")
                for who in ("learned", "hand")
            ]
            for column, cell in enumerate(cells):
                cell.setAlignment(Qt.AlignmentFlag.AlignTop)
                grid.addWidget(cell, row + 1, column + 1)
            self._cells[name] = cells
        for column in range(3):
            grid.setColumnStretch(column, 1)
        self.learned, self.hand = (ArithmeticLine(self, grows_to=lines, small=True) for lines in _LINES)
        self._low = self._table_first = False
        self._counts = _LINES
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self.table, self.learned, self.hand):
            layout.addWidget(widget)
        layout.addStretch(1)
        self._compared: Comparison | None = None

    def set_table_first(self, first: bool) -> None:
        """Say whether the table is what is talked about, rather than the expressions."""
        self._table_first = first
        self._place_table()

    def fit(self, height: float) -> None:
        """Follow the height of the room, in design pixels."""
        low = height < _LOW_PX
        counts = _LINES if not low else _FEW_LINES if height >= _LOWER_PX else _FEWEST_LINES
        if (low, counts) != (self._low, self._counts):
            self._low, self._counts = low, counts
            self._grid.setVerticalSpacing(2 if low else 8)
            for line, lines in zip((self.learned, self.hand), counts, strict=True):
                line.set_grows_to(lines)
            self._place_table()

    def _place_table(self) -> None:
        self._column.removeWidget(self.table)
        above = self._table_first or not self._low
        self._column.insertWidget(0 if above else self._column.indexOf(self.hand) + 1, self.table)

    def show_look(self, look: Look) -> None:
        """Show the expression of a network at one epoch, and the one by hand."""
        compared = look.comparison
        self._compared = compared
        self.table.setVisible(compared is not None)
        self.hand.setVisible(compared is not None)
        if compared is None:
            self.learned.setVisible(bool(look.lines))
            self.learned.set_cell(self.tr("The network as one expression"), look.lines)
            return
        for column, judged in enumerate((compared.learned, compared.hand)):
            for name, text in _texts(judged).items():
                self._cells[name][column].setText(text)
        self.learned.setVisible(bool(compared.learned.lines))
        self.learned.set_cell(self.tr("In the network"), compared.learned.lines)
        self.hand.set_cell(self.tr("By hand"), compared.hand.lines)
        self.table.setAccessibleName(self._said(compared))

    def _said(self, compared: Comparison) -> str:
        """Return the table as a sentence for who cannot see it."""
        return self.tr("Right of 64: learned {0}, by hand {1}; loss over all 64: {2} and {3}").format(
            compared.learned.right,
            compared.hand.right,
            spelled(compared.learned.loss, ".4f"),
            spelled(compared.hand.loss, ".4f"),
        )

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        for head, text in zip(self._heads, (self.tr("In the network"), self.tr("By hand")), strict=True):
            head.setText(text)
        tip = self.tr("The mean of {0}").format("(F(P) − Y)²")
        captions = {
            "filters": self.tr("Filters: {0} … | bias").format("w"),
            "neurons": self.tr("Neurons: {0} … | bias").format("v"),
            "right": self.tr("Right of all 64"),
            "loss": self.tr("Loss, all 64 pictures"),
            "lecture": self.tr("Loss, the lecture's three"),
        }
        for name, text in captions.items():
            self._captions[name].setText(text)
            self._captions[name].setToolTip(tip if name in ("loss", "lecture") else "")
        for line, text in ((self.learned, self.tr("In the network")), (self.hand, self.tr("By hand"))):
            inner = line.focusProxy()
            assert inner is not None
            inner.setAccessibleName(text)
        if self._compared is not None:
            self.table.setAccessibleName(self._said(self._compared))


def _texts(judged: Judged) -> dict[str, str]:
    return {
        "filters": _listed(judged.filters),
        "neurons": _listed(judged.neurons),
        "right": f"{judged.right} / {PICTURES}",
        "loss": spelled(judged.loss, ".4f"),
        "lecture": spelled(judged.lecture_loss, ".4f"),
    }


def _listed(weights: tuple[tuple[str, ...], ...]) -> str:
    """Return the weights of some filters or neurons, a line for each, the bias behind a bar."""
    lines = [f"{'  '.join(own)} | {bias}" for *own, bias in weights[:_MOST]]
    return "\n".join([*lines, "…"] if len(weights) > _MOST else lines) or "–"
