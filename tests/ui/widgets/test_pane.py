from collections.abc import Callable, Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QNativeGestureEvent,
    QPaintEvent,
    QPointingDevice,
    QRegion,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from convviz.core.geometry import Ramp, Rect
from convviz.engine.compute import View
from convviz.ui import theme
from convviz.ui.theme import Theme, ThemeName
from convviz.ui.widgets.pane import Content, Mark, MarkKind, Pane, Placement, Viewport
from convviz.ui.widgets.pane_digits import cell_text, contrast, fit_digits, levels, luminance, text_colour

LECTURE = np.array(
    [
        [3, 3, 5, 1, 2, 3],
        [3, 4, 0, 1, 4, 5],
        [5, 1, 2, 3, 2, 0],
        [5, 0, 4, 5, 2, 1],
        [3, 4, 3, 1, 0, 2],
        [2, 0, 4, 3, 5, 1],
    ],
    np.float32,
)
Planes = NDArray[np.float32]
Maker = Callable[..., Pane]


def grey(values: Planes) -> NDArray[np.uint32]:
    level = np.clip(values, 0, 255).astype(np.uint32)
    return np.asarray(0xFF000000 | level << 16 | level << 8 | level, np.uint32)


def content_of(view: View, planes: Planes) -> Content:
    """Return the cells of ``view``; zeros in the border."""
    rows, columns = view.rows.positions, view.columns.positions
    padded = np.pad(planes, ((0, 0), (40, 40), (40, 40)))
    values = padded[:, rows[:, None] + 40, columns + 40].astype(np.float32)
    if len(values) == 1:
        return Content(view, grey(values[0] * 20 + 100), values)
    red, green, blue = values.astype(np.uint32)
    return Content(view, np.asarray(0xFF000000 | red << 16 | green << 8 | blue, np.uint32), values)


def fill(pane: Pane, planes: Planes) -> None:
    pane.set_content(content_of(pane.view(), planes))


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> Iterator[None]:
    theme.install(Theme())
    yield
    theme.install(Theme())


@pytest.fixture
def make(qtbot: QtBot) -> Maker:
    def maker(
        planes: Planes = LECTURE[None],
        size: tuple[int, int] = (370, 370),
        border: tuple[int, int, int, int] = (0,) * 4,
    ) -> Pane:
        pane = Pane()
        qtbot.addWidget(pane)
        pane.resize(*size)
        pane.set_map(planes.shape[1], planes.shape[2], Placement(), border)
        with qtbot.waitExposed(pane):
            pane.show()
        fill(pane, planes)
        return pane

    return maker


@pytest.fixture
def pane(make: Maker) -> Pane:
    return make()


def middle(pane: Pane, cell: tuple[int, int]) -> QPoint:
    return pane.cell_rect(cell).center().toPoint()


def click(qtbot: QtBot, pane: Pane, cell: tuple[int, int]) -> None:
    qtbot.mouseClick(pane, Qt.MouseButton.LeftButton, pos=middle(pane, cell))


