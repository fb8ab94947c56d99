"""The dialog in which the numbers of a picture are typed."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox
from pytestqt.qtbot import QtBot

from convviz.core.picture import Picture, PictureKind
from convviz.core.text import Problem
from convviz.files.matrices import format_matrix
from convviz.ui import matrix_dialog
from convviz.ui.matrix_dialog import MatrixDialog, parse_planes


@pytest.fixture
def dialog(qtbot: QtBot) -> MatrixDialog:
    values = np.arange(6, dtype=np.float32).reshape(2, 3, 1)
    picture = Picture(values, "Numbers", 0.0, 5.0, PictureKind.GRID)
    dialog = MatrixDialog(picture)
    qtbot.addWidget(dialog)
    return dialog


def _ok(dialog: MatrixDialog) -> bool:
    return dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()


def test_short_text_is_judged_at_every_key(dialog: MatrixDialog) -> None:
    assert dialog.planes is not None
    assert dialog.planes.tolist() == [[[0, 1, 2], [3, 4, 5]]]
    dialog.editor.setPlainText("1 2\n3 x")
    assert dialog.planes is None
    assert not _ok(dialog)
    dialog.editor.setPlainText("1 2\n3 4\n\n5 6\n7 8")
    assert dialog.planes is not None
    assert dialog.planes.shape == (2, 2, 2)
    assert _ok(dialog)


def test_long_text_is_judged_once_typing_pauses(
    dialog: MatrixDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []

    def note(text: str) -> object:
        read.append(len(text))
        return parse_planes(text)

    monkeypatch.setattr(matrix_dialog, "parse_planes", note)
    dialog.editor.setPlainText(format_matrix(np.ones((100, 100)) / 3))
    for _ in range(3):
        dialog.editor.insertPlainText("1")
    QApplication.processEvents()
    assert read == []
    qtbot.waitUntil(lambda: len(read) == 1, timeout=3000)
    assert dialog.planes is not None
    assert dialog.planes.shape == (1, 100, 100)


def test_ok_reads_what_was_typed_last(dialog: MatrixDialog) -> None:
    dialog.editor.setPlainText(format_matrix(np.full((60, 60), 0.25)))
    dialog.accept()
    assert dialog.planes is not None
    assert dialog.planes.shape == (1, 60, 60)
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_ok_stays_while_the_last_numbers_are_wrong(dialog: MatrixDialog) -> None:
    dialog.editor.setPlainText(format_matrix(np.full((60, 60), 0.25)) + "x")
    dialog.accept()
    assert dialog.planes is None
    assert dialog.result() != QDialog.DialogCode.Accepted
    assert not _ok(dialog)


def test_numbers_too_large_to_compute_with_are_refused() -> None:
    with pytest.raises(Problem):
        parse_planes("1 2\n3 1e31")
    assert parse_planes("1 2\n3 -1e30").shape == (1, 2, 2)
