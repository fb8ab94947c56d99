"""The dialogs of the system, which no test can reach, answered at random."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QDesktopServices
from PySide6.QtWidgets import QColorDialog, QFileDialog

TARGETS = (
    *("out.png", "out.svg", "out.pdf", "out.gif", "out.csv", "out.npy", "out.tif", "out.py"),
    *("out.lesson.toml", "out.convviz", "out.safetensors", "out", "no/folder/out.png", ""),
)


class SystemDialogs:
    """Stands in for whoever would choose files, folders and colours.

    Parameters
    ----------
    draw : Random
        What answers are drawn with.
    files : sequence of Path
        Good and bad ones, to be opened.
    folder : Path
        Where may be saved.
    """

    def __init__(self, draw: random.Random, files: Sequence[Path], folder: Path) -> None:
        self._random, self._files, self._folder = draw, files, folder

    def answer(self, patch: pytest.MonkeyPatch) -> None:
        """Answer every dialog from now on, as long as ``patch`` is in force."""

        def one(*_: object, **__: object) -> tuple[str, str]:
            return self._some_file(), ""

        def several(*_: object, **__: object) -> tuple[list[str], str]:
            return [self._some_file() for _ in range(self._random.randint(0, 4))], ""

        def target(*_: object, **__: object) -> tuple[str, str]:
            return self._some_target(), ""

        patch.setattr(QFileDialog, "getOpenFileName", one)
        patch.setattr(QFileDialog, "getOpenFileNames", several)
        patch.setattr(QFileDialog, "getSaveFileName", target)
        patch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: str(self._some_folder()))
        patch.setattr(QColorDialog, "getColor", lambda *_, **__: QColor(self._random.choice(("red", ""))))
        patch.setattr(QDesktopServices, "openUrl", lambda *_: True)

    def _some_file(self) -> str:
        return str(self._random.choice(self._files)) if self._random.random() < 0.9 else ""

    def _some_target(self) -> str:
        name = self._random.choice(TARGETS)
        return str(self._folder / name) if name else ""

    def _some_folder(self) -> Path:
        return self._random.choice((self._folder, self._files[0].parent, self._folder / "missing"))
