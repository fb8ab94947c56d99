"""Modules of networks beside each other, with their weights: Inception, residual blocks, or others."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from convviz.core.modules import Join, Module, Part, PartKind, weights_text
from convviz.core.numbers import format_number
from convviz.core.shown import grouped
from convviz.ui.figures.module_scene import Shown, Words, lay_out
from convviz.ui.figures.module_table import Variant, variants_of
from convviz.ui.figures.scene import Scene
from convviz.ui.figures.scene_figure import NOTHING, SceneFigure
from convviz.ui.layer_text import shape_text, short_count

_MARGIN_PX = 16


class ModuleFigure(SceneFigure):
    """Diagrams of up to three modules: every box with its window, channels, weights and multiply-adds.

    Shown first is the first module, then all of them, then their numbers. A box that is picked has its
    numbers written out.

    Parameters
    ----------
    table : mapping
        ``module``: ``inception`` (default) or ``residual``. Or ``variants``: 1 to 3 tables, each with
        ``name``, ``input`` [channels, rows, columns], ``join`` (``concat``, ``add`` or ``none``), ``biases``
        and ``branches``, a list of lists of tables {kind, kernel, channels, marked}; an empty list is a skip
        connection.
    parent : QWidget, optional
        Owner.

    Raises
    ------
    Problem
        If the table says something else.
    """

    KIND = "module"

    def __init__(self, table: Mapping[str, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._variants = variants_of(table)
        self._given = deepcopy(dict(table))
        self._rows = max(1, *(len(b) for v in self._variants for b in v.module.branches))
        self.retranslate()

    # Stages

    @property
    def stages(self) -> int:
        """One for the first module, one for all if there are more, one for the numbers."""
        return 2 if len(self._variants) == 1 else 3

    def show_stage(self, before: int) -> None:
        """Show what belongs to the stage; what is picked may not be there any more."""
        del before
        if self.picked >= self.count():
            self.pick(NOTHING)
        self.retranslate()

    @property
    def _numbers(self) -> bool:
        return self._stage == self.stages - 1

    @property
    def _visible(self) -> tuple[Variant, ...]:
        return self._variants if self._stage else self._variants[:1]

    def table(self) -> dict[str, Any]:
        """Return the table that builds the figure."""
        return deepcopy(self._given)

    def shown(self) -> Mapping[str, str]:
        """Return the numbers of every module in sight, the ratios of the first to the last among them."""
        out: dict[str, str] = {}
        for variant in self._visible:
            module = variant.module
            out[f"{variant.name}.channels"] = str(module.channels)
            if self._numbers:
                out[f"{variant.name}.weights"] = grouped(module.weights)
                out[f"{variant.name}.multiply-adds"] = short_count(module.multiply_adds)
        ratios = self._ratios() if self._numbers else None
        return (
            out if ratios is None else {**out, "weights.ratio": ratios[0], "multiply-adds.ratio": ratios[1]}
        )

    def _ratios(self) -> tuple[str, str] | None:
        """Return how many times the weights and multiply-adds of the last module the first has."""
        first, last = self._variants[0].module, self._variants[-1].module
        if first is last or not last.weights or not last.multiply_adds:
            return None
        pairs = ((first.weights, last.weights), (first.multiply_adds, last.multiply_adds))
        weights, steps = (format_number(one / other, 2) for one, other in pairs)
        return weights, steps

    # What is shown

    def compose(self) -> Scene:
        """Return what is shown at the size the figure has."""
        place = QRectF(self.rect()).adjusted(_MARGIN_PX, _MARGIN_PX, -_MARGIN_PX, -_MARGIN_PX)
        modules = tuple((variant.module, self._words(variant)) for variant in self._visible)
        shown = Shown(modules, len(self._variants), self._rows, self._numbers, self._foot(), self.picked)
        return lay_out(shown, place)

    def count(self) -> int:
        """Return how many boxes are in sight."""
        return sum(len(variant.module.parts) for variant in self._visible)

    def _part(self, number: int) -> tuple[Part, Module]:
        parts = [(part, variant.module) for variant in self._visible for part in variant.module.parts]
        return parts[number]

    def _words(self, variant: Variant) -> Words:
        module = variant.module
        totals: tuple[str, ...] = ()
        if self._numbers:
            weights = self.tr("Weights: {0}").format(grouped(module.weights))
            totals = (weights, self.tr("Multiply-adds: {0}").format(short_count(module.multiply_adds)))
        given = self.tr("Input x") if module.join is Join.ADD else self.tr("Input")
        return Words(
            self._title(variant),
            f"{given}: {shape_text(module.shape)}",
            self._joined(module),
            totals,
            self.tr("max"),
        )

    def _joined(self, module: Module) -> tuple[str, str]:
        result = shape_text((module.channels, *module.shape[1:]))
        match module.join:
            case Join.CONCAT:
                ends = " + ".join(map(str, module.ends))
                return self.tr("Concatenated: {0}").format(result), f"{ends} = {module.channels}"
            case Join.ADD:
                return self.tr("F(x) + x, then ReLU"), result
            case Join.NONE:
                return self.tr("Output"), result

    def _title(self, variant: Variant) -> str:
        names = {
            "naive": self.tr("Inception, naive"),
            "reduced": self.tr("Inception with 1×1 reduction"),
            "plain": self.tr("Plain block"),
            "basic": self.tr("Residual block"),
            "bottleneck": self.tr("Bottleneck block"),
        }
        return names[variant.name] if variant.known else variant.name

    def _foot(self) -> tuple[str, ...]:
        """Return the lines at the bottom: the ratios, or how the numbers of the picked box come about."""
        if not self._numbers:
            return ()
        if self.picked != NOTHING:
            return self._written_out(*self._part(self.picked))
        ratios, note = self._ratios(), self._bias_note()
        if ratios is None:
            return (note,)
        first, last = self._variants[0].module, self._variants[-1].module
        weights = f"{grouped(first.weights)} : {grouped(last.weights)} = {ratios[0]}"
        steps = f"{short_count(first.multiply_adds)} : {short_count(last.multiply_adds)} = {ratios[1]}"
        weights = self.tr("Weights: {0}").format(weights)
        return f"{weights} · {note}", self.tr("Multiply-adds: {0}").format(steps)

    def _bias_note(self) -> str:
        biased = {variant.module.biased for variant in self._variants}
        if len(biased) > 1:
            return self.tr("biases are counted where there are any")
        return self.tr("biases are counted") if biased.pop() else self.tr("without biases")

    def _written_out(self, part: Part, module: Module) -> tuple[str, str]:
        weights = grouped(part.weights)
        if part.listed.kind is PartKind.POOL:
            return self.tr("Weights: {0}").format(0), self.tr("A pooling compares and multiplies nothing.")
        _, rows, columns = module.shape
        each = weights_text(part, biased=False)
        steps = f"{rows}·{columns}·{each} = {grouped(part.multiply_adds)}"
        return (
            self.tr("Weights: {0}").format(f"{weights_text(part, module.biased)} = {weights}"),
            self.tr("Multiply-adds: {0}").format(steps),
        )

    # Words

    def tip(self, part: int) -> str:
        """Return what is to be known of a box."""
        one, module = self._part(part)
        return self._told(one, module)

    def _told(self, part: Part, module: Module) -> str:
        pool = part.listed.kind is PartKind.POOL
        what = self.tr("Max pooling {0}×{0}") if pool else self.tr("Convolution {0}×{0}")
        channels = self.tr("{0} → {1} channels").format(part.channels_in, part.channels_out)
        lines = [f"{what.format(part.listed.kernel)}, {channels}"]
        return "\n".join([*lines, *self._written_out(part, module)]) if self._numbers else lines[0]

    def describe(self) -> None:
        """Say to screen readers what is on screen: the picked box, or everything."""
        self.setAccessibleName(self.tr("Modules of a network"))
        if self.picked != NOTHING:
            self.setAccessibleDescription(self.tip(self.picked).replace("\n", "; "))
            return
        said = []
        for variant in self._visible:
            words = self._words(variant)
            parts = [self._told(part, variant.module).split("\n")[0] for part in variant.module.parts]
            said.append("; ".join([words.name, words.given, *parts, *words.joined, *words.totals]))
        self.setAccessibleDescription(". ".join([*said, *self._foot()]))
