"""The figure with a digit on screen, its parts and its answer."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from convviz.ui.figures.digit_figure import DigitFigure
from convviz.ui.figures.drawing_field import DrawingField
from convviz.work.threads import Threads

WAIT_MS = 20_000


@pytest.fixture
def threads() -> Iterator[Threads]:
    made = Threads()
    yield made
    assert made.close(timeout_ms=10_000)


def figure_of(
    qtbot: QtBot, threads: Threads | None, table: dict[str, Any], size: tuple[int, int] = (860, 560)
) -> DigitFigure:
    figure = DigitFigure(table, None, threads)
    qtbot.addWidget(figure)
    figure.resize(*size)
    with qtbot.waitExposed(figure):
        figure.show()
    return figure


def part_of(figure: QWidget, kind: type[Any], name: str) -> Any:
    found = figure.findChild(kind, name)
    assert found is not None
    return found


def field_of(figure: QWidget) -> DrawingField:
    field = part_of(figure, DrawingField, "digit-field")
    assert isinstance(field, DrawingField)
    return field


def said(figure: QWidget) -> str:
    return str(part_of(figure, QLabel, "digit-answer").text())


def settled(qtbot: QtBot, figure: DigitFigure) -> None:
    qtbot.waitUntil(lambda: not figure.busy, timeout=WAIT_MS)
    QApplication.processEvents()
