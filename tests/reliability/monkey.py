"""A user who knows no rules: acts at random, from a seed, on whatever is on screen."""

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from convviz.ui.language import Language
from convviz.ui.state import Room
from convviz.ui.theme import ThemeName
from convviz.ui.window import Window
from tests.reliability.heart import Heart
from tests.reliability.system_dialogs import SystemDialogs

# They would end the run, or hide the window from it.
NEVER = ("quit", "full-screen")
TEXTS = ("3", "-1.5", "1/9", "0,25", "1e300", "-", "", "abc", "ядро", "999999999999", "nan", "1 2\t3\n4 5 6")
SIZES = ((1280, 720), (1920, 1080), (1400, 800), (1024, 700))
KEYS = (
    *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End),
    *(Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space),
    *(Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Plus),
    *(Qt.Key.Key_Minus, Qt.Key.Key_0, Qt.Key.Key_5, Qt.Key.Key_P, Qt.Key.Key_E, Qt.Key.Key_R, Qt.Key.Key_F2),
    *(Qt.Key.Key_F3, Qt.Key.Key_F5, Qt.Key.Key_F7, Qt.Key.Key_F8, Qt.Key.Key_B),
)
_Modifier = Qt.KeyboardModifier
MODIFIERS = (_Modifier.NoModifier,) * 6 + (_Modifier.ShiftModifier, _Modifier.ControlModifier)
_BEAT_MS, _PATIENCE_BEATS = 20, 60
_KEPT = 40


