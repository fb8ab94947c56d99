"""How the receptive field grows: a section through the layers, and what a unit sees of the input."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from convviz.core.field_growth import AXIS, Sliding, levels
from convviz.core.geometry import Rect, receptive_field, window
from convviz.core.layer_list import Listed, ListedKind, count_layers
from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.ui.figures.growth_layout import GrowthLayout, RowText
from convviz.ui.figures.growth_section import Section
from convviz.ui.figures.listed_layers import layer_title, read_layer, window_text, window_words
from convviz.ui.figures.scene import Scene
from convviz.ui.figures.scene_figure import NOTHING, SceneFigure
from convviz.ui.figures.table_keys import TableKeys

_MOST_LEVELS, _MOST_LENGTH = 8, 64
_LENGTH = 16
_LAYERS: tuple[Mapping[str, Any], ...] = (
    {"kind": "conv", "kernel": 3},
    {"kind": "conv", "kernel": 3},
    {"kind": "max_pool", "size": 2},
    {"kind": "conv", "kernel": 3},
)
_SLIDING = (ListedKind.CONV, ListedKind.MAX_POOL, ListedKind.AVG_POOL)
_Key = Qt.Key


class GrowthFigure(SceneFigure):
    """Rows of units, what feeds one of them, and the same on the input seen from above.

    Stage n shows the layers up to the n-th. ← and → pick a unit of the same layer, ↑ and ↓ one of another.

    Parameters
    ----------
    table : mapping
        ``input``: how many cells the input is long, 3 to 64. ``layers``: 1 to 8 tables of the kinds ``conv``
        (kernel, stride, padding, dilation), ``max_pool`` and ``avg_pool`` (size, stride, padding).
        ``unit``: layer, 0 for the input, and place of the unit that is picked; by default one in the middle
        of the last layer shown.
    parent : QWidget, optional
        Owner.

    Raises
    ------
    Problem
        If the table is not as it should be, or a layer cannot work on what reaches it.
    """

    KIND = "growth"

    def __init__(self, table: Mapping[str, Any], parent: QWidget | None = None) -> None:
        keys = TableKeys(table)
        keys.only(("input", "layers", "unit"))
        length = keys.whole("input", _LENGTH, 3, _MOST_LENGTH)
        self._listed = tuple(_read(one) for one in keys.tables("layers", _LAYERS, _MOST_LEVELS))
        count_layers((1, length, length), self._listed)
        self._chain = tuple(_operation(layer) for layer in self._listed)
        self._levels = levels(self._chain, length)
        self._table: dict[str, Any] = {
            "input": length,
            "layers": [dict(one) for one in table.get("layers", _LAYERS)],
        }
        self._given = self._read_unit(keys) if keys.has("unit") else None
        super().__init__(parent)
        self.set_stage(0)
        self.retranslate()

    def _read_unit(self, keys: TableKeys) -> tuple[int, int]:
        level, unit = keys.wholes("unit", (0, 0), 0, _MOST_LENGTH)
        if level >= len(self._levels) or unit >= self._levels[level].length:
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Sentence",
                    "unit is none of the units: the input has {layers} layers above it,"
                    " the last {last} long.",
                ),
                layers=len(self._levels) - 1,
                last=self._levels[-1].length,
            )
        return level, unit

    # Stages

    @property
    def stages(self) -> int:
        """One for the input and one for each layer."""
        return len(self._levels)

    def show_stage(self, before: int) -> None:
        """Pick a unit of the last layer that is shown, unless the table names one."""
        if self._given is not None and self._given[0] <= self._stage:
            self._picked = self._index(*self._given)
        else:
            self._picked = self._index(self._stage, (self._levels[self._stage].length - 1) // 2)
        super().show_stage(before)

    def table(self) -> dict[str, Any]:
        """Return the table that builds the figure as it is now."""
        layers = [dict(one) for one in self._table["layers"]]
        return {**self._table, "layers": layers, "unit": list(self.unit)}

    def shown(self) -> Mapping[str, str]:
        """Return the receptive field of every layer shown, with its formula, and that of the picked unit."""
        out = {}
        for number, level in enumerate(self._levels[: self._stage + 1]):
            out[f"layer {number} receptive field"] = str(level.size)
            out[f"layer {number} formula"] = level.size_sum
        out["unit"] = self._seen_text()
        return out

    # Which unit

    @property
    def unit(self) -> tuple[int, int]:
        """Layer, 0 for the input, and place of the unit that is picked."""
        return self._unit_of(self._picked)

    def _unit_of(self, part: int) -> tuple[int, int]:
        level, rest = 0, part
        while rest >= self._levels[level].length:
            rest -= self._levels[level].length
            level += 1
        return level, rest

    def pick_unit(self, level: int, unit: int) -> None:
        """Talk about a unit; the nearest there is."""
        level = min(max(level, 0), self._stage)
        self.pick(self._index(level, min(max(unit, 0), self._levels[level].length - 1)))

    def pick(self, part: int) -> None:
        """Talk about a unit; it stays picked through the stages that show it."""
        if part != NOTHING:
            super().pick(part)
            self._given = self.unit

    def _index(self, level: int, unit: int) -> int:
        return sum(one.length for one in self._levels[:level]) + unit

    def count(self) -> int:
        """Return the number of units shown."""
        return self._index(self._stage, self._levels[self._stage].length)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the unit beside, or to the nearest of the layer above or below."""
        key, (level, unit) = _Key(event.key()), self.unit
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif key in (_Key.Key_Left, _Key.Key_Right):
            self.pick_unit(level, unit + (1 if key == _Key.Key_Right else -1))
        elif key in (_Key.Key_Up, _Key.Key_Down):
            other = min(max(level + (1 if key == _Key.Key_Up else -1), 0), self._stage)
            self.pick_unit(other, self._nearest(other, self._levels[level].centre(unit)))
        elif key in (_Key.Key_Home, _Key.Key_End):
            self.pick_unit(level, 0 if key == _Key.Key_Home else self._levels[level].length - 1)
        else:
            event.ignore()

    def _nearest(self, level: int, centre: float) -> int:
        found = self._levels[level]
        return min(range(found.length), key=lambda unit: abs(found.centre(unit) - centre))

    # Words

    def _field(self, level: int, unit: int) -> Rect:
        return receptive_field(self._chain[:level], (unit, unit))

    def _seen_text(self) -> str:
        field = self._field(*self.unit)
        return f"{field.height}×{field.width}"

    def _row_text(self, number: int) -> RowText:
        level = self._levels[number]
        if not number:
            return RowText(self.tr("Input"), (f"{level.size_sum}, {level.jump_sum}",))
        layer = self._listed[number - 1]
        title = f"{number}. {layer_title(layer)} {window_text(layer)}"
        return RowText(title, (level.size_sum, level.jump_sum), ", ".join(window_words(layer)))

    def _heads(self, level: int, unit: int) -> tuple[str, ...]:
        length = self._levels[0].length
        who = self.tr("Cell {0} of the input") if not level else self.tr("Unit {0} of layer {1}")
        field = self._field(level, unit)
        sees = self.tr("sees {0}×{1} of {2}×{2}").format(field.height, field.width, length)
        return who.format(unit + 1, level), sees

    def tip(self, part: int) -> str:
        """Return what a unit sees, in one line."""
        unit = self._unit_of(part)
        first, last = self._levels[unit[0]].seen(unit[1])
        cells = self.tr("columns {0} to {1}").format(first + 1, last + 1)
        return f"{', '.join(self._heads(*unit))} · {cells}"

    def describe(self) -> None:
        """Say to screen readers what is on screen."""
        self.setAccessibleName(self.tr("Receptive field, layer by layer"))
        rows = [self._row_text(number) for number in range(self._stage + 1)]
        said = [
            self.tip(self._picked),
            *(f"{', '.join(filter(None, (row.title, row.settings)))}: {', '.join(row.sums)}" for row in rows),
        ]
        self.setAccessibleDescription("\n".join(said))

    # Painting

    def layout_now(self) -> GrowthLayout:
        """Return where everything is; nothing moves from stage to stage or from unit to unit."""
        texts = tuple(self._row_text(number) for number in range(len(self._levels)))
        ends = [self._heads(n, level.length - 1) for n, level in enumerate(self._levels)]
        heads = tuple(max((end[line] for end in ends), key=len) for line in range(2))
        borders = (*(window(op, AXIS)[3] for op in self._chain), 0)
        return GrowthLayout(self._levels, borders, texts, heads, self._legend(), QSizeF(self.size()))

    def _legend(self) -> tuple[str, ...]:
        spread = any(layer.dilation[AXIS] != 1 for layer in self._listed)
        formula = f"rₙ = rₙ₋₁ + (kₙ − 1){'·dₙ' if spread else ''}·jₙ₋₁"
        lines = (
            formula,
            self.tr("r: receptive field"),
            self.tr("k: size of the window"),
            self.tr("j: step on the input"),
        )
        return (*lines, self.tr("d: dilation")) if spread else lines

    def compose(self) -> Scene:
        """Return what is shown at the size the figure has, laid out anew."""
        level, unit = self.unit
        section = Section(self._chain, self._levels, self._stage, level, unit)
        texts = tuple(self._row_text(number) for number in range(self._stage + 1))
        return section.scene(self.layout_now(), texts, self._heads(level, unit), self._legend())


def _read(keys: TableKeys) -> Listed:
    layer = read_layer(keys)
    if layer.kind not in _SLIDING:
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "{field} must be one of {names}."),
            field=keys.name("kind"),
            names=", ".join(_SLIDING),
        )
    return layer


def _operation(layer: Listed) -> Sliding:
    spec = layer.window(1)
    assert spec is not None
    return spec