def wheel(pane: Pane, point: QPointF, notches: float) -> None:
    event = QWheelEvent(
        point,
        pane.mapToGlobal(point),
        QPoint(),
        QPoint(0, round(120 * notches)),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(pane, event)


def picture(pane: Pane) -> QImage:
    return pane.grab().toImage()


def colours_in(image: QImage, area: QRectF) -> set[str]:
    rect = area.toRect() & image.rect()
    return {
        image.pixelColor(x, y).name()
        for y in range(rect.top(), rect.bottom() + 1)
        for x in range(rect.left(), rect.right() + 1)
    }


# Where things are


def test_cells_tile_the_map_without_seams(make: Maker) -> None:
    pane = make(np.zeros((1, 37, 53), np.float32), (401, 333))
    for step in range(6):
        for axis in range(2):
            edge = None
            for index in range((37, 53)[axis]):
                rect = pane.cell_rect((index, 0) if axis == 0 else (0, index))
                begin, end = (rect.top(), rect.bottom()) if axis == 0 else (rect.left(), rect.right())
                assert begin == round(begin)
                assert edge in (None, begin)
                edge = end
        pane.viewport.zoom_at((10.3 + step, 20.7), 1.37)


def test_the_cell_at_a_point_is_the_one_drawn_there(make: Maker) -> None:
    pane = make(np.zeros((1, 37, 53), np.float32), (401, 333))
    for factor in (1, 1.7, 2.3):
        pane.viewport.zoom_at((18, 26), factor)
        for cell in ((18, 26), (17, 25), (19, 27)):
            rect = pane.cell_rect(cell)
            assert pane.cell_at(rect.topLeft()) == cell
            assert pane.cell_at(rect.center()) == cell
            assert pane.cell_at(rect.bottomRight() - QPointF(0.01, 0.01)) == cell


def test_beside_the_map_and_on_padding_there_is_no_cell(make: Maker) -> None:
    pane = make(border=(1, 1, 1, 1))
    assert pane.cell_at(QPointF(0, 0)) is None
    assert pane.cell_at(pane.cell_rect((-1, 2)).center()) is None
    assert pane.cell_at(pane.cell_rect((6, 2)).center()) is None
    assert pane.cell_at(pane.cell_rect((5, 5)).center()) == (5, 5)


def test_fitted_everything_is_in_view(make: Maker) -> None:
    assert make().view() == View.whole(6, 6)
    padded = make(border=(1, 2, 3, 0))
    assert padded.view() == View(Ramp(-1, 1, 9), Ramp(-3, 1, 9))
    assert QRectF(padded.rect()).contains(padded.cell_rect((-1, -3)))
    assert QRectF(padded.rect()).contains(padded.cell_rect((7, 5)))


def test_a_large_picture_is_sampled_and_a_close_one_cut_out(make: Maker) -> None:
    pane = make(np.zeros((1, 3000, 4000), np.float32), (410, 310))
    assert pane.view() == View(Ramp(0, 10, 300), Ramp(0, 10, 400))
    pane.viewport.zoom_at((1500, 2000), 1000)
    rows, columns = pane.view().rows, pane.view().columns
    assert rows.step == columns.step == 1
    visible = pane.canvas_size().height() / pane.geometry_now().cell
    assert visible <= rows.count <= visible + 4
    for ramp, size in ((rows, 3000), (columns, 4000)):
        assert ramp.start >= 0
        assert ramp.start + ramp.count <= size


@pytest.mark.parametrize("shape", [(1, 1), (1, 5000), (5000, 1), (65535, 2)])
def test_odd_shapes(make: Maker, shape: tuple[int, int]) -> None:
    pane = make(np.ones((1, *shape), np.float32))
    view = pane.view()
    assert 0 < view.rows.count <= 1000
    assert 0 < view.columns.count <= 1000
    picture(pane)


def test_linked_maps_lie_over_each_other(make: Maker) -> None:
    photo, half = make(np.zeros((1, 200, 300), np.float32)), make(np.zeros((1, 100, 150), np.float32))
    half.set_map(100, 150, Placement(2, 0.5, 0.5))
    viewport = Viewport()
    for pane in (photo, half):
        pane.set_viewport(viewport)
    viewport.zoom_at((100, 100), 9)
    one, other = photo.cell_rect((20, 40)), half.cell_rect((10, 20))
    assert other.width() == pytest.approx(2 * one.width(), abs=1)
    assert other.left() - one.left() == pytest.approx(viewport.zoom / 2, abs=1)


def test_linked_panes_show_all_of_both(make: Maker) -> None:
    small, large = make(size=(200, 200)), make(size=(600, 600), border=(2, 2, 2, 2))
    viewport = Viewport()
    small.set_viewport(viewport)
    large.set_viewport(viewport)
    assert small.viewport is large.viewport
    assert viewport.zoom == 31
    small.hide()
    assert viewport.zoom == 59


def test_says_once_that_the_view_changed(pane: Pane, qtbot: QtBot) -> None:
    count: list[View] = []
    pane.view_changed.connect(lambda: count.append(pane.view()))
    with qtbot.waitSignal(pane.view_changed):
        for _ in range(5):
            pane.viewport.zoom_at((1, 1), 1.25)
    assert count == [pane.view()]
    with qtbot.assertNotEmitted(pane.view_changed, wait=20):
        pane.set_marks((Mark(Rect(0, 0)),))


def test_a_pane_deleted_leaves_the_others_working(make: Maker, qtbot: QtBot) -> None:
    kept, gone = make(), Pane()
    gone.set_viewport(kept.viewport)
    gone.set_map(60, 60, Placement())
    with qtbot.waitSignal(gone.destroyed):
        gone.deleteLater()
    kept.viewport.refresh()
    assert kept.viewport.zoom == 60


# What is drawn


def test_pixels_are_square_and_crisp(make: Maker) -> None:
    planes = np.random.default_rng(0).integers(0, 256, (3, 24, 24)).astype(np.float32)
    pane = make(planes, (271, 271))
    image = picture(pane)
    for y in range(24):
        for x in range(24):
            red, green, blue = planes[:, y, x].astype(int)
            want = QColor(red, green, blue).name()
            assert colours_in(image, pane.cell_rect((y, x))) == {want}


def test_drawn_where_it_was_computed_for_after_the_view_moved(make: Maker) -> None:
    planes = np.random.default_rng(1).integers(0, 256, (3, 100, 100)).astype(np.float32)
    pane = make(planes, (310, 310))
    pane.viewport.zoom_at((50, 50), 4)  # the old content stays
    image = picture(pane)
    red, green, blue = planes[:, 50, 47].astype(int)
    assert colours_in(image, pane.cell_rect((50, 47))) == {QColor(red, green, blue).name()}
    fill(pane, planes)
    assert picture(pane) == image
    pane.viewport.fit()  # the content covers the middle only
    blank = QColor(theme.current().colours.blank).name()
    assert colours_in(picture(pane), pane.cell_rect((2, 2))) == {blank}


def test_shrinks_smoothly(make: Maker) -> None:
    stripes = np.zeros((3, 300, 300), np.float32)
    stripes[:, :, ::2] = 255
    image = picture(make(stripes, (230, 230)))
    levels_seen = {QColor(c).red() for c in colours_in(image, QRectF(60, 60, 80, 80))}
    assert len(levels_seen) > 2


def test_read_only_pixels_are_drawn_and_left_alone(pane: Pane) -> None:
    content = content_of(pane.view(), LECTURE[None])
    before = content.pixels.copy()
    content.pixels.flags.writeable = False
    pane.set_content(content)
    pane.set_unread(np.array([True] * 6), None)
    pane.set_revealed(3)
    picture(pane)
    np.testing.assert_array_equal(content.pixels, before)


def test_colours_appear_as_numbers_from_28_pixels_on(make: Maker) -> None:
    planes = np.random.default_rng(2).integers(0, 256, (3, 100, 100)).astype(np.float32)
    pane = make(planes, (310, 310))
    assert pane.text_at((50, 50)) == ()
    pane.viewport.zoom_at((50, 50), 28.1 / pane.viewport.zoom)
    fill(pane, planes)
    assert pane.text_at((50, 50)) == tuple(str(int(v)) for v in planes[:, 50, 50])
    pane.viewport.zoom_at((50, 50), 0.95)
    assert pane.text_at((50, 50)) == ()


def test_every_number_is_written(pane: Pane) -> None:
    for (y, x), value in np.ndenumerate(LECTURE):
        assert pane.text_at((y, x)) == (str(int(value)),)
        assert pane.values_at((y, x)) == (float(value),)
    assert pane.text_at((6, 0)) == ()
    assert pane.values_at((6, 0)) == ()


def test_negative_numbers_have_a_true_minus(make: Maker) -> None:
    assert make(np.full((1, 2, 2), -1.5, np.float32)).text_at((0, 0)) == ("−1.5",)


def test_cells_not_reached_are_blank(pane: Pane) -> None:
    shown = picture(pane)
    pane.set_revealed(8, predict=8)
    image = picture(pane)
    assert pane.text_at((1, 1)) == ("4",)
    assert pane.text_at((1, 2)) == ("?",)
    assert pane.text_at((1, 3)) == ()
    inside = pane.cell_rect((3, 3)).adjusted(5, 5, -5, -5)
    assert colours_in(image, inside) == {QColor(theme.current().colours.blank).name()}
    assert len(colours_in(image, pane.cell_rect((1, 2)).adjusted(5, 5, -5, -5))) > 1
    pane.set_revealed(None)
    assert picture(pane) == shown


def test_padding_is_never_blanked(make: Maker) -> None:
    pane = make(border=(1, 1, 1, 1))
    pane.set_revealed(0)
    assert pane.text_at((-1, 3)) == ("0",)
    assert pane.text_at((0, 0)) == ()


def test_what_is_never_read_is_hatched(pane: Pane) -> None:
    before = picture(pane)
    rows, columns = np.zeros(6, bool), np.zeros(6, bool)
    rows[4] = columns[2] = True
    pane.set_unread(rows, columns)
    after = picture(pane)
    for cell in ((4, 0), (4, 2), (0, 2)):
        assert before.copy(pane.cell_rect(cell).toRect()) != after.copy(pane.cell_rect(cell).toRect())
    for cell in ((0, 0), (5, 5)):
        assert before.copy(pane.cell_rect(cell).toRect()) == after.copy(pane.cell_rect(cell).toRect())
    pane.set_unread(None, None)
    assert picture(pane) == before


def test_padding_that_is_never_read_is_hatched_too(make: Maker) -> None:
    pane = make(border=(1, 1, 1, 1))
    before = picture(pane)
    last = np.arange(8) == 7
    pane.set_unread(last, last)
    after = picture(pane)
    for cell, hatched in (
        ((6, 6), True),
        ((6, 0), True),
        ((-1, 6), True),
        ((-1, -1), False),
        ((5, 5), False),
    ):
        area = pane.cell_rect(cell).toRect()
        assert (before.copy(area) != after.copy(area)) == hatched, cell


@pytest.mark.parametrize("kind", MarkKind)
def test_marks_are_drawn_on_their_cells_and_go_again(pane: Pane, kind: MarkKind) -> None:
    before = picture(pane)
    pane.set_marks((Mark(Rect(1, 1, 2, 2), kind),))
    after = picture(pane)
    colours = theme.current().colours
    wanted = QColor(colours.positive if kind is MarkKind.WRONG else colours.focus).name()
    edge = QRectF(pane.cell_rect((1, 1)).left() - 1, pane.cell_rect((2, 1)).top() - 20, 3, 40)
    assert wanted in colours_in(after, edge)
    assert before.copy(pane.cell_rect((4, 4)).toRect()) == after.copy(pane.cell_rect((4, 4)).toRect())
    pane.set_marks(())
    assert picture(pane) == before


def test_marks_on_a_photograph_are_seen_from_the_back_row(make: Maker) -> None:
    pane = make(np.full((3, 900, 900), 90, np.float32), (310, 310))
    violet = QColor(theme.current().colours.focus).name()
    for kind in (MarkKind.FOCUS, MarkKind.TAP):
        pane.set_marks((Mark(Rect(450, 450, 3, 3), kind),))
        image, around = picture(pane), pane.cell_rect((451, 451)).adjusted(-9, -9, 9, 9).toRect()
        xs = [
            x
            for x in range(around.left(), around.right())
            for y in range(around.top(), around.bottom())
            if image.pixelColor(x, y).name() == violet
        ]
        assert max(xs) - min(xs) >= 8


def test_stale_numbers_are_pale_and_the_caption_says_so_without_covering_any(pane: Pane) -> None:
    pane.set_caption("Input", "6 × 6")
    fresh = picture(pane)
    pane.set_stale(True)
    stale = picture(pane)
    window = pane.palette().window().color()
    corner = pane.cell_rect((5, 0)).topLeft().toPoint() + QPoint(8, 8)
    old, now = fresh.pixelColor(corner), stale.pixelColor(corner)
    assert now.red() == pytest.approx(0.55 * old.red() + 0.45 * window.red(), abs=2)
    amber = QColor(theme.current().colours.problem).name()
    above = QRectF(pane.width() / 2, 0, pane.width() / 2, pane.cell_rect((0, 0)).top())
    assert amber in colours_in(stale, above)
    assert amber not in colours_in(stale, QRectF(0, above.bottom(), pane.width(), 300))
    pane.set_stale(False)
    assert picture(pane) == fresh


def test_a_narrow_caption_makes_room_for_the_note(make: Maker) -> None:
    pane = make(size=(150, 170))
    pane.set_caption("A heading longer than the map", "6 × 6")
    title = QRectF(0, 0, 70, pane.cell_rect((0, 0)).top())
    pane.set_stale(True)
    amber = QColor(theme.current().colours.problem).name()
    assert amber not in colours_in(picture(pane), QRectF(0, 0, 30, title.height()))
    assert amber in colours_in(picture(pane), QRectF(70, 0, 80, title.height()))


def test_an_input_no_longer_editable_closes_its_editor(pane: Pane, qtbot: QtBot) -> None:
    pane.set_editable(True)
    edits: list[object] = []
    pane.edited.connect(lambda *edit: edits.append(edit))
    pane.setFocus()
    qtbot.keyClick(pane, Qt.Key.Key_Right)
    qtbot.keyClick(pane, Qt.Key.Key_7)
    assert pane.findChild(QLineEdit, "pane-cell-editor") is not None
    pane.set_editable(False)
    QApplication.processEvents()
    qtbot.keyClick(pane, Qt.Key.Key_8)
    qtbot.keyClick(pane, Qt.Key.Key_F2)
    editor = pane.findChild(QLineEdit, "pane-cell-editor")
    assert editor is None or not editor.isVisible()
    assert edits == []


def test_numbers_beyond_10_to_the_30_are_refused(pane: Pane, qtbot: QtBot) -> None:
    pane.set_editable(True)
    edits: list[object] = []
    pane.edited.connect(lambda *edit: edits.append(edit))
    pane.setFocus()
    qtbot.keyClick(pane, Qt.Key.Key_Right)
    qtbot.keyClick(pane, Qt.Key.Key_F2)
    editor = pane.findChild(QLineEdit, "pane-cell-editor")
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, "2e30")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert edits == []
    note = pane.findChild(QLabel, "pane-cell-problem")
    assert isinstance(note, QLabel)
    assert note.isVisible()
    qtbot.keyClick(editor, Qt.Key.Key_Escape)


