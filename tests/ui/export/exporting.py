"""A lab to export from, and the export dialog opened and used."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from convviz.ui.export.dialog import ExportDialog
from tests.ui.driver import Driver

GRID = np.array([[3, 3, 5, 1], [3, 4, 0, 1], [5, 1, 2, 3], [5, 0, 4, 5]], float)
SOBEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], float)


@pytest.fixture
def lab(driver: Driver) -> Driver:
    """The convolution room with a small grid and Sobel's kernel, without padding."""
    driver.window.opener.show_matrix(GRID[np.newaxis])
    session = driver.window.session
    session.edit(session.state.with_kernel(SOBEL).with_settings(padding=(0, 0)), "lab")
    driver.settle()
    QGuiApplication.clipboard().clear()
    return driver


def opened(driver: Driver, page: str = "picture") -> ExportDialog:
    dialog = driver.window.exports.open_page(page)
    settle(driver, dialog)
    return dialog


def settle(driver: Driver, dialog: ExportDialog) -> None:
    driver.qtbot.waitUntil(lambda: not dialog.busy, timeout=20_000)
    QApplication.processEvents()


def said(dialog: ExportDialog) -> str:
    return dialog.message.text()


def save(driver: Driver, dialog: ExportDialog, path: Path) -> str:
    dialog.save_as(str(path))
    settle(driver, dialog)
    return said(dialog)


def expected(driver: Driver) -> NDArray[np.float32]:
    return driver.result()
