"""Offering back what was on screen when the program ended as it should not."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Qt, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from convviz.ui.sessions.leftovers import Leftover

if TYPE_CHECKING:
    from convviz.ui.window import Window


class RescueBox(QMessageBox):
    """Asks what becomes of work that was kept; closed without an answer, it is asked again at the next start.

    Parameters
    ----------
    when : str
        The time it was kept at.
    parent : QWidget
        Owner.
    """

    def __init__(self, when: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("rescue")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setIcon(QMessageBox.Icon.Question)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.restore = self.addButton("", QMessageBox.ButtonRole.AcceptRole)
        self.discard = self.addButton("", QMessageBox.ButtonRole.DestructiveRole)
        self.later = self.addButton("", QMessageBox.ButtonRole.RejectRole)
        for name in ("restore", "discard", "later"):
            getattr(self, name).setObjectName(f"rescue-{name}")
        self.setDefaultButton(self.restore)
        self.setEscapeButton(self.later)
        self._when = when
        self.retranslate()

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self.setWindowTitle(self.tr("Restore your work?"))
        self.setText(self.tr("convviz did not end as it should the last time."))
        self.setInformativeText(self.tr("Your work has been kept ({0}). Restore it?").format(self._when))
        self.restore.setText(self.tr("&Restore"))
        self.discard.setText(self.tr("&Discard"))
        self.later.setText(self.tr("Ask &later"))


class Rescue(QObject):
    """Offers leftovers one after the other, the newest first, until one is restored.

    Parameters
    ----------
    window : Window
        What shows them.
    leftovers : list of Leftover
        What there is, held by their locks; those not dealt with are left for the next start.
    """

    def __init__(self, window: "Window", leftovers: list[Leftover]) -> None:
        super().__init__(window)
        self._window, self._leftovers = window, leftovers
        self._box: RescueBox | None = None

    @Slot()
    def offer(self) -> None:
        """Ask about the newest."""
        if not self._leftovers:
            return
        when = QLocale().toString(self._leftovers[0].time, QLocale.FormatType.ShortFormat)
        self._box = RescueBox(when, self._window)
        self._box.finished.connect(self._answer)
        self._box.open()

    @Slot()
    def _answer(self) -> None:
        box, self._box = self._box, None
        assert box is not None
        chosen = box.clickedButton()
        if chosen is box.restore:
            self._window.sessions.restore(self._leftovers.pop(0))
        elif chosen is box.discard:
            self._leftovers.pop(0).discard()
            self.offer()
            return
        for leftover in self._leftovers:
            leftover.leave()
        self._leftovers = []
