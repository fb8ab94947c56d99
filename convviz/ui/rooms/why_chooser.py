"""Chooses how to ask why the network says what it says, and says what one sees."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy, QWidget

from convviz.core.text import Sentence
from convviz.nets.why.evidence import Reason
from convviz.nets.why.unit_evidence import UnitReason
from convviz.ui.language import say


class WhyChooser(QComboBox):
    """The ways to ask about the chosen class and the chosen map, and at their head not to ask.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    changed = Signal()  # another way is chosen, or none

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("why")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.addItem("", None)
        for reason in (*Reason, *UnitReason):
            self.addItem("", reason)
        self.currentIndexChanged.connect(self._tell)
        self.retranslate()

    @property
    def reason(self) -> Reason | UnitReason | None:
        """The way that is chosen; None for none."""
        index = self.currentIndex()
        return None if index <= 0 else (*Reason, *UnitReason)[index - 1]

    def choose(self, reason: Reason | UnitReason | None) -> None:
        """Choose a way, or none; what is chosen already is not announced."""
        self.setCurrentIndex(0 if reason is None else 1 + (*Reason, *UnitReason).index(reason))

    def toggle(self, reason: Reason | UnitReason) -> None:
        """Choose a way, or none if it is chosen already."""
        self.choose(None if self.reason is reason else reason)

    @Slot()
    def _tell(self) -> None:
        self.changed.emit()

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        texts = (
            self.tr("Why?"),
            "Grad-CAM",
            self.tr("Gradient × input"),
            self.tr("Guided backpropagation"),
            self.tr("Occlusion map"),
            self.tr("Map: deconvolution"),
            self.tr("Map: guided backpropagation"),
            self.tr("Map: gradient"),
        )
        for index, text in enumerate(texts):
            self.setItemText(index, text)
        self.setAccessibleName(self.tr("Why the network says so"))
        self.setToolTip(
            self.tr(
                "Show on the photograph what speaks for the chosen class, or what the chosen map sees there"
            )
        )


class WhyNote(QLabel):
    """Says below the photograph what the colours over it mean; hidden while there are none.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "muted")
        self.setWordWrap(True)
        self.setObjectName("why-note")
        self._said: tuple[Sentence, ...] = ()
        self._word: Callable[[str], str] = str
        self._brief = False
        self.hide()

    def set_brief(self, brief: bool) -> None:
        """Say the first sentence only, and the rest in the tooltip."""
        if brief != self._brief:
            self._brief = brief
            self.retranslate()

    def show_said(self, said: tuple[Sentence, ...], word: Callable[[str], str] = str) -> None:
        """Say what is seen; nothing hides the note. ``word`` names a class in the language in force."""
        self._said, self._word = said, word
        self.setVisible(bool(said))
        self.retranslate()

    def retranslate(self) -> None:
        """Say it in the language in force."""
        if self._said:
            said = [self._say(sentence) for sentence in self._said]
            self.setText(said[0] if self._brief else " ".join(said))
            self.setToolTip(" ".join(said))

    def _say(self, sentence: Sentence) -> str:
        """Return a sentence about a class, by the name it has in the language in force."""
        values = dict(sentence.values)
        if isinstance(name := values.get("name"), str):
            values["name"] = self._word(name)
        return say(Sentence(sentence.template, values))
