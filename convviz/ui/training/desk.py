"""The desk of the training room: what is chosen at the left, how it learns beside it."""

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from convviz.core.text import QT_TRANSLATE_NOOP, Sentence
from convviz.nets.learn.by_hand import PLAN as BY_HAND
from convviz.nets.learn.data import NEEDS_FOLDER, Data
from convviz.nets.learn.history import Figures
from convviz.nets.learn.look import Look
from convviz.nets.learn.plan import NetworkPlan, describe, with_outputs
from convviz.nets.learn.samples import Samples
from convviz.nets.learn.settings import Loss
from convviz.nets.learn.starts import start_network, start_settings
from convviz.ui import theme
from convviz.ui.language import say
from convviz.ui.training.charts import ConfusionMatrix, Curves, GradientBars
from convviz.ui.training.layer_list import LayerList
from convviz.ui.training.settings_form import SettingsForm
from convviz.ui.training.tiles import Row, Tile, Tiles, activation, signed
from convviz.ui.training.trainer import Begin, Seen, Trainer, first_picture, problem_of
from convviz.ui.widgets.arithmetic_line import ArithmeticLine
from convviz.ui.widgets.labels import label
from convviz.ui.widgets.problem_bar import ProblemBar
from convviz.work.threads import WorkerThread

_SIDE_PX = 344
_RESTART_MS = 250


