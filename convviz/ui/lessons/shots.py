"""A picture of every step of lessons, as they are on screen."""

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings

from convviz.core.lessons import Lesson
from convviz.core.text import Problem
from convviz.files.atomic import write_atomically
from convviz.files.samples import PHOTO_SAMPLES, open_sample
from convviz.ui import theme
from convviz.ui.app import Application, leave_after, qt_application, settle
from convviz.ui.export.pictures import image_bytes
from convviz.ui.language import Language
from convviz.ui.preferences import Preferences
from convviz.ui.state import Room
from convviz.ui.theme import DESK_SCALE, Theme, ThemeName
from convviz.ui.window import Window


def write_shots(
    folder: Path,
    lessons: Sequence[Lesson],
    languages: Sequence[str],
    size: tuple[int, int],
    *,
    projector: bool,
) -> int:
    """Write ``NN-id-STEP-LANGUAGE.png`` for every step into ``folder``, and end the process.

    Parameters
    ----------
    folder : Path
        An existing one; files of these names are overwritten.
    lessons : sequence of Lesson
        Which.
    languages : sequence of str
        Values of :class:`Language`.
    size : (int, int)
        Width and height of the window.
    projector : bool
        Whether everything is as large as on a projector.

    Returns
    -------
    int
        Exit code: 0 if every picture was written and nothing was refused on the way.
    """
    application = Application(qt_application(), Preferences(QSettings(), remember=False))
    theme.install(Theme(ThemeName.LIGHT, DESK_SCALE))
    window = application.open_window(open_sample(PHOTO_SAMPLES[0].id))
    window.set_projector(projector, remember=False)
    window.resize(*size)
    window.show()
    window.set_room(Room.IMAGE)
    application.warm_up()
    wrong: list[str] = []
    for language in languages:
        window.set_language(Language(language))
        for lesson in lessons:
            for step in range(len(lesson.steps)):
                wrong += _write(application, window, lesson, step, folder, language)
    for each in wrong:
        if sys.stderr is not None:
            sys.stderr.write(f"{each}\n")
    return leave_after(1 if wrong else 0, application)


def _write(
    application: Application, window: Window, lesson: Lesson, step: int, folder: Path, language: str
) -> list[str]:
    name = f"{lesson.number:02}-{lesson.id}-{step + 1}-{language}.png"
    window.messages.clear()
    window.lessons.open(lesson.id, step)
    if not settle(application, window):
        return [f"{name}: the step was not on screen in time."]
    said = window.problem.text()
    try:
        write_atomically(folder / name, image_bytes(window.grab().toImage()))
    except Problem as problem:
        return [str(problem)]
    return [f"{name}: {said}"] if said else []
