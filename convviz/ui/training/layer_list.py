"""The list of layers, and the fields of the one that is chosen."""

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFormLayout, QListWidget, QPushButton, QSpinBox, QVBoxLayout, QWidget

from convviz.core.text import Problem
from convviz.nets.learn.plan import (
    MOST_FILTERS,
    MOST_LAYERS,
    MOST_NEURONS,
    MOST_SIDE,
    Function,
    LayerKind,
    LayerPlan,
    NetworkPlan,
    Pooling,
    describe,
)
from convviz.ui.language import say
from convviz.ui.widgets.labels import label, row
from convviz.ui.widgets.problem_bar import ProblemBar


class LayerList(QWidget):
    """Edits a network: layers are added, removed, moved and sized, and checked at every change.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    edited = Signal(object)  # NetworkPlan, as the user has changed it

    _built = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = NetworkPlan(())
        self._shape: tuple[int, int, int] = (1, 2, 3)
        self._setting = False
        self.list = QListWidget(self)
        self.list.setObjectName("training-layers")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.currentRowChanged.connect(self._show_fields)
        self.kind = QComboBox(self)
        self.kind.setObjectName("training-kind")
        self.add, self.remove, self.up, self.down = (QPushButton(self) for _ in range(4))
        slots = {"add": self._add, "remove": self._remove, "up": self._up, "down": self._down}
        for name, slot in slots.items():
            button: QPushButton = getattr(self, name)
            button.setObjectName(f"training-layer-{name}")
            button.clicked.connect(slot)
        self._form = QFormLayout()
        self._form.setContentsMargins(0, 0, 0, 0)
        self._fields: dict[str, QSpinBox | QComboBox] = {}
        for name, most in (
            ("count", MOST_NEURONS),
            ("rows", MOST_SIDE),
            ("columns", MOST_SIDE),
            ("padding", MOST_SIDE),
        ):
            box = QSpinBox(self)
            box.setRange(0 if name == "padding" else 1, most)
            box.setKeyboardTracking(False)
            box.valueChanged.connect(self._edit)
            self._add_field(name, box)
        for name in ("pooling", "function"):
            combo = QComboBox(self)
            combo.currentIndexChanged.connect(self._edit)
            self._add_field(name, combo)
        self.problem = ProblemBar(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.list)
        layout.addLayout(row(self.kind, self.add))
        layout.addLayout(row(self.remove, self.up, self.down))
        layout.addLayout(self._form)
        layout.addWidget(self.problem)
        self.retranslate()
        self._built = True

    def _add_field(self, name: str, field: QSpinBox | QComboBox) -> None:
        field.setObjectName(f"training-layer-{name}")
        self._fields[name] = field
        self._form.addRow(label("caption"), field)

    def set_plan(self, plan: NetworkPlan, shape: tuple[int, int, int]) -> None:
        """Show a network for inputs of ``shape`` (C, H, W), without announcing it."""
        self._plan, self._shape = plan, shape
        self._write()

    @property
    def plan(self) -> NetworkPlan:
        """The network as it is edited."""
        return self._plan

    def kind_name(self, kind: LayerKind) -> str:
        """Return what a kind of layer is called."""
        return self.kind.itemText(self.kind.findData(kind.value))

    def show_problem(self, problem: Problem | None) -> None:
        """Say why the network cannot work."""
        if problem is None:
            self.problem.clear()
        else:
            self.problem.show_problem(say(problem.sentence))

    def _write(self) -> None:
        """Write the list: what each layer is and the shape behind it, as far as the layers work."""
        shapes: tuple[tuple[int, ...], ...] = ()
        weights: tuple[int, ...] = ()
        for count in range(len(self._plan.layers), 0, -1):
            part = NetworkPlan(self._plan.layers[:count])
            try:
                shapes, weights = part.shapes(self._shape), part.weights(self._shape)
            except Problem:
                continue
            break
        at = self.list.currentRow()
        self._setting = True
        self.list.clear()
        for number, layer in enumerate(self._plan.layers):
            text = f"{number + 1}  {say(describe(layer))}"
            if number < len(shapes):
                text += " → " + "×".join(map(str, shapes[number]))
                text += f" · {weights[number]}" if weights[number] else ""
            else:
                text += "  ✕"
            self.list.addItem(text)
        self.list.setCurrentRow(max(0, min(at, len(self._plan.layers) - 1)))
        self._make_room()
        self._setting = False
        self._show_fields(self.list.currentRow())

    def _make_room(self) -> None:
        """Let the list be as high as its layers need, within bounds."""
        row_height = self.list.sizeHintForRow(0) if self._plan.layers else 24
        self.list.setFixedHeight(row_height * max(4, min(9, len(self._plan.layers))) + 12)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._built:
            self._make_room()

    @Slot(int)
    def _show_fields(self, index: int) -> None:
        if self._setting:
            return
        layers = self._plan.layers
        layer = layers[index] if 0 <= index < len(layers) else None
        kind = None if layer is None else layer.kind
        window = kind in (LayerKind.CONVOLUTION, LayerKind.POOLING)
        shown = {
            "count": kind in (LayerKind.CONVOLUTION, LayerKind.DENSE),
            "rows": window,
            "columns": window,
            "padding": kind is LayerKind.CONVOLUTION,
            "pooling": kind is LayerKind.POOLING,
            "function": kind is LayerKind.ACTIVATION,
        }
        self._setting = True
        for name, field in self._fields.items():
            self._form.setRowVisible(field, shown[name])
            if layer is not None and isinstance(field, QSpinBox):
                values = {
                    "count": layer.count,
                    "rows": layer.size[0],
                    "columns": layer.size[1],
                    "padding": layer.padding,
                }
                if name == "count":
                    field.setMaximum(MOST_FILTERS if kind is LayerKind.CONVOLUTION else MOST_NEURONS)
                field.setValue(values[name])
            elif layer is not None and isinstance(field, QComboBox):
                value = layer.pooling.value if name == "pooling" else layer.function.value
                field.setCurrentIndex(field.findData(value))
        self._setting = False
        self.remove.setEnabled(layer is not None)
        self.up.setEnabled(index > 0)
        self.down.setEnabled(0 <= index < len(layers) - 1)
        self.add.setEnabled(len(layers) < MOST_LAYERS)

    def _number(self, name: str) -> int:
        field = self._fields[name]
        assert isinstance(field, QSpinBox)
        return field.value()

    def _word(self, name: str) -> str:
        field = self._fields[name]
        assert isinstance(field, QComboBox)
        return str(field.currentData())

    @Slot()
    def _edit(self) -> None:
        """Take over what a field says."""
        index = self.list.currentRow()
        if self._setting or not 0 <= index < len(self._plan.layers):
            return
        layer = replace(
            self._plan.layers[index],
            count=self._number("count"),
            size=(self._number("rows"), self._number("columns")),
            padding=self._number("padding"),
            pooling=Pooling(self._word("pooling")),
            function=Function(self._word("function")),
        )
        self._change((*self._plan.layers[:index], layer, *self._plan.layers[index + 1 :]), index)

    def _change(self, layers: tuple[LayerPlan, ...], index: int) -> None:
        self._plan = NetworkPlan(layers)
        self._write()
        self.list.setCurrentRow(index)
        self.edited.emit(self._plan)

    @Slot()
    def _add(self) -> None:
        """Put a new layer behind the chosen one."""
        index = self.list.currentRow() + 1
        kind = LayerKind(self.kind.currentData())
        small = min(self._shape[1:]) < 3
        size = (2, 2) if kind is LayerKind.POOLING else (1, 2) if small else (3, 3)
        counts = {LayerKind.CONVOLUTION: 4, LayerKind.DENSE: 10}
        layer = LayerPlan(kind, counts.get(kind, 1), size)
        self._change((*self._plan.layers[:index], layer, *self._plan.layers[index:]), index)

    @Slot()
    def _remove(self) -> None:
        index = self.list.currentRow()
        self._change((*self._plan.layers[:index], *self._plan.layers[index + 1 :]), max(0, index - 1))

    @Slot()
    def _up(self) -> None:
        self._swap(self.list.currentRow() - 1, -1)

    @Slot()
    def _down(self) -> None:
        self._swap(self.list.currentRow(), 1)

    def _swap(self, first: int, way: int) -> None:
        layers = list(self._plan.layers)
        layers[first], layers[first + 1] = layers[first + 1], layers[first]
        self._change(tuple(layers), first + (1 if way > 0 else 0))

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self._setting = True
        kinds = {
            LayerKind.CONVOLUTION: self.tr("Convolution"),
            LayerKind.POOLING: self.tr("Pooling"),
            LayerKind.ACTIVATION: self.tr("Activation"),
            LayerKind.FLATTEN: self.tr("Flatten"),
            LayerKind.DENSE: self.tr("Dense"),
        }
        poolings = {Pooling.MAXIMUM: self.tr("maximum"), Pooling.AVERAGE: self.tr("average")}
        functions = {Function.RELU: "ReLU", Function.SIGMOID: self.tr("sigmoid"), Function.TANH: "tanh"}
        pooling, function = self._fields["pooling"], self._fields["function"]
        assert isinstance(pooling, QComboBox)
        assert isinstance(function, QComboBox)
        choices: tuple[tuple[QComboBox, dict[LayerKind, str] | dict[Pooling, str] | dict[Function, str]], ...]
        choices = ((self.kind, kinds), (pooling, poolings), (function, functions))
        for combo, options in choices:
            at = max(0, combo.currentIndex())
            combo.clear()
            for key, text in options.items():
                combo.addItem(text, key.value)
            combo.setCurrentIndex(at)
        self._setting = False
        names = {
            "count": self.tr("Filters or neurons"),
            "rows": self.tr("Window rows"),
            "columns": self.tr("Window columns"),
            "padding": self.tr("Padding"),
            "pooling": self.tr("Pooling takes the"),
            "function": self.tr("Function"),
        }
        for name, text in names.items():
            field = self._fields[name]
            field.setAccessibleName(text)
            found = self._form.labelForField(field)
            found.setText(text)  # type: ignore[attr-defined]  # every row was made with a QLabel
        texts = {
            self.add: (self.tr("Add"), self.tr("Put a layer of this kind behind the chosen one")),
            self.remove: (self.tr("Remove"), self.tr("Remove the chosen layer")),
            self.up: ("↑", self.tr("Move the chosen layer up")),
            self.down: ("↓", self.tr("Move the chosen layer down")),
        }
        for button, (text, tip) in texts.items():
            button.setText(text)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
        self.list.setAccessibleName(self.tr("Layers"))
        self.list.setToolTip(self.tr("What each layer is, the shape behind it and its weights"))
        self.kind.setAccessibleName(self.tr("Kind of the next layer"))
        self._write()
