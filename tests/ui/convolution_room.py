"""What the convolution room is told by typing and choosing, and what it should show then."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from convviz.core import reference
from convviz.core.channels import planes
from convviz.files.samples import load_examples
from convviz.ui.widgets.number_field import NumberField
from tests.ui.driver import Driver

EXAMPLES = {example.id: example for example in load_examples()}


def enter(driver: Driver, name: str, text: str) -> None:
    """Type ``text`` into the number field called ``name``."""
    field = driver.window.findChild(NumberField, name)
    assert isinstance(field, NumberField), name
    field.setFocus()
    field.selectAll()
    driver.qtbot.keyClicks(field, text)
    driver.qtbot.keyClick(field, Qt.Key.Key_Return)


def choose(driver: Driver, name: str, data: str) -> None:
    combo = driver.window.findChild(QComboBox, name)
    assert isinstance(combo, QComboBox)
    index = combo.findData(data)
    combo.setCurrentIndex(index)
    combo.activated.emit(index)


def expected(driver: Driver) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    state = driver.window.session.state
    return reference.run(planes(state.picture.values, state.channel_mode).astype(float), state.chain())
