"""What exports for ever, to be killed: every kind of file, each telling which round it is of."""

import csv
import io
import itertools
import re
import runpy
import xml.etree.ElementTree as ET
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import tifffile
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QSettings
from PySide6.QtGui import QImage

from convviz.core.filters import FilterBank
from convviz.core.lessons import Lesson, Step
from convviz.core.picture import Picture, PictureKind
from convviz.files.animation import film_suffixes
from convviz.files.atomic import write_atomically
from convviz.files.layer_code import Dialect
from convviz.files.lesson_writing import write_lesson
from convviz.files.lessons import read_lesson
from convviz.files.outputs import save_png
from convviz.files.own_models import OwnModel, load_models, save_models
from convviz.files.presets import OwnKernel, load_kernels, save_kernels
from convviz.files.vectors import save_vectors
from convviz.ui import app, theme
from convviz.ui.export.film import FilmOrder, make_film, stepping_of
from convviz.ui.export.page import paper_theme, shown_maps
from convviz.ui.export.paint import Look
from convviz.ui.export.pictures import PictureOrder, paint_picture
from convviz.ui.export.texts import CodeOrder, ValuesOrder, save_code, write_values
from convviz.ui.export.views import ViewOrder, view_bytes, write_view
from convviz.ui.lessons.handout import handout_pdf
from convviz.ui.preferences import Preferences
from convviz.ui.state import LayerSettings, Room, State
from convviz.ui.theme import DESK_SCALE, Theme, ThemeName
from convviz.work.jobs import JobContext

if TYPE_CHECKING:
    from convviz.ui.window import Window

SHAPE, STEPS = (4, 5), 3


def state(number: int) -> State:
    """Return a small grid of a number under a kernel that leaves it as it is."""
    values = np.full((*SHAPE, 1), number, np.float32)
    return State(
        Picture(values, f"number {number}", -1, number + 1, PictureKind.GRID),
        FilterBank(np.ones((1, 1, 1, 1))),
        LayerSettings(),
    )


def lesson(number: int) -> Lesson:
    """Return a lesson of a number of its own."""
    return Lesson(f"lesson-{number}", {"en": f"Lesson {number}"}, (Step("image", {"en": f"Step {number}"}),))


def orders(window: "Window", folder: Path, number: int) -> list[Callable[[], object]]:
    """Return everything that can be written, each by what the window itself has it written with."""
    shown = shown_maps(window)[-1]
    stepping = stepping_of(window.convolution, theme.current(), "and {0} more")
    assert stepping is not None
    now, context = window.session.state, JobContext()
    page = QImage(60, 40, QImage.Format.Format_RGB32)
    page.fill(0xFF336699)
    vectors = np.full((3, 4), number, np.float32)
    names = [f"{number}-{each}" for each in range(3)]

    def picture(suffix: str) -> Callable[[], object]:
        path = str(folder / f"map{suffix}")
        order = PictureOrder(shown.scene, shown.source, Look(24.0), paper_theme(), path)
        return lambda: paint_picture(order, context)

    def view(suffix: str) -> Callable[[], object]:
        path = str(folder / f"view{suffix}")
        return lambda: write_view(ViewOrder(path, view_bytes(window.front, path)), context)

    def film(suffix: str) -> Callable[[], object]:
        order = FilmOrder(stepping, STEPS, 100, 1, str(folder / f"film{suffix}"))
        return lambda: make_film(order, context)

    def values(suffix: str) -> Callable[[], object]:
        order = ValuesOrder(shown.source, True, str(folder / f"values{suffix}"))
        return lambda: write_values(order, context)

    code = CodeOrder(now.picture, now.channel_mode, now.chain(), Dialect.NUMPY, str(folder / "layer.py"))
    handout = folder / "handout.pdf"
    kernel, model = OwnKernel("mine", np.full((3, 3), float(number))), OwnModel(f"/{number}.pt", "resnet18")
    return [
        *map(picture, (".png", ".svg", ".pdf")),
        *map(view, (".png", ".svg", ".pdf")),
        *map(film, film_suffixes()),
        *map(values, (".npy", ".csv", ".tif")),
        lambda: save_code(code, context),
        lambda: write_atomically(handout, handout_pdf(lesson(number), [page], "en", lecturer=True)),
        lambda: save_vectors(folder / "vectors.npy", names, vectors),
        lambda: save_vectors(folder / "vectors.csv", names, vectors),
        lambda: save_png(folder / "applied.png", np.full(SHAPE, number % 256)),
        lambda: write_lesson(folder / "own.lesson.toml", lesson(number)),
        lambda: save_kernels(folder / "kernels.json", [kernel]),
        lambda: save_models(folder / "models.json", [model]),
    ]


