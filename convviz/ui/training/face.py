"""The widgets of the training room and their places."""

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSlider,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from convviz.nets.learn.look import Look
from convviz.nets.learn.plan import NetworkPlan
from convviz.nets.learn.samples import Samples
from convviz.ui import theme
from convviz.ui.rooms.network_bar import ProgressLine
from convviz.ui.training.charts import ConfusionMatrix, GradientBars
from convviz.ui.training.curves import Curves
from convviz.ui.training.expression_page import ExpressionPage
from convviz.ui.training.layer_list import LayerList
from convviz.ui.training.rows import class_words, filter_rows, gradient_values, map_rows, worst_rows
from convviz.ui.training.settings_form import SettingsForm
from convviz.ui.training.tiles import Tiles
from convviz.ui.widgets.arithmetic_line import ArithmeticLine
from convviz.ui.widgets.labels import label
from convviz.ui.widgets.problem_bar import ProblemBar
from convviz.ui.widgets.segmented import Segmented
from convviz.ui.widgets.two_lines import TwoLines

_SIDE_PX, _LEAST_SLIDER_PX = 344, 96
# A room lower than this, at a desk, has no place for the expression below curves and maps.
_LOW_PX = 720
# The last is the page of the expressions, with the table first that compares their weights.
OVERVIEW, EXPRESSION, COMPARED = "overview", "expression", "compared"


