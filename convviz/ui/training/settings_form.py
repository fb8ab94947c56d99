"""Fields for the data and for how a network learns."""

from PySide6.QtCore import QLocale, Signal, Slot
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QFormLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from convviz.core.lessons import parse_answer
from convviz.core.number_style import written
from convviz.nets.learn.data import Data
from convviz.nets.learn.settings import MOST_BATCH, MOST_EPOCHS, Loss, Optimiser, TrainingPlan
from convviz.ui.widgets.labels import label

MOST_RATE, MOST_SEED = 1000.0, 999_999


class RateBox(QDoubleSpinBox):
    """A learning rate; its steps go 1, 2, 5, 10."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDecimals(6)
        self.setRange(0.000001, MOST_RATE)
        self.setKeyboardTracking(False)

    def stepBy(self, steps: int) -> None:
        """Go to the next of 1, 2 and 5 times a power of ten."""
        ladder = [m * 10.0**e for e in range(-6, 4) for m in (1, 2, 5)]
        at = min(range(len(ladder)), key=lambda n: abs(ladder[n] - self.value()) / ladder[n])
        self.setValue(ladder[max(0, min(len(ladder) - 1, at + steps))])

    def textFromValue(self, value: float) -> str:
        """Return the number without noughts at its end."""
        text = f"{value:.6f}".rstrip("0")
        return written(text + "0" if text.endswith(".") else text)

    def valueFromText(self, text: str) -> float:
        """Return the number that is written with a point or a comma."""
        number = parse_answer(text)
        return self.value() if number is None else number

    def validate(self, text: str, pos: int) -> tuple[QValidator.State, str, int]:
        """Take both a point and a comma as the decimal sign."""
        sign = self.locale().decimalPoint()
        state, _, _ = super().validate(text.replace(",", sign).replace(".", sign), pos)
        return state, text, pos

    def retranslate(self) -> None:
        """Write the number with the decimal sign of the language in force."""
        self.setLocale(QLocale())


class SettingsForm(QWidget):
    """Chooses data, loss, optimiser and their numbers."""

    data_chosen = Signal(str)  # value of Data
    edited = Signal()  # something a new run begins with
    rate_edited = Signal(float)  # the learning rate, which takes effect at once

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._setting = False
        self.data, self.loss, self.optimiser = (QComboBox(self) for _ in range(3))
        self.rate = RateBox(self)
        self.batch, self.epochs, self.seed = (QSpinBox(self) for _ in range(3))
        self.batch.setRange(1, MOST_BATCH)
        self.epochs.setRange(1, MOST_EPOCHS)
        self.seed.setRange(0, MOST_SEED)
        self._captions: dict[str, QLabel] = {}
        self._form = QFormLayout()
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(4)
        for name in ("data", "loss", "optimiser", "rate", "batch", "epochs", "seed"):
            field = getattr(self, name)
            field.setObjectName(f"training-{name}")
            caption = label("caption")
            caption.setBuddy(field)
            self._captions[name] = caption
            if name == "data":
                # The names of data are the longest: they have the line to themselves.
                self._form.addRow(caption)
                self._form.addRow(field)
            else:
                self._form.addRow(caption, field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._form)
        for box in (self.batch, self.epochs, self.seed):
            box.setKeyboardTracking(False)
            box.valueChanged.connect(self._edit)
        for combo in (self.loss, self.optimiser):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.currentIndexChanged.connect(self._edit)
        self.data.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.data.activated.connect(lambda _: self.data_chosen.emit(self.data.currentData()))
        self.rate.valueChanged.connect(self._edit_rate)
        self.retranslate()

    def set_plan(self, plan: TrainingPlan) -> None:
        """Show the settings ``plan`` without announcing it."""
        self._setting = True
        self.loss.setCurrentIndex(self.loss.findData(plan.loss.value))
        self.optimiser.setCurrentIndex(self.optimiser.findData(plan.optimiser.value))
        self.rate.setValue(plan.rate)
        self.batch.setValue(plan.batch)
        self.epochs.setValue(plan.epochs)
        self.seed.setValue(plan.seed)
        self._setting = False

    def set_data(self, data: Data) -> None:
        """Show ``data`` as the one in force."""
        self.data.setCurrentIndex(self.data.findData(data.value))

    @property
    def plan(self) -> TrainingPlan:
        """The settings as they are."""
        return TrainingPlan(
            Loss(self.loss.currentData()),
            Optimiser(self.optimiser.currentData()),
            self.rate.value(),
            self.batch.value(),
            self.epochs.value(),
            self.seed.value(),
        )

    @Slot()
    def _edit(self) -> None:
        if not self._setting:
            self.edited.emit()

    @Slot(float)
    def _edit_rate(self, rate: float) -> None:
        if not self._setting:
            self.rate_edited.emit(rate)

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self._setting = True
        data = {
            Data.FRAGMENTS: self.tr("Count the 11: all 64"),
            Data.LECTURE: self.tr("Count the 11: three"),
            Data.STRIPES: self.tr("Stripes"),
            Data.SHAPES: self.tr("Shapes"),
            Data.DIGITS: self.tr("Drawn digits"),
            Data.FOLDER: self.tr("Your folder…"),
            Data.MNIST: self.tr("MNIST (folder)…"),
            Data.FASHION: self.tr("{0} (folder)…").format("Fashion-MNIST"),
            Data.CIFAR10: self.tr("CIFAR-10 (folder)…"),
        }
        losses = {Loss.SQUARED: self.tr("squared error"), Loss.CROSS_ENTROPY: self.tr("cross-entropy")}
        optimisers = {
            Optimiser.SGD: "SGD",
            Optimiser.MOMENTUM: self.tr("SGD with momentum"),
            Optimiser.ADAM: "Adam",
        }
        for combo, options in ((self.data, data), (self.loss, losses), (self.optimiser, optimisers)):
            at = max(0, combo.currentIndex())
            combo.clear()
            for key, text in options.items():
                combo.addItem(text, key.value)
            combo.setCurrentIndex(at)
        self._setting = False
        names = {
            "data": self.tr("&Data"),
            "loss": self.tr("Loss"),
            "optimiser": self.tr("Optimiser"),
            "rate": self.tr("&Learning rate"),
            "batch": self.tr("Batch"),
            "epochs": self.tr("Epochs"),
            "seed": self.tr("Seed"),
        }
        for name, text in names.items():
            getattr(self, name).setAccessibleName(text.replace("&", ""))
            self._captions[name].setText(text)
        self.data.setToolTip(self.tr("Your own folder holds one folder of pictures per class"))
        self.rate.setToolTip(self.tr("Takes effect at once, also while the network learns"))
