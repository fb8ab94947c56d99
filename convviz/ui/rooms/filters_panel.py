"""The list of filters, and the 1×1 layer on top of their maps."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from convviz.core.channels import ChannelMode
from convviz.core.filters import MAX_FILTERS, FilterBank
from convviz.core.specs import Magnitude
from convviz.ui.session import Session
from convviz.ui.state import Mix, State
from convviz.ui.widgets.filter_matrix import FilterMatrix
from convviz.ui.widgets.labels import field_row, label
from convviz.ui.widgets.number_field import NumberField

MOST_ROWS = 5
_NONE, _WEIGHTED, _MAGNITUDE = "none", "weighted", "magnitude"


class FiltersPanel(QWidget):
    """Adds, names, orders and removes filters, and weighs their maps in a 1×1 layer.

    Parameters
    ----------
    session : Session
        What is edited.
    parent : QWidget, optional
        Owner.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._caption = label("caption")
        self.list = QListWidget(self)
        self.list.setObjectName("filters")
        self.add = self._button("filter-add", "+", self._add)
        self.remove = self._button("filter-remove", "−", self._remove)
        self.up = self._button("filter-up", "↑", lambda: self._move(-1))
        self.down = self._button("filter-down", "↓", lambda: self._move(1))
        self.matrix = FilterMatrix(self)
        self._combine_label = label()
        self.combine = QComboBox(self)
        self.combine.setObjectName("combine")
        self.combine.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.fields: list[NumberField] = []
        self._mix_rows = QVBoxLayout()
        self._holders: list[QWidget] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._caption)
        layout.addWidget(self.list)
        buttons = QHBoxLayout()
        for button in (self.add, self.remove, self.up, self.down):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        layout.addWidget(self.matrix)
        layout.addLayout(field_row(self._combine_label, self.combine))
        layout.addLayout(self._mix_rows)
        self.list.currentRowChanged.connect(self._select)
        self.list.itemChanged.connect(self._rename)
        self.matrix.chosen.connect(self._choose_kernel)
        self.combine.activated.connect(self._combine)
        session.refreshed.connect(self._follow)
        self.retranslate()

    def _button(self, name: str, text: str, slot: object) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(text)
        button.clicked.connect(slot)
        return button

    def _edit(self, bank: FilterBank, selected: int, text: str, order: Sequence[int] = ()) -> None:
        """Change the filters; ``order`` says which filters before are those now, where they moved."""
        state = self._session.state
        mix = state.mix
        by_filter = state.settings.operation is not None and state.channel_mode is not ChannelMode.EACH
        if isinstance(mix, Mix) and order and by_filter:
            mix = _reordered(mix, state.bank.count, order)
        self._session.edit(replace(state, bank=bank, selected=selected, mix=mix), text)

    def _add(self) -> None:
        state = self._session.state
        at, count = state.selected, state.bank.count
        order = (*range(at + 1), *range(at, count))
        self._edit(state.bank.added(at), at + 1, self.tr("add filter"), order)

    def _remove(self) -> None:
        state = self._session.state
        at, count = state.selected, state.bank.count
        order = tuple(i for i in range(count) if i != at)
        self._edit(state.bank.removed(at), min(at, max(0, count - 2)), self.tr("remove filter"), order)

    def _move(self, by: int) -> None:
        state = self._session.state
        to = min(max(0, state.selected + by), state.bank.count - 1)
        order = [i for i in range(state.bank.count) if i != state.selected]
        order.insert(to, state.selected)
        self._edit(state.bank.moved(state.selected, to), to, self.tr("move filter"), order)

    def _select(self, index: int) -> None:
        if index >= 0:
            state = replace(self._session.state, selected=index)
            self._session.edit(state, self.tr("select filter"), "select-filter")

    def _rename(self, item: QListWidgetItem) -> None:
        index, state = self.list.row(item), self._session.state
        name = item.text().strip()
        if name == self._default_name(index):
            name = ""
        self._edit(state.bank.renamed(index, name), state.selected, self.tr("rename filter"))

    def _choose_kernel(self, index: int, channel: int) -> None:
        state = self._session.state
        own = state.bank.weights.shape[1] > 1
        changed = replace(state, selected=index, kernel_channel=channel if own else None)
        self._session.edit(changed, self.tr("select kernel"), "select-filter")

    def _combine(self, index: int) -> None:
        state = self._session.state
        mix = {_NONE: None, _WEIGHTED: Mix(()), _MAGNITUDE: Magnitude()}[self.combine.itemData(index)]
        if type(mix) is not type(state.mix):
            self._session.edit(replace(state, mix=mix), self.tr("combine maps"))

    def _set_mix(self, index: int, value: float) -> None:
        state = self._session.state
        if not isinstance(state.mix, Mix):
            return
        count = len(self.fields) - 1
        weights = list((*state.mix.weights, *[1.0] * count)[: max(count, len(state.mix.weights))])
        if index < count:
            weights[index] = value
            mix = Mix(tuple(weights), state.mix.bias)
        else:
            mix = Mix(tuple(weights), value)
        self._session.edit(replace(state, mix=mix), self.tr("1×1 weights"), f"mix-{index}")

    def _default_name(self, index: int) -> str:
        return self.tr("Filter {0}").format(index + 1)

    def _follow(self, before: State, state: State) -> None:
        self._show_matrix(state)
        if before is not state and state.is_like(before):
            return
        with QSignalBlocker(self.list):
            while self.list.count() > state.bank.count:
                self.list.takeItem(self.list.count() - 1)
            for index, name in enumerate(state.bank.names):
                if index == self.list.count():
                    item = QListWidgetItem()
                    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
                    self.list.addItem(item)
                self.list.item(index).setText(name or self._default_name(index))
            self.list.setCurrentRow(state.selected)
        self._fit_list()
        self.add.setEnabled(state.bank.count < MAX_FILTERS)
        self.remove.setEnabled(state.bank.count > 1)
        self.up.setEnabled(state.selected > 0)
        self.down.setEnabled(state.selected < state.bank.count - 1)
        kinds = {Mix: _WEIGHTED, Magnitude: _MAGNITUDE}
        self.combine.setCurrentIndex(self.combine.findData(kinds.get(type(state.mix), _NONE)))

    def _fit_list(self) -> None:
        rows = min(MOST_ROWS, self.list.count())
        self.list.setFixedHeight(rows * self.list.sizeHintForRow(0) + 2 * self.list.frameWidth() + 4)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "list"):
            self._fit_list()

    def _show_matrix(self, state: State) -> None:
        """Show every kernel at a glance, filters by channels, once there are several."""
        weights = state.bank.weights
        self.matrix.setVisible(weights.shape[0] * weights.shape[1] > 1)
        if weights.shape[1] == 1:
            names: tuple[str, ...] = ("",)
        elif state.picture.is_colour:
            names = ("R", "G", "B")
        else:
            names = tuple(str(c + 1) for c in range(weights.shape[1]))
        self.matrix.set_filters(weights, names)
        self.matrix.set_selected(state.selected, state.kernel_index)

    def show_mix(self, names: tuple[str, ...]) -> None:
        """Offer one weight for each of the maps ``names`` that the 1×1 layer reads, and its bias."""
        mix = self._session.state.mix
        wanted = len(names) + 1 if isinstance(mix, Mix) else 0
        if len(self.fields) != wanted:
            self._rebuild_mix(wanted)
        if not isinstance(mix, Mix):
            return
        values = (*mix.weights, *[1.0] * len(names))[: len(names)]
        for field, name, value in zip(
            self.fields, (*names, self.tr("bias")), (*values, mix.bias), strict=True
        ):
            field.set_value(value)
            field.setAccessibleName(self.tr("Weight of {0}").format(name))

    def _rebuild_mix(self, count: int) -> None:
        for holder in self._holders:
            self._mix_rows.removeWidget(holder)
            holder.deleteLater()
        self._holders, self.fields = [], []
        for start in range(0, count, 4):
            holder = QWidget(self)
            line = QHBoxLayout(holder)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(4)
            for index in range(start, min(start + 4, count)):
                field = NumberField(holder)
                field.setObjectName(f"mix-{index}")
                field.value_changed.connect(lambda value, index=index: self._set_mix(index, value))
                field.gesture_finished.connect(self._session.end_gesture)
                self.fields.append(field)
                line.addWidget(field)
            self._mix_rows.addWidget(holder)
            self._holders.append(holder)

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self._caption.setText(self.tr("FILTERS"))
        self.list.setAccessibleName(self.tr("Filters"))
        self.list.setToolTip(self.tr("Double-click or F2 to rename"))
        for button, text in {
            self.add: self.tr("Add a filter"),
            self.remove: self.tr("Remove the filter"),
            self.up: self.tr("Move the filter up"),
            self.down: self.tr("Move the filter down"),
        }.items():
            button.setToolTip(text)
            button.setAccessibleName(text)
        self._combine_label.setText(self.tr("&Combine"))
        self.combine.setAccessibleName(self.tr("Combine the maps"))
        self.combine.setToolTip(
            self.tr("1×1 layer: add up the maps, each times its own weight. √Σ²: the size of a gradient.")
        )
        self.combine.clear()
        for data, text in (
            (_NONE, self.tr("no")),
            (_WEIGHTED, self.tr("1×1 layer")),
            (_MAGNITUDE, self.tr("√Σ², magnitude")),
        ):
            self.combine.addItem(text, data)
        self._follow(self._session.state, self._session.state)


def _reordered(mix: Mix, count: int, order: Sequence[int]) -> Mix:
    """Return the 1×1 layer whose weights have gone where the ``count`` filters went that they belong to.

    Weights beyond those of the filters, which wait for more maps, stay at the end.
    """
    weights = (*mix.weights, *[1.0] * (count - len(mix.weights)))
    return replace(mix, weights=(*(weights[i] for i in order), *weights[count:]))
