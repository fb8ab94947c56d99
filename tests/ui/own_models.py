"""Model files of the user's own as they lie on a disk, and the questions that are asked about them."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QMessageBox, QWidget

from convviz.engine.backend import load_torch
from convviz.nets import catalog
from convviz.ui.model_dialog import ModelDialog
from convviz.ui.preferences import own_models_path
from convviz.ui.rooms.network_desk import NetworkDesk
from tests.ui.driver import WAIT_MS, Driver

AnyWidget = TypeVar("AnyWidget", bound=QWidget)
YES, NO = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No

TINY = """
from pathlib import Path

from torch import nn

with Path({marker!r}).open("a") as file:
    file.write("ran ")


class Tiny(nn.Module):
    def __init__(self, num_classes=3):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        self.fc = nn.Linear(4, num_classes)

    def forward(self, x):
        return self.fc(self.conv(x).relu().mean((2, 3)))
"""


@pytest.fixture(autouse=True)
def _no_list() -> Iterator[None]:
    """Begin without models, and leave none to the next test."""

    def remove() -> None:
        folder = own_models_path().parent
        for file in folder.glob("models.json*") if folder.is_dir() else ():
            file.unlink()

    remove()
    yield
    remove()


class Files:
    """Files of a user's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.marker = folder / "marker"
        load_torch()

    @property
    def runs(self) -> int:
        """How often the program was run."""
        return self.marker.read_text().count("ran") if self.marker.exists() else 0

    def program(self) -> str:
        """Write a program with a network; running it leaves a mark."""
        path = self.folder / "tiny.py"
        path.write_text(TINY.format(marker=str(self.marker)))
        return str(path)

    def tiny_weights(self) -> str:
        """Write weights for the program's network, with five classes."""
        import torch
        from safetensors.torch import save_file

        torch.manual_seed(1)
        path = self.folder / "cats.safetensors"
        state = {
            "conv.weight": torch.randn(4, 3, 3, 3),
            "conv.bias": torch.randn(4),
            "fc.weight": torch.randn(5, 4),
            "fc.bias": torch.randn(5),
        }
        save_file(state, path)
        return str(path)

    def state(self, key: str, name: str, classes: int | None = None) -> str:
        """Write the weights of a network of the catalogue."""
        import torch

        path = self.folder / name
        torch.save(catalog.build(key, classes).state_dict(), path)
        return str(path)

    def exported(self, name: str, shape: tuple[int, int, int]) -> str:
        """Write an exported program with two classes that takes a picture of ``shape``."""
        import torch

        torch.manual_seed(2)
        nn, path = torch.nn, self.folder / name
        layers = nn.Conv2d(shape[0], 4, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 2)
        module = nn.Sequential(*layers).eval()
        torch.export.save(torch.export.export(module, (torch.zeros(1, *shape),)), path)
        return str(path)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def opened(driver: Driver, kind: type[AnyWidget]) -> AnyWidget:
    """Wait until a window of this kind is open, and return it."""

    def found() -> list[AnyWidget]:
        return [widget for widget in driver.window.findChildren(kind) if widget.isVisible()]

    driver.qtbot.waitUntil(lambda: len(found()) == 1, timeout=WAIT_MS)
    return found()[0]


def text_of(dialog: ModelDialog, name: str) -> str:
    """Return what a label of the dialog says."""
    label = dialog.findChild(QLabel, name)
    assert isinstance(label, QLabel)
    return label.text()


def press_ok(driver: Driver, dialog: ModelDialog) -> None:
    button = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert button.isEnabled()
    driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def answer(driver: Driver, button: QMessageBox.StandardButton) -> None:
    """Answer the question whether a program may run."""
    box = opened(driver, QMessageBox)
    assert box.defaultButton() is box.button(NO)
    assert box.escapeButton() is box.button(NO)
    driver.qtbot.mouseClick(box.button(button), Qt.MouseButton.LeftButton)
    driver.settle()


def listed(room: NetworkDesk) -> list[str]:
    """Return the entries of the list of networks."""
    return [room.bar.networks.itemText(n) for n in range(room.bar.networks.count())]


def chosen(room: NetworkDesk) -> str:
    """Return the key of the network on screen, which nothing is wrong with."""
    assert room.traced is not None
    assert not room.stale
    assert room.traced.key == room.key == room.bar.networks.currentData()
    return room.traced.key
