"""What the window remembers from one start to the next."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QSettings

from convviz.files.presets import OwnKernel, load_kernels
from convviz.ui.language import Language
from convviz.ui.preferences import MOST_RECENT, Preferences, own_kernels_path
from convviz.ui.state import Room
from convviz.ui.theme import ThemeName
from tests.ui.driver import Driver


def test_choices_are_remembered(driver: Driver) -> None:
    driver.window.set_language(Language.RUSSIAN)
    driver.window.set_theme(ThemeName.DARK)
    driver.window.set_room(Room.IMAGE)
    again = Preferences(QSettings())
    assert (again.language, again.theme, again.room) == (Language.RUSSIAN, ThemeName.DARK, Room.IMAGE)


@pytest.mark.parametrize(
    "key",
    [
        "language",
        "theme",
        "room",
        "geometry",
        "recent",
        "background",
        "left-panel",
        "right-panel",
        "projector",
    ],
)
def test_damaged_settings_count_as_missing(driver: Driver, key: str) -> None:
    settings = QSettings()
    settings.setValue(key, "\x00 nonsense 999")
    found = Preferences(settings)
    assert found.language in Language
    assert found.theme in ThemeName
    assert found.room in Room
    assert found.geometry.size() >= 0
    assert all(0 <= v <= 255 for v in found.background)
    assert isinstance(found.recent, tuple)
    assert {found.left_panel, found.right_panel, found.projector} <= {True, False}
    del driver


def test_recent_pictures_are_few_and_the_newest_first(driver: Driver) -> None:
    preferences = driver.window.preferences
    for n in range(MOST_RECENT + 5):
        preferences.add_recent(f"/pictures/{n}.png")
    preferences.add_recent("/pictures/9.png")
    assert len(preferences.recent) == MOST_RECENT
    assert preferences.recent[0] == "/pictures/9.png"
    assert len(set(preferences.recent)) == MOST_RECENT
    preferences.forget_recent()
    assert preferences.recent == ()


def test_own_kernels_are_kept(make_window: Callable[..., Driver]) -> None:
    driver = make_window()
    panel = driver.window.convolution.kernel
    panel.grid.weights_changed.emit(np.array([[1.0, 2.0], [3.0, 4.0]]))
    panel.presets.save_requested.emit("mine")
    assert [(k.name, k.weights.tolist()) for k in load_kernels(own_kernels_path())] == [
        ("mine", [[1, 2], [3, 4]])
    ]
    panel.presets.chosen.emit("sobel-y")
    again = make_window().window.convolution.kernel
    again.presets.chosen.emit("own:mine")
    assert again.grid.weights().tolist() == [[1, 2], [3, 4]]
    again.presets.delete_requested.emit("own:mine")
    assert load_kernels(own_kernels_path()) == ()


def test_a_damaged_file_of_kernels_is_reported_and_kept(make_window: Callable[..., Driver]) -> None:
    path = own_kernels_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{ not json", encoding="utf-8")
    driver = make_window()
    assert driver.window.problem.isVisible()
    assert path.name in driver.window.problem.text()
    driver.window.convolution.kernel.presets.save_requested.emit("new")
    kept = [p for p in path.parent.iterdir() if p.read_text(encoding="utf-8") == "{ not json"]
    assert kept
    assert isinstance(load_kernels(path)[0], OwnKernel)
    for file in path.parent.iterdir():
        file.unlink()


def panels(driver: Driver) -> tuple[bool, bool]:
    room = driver.window.convolution
    return room._left.isVisible(), room._right.isVisible()


def test_panels_are_remembered(make_window: Callable[..., Driver]) -> None:
    make_window().trigger("left-panel")
    again = make_window()
    assert panels(again) == (False, True)
    assert not again.window.menus.commands.actions["left-panel"].isChecked()
    again.trigger("left-panel")
    again.trigger("right-panel")
    assert panels(make_window()) == (True, False)


@pytest.mark.parametrize("shown", [True, False])
def test_leaving_the_projector_restores_the_panels(driver: Driver, shown: bool) -> None:
    if not shown:
        driver.trigger("right-panel")
    driver.trigger("projector")
    assert panels(driver) == (False, False)
    assert Preferences(QSettings()).projector
    driver.trigger("right-panel")
    assert panels(driver) == (False, True)
    driver.trigger("projector")
    assert panels(driver) == (True, shown)
    assert driver.window.menus.commands.actions["right-panel"].isChecked() is shown
    assert not Preferences(QSettings()).projector


def test_a_scale_from_the_command_line_is_not_remembered(driver: Driver) -> None:
    driver.window.set_projector(True, remember=False)
    assert driver.window.projector
    assert not Preferences(QSettings()).projector


def test_the_full_screen_is_remembered_and_ticked(make_window: Callable[..., Driver]) -> None:
    first = make_window()
    first.window.showMaximized()
    first.trigger("full-screen")
    assert first.window.isFullScreen()
    first.window.close()
    window = make_window().window
    ticked = window.menus.commands.actions["full-screen"]
    assert not ticked.isChecked()
    window.restoreGeometry(window.preferences.geometry)
    assert window.isFullScreen()
    assert ticked.isChecked()
    ticked.trigger()
    assert not window.isFullScreen()
    assert window.isMaximized()
    assert not ticked.isChecked()


def test_a_window_nobody_sees_changes_no_settings(driver: Driver) -> None:
    settings = QSettings()
    before = {key: settings.value(key) for key in settings.allKeys()}
    silent = Preferences(settings, remember=False)
    silent.room, silent.theme, silent.projector = Room.IMAGE, ThemeName.DARK, True
    silent.add_recent("/pictures/1.png")
    assert {key: settings.value(key) for key in settings.allKeys()} == before
    del driver
