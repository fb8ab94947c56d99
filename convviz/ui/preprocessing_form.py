"""The fields for what is done to a picture before a network of the user's sees it."""

import dataclasses
import re
from contextlib import suppress

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QLineEdit, QWidget

from convviz.core.number_style import spelled
from convviz.core.text import Problem
from convviz.files.matrices import parse_number
from convviz.nets.known_preprocessing import Known, known_preprocessing
from convviz.nets.preprocessing import MAX_SIDE, Fit, Preprocessing
from convviz.ui.preprocessing_start import KEPT, STATED, USUAL, Start
from convviz.ui.widgets.labels import label, row
from convviz.ui.widgets.number_field import NumberField

CROP, WHOLE, STRETCH, AS_IS = "crop", "whole", "stretch", "as-is"
RGB, BGR, GREY = "rgb", "bgr", "grey"
UNIT, BYTES = "1", "255"
_FITS = {CROP: Fit.SHORTER, WHOLE: Fit.SHORTER, STRETCH: Fit.EXACT, AS_IS: Fit.NONE}
_IMAGENET = known_preprocessing(Known.IMAGENET, Preprocessing())


class PreprocessingForm(QWidget):
    """Asks for size, fit, colours, mean and deviation; or leaves them to the network.

    Parameters
    ----------
    start : Start
        What is known of the model's pictures.
    parent : QWidget
        Owner.
    """

    changed = Signal()  # something else is asked for now, or something that is wrong

    def __init__(self, start: Start, parent: QWidget) -> None:
        super().__init__(parent)
        self._start = start
        self._base = start.first
        # Whether the fields are being filled in, not by the user.
        self._filling = False
        self.automatic = QCheckBox(self)
        self.automatic.setObjectName("preprocessing-automatic")
        self.width_field, self.height_field = self._side("input-width"), self._side("input-height")
        self.shorter = self._side("shorter-side")
        self.known = QComboBox(self)
        self.known.setObjectName("known-preprocessing")
        self.fit = self._combo("picture-fit", (CROP, WHOLE, STRETCH, AS_IS))
        self.colours = self._combo("input-colours", (RGB, BGR, GREY))
        self.white = self._combo("input-white", (UNIT, BYTES))
        self.mean, self.std = self._line("input-mean"), self._line("input-std")
        self._labels = [label() for _ in range(8)]
        self._lay_out()
        self._show(self._base)
        self.automatic.setChecked(start.kept is None and start.stated is None)
        self.automatic.toggled.connect(self._toggle)
        self.known.activated.connect(self._take_known)
        self.fit.currentIndexChanged.connect(self._changed)
        self.white.currentIndexChanged.connect(self._changed)
        self.colours.currentIndexChanged.connect(self._suit_channels)
        for field in (self.width_field, self.height_field, self.shorter):
            field.value_changed.connect(self._changed)
        for line in (self.mean, self.std):
            line.textChanged.connect(self._changed)
        self.retranslate()
        self._changed()

    def _side(self, name: str) -> NumberField:
        field = NumberField(self)
        field.setObjectName(name)
        field.set_whole(4)
        field.set_range(1, MAX_SIDE)
        return field

    def _combo(self, name: str, options: tuple[str, ...]) -> QComboBox:
        combo = QComboBox(self)
        combo.setObjectName(name)
        for option in options:
            combo.addItem("", option)
        return combo

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(name)
        return line

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.automatic)
        size = QWidget(self)
        sides = row(self.width_field, QLabel("×", self), self.height_field)
        sides.setStretch(2, 1)
        size.setLayout(sides)
        fields = (self.known, size, self.fit, self.shorter, self.colours, self.white, self.mean, self.std)
        for text, field in zip(self._labels, fields, strict=True):
            form.addRow(text, field)
        self._labels[1].setBuddy(self.width_field)

    def set_usual(self, usual: Preprocessing | None) -> None:
        """Take what another architecture was made for; shown while pictures are prepared as usual.

        None where that is found out only when the network is opened.
        """
        if usual != self._start.usual:
            self._start = dataclasses.replace(self._start, usual=usual)
            self._list_known()
            if self.automatic.isChecked():
                self._fill(self._start.first)

    def _fill(self, steps: Preprocessing) -> None:
        """Put settings into the fields."""
        self._base, self._filling = steps, True
        self._show(steps)
        self._filling = False
        self._changed()

    @Slot()
    def _toggle(self) -> None:
        """Show again what is usual for the network as soon as that is what counts."""
        if self.automatic.isChecked():
            self._fill(self._start.usual or self._start.first)
        else:
            self._changed()

    @Slot(int)
    def _take_known(self, index: int) -> None:
        now = self._base
        # What is wrong in the fields is going to be replaced.
        with suppress(Problem):
            now = self._asked()
        self._fill(self._start.steps(self.known.itemData(index), now))

    def _show(self, steps: Preprocessing) -> None:
        self.height_field.set_value(steps.size[0])
        self.width_field.set_value(steps.size[1])
        self.shorter.set_value(steps.shorter)
        fit = {Fit.EXACT: STRETCH, Fit.NONE: AS_IS}.get(steps.fit, CROP if steps.crop else WHOLE)
        self.fit.setCurrentIndex(self.fit.findData(fit))
        colours = GREY if steps.channels == 1 else BGR if steps.bgr else RGB
        self.colours.setCurrentIndex(self.colours.findData(colours))
        self.white.setCurrentIndex(self.white.findData(BYTES if steps.scale == float(BYTES) else UNIT))
        self.mean.setText(_text(steps.mean))
        self.std.setText(_text(steps.std))

    def preprocessing(self) -> Preprocessing | None:
        """Return what is asked for; None for what the network was made for.

        Raises
        ------
        Problem
            If a field is wrong.
        """
        return None if self.automatic.isChecked() else self._asked()

    def _asked(self) -> Preprocessing:
        fit = self.fit.currentData()
        return dataclasses.replace(
            self._base,
            size=(int(self.height_field.value()), int(self.width_field.value())),
            fit=_FITS[fit],
            shorter=int(self.shorter.value()),
            crop=fit == CROP,
            channels=1 if self.colours.currentData() == GREY else 3,
            bgr=self.colours.currentData() == BGR,
            mean=_numbers(self.mean.text()),
            std=_numbers(self.std.text()),
            scale=float(self.white.currentData()),
        )

    @Slot()
    def _suit_channels(self) -> None:
        """Put usual numbers where there are too many or too few for the colours."""
        if self._filling:
            return
        channels = 1 if self.colours.currentData() == GREY else 3
        usual = ((0.5,), (0.5,)) if channels == 1 else (_IMAGENET.mean, _IMAGENET.std)
        for line, numbers in zip((self.mean, self.std), usual, strict=True):
            if len(line.text().split()) != channels:
                line.setText(_text(numbers))
        self._changed()

    @Slot()
    def _changed(self) -> None:
        if self._filling:
            return
        own, fit = not self.automatic.isChecked(), self.fit.currentData()
        for widget in (self.known, self.fit, self.colours, self.white, self.mean, self.std):
            widget.setEnabled(own)
        # Where the whole picture is shown, nothing but the shorter side counts; and as it is, nothing.
        for field in (self.width_field, self.height_field):
            field.setEnabled(own and fit in (CROP, STRETCH))
        self.shorter.setEnabled(own and fit in (CROP, WHOLE))
        self._name_known()
        self.changed.emit()

    def _list_known(self) -> None:
        """List the settings that have a name, in the language in force."""
        names = {
            KEPT: self.tr("as it was opened last time"),
            STATED: self.tr("as the file says"),
            USUAL: self.tr("as for this architecture"),
            Known.IMAGENET: self.tr("ImageNet: colours, 224 × 224"),
            Known.UNIT: self.tr("0 to 1, not normalised"),
            Known.CENTRED: self.tr("−1 to 1"),
            Known.CIFAR10: self.tr("CIFAR-10: colours, 32 × 32"),
            Known.MNIST: self.tr("MNIST: grey, 28 × 28"),
        }
        self.known.clear()
        for which in self._start.options():
            self.known.addItem(names[which], which)
        self.known.setPlaceholderText(self.tr("settings of your own"))
        self._name_known()

    def _name_known(self) -> None:
        """Name the settings in the fields, if they have a name."""
        try:
            now: Preprocessing | None = self._asked()
        except Problem:
            now = None
        named = [which for which in self._start.options() if now and self._start.steps(which, now) == now]
        self.known.setCurrentIndex(self.known.findData(named[0]) if named else -1)

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self.automatic.setText(self.tr("&Prepare pictures as usual for it"))
        texts = (
            self.tr("Known settings"),
            self.tr("Input, width × height"),
            self.tr("Picture"),
            self.tr("Shorter side"),
            self.tr("Colours"),
            self.tr("White becomes"),
            self.tr("Mean"),
            self.tr("Deviation"),
        )
        fields = (
            self.known,
            self.width_field,
            self.fit,
            self.shorter,
            self.colours,
            self.white,
            self.mean,
            self.std,
        )
        for widget, text, field in zip(self._labels, texts, fields, strict=True):
            widget.setText(text)
            field.setAccessibleName(text)
        self.width_field.setAccessibleName(self.tr("Width of the input"))
        self.height_field.setAccessibleName(self.tr("Height of the input"))
        for line in (self.mean, self.std):
            line.setToolTip(self.tr("One number per channel, with spaces between"))
        self.known.setToolTip(
            self.tr("Fill the fields in with settings that many networks were trained with")
        )
        self._list_known()
        options = {
            self.fit: (
                self.tr("middle, cropped"),
                self.tr("whole, resized"),
                self.tr("whole, stretched to the input"),
                self.tr("whole, as it is"),
            ),
            self.colours: (self.tr("red, green, blue"), self.tr("blue, green, red"), self.tr("grey")),
            self.white: (UNIT, BYTES),
        }
        for combo, names in options.items():
            for index, name in enumerate(names):
                combo.setItemText(index, name)


def _text(numbers: tuple[float, ...]) -> str:
    return " ".join(spelled(number, ".9g") for number in numbers)


def _numbers(text: str) -> tuple[float, ...]:
    """Return the numbers written in ``text``; none that is wrong gets through.

    Raises
    ------
    Problem
        If one is no number.
    """
    words = [word.strip(",") for word in re.split(r"[\s;]+", text)]
    # Without a point, a single comma within a word is a decimal one: 0,485.
    parts = [re.split(",", word) if "." in word or word.count(",") > 1 else [word] for word in words]
    return tuple(parse_number(part) for word in parts for part in word if part)
