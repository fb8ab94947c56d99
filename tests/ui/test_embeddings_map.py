"""The map of the embeddings room: principal components, zoom, and places that coincide."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from convviz.nets.vector_space import PIXELS
from convviz.ui.rooms.embeddings_bar import PLANE
from tests.ui.driver import Driver
from tests.ui.embeddings_room import catalogue, desk, driver, press, shown

__all__ = ["catalogue", "driver"]


def test_on_the_map_places_are_the_principal_components(driver: Driver) -> None:
    room = desk(driver)
    room.views.choose(PLANE)
    driver.settle()
    plane, gallery = room.plane, shown(driver)
    points = plane.points()
    order = np.argsort(points[:, 0])
    np.testing.assert_array_equal(order, np.argsort(gallery.plane.places[:, 0]))
    for number in range(10):
        assert plane.rect().contains(QPoint(*map(int, points[number])))
    found = plane.picture_at(QPointF(*points[6]))
    assert found is not None
    driver.qtbot.mouseClick(plane, Qt.MouseButton.LeftButton, pos=QPoint(*map(int, points[6])))
    assert room.pair.first == found


def test_the_wheel_zooms_the_map_at_the_pointer_and_dragging_pans(driver: Driver) -> None:
    room = desk(driver)
    room.views.choose(PLANE)
    driver.settle()
    plane = room.plane
    before = plane.points()[4]
    wheel = QWheelEvent(
        QPointF(*before),
        plane.mapToGlobal(QPointF(*before)),
        QPoint(),
        QPoint(0, 360),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(plane, wheel)
    assert plane.zoom > 1.5
    np.testing.assert_allclose(plane.points()[4], before, atol=0.01)
    qtbot, start = driver.qtbot, QPoint(100, 100)
    chosen = room.pair.first
    qtbot.mousePress(plane, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(plane, start + QPoint(30, 40))
    qtbot.mouseRelease(plane, Qt.MouseButton.LeftButton, pos=start + QPoint(30, 40))
    np.testing.assert_allclose(plane.points()[4] - before, [30, 40], atol=0.01)
    assert room.pair.first == chosen
    press(driver, Qt.Key.Key_0)
    np.testing.assert_allclose(plane.points()[4], before, atol=0.01)
    driver.trigger("zoom-in")
    assert plane.zoom > 1
    driver.trigger("fit")
    assert plane.zoom == 1


def test_equal_pictures_lie_in_one_place_and_the_map_says_so(driver: Driver, photos: Path) -> None:
    room = desk(driver)
    for name in ("x.png", "y.png"):
        (photos / name).write_bytes((photos / "a.png").read_bytes())
    room.add_paths([str(photos / name) for name in ("a.png", "x.png", "y.png")])
    driver.settle()
    room.choose_layer(PIXELS)
    driver.settle()
    room.views.choose(PLANE)
    driver.settle()
    assert room.plane.note() == "Equal vectors: all pictures lie in one place."
    driver.window.grab()
    room.add_paths([str(photos / "b.png")])
    driver.settle()
    assert room.plane.note() == ""


def test_two_pictures_lie_at_both_ends_of_the_map(driver: Driver, photos: Path) -> None:
    room = desk(driver)
    room.add_paths([str(photos / "a.png"), str(photos / "b.png")])
    driver.settle()
    room.views.choose(PLANE)
    driver.settle()
    points = room.plane.points()
    assert abs(points[0, 0] - points[1, 0]) > 0.7 * room.plane.width()
