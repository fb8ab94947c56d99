"""Typing or pasting the numbers of a small picture."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from convviz.core.picture import Picture
from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.files.matrices import format_matrix, parse_matrix
from convviz.ui import theme
from convviz.ui.language import say
from convviz.ui.widgets.labels import label
from convviz.ui.widgets.number_limit import check_numbers

MOST_TEXT = 64
# Text longer than this is read only once typing pauses.
LONG_TEXT = 5_000
PAUSE_MS = 300


def parse_planes(text: str) -> NDArray[np.float64]:
    """Return the planes (C, H, W) written in ``text``, one matrix per channel, with empty lines between.

    Raises
    ------
    Problem
        If a matrix cannot be read, if they differ in size, or if a number is beyond ±10³⁰.
    """
    blocks, block = [], []
    for line in [*text.splitlines(), ""]:
        if line.strip():
            block.append(line)
        elif block:
            blocks.append("\n".join(block))
            block = []
    planes = [parse_matrix(block) for block in blocks or [text]]
    if any(p.shape != planes[0].shape for p in planes):
        odd = next(i for i, p in enumerate(planes) if p.shape != planes[0].shape)
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "Channel {number} is {size}, but channel 1 is {first}; all channels need the same size.",
            ),
            number=odd + 1,
            size=" × ".join(map(str, planes[odd].shape)),
            first=" × ".join(map(str, planes[0].shape)),
        )
    stack = np.stack(planes)
    check_numbers(stack)
    return stack


class MatrixDialog(QDialog):
    """Asks for a matrix and says while it is typed what is wrong with it.

    Parameters
    ----------
    picture : Picture
        Its numbers are offered if it is small.
    parent : QWidget, optional
        Owner.
    """

    def __init__(self, picture: Picture, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("matrix-dialog")
        self.planes: NDArray[np.float64] | None = None
        self._help = label(wrap=True)
        self.editor = QPlainTextEdit(self)
        self.editor.setObjectName("matrix-text")
        self.editor.setTabChangesFocus(False)
        self.editor.setFont(theme.current().digits())
        self._message = label(wrap=True, name="matrix-message")
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel, self)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (self._help, self.editor, self._message, self.buttons):
            layout.addWidget(widget)
        room = parent.size() if parent is not None else QSize(1280, 720)
        px = theme.current().px
        self.resize(min(px(480), room.width() - 40), min(px(380), room.height() - 60))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._parse)
        self.editor.textChanged.connect(self._edited)
        self.retranslate()
        if max(picture.height, picture.width) <= MOST_TEXT:
            planes = np.moveaxis(picture.values, 2, 0).astype(np.float64)
            self.editor.setPlainText("\n\n".join(format_matrix(p) for p in planes))
            self.editor.selectAll()
        else:
            self._parse()

    def _edited(self) -> None:
        if self.editor.document().characterCount() > LONG_TEXT:
            self._pause.start()
        else:
            self._parse()

    def accept(self) -> None:
        """Close with the numbers as they stand, or stay open when the last of them are wrong."""
        if self._pause.isActive():
            self._parse()
        if self.planes is not None:
            super().accept()

    def _parse(self) -> None:
        self._pause.stop()
        try:
            self.planes = parse_planes(self.editor.toPlainText())
        except Problem as problem:
            self.planes = None
            self._message.setText(say(problem.sentence))
        else:
            channels, height, width = self.planes.shape
            self._message.setText(f"{height} × {width} × {channels}")
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(self.planes is not None)

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self.setWindowTitle(self.tr("Numbers of the picture"))
        self._help.setText(
            self.tr(
                "One row per line; tabs, spaces or commas between the numbers."
                " An empty line begins the next channel."
            )
        )
        self.editor.setAccessibleName(self.tr("Matrix"))
