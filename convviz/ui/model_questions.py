"""Whether a program of the user's may run, and what to do about a file that would run code unasked."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
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


def trust_box(program: str, parent: QWidget) -> QMessageBox:
    """Return the question whether the program at this path may run; the answer without a choice is No."""
    buttons = QMessageBox.StandardButton
    tr = QCoreApplication.translate
    text = tr(
        "ModelQuestions", "{0} is a program. To open it is to run its code, which can do anything you can do."
    )
    box = QMessageBox(
        QMessageBox.Icon.Warning,
        tr("ModelQuestions", "Run this program?"),
        text.format(Path(program).name),
        buttons.Yes | buttons.No,
        parent,
    )
    box.setObjectName("trust-question")
    box.setTextFormat(Qt.TextFormat.PlainText)
    why = tr("ModelQuestions", "Run it only if you know where it comes from. Its place is {0}")
    box.setInformativeText(why.format(program))
    box.setDefaultButton(buttons.No)
    box.setEscapeButton(buttons.No)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box


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
