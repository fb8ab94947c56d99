"""A camera as a source of pictures, where Qt's multimedia part is installed."""

import sys
from abc import abstractmethod
from importlib import import_module
from typing import Any

from PySide6.QtCore import QCameraPermission, QCoreApplication, QObject, QPermission, Qt, Signal, Slot
from PySide6.QtGui import QImage

from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence

# Of the same version as the rest of Qt: the bounds are those of the project's PySide6-Essentials.
PACKAGE = "PySide6-Addons>=6.8,<6.12"


class FrameSource(QObject):
    """Something that has a newest picture from time to time.

    Parameters
    ----------
    parent : QObject
        Owner.
    """

    started = Signal()  # pictures are to come from now on
    arrived = Signal()  # there is a newer picture
    failed = Signal(object)  # Sentence: why none will come any more

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)

    # Qt's metaclass leaves no room for ABC's; the type checker sees to it that each source has these.

    @abstractmethod
    def start(self) -> None:
        """Begin; what is wrong is told by ``failed``."""

    @abstractmethod
    def stop(self) -> None:
        """End; nothing is told any more."""

    @abstractmethod
    def image(self) -> QImage | None:
        """Return the newest picture; None if there is none."""


def multimedia() -> Any:
    """Return Qt's module for cameras.

    Raises
    ------
    Problem
        If it is not installed, or cannot be loaded.
    """
    try:
        return import_module("PySide6.QtMultimedia")
    except ModuleNotFoundError as error:
        if getattr(sys, "frozen", False):
            # Nothing can be installed into the standalone application.
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Sentence",
                    "The standalone convviz comes without {part}, which the camera needs: play a folder of "
                    "pictures instead, or run convviz from its source.",
                ),
                part="QtMultimedia",
            ) from error
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "The camera needs {part}, which is not installed: close convviz, run “{command}”, and start "
                "it again.",
            ),
            part="QtMultimedia",
            command=f'pip install "{PACKAGE}"',
        ) from error
    except ImportError as error:
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "The camera cannot be used: {part} does not load here ({reason})."),
            part="QtMultimedia",
            reason=str(error),
        ) from error


class Camera(FrameSource):
    """The system's first camera.

    Parameters
    ----------
    parent : QObject
        Owner.

    Raises
    ------
    Problem
        If Qt's multimedia part is missing.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = multimedia()
        self._devices = self._parts.QMediaDevices(self)
        self._device: Any = None
        self._camera: Any = None
        self._session = self._parts.QMediaCaptureSession(self)
        self._sink = self._parts.QVideoSink(self)
        self._session.setVideoSink(self._sink)
        self._frame: Any = None
        self._sink.videoFrameChanged.connect(self._keep)
        self._devices.videoInputsChanged.connect(self._check_device)

    def start(self) -> None:
        """Ask the system whether the camera may be used, and begin."""
        app = QCoreApplication.instance()
        assert app is not None
        permission = QCameraPermission()
        if app.checkPermission(permission) == Qt.PermissionStatus.Undetermined:
            app.requestPermission(permission, self, self._begin_if_allowed)
        else:
            self._begin(app.checkPermission(permission))

    def _begin_if_allowed(self, permission: QPermission) -> None:
        self._begin(permission.status())

    def _begin(self, status: Qt.PermissionStatus) -> None:
        device = self._parts.QMediaDevices.defaultVideoInput()
        if status == Qt.PermissionStatus.Denied:
            self.failed.emit(
                Sentence(
                    QT_TRANSLATE_NOOP(
                        "Sentence",
                        "The system does not let convviz use the camera; allow it in the system's settings.",
                    )
                )
            )
        elif device.isNull():
            self.failed.emit(
                Sentence(QT_TRANSLATE_NOOP("Sentence", "No camera was found; connect one and try again."))
            )
        else:
            self._device = device
            self._camera = self._parts.QCamera(device, self)
            self._camera.errorOccurred.connect(self._fail)
            self._session.setCamera(self._camera)
            self._camera.start()
            self.started.emit()

    def stop(self) -> None:
        """Let go of the camera."""
        self.blockSignals(True)
        if self._camera is not None:
            self._camera.stop()
        self._frame = None

    def image(self) -> QImage | None:
        """Return the newest frame, decoded now: most are never looked at."""
        image = None if self._frame is None else self._frame.toImage()
        return image if isinstance(image, QImage) and not image.isNull() else None

    @Slot(object)
    def _keep(self, frame: Any) -> None:
        self._frame = frame
        self.arrived.emit()

    @Slot()
    def _check_device(self) -> None:
        if self._device is not None and self._device not in self._parts.QMediaDevices.videoInputs():
            self.failed.emit(
                Sentence(QT_TRANSLATE_NOOP("Sentence", "The camera is gone; connect it and start it again."))
            )

    def _fail(self, error: object, reason: str) -> None:
        del error
        self.failed.emit(
            Sentence(
                QT_TRANSLATE_NOOP("Sentence", "The camera gives no pictures: {reason}."),
                {"reason": reason.rstrip(".") or "?"},
            )
        )
