"""The stepping as a film: what each picture shows, how large it is said to be, and how it is given up."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtGui import QColor, QFontMetricsF

from convviz.core.channels import ChannelMode
from convviz.core.text import Problem
from convviz.core.wording import MORE, PieceKind
from convviz.ui import theme
from convviz.ui.export.film import (
    LINE_PX,
    FilmOrder,
    Stepping,
    make_film,
    placed_pieces,
    stepping_of,
    weigh_film,
)
from convviz.work.jobs import Cancelled, JobContext
from tests.ui.driver import Driver

GRID = np.random.default_rng(3).integers(-5, 9, (5, 6)).astype(np.float32)


@pytest.fixture
def stepping(driver: Driver) -> Stepping:
    driver.window.opener.show_matrix(GRID[np.newaxis].astype(float))
    session = driver.window.session
    session.edit(session.state.with_settings(padding=(0, 0)), "padding")
    driver.settle()
    found = stepping_of(driver.window.convolution, theme.current(), MORE)
    assert found is not None
    return found


def frames(path: Path) -> list[NDArray[np.uint8]]:
    with Image.open(path) as image:
        out = []
        for number in range(getattr(image, "n_frames", 1)):
            image.seek(number)
            out.append(np.asarray(image.convert("RGB")))
        return out


def blank_cells(stepping: Stepping, picture: NDArray[np.uint8]) -> list[bool]:
    """Whether the cells of the result are blank, row by row; looked at beside their numbers."""
    part = stepping.parts[stepping.key]
    colour = QColor(theme.current().colours.blank)
    blank = [colour.red(), colour.green(), colour.blue()]
    out = []
    for row in range(stepping.shape[0]):
        for column in range(stepping.shape[1]):
            rows, columns = part.scene.geometry.rows, part.scene.geometry.columns
            y = part.top + (rows.edge(row) * 4 + rows.edge(row + 1)) // 5
            x = part.left + (columns.edge(column) + columns.edge(column + 1)) // 2
            out.append(picture[y, x].tolist() == blank)
    return out


def test_each_picture_has_one_more_cell(stepping: Stepping, tmp_path: Path) -> None:
    path = tmp_path / "film.png"
    assert stepping.count == 3 * 4
    said = make_film(FilmOrder(stepping, 12, 500, 1, str(path)), JobContext())
    assert str(said) == "Saved as film.png."
    shown = frames(path)
    assert len(shown) == 12
    assert shown[0].shape == (stepping.size[1], stepping.size[0], 3)
    for step, picture in enumerate(shown):
        assert blank_cells(stepping, picture) == [n > step for n in range(12)], step


def test_the_window_on_the_input_and_the_arithmetic_move_on(stepping: Stepping, tmp_path: Path) -> None:
    path = tmp_path / "film.png"
    make_film(FilmOrder(stepping, 2, 500, 1, str(path)), JobContext())
    first, second = frames(path)
    part = stepping.parts["input-0"]
    area = np.s_[part.top : part.top + part.height, part.left : part.left + part.width]
    assert (first[area] != second[area]).any()
    below = max(p.top + p.height for p in stepping.parts.values())
    assert (first[below:] != second[below:]).any()


def test_the_arithmetic_of_several_channels_has_room_for_its_last_line(driver: Driver) -> None:
    driver.window.opener.show_example("multi-channel")
    driver.settle()
    session = driver.window.session
    session.edit(replace(session.state, channel_mode=ChannelMode.SUM), "channels")
    driver.settle()
    stepping = stepping_of(driver.window.convolution, theme.current(), MORE)
    assert stepping is not None
    for step in range(stepping.count):
        placed = placed_pieces(stepping, divmod(step, 3))
        assert placed[-1][3] is PieceKind.RESULT
        assert placed[-1][1] < stepping.rows
        metrics = QFontMetricsF(theme.current().digits(LINE_PX))
        assert all(x + metrics.horizontalAdvance(text) <= stepping.size[0] for x, _, text, _ in placed)


def test_twice_the_size_has_twice_the_pixels(stepping: Stepping, tmp_path: Path) -> None:
    path = tmp_path / "film.gif"
    make_film(FilmOrder(stepping, 3, 500, 2, str(path)), JobContext())
    assert frames(path)[0].shape == (2 * stepping.size[1], 2 * stepping.size[0], 3)


@pytest.mark.parametrize("suffix", [".gif", ".png"])
def test_the_size_is_about_what_was_said(stepping: Stepping, tmp_path: Path, suffix: str) -> None:
    order = FilmOrder(stepping, 12, 500, 1, str(tmp_path / f"film{suffix}"))
    said = weigh_film(order, JobContext())
    make_film(order, JobContext())
    assert 0.6 < said / Path(order.path).stat().st_size < 1.6


def test_giving_up_leaves_the_old_film(stepping: Stepping, tmp_path: Path) -> None:
    path = tmp_path / "film.gif"
    path.write_bytes(b"old")
    context = JobContext()
    context.cancel()
    with pytest.raises(Cancelled):
        make_film(FilmOrder(stepping, 12, 500, 1, str(path)), context)
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize("steps", [0, 13])
def test_steps_that_are_not_there_are_refused(stepping: Stepping, tmp_path: Path, steps: int) -> None:
    with pytest.raises(Problem, match="A film has 1 to 12 steps here"):
        make_film(FilmOrder(stepping, steps, 500, 1, str(tmp_path / "film.gif")), JobContext())


def test_there_is_no_film_of_settings_that_cannot_work(driver: Driver) -> None:
    driver.window.opener.show_matrix(np.ones((1, 2, 2)))
    session = driver.window.session
    session.edit(session.state.with_settings(padding=(0, 0)), "padding")
    driver.settle()
    assert driver.window.convolution.stale
    assert stepping_of(driver.window.convolution, theme.current(), MORE) is None
