"""The titles of maps beside each other: one size, short words before cut ones."""

import pytest
from PySide6.QtWidgets import QApplication

from convviz.ui.theme import Theme
from convviz.ui.widgets.lettering import letterings
from convviz.ui.widgets.pane_caption import Caption, Lettering, title_pixels, title_width
from tests.ui.widgets.panes import LECTURE, Maker, make

__all__ = ["make"]

LONG, SHORT = Caption("Activation", short="Act"), Caption("Act")


@pytest.fixture(params=[1.0, 1.6, 2.4])
def theme(request: pytest.FixtureRequest, qapp: QApplication) -> Theme:
    del qapp
    return Theme(scale=request.param)


def test_titles_that_fit_have_their_usual_size(theme: Theme) -> None:
    usual, _ = title_pixels(theme)
    room = title_width("Activation", usual, theme)
    assert letterings([[(LONG, room)], [(SHORT, room)]], theme) == [Lettering(usual)] * 2
    assert letterings([], theme) == []


def test_all_are_as_small_as_the_tightest_must_be(theme: Theme) -> None:
    usual, least = title_pixels(theme)
    wanted = (usual + least) // 2
    room = title_width("Activation", wanted, theme)
    found = letterings([[(LONG, room)], [(Caption("Input", "6 × 6"), 1000.0)]], theme)
    assert found == [Lettering(wanted)] * 2


def test_a_column_takes_its_short_words_where_one_title_would_be_too_small(theme: Theme) -> None:
    usual, least = title_pixels(theme)
    maps = [Caption(f"Output {n}", short=f"Out {n}") for n in (9, 10)]
    room = title_width("Output 10", least, theme) - 1
    [first, other] = letterings([[(each, room) for each in maps], [(LONG, 1000.0)]], theme)
    assert (first.short, other.short) == (True, False)
    assert first.pixels == other.pixels
    assert least < first.pixels <= usual
    assert title_width("Out 10", first.pixels, theme) <= room


def test_what_never_fits_has_the_smallest_size(theme: Theme) -> None:
    assert letterings([[(LONG, 3.0)]], theme) == [Lettering(title_pixels(theme)[1], short=True)]


def test_of_maps_of_one_kind_all_have_their_size_beside_them_or_none() -> None:
    theme = Theme()
    red, blue = Caption("R", "5 × 5 × 1"), Caption("Blue", "5 × 5 × 1")
    room = title_width("R", title_pixels(theme)[0], theme) + 110.0
    assert [each.bare for each in letterings([[(red, room)], [(red, room), (blue, room)]], theme)] == [
        False,
        True,
    ]


def test_a_pane_writes_what_there_is_room_for(make: Maker) -> None:
    pane = make(LECTURE[None], (70, 90))
    pane.set_caption("Activation", "6 × 6", short="Act")
    assert pane.title_shown() == "Act"
    pane.set_lettering(Lettering(10))
    assert pane.title_shown() == "Activation"
    pane.set_lettering(Lettering(10, short=True))
    assert pane.title_shown() == "Act"
    pane.set_caption("A heading longer than the map")
    assert pane.title_shown().endswith("…")
    assert pane.accessibleName() == "A heading longer than the map"
