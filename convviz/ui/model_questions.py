"""Whether a program of the user's may run, and what to do about a file that would run code unasked."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from convviz.core.text import Sentence
from convviz.ui import theme
from convviz.ui.language import say
from convviz.ui.widgets.labels import label

CODE = "code"
"""Value of a sentence that is code to be copied."""


class TrustBox(QMessageBox):
    """Asks whether a program may run; the answer without a choice is No.

    Parameters
    ----------
    program : str
        Its path.
    parent : QWidget
        Owner.
    """

    def __init__(self, program: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("trust-question")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setIcon(QMessageBox.Icon.Warning)
        self.setTextFormat(Qt.TextFormat.PlainText)
        buttons = QMessageBox.StandardButton
        self.setStandardButtons(buttons.Yes | buttons.No)
        self.setDefaultButton(buttons.No)
        self.setEscapeButton(buttons.No)
        self._program = program
        self.retranslate()

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self.setWindowTitle(self.tr("Run this program?"))
        what = self.tr("{0} is a program. To open it is to run its code, which can do anything you can do.")
        self.setText(what.format(Path(self._program).name))
        why = self.tr("Run it only if you know where it comes from:\n{0}")
        self.setInformativeText(why.format(self._program))


def ask_trust(program: str, over: QWidget, then: Callable[[], object]) -> None:
    """Ask whether a program may run, and go on only if it may.

    Parameters
    ----------
    program : str
        Its path.
    over : QWidget
        The window above which the question is asked.
    then : callable
        What goes on.
    """
    box = TrustBox(program, over)

    def answer(chosen: int) -> None:
        if chosen == QMessageBox.StandardButton.Yes:
            then()

    box.finished.connect(answer)
    box.open()


class CodeBox(QDialog):
    """Says why a file is refused, with the code that turns it into one that is not.

    Parameters
    ----------
    sentence : Sentence
        With the code as its value :data:`CODE`, at its end.
    parent : QWidget
        Owner.
    """

    def __init__(self, sentence: Sentence, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("code-box")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        code = str(sentence.values[CODE])
        self.said = label(wrap=True, name="code-refusal")
        self.said.setText(say(sentence).removesuffix(code).rstrip())
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.code = QPlainTextEdit(code, self)
        self.code.setObjectName("code-text")
        self.code.setReadOnly(True)
        self.code.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.code.setFont(theme.current().digits())
        self.code.setTabChangesFocus(True)
        line = QFontMetrics(self.code.font()).lineSpacing()
        self.code.setFixedHeight(line * (code.count("\n") + 3) + theme.current().px(16))
        self.copy = QPushButton(self)
        self.copy.setObjectName("code-copy")
        self.copy.clicked.connect(lambda: QApplication.clipboard().setText(code))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (self.said, self.code, self.buttons):
            layout.addWidget(widget)
        self.setMinimumWidth(theme.current().px(620))
        self.retranslate()

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self.setWindowTitle(self.tr("This file is not opened"))
        self.code.setAccessibleName(self.tr("Code that makes a state dict"))
        self.copy.setText(self.tr("&Copy the code"))