class Monkey:
    """Acts on a window.

    Parameters
    ----------
    window : Window
        On which.
    seed : int
        Of all that is drawn.
    files : sequence of Path
        Good and bad ones, to be opened.
    folder : Path
        Where it may save.
    patch : MonkeyPatch
        Answers the dialogs of the system, which no test can reach.
    """

    def __init__(
        self, window: Window, seed: int, files: Sequence[Path], folder: Path, patch: pytest.MonkeyPatch
    ) -> None:
        self.window, self.files = window, files
        self.heart = Heart()
        self.done: list[str] = []
        self._random = random.Random(seed)
        self._modal_for = 0
        SystemDialogs(self._random, files, folder).answer(patch)
        self._beating = True
        self._beat()
        self._acts: tuple[tuple[int, Callable[[], str]], ...] = (
            (30, self._click),
            (20, self._press),
            (10, self._type),
            (8, self._drag),
            (5, self._turn_wheel),
            (10, self._trigger),
            (4, self._open),
            (2, self._resize),
            (2, self._restyle),
            (4, self._go_to_room),
            (4, self._undo_or_redo),
            (3, self._learn),
        )

    def act(self) -> None:
        """Do one thing, and let the window answer."""
        weights, acts = zip(*self._acts, strict=True)
        act = self._random.choices(acts, weights)[0]
        self.heart.skip()
        self.heart.doing = act.__name__
        said = act()
        self.done = [*self.done[-_KEPT:], said]
        self.heart.doing = said
        for _ in range(self._random.choice((1, 1, 2, 5))):
            QApplication.processEvents()
            self.heart.beat()
        if self._random.random() < 0.02:
            QTest.qWait(60)

    def stop(self) -> None:
        """Close what is open over the window, end every lesson, and what goes on by itself."""
        self._beating = False
        while (over := QApplication.activePopupWidget() or QApplication.activeModalWidget()) is not None:
            over.close()
            QApplication.processEvents()
        self.window.lessons.close()
        if self.window.lessons.maker is not None:
            # Nobody is there to say what becomes of a lesson that was made by chance.
            self.window.lessons.maker.draft.start()
        # Nor what becomes of a session that was saved by chance.
        self.window.sessions.path = ""
        if self.window.blackout.isVisible():
            self.window.blackout.toggle()
        network, training = self.window.network.desk, self.window.training.desk
        if network is not None:
            network.live.stop()
        if training is not None:
            training.trainer.set_playing(False)

    # While something is open over the window

    def _beat(self) -> None:
        if not self._beating:
            return
        self.heart.beat()
        # Anew each time: a timer does not fire within what it has set off, such as a dialog over a dialog.
        QTimer.singleShot(_BEAT_MS, self.window, self._beat)
        # Within a nested loop nobody else acts: what is open over the window is answered here.
        over = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        self._modal_for = self._modal_for + 1 if over is not None else 0
        if over is None:
            return
        if self._modal_for > _PATIENCE_BEATS or self._random.random() < 0.1:
            (over.reject if isinstance(over, QDialog) else over.close)()
        elif self._random.random() < 0.5:
            self._click_in(over)

    # What it does

    def _over(self) -> QWidget:
        """Return what a click would reach: what is open over all else, or one of the windows."""
        over = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        others = [w for w in QApplication.topLevelWidgets() if w.isVisible() and not isinstance(w, QMenu)]
        if over is not None:
            return over
        return self._random.choice(others) if others and self._random.random() < 0.1 else self.window

    def _some_widget(self) -> QWidget:
        # A list of choices may be gone while this looks at others: what looks may also collect.
        all_there = filter(shiboken6.isValid, self._over().findChildren(QWidget))
        found = [one for one in all_there if one.isVisible() and one.isEnabled()]
        small = [one for one in found if not one.visibleRegion().isEmpty()]
        return self._random.choice(small) if small else self.window

    def _point(self, widget: QWidget) -> QPoint:
        size = widget.size()
        return QPoint(
            self._random.randrange(max(1, size.width())), self._random.randrange(max(1, size.height()))
        )

    def _click(self) -> str:
        return self._click_in(self._some_widget())

    def _click_in(self, widget: QWidget) -> str:
        inside = widget.childAt(self._point(widget)) or widget
        point = self._point(inside)
        said = f"click {name_of(inside)} at {point.x()}, {point.y()}"
        self.heart.doing = said
        button = self._random.choice((Qt.MouseButton.LeftButton,) * 9 + (Qt.MouseButton.RightButton,))
        QTest.mouseMove(inside, point)
        if self._random.random() < 0.1:
            QTest.mouseDClick(inside, Qt.MouseButton.LeftButton, _Modifier.NoModifier, point)
        else:
            QTest.mouseClick(inside, button, self._random.choice(MODIFIERS), point)
        return said

    def _press(self) -> str:
        widget = QApplication.focusWidget() or self.window
        key, modifier = self._random.choice(KEYS), self._random.choice(MODIFIERS)
        said = f"press {modifier.name} {key.name} in {name_of(widget)}"
        self.heart.doing = said
        QTest.keyClick(widget, key, modifier)
        return said

    def _type(self) -> str:
        widget, text = QApplication.focusWidget() or self.window, self._random.choice(TEXTS)
        said = f"type {text!r} into {name_of(widget)}"
        self.heart.doing = said
        if self._random.random() < 0.3:
            QGuiApplication.clipboard().setText(text)
            QTest.keyClick(widget, Qt.Key.Key_V, _Modifier.ControlModifier)
        else:
            for letter in text:
                QTest.keyClick(widget, key_of(letter))
        return said

    def _drag(self) -> str:
        widget = self._some_widget()
        said = f"drag in {name_of(widget)}"
        self.heart.doing = said
        button = self._random.choice((Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton))
        QTest.mousePress(widget, button, _Modifier.NoModifier, self._point(widget))
        for _ in range(self._random.randint(1, 6)):
            QTest.mouseMove(widget, self._point(widget) * 1.5)
            QApplication.processEvents()
            if not shiboken6.isValid(widget):
                # What was dragged in has been closed meanwhile, and has gone.
                return said
        QTest.mouseRelease(widget, button, _Modifier.NoModifier, self._point(widget))
        return said

    def _turn_wheel(self) -> str:
        widget = self._some_widget()
        said = f"wheel over {name_of(widget)}"
        self.heart.doing = said
        at = QPointF(self._point(widget))
        event = QWheelEvent(
            at,
            QPointF(widget.mapToGlobal(at)),
            QPoint(),
            QPoint(0, self._random.choice((-240, -120, 120, 240))),
            Qt.MouseButton.NoButton,
            self._random.choice(MODIFIERS),
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)
        return said

    def _trigger(self) -> str:
        actions = self.window.menus.commands.actions
        name = self._random.choice([one for one in actions if one not in NEVER and actions[one].isEnabled()])
        self.heart.doing = f"menu {name}"
        # A modal dialog would be below its own menu otherwise.
        if QApplication.activeModalWidget() is None:
            actions[name].trigger()
        return f"menu {name}"

    def _open(self) -> str:
        path = self._random.choice(self.files)
        self.heart.doing = f"open {path.name}"
        window = self.window
        opener = self._random.choice((window.open_path, window.lessons.open_file, self._drop, self._drop))
        opener(str(path))
        return f"open {path.name}"

    def _drop(self, path: str) -> None:
        """Drop a file, and perhaps another one with it: what becomes of it is for the window to say."""
        mime = QMimeData()
        also = [str(self._random.choice(self.files))] if self._random.random() < 0.2 else []
        mime.setUrls([QUrl.fromLocalFile(each) for each in (path, *also)])
        place = QPointF(self._point(self.window))
        left, none = Qt.MouseButton.LeftButton, _Modifier.NoModifier
        drop = QDropEvent(place, Qt.DropAction.CopyAction, mime, left, none)
        QApplication.sendEvent(self.window, drop)

    def _resize(self) -> str:
        size = self._random.choice(SIZES)
        self.heart.doing = f"resize to {size}"
        self.window.resize(*size)
        return f"resize to {size}"

    def _restyle(self) -> str:
        choice = self._random.choice((*Language, *ThemeName, True, False))
        self.heart.doing = f"choose {choice}"
        if isinstance(choice, Language):
            self.window.set_language(choice)
        elif isinstance(choice, ThemeName):
            self.window.set_theme(choice)
        else:
            self.window.set_projector(choice)
        return f"choose {choice}"

    def _go_to_room(self) -> str:
        room = self._random.choice(list(Room))
        self.heart.doing = f"room {room}"
        self.window.set_room(room)
        return f"room {room}"

    def _undo_or_redo(self) -> str:
        name, times = self._random.choice(("undo", "redo")), self._random.randint(1, 12)
        self.heart.doing = f"{name} {times} times"
        for _ in range(times):
            self.window.menus.commands.actions[name].trigger()
        return f"{name} {times} times"

    def _learn(self) -> str:
        number = str(self._random.randint(1, 42))
        self.heart.doing = f"lesson {number}"
        self.window.lessons.open(number, 0)
        for _ in range(self._random.randint(0, 4)):
            self.window.lessons.forward()
        return f"lesson {number}"


def key_of(letter: str) -> Qt.Key:
    """Return the key that types a letter; the space bar for one that is on no key."""
    if letter in "\t\n":
        return Qt.Key.Key_Tab if letter == "\t" else Qt.Key.Key_Return
    return Qt.Key(ord(letter.upper())) if letter.isascii() else Qt.Key.Key_Space


def name_of(widget: QWidget) -> str:
    """Return what a widget is: its class, its name and its owner's."""
    parent = widget.parentWidget()
    owner = f" of {parent.objectName() or type(parent).__name__}" if parent is not None else ""
    return f"{type(widget).__name__} {widget.objectName()!r}{owner}"
