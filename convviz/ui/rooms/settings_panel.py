"""How the filters move and what follows them: stride, padding, dilation, bias, activation, pooling."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from convviz.core.counting import weights_formula
from convviz.core.limits import MAX_DILATION, MAX_KERNEL, MAX_PADDING, MAX_STRIDE, Pair
from convviz.core.shown import grouped
from convviz.core.specs import Activation, ConvSpec, Operation, PaddingMode, PoolKind, PoolSpec, size_formula
from convviz.core.text import Problem
from convviz.ui.session import Session
from convviz.ui.state import State
from convviz.ui.widgets.activation_plot import ActivationPlot
from convviz.ui.widgets.labels import field_row, label, row
from convviz.ui.widgets.number_field import NumberField
from convviz.ui.widgets.pair_field import PairField
from convviz.ui.widgets.segmented import Segmented

_NONE = "none"
_NUMBER = "number"
_POOL_FIELDS = ("pool_size", "pool_stride", "pool_padding")


class SettingsPanel(QWidget):
    """Edits the layer settings of the session.

    Parameters
    ----------
    session : Session
        What is edited.
    parent : QWidget, optional
        Owner.
    """

    problem = Signal(object)  # Sentence: why an edit could not be made

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.operation = Segmented(self)
        self.stride = self._pair("stride", 1, MAX_STRIDE)
        self.padding = self._pair("padding", 0, MAX_PADDING)
        self.padding_kind = self._combo("padding-kind")
        self.padding_mode = self._combo("padding-mode")
        self.dilation = self._pair("dilation", 1, MAX_DILATION)
        self.bias = NumberField(self)
        self.bias.setObjectName("bias")
        self.activation = self._combo("activation")
        self.plot = ActivationPlot(self)
        self.pool = self._combo("pooling")
        self.pool_size = self._pair("pool-size", 1, MAX_KERNEL)
        self.pool_stride = self._pair("pool-stride", 1, MAX_KERNEL)
        self.pool_padding = self._pair("pool-padding", 0, MAX_KERNEL // 2)
        self.operation.setObjectName("operation")
        self._formula_caption = label("caption")
        self._weights_caption = label("caption")
        self._weights = label("formula", wrap=True, name="weights-formula")
        self._formula = label("formula", wrap=True, name="size-formula")
        names = ("stride", "padding", "dilation", "bias", "activation", "pool", *_POOL_FIELDS)
        self._labels = {name: label() for name in names}
        self._lay_out()
        self._connect()
        session.refreshed.connect(self._follow)
        self.retranslate()

    def _pair(self, name: str, low: int, high: int) -> PairField:
        field = PairField(self)
        field.set_range(low, high)
        field.setObjectName(name)
        return field

    def _combo(self, name: str) -> QComboBox:
        combo = QComboBox(self)
        combo.setObjectName(name)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return combo

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.operation)
        layout.addLayout(field_row(self._labels["stride"], self.stride))
        layout.addLayout(field_row(self._labels["padding"], self.padding))
        layout.addLayout(row(self.padding_kind, self.padding_mode))
        layout.addLayout(field_row(self._labels["dilation"], self.dilation))
        layout.addLayout(field_row(self._labels["bias"], self.bias))
        layout.addLayout(field_row(self._labels["activation"], self.activation))
        layout.addWidget(self.plot)
        layout.addLayout(field_row(self._labels["pool"], self.pool))
        for name in _POOL_FIELDS:
            layout.addLayout(field_row(self._labels[name], getattr(self, name)))
        layout.addWidget(self._formula_caption)
        layout.addWidget(self._formula)
        layout.addWidget(self._weights_caption)
        layout.addWidget(self._weights)

    def _connect(self) -> None:
        self.operation.chosen.connect(self._set_operation)
        pairs = {self.stride: "stride", self.dilation: "dilation", self.padding: "padding"}
        pairs |= {
            self.pool_size: "pool_size",
            self.pool_stride: "pool_stride",
            self.pool_padding: "pool_padding",
        }
        for field, name in pairs.items():
            field.pair_changed.connect(lambda y, x, name=name: self._set(name, (y, x)))
        self.padding_kind.activated.connect(self._set_padding_kind)
        self.padding_mode.activated.connect(
            lambda i: self._choose("padding_mode", PaddingMode(self.padding_mode.itemData(i)))
        )
        self.activation.activated.connect(
            lambda i: self._choose("activation", Activation(self.activation.itemData(i)))
        )
        self.pool.activated.connect(self._set_pool)
        self.bias.value_changed.connect(self._set_bias)
        self.bias.gesture_finished.connect(self._session.end_gesture)

    def _choose(self, name: str, value: object) -> None:
        """Make one choice out of a list: a step to undo of its own."""
        self._session.end_gesture()
        self._set(name, value)
        self._session.end_gesture()

    def _set(self, name: str, value: object) -> None:
        changed = self._session.state.with_settings(**{name: value})
        self._session.edit(changed, self._names()[name], name)

    def _set_operation(self, choice: str) -> None:
        self._choose("operation", None if choice == _NONE else Operation(choice))

    def _set_padding_kind(self, index: int) -> None:
        kind = self.padding_kind.itemData(index)
        self._choose("padding", self.padding.pair() if kind == _NUMBER else kind)

    def _set_pool(self, index: int) -> None:
        kind = self.pool.itemData(index)
        self._choose("pool", None if kind == _NONE else PoolKind(kind))

    def _set_bias(self, value: float) -> None:
        state = self._session.state
        try:
            changed = replace(state, bank=state.bank.with_bias(state.selected, value))
        except Problem as problem:
            self.problem.emit(problem.sentence)
            return
        self._session.edit(changed, self._names()["bias"], "bias")

    def _names(self) -> dict[str, str]:
        return {
            "operation": self.tr("operation"),
            "stride": self.tr("stride"),
            "dilation": self.tr("dilation"),
            "padding": self.tr("padding"),
            "padding_mode": self.tr("padding mode"),
            "activation": self.tr("activation"),
            "pool": self.tr("pooling"),
            "pool_size": self.tr("pooling size"),
            "pool_stride": self.tr("pooling stride"),
            "pool_padding": self.tr("pooling padding"),
            "bias": self.tr("bias"),
        }

    def _follow(self, before: State, state: State) -> None:
        s = state.settings
        self.bias.set_value(state.bank.biases[state.selected])
        if before is not state and state.is_like(before):
            return
        self.operation.set_choice(s.operation.value if s.operation else _NONE)
        self.stride.set_pair(s.stride)
        self.dilation.set_pair(s.dilation)
        self._show_padding(s.padding)
        _choose(self.padding_mode, s.padding_mode.value)
        _choose(self.activation, s.activation.value)
        self.plot.set_activation(s.activation)
        self.plot.setVisible(s.activation is not Activation.NONE)
        _choose(self.pool, s.pool.value if s.pool else _NONE)
        self.pool_size.set_pair(s.pool_size)
        self.pool_stride.set_pair(s.pool_stride or s.pool_size)
        self.pool_padding.set_pair(s.pool_padding)
        for name in _POOL_FIELDS:
            self._labels[name].setVisible(s.pool is not None)
            getattr(self, name).setVisible(s.pool is not None)
        convolving = s.operation is not None
        for widget in (self.stride, self.dilation, self.padding_kind, self.padding_mode, self.bias):
            widget.setEnabled(convolving)
        self.padding.setEnabled(convolving and not isinstance(s.padding, str))

    def _show_padding(self, padding: Pair | str) -> None:
        if isinstance(padding, str):
            _choose(self.padding_kind, padding)
        else:
            _choose(self.padding_kind, _NUMBER)
            self.padding.set_pair(padding)

    def show_sizes(self, stages: Sequence[tuple[ConvSpec | PoolSpec, Pair]]) -> None:
        """Write the output-size formula with the numbers in place.

        Parameters
        ----------
        stages : sequence of (spec, (rows, columns))
            Each window operation and the size of what it reads.
        """
        lines = []
        for spec, (rows, columns) in stages:
            vertical, horizontal = size_formula(spec, rows, 0), size_formula(spec, columns, 1)
            if vertical == horizontal:
                lines.append(vertical)
            else:
                lines.append(self.tr("rows: {0}").format(vertical))
                lines.append(self.tr("columns: {0}").format(horizontal))
        self._formula.setText("\n".join(lines))

    def show_weights(self, conv: ConvSpec | None, multiply_adds: int) -> None:
        """Write how many weights the convolution has, with the numbers in place, and its multiply-adds."""
        self._weights_caption.setVisible(conv is not None)
        self._weights.setVisible(conv is not None)
        if conv is not None:
            work = self.tr("multiply-adds: {0}").format(grouped(multiply_adds))
            self._weights.setText(f"{weights_formula(conv)}\n{work}")

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self.operation.set_options(
            [
                (
                    Operation.CROSS_CORRELATION.value,
                    self.tr("Cross-corr."),
                    self.tr("Cross-correlation: the kernel as it is written, what neural networks compute"),
                ),
                (
                    Operation.CONVOLUTION.value,
                    self.tr("Convolution"),
                    self.tr("Convolution: the kernel turned by 180°"),
                ),
                (_NONE, self.tr("Off"), self.tr("No convolution: only activation and pooling")),
            ]
        )
        texts = {
            "stride": self.tr("S&tride"),
            "padding": self.tr("&Padding"),
            "dilation": self.tr("&Dilation"),
            "bias": self.tr("&Bias"),
            "activation": self.tr("&Activation"),
            "pool": self.tr("Poo&ling"),
            "pool_size": self.tr("P&ooling size"),
            "pool_stride": self.tr("Pooling st&ride"),
            "pool_padding": self.tr("Poolin&g padding"),
        }
        for name, text in texts.items():
            self._labels[name].setText(text)
            field = getattr(self, name)
            plain = text.replace("&", "")
            if isinstance(field, PairField):
                field.set_name(plain)
            else:
                field.setAccessibleName(plain)
        self._fill_combos()
        self._formula_caption.setText(self.tr("OUTPUT SIZE"))
        self._weights_caption.setText(self.tr("WEIGHTS"))
        self._follow(self._session.state, self._session.state)

    def _fill_combos(self) -> None:
        self.padding_kind.setAccessibleName(self.tr("Padding amount"))
        self.padding_mode.setAccessibleName(self.tr("Padding mode"))
        _fill(
            self.padding_kind,
            [(_NUMBER, self.tr("as typed")), ("same", self.tr("same")), ("valid", self.tr("valid"))],
        )
        _fill(
            self.padding_mode,
            [
                (PaddingMode.ZEROS.value, self.tr("zeros")),
                (PaddingMode.REFLECT.value, self.tr("reflect")),
                (PaddingMode.REPLICATE.value, self.tr("replicate")),
                (PaddingMode.CIRCULAR.value, self.tr("circular")),
            ],
        )
        _fill(
            self.activation,
            [
                (Activation.NONE.value, self.tr("none")),
                (Activation.RELU.value, "ReLU"),
                (Activation.ABS.value, "|x|"),
                (Activation.SIGMOID.value, self.tr("sigmoid")),
                (Activation.TANH.value, "tanh"),
            ],
        )
        _fill(
            self.pool,
            [
                (_NONE, self.tr("none")),
                (PoolKind.MAX.value, self.tr("maximum")),
                (PoolKind.MIN.value, self.tr("minimum")),
                (PoolKind.AVG.value, self.tr("average")),
            ],
        )


def _fill(combo: QComboBox, options: Sequence[tuple[str, str]]) -> None:
    combo.clear()
    for data, text in options:
        combo.addItem(text, data)


def _choose(combo: QComboBox, data: str) -> None:
    combo.setCurrentIndex(combo.findData(data))
