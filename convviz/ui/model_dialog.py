"""What is to be known of a model of the user's before it is opened."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from convviz.core.text import Problem
from convviz.files.own_models import OwnModel
from convviz.nets.own import Inspected, from_plain, to_plain
from convviz.nets.preprocessing import Preprocessing
from convviz.ui import theme
from convviz.ui.language import say
from convviz.ui.preprocessing_form import PreprocessingForm
from convviz.ui.preprocessing_start import Start
from convviz.ui.widgets.labels import label, row

# Width and height: at a desk, and in a window smaller than that.
SIZE, LEAST = (900, 548), (640, 400)


class ModelDialog(QDialog):
    """Asks for the architecture, the preprocessing and the names of the classes.

    Parameters
    ----------
    own : OwnModel
        The file, and what was chosen for it last time.
    found : Inspected
        What the file itself says.
    parent : QWidget, optional
        Owner.
    """

    def __init__(self, own: OwnModel, found: Inspected, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("model-dialog")
        self._before, self._found = own, found
        self.model: OwnModel | None = None
        self._file = label("heading", wrap=True, name="model-file")
        self._architecture_label = label("caption")
        self.architecture = QComboBox(self)
        self.browse = QPushButton(self)
        self.browse.setObjectName("model-browse")
        self.browse.setAutoDefault(False)
        self.form = PreprocessingForm(Start(_remembered(own), found.stated), self)
        self._classes_label = label("caption")
        self.classes = QPlainTextEdit("\n".join(own.classes), self)
        self.classes.setObjectName("model-classes")
        self.classes.setTabChangesFocus(True)
        self._count = label("muted", wrap=True, name="model-class-count")
        self._message = label(wrap=True, name="model-message")
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel, self)
        self._fill_architectures()
        self._lay_out()
        self._connect()
        self._suit(self.architecture.currentText())
        self.retranslate()

    def _fill_architectures(self) -> None:
        combo = self.architecture
        combo.setObjectName("model-architecture")
        combo.addItems(list(self._found.architectures))
        combo.setMaxVisibleItems(16)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(20)
        chosen = self._before.architecture or self._found.guess
        if self._before.is_program:
            combo.setCurrentIndex(combo.findText(chosen))
        else:
            combo.setEditable(True)
            combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            completer = QCompleter(combo.model(), combo)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            combo.setCompleter(completer)
            combo.setCurrentIndex(combo.findText(chosen))
            combo.setEditText(chosen)
        # An exported program is an architecture by itself, and a file without classes will say so itself.
        for widget in (combo, self._architecture_label):
            widget.setVisible(not self._before.is_program or len(self._found.architectures) > 0)
        self.browse.setVisible(not self._before.is_program)

    def _lay_out(self) -> None:
        px = theme.current().px
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self._architecture_label)
        left.addLayout(row(self.architecture, self.browse))
        left.addSpacing(px(8))
        left.addWidget(self.form)
        left.addStretch(1)
        for widget in (self._classes_label, self.classes, self._count):
            right.addWidget(widget)
        inside = QWidget(self)
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(px(20))
        columns.addLayout(left, 3)
        columns.addLayout(right, 2)
        # At projector scale it may be higher than the screen.
        scroll = QScrollArea(self)
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.addWidget(self._file)
        layout.addWidget(scroll, 1)
        layout.addWidget(self._message)
        layout.addWidget(self.buttons)
        wanted, above = QSize(px(SIZE[0]), px(SIZE[1])), self.parentWidget()
        self.resize(wanted if above is None else wanted.boundedTo(above.size().expandedTo(QSize(*LEAST))))

    def _connect(self) -> None:
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.architecture.currentTextChanged.connect(self._suit)
        self.architecture.currentTextChanged.connect(self._judge)
        self.form.changed.connect(self._judge)
        self.classes.textChanged.connect(self._judge)
        self.browse.clicked.connect(self._browse)

    @Slot(str)
    def _suit(self, architecture: str) -> None:
        """Start from what the chosen architecture was made for."""
        self.form.set_usual(self._found.usual.get(architecture.strip()))

    @Slot()
    def _browse(self) -> None:
        """Have the weights belong to a class in a Python file."""
        folder = str(Path(self._before.path).parent)
        path, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("The Python file with the network"),
            folder,
            self.tr("Python files ({0})").format("*.py"),
        )
        if path:
            self.architecture.setEditText(path)
            self.architecture.setFocus()

    def accept(self) -> None:
        """Close with what is asked for; stay open while something is wrong."""
        self._judge()
        if self.model is not None:
            super().accept()

    @Slot()
    def _judge(self) -> None:
        """Take what is asked for, or say what is wrong with it."""
        self._show_count()
        self.model = None
        wrong = self._wrong_architecture()
        if not wrong:
            try:
                self.model = self._asked(self.form.preprocessing())
            except Problem as problem:
                wrong = say(problem.sentence)
        self._message.setText(wrong)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(self.model is not None)

    def _asked(self, steps: Preprocessing | None) -> OwnModel:
        architecture = self.architecture.currentText().strip()
        plain = None if steps is None else to_plain(steps)
        return OwnModel(self._before.path, architecture, plain, self._names())

    def _wrong_architecture(self) -> str:
        """Return what is wrong with the architecture; empty if nothing is."""
        text = self.architecture.currentText().strip()
        if self._before.is_program or text in self._found.architectures:
            return ""
        if not text:
            return self.tr("Which network do these weights belong to? Choose its architecture.")
        path = OwnModel(self._before.path, text).program
        if not path.lower().endswith(".py"):
            return self.tr(
                "There is no architecture “{0}” in the list; choose one, or a Python file."
            ).format(text)
        if not Path(path).is_file():
            return self.tr("There is no file {0}.").format(path)
        return ""

    def _names(self) -> tuple[str, ...]:
        lines = [line.strip() for line in self.classes.toPlainText().splitlines()]
        while lines and not lines[-1]:
            lines.pop()
        return tuple(lines)

    def _show_count(self) -> None:
        """Say how many names there are and how many are needed, as far as the file tells."""
        count, outputs = len(self._names()), self._found.outputs
        if outputs is None:
            self._count.setText(self.tr("{0} names").format(count) if count else "")
        elif count in (0, outputs):
            self._count.setText(self.tr("The file has {0} outputs.").format(outputs))
        else:
            text = self.tr("{0} names; the file has {1} outputs.").format(count, outputs)
            self._count.setText(text)

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self.setWindowTitle(self.tr("Open your model"))
        self._file.setText(Path(self._before.path).name)
        self._file.setToolTip(self._before.path)
        is_program = self._before.is_program
        architecture = self.tr("CLASS") if is_program else self.tr("ARCHITECTURE, OR FILE.py:ClassName")
        self._architecture_label.setText(architecture)
        self.architecture.setAccessibleName(self.tr("Class") if is_program else self.tr("Architecture"))
        self.browse.setText(self.tr("Python &file…"))
        self.browse.setToolTip(self.tr("The weights belong to a network in a Python file of yours"))
        self._classes_label.setText(self.tr("NAMES OF THE CLASSES, ONE PER LINE"))
        self.classes.setAccessibleName(self.tr("Names of the classes"))
        self.classes.setPlaceholderText(self.tr("may be left empty"))
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("&Open"))
        self._judge()


def _remembered(own: OwnModel) -> Preprocessing | None:
    """Return the settings kept with a model; None if there are none, or they make no sense any more."""
    try:
        return None if own.preprocessing is None else from_plain(own.preprocessing)
    except ValueError:
        return None
