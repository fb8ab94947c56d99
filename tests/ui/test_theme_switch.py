"""Another theme is there at once, whatever has been opened: nobody asks a thousand rows for their widths."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from convviz.ui import theme
from convviz.ui.state import Room
from convviz.ui.theme import Theme, ThemeName
from convviz.ui.widgets.class_table import ClassModel
from convviz.ui.widgets.layer_table import LayerModel
from convviz.work.jobs import JobContext
from tests.ui.driver import Driver


# Of 64 rows each cell is asked for a handful of things, once.
@pytest.mark.parametrize(("model", "most"), [(ClassModel, 6_000), (LayerModel, 12_000)])
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
    pages = ["table", "answer"] if model is ClassModel else ["answer", "table"]
    for page in pages:
        driver.window.network.show_table({"page": page})
        driver.settle()
    assert desk.answer.table.model().rowCount() == 1000
    asked = 0
    driver.window.set_theme(ThemeName.DARK)
    QApplication.processEvents()
    assert 0 < asked < most
    driver.window.set_room(Room.CONVOLUTION)
    driver.settle()
    asked = 0
    driver.window.set_theme(ThemeName.LIGHT)
    QApplication.processEvents()
    # What is not seen is measured when it is.
    assert asked == 0


def test_the_style_below_the_sheet_is_made_once(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    del driver
    made: list[str] = []
    monkeypatch.setattr(QApplication, "setStyle", staticmethod(made.append))
    theme.install(Theme(ThemeName.DARK))
    assert theme.current().name is ThemeName.DARK
    assert made == []


def test_no_job_computes_while_everything_is_painted_anew(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    went_on: list[bool] = []

    def style(sheet: str) -> None:
        if not sheet:
            return
        context = JobContext()
        worker = threading.Thread(target=context.check)
        worker.start()
        worker.join(0.05)
        went_on.append(not worker.is_alive())
        workers.append(worker)

    workers: list[threading.Thread] = []
    monkeypatch.setattr(QApplication.instance(), "setStyleSheet", style)
    driver.window.set_theme(ThemeName.DARK)
    assert went_on == [False]
    workers[0].join(5)
    assert not workers[0].is_alive()


def test_each_widget_is_styled_about_once(make_window: Callable[..., Driver]) -> None:
    styled: list[QObject] = []

    class Counting(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.StyleChange:
                styled.append(watched)
            return False

    driver = make_window(Room.CONVOLUTION)
    driver.window.set_room(Room.IMAGE)
    driver.settle()
    counting = Counting()
    everything = QApplication.instance()
    assert everything is not None
    everything.installEventFilter(counting)
    driver.window.set_theme(ThemeName.DARK)
    everything.removeEventFilter(counting)
    widgets = len(driver.window.findChildren(QWidget))
    assert widgets > 300
    # For the sheet that goes, for the one that comes, and for the style of what it lies in.
    assert widgets <= len(styled) <= 4 * widgets
