"""Another theme is there at once, whatever has been opened: nobody asks a thousand rows for their widths."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from convviz.ui import theme
from convviz.ui.state import Room
from convviz.ui.theme import Theme, ThemeName
from convviz.ui.widgets.class_table import ClassModel
from convviz.ui.widgets.layer_table import LayerModel
from tests.ui.driver import Driver


@pytest.mark.parametrize(("model", "most"), [(ClassModel, 70_000), (LayerModel, 120_000)])
def test_tables_are_not_measured_row_by_row(
    make_window: Callable[..., Driver],
    monkeypatch: pytest.MonkeyPatch,
    model: type[ClassModel | LayerModel],
    most: int,
) -> None:
    asked = 0
    inner = model.data

    def data(self: Any, *args: Any) -> Any:
        nonlocal asked
        asked += 1
        return inner(self, *args)

    # Before there are any: Qt remembers which method it calls.
    monkeypatch.setattr(model, "data", data)
    driver = make_window(Room.NETWORK)
    desk = driver.window.network.desk
    assert desk is not None
    for table in ({"page": "table"}, {"page": "answer"}):
        driver.window.network.show_table(table)
        driver.settle()
    assert desk.answer.table.model().rowCount() == 1000
    asked = 0
    driver.window.set_theme(ThemeName.DARK)
    QApplication.processEvents()
    assert 0 < asked < most


def test_the_style_below_the_sheet_is_made_once(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    del driver
    made: list[str] = []
    monkeypatch.setattr(QApplication, "setStyle", staticmethod(made.append))
    theme.install(Theme(ThemeName.DARK))
    assert theme.current().name is ThemeName.DARK
    assert made == []