def export_window() -> tuple[app.Application, "Window"]:
    """Return a window that nobody sees, in the convolution room."""
    application = app.Application(app.qt_application(), Preferences(QSettings(), remember=False))
    theme.install(Theme(ThemeName.LIGHT, DESK_SCALE))
    window = application.open_window(state(0).picture)
    window.resize(900, 500)
    window.show()
    window.set_room(Room.CONVOLUTION)
    return application, window


def show(application: app.Application, window: "Window", number: int) -> None:
    """Show the grid of a number."""
    window.session.edit(state(number), "another number")
    assert app.settle(application, window)


def export_for_ever(folder: Path, begun: Callable[[], None]) -> None:
    """Write every kind of file, and again with another number."""
    application, window = export_window()
    for number in itertools.count():
        show(application, window, number)
        for order in orders(window, folder, number):
            order()
        if number == 0:
            begun()


def check_exports(folder: Path) -> set[int]:
    """Fail if a file is missing or broken; return the numbers that are in them."""
    for name in ("map.png", "view.png", "applied.png"):
        with Image.open(folder / name) as image:
            image.load()
    for suffix in film_suffixes():
        if suffix != ".mp4":
            with Image.open(folder / f"film{suffix}") as image:
                assert getattr(image, "n_frames", 1) == STEPS
                for step in range(STEPS):
                    image.seek(step)
                    image.load()
    for name in ("map.svg", "view.svg"):
        assert ET.parse(folder / name).getroot().tag.endswith("svg")
    for name in ("map.pdf", "view.pdf", "handout.pdf"):
        check_pdf((folder / name).read_bytes())
    found = {
        *number_of(np.load(folder / "values.npy")),
        *number_of(np.array(rows_of(folder / "values.csv"), float)),
        *number_of(tifffile.imread(folder / "values.tif")),
        *number_of(program_result(folder / "layer.py")),
        *number_of(load_kernels(folder / "kernels.json")[0].weights),
        int(read_lesson(folder / "own.lesson.toml").id.removeprefix("lesson-")),
        int(load_models(folder / "models.json")[0].path[1:].removesuffix(".pt")),
    }
    check_vectors(folder)
    return found


def number_of(values: NDArray[Any]) -> set[int]:
    """Return the number that all values are."""
    (number,) = np.unique(values).tolist()
    return {int(number)}


def rows_of(path: Path) -> list[list[str]]:
    """Return the cells of a table, whose last line has an end."""
    text = path.read_text()
    assert text.endswith("\n")
    return list(csv.reader(io.StringIO(text)))


def program_result(path: Path) -> NDArray[Any]:
    """Run a program that was exported, and return what it computes."""
    said = io.StringIO()
    with redirect_stdout(said):
        result = runpy.run_path(str(path))["result"]
    assert said.getvalue().startswith(str(result.shape))
    return np.asarray(result)


def check_vectors(folder: Path) -> None:
    """Fail if vectors are broken; an array and its names are of neighbouring rounds at most."""
    table = rows_of(folder / "vectors.csv")
    assert [len(row) for row in table] == [5] * 4
    (number,) = number_of(np.array([row[1:] for row in table[1:]], float))
    assert [row[0] for row in table[1:]] == [f"{number}-{n}" for n in range(3)]
    (number,) = number_of(np.load(folder / "vectors.npy"))
    names = (folder / "vectors.npy.names.txt").read_text().splitlines()
    assert names in [[f"{each}-{n}" for n in range(3)] for each in (number, number + 1)]


def check_pdf(data: bytes) -> None:
    """Fail if a document has no end, or its table of contents is not where the end says."""
    assert data.startswith(b"%PDF-")
    found = re.search(rb"startxref\s+(\d+)\s+%%EOF\s*$", data)
    assert found is not None
    assert data[int(found[1]) :].startswith(b"xref")
