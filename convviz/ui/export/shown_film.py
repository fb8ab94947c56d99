"""The stepping as a film without anybody looking on: a window is opened, shows the layer, and is closed."""

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSettings

from convviz.core.text import Problem
from convviz.core.wording import MORE
from convviz.files.animation import check_film_place
from convviz.ui import theme
from convviz.ui.app import Application, leave_after, qt_application, settle
from convviz.ui.export.film import MOST_STEPS, FilmOrder, make_film, stepping_of
from convviz.ui.language import Language
from convviz.ui.preferences import Preferences
from convviz.ui.state import Room, State
from convviz.ui.theme import DESK_SCALE, Theme, ThemeName
from convviz.work.jobs import JobContext


def write_shown_film(
    path: Path,
    state: State,
    *,
    steps: int | None,
    milliseconds: int,
    scale: int,
    size: tuple[int, int],
    language: str,
    theme_name: str,
) -> int:
    """Write a film of the convolution room, and end the process.

    Parameters
    ----------
    path : Path
        File to write; replaced in one step if it exists.
    state : State
        What the room shows; it must fit.
    steps : int or None
        How many cells, from the first one on; None for all, or for as many as a film can have.
    milliseconds, scale : int
        As for :class:`~convviz.ui.export.film.FilmOrder`.
    size : (int, int)
        Width and height of the window.
    language, theme_name : str
        Values of :class:`Language` and :class:`ThemeName`.

    Returns
    -------
    int
        Exit code: 0 if it was written, 1 with a sentence on stderr if not; the old file is kept then.

    Raises
    ------
    Problem
        If nothing could be written there.
    """
    check_film_place(path)
    application = Application(qt_application(), Preferences(QSettings(), remember=False))
    theme.install(Theme(ThemeName(theme_name), DESK_SCALE))
    application.translations.choose(Language(language))
    window = application.open_window(state.picture)
    window.session.edit(state, "")
    window.resize(*size)
    window.show()
    window.set_language(Language(language))
    window.set_room(Room.CONVOLUTION)
    application.warm_up()
    if not settle(application, window):
        return leave_after(_fail("The layer was not on screen in time; nothing was written."), application)
    stepping = stepping_of(window.convolution, theme.current(), QCoreApplication.translate("Sentence", MORE))
    if stepping is None:
        return leave_after(_fail("The window shows no result of this layer to step through."), application)
    count = min(MOST_STEPS, stepping.count)
    if steps is None and count < stepping.count:
        _fail(f"{path.name} shows the first {count} of {stepping.count} cells, the most a film can have.")
    try:
        make_film(FilmOrder(stepping, steps or count, milliseconds, scale, str(path)), JobContext())
    except Problem as problem:
        return leave_after(_fail(str(problem)), application)
    return leave_after(0, application)


def _fail(sentence: str) -> int:
    if sys.stderr is not None:
        sys.stderr.write(f"{sentence}\n")
    return 1
