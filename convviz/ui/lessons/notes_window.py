"""The lecturer's own view: the notes of the step, what comes next, and the time."""

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QLocale, Qt, QTime, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QScreen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from convviz.core.lessons import text_in
from convviz.ui import theme
from convviz.ui.language import language_in_force
from convviz.ui.lessons.course import Course
from convviz.ui.widgets.labels import label

if TYPE_CHECKING:
    from convviz.ui.window import Window

_SECOND_MS = 1000
_TEXT_PX, _CLOCK_PX, _LEAST_PX = 20, 26, 16
SIZE = (900, 640)


class NotesWindow(QWidget):
    """Stays on the lecturer's screen while the window shows the step on the projector.

    Parameters
    ----------
    window : Window
        What shows the step.
    course : Course
        Which step is on.
    """

    def __init__(self, window: "Window", course: Course) -> None:
        super().__init__(window, Qt.WindowType.Window)
        self.setObjectName("lesson-notes-window")
        self._window, self._course = window, course
        self._began = time.monotonic()
        # How the window was before it went to the second screen.
        self._before: tuple[QByteArray, bool] | None = None
        self._caption, self._clock = label("caption", name="notes-caption"), label(name="notes-clock")
        self.title = label("title", wrap=True, name="notes-title")
        self.notes, self.text = (label(wrap=True, name=name) for name in ("notes-notes", "notes-text"))
        self._next_caption, self.following = label("caption"), label("muted", wrap=True, name="notes-next")
        self.back, self.next = QPushButton(self), QPushButton(self)
        self.back.setObjectName("notes-back")
        self.next.setObjectName("notes-forward")
        self.next.setProperty("role", "primary")
        column, head, way = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        words = QWidget(self)
        self._words = QVBoxLayout(words)
        self._words.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self._caption, 1)
        head.addWidget(self._clock)
        way.addWidget(self.back)
        way.addStretch(1)
        way.addWidget(self.next)
        column.addLayout(head)
        for widget in (self.title, self.notes, self.text):
            self._words.addWidget(widget)
        self._words.addStretch(1)
        self._words.addWidget(self._next_caption)
        self._words.addWidget(self.following)
        scroll = QScrollArea(self)
        scroll.setObjectName("notes-scroll")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setWidget(words)
        column.addWidget(scroll, 1)
        column.addLayout(way)
        self.back.clicked.connect(window.lessons.back)
        self.next.clicked.connect(window.lessons.forward)
        course.moved.connect(self._write)
        course.left.connect(self._write)
        self._ticking = QTimer(self, interval=_SECOND_MS)
        self._ticking.timeout.connect(self._tick)
        self.resize(*SIZE)
        self._restyle()
        self.retranslate()

    def present(self) -> None:
        """Open; where there is a second screen, the window goes there, as large as it is."""
        self._began = time.monotonic()
        here = self._window.screen()
        other = next((screen for screen in QGuiApplication.screens() if screen is not here), None)
        if other is not None:
            if self._before is None:
                self._before = self._window.saveGeometry(), self._window.projector
            self._fill(other)
            self.move(here.availableGeometry().center() - self.rect().center())
        self.show()
        self.activateWindow()
        self._ticking.start()
        self._tick()

    def _fill(self, screen: QScreen) -> None:
        self._window.set_projector(True, remember=False)
        self._window.showNormal()
        self._window.setScreen(screen)
        self._window.setGeometry(screen.geometry())
        self._window.showFullScreen()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Bring the window back from the second screen, as it was."""
        super().closeEvent(event)
        self._ticking.stop()
        if self._before is not None:
            (geometry, projector), self._before = self._before, None
            self._window.showNormal()
            self._window.set_projector(projector, remember=False)
            self._window.restoreGeometry(geometry)

    @Slot()
    def _tick(self) -> None:
        minutes, seconds = divmod(int(time.monotonic() - self._began), 60)
        now = QLocale().toString(QTime.currentTime(), QLocale.FormatType.ShortFormat)
        self._clock.setText(f"{minutes}:{seconds:02}   {now}")

    @Slot()
    def _write(self) -> None:
        lesson, step, language = self._course.lesson, self._course.step, language_in_force()
        self.back.setEnabled(self._course.can_go(-1))
        self.next.setEnabled(lesson is not None)
        if lesson is None or step is None:
            self._caption.setText("")
            self.title.setText(self.tr("No lesson is on: choose one in the window (F2)."))
            for widget in (self.notes, self.text, self.following):
                widget.clear()
            return
        number = f"{lesson.number} · " if lesson.number else ""
        self._caption.setText(f"{number}{self._course.index + 1} / {len(lesson.steps)}")
        self.title.setText(text_in(lesson.title, language))
        self.notes.setText(text_in(step.notes, language))
        said = (text_in(step.text, language), text_in(step.notice, language))
        self.text.setText("\n\n".join(filter(None, said)))
        following = self._course.following
        self.following.setText(text_in(following.text, language) if following else self.tr("The end."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with the keys that presenters' remotes send."""
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_Right, Qt.Key.Key_Space):
            self._window.lessons.forward()
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_Left):
            self._window.lessons.back()
        elif event.key() in (Qt.Key.Key_B, Qt.Key.Key_Period):
            self._window.blackout.toggle()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_ticking"):
            self._restyle()

    def _restyle(self) -> None:
        now = theme.current()
        # Read at arm's length, and no smaller than what the class reads.
        for widget, size in ((self.notes, _TEXT_PX), (self._clock, _CLOCK_PX)):
            self._enlarge(widget, max(size, now.px(_LEAST_PX)))
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(*[now.px(20)] * 4)
        layout.setSpacing(now.px(12))
        self._words.setSpacing(now.px(12))

    @staticmethod
    def _enlarge(widget: QLabel, size: int) -> None:
        # A font that is set would lose to the style sheet's.
        widget.setStyleSheet(f"font-size: {size}px;")

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self.setWindowTitle(self.tr("Notes for the lecturer"))
        self._next_caption.setText(self.tr("NEXT"))
        self.back.setText(self.tr("Back"))
        self.next.setText(self.tr("Next"))
        for button in (self.back, self.next):
            button.setAccessibleName(button.text())
        self.back.setToolTip(self.tr("The step before (Page Up)"))
        self.next.setToolTip(self.tr("The next step (Page Down)"))
        self._write()