class TrainingFace(QWidget):
    """What the training room looks like; what it does is the business of its subclass.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    _built = _compares = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training-desk")
        # Its keys work from wherever the focus is; of itself it has nothing to be gone through with Tab for.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.form, self.layers = SettingsForm(self), LayerList(self)
        self.problem = ProblemBar(self)
        self.progress = ProgressLine(self)
        self.progress.bar.setObjectName("training-progress")
        self.progress.cancel.setObjectName("training-cancel")
        self.curves = Curves(self)
        self.filters, self.maps = Tiles("training-filters"), Tiles("training-maps")
        self.worst = Tiles("training-worst", chooses=True)
        self.none_wrong = label("muted", wrap=True, name="training-none-wrong")
        self.picture = QSpinBox(self)
        self.picture.setObjectName("training-picture")
        self.picture.setKeyboardTracking(False)
        self.gradients, self.confusion = GradientBars(self), ConfusionMatrix(self)
        self.formula = ArithmeticLine(self)
        self.expression = ExpressionPage(self)
        self._look: tuple[NetworkPlan, Samples, Look] | None = None
        self._build_transport()
        self._build_layout()
        self._scale()
        self._built = True

    def _build_transport(self) -> None:
        self.play, self.step, self.epoch, self.again = (QPushButton(self) for _ in range(4))
        self.hand, self.save = QPushButton(self), QPushButton(self)
        for button, name in (
            (self.play, "play"),
            (self.step, "step"),
            (self.epoch, "epoch"),
            (self.again, "reset"),
            (self.hand, "by-hand"),
            (self.save, "save"),
        ):
            button.setObjectName(f"training-{name}")
        self.play.setProperty("role", "primary")
        self.scrubber = QSlider(Qt.Orientation.Horizontal, self)
        self.scrubber.setObjectName("training-scrubber")
        self.pages = Segmented(self)
        self.pages.setObjectName("training-pages")
        self.pages.chosen.connect(self._show_page)
        self.state = label("formula", name="training-state", wrap=True)

    def _build_layout(self) -> None:
        self._headings = {
            name: label("caption", wrap=True)
            for name in ("filters", "maps", "gradients", "confusion", "worst")
        }
        side = QWidget(self)
        left = QVBoxLayout(side)
        left.setContentsMargins(12, 12, 12, 12)
        left.setSpacing(12)
        left.addWidget(self.form)
        left.addWidget(self.layers)
        left.addWidget(self.hand)
        left.addWidget(self.save)
        left.addStretch(1)
        self.side = _scrolled(side, "training-side")
        self.pages.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        moves = self.play, self.step, self.epoch, self.again
        top = TwoLines(moves, (self.scrubber, self.pages), self.scrubber, self)
        self.cards = QWidget(self)
        columns = QHBoxLayout(self.cards)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(8)
        for parts in (
            (("filters", self.filters),),
            (("maps", self.maps),),
            (
                ("gradients", self.gradients),
                ("confusion", self.confusion),
                ("worst", self.none_wrong),
                ("", self.worst),
            ),
        ):
            columns.addWidget(self._card(parts), 1)
        overview = QWidget(self)
        upright = QVBoxLayout(overview)
        upright.setContentsMargins(0, 0, 0, 0)
        upright.setSpacing(8)
        upright.addWidget(self.curves, 2)
        upright.addWidget(self.cards, 3)
        upright.addWidget(self.formula)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(overview)
        self.stack.addWidget(_scrolled(self.expression, "training-expression-area"))
        centre = QVBoxLayout()
        centre.setContentsMargins(12, 12, 12, 12)
        centre.setSpacing(8)
        centre.addWidget(top)
        centre.addWidget(self.state)
        centre.addWidget(self.problem)
        centre.addWidget(self.progress)
        centre.addWidget(self.stack, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.side)
        layout.addLayout(centre, 1)
        QWidget.setTabOrder(self.worst, self.formula)

    def _card(self, parts: tuple[tuple[str, QWidget], ...]) -> QWidget:
        inner = QWidget(self)
        inner.setProperty("role", "panel")
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(inner)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        for name, widget in parts:
            if name:
                column.addWidget(self._head(name))
            # Pictures take what room there is, and grow with it.
            column.addWidget(widget, 1 if isinstance(widget, Tiles) else 0)
        return _scrolled(inner, f"training-card-{parts[0][0]}")

    def _head(self, name: str) -> QWidget:
        """Return the line above a part of a card; beside the maps' it is chosen whose they are."""
        heading = self._headings[name]
        return TwoLines((heading,), (self.picture,), heading, self) if name == "maps" else heading

    def show_look(self, network: NetworkPlan, samples: Samples, look: Look) -> None:
        """Show filters, maps, gradients, mistakes and the expression of a network at one epoch."""
        had = self._look is not None and bool(self._look[2].lines)
        self._look = network, samples, look
        if bool(look.lines) != had:
            self._offer_pages()
        if self.stack.currentIndex():
            self.expression.show_look(look)
            return
        layers = network.layers
        self.filters.show_rows(filter_rows(layers, look))
        self.maps.show_rows(map_rows(layers, samples, look))
        self.gradients.show_values(gradient_values(layers, look, self.layers.kind_name))
        self.confusion.show_counts(look.figures.confusion, class_words(samples))
        self._show_worst(samples, look)
        self._show_formula()
        if look.lines:
            self.formula.set_cell(self.tr("The network as one expression"), look.lines)

    def _show_worst(self, samples: Samples, look: Look) -> None:
        """Show the worst of the wrong answers, or say that there is none."""
        self.worst.show_rows(worst_rows(samples, look))
        # Where there is nothing to be chosen, the keyboard goes past.
        self.worst.setEnabled(bool(look.figures.worst))
        self.none_wrong.setVisible(not look.figures.worst)
        asked = int(look.figures.confusion.sum())
        self.none_wrong.setText(self.tr("None of the {0} pictures asked is answered wrongly.").format(asked))

    def show_picture(self, count: int, shown: int) -> None:
        """Write which of ``count`` pictures is looked at, without announcing it; what is typed stays."""
        if (self.picture.maximum(), self.picture.value()) != (count, shown + 1):
            self.picture.blockSignals(True)
            self.picture.setRange(1, count)
            self.picture.setValue(shown + 1)
            self.picture.blockSignals(False)

    def _show_formula(self) -> None:
        """Show the expression below the maps where there is one, and place for it."""
        low = self.height() < theme.current().px(_LOW_PX)
        self.expression.fit(self.height() / theme.current().scale)
        self.formula.setVisible(not low and self._look is not None and bool(self._look[2].lines))

    def _scale(self) -> None:
        """Follow the scale of the theme."""
        self.side.setFixedWidth(theme.current().px(_SIDE_PX))
        # On a shorter slider no epoch is found.
        self.scrubber.setMinimumWidth(theme.current().px(_LEAST_SLIDER_PX))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._built:
            self._scale()
            self._show_formula()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the height."""
        super().resizeEvent(event)
        self._show_formula()

    def _offer_pages(self) -> None:
        """Offer the page with the expression where there is one."""
        options = [(OVERVIEW, self.tr("Overview"), self.tr("Curves, weights, maps and mistakes"))]
        if self._look is not None and self._look[2].lines:
            tip = self.tr("The network as one expression, beside the weights by hand")
            options.append((EXPRESSION, self.tr("{0}, by hand").format("F(P)"), tip))
        self.pages.set_options(options)
        self.pages.come_after(self.scrubber)
        self.pages.setVisible(len(options) > 1)
        self.stack.setCurrentIndex(self.pages.options().index(self.pages.choice()))

    @Slot(str)
    def _show_page(self, page: str) -> None:
        self._compares = False
        self._turn_to(page)

    def _turn_to(self, page: str) -> None:
        self.expression.set_table_first(self._compares)
        self.stack.setCurrentIndex(self.pages.options().index(page))
        if self._look is not None:
            self.show_look(*self._look)

    @property
    def page(self) -> str:
        """What :meth:`show_page` shows."""
        chosen = self.pages.choice()
        return COMPARED if chosen == EXPRESSION and self._compares else chosen

    def show_page(self, page: str) -> None:
        """Show OVERVIEW, EXPRESSION or COMPARED, if it is offered."""
        option = EXPRESSION if page == COMPARED else page
        if option in self.pages.options():
            self._compares = page == COMPARED
            self.pages.set_choice(option)
            self._turn_to(option)

    def show_epoch(self, last: int, shown: int) -> None:
        """Let the scrubber reach epoch ``last`` and stand at ``shown``, without announcing it."""
        self.scrubber.blockSignals(True)
        self.scrubber.setRange(0, max(last, 1))
        self.scrubber.setValue(shown)
        self.scrubber.blockSignals(False)

    def show_playing(self, on: bool) -> None:
        """Write on the first button what it does now."""
        self.play.setText(self.tr("Pause") if on else self.tr("Play"))
        self.play.setAccessibleName(self.play.text())

    def enable(self, on: bool) -> None:
        """Let the network learn and be saved, or not."""
        for button in (self.play, self.step, self.epoch, self.save):
            button.setEnabled(on)

    def set_panel_visible(self, on: bool) -> None:
        """Show or hide the panel at the left."""
        self.side.setVisible(on)

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        texts = (
            (self.step, self.tr("One step"), self.tr("Learn from one batch (→)")),
            (self.epoch, self.tr("One epoch"), self.tr("Learn to the end of the epoch (E)")),
            (self.again, self.tr("Reset"), self.tr("Begin anew from the seed (R)")),
            (self.hand, self.tr("Weights by hand"), self.tr("Load the lecture's solution of “count the 11”")),
            (self.save, self.tr("Save the network…"), self.tr("As safetensors with a card")),
        )
        for button, text, tip in texts:
            button.setText(text)
            button.setToolTip(tip)
            button.setAccessibleName(text)
        self.play.setToolTip(self.tr("Learn, or pause (Space)"))
        self.setAccessibleName(self.tr("Training"))
        self.progress.retranslate()
        self.expression.retranslate()
        self._offer_pages()
        line = self.formula.focusProxy()
        assert line is not None
        line.setAccessibleName(self.tr("The network as one expression"))
        self.picture.setAccessibleName(self.tr("Which picture’s maps are shown"))
        self.picture.setToolTip(self.tr("Which picture’s maps are shown, by its number"))
        self.scrubber.setAccessibleName(self.tr("Epoch"))
        self.scrubber.setToolTip(self.tr("Drag back to see the network as it was"))
        headings = {
            "filters": self.tr("Weights"),
            "maps": self.tr("Maps of one picture"),
            "gradients": self.tr("Size of the gradient"),
            "confusion": self.tr("Which class (rows) is taken for which"),
            "worst": self.tr("Wrong answers, the worst first; click for its maps"),
        }
        for name, text in headings.items():
            self._headings[name].setText(text)
        for name, tiles in (("filters", self.filters), ("maps", self.maps), ("worst", self.worst)):
            tiles.setAccessibleName(headings[name])
        if self._look is not None:
            self.show_look(*self._look)


def _scrolled(inner: QWidget, name: str) -> QScrollArea:
    area = QScrollArea()
    area.setObjectName(name)
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
