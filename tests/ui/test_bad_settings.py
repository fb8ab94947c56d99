"""Settings that make no sense never prevent a start, and safe mode starts without any."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings, QSize
from PySide6.QtWidgets import QApplication

from convviz.files.samples import open_sample
from convviz.ui import app as app_module
from convviz.ui.app import first_state
from convviz.ui.language import Language, Translations
from convviz.ui.preferences import ForgetfulSettings, Preferences
from convviz.ui.session import Session
from convviz.ui.state import Room
from convviz.ui.theme import ThemeName
from convviz.ui.window import Window
from convviz.work.threads import Threads
from tests.ui.driver import Driver

PROPERTIES = [name for name, each in vars(Preferences).items() if isinstance(each, property)]
WORTHLESS: list[object] = [
    None,
    "",
    "\x00 nonsense 999",
    "Ы" * 5000,
    "9" * 5000 + " 1 1",
    "true false",
    [],
    [None, True, ["deep", 5]],
    {"a": 1},
    True,
    -1,
    2**62,
    float("nan"),
    QByteArray(b"\xff\x00\xd9\xd0\xcb garbage"),
    QSize(-5, 5),
]


class Spy(QSettings):
    """Remembers which keys were asked for."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path), QSettings.Format.IniFormat)
        self.keys: set[str] = set()

    def value(self, key: str, default: object = None, type: object = None) -> object:
        del type
        self.keys.add(key)
        return super().value(key, default)


def read_all(preferences: Preferences) -> dict[str, object]:
    return {name: getattr(preferences, name) for name in PROPERTIES}


@pytest.fixture
def keys(tmp_path: Path, qapp: QApplication) -> list[str]:
    """Every key that is ever read."""
    spy = Spy(tmp_path / "spied.ini")
    read_all(Preferences(spy))
    assert len(spy.keys) >= len(PROPERTIES) - 1 > 8
    return sorted(spy.keys)


def check_sound(preferences: Preferences) -> None:
    """Fail unless every setting is of its type, whatever stands in the file."""
    found = read_all(preferences)
    assert found["language"] in list(Language)
    assert found["theme"] in list(ThemeName)
    assert found["room"] in list(Room)
    assert isinstance(found["geometry"], QByteArray)
    assert isinstance(found["recent"], tuple)
    assert all(isinstance(path, str) for path in preferences.recent)
    assert isinstance(found["lessons_seen"], frozenset)
    assert all(0 <= value <= 255 for value in preferences.background)
    for name in ("left_panel", "right_panel", "projector", "remember"):
        assert isinstance(found[name], bool), name
    for name in ("network", "folder"):
        assert isinstance(found[name], str), name


@pytest.mark.parametrize("value", WORTHLESS, ids=lambda value: type(value).__name__)
def test_no_key_can_hold_what_cannot_be_read(keys: list[str], tmp_path: Path, value: object) -> None:
    path = tmp_path / "settings.ini"
    settings = QSettings(str(path), QSettings.Format.IniFormat)
    for key in keys:
        settings.setValue(key, value)
    check_sound(Preferences(settings))
    # As the next start finds it.
    settings.sync()
    check_sound(Preferences(QSettings(str(path), QSettings.Format.IniFormat)))


def test_garbage_in_the_file_counts_as_nothing(keys: list[str], tmp_path: Path) -> None:
    rng = random.Random(5)
    good = "".join(f"{key}=true\n" for key in keys).encode()
    for number in range(60):
        data = rng.randbytes(rng.randint(1, 2000)) if number % 2 else bytearray(b"[General]\n" + good)
        if isinstance(data, bytearray):
            for _ in range(rng.randint(1, 20)):
                data[rng.randrange(len(data))] = rng.randrange(256)
        path = tmp_path / f"{number}.ini"
        path.write_bytes(data)
        check_sound(Preferences(QSettings(str(path), QSettings.Format.IniFormat)))


