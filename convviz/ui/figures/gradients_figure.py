"""The vanishing gradient: sizes per layer with and without skip connections, computed live."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QSlider, QVBoxLayout, QWidget

from convviz.core.text import Sentence
from convviz.nets.gradient_sizes import CLASSES, TARGET, GradientSizes, Setting, Start
from convviz.ui import theme
from convviz.ui.figures.figure import Figure
from convviz.ui.figures.gradient_plot import GradientPlot, size_text
from convviz.ui.figures.gradient_runner import SIDE, Experiment, Given, GradientRunner
from convviz.ui.figures.gradient_table import LEAST_DEPTH, MOST_DEPTH, MOST_SEED, experiment_of
from convviz.ui.language import say
from convviz.ui.widgets.labels import label
from convviz.ui.widgets.segmented import Segmented
from convviz.work.threads import Threads

_SPACING_PX, _MARGIN_PX = 12, 16
# What is left of the slider beside a button that has come up to it, at a desk.
_LEAST_SLIDER_PX = 100
# What is quicker than this needs no word about it, in milliseconds.
_PATIENCE_MS = 200


class GradientsFigure(Figure):
    """Bars of the mean |∂L/∂w| of every layer of a plain network, then of a residual one beside them.

    Parameters
    ----------
    table : mapping
        ``depth``: layers, even, from 4 to 40 (20). ``channels``: from 4 to 24 (16). ``norm``: batch
        normalisation (false). ``start``: ``small`` (default) or ``he``. ``seed``: from 0 to 9999 (1).
        ``input``: ``photo`` (default) or ``noise``.
    parent : QWidget, optional
        Owner.
    threads : Threads, optional
        Where the networks run; without them nothing is computed.

    Raises
    ------
    Problem
        If the table says something else.
    """

    KIND = "gradients"

    defect = Signal(str)  # details of an error nobody foresaw

    _theme: theme.Theme | None = None

    def __init__(
        self, table: Mapping[str, Any], parent: QWidget | None = None, threads: Threads | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("figure-gradients")
        experiment = experiment_of(table)
        self._channels, self._seed = experiment.setting.channels, experiment.setting.seed
        self._sizes: GradientSizes | None = None
        self._failure: Sentence | None = None
        self._runner = GradientRunner(threads.long, self) if threads is not None else None
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._make()
        self._lay_out()
        self._theme = theme.current()
        self.retranslate()
        self._show_experiment(experiment)
        self._connect()
        self._run()

    # Stages and table

    @property
    def stages(self) -> int:
        """The plain network, then both."""
        return 2

    def show_stage(self, before: int) -> None:
        """Show the plain network, or both."""
        del before
        self._plot.set_both(self._stage == 1)
        self._describe()

    @property
    def busy(self) -> bool:
        """Whether sizes are awaited."""
        return self._runner is not None and self._runner.busy

    def experiment(self) -> Experiment:
        """Return what the controls say."""
        start = Start(self._start.choice())
        setting = Setting(self._depth(), self._channels, self._norm.isChecked(), start, self._seed)
        return Experiment(setting, Given(self._given.choice()))

    def table(self) -> dict[str, Any]:
        """Return the table that builds the figure as it is now."""
        experiment = self.experiment()
        setting = experiment.setting
        return {
            "depth": setting.depth,
            "channels": setting.channels,
            "norm": setting.norm,
            "start": setting.start.value,
            "seed": setting.seed,
            "input": experiment.given.value,
        }

    def shown(self) -> Mapping[str, str]:
        """Return the ratios and the first and last gradients in sight, unless they are still awaited."""
        out = {"layers": str(self._depth())}
        if self._sizes is None or self.busy:
            return out
        series = {"plain": self._sizes.plain, "residual": self._sizes.residual}
        for key, text in self._plot.ratios().items():
            out[f"{key}.ratio"] = text
            out[f"{key}.first"], out[f"{key}.last"] = (size_text(series[key][n]) for n in (0, -1))
        return out

    # Parts

    def _make(self) -> None:
        self._plot = GradientPlot()
        self._layers, self._count = label(), label("formula", name="gradients-count")
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setObjectName("gradients-depth")
        # Depths are even.
        self._slider.setRange(LEAST_DEPTH // 2, MOST_DEPTH // 2)
        self._slider.setPageStep(2)
        self._layers.setBuddy(self._slider)
        self._weights = label()
        self._start, self._given = Segmented(), Segmented()
        self._start.setObjectName("gradients-start")
        self._given.setObjectName("gradients-input")
        self._norm, self._again = QCheckBox(), QPushButton()
        self._norm.setObjectName("gradients-norm")
        self._again.setObjectName("gradients-again")
        self._told: QLabel = label("muted", wrap=True, name="gradients-setting")

    def _lay_out(self) -> None:
        self._first, self._second = first, second = QHBoxLayout(), QHBoxLayout()
        for widget, stretch in ((self._layers, 0), (self._slider, 1), (self._count, 0), (self._norm, 0)):
            first.addWidget(widget, stretch)
        for part in (self._weights, self._start, self._again, self._given):
            second.addWidget(part)
        second.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
        whole.setSpacing(_SPACING_PX)
        for row in (first, second):
            row.setSpacing(_SPACING_PX)
            whole.addLayout(row)
        whole.addWidget(self._plot, 1)
        whole.addWidget(self._told)
        self.setFocusProxy(self._slider)

    def _fit_rows(self) -> None:
        """Let a button go up where the choices beside it would break into rows that the bars then lack."""
        room = self.width() - 2 * _MARGIN_PX
        first, second = (self._layers, self._count, self._norm), (self._weights, self._start, self._given)
        slider = theme.current().px(_LEAST_SLIDER_PX)
        goes_up = (
            _wide(*second, self._again) > room
            and _wide(*second) <= room
            and _wide(*first, self._again) + slider + _SPACING_PX <= room
        )
        row = self._first if goes_up else self._second
        if row.indexOf(self._again) < 0:
            (self._second if goes_up else self._first).removeWidget(self._again)
            row.insertWidget(row.count() if goes_up else row.indexOf(self._given), self._again)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the controls their places."""
        super().resizeEvent(event)
        self._fit_rows()

    def _show_experiment(self, experiment: Experiment) -> None:
        setting = experiment.setting
        self._slider.setValue(setting.depth // 2)
        self._norm.setChecked(setting.norm)
        self._start.set_choice(setting.start.value)
        self._given.set_choice(experiment.given.value)

    def _connect(self) -> None:
        self._slider.valueChanged.connect(self._run)
        self._norm.toggled.connect(self._run)
        self._start.chosen.connect(self._run)
        self._given.chosen.connect(self._run)
        self._again.clicked.connect(self._draw_again)
        self._patience.timeout.connect(self._note)
        if self._runner is not None:
            self._runner.came.connect(self._show)
            self._runner.failed.connect(self._fail)
            self._runner.defect.connect(self.defect)
            self._runner.busy_changed.connect(self._follow_busy)

    def _depth(self) -> int:
        return 2 * self._slider.value()

    # What happens

    @Slot()
    def _run(self) -> None:
        """Compute what the controls say, and nothing before it."""
        self._failure = None
        self._describe()
        if self._runner is not None:
            self._runner.run(self.experiment())

    @Slot()
    def _draw_again(self) -> None:
        self._seed = (self._seed + 1) % (MOST_SEED + 1)
        self._run()

    @Slot(object)
    def _show(self, sizes: GradientSizes) -> None:
        self._sizes = sizes
        self._plot.set_sizes(sizes)
        self._note()

    @Slot(object)
    def _fail(self, problem: Sentence) -> None:
        self._failure, self._sizes = problem, None
        self._plot.set_sizes(None)
        self._note()

    @Slot(bool)
    def _follow_busy(self, busy: bool) -> None:
        if busy:
            self._patience.start()
        else:
            self._patience.stop()
            self._note()

    @Slot()
    def _note(self) -> None:
        """Say that sizes are awaited, or why there are none."""
        if self._failure is not None:
            self._plot.set_note(say(self._failure))
        else:
            self._plot.set_note(self.tr("Computing…") if self.busy else "")

    # Texts

    def _describe(self) -> None:
        setting = self.experiment().setting
        self._count.setText(str(setting.depth))
        photo = self._given.choice() == Given.PHOTO
        given = self.tr("photograph of the cat") if photo else self.tr("noise")
        text = self.tr(
            "{0} convolutions 3×3 with {1} channels and a dense layer; the same weights in both networks, "
            "seed {2}. Skip connections around every two convolutions. Input: {3}, {4} × {4}. "
            "L: cross-entropy against class {5} of {6}."
        )
        values = (setting.depth - 1, setting.channels, setting.seed, given, SIDE, TARGET, CLASSES)
        self._told.setText(text.format(*values))
        self.setAccessibleDescription(self._told.text())

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self.setAccessibleName(self.tr("Size of the gradient in each layer"))
        self._layers.setText(self.tr("Layers"))
        self._slider.setAccessibleName(self.tr("Number of layers"))
        self._slider.setToolTip(self.tr("Number of layers, from {0} to {1}").format(LEAST_DEPTH, MOST_DEPTH))
        self._count.setMinimumWidth(self._count.fontMetrics().horizontalAdvance("00"))
        self._told.setStyleSheet(f"font-size: {theme.current().px(13)}px;")
        self._weights.setText(self.tr("Weights"))
        self._start.setAccessibleName(self.tr("Weights at the start"))
        small = self.tr("Uniform from −1/√n to 1/√n, as layers of torch begin; n inputs of a neuron")
        he = self.tr("Normal with the variance 2/n (He et al., 2015); n inputs of a neuron")
        self._start.set_options([("small", self.tr("Small"), small), ("he", self.tr("He"), he)])
        self._given.setAccessibleName(self.tr("Input"))
        photo = self.tr("The photograph of the cat, {0} × {0}").format(SIDE)
        noise = self.tr("Normal random numbers, {0} × {0}").format(SIDE)
        self._given.set_options([("photo", self.tr("Photograph"), photo), ("noise", self.tr("Noise"), noise)])
        self._norm.setText(self.tr("Batch norm"))
        self._norm.setToolTip(self.tr("Batch normalisation after every convolution"))
        self._again.setText(self.tr("Other weights"))
        self._again.setToolTip(self.tr("Draw other weights: the next seed"))
        self._plot.retranslate()
        self._note()
        self._describe()
        self._fit_rows()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the language."""
        super().changeEvent(event)
        if self._theme is None:
            return
        if event.type() == QEvent.Type.LanguageChange or self._theme != theme.current():
            self._theme = theme.current()
            self.retranslate()


def _wide(*parts: QWidget) -> int:
    """Return the width of controls in one row."""
    return sum(part.sizeHint().width() for part in parts) + (len(parts) - 1) * _SPACING_PX
