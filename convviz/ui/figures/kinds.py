"""Which figures there are, by the name that a lesson's file gives them."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from PySide6.QtWidgets import QWidget

from convviz.ui.figures.figure import Figure
from convviz.work.threads import Threads

Maker = Callable[[Mapping[str, Any], Threads, QWidget], Figure]
"""Makes a figure from its table, with threads to compute on, in a widget."""


@cache
def figure_kinds() -> Mapping[str, Maker]:
    """Return what makes each kind of figure; their modules are imported by the first call."""
    from convviz.ui.figures.layers_figure import LayersFigure

    plain: tuple[Callable[[Mapping[str, Any], QWidget], Figure], ...] = (LayersFigure,)
    return {make.KIND: _without_threads(make) for make in plain}  # type: ignore[attr-defined]


def _without_threads(make: Callable[[Mapping[str, Any], QWidget], Figure]) -> Maker:
    return lambda table, _threads, parent: make(table, parent)
