"""Which figures there are, by the name that a lesson's file gives them."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from PySide6.QtWidgets import QWidget

from convviz.ui.figures.figure import Figure
from convviz.work.threads import Threads

Maker = Callable[[Mapping[str, Any], Threads, QWidget | None], Figure]
"""Makes a figure from its table, with threads to compute on, in a widget or in none."""


@cache
def figure_kinds() -> Mapping[str, Maker]:
    """Return what makes each kind of figure; their modules are imported by the first call."""
    from convviz.ui.figures.digit_figure import DigitFigure
    from convviz.ui.figures.filters_figure import FiltersFigure
    from convviz.ui.figures.formula_figure import FormulaFigure
    from convviz.ui.figures.gradients_figure import GradientsFigure
    from convviz.ui.figures.growth_figure import GrowthFigure
    from convviz.ui.figures.layers_figure import LayersFigure
    from convviz.ui.figures.module_figure import ModuleFigure
    from convviz.ui.figures.scatter_figure import ScatterFigure
    from convviz.ui.figures.signals_figure import SignalsFigure
    from convviz.ui.figures.turn_figure import TurnFigure
    from convviz.ui.figures.wiring_figure import WiringFigure

    return {
        DigitFigure.KIND: lambda table, threads, parent: DigitFigure(table, parent, threads),
        FiltersFigure.KIND: lambda table, _threads, parent: FiltersFigure(table, parent),
        FormulaFigure.KIND: lambda table, _threads, parent: FormulaFigure(table, parent),
        GradientsFigure.KIND: lambda table, threads, parent: GradientsFigure(table, parent, threads),
        GrowthFigure.KIND: lambda table, _threads, parent: GrowthFigure(table, parent),
        LayersFigure.KIND: lambda table, _threads, parent: LayersFigure(table, parent),
        ModuleFigure.KIND: lambda table, _threads, parent: ModuleFigure(table, parent),
        ScatterFigure.KIND: lambda table, _threads, parent: ScatterFigure(table, parent),
        SignalsFigure.KIND: lambda table, _threads, parent: SignalsFigure(table, parent),
        TurnFigure.KIND: lambda table, _threads, parent: TurnFigure(table, parent),
        WiringFigure.KIND: lambda table, _threads, parent: WiringFigure(table, parent),
    }
