"""A figure that lays out a scene for its size, and in which something can be picked."""

from abc import abstractmethod

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Slot
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from convviz.ui import theme
from convviz.ui.figures.figure import Figure
from convviz.ui.figures.scene import Scene
from convviz.ui.language import language_in_force
from convviz.ui.widgets.pane_paint import draw_focus_ring
from convviz.ui.widgets.spoken import announce

NOTHING = -1
_Key = Qt.Key
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_ENDS = (_Key.Key_Home, _Key.Key_End)
_STEPS = {_Key.Key_Left: -1, _Key.Key_Up: -1, _Key.Key_Right: 1, _Key.Key_Down: 1}


class SceneFigure(Figure):
    """Paints its scene; a click or the arrow keys pick one of its parts, Esc none.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    _theme: theme.Theme | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"figure-{self.KIND}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._theme = theme.current()
        self._picked = NOTHING
        self._key: tuple[object, ...] = ()
        self._scene: Scene | None = None

    # What a figure of this kind says of itself. Qt's metaclass leaves no room for ABC's; the type checker
    # sees to it that each figure has these.

    @abstractmethod
    def compose(self) -> Scene:
        """Return what is shown at the size the figure has, laid out anew."""

    @abstractmethod
    def count(self) -> int:
        """Return how many parts can be picked."""

    @abstractmethod
    def tip(self, part: int) -> str:
        """Return what is to be known of a part, in one line."""

    @abstractmethod
    def describe(self) -> None:
        """Say to screen readers what is on screen."""

    def scene(self) -> Scene:
        """Return what is shown, laid out anew only where something it depends on has changed."""
        key = (self.size().toTuple(), theme.current(), language_in_force(), self._picked, self.stage)
        if self._scene is None or key != self._key:
            self._key, self._scene = key, self.compose()
        return self._scene

    @Slot()
    def renew(self) -> None:
        """Lay out anew what is shown: something has changed that is neither the part picked nor the stage."""
        self._scene = None
        self.update()

    def show_stage(self, before: int) -> None:
        """Paint the stage, and say it."""
        del before
        self.describe()
        self.update()

    # Picking

    @property
    def picked(self) -> int:
        """The part we talk about; :data:`NOTHING` for none."""
        return self._picked

    def pick(self, part: int) -> None:
        """Talk about a part."""
        if part != self._picked:
            self._picked = part
            self.describe()
            self.update()
            if part != NOTHING:
                announce(self, self.tip(part))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick what is under the mouse."""
        part = self.scene().pick_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and part is not None:
            self.pick(part)
        else:
            event.ignore()

    def takes(self, key: Qt.Key) -> bool:
        """Return whether a key, without modifiers, does something here."""
        return key in _STEPS or key in _ENDS or (key == _Key.Key_Escape and self._picked != NOTHING)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pick the part before or after; Home and End the first and the last; Esc none."""
        key, count = _Key(event.key()), self.count()
        if event.modifiers() & ~_KEYPAD or not count:
            event.ignore()
        elif key in _STEPS:
            first = 0 if _STEPS[key] > 0 else count - 1
            step = self._picked + _STEPS[key]
            self.pick(first if self._picked == NOTHING else min(max(step, 0), count - 1))
        elif key in _ENDS:
            self.pick(0 if key == _Key.Key_Home else count - 1)
        elif key == _Key.Key_Escape and self._picked != NOTHING:
            self.pick(NOTHING)
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        """Tell what is under the mouse; take our keys from the menus, which have some of them too."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if not event.modifiers() & ~_KEYPAD and self.takes(_Key(event.key())):
                event.accept()
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            part = self.scene().pick_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if part is None else self.tip(part), self)
            return True
        return super().event(event)

    # Painting and housekeeping

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the scene."""
        del event
        painter = QPainter(self)
        self.scene().paint(painter)
        if self.hasFocus():
            draw_focus_ring(painter, self.rect().toRectF(), theme.current())
        painter.end()

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(theme.current().px(860), theme.current().px(560))

    def minimumSizeHint(self) -> QSize:
        """Return the least that can be read; where there is less room it is scrolled."""
        return QSize(theme.current().px(480), theme.current().px(320))

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self.describe()
        self.renew()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif self._theme is not None and self._theme != theme.current():
            self._theme = theme.current()
            self.updateGeometry()
            self.update()
