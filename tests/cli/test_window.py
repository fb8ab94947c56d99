"""The arguments of the window, and where it opens; a note of how it was called stands in for it."""

import inspect
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from convviz.commands.window import LANGUAGES, ROOMS, THEMES, parse_size, qt_platform
from tests.cli.helpers import Convviz, check_refused

Calls = list[dict[str, Any]]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Return the list that calls of the window are added to; there is a display."""
    made: Calls = []

    def run_window(**values: Any) -> int:
        made.append(values)
        return 7

    monkeypatch.setitem(sys.modules, "convviz.ui.app", SimpleNamespace(run_window=run_window))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    return made


NOTHING = {
    "image": None,
    "room": None,
    "language": None,
    "theme_name": None,
    "projector": False,
    "screenshot": None,
    "size": None,
    "until_painted": False,
    "model": None,
    "weights": None,
    "trust": False,
    "lesson": None,
    "step": 1,
    "safe_mode": False,
}


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ([], {}),
        (["photo.png"], {"image": "photo.png"}),
        (["--safe-mode", "mine.convviz"], {"image": "mine.convviz", "safe_mode": True}),
        (["--room", "image", "photo.png"], {"image": "photo.png", "room": "image"}),
        (["--lesson", "29", "--step", "2"], {"lesson": "29", "step": 2}),
        (["--room=convolution", "--language", "ru"], {"room": "convolution", "language": "ru"}),
        (["--theme", "high-contrast", "--projector"], {"theme_name": "high-contrast", "projector": True}),
        (["--screenshot", "a.png", "--size", "1920x1080"], {"screenshot": "a.png", "size": (1920, 1080)}),
        (["--size", "1280×720"], {"size": (1280, 720)}),
        (["./apply"], {"image": "./apply"}),
        # What a file manager opens is named like a picture.
        (["my.lesson.toml"], {"lesson": "my.lesson.toml"}),
        (["--lesson", "3", "my.lesson.toml"], {"lesson": "3", "image": "my.lesson.toml"}),
        (["Mine.safetensors"], {"model": "Mine.safetensors", "room": "network"}),
        (["program.pt2"], {"model": "program.pt2", "room": "network"}),
        (["--model", "mine.pth"], {"model": "mine.pth", "room": "network"}),
        (
            ["--room", "image", "--model", "a.py", "--weights", "b.pth", "--trust"],
            {"model": "a.py", "weights": "b.pth", "trust": True, "room": "image"},
        ),
    ],
)
def test_arguments(convviz: Convviz, calls: Calls, words: list[str], values: dict[str, Any]) -> None:
    run = convviz(*words)
    assert (run.code, run.out, run.err) == (7, "", "")
    assert calls == [{**NOTHING, **values}]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--size", "big"], "--size must be a width and a height such as 1920x1080, not “big”"),
        (["--size", "1920"], "--size must be"),
        (["--size", "-1x5"], "--size must be"),
        (["--size", "0x0"], "from 100x100 to 8192x8192 pixels"),
        (["--size", "100000x100000"], "from 100x100 to 8192x8192 pixels"),
        (["--size"], "--size needs a value"),
        (
            ["--room", "kitchen"],
            "network, training or embeddings, not “kitchen”",
        ),
        (["--language", "fr"], "--language must be en or ru"),
        (["--theme", "pink"], "--theme must be light, dark or high-contrast"),
        (["--screenshot", "a.gif"], "needs the name of a .png file"),
        (["--screenshot", "none/a.png"], "no folder “none”"),
        (["--projector=yes"], "--projector takes no value"),
        (["a.png", "b.png"], "one picture at a time, not 2"),
        (["--weights", "b.pth"], "--weights and --trust say more about a --model"),
        (["--trust"], "--weights and --trust say more about a --model"),
        (["--zoom", "2"], "no option --zoom"),
        (["-V"], "no option -V"),
    ],
)
def test_bad_arguments(convviz: Convviz, calls: Calls, words: list[str], said: str) -> None:
    check_refused(convviz(*words), said)
    assert not calls


def test_no_display(convviz: Convviz, calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    check_refused(convviz(), "--screenshot OUT.png")
    assert not calls
    assert convviz("--screenshot", "a.png").code == 7
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"


@pytest.mark.parametrize(
    ("environment", "screenshot", "platform"),
    [
        ({"DISPLAY": ":0"}, False, None),
        ({"DISPLAY": ":0"}, True, None),
        ({"WAYLAND_DISPLAY": "wayland-0"}, False, None),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True, "offscreen"),
        ({"QT_QPA_PLATFORM": "vnc"}, False, None),
        ({"QT_QPA_PLATFORM": "vnc"}, True, None),
        ({"DISPLAY": ""}, True, "offscreen"),
    ],
)
def test_platform_on_linux(environment: dict[str, str], screenshot: bool, platform: str | None) -> None:
    assert qt_platform(environment, "linux", screenshot=screenshot) == platform


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_platform_elsewhere(system: str) -> None:
    assert qt_platform({}, system, screenshot=False) is None


def test_a_missing_system_library_is_a_sentence(
    convviz: Convviz, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = "libEGL.so.1: cannot open shared object file: No such file or directory"
    monkeypatch.setitem(sys.modules, "convviz.ui.app", Unloadable(missing))
    run = convviz()
    assert (run.code, run.err) == (1, f"The window needs a system library that is missing: {missing}.\n")


class Unloadable:
    """Stands for a module that needs something that is not there."""

    def __init__(self, missing: str) -> None:
        self._missing = missing

    def __getattr__(self, name: str) -> Callable[..., int]:
        raise ImportError(self._missing)


def test_sizes() -> None:
    assert parse_size("1280x720") == parse_size(" 1280 X 720 ") == (1280, 720)


@pytest.mark.usefixtures("qapp")
def test_names_are_those_of_the_window() -> None:
    from convviz.ui.app import run_window
    from convviz.ui.language import Language
    from convviz.ui.state import Room
    from convviz.ui.theme import ThemeName

    assert set(ROOMS) == {room.value for room in Room}
    assert set(LANGUAGES) == {language.value for language in Language}
    assert set(THEMES) == {theme.value for theme in ThemeName}
    assert set(NOTHING) == set(inspect.signature(run_window).parameters)


def test_screenshot_path_may_be_in_another_folder(convviz: Convviz, calls: Calls, folder: Path) -> None:
    (folder / "shots").mkdir()
    assert convviz("--screenshot", "shots/a.PNG").code == 7
    assert calls[0]["screenshot"] == "shots/a.PNG"