def test_the_caption_names_the_pane_in_its_colour(pane: Pane) -> None:
    rect = pane.cell_rect((0, 0))
    pane.set_caption("R", "6 × 6", 0)
    assert pane.accessibleName() == "R 6 × 6"
    assert pane.cell_rect((0, 0)).top() > rect.top()
    line = QRectF(0, 0, pane.width(), pane.cell_rect((0, 0)).top())
    assert QColor(theme.current().colours.red).name() in colours_in(picture(pane), line)


def test_nothing_to_show_is_no_problem(qtbot: QtBot) -> None:
    pane = Pane()
    qtbot.addWidget(pane)
    pane.set_caption("A very long heading that will certainly not fit", "6 × 6 × 1")
    pane.set_stale(True)
    pane.set_marks((Mark(Rect(0, 0)),))
    for size in ((1, 1), (40, 30), (300, 200)):
        pane.resize(*size)
        picture(pane)
    assert pane.view() == View(Ramp(0, 1, 0), Ramp(0, 1, 0))
    assert pane.cell_at(QPointF(5, 5)) is None
    qtbot.keyClick(pane, Qt.Key.Key_Right)
    qtbot.keyClick(pane, Qt.Key.Key_Plus)
    qtbot.mouseDClick(pane, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("name", ThemeName)
@pytest.mark.parametrize("scale", [1.0, 1.6])
def test_every_theme(make: Maker, name: ThemeName, scale: float) -> None:
    theme.install(Theme(name, scale))
    pane = make(LECTURE[None] - 2, border=(1, 1, 1, 1))
    pane.set_caption("Input", "6 × 6 × 1", 2)
    pane.set_marks(tuple(Mark(Rect(i, i), kind) for i, kind in enumerate(MarkKind)))
    assert QColor(theme.current().colours.focus).name() in colours_in(picture(pane), QRectF(pane.rect()))


# Digits


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (4, 4, "4"),
        (-1, 0, "−1"),
        (0, 0, "0"),
        (10.4, 0, "10"),
        (0.5, 0, "1"),
        (-2.5, 0, "−3"),
        (1 / 9, 4, "0.1111"),
        (10.04, 1, "10"),
        (float("nan"), 2, "NaN"),
        (float("-inf"), 2, "−∞"),
        (1e20, 2, "1e20"),
    ],
)
def test_texts(value: float, decimals: int, text: str) -> None:
    assert cell_text(value, decimals) == text


