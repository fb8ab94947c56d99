"""Every room and figure in a window that is on no screen, and the translations of its texts."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
from PySide6.QtCore import QCoreApplication, QSettings, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QWidget

from convviz.commands.checks.checking import Finding, Mismatch, attempt, near, same
from convviz.core.distances import Distance
from convviz.files.lessons import shipped_lessons
from convviz.files.samples import PHOTO_SAMPLES, load_examples, open_sample
from convviz.ui import theme
from convviz.ui.app import Application, first_state, qt_application, settle
from convviz.ui.language import Language
from convviz.ui.preferences import Preferences
from convviz.ui.session import Session
from convviz.ui.state import Room
from convviz.ui.theme import DESK_SCALE, Theme, ThemeName
from convviz.ui.window import Window

Thing = TypeVar("Thing")

SIZE = (1280, 720)
# What is painted of a room has more colours than this; an empty one has a handful.
COLOURS = 60
# The photographer's pixel in row 148 and column 250, which the lesson about pixels shows, and its colour.
PIXEL, GREY = "x 250 y 148 · 176", 0xFFB0B0B0
# Cells are painted eight pixels wide in that step; lines and a mark may cover some.
CELL = 20
TIGER_CAT = 0.3955
# Where a run ends that is stuck: the squared error of 1, the mean of the answers 1, 2 and 0.
STUCK = 2 / 3
# Between the vectors of cat and astronaut.
BETWEEN = {Distance.EUCLIDEAN: 20.46, Distance.MAXIMUM: 4.68, Distance.COSINE: 0.8696}
FIGURES = 11
# A text of Qt's own, which is not to be collected into our translations.
BUTTON = "QPlatformTheme", "Cancel"


class WatchedWindow(Window):
    """The window, which keeps what goes wrong in it instead of telling it in a dialog."""

    # Made before the window's own parts, which may tell at once.
    defects: list[str]

    def __init__(self, session: Session, application: Application) -> None:
        self.defects = []
        super().__init__(session, application.preferences, application.translations, application.threads)

    @Slot(str)
    def show_defect(self, details: str) -> None:
        """Keep what nobody foresaw."""
        self.defects.append(details)


class Stage:
    """The window with the steps of lessons in it.

    Parameters
    ----------
    application : Application
        Whose window it becomes.
    """

    def __init__(self, application: Application) -> None:
        self._application = application
        self.window = WatchedWindow(Session(first_state(open_sample(PHOTO_SAMPLES[0].id))), application)
        application.window = self.window
        self.window.resize(*SIZE)
        self.window.show()
        self.window.set_room(Room.CONVOLUTION)
        application.warm_up()

    def show(self, lesson: str, step: int) -> Window:
        """Return the window with a step of a lesson on it, once all of it is there.

        Raises
        ------
        Mismatch
            If it does not come, or something is refused or goes wrong on the way.
        """
        self.window.defects.clear()
        self.window.messages.clear()
        self.window.lessons.open(lesson, step)
        self.settle()
        said = self.window.problem.text()
        if said:
            raise Mismatch(f"the window says: {said}")
        return self.window

    def settle(self) -> None:
        """Wait until all is on screen.

        Raises
        ------
        Mismatch
            If that takes too long, or something goes wrong on the way.
        """
        done = settle(self._application, self.window)
        if self.window.defects:
            raise Mismatch(self.window.defects[0].strip().splitlines()[-1])
        if not done:
            raise Mismatch("the window was not finished in time")


def check_rooms() -> Iterator[Finding]:
    """Yield what is found of the window."""
    with _stage() as stage:
        for name, look in (
            ("image room", image),
            ("convolution room", convolution),
            ("network room", network),
            ("training room", training),
            ("embeddings room", embeddings),
            ("figures", figures),
            ("translations", translations),
        ):
            yield attempt(name, partial(look, stage))


@contextmanager
def _stage() -> Iterator[Stage]:
    with tempfile.TemporaryDirectory(prefix="convviz-selfcheck-") as folder:
        settings = QSettings(str(Path(folder, "settings.ini")), QSettings.Format.IniFormat)
        application = Application(qt_application(), Preferences(settings, remember=False))
        theme.install(Theme(ThemeName.LIGHT, DESK_SCALE))
        application.translations.choose(Language.ENGLISH)
        try:
            yield Stage(application)
        finally:
            if application.window is not None:
                application.window.close()
            application.close()


def painted(widget: QWidget) -> np.ndarray[tuple[int, ...], np.dtype[np.uint32]]:
    """Return the pixels (H, W) of a widget as they are painted, 0xFFRRGGBB.

    Raises
    ------
    Mismatch
        If they are of so few colours that nothing can be on it.
    """
    picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(picture.constBits(), np.uint32).reshape(picture.height(), -1).copy()
    colours = len(np.unique(pixels))
    if colours < COLOURS:
        raise Mismatch(f"what is painted has {colours} colours: nothing can be on it")
    return pixels


def _read_out(window: Window) -> str:
    label = window.findChild(QLabel, "status-read-out")
    return label.text() if isinstance(label, QLabel) else ""


def image(stage: Stage) -> str:
    """Look at one pixel of a photograph, its value and its colour."""
    window = stage.show("pixels", 1)
    same("value of a pixel", _read_out(window), PIXEL)
    count = int((painted(window.image) == GREY).sum())
    if count < CELL:
        raise Mismatch(f"the pixel's colour is painted {count} times, and it should be at least {CELL}")
    return PIXEL


def _found(thing: Thing | None, missing: str) -> Thing:
    if thing is None:
        raise Mismatch(missing)
    return thing


def convolution(stage: Stage) -> str:
    """Look at the first worked example, all of its results."""
    window = stage.show("conv-step", 0)
    known = next(example.expected[0] for example in load_examples() if example.id == "conv-step")
    stages = window.convolution.stages
    content = stages.panes[stages.columns[-1].maps[0].key].content
    same("results", None if content is None else content.values[0].tolist(), known.tolist())
    same("first result", _read_out(window), "output[0, 0] = 9")
    painted(window.convolution)
    return f"{known.size} results"


def network(stage: Stage) -> str:
    """Look at what the network says of the cat."""
    window = stage.show("cat-or-dog", 0)
    desk = window.network.desk
    traced = _found(None if desk is None else desk.traced, "there is no network in the room")
    shares = traced.trace.probabilities()
    same("answer", traced.trace.classes[int(shares.argmax())], "tiger cat")
    near("its probability", float(shares.max()), TIGER_CAT, 0.005)
    painted(window.network)
    return f"tiger cat {shares.max():.4f}"


def training(stage: Stage) -> str:
    """Look at a run of 200 epochs that is known to get stuck."""
    window = stage.show("train-count-11", 2)
    desk = window.training.desk
    run = _found(None if desk is None else desk.trainer.run, "nothing is learned in the room")
    same("epochs", run.epoch, 200)
    near("loss", run.history.figures[-1].loss, STUCK, 1e-4)
    painted(window.training)
    return f"200 epochs, loss {run.history.figures[-1].loss:.4f}"


def embeddings(stage: Stage) -> str:
    """Look at the distances between two photographs."""
    window = stage.show("embedding", 1)
    desk = window.embeddings.desk
    gallery = _found(None if desk is None else desk.gallery, "there are no vectors in the room")
    same("numbers of a vector", gallery.vectors.shape[1], 1280)
    for kind, known in BETWEEN.items():
        near(f"{kind.value} distance", float(gallery.matrices[kind][0, 1]), known, known / 100)
    painted(window.embeddings)
    return ", ".join(f"{kind.value} {gallery.matrices[kind][0, 1]:.4g}" for kind in BETWEEN)


def figures(stage: Stage) -> str:
    """Look at one figure of every kind that the lessons have."""
    kinds = {
        str(step.figure["kind"]): (lesson.id, number)
        for lesson in shipped_lessons()
        for number, step in enumerate(lesson.steps)
        if step.figure
    }
    same("kinds of figures", len(kinds), FIGURES)
    for place in kinds.values():
        painted(stage.show(*place).figures)
    return ", ".join(sorted(kinds))


def translations(stage: Stage) -> str:
    """Have the window, a sentence and Qt's own buttons say things in Russian."""
    stage.window.set_language(Language.RUSSIAN)
    stage.settle()
    same("first menu", stage.window.menuBar().actions()[0].text(), "&Файл")
    same("a sentence", QCoreApplication.translate("Sentence", "Cat"), "Кошка")
    same("a button of Qt's", QCoreApplication.translate(*BUTTON), "Отмена")
    return "Файл, Кошка, Отмена"
