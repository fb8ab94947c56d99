"""What saves for ever, to be killed: sessions to one file, or kept for a crash.

Every session says by its numbers which one it is: the stride is ``1 + number % 2``, every kernel weight is
the number, and so is every value of the picture.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from convviz.core.filters import FilterBank
from convviz.core.picture import Picture
from convviz.files.session_writing import write_session
from convviz.files.sessions import SavedSession
from convviz.ui.sessions.content import Content
from convviz.ui.state import LayerSettings, Room, State

SIDE = 300


def state(number: int) -> State:
    """Return the state with a number; its picture packs badly, so that writing takes its time."""
    noise = np.random.default_rng(number).normal(size=(SIDE, SIDE, 3)).astype(np.float32)
    noise[0, 0, 0] = number
    stride = 1 + number % 2
    return State(
        Picture(noise, str(number), float(noise.min()), float(noise.max())),
        FilterBank(np.full((1, 1, 3, 3), float(number))),
        LayerSettings(stride=(stride, stride)),
    )


def check_whole(saved: SavedSession) -> int:
    """Return the number of a session all of which belongs to it; fail if it does not."""
    number = int(saved.picture.name)
    wanted = state(number)
    assert saved.picture.values.tobytes() == wanted.picture.values.tobytes()
    assert saved.kernels.tobytes() == wanted.bank.weights.tobytes()
    assert saved.layer["stride"] == list(wanted.settings.stride)
    return number


def save_for_ever(path: Path, begun: Callable[[], None]) -> None:
    """Write one session after the other to the same file."""
    number = 0
    while True:
        write_session(path, Content(state(number), Room.IMAGE).saved())
        if number == 0:
            begun()
        number += 1


def keep_for_ever(folder: Path, begun: Callable[[], None]) -> None:
    """Have ever other work kept in case of a crash."""
    from PySide6.QtCore import QCoreApplication

    from convviz.ui.sessions.autosave import Autosave
    from convviz.work.threads import WorkerThread

    class Work:
        path, number = "", 0

        def own_content(self) -> Content:
            return Content(state(self.number), Room.IMAGE)

    application = QCoreApplication([])
    work = Work()
    autosave = Autosave(work, folder, WorkerThread("save"), application)

    def go_on() -> None:
        if work.number == 1:
            begun()
        work.number += 1
        autosave.keep()

    autosave.written.connect(go_on)
    go_on()
    application.exec()