def test_no_text_of_a_number_reads_as_zero() -> None:
    values = np.array([[0.3, 1e-9, -0.04, 123.456, 99999.5]], np.float32)
    for cell in range(28, 200, 7):
        digits = fit_digits(values, cell, 9, 64)
        assert "0" not in digits.texts[0]
        assert "−0" not in digits.texts[0]


def test_decimals_are_given_up_before_legibility() -> None:
    values = np.array([[1 / 3, -2 / 3, 4]], np.float32)
    assert fit_digits(values, 80, 9, 64).texts == [["0.3333", "−0.6667", "4"]]
    assert fit_digits(values, 40, 9, 64).texts == [["0.333", "−0.667", "4"]]
    assert fit_digits(values, 28, 9, 64).texts == [["0.3", "−0.7", "4"]]
    assert fit_digits(values, 80, 9, 64, 20).texts == [["0.33", "−0.67", "4"]]
    assert fit_digits(values, 80, 9, 64, 20).size >= 20
    # Fewer than two would not be worth it.
    assert fit_digits(values, 80, 9, 64, 30).texts == [["0.3333", "−0.6667", "4"]]
    assert fit_digits(np.array([[1234567.0]], np.float32), 28, 9, 64).texts == [["…"]]
    assert fit_digits(np.array([[1234567.0]], np.float32), 28, 9, 64, 24).texts == [["…"]]
    for cell in (28, 40, 80, 160):
        assert 9 <= fit_digits(values, cell, 9, 64).size <= 0.45 * cell


