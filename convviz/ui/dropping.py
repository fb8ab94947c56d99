"""What is dropped on the window: pictures, matrices, lessons, sessions and models."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData

from convviz.files.lessons import lesson_file
from convviz.files.own_models import model_file
from convviz.files.sessions import session_file
from convviz.ui.state import Room

if TYPE_CHECKING:
    from convviz.ui.window import Window


def may_be_opened(mime: QMimeData) -> bool:
    """Return whether these are files, a picture or text, which may be a matrix."""
    return mime.hasUrls() or mime.hasImage() or mime.hasText()


def open_dropped(window: "Window", mime: QMimeData) -> None:
    """Open what was dropped where it belongs: several files are pictures unless one is something else."""
    paths = [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]
    model = model_file(paths)
    lesson, session = lesson_file(paths), session_file(paths)
    if lesson is not None:
        window.lessons.open_file(lesson)
    elif session is not None:
        window.sessions.open_path(session)
    elif model is None and window.room is Room.EMBEDDINGS and paths:
        window.embeddings.add_paths(paths)
    elif model is None:
        window.opener.take(mime)
    else:
        window.open_model(model)