@pytest.mark.parametrize("value", ["\x00 nonsense 999", [None, True], QByteArray(b"\xff\x00")], ids=str)
def test_a_window_opens_with_them(qapp: QApplication, keys: list[str], tmp_path: Path, value: object) -> None:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    for key in keys:
        settings.setValue(key, value)
    threads = Threads()
    session = Session(first_state(open_sample("conv-step")))
    window = Window(session, Preferences(settings), Translations(qapp), threads)
    window.restoreGeometry(window.preferences.geometry)
    window.show()
    window.set_room(window.preferences.room)
    window.menus.commands.menus["recent"].aboutToShow.emit()
    assert window.isVisible()
    window.close()
    assert threads.close(timeout_ms=10_000)
    window.deleteLater()


def start(home: Path, *more: str) -> "subprocess.CompletedProcess[str]":
    """Start the program as a user does, with settings in ``home``, until its first picture is there."""
    return subprocess.run(
        [sys.executable, "-m", "convviz", "--until-painted", *more],
        env=os.environ | {"XDG_CONFIG_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


def test_the_program_starts_with_garbage_for_settings(tmp_path: Path) -> None:
    file = tmp_path / "convviz" / "convviz.conf"
    file.parent.mkdir()
    file.write_bytes(
        b"[General]\nroom=@Variant(\\0\\0\\0\\x7f\\0\\0\\0\\x5garbage)\n"
        b"geometry=@ByteArray(\\xff\\0nonsense)\ntheme=@Invalid()\nlanguage=@Size(1 2)\n"
        b"recent=@\n]]]\n\x00\xff\xfe" + random.Random(1).randbytes(500)
    )
    done = start(tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, "painted"), done.stderr
    assert "Traceback" not in done.stderr


def test_safe_mode_starts_as_the_first_time_and_leaves_the_settings_alone(tmp_path: Path) -> None:
    file = tmp_path / "convviz" / "convviz.conf"
    file.parent.mkdir()
    file.write_text("[General]\nroom=embeddings\ntheme=dark\nprojector=true\nlanguage=ru\n")
    before = file.read_bytes()
    done = start(tmp_path, "--safe-mode")
    assert (done.returncode, done.stdout.strip()) == (0, "painted"), done.stderr
    assert file.read_bytes() == before


class _EndError(Exception):
    """There is nothing more to see."""


@pytest.mark.parametrize("safe_mode", [False, True])
def test_in_safe_mode_what_was_chosen_does_not_count(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, safe_mode: bool
) -> None:
    given: list[Preferences] = []

    def application(app: QApplication, preferences: Preferences) -> None:
        given.append(preferences)
        raise _EndError

    monkeypatch.setattr(app_module, "qt_application", lambda: qapp)
    monkeypatch.setattr(app_module, "Application", application)
    Preferences(QSettings()).room = Room.EMBEDDINGS
    with pytest.raises(_EndError):
        app_module.run_window(safe_mode=safe_mode)
    assert given[0].room is (Room.CONVOLUTION if safe_mode else Room.EMBEDDINGS)


def test_forgetful_settings_hold_for_one_run(qapp: QApplication) -> None:
    Preferences(QSettings()).theme = ThemeName.DARK
    preferences = Preferences(ForgetfulSettings())
    assert preferences.theme is ThemeName.LIGHT
    preferences.theme = ThemeName.CONTRAST
    preferences.background = (1, 2, 3)
    preferences.add_recent("/a.png")
    preferences.write()
    assert preferences.theme is ThemeName.CONTRAST
    assert preferences.background == (1, 2, 3)
    assert preferences.recent == ("/a.png",)
    assert Preferences(ForgetfulSettings()).theme is ThemeName.LIGHT
    assert Preferences(QSettings()).theme is ThemeName.DARK


def test_a_nonsensical_network_is_not_asked_for(driver: Driver) -> None:
    QSettings().setValue("network", ["lenet5", 5])
    driver.window.set_room(Room.NETWORK)
    desk = driver.window.network.desk
    assert desk is not None
    assert desk.traced is None
    driver.qtbot.waitUntil(lambda: desk.traced is not None or bool(desk.problem.text()), timeout=60_000)
