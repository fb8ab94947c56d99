"""A bar inside the pane it concerns: what is wrong and what to do, or a note."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from convviz.ui import theme
from convviz.ui.widgets.glyphs import Glyph, icon, pixmap
from convviz.ui.widgets.labels import label

_ICON_PX = 20
_CLOSE_PX = 12


class ProblemBar(QFrame):
    """One sentence, at most one action, and a button to close; hidden while there is nothing to say.

    A problem is amber with a warning sign; a note looks like a card with an ⓘ. Both are announced to
    assistive technology.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    # The action was chosen; nothing. The bar stays until it is cleared.
    acted = Signal()
    # The user has closed the bar; nothing.
    dismissed = Signal()

    _theme: theme.Theme | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("problem-bar")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._is_note = False
        self._sign = label(name="problem-sign")
        self._sentence = label(wrap=True, name="problem-sentence")
        self._sentence.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        # Selecting with the mouse is enough here; the keyboard goes to the buttons.
        self._sentence.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self._sentence.setSizePolicy(policy)
        self._action = QPushButton(self)
        self._action.setObjectName("problem-action")
        self._action.clicked.connect(self.acted)
        self._close = QToolButton(self)
        self._close.setObjectName("problem-close")
        self._close.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._close.clicked.connect(self._dismiss)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._sign, 0)
        self._row.addWidget(self._sentence, 1)
        self._row.addWidget(self._action, 0)
        self._row.addWidget(self._close, 0)
        self.hide()
        self._restyle()
        self.retranslate()

    def show_problem(self, text: str, action: str | None = None) -> None:
        """Show the sentence ``text`` and, if given, a button that reads ``action``."""
        self._show(text, action, is_note=False)

    def show_note(self, text: str, action: str | None = None) -> None:
        """Show ``text`` as a note: something to know, nothing wrong."""
        self._show(text, action, is_note=True)

    def clear(self) -> None:
        """Say nothing and disappear."""
        # Clearing a label lays everything around it out anew, however empty it is.
        if self.text():
            self._sentence.clear()
        self.hide()

    def text(self) -> str:
        """Return the sentence shown, or an empty string."""
        return self._sentence.text()

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self._close.setToolTip(self.tr("Close this message"))
        self._close.setAccessibleName(self.tr("Close this message"))
        self._sign.setAccessibleName(self.tr("Note") if self._is_note else self.tr("Problem"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the sentence is at this width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # A pane that is too low for all it holds would take from a height that is only wished for.
        self.setMinimumHeight(max(0, self._row.totalHeightForWidth(self.width())))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._restyle()

    def _show(self, text: str, action: str | None, *, is_note: bool) -> None:
        is_new = (text, is_note) != (self.text(), self._is_note) or self.isHidden()
        self._is_note = is_note
        self._sentence.setText(text)
        self.setAccessibleName(text)
        self._action.setVisible(action is not None)
        self._action.setText(action or "")
        self._action.setAccessibleName(action or "")
        self._action.setToolTip(action or "")
        self._restyle()
        self.retranslate()
        self.show()
        self._fit()
        if is_new:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _dismiss(self) -> None:
        self.clear()
        self.dismissed.emit()

    def _restyle(self) -> None:
        self._theme = theme.current()
        colours, px = self._theme.colours, self._theme.px
        role = "card" if self._is_note else "problem"
        if self.property("role") != role:
            self.setProperty("role", role)
            for widget in (self, self._sign, self._sentence):
                widget.style().unpolish(widget)
                widget.style().polish(widget)
        self._row.setContentsMargins(px(10), px(6), px(6), px(6))
        self._row.setSpacing(px(10))
        ink = colours.focus if self._is_note else colours.problem_text
        glyph = Glyph.NOTE if self._is_note else Glyph.WARNING
        self._sign.setPixmap(pixmap(glyph, ink, px(_ICON_PX)))
        self._close.setIcon(icon(Glyph.CLOSE, colours.text, colours.muted, px(_CLOSE_PX)))
        self._close.setIconSize(QSize(px(_CLOSE_PX), px(_CLOSE_PX)))