def test_digits_can_be_read_on_every_colour() -> None:
    pixels = np.random.default_rng(3).integers(0, 1 << 24, 2000, dtype=np.uint32) | np.uint32(0xFF000000)
    greys = np.arange(256, dtype=np.uint32) * 0x010101 | np.uint32(0xFF000000)
    pixels = np.concatenate([pixels, greys])
    for hue in (None, 0, 1, 2):
        inks = np.array([text_colour(level, hue, 4.5) for level in levels(pixels)], np.uint32)
        for cell, ink in zip(luminance(pixels), luminance(inks), strict=True):
            assert contrast(float(cell), float(ink)) >= 4.5
    white = levels(np.array([0xFFFFFFFF], np.uint32))[0]
    assert QColor.fromRgb(text_colour(white, 0, 7.0)).hsvSaturation() > 100


# Mouse


def test_the_wheel_zooms_at_the_pointer(make: Maker) -> None:
    pane = make(np.zeros((1, 300, 400), np.float32), (420, 330))
    point = QPointF(123, 98)
    before, zoom = pane.geometry_now().input_point(point), pane.viewport.zoom
    wheel(pane, point, 1)
    assert pane.viewport.zoom == pytest.approx(zoom * 1.25)
    assert pane.geometry_now().input_point(point) == pytest.approx(before)
    wheel(pane, point, 3)
    assert pane.geometry_now().input_point(point) == pytest.approx(before)
    wheel(pane, point, -4)
    assert pane.viewport.zoom == pytest.approx(zoom)