class TrainingDesk(QWidget):
    """A network of the user's making learns here.

    Parameters
    ----------
    thread : WorkerThread
        Where it learns.
    parent : QWidget, optional
        Owner.
    """

    defect = Signal(str)  # details of an error nobody foresaw
    open_requested = Signal(str)  # path of a saved network, for the network room

    def __init__(self, thread: WorkerThread, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training-desk")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.trainer = Trainer(thread, self)
        self.samples: Samples | None = None
        self._seen: Seen | None = None
        self._data, self._folder = Data.FRAGMENTS, ""
        self._past: int | None = None
        self._hand: Figures | None = None
        self._is_by_hand = False
        self._wants_start = True
        self._restart = QTimer(self, singleShot=True, interval=_RESTART_MS)
        self._restart.timeout.connect(self.reset)
        self.form, self.layers = SettingsForm(self), LayerList(self)
        self.problem = ProblemBar(self)
        self.curves = Curves(self)
        self.filters, self.maps = Tiles("training-filters"), Tiles("training-maps")
        self.worst = Tiles("training-worst", chooses=True)
        self.gradients, self.confusion = GradientBars(self), ConfusionMatrix(self)
        self.formula = ArithmeticLine(self)
        self._build_transport()
        self._build_layout()
        self._connect()
        self.retranslate()
        self._begin(Data.FRAGMENTS, "")

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
        self.state = label("formula", name="training-state")

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
        top = QHBoxLayout()
        top.setSpacing(8)
        for button in (self.play, self.step, self.epoch, self.again):
            top.addWidget(button)
        top.addWidget(self.scrubber, 1)
        self.cards = QWidget(self)
        columns = QHBoxLayout(self.cards)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(8)
        for parts in (
            (("filters", self.filters),),
            (("maps", self.maps),),
            (("gradients", self.gradients), ("confusion", self.confusion), ("worst", self.worst)),
        ):
            columns.addWidget(self._card(parts), 1)
        centre = QVBoxLayout()
        centre.setContentsMargins(12, 12, 12, 12)
        centre.setSpacing(8)
        centre.addLayout(top)
        centre.addWidget(self.state)
        centre.addWidget(self.problem)
        centre.addWidget(self.curves, 2)
        centre.addWidget(self.cards, 3)
        centre.addWidget(self.formula)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.side)
        layout.addLayout(centre, 1)

    def _card(self, parts: tuple[tuple[str, QWidget], ...]) -> QWidget:
        inner = QWidget(self)
        inner.setProperty("role", "panel")
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(inner)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        for name, widget in parts:
            column.addWidget(self._headings[name])
            column.addWidget(widget)
        column.addStretch(1)
        return _scrolled(inner, f"training-card-{parts[0][0]}")

    def _connect(self) -> None:
        self.trainer.seen.connect(self._show)
        self.trainer.failed.connect(self._refuse)
        self.trainer.defect.connect(self.defect)
        self.trainer.saved.connect(self._tell_saved)
        self.trainer.playing_changed.connect(self._show_playing)
        self.form.data_chosen.connect(self._choose_data)
        self.form.edited.connect(self._edit)
        self.form.rate_edited.connect(self._set_rate)
        self.layers.edited.connect(self._edit)
        self.play.clicked.connect(self.toggle)
        self.step.clicked.connect(self.one_step)
        self.epoch.clicked.connect(self.one_epoch)
        self.again.clicked.connect(self.reset)
        self.hand.clicked.connect(self.load_by_hand)
        self.save.clicked.connect(self.ask_save)
        self.scrubber.valueChanged.connect(self._scrub)
        self.worst.chosen.connect(self._choose_picture)
        self.problem.acted.connect(self._act)

    # What the user does

    def do(self, action: str) -> None:
        """Do what a menu asks for: ``play``, ``step``, ``epoch``, ``reset``, ``by-hand`` or ``save``."""
        actions = {
            "play": self.play,
            "step": self.step,
            "epoch": self.epoch,
            "reset": self.again,
            "by-hand": self.hand,
            "save": self.save,
        }
        actions[action].click()

    @Slot()
    def toggle(self) -> None:
        """Go on, or pause."""
        self._leave_past()
        run = self.trainer.run
        if run is not None and run.done:
            self.problem.show_note(
                self.tr("All epochs are done. Another seed, or another number of epochs, begins anew.")
            )
            self._saved = ""
            return
        self.trainer.set_playing(not self.trainer.playing)

    @Slot()
    def one_step(self) -> None:
        """Learn from one batch."""
        self._move("step")

    @Slot()
    def one_epoch(self) -> None:
        """Learn to the end of the epoch."""
        self._move("epoch")

    def _move(self, how: str) -> None:
        self._leave_past()
        self.trainer.set_playing(False)
        run = self.trainer.run
        if run is not None and not run.done and not self.trainer.busy:
            self.trainer.go(how)

    @Slot()
    def reset(self) -> None:
        """Begin anew with the settings and layers as they are."""
        self._restart.stop()
        self._is_by_hand = False
        self._begin(self._data, self._folder)

    @Slot()
    def load_by_hand(self) -> None:
        """Load the lecture's network with the weights thought out by hand."""
        self._is_by_hand = True
        if self._data not in (Data.FRAGMENTS, Data.LECTURE):
            self._data = Data.FRAGMENTS
        self.layers.set_plan(BY_HAND, (1, 2, 3))
        self.form.loss.setCurrentIndex(self.form.loss.findData(Loss.SQUARED.value))
        self._restart.stop()
        self.form.set_data(self._data)
        self._begin(self._data, "")

    @Slot()
    def ask_save(self) -> None:
        """Ask for a file and write the network of the epoch on screen to it."""
        if self.trainer.run is None:
            return
        path, _ = QFileDialog.getSaveFileName(
            self.window(), self.tr("Save the network"), "network.safetensors", "safetensors (*.safetensors)"
        )
        if path:
            self.save_to(path)

    def save_to(self, path: str) -> None:
        """Write the network of the epoch on screen to ``path``."""
        path = path if path.lower().endswith(".safetensors") else f"{path}.safetensors"
        run = self.trainer.run
        if run is not None:
            self.trainer.save(run.epoch if self._past is None else self._past, path)

    @Slot(str)
    def _choose_data(self, data: str) -> None:
        chosen, folder = Data(data), ""
        if chosen in NEEDS_FOLDER:
            folder = QFileDialog.getExistingDirectory(self.window(), self.tr("Folder with the pictures"))
            if not folder:
                self.form.set_data(self._data)
                return
        self.open_data(chosen, folder)

    def open_data(self, data: Data, folder: str = "") -> None:
        """Learn from other data, with layers and settings that suit them."""
        self._wants_start = True
        self._is_by_hand = False
        self._restart.stop()
        self._begin(data, folder)

    def _begin(self, data: Data, folder: str) -> None:
        self._past = None
        self.problem.clear()
        same = data is self._data and folder == self._folder and not self._wants_start
        self._asked = data, folder
        network = self.layers.plan if same else None
        if same and self.samples is not None and not self._check():
            return
        hand = self._is_by_hand
        self.trainer.begin(Begin(data, folder, network, self.form.plan, hand))

    def _check(self) -> bool:
        """Say why the layers cannot learn, and return whether they can."""
        assert self.samples is not None
        problem = problem_of(self.layers.plan, self.samples, self.form.plan)
        self.layers.show_problem(problem)
        self._enable(problem is None)
        return problem is None

    @Slot()
    def _edit(self) -> None:
        """Begin anew soon, if what was edited can work."""
        if self.samples is None:
            return
        self.trainer.set_playing(False)
        squared = self.form.plan.loss is Loss.SQUARED
        wanted = self.samples.outputs(squared)
        # Another loss on counts wants another number of outputs; that is not for the user to work out.
        if self.sender() is self.form:
            self.layers.set_plan(with_outputs(self.layers.plan, wanted), self.samples.shape)
        self._is_by_hand = False
        if self._check():
            self._restart.start()
        else:
            self._restart.stop()

    @Slot(float)
    def _set_rate(self, rate: float) -> None:
        self.trainer.rate = rate

    @Slot(int)
    def _scrub(self, epoch: int) -> None:
        run = self.trainer.run
        if run is None:
            return
        self.trainer.set_playing(False)
        self._past = None if epoch >= run.epoch else epoch
        self.trainer.go("look", self._past)

    def _leave_past(self) -> None:
        self._past = None
        self.problem.clear()

    @Slot(int)
    def _choose_picture(self, picture: int) -> None:
        self.trainer.picture = picture
        if not self.trainer.playing:
            self.trainer.go("look", self._past)

    @Slot()
    def _act(self) -> None:
        """Do what the sentence on screen offers: another seed, or the saved network."""
        saved = self._saved
        self.problem.clear()
        if saved:
            self.open_requested.emit(saved)
        else:
            self.form.seed.setValue(self.form.seed.value() + 1)

    # What is shown

    _saved = ""

    @Slot(object)
    def _show(self, seen: Seen) -> None:
        self.samples = seen.samples
        if seen.run is None:
            self._take_data(seen.samples)
            return
        first = self._seen is None or self._seen.run is not seen.run
        self._seen = seen
        if first:
            self.trainer.picture = first_picture(seen.samples)
            self._hand = seen.hand
        self._enable(True)
        self._show_scrubber(seen)
        assert seen.look is not None
        self.curves.show_figures(list(seen.run.history.figures), self._past)
        self._show_look(seen.samples, seen.look)
        self._show_state()
        if seen.run.stuck and not self.trainer.playing:
            self._say_stuck(seen.look)

    def _take_data(self, samples: Samples) -> None:
        """Begin with layers and settings that suit new data."""
        self._data, self._folder = self._asked
        self._wants_start = False
        self.form.set_data(self._data)
        self.form.set_plan(start_settings(samples, self.form.seed.value() or 1))
        network: NetworkPlan = BY_HAND if self._is_by_hand else start_network(samples)
        self.layers.set_plan(network, samples.shape)
        self.layers.show_problem(None)
        self._begin(self._data, self._folder)

    def _show_scrubber(self, seen: Seen) -> None:
        assert seen.run is not None
        self.scrubber.blockSignals(True)
        self.scrubber.setRange(0, max(seen.run.epoch, 1))
        self.scrubber.setValue(seen.run.epoch if self._past is None else self._past)
        self.scrubber.blockSignals(False)

    def _show_look(self, samples: Samples, look: Look) -> None:
        layers = self.layers.plan.layers
        names = [f"{n + 1} · {say(describe(layer))}" for n, layer in enumerate(layers)]
        rows = []
        for one in look.filters:
            tiles = [Tile(signed(_flat(weights))) for weights in one.weights]
            rows.append(Row(names[one.layer], tuple(tiles)))
        self.filters.show_rows(tuple(rows))
        rows = [Row(samples.classes[samples.labels[look.picture]], (Tile(samples.pixels[look.picture]),))]
        for name, maps in zip(names, look.maps, strict=True):
            shown = maps if maps.ndim == 3 else maps.reshape(1, 1, -1)
            low, high = float(shown.min(initial=0)), float(shown.max(initial=0))
            rows.append(Row(name, tuple(Tile(activation(one, low, high)) for one in shown)))
        self.maps.show_rows(tuple(rows))
        kinds = [self.layers.kind_name(layer.kind) for layer in layers]
        learned = [f"{one.layer + 1} · {kinds[one.layer]}" for one in look.filters]
        self.gradients.show_values(tuple(zip(learned, look.gradients, strict=False)))
        self.confusion.show_counts(look.figures.confusion, samples.classes)
        worst = tuple(
            Tile(samples.pixels[n], f"{samples.classes[samples.labels[n]]}→{samples.classes[taken]}", n)
            for n, taken, _ in look.figures.worst
        )
        self.worst.show_rows((Row("", worst),))
        self.formula.setVisible(bool(look.lines))
        if look.lines:
            self.formula.set_cell(self.tr("The network as one expression"), look.lines)

    def _show_state(self) -> None:
        if self._seen is None or self._seen.look is None or self._seen.run is None:
            return
        figures = self._seen.look.figures
        parts = [
            self.tr("epoch {0} of {1}").format(figures.epoch, self._seen.run.plan.epochs),
            self.tr("step {0}").format(figures.step if self._past is not None else self._seen.run.step_count),
            self.tr("loss {0} / {1}").format(f"{figures.loss:.4f}", f"{figures.val_loss:.4f}"),
            self.tr("right {0} / {1}").format(f"{figures.accuracy:.0%}", f"{figures.val_accuracy:.0%}"),
        ]
        if self._hand is not None:
            right, hand = int(np.trace(figures.confusion)), int(np.trace(self._hand.confusion))
            by_hand = (
                self.tr("these are by hand") if self._is_by_hand else self.tr("by hand {0}").format(hand)
            )
            parts.append(self.tr("of all 64 pictures right: {0}; {1}").format(right, by_hand))
        self.state.setText("   ".join(parts))

    def _say_stuck(self, look: Look) -> None:
        self._saved = ""
        sentence = Sentence(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "With this seed the training is stuck: the loss stands still at {loss}. A filter that "
                "answers 0 to every picture learns no more. Try another seed.",
            ),
            {"loss": f"{look.figures.loss:.3f}"},
        )
        self.problem.show_note(say(sentence), self.tr("Next seed"))

    @Slot(object)
    def _refuse(self, sentence: Sentence) -> None:
        self._saved = ""
        self.form.set_data(self._data)
        self.problem.show_problem(say(sentence))
        if self.trainer.run is None and self._seen is not None and self._seen.run is not None:
            # What cannot be opened leaves the last run as it was.
            self.trainer.run = self._seen.run
            self._wants_start = False

    @Slot(str)
    def _tell_saved(self, path: str) -> None:
        self._saved = path
        self.problem.show_note(self.tr("Saved: {0}").format(path), self.tr("Open in the network room"))

    @Slot(bool)
    def _show_playing(self, on: bool) -> None:
        self.play.setText(self.tr("Pause") if on else self.tr("Play"))
        self.play.setAccessibleName(self.play.text())
        run = self.trainer.run
        if (
            not on
            and run is not None
            and self._seen is not None
            and self._seen.look is not None
            and run.stuck
        ):
            self._say_stuck(self._seen.look)

    def _enable(self, on: bool) -> None:
        for button in (self.play, self.step, self.epoch, self.save):
            button.setEnabled(on)

    def set_panel_visible(self, on: bool) -> None:
        """Show or hide the panel at the left."""
        self.side.setVisible(on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays and pauses, → steps, E runs an epoch, R begins anew."""
        keys = {
            Qt.Key.Key_Space: "play",
            Qt.Key.Key_Right: "step",
            Qt.Key.Key_E: "epoch",
            Qt.Key.Key_R: "reset",
        }
        action = keys.get(Qt.Key(event.key()))
        if action is None or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
        else:
            self.do(action)

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self.side.setFixedWidth(theme.current().px(_SIDE_PX))
        self._show_playing(self.trainer.playing)
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
        line = self.formula.focusProxy()
        assert line is not None
        line.setAccessibleName(self.tr("The network as one expression"))
        self.scrubber.setAccessibleName(self.tr("Epoch"))
        self.scrubber.setToolTip(self.tr("Drag back to see the network as it was"))
        headings = {
            "filters": self.tr("Weights"),
            "maps": self.tr("Maps of one picture"),
            "gradients": self.tr("Size of the gradient"),
            "confusion": self.tr("Which class (rows) is taken for which"),
            "worst": self.tr("Most wrong; click for its maps"),
        }
        for name, text in headings.items():
            self._headings[name].setText(text)
        for name, tiles in (("filters", self.filters), ("maps", self.maps), ("worst", self.worst)):
            tiles.setAccessibleName(headings[name])
        if self._seen is not None and self._seen.look is not None:
            self._show_look(self._seen.samples, self._seen.look)
            self._show_state()


def _scrolled(inner: QWidget, name: str) -> QScrollArea:
    area = QScrollArea()
    area.setObjectName(name)
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def _flat(
    weights: np.ndarray[tuple[int, ...], np.dtype[np.float32]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Return the channels of a filter (C, kh, kw) beside each other, or its mean where there are many."""
    if len(weights) <= 3:
        return np.concatenate(list(weights), 1)
    return np.asarray(weights.mean(0), np.float32)
