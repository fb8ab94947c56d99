"""The places of pictures on a plane: fitted, zoomed, dragged, one over another."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from convviz.core.distances import Numbers
from convviz.ui.widgets.plane_geometry import MOST_ZOOM, PlaneGeometry

PLACES = np.array([[0.0, 0.0], [3.0, 1.0], [1.0, -2.0]])


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> None:
    """Have a theme, which knows the sizes."""


def geometry(places: Numbers = PLACES, zoom: float = 1.0, centre: Numbers | None = None) -> PlaneGeometry:
    return PlaneGeometry(places, 600, 400, zoom, np.zeros(2) if centre is None else centre)


def test_fitted_places_are_all_on_the_widget_and_the_second_component_grows_upwards() -> None:
    points = geometry().points()
    assert (points > 0).all()
    assert (points < [600, 400]).all()
    assert points[1, 1] < points[0, 1] < points[2, 1]
    # Both axes have one scale.
    steps = np.abs((points - points[0])[1:] / PLACES[1:])
    np.testing.assert_allclose(steps, steps[0, 0])
    np.testing.assert_allclose(geometry().origin(), points[0])


def test_what_is_under_the_pointer_stays_there_when_it_is_zoomed_and_moves_with_a_drag() -> None:
    before = geometry()
    at = before.points()[1]
    zoom, centre = before.zoomed(QPointF(*at), 3.0)
    near = geometry(zoom=zoom, centre=centre)
    assert zoom == 3
    np.testing.assert_allclose(near.points()[1], at)
    np.testing.assert_allclose(near.origin(), near.points()[0])
    dragged = geometry(zoom=zoom, centre=near.dragged(QPointF(12, -7)))
    np.testing.assert_allclose(dragged.points(), near.points() + np.array([12, -7]))


def test_zooming_ends_at_both_ends_and_the_far_one_is_fitted() -> None:
    assert geometry().zoomed(QPointF(9, 9), 1e9)[0] == MOST_ZOOM
    zoom, centre = geometry(zoom=2.0, centre=np.array([1.0, 1.0])).zoomed(QPointF(9, 9), 0.01)
    assert zoom == 1
    assert (centre == 0).all()


def test_of_several_pictures_in_one_place_the_uppermost_is_found_and_the_others_are_covered() -> None:
    equal = geometry(np.zeros((3, 2)))
    point = QPointF(*equal.points()[0])
    assert equal.order(()) == [0, 1, 2]
    assert equal.picture_at(point, ()) == 2
    assert equal.picture_at(point, (2, 0)) == 0
    assert equal.covered(equal.order((2, 0))) == {1, 2}
    assert equal.picture_at(QPointF(1, 1), ()) is None


def test_what_is_out_of_sight_is_not_drawn() -> None:
    assert geometry(zoom=50.0, centre=PLACES[1] - [1.5, -0.5]).order(()) == [1]


def test_without_pictures_nothing_is_found() -> None:
    nothing = geometry(np.zeros((0, 2)))
    assert nothing.points().shape == (0, 2)
    assert nothing.order(()) == []
    assert nothing.picture_at(QPointF(300, 200), ()) is None
