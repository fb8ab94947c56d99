"""The camera where Qt's multimedia part is missing or does not load, and what it does where it is there."""

import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from convviz.core.text import Problem
from convviz.ui import live_camera
from convviz.ui.live_camera import PACKAGE, Camera, multimedia


def test_without_the_multimedia_part_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(f"No module named {name!r}")

    monkeypatch.setattr(live_camera, "import_module", missing)
    with pytest.raises(Problem) as told:
        multimedia()
    assert f'pip install "{PACKAGE}"' in str(told.value)


def test_the_standalone_application_does_not_ask_to_install_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(f"No module named {name!r}")

    monkeypatch.setattr(live_camera, "import_module", missing)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(Problem) as refused:
        multimedia()
    assert "comes without QtMultimedia" in str(refused.value)
    assert "pip" not in str(refused.value)


def test_a_multimedia_part_that_does_not_load_is_no_missing_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> None:
        raise ImportError(f"libpulse.so.0: cannot open shared object file, for {name}")

    monkeypatch.setattr(live_camera, "import_module", broken)
    with pytest.raises(Problem) as told:
        multimedia()
    assert "does not load here (libpulse.so.0" in str(told.value)
    assert "pip" not in str(told.value)


def test_the_version_to_install_is_that_of_the_rest_of_qt() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    essentials = next(each for each in project["project"]["dependencies"] if each.startswith("PySide6"))
    assert essentials.removeprefix("PySide6-Essentials") == PACKAGE.removeprefix("PySide6-Addons")


class Parts:
    """Stands in for the module: one device, a camera and a sink that do what they are told."""

    def __init__(self) -> None:
        self.devices = [SimpleNamespace(isNull=lambda: False)]
        self.made: list[Any] = []
        parts = self

        class QMediaDevices(QObject):
            videoInputsChanged = Signal()  # noqa: N815 - Qt's name

            @staticmethod
            def defaultVideoInput() -> Any:  # noqa: N802 - Qt's name
                return parts.devices[0] if parts.devices else SimpleNamespace(isNull=lambda: True)

            @staticmethod
            def videoInputs() -> list[Any]:  # noqa: N802 - Qt's name
                return parts.devices

        class QVideoSink(QObject):
            videoFrameChanged = Signal(object)  # noqa: N815 - Qt's name

        class QMediaCaptureSession(QObject):
            def setVideoSink(self, sink: object) -> None:  # noqa: N802 - Qt's name
                self.sink = sink

            def setCamera(self, camera: object) -> None:  # noqa: N802 - Qt's name
                self.camera = camera

        class QCamera(QObject):
            errorOccurred = Signal(object, str)  # noqa: N815 - Qt's name

            def __init__(self, device: object, parent: QObject) -> None:
                super().__init__(parent)
                self.device, self.running = device, False
                parts.made.append(self)

            def start(self) -> None:
                self.running = True

            def stop(self) -> None:
                self.running = False

        self.QMediaDevices, self.QVideoSink = QMediaDevices, QVideoSink
        self.QMediaCaptureSession, self.QCamera = QMediaCaptureSession, QCamera


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> Parts:
    made = Parts()
    monkeypatch.setattr(live_camera, "import_module", lambda name: made)
    return made


@pytest.fixture
def owner(qtbot: QtBot, qapp: QObject) -> QObject:
    del qtbot, qapp
    return QObject()


def told_by(camera: Camera) -> list[str]:
    said: list[str] = []
    camera.failed.connect(lambda sentence: said.append(str(sentence)))
    return said


def test_the_first_camera_is_started_and_its_frames_are_decoded_when_asked_for(
    parts: Parts, owner: QObject
) -> None:
    camera = Camera(owner)
    begun, heard = [], []
    camera.started.connect(lambda: begun.append(1))
    camera.arrived.connect(lambda: heard.append(1))
    camera.start()
    assert (parts.made[0].running, begun) == (True, [1])
    assert camera.image() is None
    decoded = []

    def decode() -> QImage:
        decoded.append(1)
        return QImage(3, 2, QImage.Format.Format_RGB32)

    camera._sink.videoFrameChanged.emit(SimpleNamespace(toImage=decode))
    camera._sink.videoFrameChanged.emit(SimpleNamespace(toImage=decode))
    assert (heard, decoded) == ([1, 1], [])
    image = camera.image()
    assert image is not None
    assert (image.width(), decoded) == (3, [1])
    camera._sink.videoFrameChanged.emit(SimpleNamespace(toImage=QImage))
    assert camera.image() is None
    camera.stop()
    assert not parts.made[0].running


def test_no_camera_is_a_sentence(parts: Parts, owner: QObject) -> None:
    parts.devices.clear()
    camera = Camera(owner)
    said = told_by(camera)
    camera.start()
    assert said == ["No camera was found; connect one and try again."]
    assert parts.made == []


def test_a_camera_that_is_refused_is_a_sentence(
    parts: Parts, owner: QObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    camera = Camera(owner)
    said = told_by(camera)
    camera._begin(Qt.PermissionStatus.Denied)
    assert "does not let convviz use the camera" in said[0]
    assert parts.made == []


def test_a_camera_that_fails_or_vanishes_is_a_sentence(parts: Parts, owner: QObject) -> None:
    camera = Camera(owner)
    said = told_by(camera)
    camera.start()
    parts.made[0].errorOccurred.emit(1, "Device is busy.")
    assert said == ["The camera gives no pictures: Device is busy."]
    camera._devices.videoInputsChanged.emit()
    assert len(said) == 1
    parts.devices.clear()
    camera._devices.videoInputsChanged.emit()
    assert said[1].startswith("The camera is gone")
    camera.stop()
    camera._devices.videoInputsChanged.emit()
    assert len(said) == 2