def drag(pane: Pane, qtbot: QtBot, start: QPoint, end: QPoint) -> None:
    qtbot.mousePress(pane, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(pane, (start + end) / 2)
    qtbot.mouseMove(pane, end)
    qtbot.mouseRelease(pane, Qt.MouseButton.LeftButton, pos=end)


def test_dragging_pans_and_pins_nothing(make: Maker, qtbot: QtBot) -> None:
    pane = make(np.zeros((1, 300, 400), np.float32), (420, 330))
    pane.viewport.zoom_at((150, 200), 4)
    held = pane.geometry_now().input_point(QPointF(100, 100))
    with qtbot.assertNotEmitted(pane.pinned):
        drag(pane, qtbot, QPoint(100, 100), QPoint(140, 130))
    assert pane.geometry_now().input_point(QPointF(140, 130)) == pytest.approx(held)


def test_nothing_moves_while_everything_is_shown(pane: Pane, qtbot: QtBot) -> None:
    before = pane.geometry_now()
    drag(pane, qtbot, QPoint(100, 100), QPoint(140, 130))
    assert pane.geometry_now() == before


def test_a_double_click_fits(make: Maker, qtbot: QtBot) -> None:
    pane = make()
    pane.viewport.zoom_at((1, 1), 2)
    qtbot.mouseDClick(pane, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert pane.viewport.fitted


def test_pointing_and_pinning(pane: Pane, qtbot: QtBot) -> None:
    seen: list[object] = []
    pane.hovered.connect(seen.append)
    for cell in ((2, 3), (2, 4)):
        qtbot.mouseMove(pane, middle(pane, cell))
        qtbot.mouseMove(pane, middle(pane, cell) + QPoint(2, 2))
    qtbot.mouseMove(pane, QPoint(1, 1))
    assert seen == [(2, 3), (2, 4), None]
    with qtbot.waitSignal(pane.pinned) as pinned:
        click(qtbot, pane, (2, 3))
    assert pinned.args == [(2, 3)]
    with qtbot.assertNotEmitted(pane.pinned):
        qtbot.mouseClick(pane, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
        qtbot.mouseClick(pane, Qt.MouseButton.RightButton, pos=middle(pane, (1, 1)))


def test_leaving_points_nowhere(pane: Pane, qtbot: QtBot) -> None:
    qtbot.mouseMove(pane, middle(pane, (2, 3)))
    with qtbot.waitSignal(pane.hovered) as hovered:
        QApplication.sendEvent(pane, QEvent(QEvent.Type.Leave))
    assert hovered.args == [None]


def test_a_pinch_on_the_touchpad_zooms(make: Maker) -> None:
    pane = make(np.zeros((1, 300, 400), np.float32), (420, 330))
    zoom, point = pane.viewport.zoom, QPointF(50, 60)
    before = pane.geometry_now().input_point(point)
    gesture = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        point,
        point,
        pane.mapToGlobal(point),
        0.5,
        QPointF(),
    )
    QApplication.sendEvent(pane, gesture)
    assert pane.viewport.zoom == pytest.approx(zoom * 1.5)
    assert pane.geometry_now().input_point(point) == pytest.approx(before)


# Keyboard


def test_arrows_move_a_cursor_that_is_spoken(pane: Pane, qtbot: QtBot) -> None:
    seen: list[object] = []
    pane.hovered.connect(seen.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up):
        qtbot.keyClick(pane, key)
    assert seen == [(0, 0), (0, 1), (1, 1), (1, 0), (0, 0)]
    qtbot.keyClick(pane, Qt.Key.Key_Up)
    assert pane.cursor_cell == (0, 0)
    assert pane.accessibleDescription() == "row 0, column 0, value 3"
    pane.set_content(content_of(pane.view(), LECTURE[None] - 7))
    assert pane.accessibleDescription() == "row 0, column 0, value −4"


def test_enter_pins_and_escape_unpins(pane: Pane, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(pane.pinned):
        qtbot.keyClick(pane, Qt.Key.Key_Return)
    qtbot.keyClick(pane, Qt.Key.Key_Right)
    with qtbot.waitSignal(pane.pinned) as pinned:
        qtbot.keyClick(pane, Qt.Key.Key_Return)
    assert pinned.args == [(0, 0)]
    with qtbot.assertNotEmitted(pane.pinned):
        qtbot.keyClick(pane, Qt.Key.Key_Space)
    pane.space_pins = True
    with qtbot.waitSignal(pane.pinned):
        qtbot.keyClick(pane, Qt.Key.Key_Space)
    with qtbot.waitSignal(pane.unpinned):
        qtbot.keyClick(pane, Qt.Key.Key_Escape)


def test_keys_zoom(make: Maker, qtbot: QtBot) -> None:
    pane = make(np.zeros((1, 300, 400), np.float32), (220, 180))
    zoom = pane.viewport.zoom
    qtbot.keyClicks(pane, "+")
    assert pane.viewport.zoom == pytest.approx(zoom * 1.25)
    qtbot.keyClicks(pane, "1")
    assert pane.viewport.zoom == 1
    qtbot.keyClicks(pane, "0")
    assert pane.viewport.fitted
    qtbot.keyClicks(pane, "-")
    assert pane.viewport.zoom == pytest.approx(zoom * 0.8)


def test_the_cursor_scrolls_into_view(make: Maker, qtbot: QtBot) -> None:
    pane = make(np.zeros((1, 300, 400), np.float32), (420, 330))
    click(qtbot, pane, (10, 10))
    assert pane.cursor_cell is not None
    y, x = pane.cursor_cell
    pane.viewport.zoom_at((150, 200), 20)
    assert not QRectF(pane.rect()).contains(pane.cell_rect((y, x)))
    qtbot.keyClick(pane, Qt.Key.Key_Down)
    assert pane.cursor_cell == (y + 1, x)
    assert QRectF(pane.rect()).contains(pane.cell_rect((y + 1, x)))


def test_its_keys_are_kept_from_the_windows_shortcuts(pane: Pane) -> None:
    def wants(
        key: Qt.Key, text: str = "", modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifier, text)
        event.ignore()
        QApplication.sendEvent(pane, event)
        return event.isAccepted()

    assert wants(Qt.Key.Key_Left)
    assert wants(Qt.Key.Key_0, "0")
    assert wants(Qt.Key.Key_Return, "\r")
    assert not wants(Qt.Key.Key_Space, " ")
    assert not wants(Qt.Key.Key_Escape)
    assert not wants(Qt.Key.Key_0, "0", Qt.KeyboardModifier.ControlModifier)
    assert not wants(Qt.Key.Key_PageDown)


def test_the_keyboards_place_is_seen(pane: Pane, qtbot: QtBot) -> None:
    pane.activateWindow()
    plain = picture(pane)
    pane.setFocus(Qt.FocusReason.MouseFocusReason)
    assert picture(pane) == plain
    pane.clearFocus()
    pane.setFocus(Qt.FocusReason.TabFocusReason)
    rim = QRectF(0, 40, 2, 100)
    assert QColor(theme.current().colours.focus).name() in colours_in(picture(pane), rim)


# Editing


def editor_of(pane: Pane) -> QLineEdit | None:
    found = [e for e in pane.findChildren(QLineEdit, "pane-cell-editor") if e.isVisible()]
    return found[0] if found else None


@pytest.fixture
def grid(pane: Pane, qtbot: QtBot) -> Pane:
    pane.set_editable(True)
    with qtbot.waitActive(pane):
        pane.activateWindow()
    pane.setFocus()
    return pane


def test_a_double_click_edits_a_cell(grid: Pane, qtbot: QtBot) -> None:
    qtbot.mouseDClick(grid, Qt.MouseButton.LeftButton, pos=middle(grid, (2, 3)))
    editor = editor_of(grid)
    assert editor is not None
    assert editor.text() == "3"
    assert grid.cell_rect((2, 3)).toRect().contains(editor.geometry().center())
    qtbot.keyClicks(editor, "-1/2")
    with qtbot.waitSignal(grid.edited) as edited:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert edited.args == [2, 3, -0.5]
    assert editor_of(grid) is None
    assert grid.cursor_cell == (3, 3)
    assert grid.hasFocus()


def test_typing_a_digit_replaces_the_number_and_tab_goes_right(grid: Pane, qtbot: QtBot) -> None:
    click(qtbot, grid, (0, 5))
    qtbot.keyClicks(grid, "7")
    editor = editor_of(grid)
    assert editor is not None
    qtbot.keyClicks(editor, "5")
    assert editor.text() == "75"
    with qtbot.waitSignal(grid.edited) as edited:
        qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert edited.args == [0, 5, 75]
    assert grid.cursor_cell == (1, 0)


def test_f2_keeps_the_number_and_escape_leaves_it(grid: Pane, qtbot: QtBot) -> None:
    click(qtbot, grid, (1, 1))
    qtbot.keyClick(grid, Qt.Key.Key_F2)
    editor = editor_of(grid)
    assert editor is not None
    assert editor.text() == "4"
    with qtbot.assertNotEmitted(grid.edited):
        qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert editor_of(grid) is None
    assert grid.cursor_cell == (1, 1)
    assert grid.hasFocus()


def test_what_is_no_number_is_explained_and_editing_goes_on(grid: Pane, qtbot: QtBot) -> None:
    click(qtbot, grid, (1, 1))
    qtbot.keyClicks(grid, "2")
    editor = editor_of(grid)
    assert editor is not None
    qtbot.keyClicks(editor, "x")
    with qtbot.assertNotEmitted(grid.edited):
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor_of(grid) is editor
    refusal = grid.findChild(QLabel, "pane-cell-problem")
    assert refusal is not None
    assert "2x" in refusal.text()
    assert grid.rect().contains(refusal.geometry())
    assert not refusal.geometry().intersects(editor.geometry())
    qtbot.keyClicks(editor, "8")
    assert not refusal.isVisible()
    with qtbot.waitSignal(grid.edited) as edited:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert edited.args == [1, 1, 8]


def test_going_elsewhere_takes_the_number(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout, pane, other = QHBoxLayout(window), Pane(), QLineEdit()
    layout.addWidget(pane)
    layout.addWidget(other)
    window.resize(600, 400)
    pane.set_map(6, 6, Placement())
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    fill(pane, LECTURE[None])
    pane.set_editable(True)
    click(qtbot, pane, (1, 1))
    qtbot.keyClicks(pane, "9")
    with qtbot.waitSignal(pane.edited) as edited:
        other.setFocus()
    assert edited.args == [1, 1, 9]
    assert editor_of(pane) is None
    assert other.hasFocus()


def test_only_editable_grids_are_edited(pane: Pane, qtbot: QtBot) -> None:
    click(qtbot, pane, (1, 1))
    qtbot.keyClick(pane, Qt.Key.Key_F2)
    qtbot.mouseDClick(pane, Qt.MouseButton.LeftButton, pos=middle(pane, (1, 1)))
    assert editor_of(pane) is None


def test_the_editor_stays_on_its_cell(grid: Pane, qtbot: QtBot) -> None:
    click(qtbot, grid, (3, 3))
    qtbot.keyClick(grid, Qt.Key.Key_F2)
    editor = editor_of(grid)
    assert editor is not None
    grid.resize(500, 460)
    qtbot.waitUntil(lambda: grid.cell_rect((3, 3)).toRect().contains(editor.geometry().center()))


def test_single_numbers_appear_from_20_pixels_on(make: Maker) -> None:
    planes = np.arange(100 * 100, dtype=np.float32).reshape(1, 100, 100) % 9
    pane = make(planes, (310, 310))
    for zoom, shown in ((20.1, True), (19.0, False)):
        pane.viewport.zoom_at((50, 50), zoom / pane.viewport.zoom)
        fill(pane, planes)
        assert (pane.text_at((50, 50)) != ()) is shown


class PaintAreas(QObject):
    """Notes which part of a pane is painted."""

    def __init__(self, pane: Pane) -> None:
        super().__init__(pane)
        self.areas: list[QRectF] = []
        pane.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.areas.append(QRectF(event.rect()))
        return False


@pytest.mark.parametrize("zoom_steps", [0, 4])
def test_other_cells_are_painted_without_the_line_above(make: Maker, zoom_steps: int) -> None:
    pane = make(np.zeros((1, 200, 300), np.float32), (340, 300))
    pane.set_caption("Output", "200 × 300")
    for _ in range(zoom_steps):
        pane.viewport.zoom_in()
    QApplication.processEvents()
    areas = PaintAreas(pane).areas
    fill(pane, np.full((1, 200, 300), 6, np.float32))
    QApplication.processEvents()
    [area] = areas
    caption = pane.height() - pane.canvas_size().height() - 5
    assert area.top() >= caption - 1
    assert area == QRectF(pane.geometry_now().exposed)


def test_what_is_painted_in_parts_is_what_is_painted_at_once(make: Maker) -> None:
    """A backing store shows the parts; a grab paints everything."""
    first, second = np.zeros((1, 90, 120), np.float32), np.full((1, 90, 120), 5, np.float32)
    pane = make(first, (300, 260))
    pane.set_caption("Output", "90 × 120")
    pane.set_marks((Mark(Rect(0, 0, 3, 3)), Mark(Rect(40, 119), MarkKind.SOFT)))
    shown = QImage(pane.size(), QImage.Format.Format_RGB32)
    pane.render(shown, QPoint(), QRegion(pane.rect()))
    fill(pane, second)
    exposed = pane.geometry_now().exposed
    pane.render(shown, exposed.topLeft(), QRegion(exposed))
    whole = QImage(pane.size(), QImage.Format.Format_RGB32)
    pane.render(whole, QPoint(), QRegion(pane.rect()))
    assert shown == whole
